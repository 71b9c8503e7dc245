//! What search engines are told of: sitemaps, news sitemaps, robots.txt.

use std::collections::BTreeMap;

use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::{HOST, add_days, canonical, hreflangs};
use crate::support::{Page, TestSite};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// A page as a sitemap names it, without the host.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    path: String,
    changed: Option<String>,
    /// `uk /ua/talks/`
    alternates: Vec<String>,
}

fn path_of(url: &str) -> String {
    url.strip_prefix(HOST).expect("sitemaps have whole addresses").to_owned()
}

fn child<'a>(node: Node<'a, '_>, namespace: &str, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name((namespace, name)))?.text()
}

/// What a sitemap names, in order.
fn entries(site: &TestSite, file: &str) -> Vec<Entry> {
    let xml = site.text(&format!("public/{file}"));
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{file}: {error}"));
    let entry = |node: Node<'_, '_>| Entry {
        path: path_of(child(node, SITEMAP, "loc").expect("every entry has an address")),
        changed: child(node, SITEMAP, "lastmod").map(str::to_owned),
        alternates: node
            .children()
            .filter(|child| child.has_tag_name((XHTML, "link")))
            .map(|link| {
                assert_eq!(link.attribute("rel"), Some("alternate"));
                let href = path_of(link.attribute("href").unwrap());
                format!("{} {href}", link.attribute("hreflang").unwrap())
            })
            .collect(),
    };
    document.root_element().children().filter(Node::is_element).map(entry).collect()
}

fn paths(site: &TestSite, file: &str) -> Vec<String> {
    entries(site, file).into_iter().map(|entry| entry.path).collect()
}

/// The change that a sitemap tells of a page.
fn changed(site: &TestSite, file: &str, path: &str) -> Option<String> {
    let entry = entries(site, file).into_iter().find(|entry| entry.path == path);
    entry.unwrap_or_else(|| panic!("{file} has no {path}")).changed
}

/// The articles of a news sitemap: address, date and headline.
fn news(site: &TestSite, file: &str) -> Vec<(String, String, String)> {
    let xml = site.text(&format!("public/{file}"));
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{file}: {error}"));
    let article = |url: Node<'_, '_>| {
        let news = url.children().find(|child| child.has_tag_name((NEWS, "news"))).unwrap();
        let text = |name| child(news, NEWS, name).unwrap_or_default().to_owned();
        let path = path_of(child(url, SITEMAP, "loc").unwrap());
        (path, text("publication_date"), text("title"))
    };
    document.root_element().children().filter(Node::is_element).map(article).collect()
}

#[test]
fn each_page_that_search_engines_may_show_is_in_exactly_one_sitemap_with_its_own_alternates() {
    let site = TestSite::of_repository(&["templates", "site.toml", "content", "static"]);
    site.build(&[]).succeeded();
    let mut named: BTreeMap<String, Entry> = BTreeMap::new();
    for sitemap in paths(&site, "sitemap.xml") {
        for entry in entries(&site, sitemap.trim_start_matches('/')) {
            let path = entry.path.clone();
            let other = named.insert(path, entry);
            assert!(other.is_none(), "two sitemaps have {other:?}");
        }
    }
    let mut n_numbered = 0;
    for (file, bytes) in site.tree("public") {
        if !file.ends_with(".html") {
            continue;
        }
        let path = format!("/{}", file.trim_end_matches("index.html"));
        let page = Page { html: String::from_utf8(bytes).unwrap() };
        let robots = page.attributes("meta[name=robots]", "content").concat();
        if robots.contains("noindex") || canonical(&page) != path {
            assert!(!named.contains_key(&path), "{path}");
            continue;
        }
        let entry = named.remove(&path).unwrap_or_else(|| panic!("no sitemap has {path}"));
        assert_eq!(entry.alternates, hreflangs(&page), "{path}");
        n_numbered += usize::from(path.contains("/page/"));
    }
    assert!(named.is_empty(), "no pages: {named:?}");
    assert!(n_numbered > 0, "the sample has pages of all kinds");
}

