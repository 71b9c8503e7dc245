//! What files are known to hold without reading them again: digests and sizes of pictures, remembered
//! from one build to the next and shared by all threads.

use std::path::{Path, PathBuf};
use std::sync::RwLock;

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{PictureSize, picture_size};
use crate::cache::Store;
use crate::diagnostic::Diagnostic;
use crate::project::{self, Stamp};

const NAME: &str = "files";

/// The bytes of a file, as far as comparing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// XXH3, 128 bits, big-endian.
    pub hash: [u8; 16],
    /// The number of bytes.
    pub byte_len: u64,
}

/// What is known of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Fact {
    /// `None` when the file was too fresh for its stamp to be trusted.
    stamp: Option<Stamp>,
    digest: Option<FileDigest>,
    /// The inner one is `None` for a picture that cannot be read.
    picture: Option<Option<PictureSize>>,
}

/// What is known of files, by their paths relative to the root.
#[derive(Debug)]
pub struct FileFacts {
    root: PathBuf,
    started: Timestamp,
    /// Of the last build; its stamps may be of other times.
    before: FxHashMap<Box<str>, Fact>,
    /// Of this one.
    now: RwLock<FxHashMap<Box<str>, Fact>>,
}

impl FileFacts {
    /// What the last build knew.
    #[must_use]
    pub fn read(root: &Path, store: &Store) -> Self {
        let payload = store.read(NAME, 0);
        let facts: Option<Vec<(Box<str>, Fact)>> =
            payload.and_then(|payload| postcard::from_bytes(&payload).ok());
        let before = facts.unwrap_or_default().into_iter().collect();
        Self { root: root.to_owned(), started: store.started, before, now: RwLock::default() }
    }

    /// What is known of a file that is as it was.
    fn of(&self, file: &str) -> Fact {
        if let Some(fact) = self.now.read().expect("no thread panics with the lock").get(file) {
            return *fact;
        }
        let stamp = Stamp::of(&project::locate(&self.root, file));
        let fact = match self.before.get(file) {
            Some(fact) if fact.stamp.is_some() && fact.stamp == stamp => *fact,
            _ => Fact {
                stamp: stamp.filter(|stamp| stamp.is_settled(self.started)),
                ..Fact::default()
            },
        };
        let mut now = self.now.write().expect("no thread panics with the lock");
        *now.entry(file.into()).or_insert(fact)
    }

    fn learn(&self, file: &str, what: impl FnOnce(&mut Fact)) {
        let mut now = self.now.write().expect("no thread panics with the lock");
        what(now.entry(file.into()).or_default());
    }

    /// The digest of a file that is as it was when [`FileFacts::learn_digest`] was told.
    #[must_use]
    pub fn digest(&self, file: &str) -> Option<FileDigest> {
        self.of(file).digest
    }

    /// The digest of a file, which is read unless it is as it was; `None` when it cannot be.
    #[must_use]
    pub fn digest_today(&self, file: &str) -> Option<FileDigest> {
        self.digest(file).or_else(|| {
            let bytes = std::fs::read(project::locate(&self.root, file)).ok()?;
            let hash = xxhash_rust::xxh3::xxh3_128(&bytes).to_be_bytes();
            let digest = FileDigest { hash, byte_len: bytes.len() as u64 };
            self.learn_digest(file, digest);
            Some(digest)
        })
    }

    /// Remembers the digest of a file that was asked for before it was read.
    pub fn learn_digest(&self, file: &str, digest: FileDigest) {
        self.learn(file, |fact| fact.digest = Some(digest));
    }

    /// A picture's size; `None` when it cannot be read.
    #[must_use]
    pub fn picture_size(&self, file: &str) -> Option<PictureSize> {
        self.of(file).picture.unwrap_or_else(|| {
            let size = picture_size(&project::locate(&self.root, file)).ok();
            self.learn(file, |fact| fact.picture = Some(size));
            size
        })
    }

    /// The number of bytes of a file as it is now; `None` when it cannot be had.
    #[must_use]
    pub fn byte_len(&self, file: &str) -> Option<u64> {
        project::locate(&self.root, file).metadata().ok().map(|metadata| metadata.len())
    }

    /// Files of this build that the last one did not have so, and files that are gone.
    #[must_use]
    pub fn n_changed(&self) -> usize {
        let now = self.now.read().expect("no thread panics with the lock");
        let same = |file: &str, fact: &Fact| {
            self.before.get(file).is_some_and(|before| before.digest == fact.digest)
        };
        let n_same = now.iter().filter(|(file, fact)| same(file, fact)).count();
        now.len() - n_same + self.before.keys().filter(|file| !now.contains_key(*file)).count()
    }

    /// Leaves what is known to the next build.
    ///
    /// # Errors
    /// A warning when it cannot be written.
    pub fn save(&self, store: &Store) -> Result<(), Diagnostic> {
        let now = self.now.read().expect("no thread panics with the lock");
        if *now == self.before {
            return Ok(());
        }
        let mut facts: Vec<(&str, Fact)> =
            now.iter().map(|(file, fact)| (&**file, *fact)).collect();
        facts.sort_unstable_by_key(|(file, _)| *file);
        store.write(NAME, 0, &postcard::to_stdvec(&facts).expect("a Vec takes everything"))
    }
}
