//! The repository's own sample site, built as readers get it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use support::TestSite;
use support::links::{BuiltPage, BuiltSite};

const ORIGIN: &str = "https://news.example.org";
const NOW: &str = "2026-01-15T12:00:00+02:00";

/// The largest HTML of an article, in bytes: what a phone on a slow line gets in a second.
const HEAVIEST_ARTICLE: usize = 60_000;
/// The largest style sheet, in bytes.
const HEAVIEST_STYLE: usize = 25_000;
/// The largest script, in bytes.
const HEAVIEST_SCRIPT: usize = 1_024;

struct Sample {
    complaints: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// Built once for all tests; each parses the pages for itself.
static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let site = TestSite::of_repository(&["site.toml", "content", "templates", "static"]);
    let run = site.build(&["--now", NOW]).succeeded();
    Sample { complaints: run.stderr, files: site.tree("public") }
});

fn sample() -> BuiltSite {
    BuiltSite::parse(ORIGIN, &SAMPLE.files)
}

/// All pages but the old addresses, which no reader sees.
fn pages() -> BTreeMap<String, BuiltPage> {
    let mut pages = sample().pages;
    pages.retain(|_, page| page.attributes("meta[http-equiv=refresh]", "content").is_empty());
    pages
}

fn kind(page: &BuiltPage) -> String {
    page.attributes("body", "data-page").remove(0)
}

#[test]
fn nothing_is_wrong_with_it() {
    assert_eq!(SAMPLE.complaints, "");
}

#[test]
fn it_has_every_kind_of_page_in_every_language() {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, page) in pages() {
        kinds.entry(page.lang()).or_default().insert(kind(&page));
    }
    let all: BTreeSet<String> = [
        "404",
        "article",
        "author",
        "fresh",
        "front",
        "month",
        "news",
        "section",
        "standalone",
        "tag",
        "tags",
    ]
    .map(str::to_owned)
    .into();
    for (lang, found) in &kinds {
        assert_eq!(*found, all, "{lang}");
    }
    assert_eq!(kinds.keys().collect::<Vec<_>>(), ["en", "ru", "uk"]);
    assert!(pages().keys().any(|url| url.contains("/page/1/")), "no list is long enough");
}

#[test]
fn every_link_picture_and_fragment_leads_somewhere() {
    assert_eq!(sample().broken_links(), [""; 0]);
}

#[test]
fn a_broken_link_or_fragment_would_be_noticed() {
    let mut files = SAMPLE.files.clone();
    let page = files.get_mut("en/about/index.html").unwrap();
    let html = String::from_utf8(page.clone()).unwrap();
    *page = html.replace("/en/tags/", "/en/tagz/").replace("#main_content", "#main").into_bytes();
    assert_eq!(
        BuiltSite::parse(ORIGIN, &files).broken_links(),
        ["/en/about/: #main is no place of that page", "/en/about/: /en/tagz/ is not there"]
    );
    files.remove("ru/about/index.html");
    let broken = BuiltSite::parse(ORIGIN, &files).broken_hreflangs();
    assert!(
        broken.contains(&format!("/ua/about/: ru {ORIGIN}/ru/about/ is no page")),
        "{broken:?}"
    );
}

#[test]
fn every_hreflang_is_absolute_and_returned() {
    assert_eq!(sample().broken_hreflangs(), [""; 0]);
    let n = pages().values().filter(|page| !page.hreflangs.is_empty()).count();
    assert!(n > 50, "only {n} pages have hreflang links");
}

