//! Sections, tags and authors: one identity, one name (and slug, description) per language.
//!
//! In: `content/sections.toml`, `content/tags.toml`, `content/authors.toml`. Out: [`Vocabulary`], in
//! which an article finds a term by its id or by its name, ignoring case and the form of apostrophes.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::config::{Config, LanguageId};
use crate::diagnostic::{Diagnostic, Place, Source, nearest};
use crate::project;
use crate::table::{Document, Fields, Located};

/// Which vocabulary a term belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TermKind {
    /// A part of the newspaper; every article is in at most one.
    Section,
    /// A topic.
    Tag,
    /// A person or desk that writes.
    Author,
}

impl TermKind {
    /// All kinds, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Section, Self::Tag, Self::Author];

    /// The kind in a message and in front matter: `section`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Tag => "tag",
            Self::Author => "author",
        }
    }

    /// Its file, relative to the root.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Section => "content/sections.toml",
            Self::Tag => "content/tags.toml",
            Self::Author => "content/authors.toml",
        }
    }
}

/// A term by its place in [`Terms::all`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub(crate) u32);

impl TermId {
    /// Place in [`Terms::all`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One section, tag or author, in all languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its identity: the table's name, or for an undeclared term the name it was given.
    pub id: Box<str>,
    /// Indexed by [`LanguageId`]; complete: a missing name is the default language's, else the id.
    pub names: Box<[Box<str>]>,
    /// Indexed by [`LanguageId`]: one URL segment.
    pub slugs: Box<[Box<str>]>,
    /// Indexed by [`LanguageId`].
    pub descriptions: Box<[Option<Box<str>>]>,
    /// An author's own page elsewhere.
    pub url: Option<Box<str>>,
    /// An author's picture: a path in `static/`, with a leading slash.
    pub photo: Option<Box<str>>,
    /// Whether it stands in the vocabulary's file.
    pub is_declared: bool,
}

impl Term {
    /// The name in a language.
    #[must_use]
    pub fn name(&self, language: LanguageId) -> &str {
        &self.names[language.index()]
    }
}

/// The terms of one kind: the declared ones in the order of their file, then the undeclared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Indexed by [`TermId`].
    pub all: Vec<Term>,
    by_id: FxHashMap<Box<str>, TermId>,
    /// Folded name → who has it, in which language.
    by_name: FxHashMap<Box<str>, Vec<(LanguageId, TermId)>>,
}

/// Why a name found no term.
#[derive(Debug, PartialEq, Eq)]
pub enum NotFound<'a> {
    /// No term has this id or name; [`Terms::nearest`] may know what was meant.
    Unknown,
    /// Several terms have this name.
    Ambiguous(Vec<&'a str>),
}

impl Terms {
    fn new(all: Vec<Term>) -> Self {
        let mut by_id = FxHashMap::default();
        let mut by_name: FxHashMap<Box<str>, Vec<(LanguageId, TermId)>> = FxHashMap::default();
        for (index, term) in all.iter().enumerate() {
            let id = TermId(u32::try_from(index).expect("fewer than 2^32 terms"));
            by_id.insert(fold(&term.id), id);
            for (language, name) in term.names.iter().enumerate() {
                let language = LanguageId(u8::try_from(language).expect("at most 255 languages"));
                by_name.entry(fold(name)).or_default().push((language, id));
            }
        }
        Self { all, by_id, by_name }
    }

    /// The term with this id.
    #[must_use]
    pub fn get(&self, id: TermId) -> &Term {
        self.all.get(id.index()).expect("a TermId comes from these Terms")
    }

