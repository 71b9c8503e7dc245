//! A story in one language: one Markdown file, without its body.

use std::ops::Range;
use std::sync::Arc;

use super::front_matter::{self, Correction, EditionKind, NewsSource, Picture};
use super::genre::Genre;
use super::moment::Moment;
use super::vocabulary::{NotFound, TermId, TermKind, Vocabulary};
use serde::{Deserialize, Serialize};

use crate::config::{Config, LanguageId, SlugFrom};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::locale::{Typography, cut_slug};
use crate::markdown;
use crate::project;
use crate::table::{Document, Fields, Located};

/// An edition by its place in [`super::Content::editions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub(crate) u32);

impl EditionId {
    /// Place in [`super::Content::editions`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known of one Markdown file. Its body stays on the disk: an archive is larger than memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Article or standalone page.
    pub kind: EditionKind,
    /// The language of its folder.
    pub language: LanguageId,
    /// Path below the language folder, without `.md` or `/index.md`, with `/`, in NFC.
    pub path: Box<str>,
    /// Whether it is a folder with `index.md`, its pictures beside it.
    pub is_folder: bool,
    /// `story` or `translationKey`; without one, `path` says which story it belongs to.
    pub story: Option<Box<str>>,
    /// Headline.
    pub title: Box<str>,
    /// The lead in plain text, as written or from the first paragraph.
    pub summary: Box<str>,
    /// Whether an editor wrote the summary; else it repeats the beginning of the text.
    pub has_own_summary: bool,
    /// First publication; standalone pages without a date have none.
    pub published: Option<Moment>,
    /// Last substantial change.
    pub updated: Option<Moment>,
    /// What kind of journalism it is.
    pub genre: Genre,
    /// Not public before, whatever `published` says: an embargo.
    pub publish_at: Option<Moment>,
    /// Public no longer from then on.
    pub unpublish_at: Option<Moment>,
    /// In `content/sections.toml`.
    #[serde(skip)]
    pub section: Option<TermId>,
    /// In the order written.
    #[serde(skip)]
    pub tags: Box<[TermId]>,
    /// In the order written.
    #[serde(skip)]
    pub authors: Box<[TermId]>,
    /// Replaces the last segment of `path` in the URL.
    pub slug: Option<Box<str>>,
    /// Not to be published.
    pub is_draft: bool,
    /// Whether quotation marks, dashes and spaces are set as the language wants them.
    pub has_typography: bool,
    /// Lead picture.
    pub image: Option<Box<Picture>>,
    /// Reports it rests on.
    pub sources: Box<[NewsSource]>,
    /// Mistakes that were mended after publication, in the order written.
    pub corrections: Box<[Correction]>,
    /// What matters most, for readers in a hurry: plain texts.
    pub key_points: Box<[Box<str>]>,
    /// Stories to read also, by their keys.
    pub related: Box<[Box<str>]>,
    /// Kept at the top of front pages until then.
    pub pinned_until: Option<Moment>,
    /// Breaking news until then.
    pub breaking_until: Option<Moment>,
    /// Old addresses: paths with a leading slash.
    pub aliases: Box<[Box<str>]>,
    /// Language the story was written in.
    pub original: Option<LanguageId>,
    /// Of a translation: the digest of the original's words when it was made ([`super::text_digest`]).
    pub translated_from: Option<Box<str>>,
    /// Letters of its text; counted only where a law compares them.
    pub n_letters: u32,
    /// `[extra]`: free data for templates.
    #[serde(with = "as_json")]
    pub extra: Option<Box<serde_json::Map<String, serde_json::Value>>>,
    /// Where the body begins, in bytes of the file.
    pub body_start: u32,
    /// XXH3 of the whole file when it was read, 128 bits. Bytes, because larger alignments are slow to
    /// allocate.
    #[serde(skip)]
    pub hash: [u8; 16],
}

/// A free table as JSON text: the cache's format knows only types that were declared.
mod as_json {
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::{Map, Value};

