//! `[redirects]` and `[output] host`: where the site will stand, and how old addresses lead to new ones
//! there.

use super::choice;
use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::table::Fields;

/// A kind of host: which files it reads, and what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages, and Workers that serve files.
    CloudflarePages,
    /// GitHub Pages.
    GithubPages,
    /// GitLab Pages.
    GitlabPages,
    /// A server of one's own: nginx.
    Nginx,
    /// A server of one's own, or a rented folder on one: Apache.
    Apache,
    /// Amazon's S3, or another store of objects.
    S3,
}

impl Host {
    const NAMES: [(&'static str, Option<Self>); 8] = [
        ("other", None),
        ("netlify", Some(Self::Netlify)),
        ("cloudflare-pages", Some(Self::CloudflarePages)),
        ("github-pages", Some(Self::GithubPages)),
        ("gitlab-pages", Some(Self::GitlabPages)),
        ("nginx", Some(Self::Nginx)),
        ("apache", Some(Self::Apache)),
        ("s3", Some(Self::S3)),
    ];

    /// How it redirects best.
    fn own_format(self) -> RedirectFormat {
        match self {
            Self::Netlify => RedirectFormat::Netlify,
            Self::CloudflarePages => RedirectFormat::Cloudflare,
            Self::GitlabPages => RedirectFormat::Gitlab,
            Self::Nginx => RedirectFormat::Nginx,
            Self::Apache => RedirectFormat::Apache,
            Self::GithubPages | Self::S3 => RedirectFormat::Html,
        }
    }
}

/// What old addresses become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RedirectFormat {
    /// A page each, which any host can show.
    Html,
    /// `/_redirects`, as Netlify reads it.
    Netlify,
    /// `/_redirects`, as Cloudflare reads it.
    Cloudflare,
    /// `/_redirects`, as GitLab reads it.
    Gitlab,
    /// A `map` for nginx.
    Nginx,
    /// Rules for Apache.
    Apache,
    /// A list for programs.
    Json,
}

impl RedirectFormat {
    const NAMES: [(&'static str, Self); 7] = [
        ("html", Self::Html),
        ("netlify", Self::Netlify),
        ("cloudflare", Self::Cloudflare),
        ("gitlab", Self::Gitlab),
        ("nginx", Self::Nginx),
        ("apache", Self::Apache),
        ("json", Self::Json),
    ];

    /// Whether it is a form of the file `/_redirects`.
    fn is_redirects_file(self) -> bool {
        matches!(self, Self::Netlify | Self::Cloudflare | Self::Gitlab)
    }
}

/// Where the site will stand, and what that asks for.
#[derive(Debug)]
pub struct Hosting {
    /// The kind of host, if it is known.
    pub host: Option<Host>,
    /// What old addresses become; at least one, sorted.
    pub redirects: Vec<RedirectFormat>,
    /// Where that is decided, for messages.
    pub place: Option<Place>,
}

impl Hosting {
    /// Whether old addresses become this.
    #[must_use]
    pub fn has(&self, format: RedirectFormat) -> bool {
        self.redirects.contains(&format)
    }

    /// The form of `/_redirects`, if there is to be one. Netlify needs it for its 404 pages too.
    #[must_use]
    pub fn redirects_file(&self) -> Option<RedirectFormat> {
        let format = self.redirects.iter().copied().find(|format| format.is_redirects_file());
        format.or((self.host == Some(Host::Netlify)).then_some(RedirectFormat::Netlify))
    }

    /// Whether the host reads `/_headers`.
    #[must_use]
    pub fn has_headers_file(&self) -> bool {
        matches!(self.host, Some(Host::Netlify | Host::CloudflarePages))
            || self.has(RedirectFormat::Netlify)
            || self.has(RedirectFormat::Cloudflare)
    }

    /// Whether nginx serves the site.
    #[must_use]
    pub fn is_nginx(&self) -> bool {
        self.host == Some(Host::Nginx) || self.has(RedirectFormat::Nginx)
    }

    /// Whether Apache serves the site.
    #[must_use]
    pub fn is_apache(&self) -> bool {
        self.host == Some(Host::Apache) || self.has(RedirectFormat::Apache)
    }

    /// Whether the host can be told what to tell browsers.
    #[must_use]
    pub fn takes_headers(&self) -> bool {
        self.has_headers_file() || self.is_nginx() || self.is_apache()
    }

    /// Whether Cloudflare serves the site.
    #[must_use]
    pub fn is_cloudflare(&self) -> bool {
        self.host == Some(Host::CloudflarePages) || self.has(RedirectFormat::Cloudflare)
    }
}

/// Reads `[redirects]`; `output` is the table `[output]`.
pub(super) fn read(fields: &Fields<'_, '_>, output: Option<&Fields<'_, '_>>) -> Hosting {
    let host = output.and_then(|table| choice(table, "host", &Host::NAMES));
    let host_place = output.and_then(|table| Some(table.place(table.place_of("host")?)));
    let usual = vec![host.map_or(RedirectFormat::Html, Host::own_format)];
    let Some(table) = fields.table("redirects") else {
        return Hosting { host, redirects: usual, place: host_place };
    };
    let redirects = formats(&table);
    let place = table.place_of("formats").map(|at| table.place(at));
    table.finish();
    let redirects = if redirects.is_empty() { usual } else { redirects };
    Hosting { host, redirects, place: place.or(host_place) }
}

fn formats(table: &Fields<'_, '_>) -> Vec<RedirectFormat> {
    let mut formats = Vec::new();
    for written in table.texts("formats") {
        let found = RedirectFormat::NAMES.iter().find(|(name, _)| *name == written.value);
        let Some((name, format)) = found else {
            let names = || RedirectFormat::NAMES.iter().map(|(name, _)| *name);
            let help = match nearest(written.value, names()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => {
                    let names: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                    format!("use one or more of {}", names.join(", "))
                }
            };
            let message = format!("old addresses cannot become `{}`", written.value);
            table.report(Diagnostic::error("bad-redirects", message).help(help), written.at);
            continue;
        };
        let other = formats.iter().find(|other: &&RedirectFormat| other.is_redirects_file());
        if format.is_redirects_file() && other.is_some_and(|other| other != format) {
            let message = format!("`{name}` is the second form of the one file `/_redirects`");
            let help = "name the host at which the site stands; for two hosts, build twice";
            table.report(Diagnostic::error("bad-redirects", message).help(help), written.at);
        }
        formats.push(*format);
    }
    formats.sort();
    formats.dedup();
    formats
}