#[test]
fn a_sitemap_says_when_an_article_and_what_lists_it_changed() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01T10:00:00
updated = 2025-12-02T11:30:00
section = 'politics'
tags = ['florida']
+++
-- content/ua/opera.md --
+++
title = 'Опера'
date = 2025-12-03
corrections = [{ date = 2025-12-09, text = 'Було інакше.' }]
section = 'culture'
+++
-- content/ua/embargo.md --
+++
title = 'Звіт'
date = 2025-12-04T08:00:00
publish_at = 2025-12-05T06:00:00Z
+++
-- content/ua/pages/about.md --
+++
title = 'Про нас'
+++
-- content/ua/pages/rules.md --
+++
title = 'Правила'
updated = 2025-11-30
+++
",
    );
    site.build(&[]).succeeded();
    let month = |path| changed(&site, "sitemap-ua-2025-12.xml", path);
    let rest = |path| changed(&site, "sitemap-ua.xml", path);
    assert_eq!(month("/ua/talks/").as_deref(), Some("2025-12-02T11:30:00+02:00"));
    assert_eq!(month("/ua/opera/").as_deref(), Some("2025-12-09"));
    assert_eq!(month("/ua/embargo/").as_deref(), Some("2025-12-05T08:00:00+02:00"));
    assert_eq!(rest("/ua/").as_deref(), Some("2025-12-09"));
    assert_eq!(rest("/ua/news/").as_deref(), Some("2025-12-09"));
    assert_eq!(rest("/ua/sections/politics/").as_deref(), Some("2025-12-02T11:30:00+02:00"));
    assert_eq!(rest("/ua/tags/").as_deref(), Some("2025-12-01T10:00:00+02:00"));
    assert_eq!(rest("/ua/rules/").as_deref(), Some("2025-11-30"));
    assert_eq!(rest("/ua/about/"), None);
    assert_eq!(changed(&site, "sitemap-en.xml", "/en/sections/politics/"), None);
}

#[test]
fn sitemaps_of_months_that_are_over_stay_as_they_are_when_a_story_comes_out() {
    let site = TestSite::new("");
    let put = |n: usize, date: &str| {
        let text = format!("+++\ntitle = '{n}'\ndate = {date}\nsection = 'politics'\n+++\n");
        site.put(&format!("content/ua/story-{n}.md"), text);
    };
    for n in 0..7 {
        put(n, &format!("2025-11-{:02}", 1 + n));
    }
    site.build(&[]).succeeded();
    let before = site.tree("public");
    // This fills pages of lists that have nothing but old articles.
    put(7, "2025-12-01");
    site.build(&[]).succeeded();
    let after = site.tree("public");
    let is_sitemap = |path: &&String| path.ends_with(".xml");
    let changed = after.keys().filter(is_sitemap).filter(|p| before.get(*p) != after.get(*p));
    let changed: Vec<&String> = changed.collect();
    assert_eq!(changed, ["sitemap-ua-2025-12.xml", "sitemap-ua.xml", "sitemap.xml"]);
    assert_eq!(
        paths(&site, "sitemap-ua-2025-11.xml").into_iter().skip(7).collect::<Vec<_>>(),
        [
            "/ua/news/page/1/",
            "/ua/news/page/2/",
            "/ua/sections/politics/page/1/",
            "/ua/sections/politics/page/2/",
            "/ua/archive/2025-11/page/1/",
            "/ua/archive/2025-11/page/2/",
        ]
    );
    assert_eq!(
        paths(&site, "sitemap-ua-2025-12.xml"),
        ["/ua/story-7/", "/ua/news/page/3/", "/ua/sections/politics/page/3/"]
    );
}

#[test]
fn a_news_sitemap_has_the_articles_of_the_last_two_days_newest_first() {
    let site = TestSite::new("");
    add_days(&site, 1..=4);
    site.put(
        "content/ua/noon.md",
        "+++\ntitle = 'A < B & \"C\"'\ndate = 2025-12-04T12:00:00\ntypography = false\n+++\n",
    );
    site.build(&["--now", "2025-12-04T13:00:00+02:00"]).succeeded();
    let file = "sitemap-ua-news.xml";
    let article = |path: &str, date: &str, title: &str| (path.into(), date.into(), title.into());
    assert_eq!(
        news(&site, file),
        [
            article("/ua/noon/", "2025-12-04T12:00:00+02:00", "A < B & \"C\""),
            article("/ua/day-04/", "2025-12-04", "4"),
            article("/ua/day-03/", "2025-12-03", "3"),
        ]
    );
    let xml = site.text("public/sitemap-ua-news.xml").replace('\n', "");
    let publication = "<news:publication><news:name>Вісник</news:name>\
                       <news:language>uk</news:language></news:publication>";
    assert_eq!(xml.matches(publication).count(), 3, "{xml}");
    assert_eq!(news(&site, "sitemap-en-news.xml"), []);

    site.build(&["--now", "2025-12-04T23:59:59+02:00"]).succeeded();
    assert_eq!(news(&site, file).len(), 3);
    site.build(&["--now", "2025-12-05T00:00:00+02:00"]).succeeded();
    assert_eq!(news(&site, file).len(), 2, "what is two days old is no news");
    site.build(&["--now", "2025-12-08T00:00:00+02:00"]).succeeded();
    assert_eq!(news(&site, file), []);
}

