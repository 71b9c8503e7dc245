//! What the newsroom wrote → editions and terms.
//!
//! In: `content/` (Markdown files, vocabulary). Out: [`Content`]: every edition's front matter and
//! summary, without bodies, and the vocabulary with all terms that articles name. A file with an
//! error is left out and remembered in [`Content::broken`], so that links to it are not errors too.
//! Files that did not change since the last build are not read (`facts`).

mod edition;
mod facts;
mod front_matter;
mod moment;
mod translation;
mod vocabulary;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

pub use edition::{Edition, EditionId};
pub use front_matter::{Correction, EditionKind, NewsSource, Picture};
pub use moment::{Moment, Precision};
pub use translation::{text_digest, with_translated_from};
pub use vocabulary::{NotFound, Term, TermId, TermKind, Terms, Vocabulary};
pub use walk::ContentFile;

pub(crate) use edition::{alias_place, field_place};
#[cfg(test)]
pub(crate) use front_matter::{checked_alias, checked_slug};
pub(crate) use vocabulary::term_place;

use crate::cache::Store;
use crate::config::{Config, LanguageId};
use crate::diagnostic::{Diagnostic, Place, Reported};
use crate::project::read_file;
use edition::{NamedTerm, ReadEdition};

/// Everything in `content/`.
#[derive(Debug)]
pub struct Content {
    /// Sections, tags and authors.
    pub vocabulary: Vocabulary,
    /// Sorted by language, then path; indexed by [`EditionId`].
    pub editions: Vec<Edition>,
    /// Pictures and the like beside the articles, sorted: looked up by binary search.
    pub files: Vec<ContentFile>,
    /// Editions left out because of an error: language and path.
    pub broken: FxHashSet<(LanguageId, Box<str>)>,
    /// Markdown files that were added, changed or removed since the last build.
    pub n_changed: usize,
}

/// Reads `content/`, changed files in parallel; the others are known from the last build. The editions
/// in the files `left_out`, named relative to the root, are taken for broken.
#[must_use]
pub fn read_content(
    config: &Config,
    store: &Store,
    left_out: &BTreeSet<&str>,
) -> Reported<Content> {
    let mut diagnostics = Vec::new();
    if !config.root.join("content").is_dir() {
        diagnostics.push(
            Diagnostic::error("missing-folder", "there is no folder `content`")
                .in_file("content")
                .help(format!("create it, with a folder per language: {}", config.codes())),
        );
    }
    let (vocabulary, found) = rayon::join(|| read_vocabulary(config), || walk::walk(config));
    let vocabulary = vocabulary.drain_into(&mut diagnostics);
    diagnostics.extend(found.diagnostics);

    let all = facts::read_all(found.editions, &vocabulary, config, store);
    diagnostics.extend(all.diagnostics);
    let mut editions = Vec::with_capacity(all.found.len());
    let mut broken = FxHashSet::default();
    let is_left_out =
        |read: &ReadEdition| !left_out.is_empty() && left_out.contains(&*read.edition.file(config));
    for found in all.found {
        diagnostics.extend(found.diagnostics);
        match found.read {
            Some(read) if !is_left_out(&read) => editions.push(read),
            _ => {
                broken.insert((found.file.language, found.file.path));
            }
        }
    }
    let (vocabulary, editions) = add_undeclared(vocabulary, editions, config, &mut diagnostics);
    let mut files = found.files;
    files.sort();
    let n_changed = all.n_changed;
    let content = Content { vocabulary, editions, files, broken, n_changed };
    Reported { value: content, diagnostics }
}

fn read_vocabulary(config: &Config) -> Reported<Vocabulary> {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    let mut read = |kind: TermKind| {
        let text = match read_file(&config.root, kind.file()) {
            Ok(text) => text,
            Err(None) => String::new(),
            Err(Some(diagnostic)) => {
                diagnostics.push(diagnostic);
                String::new()
            }
        };
        files.push((kind.file().to_owned(), xxhash_rust::xxh3::xxh3_64(text.as_bytes())));
        let (terms, problems) = vocabulary::parse(kind, &text, config);
        diagnostics.extend(problems);
        terms
    };
    let (sections, tags) = (read(TermKind::Section), read(TermKind::Tag));
    let authors = read(TermKind::Author);
    let value = Vocabulary { sections, tags, authors, files };
    Reported { value, diagnostics }
}

/// Gives ids to terms that no file declares, and reports each of them once, at its first use.
#[expect(clippy::vec_box, reason = "an edition is large, and its way here long")]
fn add_undeclared(
    vocabulary: Vocabulary,
    editions: Vec<Box<ReadEdition>>,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vocabulary, Vec<Edition>) {
    struct Uses {
        name: Box<str>,
        first: (String, Place),
        language: LanguageId,
        n: usize,
    }
    let mut undeclared: BTreeMap<(TermKind, Box<str>), Uses> = BTreeMap::new();
    for read in &editions {
        for term in read.tags.iter().chain(&read.authors) {
            if let NamedTerm::Undeclared(kind, name, place) = term {
                undeclared
                    .entry((*kind, vocabulary::fold(name)))
                    .and_modify(|uses| uses.n += 1)
                    .or_insert_with(|| Uses {
                        name: name.clone(),
                        first: (read.edition.file(config), place.clone()),
                        language: read.edition.language,
                        n: 1,
                    });
            }
        }
    }
    let mut tags = Vec::new();
    let mut authors = Vec::new();
    for ((kind, _), uses) in undeclared {
        let name = &uses.name;
        let more = match uses.n {
            1 => String::new(),
            n => format!(", but used {n} times"),
        };
        let (file, place) = uses.first;
        diagnostics.push(
            Diagnostic::warning(
                "undeclared-term",
                format!("the {} `{name}` is not declared{more}", kind.name()),
            )
            .at_place(file, Some(place), "")
            .help(match vocabulary.of(kind).nearest(name, uses.language) {
                Some(known) => {
                    format!("did you mean `{known}`? If not, declare it in `{}`", kind.file())
                }
                None => format!("declare it in `{}`, with its name in every language", kind.file()),
            }),
        );
        match kind {
            TermKind::Author => authors.push(uses.name),
            TermKind::Tag | TermKind::Section => tags.push(uses.name),
        }
    }
    let vocabulary = Vocabulary {
        sections: vocabulary.sections,
        tags: vocabulary.tags.with_undeclared(tags, config),
        authors: vocabulary.authors.with_undeclared(authors, config),
        files: vocabulary.files,
    };
    let editions = editions
        .into_par_iter()
        .map(|read| {
            let ids = |named: &[NamedTerm]| -> Box<[TermId]> {
                let mut ids: Vec<TermId> = Vec::with_capacity(named.len());
                for term in named {
                    let id = match term {
                        NamedTerm::Known(id) => *id,
                        NamedTerm::Undeclared(kind, name, _) => vocabulary
                            .of(*kind)
                            .find(name, read.edition.language)
                            .expect("every undeclared name has just been added by its id"),
                    };
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
                ids.into()
            };
            Edition { tags: ids(&read.tags), authors: ids(&read.authors), ..read.edition }
        })
        .collect();
    (vocabulary, editions)
}
