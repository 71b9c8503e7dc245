//! What templates may know of a site: its values, made once and shared, and the memory of queries.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tera::Value;
use xxhash_rust::xxh3::Xxh3;

use super::context::{
    Card, Date, Extra, FeedLink, Icons, Image, LanguageInfo, Shared, SiteInfo, TemplateValue, Term,
    TermEntry,
};
use super::query::{Memory, Query, QueryId};
use super::scope;
use super::slots::Slots;
use crate::asset::{FileDigest, FileFacts, PictureSize};
use crate::config::LanguageId;
use crate::content::{self, EditionId, Moment, Picture, Precision, TermId, TermKind};
use crate::diagnostic::Diagnostic;
use crate::locale::{
    Alphabet, Collation, DateFormat, Grouping, NumberFormat, Strings, title_case_first,
};
use crate::site::{HostFile, IconKind, ListingId, PageNumber, Route, Site, TermCount, YearMonth};

/// What was made of a key or pattern in each language.
type InLanguages<T> = FxHashMap<(LanguageId, Box<str>), T>;

/// Cards kept: 2.4 kB each, so about 30 MB in an archive of any size.
const N_CARDS: usize = 12_000;

/// Formatted dates kept: 0.1 kB each.
const N_DATES: usize = 16_384;

/// A site's answers. Shared by all threads; nothing in it ever changes an answer.
pub struct Answers {
    /// The site.
    pub site: Arc<Site>,
    /// Interface words.
    pub strings: Arc<Strings>,
    /// Indexed by [`LanguageId`]: the value of `language`.
    languages: Vec<Value>,
    /// Indexed by [`LanguageId`]: the value of `site`.
    sites: Vec<Value>,
    /// Indexed by [`LanguageId`]: the feeds that all of its pages announce.
    feeds: Vec<Vec<Value>>,
    /// Per language and kind, indexed by [`TermId`].
    terms: Vec<[Vec<Value>; 3]>,
    collations: Vec<Collation>,
    alphabets: Vec<Alphabet>,
    /// Indexed by [`LanguageId`].
    numbers: Vec<NumberFormat>,
    memory: RwLock<Memory>,
    texts: RwLock<InLanguages<Value>>,
    patterns: RwLock<InLanguages<Arc<DateFormat>>>,
    cards: Slots<Value>,
    formatted_dates: Slots<Value>,
    files: Arc<FileFacts>,
    /// Of the pictures that this build shows.
    sizes: RwLock<FxHashMap<Box<str>, Option<PictureSize>>>,
    /// Of the pictures in feeds.
    byte_lens: RwLock<FxHashMap<Box<str>, Option<u64>>>,
}

impl Answers {
    /// Makes the values that all pages share.
    #[must_use]
    pub fn new(site: Arc<Site>, strings: Arc<Strings>, files: Arc<FileFacts>) -> Self {
        let languages: Vec<Value> =
            site.config.language_ids().map(|id| language_info(&site, id).into_value()).collect();
        let sites =
            site.config.language_ids().map(|id| site_info(&site, id).into_value()).collect();
        let feeds = site
            .config
            .language_ids()
            .map(|id| feeds(&site, ListingId::News(id)).map(FeedLink::into_value).collect())
            .collect();
        let terms = site
            .config
            .language_ids()
            .map(|language| {
                TermKind::ALL.map(|kind| {
                    let vocabulary = site.content.vocabulary.of(kind);
                    vocabulary
                        .ids()
                        .map(|id| term(&site, kind, id, language).into_value())
                        .collect()
                })
            })
            .collect();
        let collations =
            site.config.languages.iter().map(|language| Collation::new(&language.tag)).collect();
        let alphabets =
            site.config.languages.iter().map(|language| Alphabet::new(&language.tag)).collect();
        let numbers = site.config.languages.iter();
        let numbers = numbers.map(|language| NumberFormat::new(&language.tag, Grouping::Thousands));
        Self {
            languages,
            sites,
            feeds,
            terms,
            collations,
            alphabets,
            numbers: numbers.collect(),
            strings,
            memory: RwLock::default(),
            texts: RwLock::default(),
            patterns: RwLock::default(),
            cards: Slots::new(N_CARDS),
            formatted_dates: Slots::new(N_DATES),
            files,
            sizes: RwLock::default(),
            byte_lens: RwLock::default(),
            site,
        }
    }

    /// The value of `site` in a language.
    #[must_use]
    pub fn site_value(&self, language: LanguageId) -> Value {
        self.sites[language.index()].clone()
    }

