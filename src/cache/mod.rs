//! What one build leaves for the next: small files below `.visti/`, safe to delete at any time.
//!
//! A file holds facts that are true by themselves ("these bytes parse to this", "these inputs give
//! these bytes"), never the state of a site: so files of different builds may stand side by side, and
//! one that is damaged, older or somebody else's is as good as absent. This module knows their names,
//! their header and their checksum; what is in them, their owners know.

use std::fs;
use std::io::{self, Read as _};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::diagnostic::Diagnostic;
use crate::project;

/// First bytes of every file. The number is that of this module's format; what owners write is told
/// apart by the program's hash.
const MARK: &[u8; 8] = b"visti-1\n";

/// Hash of the program's source code (`build.rs`): a newer program trusts nothing of an older one.
const PROGRAM: &str = env!("VISTI_PROGRAM");

/// Bytes of the mark, the program's hash and the owner's key.
const HEADER: usize = 24;
const CHECKSUM: usize = 16;

/// Whether what the last build left is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recall {
    /// As far as it is still true.
    Everything,
    /// As if there had been none (`--no-cache`).
    Nothing,
}

/// The cache of one output folder.
#[derive(Debug)]
pub struct Store {
    state: PathBuf,
    folder: PathBuf,
    recall: Recall,
    /// When this build began: what changed after that, or just before, is not settled yet.
    pub(crate) started: Timestamp,
    /// What a preview learned: files by name, in place of those in `folder`. `None` for a build, which
    /// writes them there.
    learned: Option<Arc<Learned>>,
}

/// Files of the cache by name, with header and checksum.
type Learned = Mutex<FxHashMap<String, Vec<u8>>>;

/// What a file of the cache holds, without header and checksum.
#[derive(Debug)]
pub(crate) struct Payload(Vec<u8>);

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.0.get(HEADER..self.0.len() - CHECKSUM).expect("checked when it was read")
    }
}

impl Store {
    /// The cache for builds into `output`, in the folder `state`. Neither need exist.
    #[must_use]
    pub fn open(state: &Path, output: &Path, recall: Recall, started: Timestamp) -> Self {
        let output = std::path::absolute(output).unwrap_or_else(|_| output.to_owned());
        let name = format!("cache-{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()));
        Self { state: state.to_owned(), folder: state.join(name), recall, started, learned: None }
    }

    /// The same cache for a program that only looks at the site: what it learns it keeps in memory, and
    /// nothing is written.
    #[must_use]
    pub fn kept_in_memory(self) -> Self {
        Self { learned: Some(Arc::default()), ..self }
    }

    /// Whether what is learned is written to the disk.
    pub(crate) fn is_written(&self) -> bool {
        self.learned.is_none()
    }

    /// The same cache for a reading that begins at another moment.
    #[must_use]
    pub fn at(&self, started: Timestamp) -> Self {
        Self {
            state: self.state.clone(),
            folder: self.folder.clone(),
            recall: self.recall,
            started,
            learned: self.learned.clone(),
        }
    }

    /// What the file `name` holds, if it was written by this program for this key and is whole.
    pub(crate) fn read(&self, name: &str, key: u64) -> Option<Payload> {
        let mut bytes = Vec::new();
        self.read_into(name, key, &mut bytes)?;
        Some(Payload(bytes))
    }

    /// What the file `name` holds, whatever key it was written for, and that key.
    pub(crate) fn read_of_any_key(&self, name: &str) -> Option<(u64, Payload)> {
        let mut bytes = Vec::new();
        self.read_whole(name, &mut bytes)?;
        let key = bytes.get(HEADER - 8..HEADER)?.try_into().ok()?;
        let key = u64::from_le_bytes(key);
        (bytes.get(..HEADER)? == header(key)).then_some((key, Payload(bytes)))
    }

    /// As [`Store::read`], into a buffer that was used before.
    pub(crate) fn read_into<'b>(
        &self,
        name: &str,
        key: u64,
        bytes: &'b mut Vec<u8>,
    ) -> Option<&'b [u8]> {
        self.read_whole(name, bytes)?;
        if bytes.get(..HEADER)? != header(key) {
            return None;
        }
        bytes.get(HEADER..bytes.len() - CHECKSUM)
    }

    /// Reads a file with header and checksum, if it is whole.
    fn read_whole(&self, name: &str, bytes: &mut Vec<u8>) -> Option<()> {
        if self.recall == Recall::Nothing {
            return None;
        }
        bytes.clear();
        let mut is_known = false;
        if let Some(learned) = &self.learned
            && let Some(file) = learned.lock().expect("no thread panics with the lock").get(name)
        {
            bytes.extend_from_slice(file);
            is_known = true;
        }
        if !is_known {
            fs::File::open(self.folder.join(name)).ok()?.read_to_end(bytes).ok()?;
        }
        let end = bytes.len().checked_sub(CHECKSUM)?;
        let is_whole =
            end >= HEADER && bytes.get(end..)? == xxh3_128(bytes.get(..end)?).to_le_bytes();
        is_whole.then_some(())
    }

    /// Writes the file `name`: whole, or not at all.
    ///
    /// # Errors
    /// A warning: the site is as good, and the next build slower.
    pub(crate) fn write(&self, name: &str, key: u64, payload: &[u8]) -> Result<(), Diagnostic> {
        self.stage(name, key, payload)?;
        self.accept(name)
    }

    /// Writes the file `name` beside the one that there is, until it is accepted. Two builds that do so
    /// at once leave one of both, or one that is not whole and that nobody will read.
    ///
    /// # Errors
    /// As of [`Store::write`].
    pub(crate) fn stage(&self, name: &str, key: u64, payload: &[u8]) -> Result<(), Diagnostic> {
        let mut bytes = Vec::with_capacity(HEADER + payload.len() + CHECKSUM);
        bytes.extend_from_slice(&header(key));
        bytes.extend_from_slice(payload);
        let checksum = xxh3_128(&bytes).to_le_bytes();
        bytes.extend_from_slice(&checksum);
        if let Some(learned) = &self.learned {
            let mut learned = learned.lock().expect("no thread panics with the lock");
            learned.insert(name.to_owned(), bytes);
            return Ok(());
        }
        self.write_staged(name, &bytes).map_err(|error| self.not_written(name, &error))
    }

    /// Puts what was staged for the file `name` in its place.
    ///
    /// # Errors
    /// As of [`Store::write`].
    pub(crate) fn accept(&self, name: &str) -> Result<(), Diagnostic> {
        if self.learned.is_some() {
            return Ok(());
        }
        fs::rename(self.staged(name), self.folder.join(name))
            .map_err(|error| self.not_written(name, &error))
    }

    fn staged(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.new"))
    }

    fn not_written(&self, name: &str, error: &io::Error) -> Diagnostic {
        let problem = Diagnostic::io("write the cache", &self.folder.join(name), error);
        Diagnostic::warning("cache-not-written", problem.message)
            .in_file(shown(&self.state))
            .help("the next build will be slower; `.visti` may be deleted at any time")
    }

    #[expect(clippy::disallowed_methods, reason = "the cache is not published")]
    fn write_staged(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let temporary = self.staged(name);
        if let Err(error) = fs::write(&temporary, bytes) {
            if error.kind() != io::ErrorKind::NotFound {
                return Err(error);
            }
            project::make_state_folder(&self.state)?;
            fs::create_dir_all(&self.folder)?;
            fs::write(&temporary, bytes)?;
        }
        Ok(())
    }
}

