//! Atom: RFC 4287, with the pictures of Media RSS.

use jiff::Zoned;

use super::{Entry, Feed, Person, Picture, never, rfc3339};
use crate::config::FeedFormat;
use crate::xml::Xml;

/// Writes a feed.
pub(super) fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) {
    let own_type = FeedFormat::Atom.media_type();
    let namespaces = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:media", super::rss::MEDIA),
        ("xml:lang", feed.language),
    ];
    let mut xml = Xml::begin(bytes);
    xml.element("feed", &namespaces, |xml| {
        xml.text("title", &[], &feed.title);
        if let Some(description) = feed.description {
            xml.text("subtitle", &[], description);
        }
        xml.text("id", &[], &feed.url);
        xml.text("updated", &[], &rfc3339(feed.updated().unwrap_or(&never())));
        xml.empty("link", &[("rel", "self"), ("type", own_type), ("href", &feed.url)]);
        page(xml, feed.language, &feed.home);
        for other in &feed.others {
            xml.empty(
                "link",
                &[
                    ("rel", "alternate"),
                    ("type", own_type),
                    ("hreflang", other.language),
                    ("href", &other.url),
                ],
            );
        }
        if let Some(hub) = feed.hub {
            xml.empty("link", &[("rel", "hub"), ("href", hub)]);
        }
        // For the articles that name no author: 4.1.1 wants one.
        author(xml, &feed.publisher);
        for article in &feed.entries {
            xml.element("entry", &[], |xml| entry(xml, feed, article));
        }
    });
    xml.end();
}

fn entry(xml: &mut Xml<'_>, feed: &Feed<'_>, entry: &Entry<'_>) {
    xml.text("title", &[], entry.title);
    xml.text("id", &[], &entry.id);
    page(xml, feed.language, &entry.url);
    xml.text("published", &[], &rfc3339(&entry.published));
    // 4.2.15 wants exactly one: an article that was never changed repeats its date.
    let updated: &Zoned = entry.updated.as_ref().unwrap_or(&entry.published);
    xml.text("updated", &[], &rfc3339(updated));
    for person in &entry.authors {
        author(xml, person);
    }
    for category in &entry.categories {
        xml.empty("category", &[("term", category.id), ("label", category.name)]);
    }
    if !entry.summary.is_empty() {
        xml.text("summary", &[], entry.summary);
    }
    if let Some(text) = &entry.text {
        xml.text("content", &[("type", "html")], &text.html);
    }
    if let Some(picture) = &entry.picture {
        media(xml, picture);
    }
}

/// The page for people.
fn page(xml: &mut Xml<'_>, language: &str, url: &str) {
    let attributes =
        [("rel", "alternate"), ("type", "text/html"), ("hreflang", language), ("href", url)];
    xml.empty("link", &attributes);
}

fn author(xml: &mut Xml<'_>, person: &Person<'_>) {
    xml.element("author", &[], |xml| {
        xml.text("name", &[], person.name);
        if let Some(url) = &person.url {
            xml.text("uri", &[], url);
        }
    });
}

/// A picture as Media RSS has it, in Atom and in RSS.
pub(super) fn media(xml: &mut Xml<'_>, picture: &Picture<'_>) {
    let byte_len = picture.byte_len.map(|byte_len| byte_len.to_string());
    let size = picture.size.map(|(width, height)| (width.to_string(), height.to_string()));
    let mut attributes =
        vec![("url", picture.url.as_str()), ("type", picture.media_type), ("medium", "image")];
    if let Some(byte_len) = &byte_len {
        attributes.push(("fileSize", byte_len));
    }
    if let Some((width, height)) = &size {
        attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
    }
    xml.element("media:content", &attributes, |xml| {
        if let Some(description) = picture.description {
            xml.text("media:description", &[("type", "plain")], description);
        }
        if let Some(credit) = &picture.credit {
            xml.text("media:credit", &[], credit);
        }
    });
}