    /// A language's value.
    #[must_use]
    pub fn language(&self, language: LanguageId) -> Shared<LanguageInfo<'_>> {
        Shared::from_value(self.languages[language.index()].clone())
    }

    /// The feeds that a page announces: those of what it lists, if that has feeds of its own, then those
    /// of its language.
    #[must_use]
    pub fn feeds(&self, language: LanguageId, listed: Option<ListingId>) -> Vec<Shared<FeedLink>> {
        let own = listed.filter(|listed| matches!(listed, ListingId::Term(..)));
        let own = own.into_iter().flat_map(|id| feeds(&self.site, id)).map(Shared::new);
        let of_language = self.feeds[language.index()].iter().cloned().map(Shared::from_value);
        own.chain(of_language).collect()
    }

    /// How a language writes numbers.
    pub(crate) fn numbers(&self, language: LanguageId) -> &NumberFormat {
        &self.numbers[language.index()]
    }

    /// A term's value in a language.
    #[must_use]
    pub fn term(&self, kind: TermKind, id: TermId, language: LanguageId) -> Shared<Term<'_>> {
        let kinds = &self.terms[language.index()];
        Shared::from_value(kinds[kind as usize][id.index()].clone())
    }

    /// Several terms' values.
    #[must_use]
    pub fn terms(
        &self,
        kind: TermKind,
        ids: &[TermId],
        language: LanguageId,
    ) -> Vec<Shared<Term<'_>>> {
        ids.iter().map(|id| self.term(kind, *id, language)).collect()
    }

    /// What lists show of an article: on a dozen lists, so the newest made are kept.
    #[must_use]
    pub fn card(&self, id: EditionId) -> Shared<Card<'_>> {
        let key = id.index() as u128;
        Shared::from_value(self.cards.get(key, || self.make_card(id).into_value()))
    }

    fn make_card(&self, id: EditionId) -> Card<'_> {
        let edition = self.site.edition(id);
        let language = edition.language;
        Card {
            title: &edition.title,
            url: self.site.url(Route::Article(id)),
            published: self.published(edition),
            updated: edition.updated.map(|moment| self.date(moment)),
            summary: &edition.summary,
            section: edition.section.map(|id| self.term(TermKind::Section, id, language)),
            authors: self.terms(TermKind::Author, &edition.authors, language),
            image: self.image(id),
            language: self.language(language),
        }
    }

    /// The lead picture of an edition.
    #[must_use]
    pub fn image(&self, id: EditionId) -> Option<Image<'_>> {
        self.picture(id, self.site.edition(id).image.as_deref()?)
    }

    /// A picture with its words, as an edition names it; `None` when there is none.
    #[must_use]
    pub fn picture<'p>(&self, id: EditionId, picture: &'p Picture) -> Option<Image<'p>> {
        let (file, url_path) = self.site.picture(id, &picture.src)?;
        let size = self.picture_size(&file);
        Some(Image {
            url: self.site.url_of_path(&url_path),
            alt: &picture.alt,
            caption: picture.caption.as_deref(),
            credit: picture.credit.as_deref(),
            is_illustrative: picture.is_illustrative,
            width: size.map(|size| size.width as usize),
            height: size.map(|size| size.height as usize),
        })
    }

    /// A picture's size, read once; `None` when it cannot be read ([`Answers::bad_pictures`]).
    #[must_use]
    pub fn picture_size(&self, file: &str) -> Option<PictureSize> {
        let known = self.sizes.read().expect("no thread panics with the lock").get(file).copied();
        known.unwrap_or_else(|| {
            let size = self.files.picture_size(file);
            let mut sizes = self.sizes.write().expect("no thread panics with the lock");
            sizes.insert(file.into(), size);
            size
        })
    }

    /// The number of a picture's bytes, asked for once; `None` when it cannot be had.
    #[must_use]
    pub fn byte_len(&self, file: &str) -> Option<u64> {
        let known =
            self.byte_lens.read().expect("no thread panics with the lock").get(file).copied();
        known.unwrap_or_else(|| {
            let byte_len = self.files.byte_len(file);
            let mut byte_lens = self.byte_lens.write().expect("no thread panics with the lock");
            byte_lens.insert(file.into(), byte_len);
            byte_len
        })
    }

    /// The digest of a file of the site; `None` when it cannot be read.
    #[must_use]
    pub fn file_digest(&self, file: &str) -> Option<FileDigest> {
        self.files.digest_today(file)
    }

    /// A warning for every picture that was shown so far and could not be read, and for those of the
    /// publisher that are too small. Collected here, not page by page: an archive shows the same picture
    /// ten thousand times.
    #[must_use]
    pub fn bad_pictures(&self) -> Vec<Diagnostic> {
        let small = self.small_pictures();
        let sizes = self.sizes.read().expect("no thread panics with the lock");
        let unreadable = sizes.iter().filter(|(_, size)| size.is_none()).map(|(file, _)| &**file);
        let mut files: Vec<&str> = unreadable.collect();
        files.sort_unstable();
        let warning = |file: &str| {
            Diagnostic::warning("bad-picture", "this picture cannot be read: its size is unknown")
                .in_file(file)
                .help("save it again as JPEG, PNG, WebP, AVIF, GIF or SVG")
        };
        files.into_iter().map(warning).chain(small).collect()
    }

    /// A moment as ISO 8601 text in the site's zone: a bare day without a time.
    #[must_use]
    pub fn date(&self, moment: Moment) -> Date {
        let zoned = moment.in_zone(&self.site.config.time_zone);
        let mut text = String::with_capacity("2025-12-19T20:31:00+02:00".len());
        let year = zoned.year().unsigned_abs();
        push_two(&mut text, u32::from(year / 100));
        push_two(&mut text, u32::from(year % 100));
        let mut push = |before: char, number: i8| {
            text.push(before);
            push_two(&mut text, u32::from(number.unsigned_abs()));
        };
        push('-', zoned.month());
        push('-', zoned.day());
        if moment.precision == Precision::Day {
            return Date(text);
        }
        push('T', zoned.hour());
        push(':', zoned.minute());
        push(':', zoned.second());
        let minutes = zoned.offset().seconds() / 60;
        text.push(if minutes < 0 { '-' } else { '+' });
        push_two(&mut text, minutes.unsigned_abs() / 60);
        text.push(':');
        push_two(&mut text, minutes.unsigned_abs() % 60);
        Date(text)
    }

    /// A moment as ISO 8601 text with its time and offset, for machines: a bare day begins at midnight.
    #[must_use]
    pub fn instant(&self, moment: Moment) -> Date {
        self.date(Moment { precision: Precision::Time, ..moment })
    }

    /// «Грудень 2025».
    #[must_use]
    pub fn month_title(&self, language: LanguageId, month: YearMonth) -> String {
        let first = jiff::civil::date(month.year, month.month, 1)
            .to_zoned(self.site.config.time_zone.clone())
            .expect("a month in which something was published is within jiff's range");
        title_case_first(&self.site.config.language(language).dates.month.format(&first))
    }

    /// When an article was published.
    #[must_use]
    pub fn published(&self, edition: &content::Edition) -> Date {
        self.date(
            edition.published.expect("an article without a date is an error before it gets here"),
        )
    }

    /// The answer to a query: computed once, recorded for the page being rendered.
    ///
    /// # Errors
    /// Why there is no answer; that is not remembered.
    pub(crate) fn ask(&self, query: Query) -> Result<Value, String> {
        let known = self.memory.read().expect("no thread panics with the lock").find(&query);
        let (id, value) = match known {
            Some(known) => known,
            None => {
                let start = Instant::now();
                let value = query.compute(self)?;
                let took = start.elapsed();
                let mut memory = self.memory.write().expect("no thread panics with the lock");
                memory.insert(query, value, took)
            }
        };
        scope::record(id);
        Ok(value)
    }

    /// Asks once more what some page asked in an earlier build. The page's own sitting is not needed.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(super) fn ask_again(&self, query: Query) -> Result<(QueryId, u64), String> {
        self.ask(query.clone())?;
        let memory = self.memory.read().expect("no thread panics with the lock");
        let (id, _) = memory.find(&query).expect("it has just been asked");
        Ok((id, memory.hash(id)))
    }

    /// What was asked under an id, and the hash of the answer.
    #[must_use]
    pub fn query(&self, id: QueryId) -> (Query, u64) {
        self.memory.read().expect("no thread panics with the lock").query(id)
    }

    /// Everything that was asked so far, and how long it took to find the answer.
    #[must_use]
    pub fn asked_times(&self) -> Vec<(Query, Duration)> {
        self.memory.read().expect("no thread panics with the lock").times()
    }

    /// An interface text without arguments, as a value made once.
    pub(crate) fn plain_text<E>(
        &self,
        language: LanguageId,
        key: &str,
        make: impl FnOnce() -> Result<Value, E>,
    ) -> Result<Value, E> {
        let cache_key = (language, Box::from(key));
        let known =
            self.texts.read().expect("no thread panics with the lock").get(&cache_key).cloned();
        if let Some(value) = known {
            return Ok(value);
        }
        let value = make()?;
        let mut texts = self.texts.write().expect("no thread panics with the lock");
        texts.insert(cache_key, value.clone());
        Ok(value)
    }

    /// The text of a date in a form, which `form` tells apart; remembered for a while, because every
    /// list an article is on writes its date.
    pub(crate) fn formatted_date(
        &self,
        language: LanguageId,
        form: &str,
        date: &str,
        make: impl FnOnce() -> String,
    ) -> Value {
        let mut hasher = Xxh3::new();
        hasher.update(&[language.0]);
        hasher.update(form.as_bytes());
        hasher.update(&[0]);
        hasher.update(date.as_bytes());
        self.formatted_dates.get(hasher.digest128(), || Value::from(make()))
    }

    /// A date format for a pattern written in a template.
    ///
    /// # Errors
    /// What is wrong with the pattern.
    pub(crate) fn date_format(
        &self,
        language: LanguageId,
        pattern: &str,
    ) -> Result<Arc<DateFormat>, String> {
        let key = (language, Box::from(pattern));
        let known =
            self.patterns.read().expect("no thread panics with the lock").get(&key).cloned();
        if let Some(format) = known {
            return Ok(format);
        }
        let tag = &self.site.config.language(language).tag;
        let format = Arc::new(DateFormat::new(tag, pattern).map_err(|error| error.to_string())?);
        let mut patterns = self.patterns.write().expect("no thread panics with the lock");
        Ok(patterns.entry(key).or_insert(format).clone())
    }

    /// The letters of a language's indexes.
    pub(super) fn alphabet(&self, language: LanguageId) -> &Alphabet {
        &self.alphabets[language.index()]
    }

    /// The terms in use in a language, in its alphabetical order, with their counts.
    pub(crate) fn term_entries(&self, kind: TermKind, language: LanguageId) -> Vec<TermEntry<'_>> {
        let entry = |count: TermCount| TermEntry {
            term: self.term(kind, count.id, language),
            n_articles: count.n_articles,
        };
        self.terms_in_order(kind, language).into_iter().map(entry).collect()
    }

    /// The terms in use in a language, in its alphabetical order.
    pub(super) fn terms_in_order(&self, kind: TermKind, language: LanguageId) -> Vec<TermCount> {
        let terms = self.site.content.vocabulary.of(kind);
        let collation = &self.collations[language.index()];
        let mut in_use = self.site.terms_in_use(kind, language);
        in_use.sort_by(|a, b| {
            let name = |id| terms.get(id).name(language);
            collation.compare(name(a.id), name(b.id)).then(a.id.cmp(&b.id))
        });
        in_use
    }
}