    pub(super) fn serialize<S: Serializer>(
        table: &Option<Box<Map<String, Value>>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = table
            .as_ref()
            .map(|table| serde_json::to_string(table).expect("a table of TOML has a form in JSON"));
        text.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Box<Map<String, Value>>>, D::Error> {
        let text: Option<&str> = Deserialize::deserialize(deserializer)?;
        text.map(|text| serde_json::from_str(text).map(Box::new).map_err(D::Error::custom))
            .transpose()
    }
}

impl Edition {
    /// How its text is set.
    #[must_use]
    pub fn typography<'c>(&self, config: &'c Config) -> &'c Typography {
        typography(config, self.language, self.has_typography)
    }

    /// The key that joins editions to a story.
    #[must_use]
    pub fn story_key(&self) -> &str {
        self.story.as_deref().unwrap_or(&self.path)
    }

    /// From when on it may be public: the later of its date and the end of its embargo. Without either it
    /// always may.
    #[must_use]
    pub fn due(&self) -> Option<Moment> {
        self.published.max(self.publish_at)
    }

    /// When what readers see of it changed last: it came out, was changed in substance, or corrected.
    #[must_use]
    pub fn last_change(&self) -> Option<Moment> {
        let corrections = self.corrections.iter().map(|correction| correction.date);
        corrections.chain(self.due()).chain(self.updated).max()
    }

    /// The file, relative to the root.
    #[must_use]
    pub fn file(&self, config: &Config) -> String {
        file_name(config, self.language, &self.path, self.is_folder)
    }

    /// The folder of the file, relative to the root: where its relative links start.
    #[must_use]
    pub fn folder(&self, config: &Config) -> String {
        let code = &config.language(self.language).code;
        let below = if self.is_folder {
            Some(&*self.path)
        } else {
            self.path.rsplit_once('/').map(|(folder, _)| folder)
        };
        match below {
            Some(below) => format!("content/{code}/{below}"),
            None => format!("content/{code}"),
        }
    }

    /// Gives it its tags and authors, each once.
    fn set_terms(&mut self, named: &NamedTerms, find: impl Fn(TermKind, &str) -> TermId) {
        let ids = |named: &[NamedTerm]| -> Box<[TermId]> {
            let mut ids: Vec<TermId> = Vec::with_capacity(named.len());
            for term in named {
                let id = match term {
                    NamedTerm::Known(id) => *id,
                    NamedTerm::Undeclared(kind, name, _) => find(*kind, name),
                };
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            ids.into()
        };
        self.tags = ids(&named.tags);
        self.authors = ids(&named.authors);
    }
}

fn typography(config: &Config, language: LanguageId, is_on: bool) -> &Typography {
    if is_on { &config.language(language).typography } else { Typography::off() }
}

/// A term as an article names it.
#[derive(Debug)]
pub(crate) enum NamedTerm {
    Known(TermId),
    /// No file declares it; it works, and is reported.
    Undeclared(TermKind, Box<str>, Place),
}

/// The tags and authors that an article names, in the order written.
#[derive(Debug)]
pub(crate) struct NamedTerms {
    pub(crate) tags: Vec<NamedTerm>,
    pub(crate) authors: Vec<NamedTerm>,
}

/// What was read in a file, and the terms in its own words.
pub(crate) struct Parsed {
    /// Without tags and authors.
    pub(crate) edition: Edition,
    pub(crate) named: NamedTerms,
    pub(crate) section: Option<Box<str>>,
    pub(crate) tags: Vec<Box<str>>,
    pub(crate) authors: Vec<Box<str>>,
}

/// An edition as its file alone gives it.
#[derive(Debug, Clone)]
pub(crate) struct ReadEdition {
    /// Complete, unless some of its terms have no ids yet.
    edition: Arc<Edition>,
    /// Its terms, if some of them are undeclared: they get ids when all files are known.
    unresolved: Option<Arc<NamedTerms>>,
}

impl ReadEdition {
    pub(crate) fn new(mut edition: Edition, named: NamedTerms) -> Self {
        if named.all().any(|term| matches!(term, NamedTerm::Undeclared(..))) {
            return Self { edition: Arc::new(edition), unresolved: Some(Arc::new(named)) };
        }
        edition.set_terms(&named, |_, _| unreachable!("all of them are known"));
        Self { edition: Arc::new(edition), unresolved: None }
    }

    /// The edition; its tags and authors may be missing.
    pub(crate) fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Its terms, if some of them are undeclared.
    pub(crate) fn unresolved(&self) -> Option<&NamedTerms> {
        self.unresolved.as_deref()
    }

    /// The whole edition, by a vocabulary that has the undeclared terms too.
    pub(crate) fn complete(self, vocabulary: &Vocabulary) -> Arc<Edition> {
        let Some(named) = self.unresolved else { return self.edition };
        let mut edition = Arc::unwrap_or_clone(self.edition);
        let language = edition.language;
        edition.set_terms(&named, |kind, name| {
            let found = vocabulary.of(kind).find(name, language);
            found.expect("every undeclared name has been added by its id")
        });
        Arc::new(edition)
    }
}

impl NamedTerms {
    /// Tags, then authors.
    pub(crate) fn all(&self) -> impl Iterator<Item = &NamedTerm> {
        self.tags.iter().chain(&self.authors)
    }
}

/// The file an edition is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EditionFile {
    pub(crate) kind: EditionKind,
    pub(crate) language: LanguageId,
    pub(crate) path: Box<str>,
    pub(crate) is_folder: bool,
}

