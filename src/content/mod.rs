//! What the newsroom wrote → editions and terms.
//!
//! In: `content/` (Markdown files, vocabulary). Out: [`Content`]: every edition's front matter and
//! summary, without bodies, and the vocabulary with all terms that articles name. A file with an
//! error is left out and remembered in [`Content::broken`], so that links to it are not errors too.
//! Files that did not change since the last build are not read (`facts`).

mod edition;
mod facts;
mod folder;
mod front_matter;
mod genre;
mod moment;
mod translation;
mod vocabulary;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

pub use edition::{Edition, EditionId};
pub use facts::Changes;
pub use folder::{ContentFolder, Doubts, ReadAgain};
pub use front_matter::{Correction, EditionKind, NewsSource, Picture};
pub use genre::Genre;
pub use moment::{Moment, Precision};
pub use translation::{text_digest, with_translated_from};
pub use vocabulary::{NotFound, Term, TermId, TermKind, Terms, Vocabulary};
pub use walk::ContentFile;

pub(crate) use edition::{alias_place, field_place, related_place};
#[cfg(test)]
pub(crate) use front_matter::{checked_alias, checked_slug};
pub(crate) use vocabulary::term_place;

use crate::config::{Config, LanguageId};
use crate::diagnostic::{Diagnostic, Place, Reported};
use crate::project::read_file;
use edition::{NamedTerm, NamedTerms, ReadEdition};
use facts::Found;

/// Everything in `content/`. What did not change is shared by one moment of a preview with the next.
#[derive(Debug, Clone)]
pub struct Content {
    /// Sections, tags and authors.
    pub vocabulary: Arc<Vocabulary>,
    /// Sorted by language, then path; indexed by [`EditionId`].
    pub editions: Vec<Arc<Edition>>,
    /// Pictures and the like beside the articles, sorted: looked up by binary search.
    pub files: Arc<[ContentFile]>,
    /// Editions left out because of an error: language and path.
    pub broken: Arc<FxHashSet<(LanguageId, Box<str>)>>,
    /// Since the last build.
    pub changes: Changes,
}

/// Everything in the folder, with ids for all terms. The editions in the files `left_out`, named relative
/// to the root, are taken for broken.
fn assemble(
    declared: Arc<Vocabulary>,
    found: impl IntoIterator<Item = Found>,
    files: Arc<[ContentFile]>,
    config: &Config,
    left_out: &BTreeSet<&str>,
) -> Reported<Content> {
    let mut diagnostics = Vec::new();
    let found = found.into_iter();
    let mut read = Vec::with_capacity(found.size_hint().0);
    let mut broken = FxHashSet::default();
    let is_left_out = |read: &ReadEdition| {
        !left_out.is_empty() && left_out.contains(&*read.edition().file(config))
    };
    for found in found {
        diagnostics.extend(found.diagnostics);
        match found.read {
            Ok(read_edition) if !is_left_out(&read_edition) => read.push(read_edition),
            Ok(read_edition) => {
                let edition = read_edition.edition();
                broken.insert((edition.language, edition.path.clone()));
            }
            Err(file) => {
                broken.insert((file.language, file.path));
            }
        }
    }
    let vocabulary = add_undeclared(declared, &read, config, &mut diagnostics);
    let editions = read.into_par_iter().map(|read| read.complete(&vocabulary)).collect();
    let content =
        Content { vocabulary, editions, files, broken: broken.into(), changes: Changes::default() };
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
fn add_undeclared(
    declared: Arc<Vocabulary>,
    editions: &[ReadEdition],
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Vocabulary> {
    struct Uses {
        name: Box<str>,
        first: (String, Place),
        language: LanguageId,
        n: usize,
    }
    let mut undeclared: BTreeMap<(TermKind, Box<str>), Uses> = BTreeMap::new();
    for read in editions {
        for term in read.unresolved().into_iter().flat_map(NamedTerms::all) {
            if let NamedTerm::Undeclared(kind, name, place) = term {
                undeclared
                    .entry((*kind, vocabulary::fold(name)))
                    .and_modify(|uses| uses.n += 1)
                    .or_insert_with(|| Uses {
                        name: name.clone(),
                        first: (read.edition().file(config), place.clone()),
                        language: read.edition().language,
                        n: 1,
                    });
            }
        }
    }
    if undeclared.is_empty() {
        return declared;
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
            .help(match declared.of(kind).nearest(name, uses.language) {
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
    let declared = Arc::unwrap_or_clone(declared);
    let vocabulary = Vocabulary {
        sections: declared.sections,
        tags: declared.tags.with_undeclared(tags, config),
        authors: declared.authors.with_undeclared(authors, config),
        files: declared.files,
    };
    vocabulary.into()
}
