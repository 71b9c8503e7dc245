//! `visti status`: which stories there are in which languages, and which translations are older than
//! what they were made from.
//!
//! In: a site's folder and [`Options`]. Out: a [`Report`], as a table for people or as JSON (`report`).
//! `--mark` writes into a translation's front matter what it was made from (`mark`); nothing else is
//! written.

mod mark;
mod report;

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::Loaded;
use crate::cache::{Recall, Store};
use crate::config::{Config, LanguageId};
use crate::content::{Edition, EditionId, text_digest};
use crate::diagnostic::{Diagnostic, Reported, Severity, Source, nearest, sorted};
use crate::project::{STATE, read_file};
use crate::site::{Drafts, Scheduled, Site, Story, View};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds `site.toml`.
    pub root: PathBuf,
    /// The moment taken for now: what is dated later is scheduled.
    pub now: Timestamp,
    /// When the program began, by the clock that file systems go by.
    pub started: Timestamp,
    /// Only stories without an edition in the language with this code.
    pub missing: Option<String>,
    /// Only stories with a stale edition.
    pub stale: bool,
    /// Translations to mark as made from the original as it is now.
    pub mark: Vec<PathBuf>,
}

/// The answer.
#[derive(Debug)]
pub struct Report {
    /// Errors; warnings are a matter of building.
    pub diagnostics: Vec<Diagnostic>,
    /// `None` when the site could not be read.
    pub status: Option<Status>,
}

/// Stories by languages.
#[derive(Debug)]
pub struct Status {
    /// Codes of the languages, in order.
    pub languages: Vec<String>,
    /// The stories asked for, sorted by kind, then key.
    pub stories: Vec<StoryStatus>,
    /// Of all stories that have a published edition.
    pub shares: Shares,
    /// Files that were marked, relative to the root.
    pub marked: Vec<String>,
}

/// How many stories are published in each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// Indexed by [`LanguageId`].
    pub published: Vec<usize>,
    /// Stories published in any language.
    pub of: usize,
}

/// One story.
#[derive(Debug)]
pub struct StoryStatus {
    /// Its key.
    pub key: String,
    /// In which language the others are translations of.
    pub original: LanguageId,
    /// Indexed by [`LanguageId`].
    pub editions: Vec<EditionStatus>,
}

/// A story in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionStatus {
    /// There is no file.
    Missing,
    /// There is one.
    Present {
        /// Relative to the root.
        file: String,
        /// Whether readers see it.
        state: State,
        /// Whether the original changed after the translation was made.
        is_stale: bool,
    },
}

/// Whether readers see an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Now.
    Published,
    /// From its date, or the end of its embargo on.
    Scheduled,
    /// No longer.
    Withdrawn,
    /// Not yet.
    Draft,
}

/// Reads a site and says how its translations stand.
#[must_use]
pub fn status(options: &Options) -> Report {
    let view = View { now: options.now, drafts: Drafts::Hidden, scheduled: Scheduled::Hidden };
    let output = options.root.join("public");
    let state = options.root.join(STATE);
    let load = || {
        let store = Store::open(&state, &output, Recall::Everything, options.started);
        crate::load(&options.root, None, view, &store, &BTreeSet::new())
    };
    let Reported { value, mut diagnostics } = load();
    let mut marked = Vec::new();
    let mut loaded = value;
    if let (Some(Loaded { site, .. }), false) = (&loaded, options.mark.is_empty()) {
        for path in &options.mark {
            match mark::mark(site, path) {
                Ok(file) => marked.push(file),
                Err(problem) => diagnostics.push(problem),
            }
        }
        loaded = load().value;
    }
    let status = loaded.and_then(|Loaded { site, .. }| {
        let missing = match &options.missing {
            None => None,
            Some(code) => match language(&site.config, code) {
                Ok(language) => Some(language),
                Err(problem) => {
                    diagnostics.push(problem);
                    return None;
                }
            },
        };
        let all: Vec<StoryStatus> =
            site.stories.par_iter().map(|story| story_status(&site, story, view.now)).collect();
        let shares = shares(&site.config, &all);
        let is_wanted = |story: &StoryStatus| {
            missing.is_none_or(|id| story.editions[id.index()] == EditionStatus::Missing)
                && (!options.stale || story.editions.iter().any(EditionStatus::is_stale))
        };
        let codes = site.config.languages.iter().map(|language| language.code.clone());
        let stories = all.into_iter().filter(is_wanted).collect();
        Some(Status { languages: codes.collect(), stories, shares, marked })
    });
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
    Report { diagnostics: sorted(diagnostics), status }
}