impl EditionFile {
    /// Its path, relative to the root.
    pub(crate) fn name(&self, config: &Config) -> String {
        file_name(config, self.language, &self.path, self.is_folder)
    }
}

fn file_name(config: &Config, language: LanguageId, path: &str, is_folder: bool) -> String {
    let code = &config.language(language).code;
    let end = if is_folder { "/index.md" } else { ".md" };
    format!("content/{code}/{path}{end}")
}

/// Reads one file's text, whose hash is `hash`; `None` when it has an error.
pub(crate) fn parse(
    file: EditionFile,
    source: &Source<'_>,
    hash: [u8; 16],
    vocabulary: &Vocabulary,
    config: &Config,
) -> (Option<Parsed>, Vec<Diagnostic>) {
    let parts = match front_matter::split(source) {
        Ok(parts) => parts,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let document = Document::parse(*source, parts.toml);
    let mut own = Vec::new();
    let read = build(file, source, hash, &document, parts.body, vocabulary, config, &mut own);
    let mut diagnostics = document.into_diagnostics();
    diagnostics.extend(own);
    let read = read.filter(|_| !crate::diagnostic::has_errors(&diagnostics));
    (read, diagnostics)
}

#[expect(clippy::too_many_arguments, reason = "one file, and all that it is read by")]
fn build(
    file: EditionFile,
    source: &Source<'_>,
    hash: [u8; 16],
    document: &Document<'_>,
    body: Range<usize>,
    vocabulary: &Vocabulary,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Parsed> {
    let front_matter = front_matter::read(document, file.kind, config);
    let mut find = |kind, written: &Located<&str>| {
        let (term, diagnostic) = find_term(kind, written, source, file.language, vocabulary);
        diagnostics.extend(diagnostic);
        term
    };
    let section = front_matter.section.as_ref().and_then(|written| {
        find(TermKind::Section, written).and_then(|term| match term {
            NamedTerm::Known(id) => Some(id),
            NamedTerm::Undeclared(..) => None,
        })
    });
    let tags: Vec<NamedTerm> =
        front_matter.tags.iter().filter_map(|written| find(TermKind::Tag, written)).collect();
    let authors: Vec<NamedTerm> =
        front_matter.authors.iter().filter_map(|written| find(TermKind::Author, written)).collect();
    let original = front_matter.original.as_ref().and_then(|written| {
        let language = config.language_of(written.value);
        if language.is_none() {
            let message = format!("`{}` is no language of this site", written.value);
            let help = match config.code_meant(written.value) {
                Some(code) => format!("did you mean `{code}`?"),
                None => format!("the languages are {}", config.codes()),
            };
            diagnostics.push(
                Diagnostic::error("unknown-language", message)
                    .at(source, written.at.clone(), "")
                    .help(help),
            );
        }
        language.map(|language| language.id)
    });
    let typography = typography(config, file.language, front_matter.has_typography);
    let own_summary = front_matter.summary.map(str::trim).filter(|summary| !summary.is_empty());
    let summary: Box<str> = match own_summary {
        Some(summary) => typography.set(summary).into(),
        None => markdown::summary(source.text.get(body.clone()).unwrap_or(""), typography).into(),
    };
    let slug = front_matter.slug.or_else(|| slug_of_title(front_matter.title?, &file, config));
    let size = |bytes: usize| u32::try_from(bytes).expect("read_file refuses files over 4 GB");
    let edition = Edition {
        kind: file.kind,
        language: file.language,
        path: file.path,
        is_folder: file.is_folder,
        story: front_matter.story,
        title: typography.set(front_matter.title?.trim()).into(),
        summary,
        has_own_summary: own_summary.is_some(),
        published: front_matter.date,
        updated: front_matter.updated,
        genre: front_matter.genre,
        publish_at: front_matter.publish_at,
        unpublish_at: front_matter.unpublish_at,
        section,
        tags: [].into(),
        authors: [].into(),
        slug,
        is_draft: front_matter.is_draft,
        has_typography: front_matter.has_typography,
        image: front_matter.image.map(|picture| Box::new(picture.set(typography))),
        sources: front_matter.sources,
        corrections: front_matter.corrections.into_iter().map(|c| c.set(typography)).collect(),
        key_points: front_matter.key_points.into_iter().map(|t| typography.set(t).into()).collect(),
        related: front_matter.related,
        pinned_until: front_matter.pinned_until,
        breaking_until: front_matter.breaking_until,
        aliases: front_matter.aliases,
        original,
        translated_from: front_matter.translated_from.map(Into::into),
        n_letters: if config.languages.iter().any(|language| language.law.is_some()) {
            letters(source.text.get(body.clone()).unwrap_or(""))
        } else {
            0
        },
        extra: front_matter.extra,
        body_start: size(body.start),
        hash,
    };
    let words = |written: &[Located<&str>]| written.iter().map(|w| w.value.trim().into()).collect();
    Some(Parsed {
        section: front_matter.section.as_ref().map(|written| written.value.trim().into()),
        tags: words(&front_matter.tags),
        authors: words(&front_matter.authors),
        edition,
        named: NamedTerms { tags, authors },
    })
}

/// How many letters a text has, without the addresses of its links.
fn letters(body: &str) -> u32 {
    let mut n = 0;
    for (index, piece) in body.split("](").enumerate() {
        let text = match piece.split_once(')') {
            Some((_, behind)) if index > 0 => behind,
            _ => piece,
        };
        n += text.chars().filter(|c| c.is_alphabetic()).count();
    }
    u32::try_from(n).expect("read_file refuses files over 4 GB")
}

/// What stands in an article's address if `site.toml` wants headlines there.
fn slug_of_title(title: &str, file: &EditionFile, config: &Config) -> Option<Box<str>> {
    /// Browsers and messengers show no more of an address, and file systems take 255 bytes.
    const MOST_CHARS: usize = 80;
    if config.slug_from != SlugFrom::Title || file.kind != EditionKind::Article {
        return None;
    }
    let slug = cut_slug(config.slug(title, file.language), MOST_CHARS);
    (!slug.is_empty()).then(|| slug.into())
}

fn find_term(
    kind: TermKind,
    written: &Located<&str>,
    source: &Source<'_>,
    language: LanguageId,
    vocabulary: &Vocabulary,
) -> (Option<NamedTerm>, Option<Diagnostic>) {
    let error = |id, message: String, help: String| {
        Some(Diagnostic::error(id, message).at(source, written.at.clone(), "").help(help))
    };
    let name = written.value.trim();
    if name.is_empty() {
        let help = "remove it, or write an id or a name between the quotes".to_owned();
        return (None, error("empty-term", format!("this {} is empty", kind.name()), help));
    }
    match (vocabulary.of(kind).find(name, language), kind) {
        (Ok(id), _) => (Some(NamedTerm::Known(id)), None),
        (Err(NotFound::Ambiguous(ids)), _) => {
            let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            let message = format!("`{name}` is the name of more than one {}", kind.name());
            (None, error("ambiguous-term", message, format!("name it by id: {}", ids.join(" or "))))
        }
        (Err(NotFound::Unknown), TermKind::Section) => {
            let help = match vocabulary.of(kind).nearest(name, language) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("{}or declare it in `{}`", one_of(vocabulary, kind), kind.file()),
            };
            (None, error("unknown-section", format!("there is no section `{name}`"), help))
        }
        (Err(NotFound::Unknown), _) => {
            let place = source.place(written.at.clone());
            (Some(NamedTerm::Undeclared(kind, name.into(), place)), None)
        }
    }
}

/// `use \`politics\`, `: the ids that there are, when they are few.
fn one_of(vocabulary: &Vocabulary, kind: TermKind) -> String {
    const FEW: usize = 12;
    let terms = &vocabulary.of(kind).all;
    if terms.is_empty() || terms.len() > FEW {
        return format!("use one that `{}` has, ", kind.file());
    }
    terms.iter().map(|term| format!("`{}`, ", term.id)).fold("use ".to_owned(), |all, id| all + &id)
}

/// The place of a key's value in an edition's file: read again, because places are not kept (an
/// archive has 300 000 editions, and few of them are wrong).
pub(crate) fn field_place(
    config: &Config,
    edition: &Edition,
    keys: &[&'static str],
) -> Option<Place> {
    place_in(config, edition, |mut fields| {
        let (last, tables) = keys.split_last()?;
        for table in tables {
            fields = fields.table(table)?;
        }
        fields.place_of(last)
    })
}

/// The place of an edition's n-th alias.
pub(crate) fn alias_place(config: &Config, edition: &Edition, index: usize) -> Option<Place> {
    place_in(config, edition, |fields| Some(fields.texts("aliases").get(index)?.at.clone()))
}

/// The place of the n-th story that an edition names to be read also.
pub(crate) fn related_place(config: &Config, edition: &Edition, index: usize) -> Option<Place> {
    place_in(config, edition, |fields| {
        let written = fields.texts("related").into_iter();
        written.filter(|text| !text.value.trim().is_empty()).nth(index).map(|text| text.at)
    })
}

fn place_in(
    config: &Config,
    edition: &Edition,
    find: impl FnOnce(Fields<'_, '_>) -> Option<Range<usize>>,
) -> Option<Place> {
    let file = edition.file(config);
    let text = project::read_file(&config.root, &file).ok()?;
    let source = Source::new(&file, &text);
    let parts = front_matter::split(&source).ok()?;
    let document = Document::parse(source, parts.toml);
    find(document.fields()).map(|at| source.place(at))
}
