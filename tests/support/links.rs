//! What must hold for the links of any built site.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

/// A built site, its pages parsed.
pub(crate) struct BuiltSite {
    /// Scheme and host, without a slash at the end.
    pub(crate) origin: String,
    /// By their URL paths: `/ua/talks/`.
    pub(crate) pages: BTreeMap<String, BuiltPage>,
    /// URL paths of all files, pages included, decoded.
    paths: BTreeSet<String>,
    /// Style sheets by their URL paths.
    pub(crate) styles: BTreeMap<String, String>,
}

/// A page, and what it refers to.
pub(crate) struct BuiltPage {
    /// The whole file.
    pub(crate) html: String,
    /// The parsed file.
    pub(crate) document: Html,
    /// All ids, in order, repetitions included.
    pub(crate) ids: Vec<String>,
    /// `hreflang` and address, in order.
    pub(crate) hreflangs: Vec<(String, String)>,
}

impl BuiltSite {
    /// Parses the files of an output folder, by their paths.
    pub(crate) fn parse(origin: &str, files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut site = Self {
            origin: origin.to_owned(),
            pages: BTreeMap::new(),
            paths: BTreeSet::new(),
            styles: BTreeMap::new(),
        };
        for (path, bytes) in files {
            let is_index = path == "index.html" || path.ends_with("/index.html");
            let url = if is_index { path.trim_end_matches("index.html") } else { path };
            let url = format!("/{url}");
            let text = || String::from_utf8(bytes.clone()).expect("text is UTF-8");
            if path.ends_with(".html") {
                site.pages.insert(url.clone(), BuiltPage::parse(text()));
            }
            if path.ends_with(".css") {
                site.styles.insert(url.clone(), text());
            }
            site.paths.insert(url);
        }
        site
    }

    /// Every link, picture and fragment inside the site that leads nowhere.
    pub(crate) fn broken_links(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (url, page) in &self.pages {
            for target in page.references() {
                if let Some(problem) = self.problem(url, &target) {
                    broken.push(format!("{url}: {target} {problem}"));
                }
            }
        }
        for (url, css) in &self.styles {
            for target in references_of_style(css) {
                if let Some(problem) = self.problem(url, &target) {
                    broken.push(format!("{url}: {target} {problem}"));
                }
            }
        }
        broken
    }

    /// Every `hreflang` link that is not absolute, leads nowhere or is not returned, and every page
    /// that has some but does not list itself or repeats a language.
    pub(crate) fn broken_hreflangs(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for (url, page) in &self.pages {
            let own = format!("{}{}", self.origin, encoded(url));
            let tags: BTreeSet<&String> = page.hreflangs.iter().map(|(tag, _)| tag).collect();
            if tags.len() != page.hreflangs.len() {
                broken.push(format!("{url} repeats a language"));
            }
            let real = page.hreflangs.iter().filter(|(tag, _)| tag != "x-default");
            let itself = real.clone().filter(|(_, target)| *target == own);
            if !page.hreflangs.is_empty() && itself.count() != 1 {
                broken.push(format!("{url} does not list itself"));
            }
            if !page.hreflangs.is_empty() && !tags.contains(&"x-default".to_owned()) {
                broken.push(format!("{url} has no x-default"));
            }
            for (tag, target) in &page.hreflangs {
                let path = target.strip_prefix(&self.origin);
                let other = path.and_then(|path| self.pages.get(&decoded(path)));
                match other {
                    None => broken.push(format!("{url}: {tag} {target} is no page")),
                    Some(other) if other.hreflangs != page.hreflangs => {
                        broken.push(format!("{url}: {target} has other links"));
                    }
                    Some(other) if tag != "x-default" && other.lang() != *tag => {
                        broken.push(format!("{url}: {target} is not in {tag}"));
                    }
                    Some(_) => {}
                }
            }
        }
        broken
    }

