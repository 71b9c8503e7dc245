//! JSON Feed 1.1.

use serde::Serialize;

use super::{Entry, Feed, Other, Person, Picture, rfc3339};

/// Writes a feed.
pub(super) fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.home,
        feed_url: &feed.url,
        description: feed.description,
        language: feed.language,
        authors: vec![Author::of(&feed.publisher)],
        hubs: feed.hub.map(|url| Hub { kind: "WebSub", url }).into_iter().collect(),
        other_languages: feed.others.iter().map(Counterpart::of).collect(),
        items: feed.entries.iter().map(Item::of).collect(),
    };
    serde_json::to_writer(&mut *bytes, &document).expect("texts have a form in JSON");
    bytes.push(b'\n');
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    /// Ours: the format has no word for it, and leaves names with `_` to everybody.
    #[serde(rename = "_other_languages", skip_serializing_if = "Vec::is_empty")]
    other_languages: Vec<Counterpart<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct Counterpart<'a> {
    language: &'a str,
    feed_url: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

/// The lead picture once more, with what `image` has no words for.
#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

impl<'a> Author<'a> {
    fn of(person: &'a Person<'_>) -> Self {
        Self { name: person.name, url: person.url.as_deref() }
    }
}

impl<'a> Counterpart<'a> {
    fn of(other: &'a Other<'_>) -> Self {
        Self { language: other.language, feed_url: &other.url }
    }
}

impl<'a> Item<'a> {
    fn of(entry: &'a Entry<'_>) -> Self {
        let summary = Some(entry.summary).filter(|summary| !summary.is_empty());
        let html = entry.text.as_ref().map(|text| &*text.html);
        Self {
            id: &entry.id,
            url: &entry.url,
            title: entry.title,
            content_html: html,
            // One of the two must be there: an article without any text is its headline.
            content_text: html.is_none().then(|| summary.unwrap_or(entry.title)),
            summary: summary.filter(|_| html.is_some()),
            image: entry.picture.as_ref().map(|picture| &*picture.url),
            date_published: rfc3339(&entry.published),
            date_modified: entry.updated.as_ref().map(rfc3339),
            authors: entry.authors.iter().map(Author::of).collect(),
            tags: entry.categories.iter().map(|category| category.name).collect(),
            attachments: entry.picture.iter().map(Attachment::of).collect(),
        }
    }
}

impl<'a> Attachment<'a> {
    fn of(picture: &'a Picture<'_>) -> Self {
        Self {
            url: &picture.url,
            mime_type: picture.media_type,
            title: picture.caption(),
            size_in_bytes: picture.byte_len,
        }
    }
}