    /// All ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..u32::try_from(self.all.len()).expect("fewer than 2^32 terms")).map(TermId)
    }

    /// Finds a term by id, else by its name in `language`, else by its name in any language.
    ///
    /// # Errors
    /// When nothing, or more than one term, has this name.
    pub fn find(&self, written: &str, language: LanguageId) -> Result<TermId, NotFound<'_>> {
        let folded = fold(written);
        if let Some(id) = self.by_id.get(&folded) {
            return Ok(*id);
        }
        let empty = Vec::new();
        let named = self.by_name.get(&folded).unwrap_or(&empty);
        let own: Vec<TermId> = named.iter().filter(|(l, _)| *l == language).map(|x| x.1).collect();
        let mut candidates: Vec<TermId> =
            if own.is_empty() { named.iter().map(|(_, id)| *id).collect() } else { own };
        candidates.sort_unstable();
        candidates.dedup();
        match candidates.as_slice() {
            [id] => Ok(*id),
            [] => Err(NotFound::Unknown),
            several => {
                Err(NotFound::Ambiguous(several.iter().map(|id| &*self.get(*id).id).collect()))
            }
        }
    }

    /// The id or name of a term that looks like what was written.
    #[must_use]
    pub fn nearest(&self, written: &str, language: LanguageId) -> Option<&str> {
        let names = self.all.iter().flat_map(|term| [&*term.id, term.name(language)]);
        nearest(written, names)
    }

    /// Adds terms that articles name but no file declares; `names` are sorted and distinct by
    /// [`fold`], each with the language it was first used in.
    #[must_use]
    pub(crate) fn with_undeclared(self, names: Vec<Box<str>>, config: &Config) -> Self {
        let mut all = self.all;
        all.extend(names.into_iter().map(|name| undeclared(name, config)));
        Self::new(all)
    }
}

/// What two spellings of a name have in common, also of one that was set by [`Typography`] and one
/// that was typed: lower case, no apostrophes and quotation marks, one kind of space and dash, NFC.
///
/// [`Typography`]: crate::locale::Typography
pub(crate) fn fold(name: &str) -> Box<str> {
    use unicode_normalization::UnicodeNormalization;
    let name = name.trim();
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        // An id, as most articles name their terms.
        return name.into();
    }
    let mut folded = String::with_capacity(name.len());
    for character in name.nfc() {
        match character {
            // What people type for an apostrophe, and quotation marks.
            '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2bc}' | '`' | '\u{b4}' => {}
            '"' | '«' | '»' | '„' | '“' | '”' => {}
            '\u{a0}' | '\n' => folded.push(' '),
            '-' | '–' | '—' if folded.ends_with('-') => {}
            '–' | '—' => folded.push('-'),
            '…' => folded.push_str("..."),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded.into_boxed_str()
}

/// Sections, tags and authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// `content/sections.toml`.
    pub sections: Terms,
    /// `content/tags.toml` and the undeclared tags.
    pub tags: Terms,
    /// `content/authors.toml` and the undeclared authors.
    pub authors: Terms,
    /// The three files, with the hashes of their texts.
    pub files: Vec<(String, u64)>,
}

impl Vocabulary {
    /// The terms of a kind.
    #[must_use]
    pub fn of(&self, kind: TermKind) -> &Terms {
        match kind {
            TermKind::Section => &self.sections,
            TermKind::Tag => &self.tags,
            TermKind::Author => &self.authors,
        }
    }

    /// Whether a [`TermId`] of one means the same term in the other.
    pub(crate) fn has_ids_of(&self, other: &Self) -> bool {
        TermKind::ALL.into_iter().all(|kind| {
            let ids = |vocabulary: &Self| -> Vec<Box<str>> {
                vocabulary.of(kind).all.iter().map(|term| term.id.clone()).collect()
            };
            ids(self) == ids(other)
        })
    }
}

/// Reads one vocabulary file's text; an absent file is an empty text.
pub(crate) fn parse(kind: TermKind, text: &str, config: &Config) -> (Terms, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = Document::parse(Source::new(kind.file(), text), 0..text.len());
    let root = document.fields();
    let mut ids: FxHashMap<Box<str>, &str> = FxHashMap::default();
    for id in root.keys() {
        if let Some(first) = ids.insert(fold(id.value), id.value) {
            let message = format!("`{}` and `{first}` are the same {} id", id.value, kind.name());
            let diagnostic = Diagnostic::error("duplicate-term", message)
                .help("capital and small letters are not told apart: remove one of the two");
            root.report(diagnostic, id.at);
        }
    }
    let terms = root.keys().filter_map(|id| read_term(kind, &root, &id, config)).collect();
    let terms = Terms::new(terms);
    (terms, document.into_diagnostics())
}

