//! Old addresses for hosts that read `/_redirects`, and for programs.
//!
//! A line is `from to status`. Netlify and GitLab pay no heed to a slash at the end of `from`; Cloudflare
//! does, so that a folder has two lines there.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use serde_json::json;

use super::{MADE, over_limit};
use crate::config::RedirectFormat;
use crate::diagnostic::Diagnostic;
use crate::site::{Route, Site};

/// What is a wildcard or a placeholder in `/_redirects`, or would be a variable elsewhere.
const PATTERNS: &AsciiSet = &percent_encoding::CONTROLS.add(b'*').add(b':').add(b'$');

/// What browsers encode in the paths that they ask for (URL Standard, "path percent-encode set"), and what is
/// a pattern. Hosts that compare encoded paths compare just these.
const ASKED: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'*')
    .add(b':');

/// Cloudflare: <https://developers.cloudflare.com/pages/configuration/redirects/>.
const CLOUDFLARE_RULES: usize = 2_000;
const CLOUDFLARE_LINE: usize = 1_000;

/// GitLab: <https://docs.gitlab.com/user/project/pages/redirects/>.
const GITLAB_RULES: usize = 1_000;
const GITLAB_BYTES: usize = 64 * 1024;

/// The URL of a page as the target of a rule, without what rules read as patterns.
pub(super) fn target(site: &Site, to: Route) -> String {
    utf8_percent_encode(&site.url(to), PATTERNS).to_string()
}

/// An address as a browser asks for it.
fn asked(site: &Site, path: &str) -> String {
    utf8_percent_encode(&on_host(site, path), ASKED).to_string()
}

/// The decoded path of an address on its host, the site's own folder in front.
pub(super) fn on_host(site: &Site, path: &str) -> String {
    let base = percent_decode_str(&site.config.base_url.path).decode_utf8_lossy();
    format!("{base}{path}")
}

/// `/_redirects`: old addresses, and for Netlify the languages' 404 pages.
pub(super) fn file(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> String {
    let hosting = &site.config.hosting;
    let format = hosting.redirects_file().expect("the file is made only in one of its forms");
    // Netlify shows a page that is there, unless it is forced.
    let status = match format {
        RedirectFormat::Netlify if hosting.has(RedirectFormat::Html) => "301!",
        _ => "301",
    };
    let mut rules = Vec::new();
    for redirect in if hosting.has(format) { site.redirects() } else { Vec::new() } {
        let to = target(site, redirect.to);
        let encoded = asked(site, &redirect.from);
        let from = match format {
            // Compared with the decoded path; what would end the word stays encoded.
            RedirectFormat::Gitlab => {
                let decoded = on_host(site, &redirect.from);
                let is_word = !decoded.contains(|c: char| c.is_whitespace() || "*:#".contains(c));
                if is_word { decoded } else { encoded }
            }
            _ => encoded,
        };
        rules.push(format!("{from} {to} {status}"));
        if let (RedirectFormat::Cloudflare, Some(bare)) = (format, from.strip_suffix('/')) {
            rules.push(format!("{bare} {to} {status}"));
        }
    }
    if format == RedirectFormat::Netlify {
        for language in &site.config.languages {
            let folder = asked(site, &format!("/{}/", language.code));
            rules.push(format!("{folder}* {folder}404.html 404"));
        }
    }
    let text = rules.iter().fold(MADE.to_owned(), |text, rule| text + rule + "\n");
    diagnostics.extend(too_much(site, format, &rules, text.len()));
    text
}

/// What the host will not read.
fn too_much(
    site: &Site,
    format: RedirectFormat,
    rules: &[String],
    byte_len: usize,
) -> Vec<Diagnostic> {
    let help = "let `formats` of `[redirects]` have `html` instead, or remove the oldest `aliases`";
    let mut problems = Vec::new();
    let mut say = |message: String| problems.push(over_limit(site, message, help));
    let n = rules.len();
    match format {
        RedirectFormat::Cloudflare => {
            if n > CLOUDFLARE_RULES {
                say(format!(
                    "`/_redirects` has {n} rules, of which Cloudflare reads {CLOUDFLARE_RULES}"
                ));
            }
            if let Some(long) = rules.iter().find(|rule| rule.len() > CLOUDFLARE_LINE) {
                let from = long.split(' ').next().unwrap_or_default();
                let begin: String = from.chars().take(60).collect();
                say(format!(
                    "a rule of `/_redirects` is longer than the {CLOUDFLARE_LINE} characters that \
                     Cloudflare reads: `{begin}…`"
                ));
            }
        }
        RedirectFormat::Gitlab => {
            if n > GITLAB_RULES {
                say(format!("`/_redirects` has {n} rules, of which GitLab reads {GITLAB_RULES}"));
            }
            if byte_len > GITLAB_BYTES {
                say(format!(
                    "`/_redirects` is larger than the {GITLAB_BYTES} bytes that GitLab reads"
                ));
            }
        }
        _ => {}
    }
    problems
}

/// `/redirects.json`: a list of `from` and `to`, as they stand in links.
pub(super) fn json(site: &Site) -> String {
    let redirects = site.redirects();
    let all = redirects.iter().map(
        |redirect| json!({ "from": site.url_of_path(&redirect.from), "to": site.url(redirect.to) }),
    );
    let mut text = String::from("[");
    for (index, redirect) in all.enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(text, "{comma}\n{redirect}").expect("writing to a String never fails");
    }
    text + "\n]\n"
}
