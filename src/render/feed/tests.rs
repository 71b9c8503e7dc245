//! Whatever a headline, a summary or a name says, a feed is well-formed and says the same.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Zoned;
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::*;
use crate::xml::allowed;

/// A feed with one article, in which every text is the same.
fn feed(text: &str) -> Feed<'_> {
    let url = |path: &str| format!("https://news.example.org{path}");
    let time = |text: &str| -> Zoned { text.parse().expect("a time") };
    let person = || Person { name: text, url: Some(url("/ua/authors/olena/")) };
    Feed {
        title: text.to_owned(),
        description: Some(text),
        language: "uk",
        url: url("/ua/feed"),
        home: url("/ua/"),
        publisher: person(),
        others: vec![Other { language: "en", url: url("/en/feed") }],
        hub: Some("https://hub.example.org/"),
        entries: vec![Entry {
            id: "tag:news.example.org,2025:ua/2025/12/talks".to_owned(),
            url: url("/ua/2025/12/talks/"),
            title: text,
            summary: text,
            text: Some(Arc::new(FeedText {
                html: text.to_owned(),
                links: Vec::new(),
                asked: Vec::new(),
            })),
            published: time("2025-12-19T20:31:00+02:00[Europe/Kyiv]"),
            updated: Some(time("2025-12-20T08:00:00+02:00[Europe/Kyiv]")),
            authors: vec![person()],
            categories: vec![Category { id: text, name: text }],
            picture: Some(Picture {
                url: url("/pictures/table.jpg"),
                media_type: "image/jpeg",
                byte_len: Some(104_471),
                size: Some((1600, 900)),
                alt: text,
                description: Some(text),
                credit: Some(Cow::Borrowed(text)),
            }),
        }],
    }
}

fn written(feed: &Feed<'_>, write: fn(&Feed<'_>, &mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(feed, &mut bytes);
    String::from_utf8(bytes).unwrap()
}

/// The text of the elements with this name, wherever they are.
fn texts<'d>(document: &'d Document<'_>, name: &str) -> Vec<&'d str> {
    let named = |node: &Node<'_, '_>| node.tag_name().name() == name;
    let found = document.descendants().filter(named);
    found.map(|node| node.text().unwrap_or_default()).collect()
}

/// What a reader takes a description in HTML to say. A mark of byte order is one only at the beginning.
fn as_html(description: &str) -> String {
    let html = format!("|{description}");
    let text: String = scraper::Html::parse_fragment(&html).root_element().text().collect();
    text.strip_prefix('|').unwrap().to_owned()
}

/// Line breaks as HTML has them.
fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn texts_of_any_kind() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "]]>",
        "<![CDATA[",
        "</script>",
        "</title>",
        "<!--",
        "&amp;",
        "&#0;",
        "&",
        "<b>",
        "\"",
        "'",
        "\u{0}",
        "\u{1b}[31m",
        "\u{b}",
        "\u{fffe}",
        "\u{ffff}",
        "\u{fffd}",
        "\\ud800",
        "\u{d7ff}\u{e000}",
        "\u{202e}",
        "\u{2067}",
        "\u{200f}",
        "👩‍🚒",
        "🇺🇦",
        "e\u{301}",
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "Ґ",
    ]);
    prop::collection::vec(prop_oneof![nasty.prop_map(str::to_owned), "\\PC{0,4}", ".{0,3}"], 0..10)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn an_atom_feed_says_what_it_is_told(text in texts_of_any_kind()) {
        let xml = written(&feed(&text), atom::write);
        let document = Document::parse(&xml).unwrap();
        let expected = allowed(&text);
        for name in ["title", "subtitle", "name", "description", "credit"] {
            prop_assert!(texts(&document, name).iter().all(|found| *found == expected), "{}", xml);
            prop_assert!(!texts(&document, name).is_empty());
        }
        let content = document.descendants().find(|node| node.attribute("type") == Some("html"));
        prop_assert_eq!(content.unwrap().text().unwrap_or_default(), &*expected);
        prop_assert_eq!(texts(&document, "summary").len(), usize::from(!text.is_empty()));
        prop_assert!(texts(&document, "summary").iter().all(|found| *found == expected));
        let category = document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "category")));
        prop_assert_eq!(category.unwrap().attribute("label"), Some(&*expected));
    }

    #[test]
    fn an_rss_feed_says_what_it_is_told(text in texts_of_any_kind()) {
        let xml = written(&feed(&text), rss::write);
        let document = Document::parse(&xml).unwrap();
        let expected = allowed(&text);
        for name in ["title", "creator", "category", "encoded", "credit"] {
            prop_assert!(texts(&document, name).iter().all(|found| *found == expected), "{}", xml);
            prop_assert!(!texts(&document, name).is_empty());
        }
        let own = document.descendants().filter(|node| {
            node.tag_name().name() == "description" && node.tag_name().namespace().is_none()
        });
        for description in own {
            let read = as_html(description.text().unwrap_or_default());
            prop_assert_eq!(read, with_line_feeds(&expected));
        }
    }

    #[test]
    fn a_json_feed_says_what_it_is_told(text in texts_of_any_kind()) {
        let json = written(&feed(&text), json::write);
        let document: serde_json::Value = serde_json::from_str(&json).unwrap();
        let item = &document["items"][0];
        for found in [&document["title"], &document["description"], &document["authors"][0]["name"],
            &item["title"], &item["content_html"], &item["authors"][0]["name"], &item["tags"][0]] {
            prop_assert_eq!(found.as_str(), Some(&*text));
        }
    }
}

#[test]
fn a_feed_changed_when_the_newest_of_its_articles_did() {
    let mut feed = feed("x");
    assert_eq!(rfc3339(feed.updated().unwrap()), "2025-12-20T08:00:00+02:00");
    feed.entries[0].updated = None;
    assert_eq!(rfc3339(feed.updated().unwrap()), "2025-12-19T20:31:00+02:00");
    feed.entries.clear();
    assert_eq!(feed.updated(), None);
    assert!(written(&feed, atom::write).contains("<updated>1970-01-01T00:00:00+00:00</updated>"));
    assert!(!written(&feed, rss::write).contains("lastBuildDate"));
}
