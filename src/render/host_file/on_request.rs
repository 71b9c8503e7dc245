//! `security.txt` and the web app manifest.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::config::SecurityTxt;
use crate::site::{HostFile, IconKind, Route, Site};

/// `security.txt`: RFC 9116. Its languages are the site's.
pub(super) fn security_txt(site: &Site, security: &SecurityTxt) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        writeln!(text, "{name}: {value}").expect("writing to a String never fails");
    };
    for (name, value) in &security.fields {
        line(name, value);
    }
    line("Expires", &security.expires.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    let tags: Vec<&str> =
        site.config.languages.iter().map(|language| language.tag.as_str()).collect();
    line("Preferred-Languages", &tags.join(", "));
    line("Canonical", &site.absolute_url(Route::HostFile(HostFile::SecurityTxt)));
    text
}

/// `site.webmanifest`, in the default language.
pub(super) fn manifest(site: &Site) -> String {
    let config = &site.config;
    let manifest = config.extras.manifest.as_ref().expect("made only where it is asked for");
    let language = config.language(config.default_language);
    let root = site.url_of_path("/");
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("id", json!(root));
    put("name", json!(language.title));
    put("short_name", json!(manifest.short_name.as_ref().unwrap_or(&language.title)));
    put("lang", json!(language.tag.as_str()));
    put("dir", json!(language.tag.direction()));
    put("start_url", json!(root));
    put("scope", json!(root));
    put("display", json!(manifest.display));
    for (name, color) in
        [("theme_color", &manifest.theme_color), ("background_color", &manifest.background_color)]
    {
        if let Some(color) = color {
            put(name, json!(color));
        }
    }
    let icons = icons(site);
    if !icons.is_empty() {
        put("icons", Value::Array(icons));
    }
    serde_json::to_string_pretty(&fields).expect("plain data has a form in JSON") + "\n"
}

fn icons(site: &Site) -> Vec<Value> {
    let mut icons = Vec::new();
    if let Some(url) = site.drawn_icon_url() {
        icons.push(json!({ "src": url, "type": "image/svg+xml", "sizes": "any" }));
    }
    for (kind, side, purpose) in [
        (IconKind::Medium, 192, "any"),
        (IconKind::Large, 512, "any"),
        (IconKind::Maskable, 512, "maskable"),
    ] {
        if let Some(url) = site.icon_url(kind) {
            let sizes = format!("{side}x{side}");
            let icon =
                json!({ "src": url, "type": "image/png", "sizes": sizes, "purpose": purpose });
            icons.push(icon);
        }
    }
    icons
}
