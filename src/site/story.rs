//! Editions joined to stories: one news event, with at most one edition per language.

use std::sync::Arc;

use rayon::prelude::*;

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
    editions: &[Arc<Edition>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Story> {
    let key = |id: &EditionId| (editions[id.index()].kind, editions[id.index()].story_key());
    let n = u32::try_from(editions.len()).expect("fewer than 2^32 editions");
    let mut ids: Vec<EditionId> = (0..n).map(EditionId).collect();
    ids.par_sort_unstable_by(|a, b| (key(a), a).cmp(&(key(b), b)));
    ids.chunk_by(|a, b| key(a) == key(b))
        .map(|of_story| {
            let mut slots: Box<[Option<EditionId>]> = vec![None; config.languages.len()].into();
            for id in of_story {
                let edition = &editions[id.index()];
                let slot = &mut slots[edition.language.index()];
                match slot {
                    None => *slot = Some(*id),
                    Some(first) => {
                        diagnostics.push(duplicate(config, &editions[first.index()], edition));
                    }
                }
            }
            let (kind, key) = key(&of_story[0]);
            let original = compare(config, editions, &slots, diagnostics);
            Story { kind, key: key.into(), editions: slots, original }
        })
        .collect()
}

/// The story of every edition, also of one that is second in its story.
pub(super) fn of_editions(stories: &[Story], editions: &[Arc<Edition>]) -> Vec<StoryId> {
    let mut story_of = vec![None; editions.len()];
    for (story, index) in stories.iter().zip(0..) {
        for id in story.editions() {
            story_of[id.index()] = Some(StoryId(index));
        }
    }
    let of_second = |edition: &Arc<Edition>| {
        let key = (edition.kind, edition.story_key());
        let at = stories.binary_search_by(|story| (story.kind, &*story.key).cmp(&key));
        let at = at.expect("`join` has made a story of every key");
        StoryId(u32::try_from(at).expect("no more stories than editions"))
    };
    let of = |(edition, story): (_, Option<StoryId>)| story.unwrap_or_else(|| of_second(edition));
    editions.iter().zip(story_of).map(of).collect()
}

fn duplicate(config: &Config, first: &Edition, second: &Edition) -> Diagnostic {
    let place = field_place(config, second, &["story"])
        .or_else(|| field_place(config, second, &["translationKey"]));
    let message = format!(
        "the story `{}` has two editions in `{}`",
        second.story_key(),
        config.language(second.language).code
    );
    let help = if second.file(config) == first.file(config) {
        "two files have this name, which the computer writes in two ways (Unicode NFC and NFD): \
         remove one of them"
    } else {
        "remove one of them, or give one another `story`"
    };
    Diagnostic::error("duplicate-edition", message)
        .at_place(second.file(config), place, "this is one")
        .at_place(first.file(config), None, "this is the other")
        .help(help)
}

/// Warns when the editions of a story contradict each other; gives the language of the original.
fn compare(
    config: &Config,
    editions: &[Arc<Edition>],
    slots: &[Option<EditionId>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<LanguageId> {
    let all: Vec<&Edition> = slots.iter().flatten().map(|id| &*editions[id.index()]).collect();
    let (first, others) = all.split_first()?;
    let mut differs = |edition: &Edition, first: &Edition, keys: &[&'static str], what: &str| {
        let code = &config.language(first.language).code;
        let (place, other) = (field_place(config, edition, keys), field_place(config, first, keys));
        let message = match (&place, &other) {
            (None, _) => format!("{what} is missing, but the edition in `{code}` has one"),
            (_, None) => format!("{what} is missing in the edition in `{code}`"),
            _ => format!("{what} differs from the edition in `{code}`"),
        };
        diagnostics.push(
            Diagnostic::warning("editions-differ", message)
                .at_place(edition.file(config), place, "")
                .at_place(first.file(config), other, "")
                .help("give all editions of a story the same one"),
        );
    };
    for edition in others {
        if edition.section != first.section {
            differs(edition, first, &["section"], "the section");
        }
        if edition.genre != first.genre {
            differs(edition, first, &["genre"], "the genre");
        }
        if edition.kind == EditionKind::Article && edition.published != first.published {
            differs(edition, first, &["date"], "the date");
        }
        let src = |edition: &Edition| edition.image.as_ref().map(|image| image.src.clone());
        if let (Some(_), Some(_), true) = (src(edition), src(first), src(edition) != src(first)) {
            differs(edition, first, &["image", "src"], "the lead picture");
        }
    }
    let says = all.iter().find(|edition| edition.original.is_some());
    for edition in &all {
        if let Some(says) = says
            && edition.original.is_some()
            && edition.original != says.original
        {
            differs(edition, says, &["original"], "the language of the original");
        }
    }
    says.and_then(|edition| edition.original)
}

/// Reports public stories that lack an edition in a `required` language.
pub(super) fn missing_required(
    config: &Config,
    editions: &[Arc<Edition>],
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
                let first = &editions[first.index()];
                let help = match story.edition(language.id) {
                    Some(unpublished) => {
                        format!("publish `{}`", editions[unpublished.index()].file(config))
                    }
                    None => {
                        let file = format!("content/{}/{}.md", language.code, first.path);
                        match &first.story {
                            Some(key) => format!("add `{file}` with `story = \"{key}\"`"),
                            None => format!("add `{file}`"),
                        }
                    }
                };
                diagnostics.push(
                    Diagnostic::warning("missing-edition", message)
                        .in_file(first.file(config))
                        .help(help),
                );
            }
        }
    }
}

/// Reports public texts that are much shorter than another edition, in languages in which a law forbids
/// that.
pub(super) fn too_short(
    config: &Config,
    editions: &[Arc<Edition>],
    stories: &[Story],
    is_public: impl Fn(EditionId) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    /// Of a few sentences, one more or less is no measure.
    const FEW_LETTERS: u32 = 300;
    for language in &config.languages {
        let Some(law) = language.law else { continue };
        for story in stories {
            let public = || story.editions().filter(|id| is_public(*id));
            let Some(own) = story.edition(language.id).filter(|id| is_public(*id)) else {
                continue;
            };
            let own = &editions[own.index()];
            let longest = public().map(|id| &editions[id.index()]).max_by_key(|e| e.n_letters);
            let Some(longest) = longest.filter(|e| e.n_letters >= FEW_LETTERS) else { continue };
            let percent = u64::from(own.n_letters) * 100 / u64::from(longest.n_letters);
            if percent < law.least_letters() {
                let message = format!(
                    "the text in `{}` has {percent} % of the letters of the one in `{}`; by law it \
                     must contain no less",
                    language.code,
                    config.language(longest.language).code,
                );
                diagnostics.push(
                    Diagnostic::warning("law-length", message)
                        .in_file(own.file(config))
                        .at_place(longest.file(config), None, "this is longer")
                        .help("translate what is left out"),
                );
            }
        }
    }
}

/// Whether a language without an edition is left out of the switcher.
pub(super) fn is_hidden(config: &Config) -> bool {
    config.missing_edition == MissingEdition::Hide
}
