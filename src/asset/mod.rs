//! `static/` → files that are published as they are, and fingerprinted names for style sheets and
//! scripts, so that a browser may keep them for ever.
//!
//! In: `static/`. Out: [`Assets`]. Every `.css` and `.js` is published a second time, in the same
//! folder, as `name.<8 hex>.css`: pages ask for that name, old addresses keep working.

mod facts;
mod format;
mod size;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

pub use facts::{FileDigest, FileFacts};
pub use format::PictureFormat;
pub use size::{PictureSize, picture_size};

use crate::config::{Config, IconSource};
use crate::diagnostic::{Diagnostic, Reported};
use crate::project;

/// Everything in `static/`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// Sorted by path.
    pub files: Vec<Asset>,
    by_path: FxHashMap<Box<str>, usize>,
}

/// One file of `static/`.
#[derive(Debug, PartialEq, Eq)]
pub struct Asset {
    /// Path below `static/`, with `/`, in NFC.
    pub path: Box<str>,
    /// Path of its second, fingerprinted copy.
    pub fingerprinted: Option<Box<str>>,
}

impl Assets {
    /// The file at a path below `static/`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Asset> {
        self.by_path.get(path).and_then(|index| self.files.get(*index))
    }

    /// All paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|asset| &*asset.path)
    }
}

/// The file of an icon, relative to the root.
#[must_use]
pub fn icon_file(icon: &IconSource) -> String {
    format!("static/{}", icon.path)
}

/// Walks `static/`, which may be absent.
#[must_use]
pub fn read_assets(config: &Config, files: &FileFacts) -> Reported<Assets> {
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    let names = project::walk(&config.root, "static", &project::FOR_HOSTS);
    for name in names.drain_into(&mut diagnostics) {
        let path: String = name.strip_prefix("static/").unwrap_or(&name).nfc().collect();
        match fingerprint(&path, &name, config, files) {
            Ok(fingerprinted) => found.push(Asset { path: path.into(), fingerprinted }),
            Err(error) => diagnostics.push(Diagnostic::io("read", name.as_ref(), &error)),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let by_path =
        found.iter().enumerate().map(|(index, asset)| (asset.path.clone(), index)).collect();
    Reported { value: Assets { files: found, by_path }, diagnostics }
}

/// The fingerprinted path of a style sheet or script.
fn fingerprint(
    path: &str,
    file: &str,
    config: &Config,
    files: &FileFacts,
) -> std::io::Result<Option<Box<str>>> {
    let Some((stem, extension @ ("css" | "js"))) = path.rsplit_once('.') else { return Ok(None) };
    let hash = match files.digest(file) {
        Some(digest) => u128::from_be_bytes(digest.hash),
        None => xxhash_rust::xxh3::xxh3_128(&std::fs::read(config.root.join(file))?),
    };
    Ok(Some(format!("{stem}.{:08x}.{extension}", hash >> 96).into()))
}