#[test]
fn every_page_is_in_the_language_of_its_folder() {
    for (url, page) in pages() {
        let expected = match url.split('/').nth(1).unwrap() {
            "en" => "en",
            "ru" => "ru",
            _ => "uk",
        };
        assert_eq!(page.lang(), expected, "{url}");
        for attribute in ["lang", "hreflang"] {
            for tag in page.attributes(&format!("[{attribute}]"), attribute) {
                assert!(["uk", "en", "ru", "x-default"].contains(&&*tag), "{url}: {tag}");
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_a_title_and_a_canonical_address() {
    for (url, page) in pages() {
        let headings = page.texts("h1");
        assert_eq!(headings.len(), 1, "{url}: {headings:?}");
        assert!(!headings[0].is_empty(), "{url}");
        let titles = page.texts("head > title");
        assert!(titles.len() == 1 && !titles[0].is_empty(), "{url}: {titles:?}");
        let canonical = page.attributes("link[rel=canonical]", "href");
        assert_eq!(canonical.len(), 1, "{url}");
        assert!(canonical[0].starts_with(ORIGIN), "{url}");
    }
}

#[test]
fn no_two_pages_of_a_language_have_one_title() {
    let mut urls: BTreeMap<(String, String), String> = BTreeMap::new();
    // `/` repeats a front page, the root's 404 page that of its language.
    for (url, page) in pages().into_iter().filter(|(url, _)| !["/", "/404.html"].contains(&&**url))
    {
        let title = page.texts("head > title").remove(0);
        if let Some(other) = urls.insert((page.lang(), title.clone()), url.clone()) {
            panic!("{url} and {other} are both «{title}»");
        }
    }
}

#[test]
fn headings_skip_no_level() {
    for (url, page) in pages() {
        let mut last = 0;
        for name in page.heading_levels() {
            assert!(name <= last + 1, "{url}: h{name} after h{last}");
            last = name;
        }
    }
}

#[test]
fn ids_are_unique_on_their_page() {
    for (url, page) in pages() {
        let unique: BTreeSet<&String> = page.ids.iter().collect();
        assert_eq!(unique.len(), page.ids.len(), "{url}: {:?}", page.ids);
    }
}

#[test]
fn every_time_has_a_text_and_a_value() {
    for (url, page) in pages() {
        let texts = page.texts("time");
        let values = page.attributes("time", "datetime");
        assert_eq!(texts.len(), values.len(), "{url}");
        assert!(texts.iter().chain(&values).all(|text| !text.is_empty()), "{url}");
    }
}

#[test]
fn every_picture_has_an_alternative_text_and_a_size() {
    for (url, page) in pages() {
        let n = page.attributes("img", "src").len();
        for attribute in ["alt", "width", "height"] {
            assert_eq!(page.attributes("img", attribute).len(), n, "{url}: {attribute}");
        }
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere_and_scripts_are_few_and_small() {
    for (url, page) in pages() {
        for loaded in page.loaded() {
            assert!(loaded.starts_with('/') && !loaded.starts_with("//"), "{url}: {loaded}");
        }
        // Structured data is no script: browsers do not run it.
        let data = page.attributes("script[type='application/ld+json']", "type").len();
        let scripts = page.html.matches("<script").count() - data;
        // That of the newest headlines, and on pages with a gallery that of its buttons.
        let most = if page.html.contains("class=\"gallery\"") { 2 } else { 1 };
        assert!(scripts <= most && page.attributes("script", "src").len() == scripts, "{url}");
    }
    for (path, bytes) in SAMPLE.files.iter().filter(|(path, _)| path.ends_with(".js")) {
        assert!(bytes.len() <= HEAVIEST_SCRIPT, "{path}: {} bytes", bytes.len());
    }
    for (url, css) in sample().styles {
        for loaded in support::links::references_of_style(&css) {
            assert!(!loaded.contains("//"), "{url}: {loaded}");
        }
    }
}

#[test]
fn pages_and_style_sheets_are_light() {
    for (url, page) in pages().into_iter().filter(|(_, page)| kind(page) == "article") {
        assert!(page.html.len() <= HEAVIEST_ARTICLE, "{url}: {} bytes", page.html.len());
    }
    for (url, css) in sample().styles {
        assert!(css.len() <= HEAVIEST_STYLE, "{url}: {} bytes", css.len());
    }
}

#[test]
fn the_model_article_is_as_the_newsroom_wants_it() {
    for (lang, url) in
        [("uk", "/ua/2025/12/rubio-joins-talks/"), ("en", "/en/2025/12/rubio-joins-talks/")]
    {
        let page = pages().remove(url).unwrap();
        assert!(page.texts("h1")[0].ends_with("– Reuters"), "{:?}", page.texts("h1"));
        let words = if lang == "uk" {
            ["(Фото: ", "(Ілюстрація: "]
        } else {
            ["(Photo: ", "(Illustration: "]
        };
        let credit = page.texts("figcaption .credit").remove(0);
        assert!(words.iter().any(|word| credit.starts_with(word)), "{credit}");
        assert_eq!(page.texts(".lead").len(), 1);
        assert!(!page.texts(".text h2").is_empty());
        let sources = page.texts(".sources").remove(0);
        assert!(sources.contains("Reuters") && sources.contains("Politico"), "{sources}");
        assert_eq!(page.attributes(".switcher a", "hreflang"), ["uk", "en", "ru"]);
    }
}