fn header(key: u64) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    let (mark, rest) = header.split_at_mut(MARK.len());
    let (program, owner) = rest.split_at_mut(8);
    mark.copy_from_slice(MARK);
    program.copy_from_slice(&xxh3_64(PROGRAM.as_bytes()).to_le_bytes());
    owner.copy_from_slice(&key.to_le_bytes());
    header
}

/// A path with `/` on every system.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests damage files")]
mod tests {
    use super::*;

    fn store(state: &Path, recall: Recall) -> Store {
        Store::open(state, Path::new("public"), recall, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_was_written_is_read_again_by_the_same_program_for_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join(".visti");
        let store = store(&state, Recall::Everything);
        assert!(store.read("pages", 1).is_none());
        store.write("pages", 1, b"facts").unwrap();
        assert_eq!(store.read("pages", 1).as_deref(), Some(&b"facts"[..]));
        assert!(store.read("pages", 2).is_none(), "another key");
        assert_eq!(fs::read_to_string(state.join(".gitignore")).unwrap(), "*\n");
        let none = Store::open(&state, Path::new("public"), Recall::Nothing, Timestamp::UNIX_EPOCH);
        assert!(none.read("pages", 1).is_none());
        let other =
            Store::open(&state, Path::new("elsewhere"), Recall::Everything, Timestamp::UNIX_EPOCH);
        assert!(other.read("pages", 1).is_none(), "another output folder");
    }

    #[test]
    fn what_a_preview_learns_is_read_again_and_written_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let built = store(folder.path(), Recall::Everything);
        built.write("pages", 1, b"facts").unwrap();
        let preview = store(folder.path(), Recall::Everything).kept_in_memory();
        assert_eq!(preview.read("pages", 1).as_deref(), Some(&b"facts"[..]));
        preview.write("pages", 1, b"newer facts").unwrap();
        let later = preview.at(Timestamp::MAX);
        assert_eq!(later.read("pages", 1).as_deref(), Some(&b"newer facts"[..]));
        assert_eq!(built.read("pages", 1).as_deref(), Some(&b"facts"[..]));
    }

    #[test]
    fn a_damaged_cut_or_foreign_file_is_as_good_as_absent() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path(), Recall::Everything);
        store.write("pages", 1, b"facts").unwrap();
        let file = store.folder.join("pages");
        let whole = fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&file, &damaged).unwrap();
            assert!(store.read("pages", 1).is_none(), "byte {at} damaged");
            fs::write(&file, &whole[..at]).unwrap();
            assert!(store.read("pages", 1).is_none(), "cut at {at}");
        }
    }
}
