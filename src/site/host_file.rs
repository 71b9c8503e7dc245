//! Files for those that serve the site or visit it: hosts and robots. They belong to no language.

use super::Site;

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostFile {
    /// What robots may read: RFC 9309.
    Robots,
}

impl HostFile {
    const ALL: [Self; 1] = [Self::Robots];

    /// Its decoded path.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Robots => "/robots.txt",
        }
    }

    /// The media type of its bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Robots => "text/plain; charset=utf-8",
        }
    }
}

impl Site {
    /// The files that are made for hosts and robots: all but those that the newsroom has written itself.
    pub(super) fn host_files(&self) -> impl Iterator<Item = HostFile> {
        let is_own =
            |file: &HostFile| self.assets.get(file.path().trim_start_matches('/')).is_some();
        HostFile::ALL.into_iter().filter(move |file| !is_own(file))
    }
}
