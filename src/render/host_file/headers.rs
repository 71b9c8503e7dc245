//! What hosts tell browsers: safety, the policy for scripts and styles, how long files may be kept; and
//! `/_headers`, which Netlify and Cloudflare read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{MADE, over_limit};
use crate::component::Player;
use crate::config::Headers;
use crate::diagnostic::Diagnostic;
use crate::markdown::RawHtml;
use crate::site::Site;
use crate::template::InlineCode;

/// For files whose names change with their bytes: a year.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Cloudflare: <https://developers.cloudflare.com/pages/configuration/headers/>.
const CLOUDFLARE_RULES: usize = 100;
const CLOUDFLARE_LINE: usize = 2_000;

/// The headers of every answer, by name.
pub(super) fn of_everything(site: &Site, inline: &InlineCode) -> Vec<(&'static str, String)> {
    let headers = &site.config.headers;
    let mut all = Vec::new();
    if let Some(policy) = policy(site, inline) {
        all.push(("Content-Security-Policy", policy));
    }
    if !headers.permissions_policy.is_empty() {
        all.push(("Permissions-Policy", headers.permissions_policy.clone()));
    }
    all.push(("Referrer-Policy", headers.referrer_policy.to_owned()));
    if headers.hsts_days > 0 && is_https(site) {
        let seconds = u64::from(headers.hsts_days) * 24 * 60 * 60;
        all.push(("Strict-Transport-Security", format!("max-age={seconds}")));
    }
    all.push(("X-Content-Type-Options", "nosniff".to_owned()));
    all
}

fn is_https(site: &Site) -> bool {
    site.config.base_url.origin.starts_with("https:")
}

/// The content security policy: scripts and styles only from the site's files and its templates; pictures
/// and recordings from anywhere, since articles may show those of others; frames of the services whose
/// videos and posts articles may show.
fn policy(site: &Site, inline: &InlineCode) -> Option<String> {
    let added = site.config.headers.csp.as_ref()?;
    let hashes = |all: &[String]| all.iter().map(|hash| format!("'{hash}'")).collect::<Vec<_>>();
    let mut directives: Vec<(&str, Vec<String>)> = [
        ("default-src", "'self'"),
        ("script-src", "'self'"),
        ("style-src", "'self'"),
        // Pictures have their colour in an attribute, for the time until they are loaded.
        ("style-src-attr", "'unsafe-inline'"),
        ("img-src", "'self' data: https:"),
        ("media-src", "'self' https:"),
        ("object-src", "'none'"),
        ("base-uri", "'self'"),
        ("frame-src", "'self'"),
        ("form-action", "'self'"),
        ("frame-ancestors", "'self'"),
    ]
    .map(|(name, sources)| (name, sources.split(' ').map(str::to_owned).collect()))
    .into();
    for (name, sources) in &mut directives {
        match *name {
            "script-src" => sources.extend(hashes(&inline.scripts)),
            "style-src" => sources.extend(hashes(&inline.styles)),
            "frame-src" => sources.extend(Player::ALL.map(|of| of.frame_origin().to_owned())),
            _ => {}
        }
    }
    for (name, sources) in added {
        let known = directives.iter_mut().find(|(known, _)| known == name);
        let own = match known {
            Some((_, own)) => own,
            None => {
                directives.push((name, vec!["'self'".to_owned()]));
                &mut directives.last_mut().expect("just pushed").1
            }
        };
        own.retain(|source| source != "'none'");
        own.extend(sources.iter().cloned());
    }
    let mut policy: Vec<String> =
        directives.iter().map(|(name, sources)| format!("{name} {}", sources.join(" "))).collect();
    if is_https(site) {
        policy.push("upgrade-insecure-requests".to_owned());
    }
    Some(policy.join("; "))
}

/// How long browsers keep pages, and files whose bytes may change.
pub(super) fn of_pages(headers: &Headers) -> String {
    format!("public, max-age={}", headers.page_seconds)
}

/// Files whose names change with their bytes: decoded paths, sorted.
pub(in crate::render) fn fingerprinted(site: &Site) -> Vec<String> {
    let names = site.assets.files.iter().filter_map(|asset| asset.fingerprinted.as_deref());
    let mut paths: Vec<String> = names.map(|name| format!("/{name}")).collect();
    paths.sort();
    paths
}

/// The names of files that their extensions do not tell the type of, with their types.
pub(in crate::render) fn typed_names(site: &Site) -> BTreeMap<String, &'static str> {
    let mut types = BTreeMap::new();
    for route in site.routes.routes.iter().filter(|route| !route.is_page()) {
        let media_type = route.media_type();
        let path = site.path(*route);
        let name = path.rsplit('/').next().unwrap_or_default();
        let usual = match name.rsplit_once('.').map(|(_, extension)| extension) {
            Some("xml") => &["application/xml", "text/xml"][..],
            Some("json") => &["application/json"],
            Some("webmanifest") => &[],
            // Pictures have a name and a type; the others are for the host itself.
            _ => continue,
        };
        let is_usual = usual.iter().any(|usual| media_type.starts_with(usual));
        if !is_usual && !types.contains_key(name) {
            types.insert(name.to_owned(), media_type);
        }
    }
    types
}

/// What the policy does not know of, for those who read the file.
pub(super) fn not_covered(site: &Site) -> &'static str {
    match (site.config.raw_html, &site.config.headers.csp) {
        (RawHtml::Allow, Some(_)) => {
            "# Scripts and styles in the text of articles (markdown.html = \"allow\") are not in the \
             policy:\n# browsers refuse them, unless they are files of this site.\n"
        }
        _ => "",
    }
}

/// `/_headers`. Pages have no rule of their own: both hosts have browsers ask for them each time, and answer
/// from nearby; and a header of two rules would be joined.
pub(super) fn file(site: &Site, inline: &InlineCode, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut text = MADE.to_owned() + not_covered(site);
    let base = &site.config.base_url.path;
    let mut rules: Vec<(String, Vec<(&str, String)>)> =
        vec![(format!("{base}/*"), of_everything(site, inline))];
    for path in fingerprinted(site) {
        rules.push((site.url_of_path(&path), vec![("Cache-Control", FOR_EVER.to_owned())]));
    }
    for (name, media_type) in typed_names(site) {
        rules.push((format!("{base}/*{name}"), vec![("Content-Type", media_type.to_owned())]));
    }
    let mut longest = 0;
    for (path, headers) in &rules {
        writeln!(text, "{path}").expect("writing to a String never fails");
        for (name, value) in headers {
            let line = format!("  {name}: {value}");
            longest = longest.max(line.len());
            text = text + &line + "\n";
        }
    }
    if site.config.hosting.is_cloudflare() {
        let n = rules.len();
        if n > CLOUDFLARE_RULES {
            let message =
                format!("`/_headers` has {n} rules, of which Cloudflare reads {CLOUDFLARE_RULES}");
            let help = "put style sheets and scripts into fewer files";
            diagnostics.push(over_limit(site, message, help));
        }
        if longest > CLOUDFLARE_LINE {
            let message = format!(
                "a line of `/_headers` is longer than the {CLOUDFLARE_LINE} characters that Cloudflare \
                 reads"
            );
            let help =
                "move scripts from templates to files in `static/`, or shorten `[headers.csp]`";
            diagnostics.push(over_limit(site, message, help));
        }
    }
    text
}
