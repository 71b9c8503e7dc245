//! Themes: what the manual promises to whoever restyles the default theme or writes another.

use std::collections::BTreeMap;

use crate::support::TestSite;

/// A manual's text.
fn manual() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/theming.md");
    std::fs::read_to_string(path).unwrap()
}

/// The code in a chapter of the manual, by the path that the text before names last.
fn files_in(chapter: &str) -> BTreeMap<String, String> {
    let manual = manual();
    let text = manual.split(&format!("\n## {chapter}\n")).nth(1).expect(chapter);
    let text = text.split("\n## ").next().unwrap();
    let mut files = BTreeMap::new();
    let mut parts = text.split("\n```");
    let mut before = parts.next().unwrap();
    while let (Some(code), Some(after)) = (parts.next(), parts.next()) {
        let path = before.split('`').rev().find(|part| part.contains('/')).unwrap();
        let (_kind, code) = code.split_once('\n').unwrap();
        files.insert(path.to_owned(), format!("{code}\n"));
        before = after;
    }
    files
}

/// The custom properties that a style sheet sets.
fn properties_set(css: &str) -> Vec<&str> {
    let rules = css.split(['{', '}', ';']);
    let rules = rules.filter_map(|rule| rule.rsplit("*/").next());
    rules.filter_map(|rule| rule.trim().split_once(':')?.0.strip_prefix("--")).collect()
}

#[test]
fn the_smallest_theme_of_the_manual_builds_the_sample_site() {
    let site = TestSite::of_repository(&["site.toml", "content", "static"]);
    let files = files_in("The smallest theme");
    let templates = files.keys().filter(|path| path.ends_with(".html"));
    assert_eq!(templates.count(), 7, "{:?}", files.keys());
    for (path, text) in &files {
        site.put(path, text);
    }
    site.edit("site.toml", "fresh = ", "# fresh = ");
    let words = &files["templates/strings/en.ftl"];
    for code in ["ua", "ru"] {
        site.put(&format!("templates/strings/{code}.ftl"), words);
    }
    site.build(&["--strict"]).succeeded();
    let article = "/en/2025/12/rubio-joins-talks/";
    assert_eq!(site.page(article).texts("h1").len(), 1);
    assert!(site.page("/en/").attributes("p a", "href").contains(&article.to_owned()));
    assert_eq!(site.page("/ua/").attributes("nav a", "lang"), ["uk", "en", "ru"]);
}

#[test]
fn the_second_look_of_the_manual_is_short_and_sets_properties_that_there_are() {
    let files = files_in("A second look");
    let look = &files["static/look.css"];
    assert!(look.lines().count() < 40, "{} lines", look.lines().count());
    assert!(!look.contains("!important"));
    let site = TestSite::of_repository(&["site.toml", "content", "static", "templates"]);
    let style = site.text("static/style.css");
    let known = properties_set(&style);
    let set = properties_set(look);
    assert!(set.len() > 10, "{set:?}");
    for property in set {
        assert!(known.contains(&property), "the theme has no --{property}");
        assert!(style.contains(&format!("var(--{property})")), "nothing uses --{property}");
    }
    for (path, text) in &files {
        site.put(path, text);
    }
    site.build(&["--strict"]).succeeded();
    let sheets = site.page("/ua/").attributes("link[rel=stylesheet]", "href");
    assert_eq!(sheets.len(), 2);
    assert!(sheets[1].starts_with("/look."), "{sheets:?}");
}

#[test]
fn the_manual_has_every_property_of_the_theme_and_no_other() {
    let site = TestSite::of_repository(&["static/style.css"]);
    let style = site.text("static/style.css");
    let manual = manual();
    let table =
        manual.split("\n## The properties\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let mut explained: Vec<&str> = rows
        .flat_map(|row| row.trim_start_matches('|').split('|').next().unwrap().split('`'))
        .filter_map(|cell| cell.strip_prefix("--"))
        .collect();
    explained.sort_unstable();
    let mut known = properties_set(&style);
    known.sort_unstable();
    known.dedup();
    assert_eq!(explained, known);
}

#[test]
fn the_foot_of_a_page_links_the_standalone_pages_that_its_language_has() {
    let site = TestSite::of_repository(&["site.toml", "static", "templates"]);
    site.put("content/ua/pages/standards.md", "+++\ntitle = 'Правила'\n+++\n");
    site.put("content/ua/pages/contacts.md", "+++\ntitle = 'Контакти'\n+++\n");
    site.put("content/en/pages/about.md", "+++\ntitle = 'About us'\n+++\n");
    site.build(&[]).succeeded();
    let links = |path: &str| site.page(path).attributes(".site-links a", "href");
    assert_eq!(
        links("/ua/"),
        ["/ua/", "/ua/tags/", "/ua/standards/", "/ua/contacts/", "/ua/rss.xml"]
    );
    assert_eq!(links("/en/"), ["/en/", "/en/tags/", "/en/about/", "/en/rss.xml"]);
    assert_eq!(links("/ru/"), ["/ru/", "/ru/tags/", "/ru/rss.xml"]);
}

#[test]
fn a_months_page_says_how_many_stories_it_has_even_if_it_is_the_newest() {
    let site = TestSite::of_repository(&["site.toml", "static", "templates"]);
    for (name, date) in [("frost", "2025-11-30"), ("snow", "2025-12-20"), ("ice", "2025-12-21")] {
        let text = format!("+++\ntitle = '{name}'\ndate = {date}\n+++\n");
        site.put(&format!("content/ua/{name}.md"), text);
    }
    site.build(&[]).succeeded();
    let numbers = |path: &str| site.page(path).texts(".calendar td");
    assert_eq!(numbers("/ua/archive/2025-12/"), ["1", "2"]);
    assert_eq!(
        numbers("/ua/archive/2025-11/"),
        ["1", ""],
        "a new story does not change old months"
    );
}
