//! Files for those that serve the site or visit it: hosts and robots. They belong to no language.

use jiff::{SignedDuration, Timestamp};

use super::Site;
use super::route::Route;
use crate::config::{self, Config, RedirectFormat};
use crate::diagnostic::{Diagnostic, nearest};

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
    /// That GitHub Pages leaves files as they are.
    NoJekyll,
    /// The host's name, for GitHub Pages.
    Cname,
    /// Whom to tell of a hole in the site's safety: RFC 9116.
    SecurityTxt,
    /// The site as an app: <https://www.w3.org/TR/appmanifest/>.
    Manifest,
    /// An icon.
    Icon(IconKind),
}

/// A form of the site's icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IconKind {
    /// 16, 32 and 48 dots in one file, where everything looks for it.
    Favicon,
    /// On the screen of an iPhone: 180 dots, no transparency.
    AppleTouch,
    /// 192 dots.
    Medium,
    /// 512 dots.
    Large,
    /// 512 dots of which telephones cut off the corners.
    Maskable,
}

impl HostFile {
    const ALL: [Self; 16] = [
        Self::Robots,
        Self::Redirects,
        Self::Headers,
        Self::NginxHttp,
        Self::NginxServer,
        Self::Htaccess,
        Self::RedirectsJson,
        Self::NoJekyll,
        Self::Cname,
        Self::SecurityTxt,
        Self::Manifest,
        Self::Icon(IconKind::Favicon),
        Self::Icon(IconKind::AppleTouch),
        Self::Icon(IconKind::Medium),
        Self::Icon(IconKind::Large),
        Self::Icon(IconKind::Maskable),
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
            Self::NoJekyll => "/.nojekyll",
            Self::Cname => "/CNAME",
            Self::SecurityTxt => "/.well-known/security.txt",
            Self::Manifest => "/site.webmanifest",
            Self::Icon(IconKind::Favicon) => "/favicon.ico",
            Self::Icon(IconKind::AppleTouch) => "/apple-touch-icon.png",
            Self::Icon(IconKind::Medium) => "/icon-192.png",
            Self::Icon(IconKind::Large) => "/icon-512.png",
            Self::Icon(IconKind::Maskable) => "/icon-maskable-512.png",
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
            | Self::Htaccess
            | Self::NoJekyll
            | Self::Cname
            | Self::SecurityTxt => "text/plain; charset=utf-8",
            Self::Manifest => "application/manifest+json; charset=utf-8",
            Self::Icon(IconKind::Favicon) => "image/vnd.microsoft.icon",
            Self::Icon(_) => "image/png",
        }
    }

    /// Whether the host, or the newsroom, wants it.
    fn is_wanted(self, config: &Config) -> bool {
        let (hosting, extras) = (&config.hosting, &config.extras);
        match self {
            Self::Robots => true,
            Self::Redirects => hosting.redirects_file().is_some(),
            Self::Headers => hosting.has_headers_file(),
            Self::NginxHttp | Self::NginxServer => hosting.is_nginx(),
            Self::Htaccess => hosting.is_apache(),
            Self::RedirectsJson => hosting.has(RedirectFormat::Json),
            Self::NoJekyll => extras.has_nojekyll,
            Self::Cname => extras.cname.is_some(),
            Self::SecurityTxt => extras.security_txt.is_some(),
            Self::Manifest => extras.manifest.is_some(),
            Self::Icon(_) => extras.icon.is_some(),
        }
    }
}

/// How long before its end `security.txt` is said to end.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is wrong with the files that are asked for, beside their settings themselves. How long a file still
/// holds is a warning and nothing else: no byte that is published depends on the day.
pub(super) fn problems(site: &Site, now: Timestamp) -> Vec<Diagnostic> {
    let extras = &site.config.extras;
    let mut problems = Vec::new();
    for icon in extras.icon.iter().chain(&extras.drawn_icon) {
        if site.assets.get(&icon.path).is_none() {
            let message = format!("the icon `/{}` does not exist", icon.path.escape_debug());
            let help = match nearest(&icon.path, site.assets.paths()) {
                Some(path) => format!("did you mean `/{path}`?"),
                None => "put it into `static/`, and write its path there".to_owned(),
            };
            problems.push(
                Diagnostic::error("missing-picture", message)
                    .at_place(config::FILE, Some(icon.place.clone()), "")
                    .help(help),
            );
        }
    }
    if let Some(security) = &extras.security_txt {
        let left = security.expires.duration_since(now);
        let message = if left.is_negative() {
            "`security.txt` holds no longer"
        } else if left < SOON {
            "`security.txt` holds for less than 30 days"
        } else {
            return problems;
        };
        problems.push(
            Diagnostic::warning("security-txt-expires", message)
                .at_place(config::FILE, Some(security.place.clone()), "")
                .help(
                    "check that the contacts are still right, and write a day in the coming year",
                ),
        );
    }
    problems
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
    pub fn host_files(&self) -> impl Iterator<Item = HostFile> {
        let is_made = |file: &HostFile| {
            let is_own = self.assets.get(file.path().trim_start_matches('/')).is_some();
            file.is_wanted(&self.config) && !is_own
        };
        HostFile::ALL.into_iter().filter(is_made)
    }

    /// Where a form of the icon is, made or the newsroom's own.
    #[must_use]
    pub fn icon_url(&self, kind: IconKind) -> Option<String> {
        self.url_of_host_file(HostFile::Icon(kind))
    }

    /// Where the drawing is that is shown as an icon.
    #[must_use]
    pub fn drawn_icon_url(&self) -> Option<String> {
        let icon = self.config.extras.drawn_icon.as_ref()?;
        Some(self.url_of_path(&format!("/{}", icon.path)))
    }

    /// Where a file is that was asked for.
    #[must_use]
    pub fn url_of_host_file(&self, file: HostFile) -> Option<String> {
        file.is_wanted(&self.config).then(|| self.url_of_path(file.path()))
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
