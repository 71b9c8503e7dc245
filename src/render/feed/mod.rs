//! Feeds: the newest articles of a listing, for programs that follow it.
//!
//! In: a listing and a format. Out: a file in that format. What a feed says is gathered once ([`Feed`]);
//! each format writes it in its own words. A feed takes its entries from the end of the listing, so one
//! of an archive costs what one of a small site does.

mod absolute;
mod atom;
mod json;
mod rss;
#[cfg(test)]
mod tests;
mod text;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::{Rendered, Renderer, credit};
use crate::asset::PictureFormat;
use crate::config::{FeedContent, FeedFormat};
use crate::content::{self, EditionId, Moment, TermId, TermKind};
use crate::diagnostic::Diagnostic;
use crate::markdown::Credit;
use crate::site::{ListingId, PageNumber, Route, Site};
use crate::template::QueryId;

pub(super) use text::{FeedText, N_TEXTS};

/// A feed as every format says it. Addresses are absolute.
#[derive(Debug)]
struct Feed<'a> {
    title: String,
    description: Option<&'a str>,
    /// BCP 47 tag of everything in it.
    language: &'a str,
    /// Its own address.
    url: String,
    /// The page that has the same articles for people.
    home: String,
    publisher: Person<'a>,
    /// The same feed in the other languages.
    others: Vec<Other<'a>>,
    /// The WebSub hub.
    hub: Option<&'a str>,
    /// Newest first.
    entries: Vec<Entry<'a>>,
}

/// The same feed in another language.
#[derive(Debug)]
struct Other<'a> {
    language: &'a str,
    url: String,
}

/// Who publishes or writes.
#[derive(Debug)]
struct Person<'a> {
    name: &'a str,
    url: Option<String>,
}

/// An article.
#[derive(Debug)]
struct Entry<'a> {
    /// What it is known by for ever.
    id: String,
    url: String,
    title: &'a str,
    /// Plain text; may be empty.
    summary: &'a str,
    /// The whole article as HTML, where feeds have it.
    text: Option<Arc<FeedText>>,
    published: Zoned,
    /// When it was changed or corrected last, if it was.
    updated: Option<Zoned>,
    authors: Vec<Person<'a>>,
    /// Its section and tags.
    categories: Vec<Category<'a>>,
    picture: Option<Picture<'a>>,
}

/// What an article is about.
#[derive(Debug)]
struct Category<'a> {
    /// The same in all languages.
    id: &'a str,
    name: &'a str,
}

/// The lead picture of an article.
#[derive(Debug)]
struct Picture<'a> {
    url: String,
    media_type: &'static str,
    /// Of its file, when that can be read.
    byte_len: Option<u64>,
    /// Width and height in pixels, when known.
    size: Option<(u32, u32)>,
    /// For those who cannot see it; empty when it only decorates.
    alt: &'a str,
    /// What is to be seen: its caption, else what `alt` says.
    description: Option<&'a str>,
    /// Who made it; of one that does not show the event itself also that.
    credit: Option<Cow<'a, str>>,
}

impl Renderer {
    /// Appends a feed to `bytes`.
    ///
    /// # Errors
    /// What is wrong with the texts in it.
    pub(super) fn feed(
        &self,
        id: ListingId,
        format: FeedFormat,
        bytes: &mut Vec<u8>,
    ) -> Result<Rendered, Vec<Diagnostic>> {
        let host = self.site.config.base_url.host();
        let entries = self.site.feed_entries(id).map(|id| self.entry(&host, id));
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        let texts = entries.iter().filter_map(|entry| entry.text.as_ref()).zip(0..);
        let of_text = |(text, place): (&Arc<FeedText>, u16)| {
            text.links.iter().map(move |(link, answer)| (place, link.clone(), *answer)).collect()
        };
        let links = texts.flat_map::<Vec<_>, _>(of_text).collect();
        let mut asked: Vec<QueryId> = Vec::new();
        for query in
            entries.iter().filter_map(|entry| entry.text.as_ref()).flat_map(|text| &text.asked)
        {
            if !asked.contains(query) {
                asked.push(*query);
            }
        }
        let feed = self.feed_of(id, format, entries);
        match format {
            FeedFormat::Atom => atom::write(&feed, bytes),
            FeedFormat::Rss => rss::write(&feed, bytes),
            FeedFormat::Json => json::write(&feed, bytes),
        }
        Ok(Rendered { asked, links, template: "(feed)", ..Rendered::default() })
    }

