//! `[headers]`: what hosts tell browsers beside the pages, where hosts can be told to.

use super::choice;
use crate::diagnostic::Diagnostic;
use crate::table::Fields;

/// What the headers of a site say, beside what follows from its files.
#[derive(Debug)]
pub struct Headers {
    /// Sources that the policy allows beside its own, by directive; `None` when there is no policy.
    pub csp: Option<Vec<(&'static str, Vec<String>)>>,
    /// How much other sites learn of the page that a reader comes from.
    pub referrer_policy: &'static str,
    /// What pages may use of a reader's device; empty for no such header.
    pub permissions_policy: String,
    /// For how many days browsers insist on HTTPS; 0 for no such header.
    pub hsts_days: u32,
    /// For how many seconds browsers keep pages without asking again.
    pub page_seconds: u32,
}

/// The directives that take sources: CSP, level 3.
pub const DIRECTIVES: [&str; 14] = [
    "default-src",
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "connect-src",
    "media-src",
    "frame-src",
    "frame-ancestors",
    "worker-src",
    "manifest-src",
    "object-src",
    "base-uri",
    "form-action",
];

/// The first is the usual one, which browsers have too.
const REFERRER_POLICIES: [&str; 8] = [
    "strict-origin-when-cross-origin",
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "unsafe-url",
];

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=()";

/// Reads `[headers]`; every key has a usual value.
pub(super) fn read(fields: &Fields<'_, '_>) -> Headers {
    const PAGE_SECONDS: u32 = 60;
    let table = fields.table("headers");
    let Some(table) = table else {
        return Headers {
            csp: Some(Vec::new()),
            referrer_policy: REFERRER_POLICIES[0],
            permissions_policy: PERMISSIONS.to_owned(),
            hsts_days: 0,
            page_seconds: PAGE_SECONDS,
        };
    };
    let headers = Headers {
        csp: csp(&table),
        referrer_policy: choice(&table, "referrer_policy", &REFERRER_POLICIES.map(|p| (p, p))),
        permissions_policy: permissions(&table),
        hsts_days: amount(&table, "hsts_days", 0, "365 is usual"),
        page_seconds: amount(&table, "page_seconds", PAGE_SECONDS, "60 is usual"),
    };
    table.finish();
    headers
}

/// What the policy allows beside its own sources; `None` when it is switched off.
fn csp(table: &Fields<'_, '_>) -> Option<Vec<(&'static str, Vec<String>)>> {
    if table.is_false("csp") {
        return None;
    }
    let Some(csp) = table.table("csp") else { return Some(Vec::new()) };
    let mut added = Vec::new();
    for directive in DIRECTIVES {
        let mut sources = Vec::new();
        for source in csp.texts(directive) {
            let is_one = !source.value.is_empty()
                && source.value.chars().all(|c| c.is_ascii_graphic() && !";,\"\\".contains(c));
            if is_one {
                sources.push(source.value.to_owned());
                continue;
            }
            let message = format!("`{}` is no source of a policy", source.value.escape_debug());
            let help = "write one source, such as `https://www.youtube.com`, between the quotes";
            csp.report(Diagnostic::error("bad-header", message).help(help), source.at);
        }
        if !sources.is_empty() {
            added.push((directive, sources));
        }
    }
    csp.finish();
    Some(added)
}

fn permissions(table: &Fields<'_, '_>) -> String {
    let Some(written) = table.text("permissions_policy") else { return PERMISSIONS.to_owned() };
    let is_header = written.value.chars().all(|c| matches!(c, ' '..='~'));
    if !is_header {
        let message = "`headers.permissions_policy` has a character that a header cannot have";
        let help = format!("write it as `{PERMISSIONS}`");
        table.report(Diagnostic::error("bad-header", message).help(help), written.at);
    }
    written.value.trim().to_owned()
}

fn amount(table: &Fields<'_, '_>, key: &'static str, usual: u32, help: &str) -> u32 {
    let Some(written) = table.integer(key) else { return usual };
    u32::try_from(written.value).unwrap_or_else(|_| {
        let message = format!("`headers.{key}` must be 0 or more");
        table.report(Diagnostic::error("bad-header", message).help(help), written.at);
        usual
    })
}
