//! Whatever stands in the file of an article, a site is read to its end: with a message, never a panic.

#![no_main]

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use visti::cache::{Recall, Store};
use visti::diagnostic::{Source, print};
use visti::site::{Drafts, Scheduled, View};

const CONFIG: &str = "base_url = 'https://news.example.org'\ntitle = 'X'\ndefault_language = 'ua'\n\
    timezone = 'Europe/Kyiv'\n[languages.ua]\ntag = 'uk'\nname = 'X'\n[languages.en]\ntag = 'en'\nname = 'X'\n";

/// A site with one article, which is written anew each time.
static SITE: LazyLock<TempDir> = LazyLock::new(|| {
    let site = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir_all(site.path().join("content/ua")).expect("a folder in it");
    fs::write(site.path().join("site.toml"), CONFIG).expect("a file in it");
    site
});

fuzz_target!(|bytes: &[u8]| {
    let root = SITE.path();
    fs::write(root.join("content/ua/article.md"), bytes).expect("the file can be written");
    let state = root.join(".visti");
    let store = Store::open(&state, &root.join("public"), Recall::Nothing, Timestamp::UNIX_EPOCH);
    let view =
        View { now: Timestamp::UNIX_EPOCH, drafts: Drafts::Hidden, scheduled: Scheduled::Hidden };
    let loaded = visti::load(root, None, view, &store.kept_in_memory(), &BTreeSet::new());
    for diagnostic in &loaded.diagnostics {
        let _text = print::json(diagnostic);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let source = Source::new("article.md", text);
        let digest = visti::content::text_digest(&source);
        if let Some(marked) = visti::content::with_translated_from(&source, "0123456789abcdef") {
            // A mark is no word: the digest of the text is what it was.
            let of_marked = visti::content::text_digest(&Source::new("article.md", &marked));
            assert_eq!(of_marked, digest);
        }
    }
});
