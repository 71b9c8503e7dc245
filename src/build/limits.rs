//! What a host takes of files: more, or larger ones, it refuses with the whole deploy.

use crate::asset::FileFacts;
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::site::{FileCopy, Site};

/// Cloudflare: <https://developers.cloudflare.com/pages/platform/limits/>.
const CLOUDFLARE_FILES: usize = 20_000;
const CLOUDFLARE_BYTES: u64 = 25 * 1024 * 1024;

/// A warning for what the host will not take; asked when the files have been copied, so that their sizes are
/// known.
pub(super) fn over_limits(site: &Site, files: &FileFacts) -> Vec<Diagnostic> {
    let hosting = &site.config.hosting;
    if !hosting.is_cloudflare() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let n_files = site.routes.routes.len() + site.routes.copies.len();
    if n_files > CLOUDFLARE_FILES {
        let message = format!(
            "the site has {n_files} files, and Cloudflare takes {CLOUDFLARE_FILES} for free"
        );
        problems.push(
            Diagnostic::warning("host-limit", message)
                .at_place(config::FILE, hosting.place.clone(), "")
                .help("take a paid plan, or another host; switch kinds of pages off in `[urls]`"),
        );
    }
    let is_large = |copy: &&FileCopy| {
        files.digest(&copy.source).is_some_and(|digest| digest.byte_len > CLOUDFLARE_BYTES)
    };
    problems.extend(site.routes.copies.iter().filter(is_large).map(|copy| {
        Diagnostic::warning(
            "host-limit",
            "this file is larger than the 25 MiB that Cloudflare takes",
        )
        .in_file(&copy.source)
        .help("make it smaller, or keep it elsewhere and link to it")
    }));
    problems
}
