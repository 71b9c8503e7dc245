//! Feeds: which there are, what stands in them, and by which id a reader knows an article for ever.

use super::Site;
use super::listing::ListingId;
use super::route::{Route, encode};
use crate::config::FeedFormat;
use crate::content::{EditionId, TermKind};

impl FeedFormat {
    /// The last part of a feed's address.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }

    /// Its own name, for readers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Rss => "RSS",
            Self::Json => "JSON",
        }
    }

    /// The media type of its bytes, as links say it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// The same with the character set, as servers say it.
    pub(super) fn media_type_with_charset(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }
}

impl Site {
    /// The formats in which a listing has a feed, in the order in which pages announce them. All
    /// articles of a language have one even without a page that lists them; a term only with its page.
    #[must_use]
    pub fn feed_formats(&self, id: ListingId) -> &[FeedFormat] {
        let feeds = &self.config.feeds;
        let formats = match id {
            ListingId::News(_) => return &feeds.language,
            ListingId::Term(_, TermKind::Section, _) => &feeds.section,
            ListingId::Term(_, TermKind::Tag, _) => &feeds.tag,
            ListingId::Term(_, TermKind::Author, _) => &feeds.author,
            ListingId::Month(..) => return &[],
        };
        if self.has_listing(id) { formats } else { &[] }
    }

    /// The feed of a listing in a format, if there is one.
    #[must_use]
    pub fn feed(&self, id: ListingId, format: FeedFormat) -> Option<Route> {
        self.feed_formats(id).contains(&format).then_some(Route::Feed(id, format))
    }

    /// The feeds of a listing, in the order in which pages announce them.
    pub fn feeds(&self, id: ListingId) -> impl Iterator<Item = (Route, FeedFormat)> {
        self.feed_formats(id).iter().map(move |format| (Route::Feed(id, *format), *format))
    }

    /// The articles in a listing's feeds, newest first.
    pub fn feed_entries(&self, id: ListingId) -> impl Iterator<Item = EditionId> {
        self.listing(id).iter().rev().copied().take(self.config.feeds.limit.get())
    }

    /// What a listing's feeds are called: «Вісник» or «Вісник: Політика».
    #[must_use]
    pub fn feed_title(&self, id: ListingId) -> String {
        let language = id.language();
        let title = &self.config.language(language).title;
        match id {
            ListingId::Term(_, kind, term) => {
                let term = self.content.vocabulary.of(kind).get(term);
                format!("{title}: {}", term.name(language))
            }
            ListingId::News(_) | ListingId::Month(..) => title.clone(),
        }
    }

    /// A tag URI (RFC 4151), by which readers know an article again whatever its address becomes:
    /// `tag:news.example.org,2025:ua/2025/12/talks`. `host` is that of the site.
    #[must_use]
    pub fn stable_id(&self, host: &str, id: EditionId) -> String {
        let edition = self.edition(id);
        let code = &self.config.language(edition.language).code;
        let published = edition.published.expect("only articles stand in feeds");
        let year = published.in_zone(&self.config.time_zone).year();
        format!("tag:{host},{year:04}:{code}/{}", encode(&self.story_of(id).key))
    }
}