fn read_term(
    kind: TermKind,
    root: &Fields<'_, '_>,
    id: &Located<&str>,
    config: &Config,
) -> Option<Term> {
    let fields = root.table_of(id.value)?;
    let names = per_language(&fields, "name", config);
    let slugs = per_language(&fields, "slug", config);
    let descriptions = per_language(&fields, "description", config);
    let (url, photo) = match kind {
        TermKind::Author => (fields.text("url"), fields.text("photo")),
        TermKind::Section | TermKind::Tag => (None, None),
    };
    report_missing_names(root, &fields, id, &names, config);
    let names = set(&names, config);
    let fallback = names
        .get(config.default_language.index())
        .and_then(Option::as_deref)
        .or_else(|| names.iter().flatten().next().map(|name| &**name))
        .unwrap_or(id.value);
    let names: Box<[Box<str>]> =
        names.iter().map(|name| name.as_deref().unwrap_or(fallback).into()).collect();
    let slugs = config
        .languages
        .iter()
        .zip(&slugs)
        .map(|(language, slug)| match slug {
            Some(slug) => match super::front_matter::checked_slug(slug.value) {
                Ok(slug) => slug,
                Err(message) => {
                    let diagnostic = Diagnostic::error("bad-slug", message)
                        .help("use lower-case letters, digits and hyphens");
                    fields.report(diagnostic, slug.at.clone());
                    id.value.into()
                }
            },
            None => {
                let of = language.id;
                default_slug(names[of.index()].as_ref(), of, id.value, config)
            }
        })
        .collect();
    let term = Term {
        id: id.value.into(),
        names,
        slugs,
        descriptions: set(&descriptions, config).into(),
        url: super::front_matter::web_address(&fields, url),
        photo: photo.map(|photo| photo.value.into()),
        is_declared: true,
    };
    fields.finish();
    Some(term)
}

/// One warning for all languages in which a term has no name; none when `name` itself is misspelt,
/// which is reported as an unknown key.
fn report_missing_names(
    root: &Fields<'_, '_>,
    fields: &Fields<'_, '_>,
    id: &Located<&str>,
    names: &[Option<Located<&str>>],
    config: &Config,
) {
    let nameless = config.languages.iter().zip(names).filter(|(_, name)| name.is_none());
    let codes: Vec<String> = nameless.map(|(language, _)| format!("`{}`", language.code)).collect();
    let is_misspelt = !fields.has("name") && fields.keys().any(|key| is_slip(key.value, "name"));
    if codes.is_empty() || is_misspelt {
        return;
    }
    let codes = codes.join(", ");
    let message = format!("`{}` has no name in {codes}", id.value);
    let diagnostic = Diagnostic::warning("missing-name", message)
        .help("write `name = { ua = \"…\", en = \"…\" }`, with every language of the site");
    root.report(diagnostic, id.at.clone());
}

fn is_slip(written: &str, key: &str) -> bool {
    written != key && nearest(written, [key]).is_some()
}

/// `key = { ua = "…", en = "…" }`, or one text for all languages. Indexed by [`LanguageId`].
fn per_language<'d>(
    fields: &Fields<'d, '_>,
    key: &'static str,
    config: &Config,
) -> Vec<Option<Located<&'d str>>> {
    if let Some(text) = fields.text_if_text(key) {
        return vec![Some(text); config.languages.len()];
    }
    let Some(table) = fields.table(key) else { return vec![None; config.languages.len()] };
    for written in table.keys() {
        if config.language_of(written.value).is_none() {
            let message = format!("`{}` is no language of this site", written.value);
            let diagnostic = Diagnostic::warning("unknown-language", message)
                .help(format!("the languages are {}", config.codes()));
            table.report(diagnostic, written.at);
        }
    }
    config.languages.iter().map(|language| table.text_of(&language.code)).collect()
}

/// Texts with the typography of their languages.
fn set(texts: &[Option<Located<&str>>], config: &Config) -> Vec<Option<Box<str>>> {
    let languages = config.languages.iter();
    let set = |(language, text): (&crate::config::Language, &Option<Located<&str>>)| {
        text.as_ref().map(|text| language.typography.set(text.value).into())
    };
    languages.zip(texts).map(set).collect()
}