    fn feed_of<'a>(
        &'a self,
        id: ListingId,
        format: FeedFormat,
        entries: Vec<Entry<'a>>,
    ) -> Feed<'a> {
        let site = &*self.site;
        let own = site.config.language(id.language());
        let front = Route::Front(own.id);
        let home = match id {
            ListingId::Term(..) | ListingId::Month(..) => Route::Listing(id, PageNumber::Root),
            ListingId::News(_) => front,
        };
        let description = match id {
            ListingId::Term(_, kind, term) => {
                let term = site.content.vocabulary.of(kind).get(term);
                term.descriptions[own.id.index()].as_deref()
            }
            ListingId::News(_) | ListingId::Month(..) => None,
        };
        let other = |language| {
            let route = site.counterpart(Route::Feed(id, format), language)?;
            let language = site.config.language(language).tag.as_str();
            Some(Other { language, url: site.absolute_url(route) })
        };
        let others = site.config.language_ids().filter(|language| *language != own.id);
        Feed {
            title: site.feed_title(id),
            description,
            language: own.tag.as_str(),
            url: site.absolute_url(Route::Feed(id, format)),
            home: site.absolute_url(home),
            publisher: Person { name: &own.title, url: Some(site.absolute_url(front)) },
            others: others.filter_map(other).collect(),
            hub: site.config.feeds.hub.as_deref(),
            entries,
        }
    }

    fn entry(&self, host: &str, id: EditionId) -> Result<Entry<'_>, Vec<Diagnostic>> {
        let site = &*self.site;
        let edition = site.edition(id);
        let language = edition.language;
        let text = match site.config.feeds.content {
            FeedContent::Full => Some(self.feed_text(id)?),
            FeedContent::Summary => None,
        };
        let authors = edition.authors.iter().map(|author| {
            let term = site.content.vocabulary.authors.get(*author);
            let page = ListingId::Term(language, TermKind::Author, *author);
            let page = site.has_listing(page).then_some(Route::Listing(page, PageNumber::Root));
            let url = page.map(|page| site.absolute_url(page));
            let url = url.or_else(|| term.url.as_deref().map(str::to_owned));
            Person { name: term.name(language), url }
        });
        let category = |(kind, id): (TermKind, &TermId)| {
            let term = site.content.vocabulary.of(kind).get(*id);
            (&*term.id, term.name(language))
        };
        let sections = edition.section.iter().map(|id| (TermKind::Section, id));
        let tags = edition.tags.iter().map(|id| (TermKind::Tag, id));
        let categories = sections.chain(tags).map(category);
        let published = edition.published.expect("only articles stand in feeds");
        let changed = edition.last_change().filter(|changed| *changed != published);
        Ok(Entry {
            id: site.stable_id(host, id),
            url: site.absolute_url(Route::Article(id)),
            title: &edition.title,
            summary: &edition.summary,
            text,
            published: time(site, published),
            updated: changed.map(|changed| time(site, changed)),
            authors: authors.collect(),
            categories: categories.map(|(id, name)| Category { id, name }).collect(),
            picture: self.feed_picture(id),
        })
    }

    /// The lead picture of an article, if readers can be told what kind of file it is.
    fn feed_picture(&self, id: EditionId) -> Option<Picture<'_>> {
        let site = &*self.site;
        let picture = site.edition(id).image.as_deref()?;
        let (file, url_path) = site.picture(id, &picture.src)?;
        let media_type = PictureFormat::of(&url_path)?.media_type();
        let size = self.answers.picture_size(&file);
        let described = picture.caption.as_deref().or(Some(&picture.alt));
        Some(Picture {
            url: format!("{}{}", site.config.base_url.origin, site.url_of_path(&url_path)),
            media_type,
            byte_len: self.answers.byte_len(&file),
            size: size.map(|size| (size.width, size.height)),
            alt: &picture.alt,
            description: described.filter(|text| !text.is_empty()),
            credit: self.shown_credit(id, picture, &file),
        })
    }
}

impl Renderer {
    /// Who made a picture. That one is illustrative must be said everywhere, in the theme's words; a
    /// theme that has none of them says nowhere so.
    fn shown_credit<'a>(
        &'a self,
        id: EditionId,
        picture: &'a content::Picture,
        file: &str,
    ) -> Option<Cow<'a, str>> {
        let by = self.answers.credit(id, picture, file);
        if !picture.is_illustrative {
            return by;
        }
        let language = self.site.edition(id).language;
        let credit = Credit { by: by.as_deref().unwrap_or(""), is_illustrative: true };
        let line = credit::line(&self.answers.strings, language, credit).into_owned();
        (!line.is_empty()).then_some(Cow::Owned(line))
    }
}

impl Picture<'_> {
    /// What is to be seen, and in parentheses who made it.
    fn caption(&self) -> Option<String> {
        match (self.description, &self.credit) {
            (Some(description), Some(credit)) => Some(format!("{description} ({credit})")),
            (Some(description), None) => Some(description.to_owned()),
            (None, Some(credit)) => Some(format!("({credit})")),
            (None, None) => None,
        }
    }
}

impl Feed<'_> {
    /// When it changed last: when the newest of its articles was published or changed. A feed without
    /// articles has never changed.
    fn updated(&self) -> Option<&Zoned> {
        let times =
            self.entries.iter().flat_map(|entry| [Some(&entry.published), entry.updated.as_ref()]);
        times.flatten().max()
    }
}

/// A moment in the site's zone.
fn time(site: &Site, moment: Moment) -> Zoned {
    let zoned = moment.in_zone(&site.config.time_zone);
    // Before there were zones, clocks differed by seconds, for which feeds have no words.
    let has_words = zoned.offset().seconds() % 60 == 0;
    if has_words { zoned } else { moment.in_zone(&TimeZone::UTC) }
}

/// As RFC 3339 has it: `2025-12-19T20:31:00+02:00`.
fn rfc3339(time: &Zoned) -> String {
    time.timestamp().display_with_offset(time.offset()).to_string()
}

/// When a feed changed that never has: a moment that no clock decides.
fn never() -> Zoned {
    Timestamp::UNIX_EPOCH.to_zoned(Offset::UTC.to_time_zone())
}