#[test]
fn a_news_sitemap_of_more_than_a_thousand_articles_is_cut() {
    let site = TestSite::new(
        "
-- site.toml --
base_url = 'https://news.example.org'
title = { sr = 'Гласник' }
default_language = 'sr'
timezone = 'Europe/Belgrade'
per_page = 1000
[languages.sr]
tag = 'sr-Latn'
name = 'Srpski'
label = 'SR'
locale = 'sr_RS'
[urls]
month = false
-- templates/strings/sr.ftl --
",
    );
    let strings = site.text("templates/strings/en.ftl");
    site.put("templates/strings/sr.ftl", strings);
    for code in ["ua", "en", "ru"] {
        site.remove(&format!("templates/strings/{code}.ftl"));
    }
    for name in ["sections", "tags", "authors"] {
        site.put(&format!("content/{name}.toml"), "");
    }
    for n in 0..1001 {
        let date = format!("2026-01-15T{:02}:{:02}:00", n / 60 % 10, n % 60);
        site.put(
            &format!("content/sr/{n:04}.md"),
            format!("+++\ntitle = '{n}'\ndate = {date}+01:00\n+++\n"),
        );
    }
    site.build(&[]).succeeded();
    assert_eq!(news(&site, "sitemap-sr-news.xml").len(), 1000);
    assert_eq!(news(&site, "sitemap-sr-news-2.xml").len(), 1);
    let robots = site.text("public/robots.txt");
    assert!(robots.ends_with(
        "Sitemap: https://news.example.org/sitemap.xml\n\
         Sitemap: https://news.example.org/sitemap-sr-news.xml\n\
         Sitemap: https://news.example.org/sitemap-sr-news-2.xml\n"
    ));
    let language = "<news:language>sr</news:language>";
    assert!(site.text("public/sitemap-sr-news.xml").contains(language));
}

#[test]
fn sitemaps_can_be_switched_off() {
    let site = TestSite::new("");
    add_days(&site, 1..=2);
    let sitemaps = || -> Vec<String> {
        site.published().into_iter().filter(|path| path.contains("sitemap")).collect()
    };
    let plain = site.text("site.toml");
    site.put("site.toml", format!("{plain}[sitemaps]\nnews = false\n"));
    site.build(&[]).succeeded();
    assert!(sitemaps().iter().all(|path| !path.contains("news")), "{:?}", sitemaps());
    assert_eq!(site.text("public/robots.txt").matches("Sitemap:").count(), 1);
    site.put("site.toml", format!("{plain}[sitemaps]\nenabled = false\n"));
    site.build(&[]).succeeded();
    assert_eq!(sitemaps(), [""; 0]);
    assert_eq!(site.text("public/robots.txt"), "User-agent: *\nDisallow:\n");
}

#[test]
fn sitemaps_of_a_site_below_a_path_have_the_path_and_what_means_something_in_xml_is_escaped() {
    let site = TestSite::new("");
    add_days(&site, 1..=1);
    site.edit("site.toml", "https://news.example.org", "https://example.org/a&b/вісник");
    site.build(&[]).succeeded();
    let below = "https://example.org/a&b/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA";
    let xml = site.text("public/sitemap-ua-2025-12.xml");
    let document = Document::parse(&xml).unwrap();
    let url = document.root_element().first_element_child().unwrap();
    let expected = format!("{below}/ua/day-01/");
    assert_eq!(child(url, SITEMAP, "loc"), Some(&*expected));
    let link = url.children().find(|node| node.has_tag_name((XHTML, "link"))).unwrap();
    assert_eq!(link.attribute("href"), Some(&*expected));
    let robots = site.text("public/robots.txt");
    assert!(robots.contains(&format!("Sitemap: {below}/sitemap.xml\n")), "{robots}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_stands_in_headlines_sitemaps_are_well_formed(
        titles in prop::collection::vec(any::<String>(), 50),
        name in "[\\PC\u{1}\u{c}&<>\\]]{1,20}",
    ) {
        let site = TestSite::new("");
        let escaped = |text: &str| -> String {
            text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect()
        };
        for (n, title) in titles.iter().enumerate() {
            let text = format!(
                "+++\ntitle = \"{n} {}\"\ndate = 2026-01-15T08:{n:02}:00\ntypography = false\n+++\n",
                escaped(title)
            );
            site.put(&format!("content/ua/{n:02}.md"), text);
        }
        site.edit("site.toml", "ua = \"Вісник\"", &format!("ua = \"Вісник {}\"", escaped(&name)));
        site.build(&[]).succeeded();
        let in_xml = |text: &str| -> String {
            let is_allowed = |c: &char| {
                !c.is_ascii_control() && *c != '\u{fffe}' && *c != '\u{ffff}'
                    || matches!(c, '\t' | '\n' | '\r' | '\u{7f}')
            };
            text.chars().filter(is_allowed).collect()
        };
        let articles = news(&site, "sitemap-ua-news.xml");
        prop_assert_eq!(articles.len(), titles.len());
        for ((_, _, found), (n, title)) in articles.iter().rev().zip(titles.iter().enumerate()) {
            let expected = in_xml(format!("{n} {title}").trim());
            prop_assert_eq!(found.trim(), expected.trim());
        }
    }
}