/// The name as a part of an address. One without letters and digits leaves it to the id.
fn default_slug(name: &str, language: LanguageId, id: &str, config: &Config) -> Box<str> {
    let slugs = [name, id].into_iter().map(|text| config.slug(text, language));
    slugs.into_iter().find(|slug| !slug.is_empty()).unwrap_or_else(|| "term".to_owned()).into()
}

fn undeclared(name: Box<str>, config: &Config) -> Term {
    let n = config.languages.len();
    Term {
        names: vec![name.clone(); n].into(),
        slugs: config
            .language_ids()
            .map(|language| default_slug(&name, language, &name, config))
            .collect(),
        descriptions: vec![None; n].into(),
        id: name,
        url: None,
        photo: None,
        is_declared: false,
    }
}

/// The place of a term's key in its file, or as near to it as the file goes: read again, because
/// places are not kept.
pub(crate) fn term_place(
    config: &Config,
    kind: TermKind,
    id: &str,
    keys: &[&str],
) -> Option<Place> {
    let text = project::read_file(&config.root, kind.file()).ok()?;
    let source = Source::new(kind.file(), &text);
    let document = Document::parse(source, 0..text.len());
    let root = document.fields();
    let mut at = root.keys().find(|key| key.value == id)?.at;
    let mut fields = root.table_of(id);
    for key in keys {
        let Some(place) = fields.as_ref().and_then(|fields| fields.place_of(key)) else { break };
        at = place;
        fields = fields.and_then(|fields| fields.table_of(key));
    }
    Some(source.place(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::locale::{LanguageTag, Typography, TypographyStyle};

    proptest! {
        #[test]
        fn a_name_that_was_set_is_found_as_it_was_typed(
            name in "[а-яїєa-z «»„“”\"'’.–—\u{a0}0-9-]{0,24}",
            tag in prop::sample::select(vec!["uk", "ru", "en", "de"]),
        ) {
            let tag = LanguageTag::parse(tag).unwrap();
            let typography = Typography::new(&tag, TypographyStyle::USUAL);
            prop_assert_eq!(fold(&typography.set(&name)), fold(&name));
        }
    }

    const UA: LanguageId = LanguageId(0);
    const EN: LanguageId = LanguageId(1);

    /// Terms with a name in two languages.
    fn terms(all: &[(&str, &str, &str)]) -> Terms {
        let term = |(id, ua, en): &(&str, &str, &str)| Term {
            id: (*id).into(),
            names: [Box::from(*ua), Box::from(*en)].into(),
            slugs: [Box::from(*id), Box::from(*id)].into(),
            descriptions: [None, None].into(),
            url: None,
            photo: None,
            is_declared: true,
        };
        Terms::new(all.iter().map(term).collect())
    }

    #[test]
    fn a_term_is_found_by_id_then_by_name_in_the_own_language_then_in_any() {
        let terms = terms(&[
            ("georgia", "Джорджія", "Georgia (state)"),
            ("sakartvelo", "Грузія", "Georgia"),
            ("health", "Здоров\u{2bc}я", "Health"),
        ]);
        let find = |written, language| terms.find(written, language).map(|id| &*terms.get(id).id);
        for (written, language, id) in [
            ("sakartvelo", EN, "sakartvelo"),
            ("Georgia", EN, "georgia"), // an id wins over a name
            ("  грузія ", UA, "sakartvelo"),
            ("ГРУЗІЯ", EN, "sakartvelo"),
            ("здоров'я", UA, "health"),
            ("здоров’я", UA, "health"),
            ("здоровя", UA, "health"),
        ] {
            assert_eq!(find(written, language), Ok(id), "{written}");
        }
        assert_eq!(terms.nearest("Грузяі", UA), Some("Грузія"));
        assert_eq!(find("погода", UA), Err(NotFound::Unknown));
    }

    #[test]
    fn a_name_of_two_terms_is_ambiguous_unless_one_has_it_in_the_own_language() {
        let terms = terms(&[("a", "Мир", "Peace"), ("b", "Світ", "Мир"), ("c", "Світ", "World")]);
        let find = |written, language| terms.find(written, language).map(|id| &*terms.get(id).id);
        assert_eq!(find("Мир", UA), Ok("a"));
        assert_eq!(find("Мир", EN), Ok("b"));
        assert_eq!(find("Світ", UA), Err(NotFound::Ambiguous(vec!["b", "c"])));
    }
}