/// Two digits; `format!` takes ten times as long, and an archive has hundreds of thousands of dates.
fn push_two(text: &mut String, number: u32) {
    let digit = |number: u32| char::from_digit(number % 10, 10).expect("less than ten");
    text.push(digit(number / 10));
    text.push(digit(number));
}

fn language_info(site: &Site, id: LanguageId) -> LanguageInfo<'_> {
    let language = site.config.language(id);
    LanguageInfo {
        code: &language.code,
        tag: language.tag.as_str(),
        name: &language.name,
        label: &language.label,
        locale: &language.locale,
        url: site.url(Route::Front(id)),
        is_default: id == site.config.default_language,
    }
}

fn site_info(site: &Site, id: LanguageId) -> SiteInfo<'_> {
    SiteInfo {
        title: &site.config.language(id).title,
        base_url: format!("{}{}", site.config.base_url.origin, site.config.base_url.path),
        languages: site
            .config
            .language_ids()
            .map(|id| Shared::new(language_info(site, id)))
            .collect(),
        icons: icons(site),
        extra: Extra(Some(&site.config.extra)),
    }
}

fn feeds(site: &Site, id: ListingId) -> impl Iterator<Item = FeedLink> {
    site.feeds(id).map(move |(route, format)| FeedLink {
        title: site.feed_title(id),
        format: format.name(),
        media_type: format.media_type(),
        url: site.url(route),
    })
}

fn icons(site: &Site) -> Icons<'_> {
    let manifest = site.config.extras.manifest.as_ref();
    Icons {
        drawn: site.drawn_icon_url(),
        favicon: site.icon_url(IconKind::Favicon),
        medium: site.icon_url(IconKind::Medium),
        apple_touch: site.icon_url(IconKind::AppleTouch),
        manifest: site.url_of_host_file(HostFile::Manifest),
        theme_color: manifest.and_then(|manifest| manifest.theme_color.as_deref()),
    }
}

fn term(site: &Site, kind: TermKind, id: TermId, language: LanguageId) -> Term<'_> {
    let term = site.content.vocabulary.of(kind).get(id);
    let listing = ListingId::Term(language, kind, id);
    Term {
        id: &term.id,
        kind: kind.name(),
        name: term.name(language),
        description: term.descriptions[language.index()].as_deref(),
        url: site.has_listing(listing).then(|| site.url(Route::Listing(listing, PageNumber::Root))),
        website: term.url.as_deref(),
        photo: term.photo.as_deref().map(|photo| site.url_of_path(photo)),
    }
}
