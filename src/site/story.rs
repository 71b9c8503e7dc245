//! Editions joined to stories: one news event, with at most one edition per language.

use std::collections::BTreeMap;

use crate::config::{Config, LanguageId, MissingEdition};
use crate::content::{Edition, EditionId, EditionKind, field_place};
use crate::diagnostic::Diagnostic;

/// A story by its place in [`super::Site::stories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub(crate) u32);

impl StoryId {
    /// Place in [`super::Site::stories`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One news event (or standalone page), with at most one edition per language.
#[derive(Debug)]
pub struct Story {
    /// Article or standalone page.
    pub kind: EditionKind,
    /// What joins its editions: `story` of the front matter, else their path.
    pub key: Box<str>,
    /// Indexed by [`LanguageId`]; never all `None`. Drafts and scheduled editions are here too.
    pub editions: Box<[Option<EditionId>]>,
    /// Language it was written in, when an edition says so.
    pub original: Option<LanguageId>,
}

impl Story {
    /// Its editions, public or not, in the order of the languages.
    pub fn editions(&self) -> impl Iterator<Item = EditionId> {
        self.editions.iter().flatten().copied()
    }

    /// Its edition in a language, public or not.
    #[must_use]
    pub fn edition(&self, language: LanguageId) -> Option<EditionId> {
        self.editions.get(language.index()).copied().flatten()
    }
}

/// Joins editions by story key; stories come sorted by key.
pub(super) fn join(
    config: &Config,
    editions: &[Edition],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let mut by_key: BTreeMap<(EditionKind, &str), Box<[Option<EditionId>]>> = BTreeMap::new();
    for (index, edition) in editions.iter().enumerate() {
        let id = EditionId(u32::try_from(index).expect("fewer than 2^32 editions"));
        let slots = by_key
            .entry((edition.kind, edition.story_key()))
            .or_insert_with(|| vec![None; config.languages.len()].into());
        let slot = &mut slots[edition.language.index()];
        match slot {
            None => *slot = Some(id),
            Some(first) => {
                let first = &editions[first.index()];
                diagnostics.push(duplicate(config, first, edition));
            }
        }
    }
    by_key
        .into_iter()
        .map(|((kind, key), slots)| {
            let original = compare(config, editions, &slots, diagnostics);
            Story { kind, key: key.into(), editions: slots, original }
        })
        .collect()
}

fn duplicate(config: &Config, first: &Edition, second: &Edition) -> Diagnostic {
    let place = field_place(config, second, &["story"])
        .or_else(|| field_place(config, second, &["translationKey"]));
    let message = format!(
        "the story `{}` has two editions in `{}`",
        second.story_key(),
        config.language(second.language).code
    );
    Diagnostic::error("duplicate-edition", message)
        .at_place(second.file(config), place, "this one")
        .at_place(first.file(config), None, "and this one")
        .help("remove one of them, or give one another `story`")
}

/// Warns when the editions of a story contradict each other; gives the language of the original.
fn compare(
    config: &Config,
    editions: &[Edition],
    slots: &[Option<EditionId>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<LanguageId> {
    let all: Vec<&Edition> = slots.iter().flatten().map(|id| &editions[id.index()]).collect();
    let (first, others) = all.split_first()?;
    let mut differs = |edition: &Edition, keys: &[&'static str], what: &str| {
        let message = format!(
            "{what} differs from the edition in `{}`",
            config.language(first.language).code
        );
        diagnostics.push(
            Diagnostic::warning("editions-differ", message)
                .at_place(edition.file(config), field_place(config, edition, keys), "")
                .at_place(first.file(config), field_place(config, first, keys), "")
                .help("give all editions of a story the same one"),
        );
    };
    for edition in others {
        if edition.section != first.section {
            differs(edition, &["section"], "the section");
        }
        if edition.kind == EditionKind::Article && edition.published != first.published {
            differs(edition, &["date"], "the date");
        }
        let src = |edition: &Edition| edition.image.as_ref().map(|image| image.src.clone());
        if let (Some(_), Some(_), true) = (src(edition), src(first), src(edition) != src(first)) {
            differs(edition, &["image", "src"], "the lead picture");
        }
    }
    let original = all.iter().find_map(|edition| edition.original);
    for edition in &all {
        if edition.original.is_some() && edition.original != original {
            differs(edition, &["original"], "the language of the original");
        }
    }
    original
}

/// Reports public stories that lack an edition in a `required` language.
pub(super) fn missing_required(
    config: &Config,
    editions: &[Edition],
    stories: &[Story],
    is_public: impl Fn(EditionId) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for language in config.languages.iter().filter(|language| language.required) {
        for story in stories {
            let has_it = story.edition(language.id).is_some_and(&is_public);
            let Some(first) = story.editions().find(|id| is_public(*id)) else { continue };
            if !has_it {
                let message = format!(
                    "the story `{}` has no published edition in `{}`, which is required",
                    story.key, language.code
                );
                diagnostics.push(
                    Diagnostic::warning("missing-edition", message)
                        .in_file(editions[first.index()].file(config))
                        .help(format!("add `content/{}/{}.md`", language.code, story.key)),
                );
            }
        }
    }
}

/// Whether a language without an edition is left out of the switcher.
pub(super) fn is_hidden(config: &Config) -> bool {
    config.missing_edition == MissingEdition::Hide
}
