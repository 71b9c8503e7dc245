//! For Apache: `.htaccess`, which it reads in the folder of the site. Rules there compare decoded paths below
//! the folder.

use super::headers::{FOR_EVER, fingerprinted, not_covered, of_everything, of_pages, typed_names};
use super::redirects::on_host;
use super::{MADE, literal, quoted};
use crate::config::RedirectFormat;
use crate::site::Site;
use crate::template::InlineCode;

/// The value of a header: `%` begins a format there.
fn value(text: &str) -> String {
    quoted(&text.replace('%', "%%"))
}

/// The target of a rewriting rule: `%1` and `$1` would be parts of what was matched.
fn substitution(url: &str) -> String {
    format!("\"{}\"", url.replace('%', "\\%").replace('$', "\\$"))
}

pub(super) fn htaccess(site: &Site, inline: &InlineCode) -> String {
    let config = &site.config;
    let base = on_host(site, "");
    let mut text = MADE.to_owned() + not_covered(site);
    text += "\nAddDefaultCharset utf-8\nAddCharset utf-8 .css .js .json .svg .txt .xml\n";
    for (name, media_type) in typed_names(site) {
        let pattern = format!("^{}$", literal(&name));
        text = text + "<FilesMatch \"" + &pattern + "\">\nForceType \"" + media_type + "\"\n";
        text += "</FilesMatch>\n";
    }
    text += "\n<IfModule mod_headers.c>\n";
    for (name, content) in of_everything(site, inline) {
        text = text + "Header always set " + name + " " + &value(&content) + "\n";
    }
    text += "Header set Cache-Control \"public, max-age=3600\"\n";
    let pages = r"\.(html|xml|json|txt|webmanifest)$";
    text = text + "<FilesMatch \"" + pages + "\">\nHeader set Cache-Control ";
    text = text + &value(&of_pages(&config.headers)) + "\n</FilesMatch>\n";
    for path in fingerprinted(site) {
        let name = path.rsplit('/').next().unwrap_or_default();
        text = text + "<FilesMatch \"^" + &literal(name) + "$\">\nHeader set Cache-Control ";
        text = text + &value(FOR_EVER) + "\n</FilesMatch>\n";
    }
    text += "</IfModule>\n";
    if config.hosting.has(RedirectFormat::Apache) {
        text += "\n<IfModule mod_rewrite.c>\nRewriteEngine On\n";
        for redirect in site.redirects() {
            let from = redirect.from.trim_start_matches('/');
            let pattern = match from.strip_suffix('/') {
                Some(bare) => format!("^{}/?$", literal(bare)),
                None => format!("^{}$", literal(from)),
            };
            let to = substitution(&site.url(redirect.to));
            text = text + "RewriteRule \"" + &pattern + "\" " + &to + " [R=301,L,NE]\n";
        }
        text += "</IfModule>\n";
    }
    text = text + "\nErrorDocument 404 " + &quoted(&format!("{base}/404.html")) + "\n";
    for language in &config.languages {
        let folder = format!("{base}/{}/", language.code);
        let begins = format!("%{{REQUEST_URI}} =~ m#^{}#", literal(&folder));
        text = text + "<If \"" + &begins + "\">\nErrorDocument 404 ";
        text = text + &quoted(&format!("{folder}404.html")) + "\n</If>\n";
    }
    text + "\n<FilesMatch \"^\\.(visti|htaccess)\">\nRequire all denied\n</FilesMatch>\n"
}
