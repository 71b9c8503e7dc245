//! Where renditions are kept between builds: `.visti/pictures/`, by what they were made of, so that no
//! picture is made twice, whichever branch or output folder asked for it. Every file ends with a
//! checksum: one that is damaged is as good as absent. Deleting the folder costs only time.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_128;

use super::Look;
use crate::project;

/// The folder below the state folder.
const FOLDER: &str = "pictures";

/// Bytes of the checksum.
const CHECKSUM: usize = 16;

/// What a rendition was made of: its picture's bytes, the crop, the size, format and quality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub(super) [u8; 16]);

/// The renditions that have been made.
#[derive(Debug, Clone)]
pub struct Shelf {
    root: PathBuf,
}

impl Shelf {
    /// The shelf of a site. It need not exist.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The file of a rendition, relative to the site's root.
    #[must_use]
    pub fn file(&self, key: Key) -> String {
        let name = format!("{:032x}", u128::from_be_bytes(key.0));
        let folder = name.get(..2).unwrap_or_default();
        format!("{}/{FOLDER}/{folder}/{name}", project::STATE)
    }

    /// A rendition that has been made.
    #[must_use]
    pub fn read(&self, key: Key) -> Option<Vec<u8>> {
        self.read_file(&self.file(key))
    }

    /// Keeps a rendition: all of it, or nothing.
    ///
    /// # Errors
    /// The system's.
    pub fn write(&self, key: Key, bytes: &[u8]) -> io::Result<()> {
        self.write_file(&self.file(key), bytes)
    }

    /// What was found when a picture with this digest was looked at.
    #[must_use]
    pub fn look(&self, digest: [u8; 16]) -> Option<Look> {
        postcard::from_bytes(&self.read_file(&self.look_file(digest))?).ok()
    }

    /// Keeps what was found. Not keeping it costs only time.
    pub fn write_look(&self, digest: [u8; 16], look: &Look) {
        let bytes = postcard::to_stdvec(look).expect("a Vec takes everything");
        self.write_file(&self.look_file(digest), &bytes).ok();
    }

    fn look_file(&self, digest: [u8; 16]) -> String {
        let version = super::VERSION;
        format!("{}.look-{version}", self.file(Key(digest)))
    }

    fn read_file(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.root.join(name)).ok()?;
        let end = bytes.len().checked_sub(CHECKSUM)?;
        let (payload, checksum) = bytes.split_at(end);
        let is_whole = checksum == xxh3_128(payload).to_le_bytes();
        bytes.truncate(end);
        is_whole.then_some(bytes)
    }

    fn write_file(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.root.join(name);
        // Another build may be making the same: the last one wins, and both are the same.
        let temporary = path.with_extension(format!("{}.new", std::process::id()));
        let mut file = match File::create(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                project::make_state_folder(&self.root.join(project::STATE))?;
                fs::create_dir_all(path.parent().expect("a file of the shelf has a folder"))?;
                File::create(&temporary)?
            }
            created => created?,
        };
        file.write_all(bytes)?;
        file.write_all(&xxh3_128(bytes).to_le_bytes())?;
        // What is kept for years must not be cut by a loss of power.
        file.sync_data()?;
        drop(file);
        fs::rename(&temporary, &path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again_and_git_does_not_see_it() {
        let root = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(root.path().to_owned());
        let key = Key([0xab; 16]);
        assert!(shelf.read(key).is_none());
        shelf.write(key, b"picture").unwrap();
        shelf.write_look([1; 16], &Look::AsItIs);
        assert_eq!(shelf.read(key).as_deref(), Some(&b"picture"[..]));
        assert_eq!(shelf.look([1; 16]), Some(Look::AsItIs));
        assert!(root.path().join(".visti/.gitignore").is_file());
        assert!(shelf.file(key).starts_with(".visti/pictures/ab/abab"));
    }

    #[test]
    fn what_is_damaged_or_cut_is_as_good_as_absent() {
        let root = tempfile::tempdir().unwrap();
        let shelf = Shelf::new(root.path().to_owned());
        let key = Key([1; 16]);
        shelf.write(key, b"picture").unwrap();
        let path = root.path().join(shelf.file(key));
        let whole = fs::read(&path).unwrap();
        let put = |bytes: &[u8]| File::create(&path).unwrap().write_all(bytes).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            put(&damaged);
            assert_eq!(shelf.read(key), None, "byte {at} damaged");
            put(&whole[..at]);
            assert_eq!(shelf.read(key), None, "cut at {at}");
        }
    }
}
