//! For nginx: `http.conf`, to be included outside of `server { … }`, and `server.conf`, inside.
//!
//! Headers stand on the level of the server only, since a location that has one of its own inherits none;
//! what differs by file is a variable, made by a `map`. Names of variables carry the host, because one
//! nginx may serve several sites. nginx compares `$uri` decoded, and without regard to capitals.

use std::fmt::Write as _;

use super::headers::{FOR_EVER, fingerprinted, not_covered, of_everything, of_pages, typed_names};
use super::redirects::{on_host, target};
use super::{MADE, literal, quoted};
use crate::config::RedirectFormat;
use crate::site::Site;
use crate::template::InlineCode;

/// For files whose bytes may change under their names: pictures, documents.
const AN_HOUR: &str = "public, max-age=3600";

/// The beginning of the names of this site's variables.
fn variable(site: &Site) -> String {
    let origin = &site.config.base_url.origin;
    let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
    let name = host.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    format!("$visti_{name}")
}

/// `http.conf`: old addresses, and how long browsers keep what.
pub(super) fn http(site: &Site) -> String {
    let variable = variable(site);
    let pages = quoted(&of_pages(&site.config.headers));
    let mut text = MADE.to_owned();
    text += "# For the http block, before the server block of this site.\n\n";
    text = text + "map $uri " + &variable + "_moved {\n    default \"\";\n";
    let has_redirects = site.config.hosting.has(RedirectFormat::Nginx);
    for redirect in if has_redirects { site.redirects() } else { Vec::new() } {
        let to = quoted(&target(site, redirect.to));
        let from = on_host(site, &redirect.from);
        let bare = from.strip_suffix('/');
        for from in [Some(&*from), bare].into_iter().flatten() {
            writeln!(text, "    {} {to};", quoted(from)).expect("writing to a String never fails");
        }
    }
    text =
        text + "}\n\nmap $uri " + &variable + "_cache {\n    default " + &quoted(AN_HOUR) + ";\n";
    for path in fingerprinted(site) {
        let path = quoted(&on_host(site, &path));
        writeln!(text, "    {path} {};", quoted(FOR_EVER))
            .expect("writing to a String never fails");
    }
    for pattern in ["/$", r"\.html$", r"\.(xml|json|txt|webmanifest)$"] {
        writeln!(text, "    \"~{pattern}\" {pages};").expect("writing to a String never fails");
    }
    text + "}\n"
}

/// `server.conf`: headers, redirects, 404 pages, types.
pub(super) fn server(site: &Site, inline: &InlineCode) -> String {
    let variable = variable(site);
    let base = on_host(site, "");
    let mut text = MADE.to_owned();
    text = text + "# For the server block of this site.\n" + not_covered(site) + "\n";
    text += "absolute_redirect off;\ncharset utf-8;\ncharset_types text/css text/plain text/xml \
             text/javascript application/javascript application/json application/xml image/svg+xml;\n\n";
    for (name, value) in of_everything(site, inline) {
        text = text + "add_header " + name + " " + &quoted(&value) + " always;\n";
    }
    text = text + "add_header Cache-Control " + &variable + "_cache always;\n\n";
    text = text + "if (" + &variable + "_moved) {\n    return 301 " + &variable;
    text += "_moved$is_args$args;\n}\n\n";
    let types: String = typed_names(site)
        .iter()
        .map(|(name, media_type)| {
            let pattern = format!("/{}$", literal(name));
            format!("location ~ \"{pattern}\" {{ types {{}} default_type \"{media_type}\"; }}\n")
        })
        .collect();
    let not_found = |folder: &str| quoted(&format!("{base}{folder}/404.html"));
    text = text + "error_page 404 " + &not_found("") + ";\n" + &types;
    for language in &site.config.languages {
        let folder = format!("/{}", language.code);
        let location = quoted(&format!("{base}{folder}/"));
        text = text + "location ^~ " + &location + " {\n    error_page 404 ";
        text = text + &not_found(&folder) + ";\n" + &indented(&types) + "}\n";
    }
    text += "\n# What is not for readers.\n";
    text = text + "location ^~ " + &quoted(&format!("{base}/_nginx/")) + " { return 404; }\n";
    let hidden = format!("^{}/\\.(?!well-known/)", literal(&base));
    text + "location ~ \"" + &hidden + "\" { return 404; }\n"
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}
