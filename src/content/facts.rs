//! What Markdown files were found to say: remembered from one build to the next, so that only changed
//! files are read.
//!
//! Facts lie in shards by the path of the story, each a file of the cache that is read, used and
//! written by one thread alone. A fact holds as long as the bytes of its file, `site.toml` and the
//! program are the same. Which terms an article names depends on the vocabulary too, so terms are kept
//! as they were written, and found anew.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::edition::{self, Edition, EditionFile, NamedTerm, NamedTerms, Parsed, ReadEdition};
use super::vocabulary::{NotFound, TermKind, Vocabulary};
use crate::cache::Store;
use crate::config::{Config, LanguageId};
use crate::diagnostic::{Diagnostic, Place, Source};
use crate::project::{self, Stamp};

/// The number of shards. One story touches one of them; all are read by every build.
const N_SHARDS: u64 = 64;

/// Which file it is, and by what it is known to be unchanged.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Head<'a> {
    name: &'a str,
    /// `None` when the file was too fresh for its stamp to be trusted.
    stamp: Option<Stamp>,
    hash: [u8; 16],
}

/// What is in it.
#[derive(Debug, Serialize)]
struct Fact<'a> {
    edition: &'a Edition,
    terms: Vec<WrittenTerm<'a>>,
    diagnostics: &'a [Diagnostic],
}

/// The same, read.
#[derive(Debug, Deserialize)]
struct KnownFact<'a> {
    edition: Edition,
    #[serde(borrow)]
    terms: Vec<WrittenTerm<'a>>,
    diagnostics: Vec<Diagnostic>,
}

/// A term as an article names it: the section, then tags, then authors.
#[derive(Debug, Serialize, Deserialize)]
struct WrittenTerm<'a> {
    kind: TermKind,
    name: &'a str,
    /// Where, if no file declared it.
    place: Option<Place>,
}

/// What came of one file.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The file alone when it has an error.
    pub(super) read: Result<ReadEdition, EditionFile>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Found {
    /// What files are sorted by: language, path, and of a file and a folder of one name the file first.
    pub(super) fn key(&self) -> (LanguageId, &str, bool) {
        match &self.read {
            Ok(read) => {
                let edition = read.edition();
                (edition.language, &edition.path, edition.is_folder)
            }
            Err(file) => (file.language, &file.path, file.is_folder),
        }
    }

    /// Whether both say the same, as files do that were saved without a change.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let hash = |found: &Self| found.read.as_ref().ok().map(|read| read.edition().hash);
        hash(self).is_some() && hash(self) == hash(other) && self.diagnostics == other.diagnostics
    }
}

/// Markdown files that are not as they were at the last build.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Those that were added or changed, named relative to the root.
    pub files: Vec<String>,
    /// How many were removed.
    pub n_gone: usize,
}

