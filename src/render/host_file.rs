//! Files for hosts and robots.

use crate::site::{HostFile, Site};

/// Writes a file.
pub(super) fn render(_site: &Site, file: HostFile, bytes: &mut Vec<u8>) {
    match file {
        HostFile::Robots => bytes.extend_from_slice(b"User-agent: *\nDisallow:\n"),
    }
}
