//! `content/` as it was read, file by file: what [`Content`] is made of. A build makes one of it and
//! lets it go; a preview keeps it, and reads again only what changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_normalization::is_nfc;

use super::edition::EditionFile;
use super::facts::{self, Changes, Found};
use super::walk::{self, ContentFile};
use super::{Content, Vocabulary, assemble, read_vocabulary};
use crate::cache::Store;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Reported};

/// `content/` as it was read.
#[derive(Debug)]
pub struct ContentFolder {
    /// Only what the files of the vocabulary declare.
    vocabulary: Arc<Vocabulary>,
    /// Sorted by [`Found::key`].
    found: Vec<Found>,
    files: Arc<[ContentFile]>,
    /// Since the last build.
    changes: Changes,
    /// Of the vocabulary, and of the folder as a whole.
    diagnostics: Vec<Diagnostic>,
}

impl ContentFolder {
    /// Reads the folder, changed files in parallel; the others are known from the last build.
    #[must_use]
    pub fn read(config: &Config, store: &Store) -> Self {
        let mut diagnostics = Vec::new();
        if !config.root.join("content").is_dir() {
            diagnostics.push(
                Diagnostic::error("missing-folder", "there is no folder `content`")
                    .in_file("content")
                    .help(format!("create it, with a folder per language: {}", config.codes())),
            );
        }
        let (vocabulary, walked) = rayon::join(|| read_vocabulary(config), || walk::walk(config));
        let vocabulary = Arc::new(vocabulary.drain_into(&mut diagnostics));
        diagnostics.extend(walked.diagnostics);
        let all = facts::read_all(walked.editions, &vocabulary, config, store);
        diagnostics.extend(all.diagnostics);
        let mut files = walked.files;
        files.sort();
        let (found, changes) = (all.found, all.changes);
        Self { vocabulary, found, files: files.into(), changes, diagnostics }
    }

    /// What it holds, when nobody needs the folder any more. The editions in the files `left_out`, named
    /// relative to the root, are taken for broken.
    #[must_use]
    pub fn into_content(self, config: &Config, left_out: &BTreeSet<&str>) -> Reported<Content> {
        let content = assemble(self.vocabulary, self.found, self.files, config, left_out);
        let diagnostics = self.diagnostics.into_iter().chain(content.diagnostics).collect();
        Reported { value: Content { changes: self.changes, ..content.value }, diagnostics }
    }

    /// What it holds; editions are shared with it.
    #[must_use]
    pub fn content(&self, config: &Config) -> Reported<Content> {
        let found = self.found.iter().cloned();
        let (vocabulary, files) = (self.vocabulary.clone(), self.files.clone());
        let mut content = assemble(vocabulary, found, files, config, &BTreeSet::new());
        content.diagnostics.extend(self.diagnostics.iter().cloned());
        content
    }

    /// Reads some files again, by their names relative to the root; they may be new or gone. One that has
    /// an error stays as it was, beside the error. `None`, and nothing is done, when one of them is more
    /// than an article: then the whole folder has to be read.
    pub fn read_again(
        &mut self,
        names: &BTreeSet<String>,
        config: &Config,
        doubts: Doubts,
    ) -> Option<ReadAgain> {
        let edition_file =
            |name: &String| walk::edition_file(name, config).filter(|_| is_nfc(name));
        let files: Vec<EditionFile> = names.iter().map(edition_file).collect::<Option<_>>()?;
        let mut again = ReadAgain { is_changed: false, doubtful: BTreeSet::new() };
        for (file, name) in files.into_iter().zip(names) {
            let key = (file.language, &*file.path, file.is_folder);
            let at = self.found.binary_search_by(|found| found.key().cmp(&key));
            let read = facts::read_one(file, &self.vocabulary, config);
            let was_good = at.is_ok_and(|at| self.found[at].read.is_ok());
            let is_good = read.as_ref().is_some_and(|read| read.read.is_ok());
            if doubts == Doubts::Wait && !is_good && (was_good || read.is_some()) {
                again.doubtful.insert(name.clone());
                continue;
            }
            match (at, read) {
                (Ok(at), Some(read)) if self.found[at].is_same(&read) => continue,
                (Ok(at), Some(read)) if was_good && !is_good => {
                    self.found[at].diagnostics = read.diagnostics;
                }
                (Ok(at), Some(read)) => self.found[at] = read,
                (Ok(at), None) => drop(self.found.remove(at)),
                (Err(at), Some(read)) => self.found.insert(at, read),
                (Err(_), None) => continue,
            }
            again.is_changed = true;
        }
        Some(again)
    }

    /// The folder with each file that has an error as it was read before, where it was read before
    /// without one. The errors stay.
    #[must_use]
    pub fn or_as_in(mut self, before: &Self) -> Self {
        // Terms are known by their places in the vocabulary.
        if !self.vocabulary.has_ids_of(&before.vocabulary) {
            return self;
        }
        for found in &mut self.found {
            if found.read.is_err()
                && let Ok(at) = before.found.binary_search_by(|other| other.key().cmp(&found.key()))
                && before.found[at].read.is_ok()
            {
                found.read = before.found[at].read.clone();
            }
        }
        self
    }

    /// Whether a file that `before` could read has an error now.
    #[must_use]
    pub fn lacks_one_of(&self, before: &Self) -> bool {
        self.found.iter().filter(|found| found.read.is_err()).any(|found| {
            let at = before.found.binary_search_by(|other| other.key().cmp(&found.key()));
            at.is_ok_and(|at| before.found[at].read.is_ok())
        })
    }

    /// Whether a file is known, or is a folder in which one is.
    #[must_use]
    pub fn has(&self, name: &str, config: &Config) -> bool {
        let Some(below) = name.strip_prefix("content/") else { return name == "content" };
        let (code, path) = below.split_once('/').unwrap_or((below, ""));
        let Some(language) = config.language_of(code) else { return false };
        let is_it = |own: &str| {
            let rest = own.strip_prefix(path);
            rest.is_some_and(|rest| path.is_empty() || rest.is_empty() || rest.starts_with('/'))
        };
        let (stem, is_folder) = match path.strip_suffix(".md") {
            Some(stem) => match stem.strip_suffix("/index") {
                Some(folder) => (folder, Some(true)),
                None => (stem, Some(false)),
            },
            None => (path, None),
        };
        let start = self.found.partition_point(|found| {
            let (own, path, _) = found.key();
            (own, path) < (language.id, stem)
        });
        let is_article = self.found[start..]
            .iter()
            .map(Found::key)
            .take_while(|(own, path, _)| *own == language.id && path.starts_with(stem))
            .any(|(_, own, of_folder)| match is_folder {
                Some(is_folder) => own == stem && of_folder == is_folder,
                // An article in a folder of its own goes with it.
                None => is_it(own) && (own != path || of_folder),
            });
        is_article
            || self.files.iter().any(|file| file.language == language.id && is_it(&file.path))
    }
}

/// What to do with a file that cannot be read, has an error or is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubts {
    /// It may be half written: leave what was known as it was, and name the file.
    Wait,
    /// It is what it is.
    Believe,
}

/// What came of reading files again.
#[derive(Debug)]
pub struct ReadAgain {
    /// Whether the folder says something else.
    pub is_changed: bool,
    /// Files that are as they were, because of [`Doubts::Wait`].
    pub doubtful: BTreeSet<String>,
}