    /// What is wrong with an address on the page at `from`, if it is one of this site.
    fn problem(&self, from: &str, target: &str) -> Option<String> {
        let target = target.strip_prefix(&self.origin).unwrap_or(target);
        if target.contains("://")
            || ["mailto:", "tel:", "data:"].iter().any(|s| target.starts_with(s))
        {
            return None;
        }
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split('?').next().unwrap_or_default();
        let path = resolved(from, &decoded(path));
        if !self.paths.contains(&path) {
            return Some("is not there".to_owned());
        }
        let fragment = decoded(fragment);
        let has_it = |page: &BuiltPage| page.ids.contains(&fragment);
        if !fragment.is_empty() && !self.pages.get(&path).is_some_and(has_it) {
            return Some("is no place of that page".to_owned());
        }
        None
    }
}

impl BuiltPage {
    fn parse(html: String) -> Self {
        let document = Html::parse_document(&html);
        let mut page = Self { html, document, ids: Vec::new(), hreflangs: Vec::new() };
        page.ids = page.attributes("[id]", "id");
        let links = "link[rel=alternate][hreflang]";
        page.hreflangs = page
            .attributes(links, "hreflang")
            .into_iter()
            .zip(page.attributes(links, "href"))
            .collect();
        page
    }

    /// `<html lang>`.
    pub(crate) fn lang(&self) -> String {
        self.attributes("html", "lang").into_iter().next().unwrap_or_default()
    }

    /// The values of an attribute.
    pub(crate) fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a CSS selector");
        let elements = self.document.select(&selector);
        elements.filter_map(|element| element.attr(attribute)).map(str::to_owned).collect()
    }

    /// The texts of elements, white space collapsed.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).expect("a CSS selector");
        let text = |element: scraper::ElementRef<'_>| {
            element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.document.select(&selector).map(text).collect()
    }

    /// The levels of its headings, in order.
    pub(crate) fn heading_levels(&self) -> Vec<u32> {
        let selector = Selector::parse("h1, h2, h3, h4, h5, h6").expect("a CSS selector");
        let names = self.document.select(&selector).map(|element| element.value().name());
        names.filter_map(|name| name.chars().nth(1)?.to_digit(10)).collect()
    }

    /// Every address on the page, whatever it is for.
    pub(crate) fn references(&self) -> Vec<String> {
        let mut all = self.attributes("[href]", "href");
        all.extend(self.loaded());
        all.extend(self.attributes("form[action]", "action"));
        all.extend(
            self.attributes("meta[property='og:image'], meta[property='og:url']", "content"),
        );
        let refresh = self.attributes("meta[http-equiv=refresh]", "content");
        all.extend(refresh.iter().filter_map(|text| Some(text.split_once("url=")?.1.to_owned())));
        all
    }

    /// What a browser loads together with the page.
    pub(crate) fn loaded(&self) -> Vec<String> {
        let mut all = self.attributes("[src]", "src");
        all.extend(self.attributes("[poster]", "poster"));
        for rel in ["stylesheet", "icon", "preload", "modulepreload", "manifest"] {
            all.extend(self.attributes(&format!("link[rel~={rel}]"), "href"));
        }
        for srcset in self.attributes("[srcset]", "srcset") {
            let urls = srcset.split(',').filter_map(|entry| entry.split_whitespace().next());
            all.extend(urls.map(str::to_owned));
        }
        for style in self.texts("style") {
            all.extend(references_of_style(&style));
        }
        all
    }
}

/// The `url(…)` and `@import "…"` of a style sheet.
pub(crate) fn references_of_style(css: &str) -> Vec<String> {
    let quotes = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let urls = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).map(quotes);
    let imports = css.split("@import").skip(1).filter_map(|rest| rest.split(';').next());
    let imports = imports.filter(|text| !text.contains("url(")).map(quotes);
    urls.chain(imports).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().expect("addresses are UTF-8").into_owned()
}

/// A URL path as the site writes it.
fn encoded(path: &str) -> String {
    visti::site::encode(path).into_owned()
}

/// A URL path, perhaps relative, as seen from the page at `from`.
fn resolved(from: &str, path: &str) -> String {
    if path.is_empty() {
        return from.to_owned();
    }
    if path.starts_with('/') {
        return path.to_owned();
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}
