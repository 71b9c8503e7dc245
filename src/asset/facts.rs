//! What files are known to hold without reading them again: digests, and what pictures are, remembered
//! from one build to the next and shared by all threads.

use std::path::PathBuf;
use std::sync::RwLock;

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{PictureFacts, picture_size};
use crate::cache::Store;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::picture::{Look, Rooms, Shelf, look};
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Fact {
    /// `None` when the file was too fresh for its stamp to be trusted.
    stamp: Option<Stamp>,
    digest: Option<FileDigest>,
    /// With the bound on pixels that it was looked at with.
    picture: Option<(u64, PictureFacts)>,
}

/// What is known of files, by their paths relative to the root.
#[derive(Debug)]
pub struct FileFacts {
    root: PathBuf,
    started: Timestamp,
    /// How pictures are looked at, unless they stay as they are.
    looking: Option<Looking>,
    /// Of the last build; its stamps may be of other times.
    before: FxHashMap<Box<str>, Fact>,
    /// Of this one.
    now: RwLock<FxHashMap<Box<str>, Fact>>,
}

/// How pictures are looked at.
#[derive(Debug)]
struct Looking {
    max_pixels: u64,
    rooms: Rooms,
    shelf: Shelf,
    /// Whether what is found is kept on the shelf.
    is_kept: bool,
}

impl FileFacts {
    /// What the last build knew.
    #[must_use]
    pub fn read(config: &Config, store: &Store) -> Self {
        let payload = store.read(NAME, 0);
        let facts: Option<Vec<(Box<str>, Fact)>> =
            payload.and_then(|payload| postcard::from_bytes(&payload).ok());
        let before = facts.unwrap_or_default().into_iter().collect();
        let root = config.root.clone();
        let looking = config.pictures.as_ref().map(|pictures| Looking {
            max_pixels: pictures.settings.max_pixels,
            rooms: Rooms::default(),
            shelf: Shelf::new(root.clone()),
            is_kept: store.is_written(),
        });
        Self { root, started: store.started, looking, before, now: RwLock::default() }
    }

    /// What is known of a file that is as it was.
    fn of(&self, file: &str) -> Fact {
        if let Some(fact) = self.now.read().expect("no thread panics with the lock").get(file) {
            return fact.clone();
        }
        let stamp = Stamp::of(&project::locate(&self.root, file));
        let fact = match self.before.get(file) {
            Some(fact) if fact.stamp.is_some() && fact.stamp == stamp => fact.clone(),
            _ => Fact {
                stamp: stamp.filter(|stamp| stamp.is_settled(self.started)),
                ..Fact::default()
            },
        };
        let mut now = self.now.write().expect("no thread panics with the lock");
        now.entry(file.into()).or_insert(fact).clone()
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

    /// What a picture is.
    #[must_use]
    pub fn picture(&self, file: &str) -> PictureFacts {
        let bound = self.looking.as_ref().map_or(0, |looking| looking.max_pixels);
        match self.of(file).picture {
            Some((of, facts)) if of == bound => facts,
            _ => {
                let facts = self.look_at(file);
                self.learn(file, |fact| fact.picture = Some((bound, facts.clone())));
                facts
            }
        }
    }

    fn look_at(&self, file: &str) -> PictureFacts {
        let path = project::locate(&self.root, file);
        let size = || picture_size(&path).ok();
        let (Some(looking), false) = (&self.looking, file.ends_with(".svg")) else {
            return PictureFacts::of_size(size());
        };
        let Ok(bytes) = std::fs::read(&path) else { return PictureFacts::of_size(None) };
        let hash = xxhash_rust::xxh3::xxh3_128(&bytes).to_be_bytes();
        self.learn_digest(file, FileDigest { hash, byte_len: bytes.len() as u64 });
        PictureFacts::new(hash, looking.look(hash, &bytes), size)
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
        // What was made of pictures is no source.
        let is_source = |file: &str| !file.starts_with(project::STATE);
        let is_new = |file: &str, fact| is_source(file) && !same(file, fact);
        let is_gone = |file: &str| is_source(file) && !now.contains_key(file);
        let n_new = now.iter().filter(|(file, fact)| is_new(file, fact)).count();
        n_new + self.before.keys().filter(|file| is_gone(file)).count()
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
            now.iter().map(|(file, fact)| (&**file, fact.clone())).collect();
        facts.sort_unstable_by_key(|(file, _)| *file);
        store.write(NAME, 0, &postcard::to_stdvec(&facts).expect("a Vec takes everything"))
    }
}

impl Looking {
    /// What a picture is: as it was found when its bytes were looked at before, in any branch, or now.
    fn look(&self, hash: [u8; 16], bytes: &[u8]) -> Look {
        let size = |look: &Look| match look {
            Look::Raster(raster) => Some(raster.size),
            Look::TooLarge(size) => Some(*size),
            Look::AsItIs | Look::Unreadable(_) => None,
        };
        let is_true = |look: &Look| {
            let is_refused = matches!(look, Look::TooLarge(_));
            size(look).is_none_or(|size| (size.area() > self.max_pixels) == is_refused)
        };
        if let Some(known) = self.shelf.look(hash).filter(is_true) {
            return known;
        }
        let found = look(bytes, self.max_pixels, &self.rooms);
        if self.is_kept {
            self.shelf.write_look(hash, &found);
        }
        found
    }
}
