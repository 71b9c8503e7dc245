//! What is made of pictures, when a page that is shown asks for it: taken from the shelf of builds, or
//! made now and kept in memory, for a preview writes nothing.

use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Bytes;
use rustc_hash::FxHashMap;
use tokio::sync::Semaphore;

use crate::picture::{Key, Rooms, Shelf, decode, encode};
use crate::project;
use crate::render::{MadePicture, Renderer};

/// How many files are kept: those of some pages.
const N_KEPT: usize = 400;

/// What has been made.
#[derive(Debug)]
pub(super) struct Pictures {
    kept: Mutex<FxHashMap<Key, Kept>>,
    rooms: Rooms,
    /// As many as are made at once: more would only take memory.
    pub(super) turns: Semaphore,
}

#[derive(Debug)]
struct Kept {
    /// `None` when it could not be made.
    bytes: Arc<OnceLock<Option<Bytes>>>,
    /// When it was asked for last, counted.
    asked: u64,
}

impl Default for Pictures {
    fn default() -> Self {
        let n_turns = std::thread::available_parallelism().map_or(1, usize::from);
        let (kept, rooms) = (Mutex::default(), Rooms::default());
        Self { kept, rooms, turns: Semaphore::new(n_turns) }
    }
}

/// Whether a path may be that of something made of a picture; most paths are told at a glance.
pub(super) fn is_likely(path: &str) -> bool {
    let mut parts = path.rsplit('.');
    let (_, name) = (parts.next(), parts.next());
    name.is_some_and(|name| name.ends_with('w') && name.contains('-'))
}

impl Pictures {
    /// The bytes of something made of a picture; `None` when it cannot be made. Takes as long as that.
    pub(super) fn get(&self, renderer: &Renderer, wanted: &MadePicture) -> Option<Bytes> {
        let key = wanted.key;
        let bytes = self.entry(key);
        let made = bytes.get_or_init(|| self.make(renderer, wanted)).clone();
        if made.is_none() {
            // The file is about to be read again, or is broken: the next request finds out.
            self.kept.lock().expect("no thread panics with the lock").remove(&key);
        }
        made
    }

    fn entry(&self, key: Key) -> Arc<OnceLock<Option<Bytes>>> {
        let mut kept = self.kept.lock().expect("no thread panics with the lock");
        let asked = kept.values().map(|kept| kept.asked).max().unwrap_or(0) + 1;
        if kept.len() >= N_KEPT
            && !kept.contains_key(&key)
            && let Some(oldest) =
                kept.iter().min_by_key(|(_, kept)| kept.asked).map(|(key, _)| *key)
        {
            kept.remove(&oldest);
        }
        let entry = kept.entry(key).or_insert_with(|| Kept { bytes: Arc::default(), asked });
        entry.asked = asked;
        entry.bytes.clone()
    }

    fn make(&self, renderer: &Renderer, wanted: &MadePicture) -> Option<Bytes> {
        let config = &renderer.site().config;
        let quality = config.pictures.as_ref()?.settings.quality;
        if let Some(made) = Shelf::new(config.root.clone()).read(wanted.key) {
            return Some(made.into());
        }
        let bytes = std::fs::read(project::locate(&config.root, &wanted.file)).ok()?;
        if xxhash_rust::xxh3::xxh3_128(&bytes).to_be_bytes() != wanted.digest {
            return None;
        }
        let rendition = wanted.rendition;
        let pixels = decode(&bytes, &self.rooms).ok()?.draw(rendition.crop, rendition.size);
        let facts = renderer.picture(&wanted.file);
        let rights = facts.raster.as_ref().and_then(|(_, raster)| raster.rights.as_deref());
        encode(&pixels, rendition.format, quality, rights).ok().map(Bytes::from)
    }
}