/// What came of all files.
pub(super) struct AllFound {
    /// Sorted by language, then path.
    pub(super) found: Vec<Found>,
    pub(super) changes: Changes,
    /// About the cache itself.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads all editions, as far as they are not known.
pub(super) fn read_all(
    files: Vec<EditionFile>,
    vocabulary: &Vocabulary,
    config: &Config,
    store: &Store,
) -> AllFound {
    let mut shards: Vec<Vec<EditionFile>> = Vec::new();
    shards.resize_with(usize::try_from(N_SHARDS).expect("a small number"), Vec::new);
    for file in files {
        // Without the language: the editions of a story are published together.
        let shard = xxh3_64(file.path.as_bytes()) % N_SHARDS;
        shards[usize::try_from(shard).expect("a small number")].push(file);
    }
    let read: Vec<AllFound> = shards
        .into_par_iter()
        .enumerate()
        .map_init(Vec::new, |buffer, (number, files)| {
            read_shard(number, files, vocabulary, config, store, buffer)
        })
        .collect();
    let n_found = read.iter().map(|shard| shard.found.len()).sum();
    let found = Vec::with_capacity(n_found);
    let mut all = AllFound { found, changes: Changes::default(), diagnostics: Vec::new() };
    for shard in read {
        all.found.extend(shard.found);
        all.changes.files.extend(shard.changes.files);
        all.changes.n_gone += shard.changes.n_gone;
        all.diagnostics.extend(shard.diagnostics);
    }
    all.found.par_sort_unstable_by(|a, b| a.key().cmp(&b.key()));
    // All of them failed for one reason.
    all.diagnostics.truncate(1);
    all
}

fn read_shard(
    number: usize,
    files: Vec<EditionFile>,
    vocabulary: &Vocabulary,
    config: &Config,
    store: &Store,
    buffer: &mut Vec<u8>,
) -> AllFound {
    let shard_name = format!("editions-{number:02x}");
    let payload = store.read_into(&shard_name, config.file_hash, buffer);
    let mut known = KnownFiles::new(payload.unwrap_or_default());
    let mut entries_now: Vec<Entry<'_>> = Vec::with_capacity(files.len());
    let mut found = Vec::with_capacity(files.len());
    let mut changed = Vec::new();
    let mut is_stale = false;
    for file in files {
        let name = file.name(config);
        let path = project::locate(&config.root, &name);
        let stamp = Stamp::of(&path);
        let before = known.take(&name);
        if let Some((head, body)) = before
            && head.stamp.is_some()
            && head.stamp == stamp
            && let Some(remembered) = recall(body, &file, head.hash, vocabulary)
        {
            entries_now.push(Entry { name, stamp, hash: head.hash, body: body.into() });
            found.push(remembered);
            continue;
        }
        is_stale = true;
        let settled = stamp.filter(|stamp| stamp.is_settled(store.started));
        let text = match project::read_file(&config.root, &name) {
            Ok(text) => text,
            Err(problem) => {
                let problem = problem.unwrap_or_else(|| gone(&name));
                changed.push(name);
                found.push(Found { read: Err(file), diagnostics: vec![problem] });
                continue;
            }
        };
        let hash = xxh3_128(text.as_bytes()).to_be_bytes();
        if let Some((_, body)) = before.filter(|(head, _)| head.hash == hash)
            && let Some(remembered) = recall(body, &file, hash, vocabulary)
        {
            entries_now.push(Entry { name, stamp: settled, hash, body: body.into() });
            found.push(remembered);
            continue;
        }
        if before.is_none_or(|(head, _)| head.hash != hash) {
            changed.push(name.clone());
        }
        let (parsed, diagnostics) =
            edition::parse(file.clone(), &Source::new(&name, &text), hash, vocabulary, config);
        let read = parsed.ok_or(file).map(|parsed| {
            let terms = written_terms(&parsed);
            let fact = Fact { edition: &parsed.edition, terms, diagnostics: &diagnostics };
            let body = postcard::to_stdvec(&fact).expect("a Vec takes everything");
            entries_now.push(Entry { name, stamp: settled, hash, body: body.into() });
            ReadEdition::new(parsed.edition, parsed.named)
        });
        found.push(Found { read, diagnostics });
    }
    let changes = Changes { files: changed, n_gone: known.n_left() };
    let mut diagnostics = Vec::new();
    if is_stale || changes.n_gone > 0 {
        let written = store.write(&shard_name, config.file_hash, &payload_of(&entries_now));
        diagnostics.extend(written.err());
    }
    AllFound { found, changes, diagnostics }
}

/// Reads one edition, whatever is known of it; `None` when there is no such file.
pub(super) fn read_one(
    file: EditionFile,
    vocabulary: &Vocabulary,
    config: &Config,
) -> Option<Found> {
    let name = file.name(config);
    let text = match project::read_file(&config.root, &name) {
        Ok(text) => text,
        Err(None) => return None,
        Err(Some(problem)) => return Some(Found { read: Err(file), diagnostics: vec![problem] }),
    };
    let hash = xxh3_128(text.as_bytes()).to_be_bytes();
    let source = Source::new(&name, &text);
    let (parsed, diagnostics) = edition::parse(file.clone(), &source, hash, vocabulary, config);
    let read = parsed.ok_or(file).map(|parsed| ReadEdition::new(parsed.edition, parsed.named));
    Some(Found { read, diagnostics })
}

/// One file's part of a shard.
struct Entry<'a> {
    name: String,
    stamp: Option<Stamp>,
    hash: [u8; 16],
    /// A [`Fact`], or one as it was read.
    body: Cow<'a, [u8]>,
}

