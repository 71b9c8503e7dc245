//! RSS 2.0, with what it lacks from Atom, Dublin Core and Media RSS.

use jiff::Zoned;

use super::atom::media;
use super::{Entry, Feed};
use crate::config::FeedFormat;
use crate::html;
use crate::xml::Xml;

/// The namespace of Media RSS.
pub(super) const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Writes a feed.
pub(super) fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) {
    let own_type = FeedFormat::Rss.media_type();
    let attributes = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:media", MEDIA),
    ];
    let mut xml = Xml::begin(bytes);
    xml.element("rss", &attributes, |xml| {
        xml.element("channel", &[], |xml| {
            xml.text("title", &[], &feed.title);
            xml.text("link", &[], &feed.home);
            // It must be there, and says at least whose feed it is.
            let description = feed.description.unwrap_or(&feed.title);
            xml.text("description", &[], &html_of(description));
            xml.text("language", &[], feed.language);
            if let Some(updated) = feed.updated() {
                xml.text("lastBuildDate", &[], &rfc822(updated));
            }
            let link = |rel| [("rel", rel), ("type", own_type), ("href", feed.url.as_str())];
            xml.empty("atom:link", &link("self"));
            for other in &feed.others {
                let [rel, media_type, _] = link("alternate");
                let attributes =
                    [rel, media_type, ("hreflang", other.language), ("href", &other.url)];
                xml.empty("atom:link", &attributes);
            }
            if let Some(hub) = feed.hub {
                xml.empty("atom:link", &[("rel", "hub"), ("href", hub)]);
            }
            for entry in &feed.entries {
                xml.element("item", &[], |xml| item(xml, entry));
            }
        });
    });
    xml.end();
}

fn item(xml: &mut Xml<'_>, entry: &Entry<'_>) {
    xml.text("title", &[], entry.title);
    xml.text("link", &[], &entry.url);
    xml.text("guid", &[("isPermaLink", "false")], &entry.id);
    xml.text("pubDate", &[], &rfc822(&entry.published));
    for author in &entry.authors {
        xml.text("dc:creator", &[], author.name);
    }
    for category in &entry.categories {
        xml.text("category", &[], category.name);
    }
    if !entry.summary.is_empty() {
        xml.text("description", &[], &html_of(entry.summary));
    }
    if let Some(text) = &entry.text {
        xml.text("content:encoded", &[], &text.html);
    }
    if let Some(picture) = &entry.picture {
        if let Some(byte_len) = picture.byte_len {
            let byte_len = byte_len.to_string();
            let attributes =
                [("url", &*picture.url), ("length", &*byte_len), ("type", picture.media_type)];
            xml.empty("enclosure", &attributes);
        }
        media(xml, picture);
    }
}

/// Plain text as HTML: that is what readers take a description for.
fn html_of(text: &str) -> String {
    let mut escaped = Vec::with_capacity(text.len());
    html::escape(text, &mut escaped).expect("writing to a Vec never fails");
    String::from_utf8(escaped).expect("escaping keeps UTF-8")
}

/// As RFC 822 has it, with four digits of the year: `Fri, 19 Dec 2025 20:31:00 +0200`.
fn rfc822(time: &Zoned) -> String {
    jiff::fmt::rfc2822::to_string(time).expect("TOML has only years that it can write")
}
