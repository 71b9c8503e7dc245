//! Whole pages of whole sites, made with the default theme: what a change of theme or program does
//! to a page shows as a difference of its snapshot.
//!
//! `INSTA_UPDATE=always cargo test --test sites` accepts what there is now; then read `git diff`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

use support::TestSite;
use support::links::BuiltSite;

const ORIGIN: &str = "https://news.example.org";

/// The site in a folder of `tests/sites`, with the repository's templates and style sheet.
fn site_of(folder: &str) -> TestSite {
    let site = TestSite::of_repository(&[
        "templates",
        "static/style.css",
        "static/components.css",
        "static/embed.js",
        "static/gallery.js",
        "static/fresh.js",
        "static/favicon.svg",
        "static/share",
    ]);
    for name in ["site.toml", "content", "static"] {
        site.copy_of_repository(&format!("tests/sites/{folder}/{name}"), name);
    }
    site.build(&["--strict"]).succeeded();
    site
}

/// A text without fingerprints of style sheets and scripts, which change with every word in them.
fn without_fingerprint(site: &TestSite, text: &str) -> String {
    let paths = site.published();
    let mut text = text.to_owned();
    let styles = ["style", "components"].map(|stem| (stem, "css"));
    let scripts = ["fresh", "embed", "gallery"].map(|stem| (stem, "js"));
    for (stem, extension) in styles.into_iter().chain(scripts) {
        let beginning = format!("{stem}.");
        let plain = format!("{stem}.{extension}");
        let is_fingerprinted = |path: &&String| path.starts_with(&beginning) && **path != plain;
        let found = paths.iter().find(is_fingerprinted).expect("the theme has it");
        text = text.replace(found.as_str(), &format!("{stem}.[fingerprint].{extension}"));
    }
    text
}

/// A page with its structured data on lines of their own, one for each value.
fn with_data_in_lines(html: &str) -> String {
    const BEGIN: &str = "<script type=\"application/ld+json\">";
    let Some((before, rest)) = html.split_once(BEGIN) else { return html.to_owned() };
    let (data, after) = rest.split_once("</script>").expect("an end of the data");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    format!("{before}{BEGIN}\n{data:#}\n</script>{after}")
}

/// JSON as people read it.
fn indented(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

/// Compares a text with `tests/sites/<folder>/expected/<name>.snap`.
fn assert_expected(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{folder}/expected"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_newspaper_in_three_languages() {
    let site = site_of("trilingual");
    let published = without_fingerprint(&site, &site.published().join("\n"));
    assert_expected("trilingual", "published", &published);
    for (name, url) in [
        ("root", "/"),
        ("front-ua", "/ua/"),
        ("front-ru", "/ru/"),
        ("article-ua", "/ua/2025/12/talks/"),
        ("article-en", "/en/2025/12/talks/"),
        ("article-ru", "/ru/2025/12/peregovory/"),
        ("article-in-a-folder", "/ua/2025/12/opera/"),
        ("article-in-one-language", "/ua/2025/12/harvest/"),
        ("news", "/ua/news/"),
        ("news-page-1", "/ua/news/page/1/"),
        ("section", "/en/sections/politics/"),
        ("section-without-stories", "/ru/sections/kultura/"),
        ("tag", "/ua/tags/myrni-perehovory/"),
        ("author", "/en/authors/olena-hnatiuk/"),
        ("month", "/ua/archive/2025-11/"),
        ("tags", "/ua/tags/"),
        ("standalone", "/en/about/"),
        ("fresh", "/ua/fresh/"),
        ("not-found", "/ru/404.html"),
        ("alias", "/news/17/"),
        ("atom-ua", "/ua/atom.xml"),
        ("atom-of-a-section", "/en/sections/politics/atom.xml"),
        ("rss-en", "/en/rss.xml"),
        ("json-ru", "/ru/feed.json"),
    ] {
        let html = with_data_in_lines(&without_fingerprint(&site, &site.page(url).html));
        let html = if url.ends_with(".json") { indented(&html) } else { html };
        assert_expected("trilingual", name, &html);
    }
    for (name, path) in [
        ("robots", "robots.txt"),
        ("sitemap", "sitemap.xml"),
        ("sitemap-en", "sitemap-en.xml"),
        ("sitemap-ua-month", "sitemap-ua-2025-12.xml"),
    ] {
        assert_expected("trilingual", name, &site.text(&format!("public/{path}")));
    }
    // While there still is news.
    site.build(&["--now", "2025-12-20T12:00:00+02:00"]).succeeded();
    assert_expected("trilingual", "sitemap-en-news", &site.text("public/sitemap-en-news.xml"));
}

#[test]
fn every_component_of_the_theme_in_an_article() {
    let site = site_of("components");
    let page = site.page("/ua/2025/everything/");
    assert_expected("components", "everything", &page.select(".text"));
    let files = |url: &str| {
        let page = site.page(url);
        let files = [
            page.attributes("link[rel=stylesheet]", "href"),
            page.attributes("script[src]", "src"),
        ];
        without_fingerprint(&site, &files.concat().join(" "))
    };
    // Nobody loads what the page does not show.
    insta::assert_snapshot!(
        files("/ua/2025/everything/"),
        @"/style.[fingerprint].css /components.[fingerprint].css /gallery.[fingerprint].js /embed.[fingerprint].js /fresh.[fingerprint].js"
    );
    insta::assert_snapshot!(
        files("/ua/2025/plain/"),
        @"/style.[fingerprint].css /fresh.[fingerprint].js"
    );
}

#[test]
fn the_golden_sites_have_whole_links() {
    for folder in ["trilingual", "components"] {
        let built = BuiltSite::parse(ORIGIN, &site_of(folder).tree("public"));
        assert_eq!(built.broken_links(), [""; 0]);
        assert_eq!(built.broken_hreflangs(), [""; 0]);
    }
}
