//! Files for those that serve the site or visit it: hosts and robots. They belong to no language.

use super::Site;
use super::route::Route;
use crate::config::{Config, RedirectFormat};

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostFile {
    /// What robots may read: RFC 9309.
    Robots,
    /// Old addresses and 404 pages, for hosts that read such a file.
    Redirects,
    /// Headers, for hosts that read such a file.
    Headers,
    /// For the `http` block of nginx: old addresses, and how long browsers keep what.
    NginxHttp,
    /// For a `server` block of nginx: headers, redirects, types, 404 pages.
    NginxServer,
    /// The same for Apache.
    Htaccess,
    /// Old addresses, for programs.
    RedirectsJson,
}

impl HostFile {
    const ALL: [Self; 7] = [
        Self::Robots,
        Self::Redirects,
        Self::Headers,
        Self::NginxHttp,
        Self::NginxServer,
        Self::Htaccess,
        Self::RedirectsJson,
    ];

    /// Its decoded path.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Robots => "/robots.txt",
            Self::Redirects => "/_redirects",
            Self::Headers => "/_headers",
            Self::NginxHttp => "/_nginx/http.conf",
            Self::NginxServer => "/_nginx/server.conf",
            Self::Htaccess => "/.htaccess",
            Self::RedirectsJson => "/redirects.json",
        }
    }

    /// The media type of its bytes.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::RedirectsJson => "application/json; charset=utf-8",
            Self::Robots
            | Self::Redirects
            | Self::Headers
            | Self::NginxHttp
            | Self::NginxServer
            | Self::Htaccess => "text/plain; charset=utf-8",
        }
    }

    /// Whether the host, or the newsroom, wants it.
    fn is_wanted(self, config: &Config) -> bool {
        let hosting = &config.hosting;
        match self {
            Self::Robots => true,
            Self::Redirects => hosting.redirects_file().is_some(),
            Self::Headers => hosting.has_headers_file(),
            Self::NginxHttp | Self::NginxServer => hosting.is_nginx(),
            Self::Htaccess => hosting.is_apache(),
            Self::RedirectsJson => hosting.has(RedirectFormat::Json),
        }
    }
}

/// An old address, and where it leads.
#[derive(Debug)]
pub struct Redirect {
    /// Its decoded path.
    pub from: String,
    /// The page that has it no longer.
    pub to: Route,
}

impl Site {
    /// The files that are made for hosts and robots: all that are wanted, but for those that the newsroom
    /// has written itself.
    pub(super) fn host_files(&self) -> impl Iterator<Item = HostFile> {
        let is_made = |file: &HostFile| {
            let is_own = self.assets.get(file.path().trim_start_matches('/')).is_some();
            file.is_wanted(&self.config) && !is_own
        };
        HostFile::ALL.into_iter().filter(is_made)
    }

    /// Every old address, sorted. Each leads to a page at once: an alias belongs to a public edition, no
    /// page has it, and no other edition (`route_table`), so there are neither chains nor loops.
    #[must_use]
    pub fn redirects(&self) -> Vec<Redirect> {
        let redirect = |old: &Route| {
            let Route::Alias(id, _) = *old else { unreachable!("only aliases are old addresses") };
            Redirect { from: self.path(*old), to: self.route_of(id) }
        };
        let mut redirects: Vec<Redirect> = self.routes.old_addresses.iter().map(redirect).collect();
        redirects.sort_by(|a, b| a.from.cmp(&b.from));
        redirects
    }
}
