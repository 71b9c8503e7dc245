//! The sample site's stories: that there are enough of every kind to judge a theme by, and that the
//! editions of one story say the same.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use support::TestSite;
use support::links::{BuiltPage, BuiltSite};

const ORIGIN: &str = "https://news.example.org";
const NOW: &str = "2026-01-15T12:00:00+02:00";

/// Built once for all tests; each parses the pages for itself.
static FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let site = TestSite::of_repository(&["site.toml", "content", "templates", "static"]);
    site.build(&["--now", NOW]).succeeded();
    site.tree("public")
});

/// A story's pages by their `lang`.
type Editions = BTreeMap<String, BuiltPage>;

/// Every story, by the URL of its Ukrainian edition: each has one.
fn stories() -> BTreeMap<String, Editions> {
    let mut articles = BuiltSite::parse(ORIGIN, &FILES).pages;
    articles.retain(|_, page| page.attributes("body", "data-page") == ["article"]);
    let mut stories: BTreeMap<String, Editions> = BTreeMap::new();
    for (url, page) in articles {
        let alternates = page.hreflangs.iter();
        let ukrainian =
            alternates.filter(|(tag, _)| tag == "uk").map(|(_, url)| url.clone()).next();
        let story = ukrainian.map_or(url, |url| url.replace(ORIGIN, ""));
        stories.entry(story).or_default().insert(page.lang(), page);
    }
    stories
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// What elements of an article's text contain of digits; separators differ by language.
fn digits(page: &BuiltPage, selector: &str) -> Vec<String> {
    let only_digits = |text: String| text.chars().filter(char::is_ascii_digit).collect();
    page.texts(&format!(".text {selector}")).into_iter().map(only_digits).collect()
}

#[test]
fn there_is_enough_of_everything_to_judge_a_theme_by() {
    let stories = stories();
    let values = |selector: &str, attribute: &str| -> BTreeSet<String> {
        let pages = stories.values().flat_map(BTreeMap::values);
        pages.flat_map(|page| page.attributes(selector, attribute)).collect()
    };
    let below = |folder: &str| -> usize {
        let links = values("article a", "href");
        links.iter().filter(|url| url.starts_with(&format!("/ua/{folder}/"))).count()
    };
    assert!(stories.len() >= 24, "{} stories", stories.len());
    assert!(below("sections") >= 5, "{} sections", below("sections"));
    assert!(below("tags") >= 25, "{} tags", below("tags"));
    assert!(below("authors") >= 6, "{} authors", below("authors"));
    let pictures = values("article img", "src");
    assert!(pictures.len() >= 20, "{pictures:?}");
    for kind in ["svg", "jpg", "webp"] {
        assert!(pictures.iter().any(|url| url.ends_with(kind)), "no {kind}");
    }
    let has = |selector: &str| {
        let mut pages = stories.values().flat_map(BTreeMap::values);
        pages.any(|page| !page.texts(&format!(".text {selector}")).is_empty())
    };
    let components = [".quote", ".factbox", ".gallery li", ".timeline", ".data"];
    let elements = ["h2", "h3", "ul", "ol", "table", "blockquote", "figcaption", ".footnotes"];
    for element in elements.into_iter().chain(components) {
        assert!(has(element), "no story has {element}");
    }
}

#[test]
fn most_stories_are_in_three_languages_some_in_two_one_in_one() {
    let stories = stories();
    let in_languages = |n: usize| stories.values().filter(|editions| editions.len() == n).count();
    assert!(in_languages(3) > stories.len() / 2, "{} in three", in_languages(3));
    assert!(in_languages(2) >= 3, "{} in two", in_languages(2));
    assert_eq!(in_languages(1), 1);
    for (story, editions) in &stories {
        assert!(editions.contains_key("uk"), "{story} is not in Ukrainian");
    }
}

#[test]
fn headlines_and_stories_are_of_every_length() {
    let stories = stories();
    let ukrainian = || stories.values().map(|editions| &editions["uk"]);
    let titles: Vec<String> = ukrainian().map(|page| page.texts("h1").remove(0)).collect();
    assert!(titles.iter().filter(|title| words(title) <= 3).count() >= 3, "{titles:?}");
    assert!(titles.iter().filter(|title| title.chars().count() >= 120).count() >= 2, "{titles:?}");
    let shortest = ukrainian().map(|page| words(&page.texts(".text").remove(0))).min();
    assert!(shortest.is_some_and(|n| n < 25), "{shortest:?}");
    let longest = &stories["/ua/2025/12/library-with-light/"];
    assert_eq!(longest.len(), 3);
    for (lang, page) in longest {
        let n = words(&page.texts(".text").remove(0));
        assert!(n >= 1500, "{lang}: {n} words");
    }
}

#[test]
fn editions_of_a_story_have_the_same_parts_and_figures() {
    let mut differences = Vec::new();
    for (story, editions) in stories() {
        let ukrainian = &editions["uk"];
        for (lang, page) in &editions {
            for part in ["p", "h2", "h3", "li", "tr", "blockquote", "img"] {
                let n = |page: &BuiltPage| page.texts(&format!(".text {part}")).len();
                if n(page) != n(ukrainian) {
                    differences.push(format!("{story}: {part} in {lang}"));
                }
            }
            if digits(page, "td") != digits(ukrainian, "td") {
                differences.push(format!("{story}: tables in {lang}"));
            }
            let dates = |page: &BuiltPage| page.attributes("article time", "datetime");
            if dates(page) != dates(ukrainian) {
                differences.push(format!("{story}: dates in {lang}"));
            }
        }
    }
    assert_eq!(differences, [""; 0]);
}
