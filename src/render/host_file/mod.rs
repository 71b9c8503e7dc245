//! Files for hosts and robots, one form a file of code.

mod apache;
mod headers;
mod icon;
mod nginx;
mod on_request;
mod redirects;
mod robots;

use crate::diagnostic::Diagnostic;
use crate::site::{HostFile, Site};
use crate::template::InlineCode;

pub(super) use headers::{fingerprinted, typed_names};
pub(super) use robots::sitemaps_for_robots;

/// The first line of what people might want to edit by hand.
const MADE: &str = "# Made by Visti from site.toml and the aliases of articles. What is written here by hand \
                    is lost;\n# a file of this name in static/ replaces it.\n";

/// Writes a file; gives what its host will not take, or why it cannot be made.
pub(super) fn render(
    site: &Site,
    inline: &InlineCode,
    file: HostFile,
    bytes: &mut Vec<u8>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let extras = &site.config.extras;
    let text = match file {
        HostFile::Robots => robots::file(site),
        HostFile::Redirects => redirects::file(site, &mut diagnostics),
        HostFile::RedirectsJson => redirects::json(site),
        HostFile::Headers => headers::file(site, inline, &mut diagnostics),
        HostFile::NginxHttp => nginx::http(site),
        HostFile::NginxServer => nginx::server(site, inline),
        HostFile::Htaccess => apache::htaccess(site, inline),
        HostFile::NoJekyll => String::new(),
        HostFile::Cname => extras.cname.iter().map(|host| format!("{host}\n")).collect(),
        HostFile::SecurityTxt => {
            let security = extras.security_txt.as_ref();
            security.map_or_else(String::new, |it| on_request::security_txt(site, it))
        }
        HostFile::Manifest => on_request::manifest(site),
        HostFile::Icon(kind) => return icon::render(site, kind, bytes),
    };
    bytes.extend_from_slice(text.as_bytes());
    diagnostics
}

/// What a host will not take.
fn over_limit(site: &Site, message: String, help: &str) -> Diagnostic {
    Diagnostic::warning("host-limit", message)
        .at_place(crate::config::FILE, site.config.hosting.place.clone(), "")
        .help(help)
}

/// A text in quotes, as nginx and Apache read it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, |c| c == '"' || c == '\\'))
}

/// A text that a regular expression, in the same quotes, takes as it is.
fn literal(text: &str) -> String {
    escaped(text, |c| c.is_ascii_punctuation() && !"/-_".contains(c))
}

fn escaped(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if is_special(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
