//! What stands on the pages of small sites: languages, lists, addresses, the text of articles, files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod components;
mod feeds;
mod front;
mod furniture;
mod guide;
mod languages;
mod listings;
mod output;
mod publication;
mod sharing;
mod sitemaps;
mod skip_broken;
mod structured;
mod terms;
mod text;
mod theme;
mod typography;

use support::{Page, TestSite};

const HOST: &str = "https://news.example.org";

/// A drawing of 4 by 3 pixels.
const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>"#;

/// The `hreflang` links of a page: `uk /ua/talks/`, without the host, which all have.
fn hreflangs(page: &Page) -> Vec<String> {
    let links = "link[rel=alternate][hreflang]";
    let tags = page.attributes(links, "hreflang");
    let urls = page.attributes(links, "href");
    let path = |url: String| url.strip_prefix(HOST).expect("hreflang is absolute").to_owned();
    tags.into_iter().zip(urls).map(|(tag, url)| format!("{tag} {}", path(url))).collect()
}

/// The canonical address, without the host.
fn canonical(page: &Page) -> String {
    let urls = page.attributes("link[rel=canonical]", "href");
    assert_eq!(urls.len(), 1);
    urls[0].strip_prefix(HOST).expect("canonical is absolute").to_owned()
}

/// The switcher of a page: `УКР → /ua/talks/`, with `(this page)` and `(missing)`.
fn switcher(page: &Page) -> Vec<String> {
    let urls = page.attributes("nav.languages a", "href");
    let is_one_of = |mark: &str, url: &String| {
        page.attributes(&format!("nav.languages a{mark}"), "href").contains(url)
    };
    page.texts("nav.languages a")
        .into_iter()
        .zip(urls)
        .map(|(text, url)| {
            let label = text.split(' ').next().unwrap_or_default();
            let is_current = is_one_of("[aria-current]", &url);
            let is_missing = is_one_of(".missing", &url);
            let mark = match (is_current, is_missing) {
                (true, _) => " (this page)",
                (_, true) => " (missing)",
                _ => "",
            };
            format!("{label} → {url}{mark}")
        })
        .collect()
}

/// The headlines of a list, in order.
fn headlines(page: &Page) -> Vec<String> {
    page.texts("ol.cards a")
}

/// Adds a Ukrainian article for each of the days of December 2025, titled by its day.
fn add_days(site: &TestSite, days: impl IntoIterator<Item = usize>) {
    for day in days {
        let date = format!("2025-12-{day:02}");
        site.put(
            &format!("content/ua/day-{day:02}.md"),
            format!("+++\ntitle = '{day}'\ndate = {date}\nsection = 'politics'\n+++\n"),
        );
    }
}