impl EditionStatus {
    /// Whether the original changed after the translation was made.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self, Self::Present { is_stale: true, .. })
    }

    fn is_published(&self) -> bool {
        matches!(self, Self::Present { state: State::Published, .. })
    }
}

fn language(config: &Config, code: &str) -> Result<LanguageId, Diagnostic> {
    if let Some(language) = config.language_of(code) {
        return Ok(language.id);
    }
    let codes = config.languages.iter().map(|language| language.code.as_str());
    let help = match config.code_meant(code).or_else(|| nearest(code, codes)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the languages are {}", config.codes()),
    };
    let message = format!("`{code}` is no language of this site");
    Err(Diagnostic::error("unknown-language", message).in_file(crate::config::FILE).help(help))
}

fn story_status(site: &Site, story: &Story, now: Timestamp) -> StoryStatus {
    let original = original(site, story);
    // Read once, and only for translations that say what they were made from.
    let digest = std::cell::OnceCell::new();
    let editions = story
        .editions
        .iter()
        .map(|id| {
            let Some(id) = id else { return EditionStatus::Missing };
            let edition = site.edition(*id);
            let is_awaited = edition.due().is_some_and(|due| due.instant > now);
            let state = match (edition.is_draft, site.is_public(*id)) {
                (true, _) => State::Draft,
                (false, true) => State::Published,
                (false, false) if is_awaited => State::Scheduled,
                (false, false) => State::Withdrawn,
            };
            let is_stale = *id != original
                && match &edition.translated_from {
                    Some(made_from) => digest
                        .get_or_init(|| digest_of(site, original))
                        .as_ref()
                        .is_some_and(|now| **now != **made_from),
                    None => changed_since(site.edition(original), edition),
                };
            EditionStatus::Present { file: edition.file(&site.config), state, is_stale }
        })
        .collect();
    StoryStatus { key: story.key.to_string(), original: site.edition(original).language, editions }
}

/// The edition that the others are translations of: in the language that the story names, else in the
/// site's default language, else the first.
fn original(site: &Site, story: &Story) -> EditionId {
    [story.original, Some(site.config.default_language)]
        .into_iter()
        .flatten()
        .find_map(|language| story.edition(language))
        .or_else(|| story.editions().next())
        .expect("a story has an edition")
}

/// The digest of an edition's words as they are now.
fn digest_of(site: &Site, id: EditionId) -> Option<String> {
    let file = site.edition(id).file(&site.config);
    let text = read_file(&site.config.root, &file).ok()?;
    text_digest(&Source::new(&file, &text))
}

/// Whether the original was changed in substance later than the translation.
fn changed_since(original: &Edition, translation: &Edition) -> bool {
    let instant = |moment: &crate::content::Moment| moment.instant;
    let made = [&translation.updated, &translation.published];
    let made = made.into_iter().flatten().map(instant).max();
    original.updated.as_ref().map(instant) > made && original.updated.is_some()
}

fn shares(config: &Config, stories: &[StoryStatus]) -> Shares {
    let mut shares = Shares { published: vec![0; config.languages.len()], of: 0 };
    for story in stories {
        for (n, edition) in shares.published.iter_mut().zip(&story.editions) {
            *n += usize::from(edition.is_published());
        }
        shares.of += usize::from(story.editions.iter().any(EditionStatus::is_published));
    }
    shares
}
