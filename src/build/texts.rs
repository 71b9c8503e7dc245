//! The texts that all pages are made of: settings, templates, words; and the vocabulary, of which a page
//! shows only some terms. What the last build had of them is remembered to say what changed.

use crate::cache::Store;
use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::template::Theme;

const NAME: &str = "texts";

/// Names of files with the hashes of their texts, sorted.
type Hashes = Vec<(String, u64)>;

/// The texts of this build, and how they differ from the last one's.
#[derive(Debug)]
pub(super) struct Texts {
    today: Hashes,
    /// Whether anything is known of a last build.
    pub(super) is_known: bool,
    /// Those that are not as they were, or are new or gone.
    pub(super) changed: Vec<String>,
}

impl Texts {
    /// Compares the texts of a site with those of the last build.
    pub(super) fn of(site: &Site, theme: &Theme, store: &Store) -> Self {
        let mut today = theme.files.clone();
        today.push((crate::config::FILE.to_owned(), site.config.hash));
        today.extend(site.content.vocabulary.files.iter().cloned());
        today.sort();
        let payload = store.read(NAME, 0);
        let before: Option<Hashes> = payload.and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let is_known = before.is_some();
        let changed = changes(&before.unwrap_or_default(), &today);
        Self { today, is_known, changed }
    }

    /// The hash of all that every page is made of.
    pub(super) fn theme(&self) -> u64 {
        let global = self.today.iter().filter(|(name, _)| !is_vocabulary(name));
        let bytes = postcard::to_stdvec(&global.collect::<Vec<_>>());
        xxhash_rust::xxh3::xxh3_64(&bytes.expect("a Vec takes everything"))
    }

    /// Changed texts that every page is made of.
    pub(super) fn changed_for_all(&self) -> impl Iterator<Item = &String> {
        self.changed.iter().filter(|name| !is_vocabulary(name))
    }

    /// Stages them for the next build, unless they are as they were; gives the name for
    /// [`Store::accept`].
    ///
    /// # Errors
    /// A warning when they cannot be written.
    pub(super) fn stage(&self, store: &Store) -> Result<Option<String>, Diagnostic> {
        if self.is_known && self.changed.is_empty() {
            return Ok(None);
        }
        let bytes = postcard::to_stdvec(&self.today).expect("a Vec takes everything");
        store.stage(NAME, 0, &bytes)?;
        Ok(Some(NAME.to_owned()))
    }
}

/// A change of the vocabulary concerns only the pages that show its terms.
fn is_vocabulary(text: &str) -> bool {
    text.starts_with("content/")
}

/// The names that do not have the same hash in both; both are sorted.
fn changes(before: &[(String, u64)], today: &[(String, u64)]) -> Vec<String> {
    let is_in = |all: &[(String, u64)], text: &(String, u64)| all.binary_search(text).is_ok();
    let changed = today.iter().filter(|text| !is_in(before, text));
    let gone = before.iter().filter(|(name, _)| today.iter().all(|(other, _)| other != name));
    changed.chain(gone).map(|(name, _)| name.clone()).collect()
}