/// The parts of a shard: whole, since [`Store`] has a checksum.
struct KnownFiles<'a> {
    /// In the order in which files are walked.
    entries: Vec<(Head<'a>, &'a [u8])>,
    /// The place of the next file, unless files have come or gone.
    next: usize,
    /// All places by name; made for the first file that is not the next.
    by_name: Option<FxHashMap<&'a str, usize>>,
    n_taken: usize,
}

impl<'a> KnownFiles<'a> {
    fn new(mut payload: &'a [u8]) -> Self {
        let mut entries = Vec::new();
        while let Ok((head, rest)) = postcard::take_from_bytes::<Head<'_>>(payload)
            && let Ok((body_len, rest)) = postcard::take_from_bytes::<usize>(rest)
            && let Some((body, rest)) = rest.split_at_checked(body_len)
        {
            entries.push((head, body));
            payload = rest;
        }
        Self { entries, next: 0, by_name: None, n_taken: 0 }
    }

    /// What is known of a file; asked for once.
    fn take(&mut self, name: &str) -> Option<(Head<'a>, &'a [u8])> {
        let at = match self.entries.get(self.next) {
            Some((head, _)) if head.name == name => self.next,
            _ => {
                let places = || self.entries.iter().map(|(head, _)| head.name).zip(0..).collect();
                *self.by_name.get_or_insert_with(places).get(name)?
            }
        };
        self.next = at + 1;
        self.n_taken += 1;
        self.entries.get(at).copied()
    }

    /// Files that are gone.
    fn n_left(&self) -> usize {
        self.entries.len() - self.n_taken
    }
}

fn payload_of(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(entries.iter().map(|entry| entry.body.len() + 128).sum());
    for entry in entries {
        let head = Head { name: &entry.name, stamp: entry.stamp, hash: entry.hash };
        payload = postcard::to_extend(&head, payload).expect("a Vec takes everything");
        payload = postcard::to_extend(&entry.body.len(), payload).expect("a Vec takes everything");
        payload.extend_from_slice(&entry.body);
    }
    payload
}

fn written_terms(parsed: &Parsed) -> Vec<WrittenTerm<'_>> {
    let section = parsed.section.iter();
    let section = section.map(|name| WrittenTerm { kind: TermKind::Section, name, place: None });
    let tags = written(TermKind::Tag, &parsed.tags, &parsed.named.tags);
    section
        .chain(tags)
        .chain(written(TermKind::Author, &parsed.authors, &parsed.named.authors))
        .collect()
}

fn written<'a>(
    kind: TermKind,
    names: &'a [Box<str>],
    found: &'a [NamedTerm],
) -> impl Iterator<Item = WrittenTerm<'a>> {
    names.iter().zip(found).map(move |(name, found)| WrittenTerm {
        kind,
        name,
        place: match found {
            NamedTerm::Undeclared(_, _, place) => Some(place.clone()),
            NamedTerm::Known(_) => None,
        },
    })
}

/// An edition as it was read by an earlier build, with the terms of today's vocabulary; `None` when
/// that makes a problem whose place must be looked for.
fn recall(
    body: &[u8],
    file: &EditionFile,
    hash: [u8; 16],
    vocabulary: &Vocabulary,
) -> Option<Found> {
    let fact: KnownFact<'_> = postcard::from_bytes(body).ok()?;
    let mut edition = fact.edition;
    edition.hash = hash;
    let (mut tags, mut authors) = (Vec::new(), Vec::new());
    for written in fact.terms {
        let term = match vocabulary.of(written.kind).find(written.name, file.language) {
            Ok(id) => NamedTerm::Known(id),
            Err(NotFound::Unknown) => {
                NamedTerm::Undeclared(written.kind, written.name.into(), written.place?)
            }
            Err(NotFound::Ambiguous(_)) => return None,
        };
        match (written.kind, term) {
            (TermKind::Section, NamedTerm::Known(id)) => edition.section = Some(id),
            (TermKind::Section, NamedTerm::Undeclared(..)) => return None,
            (TermKind::Tag, term) => tags.push(term),
            (TermKind::Author, term) => authors.push(term),
        }
    }
    Some(Found {
        read: Ok(ReadEdition::new(edition, NamedTerms { tags, authors })),
        diagnostics: fact.diagnostics,
    })
}

fn gone(name: &str) -> Diagnostic {
    let error = std::io::Error::from(std::io::ErrorKind::NotFound);
    Diagnostic::io("read", name.as_ref(), &error)
}
