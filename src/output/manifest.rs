//! What is published: `.visti-manifest`, which also marks an output folder as ours, and the journal
//! of an unfinished publication.
//!
//! Both are text: a first line with name, version and number of entries, then one entry a line,
//! sorted by path, without times, so that two equal builds have equal manifests:
//!
//! ```text
//! visti-manifest 1 2
//! 99aa06d3014798d86001c324468d497f 1042 ua/2025/12/talks/index.html
//! 2d06800538d394c2f0e2f5a9f9a6d2f8 5120 ua/index.html
//! ```
//!
//! The journal's entries are paths alone. The number of entries unmasks a file that lost its end in
//! a power cut.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use super::{Folders, OutputPath, Verify};
use crate::diagnostic::{Diagnostic, Reported};

/// The manifest's name in the output folder.
pub(super) const MANIFEST: &str = ".visti-manifest";
/// The journal's name in the output folder.
pub(super) const JOURNAL: &str = ".visti-unfinished";

const MANIFEST_MARK: &str = "visti-manifest 1";
const JOURNAL_MARK: &str = "visti-unfinished 1";

/// What a file holds, as far as the manifest and the cache need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// XXH3, 128 bits, in its canonical (big-endian) order.
    pub hash: [u8; 16],
    /// The number of bytes.
    pub byte_len: u64,
}

impl Digest {
    /// The digest of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: xxh3_128(bytes).to_be_bytes(), byte_len: bytes.len() as u64 }
    }

    /// The digest of everything that `reader` gives; `seen` gets it piece by piece.
    pub(super) fn of_stream<E: From<io::Error>>(
        reader: &mut impl Read,
        mut seen: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut hasher = Xxh3::new();
        let mut byte_len = 0;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = match reader.read(&mut piece) {
                Ok(0) => return Ok(Self { hash: hasher.digest128().to_be_bytes(), byte_len }),
                Ok(n_bytes) => {
                    piece.get(..n_bytes).expect("`read` gives no more than it was given")
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            hasher.update(read);
            byte_len += read.len() as u64;
            seen(read)?;
        }
    }

    /// The digest of a file.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        Self::of_stream(&mut File::open(path)?, |_| Ok::<_, io::Error>(()))
    }
}

/// A path that is ours to replace and to delete.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: OutputPath,
    /// What the last finished build published there; `None` when only a journal names the path.
    pub(super) published: Option<Digest>,
    /// Whether what is on disk must be read to be known.
    pub(super) verify: Verify,
}

/// What is in the output folder by our own account of it.
#[derive(Debug, Default)]
pub(super) struct Previous {
    /// Sorted by path, every path once.
    pub(super) entries: Vec<Entry>,
    /// Places in `entries` by the hash of the path: every page of an archive is looked up.
    by_hash: FxHashMap<u64, u32>,
    /// The account is damaged: files that it does not list may be ours all the same.
    pub(super) incomplete: bool,
    /// There is a journal, so the last publication did not come to its end.
    pub(super) unfinished: bool,
}

impl Previous {
    /// Reads the manifest and the journal in `folder`. A damaged one is reported as a warning, since
    /// the next build makes a new one.
    pub(super) fn read(
        folder: &Path,
        folders: &Folders<'_>,
        verify: Verify,
    ) -> Result<Reported<Self>, Diagnostic> {
        let mut diagnostics = Vec::new();
        let read_one = |name: &str| -> Result<Option<String>, Diagnostic> {
            let shown = folders.output_shown().join(name);
            match std::fs::read(folder.join(name)) {
                // What is not UTF-8 does not parse either.
                Ok(bytes) => Ok(Some(String::from_utf8(bytes).unwrap_or_default())),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(Diagnostic::io("read the manifest", &shown, &error)),
            }
        };
        let manifest = read_one(MANIFEST)?;
        let journal = read_one(JOURNAL)?;

        let unfinished = journal.is_some();
        let listed = manifest.map(|text| parse(&text, MANIFEST_MARK, parse_entry));
        let touched = journal.map(|text| parse(&text, JOURNAL_MARK, |line| parse_path(line).ok()));
        if listed == Some(None) {
            diagnostics.push(damaged(&folders.output_shown().join(MANIFEST)));
        }
        // Without its journal, anything may have been left half done.
        let incomplete = listed == Some(None) || touched == Some(None);
        let verify = if incomplete { Verify::Contents } else { verify };

        let mut entries: Vec<Entry> = listed
            .flatten()
            .unwrap_or_default()
            .into_iter()
            .map(|(path, digest)| Entry { path, published: Some(digest), verify })
            .collect();
        add_journal(&mut entries, touched.flatten().unwrap_or_default());
        let by_hash = entries.iter().map(|entry| hash_of(&entry.path)).zip(0..).collect();
        Ok(Reported { value: Self { entries, by_hash, incomplete, unfinished }, diagnostics })
    }

    /// The number of the entry with this path.
    pub(super) fn find(&self, path: &OutputPath) -> Option<usize> {
        let at = *self.by_hash.get(&hash_of(path))? as usize;
        if self.entries[at].path == *path {
            return Some(at);
        }
        // Two paths have the same hash.
        self.entries.binary_search_by(|entry| entry.path.cmp(path)).ok()
    }
}

fn hash_of(path: &OutputPath) -> u64 {
    xxh3_64(path.as_str().as_bytes())
}

fn add_journal(entries: &mut Vec<Entry>, touched: Vec<OutputPath>) {
    let mut unlisted = Vec::new();
    for path in touched {
        match entries.binary_search_by(|entry| entry.path.cmp(&path)) {
            Ok(at) => entries[at].verify = Verify::Contents,
            Err(_) => {
                unlisted.push(Entry { path, published: None, verify: Verify::Contents });
            }
        }
    }
    entries.extend(unlisted);
    entries.sort_by(|a, b| a.path.cmp(&b.path));
}

fn damaged(shown: &Path) -> Diagnostic {
    Diagnostic::warning(
        "output-manifest-damaged",
        "the list of published files is damaged: this build deletes nothing, and makes a new list",
    )
    .in_file(super::shown(shown))
    .help("empty the output folder and build again, to be rid of files that are no longer made")
}

/// The text of a manifest. `contents` is sorted by path.
pub(super) fn manifest_text(contents: &[(&OutputPath, Digest)]) -> String {
    let mut text = String::with_capacity(contents.len() * 100);
    writeln!(text, "{MANIFEST_MARK} {}", contents.len()).expect("a String takes everything");
    for (path, digest) in contents {
        let hash = u128::from_be_bytes(digest.hash);
        writeln!(text, "{hash:032x} {} {path}", digest.byte_len)
            .expect("a String takes everything");
    }
    text
}

/// The text of a journal. `paths` are sorted.
pub(super) fn journal_text(paths: &[&OutputPath]) -> String {
    let mut text = format!("{JOURNAL_MARK} {}\n", paths.len());
    for path in paths {
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// The entries behind the first line; `None` when any is damaged, missing or out of order.
fn parse<T>(text: &str, mark: &str, entry: impl Fn(&str) -> Option<T> + Sync) -> Option<Vec<T>>
where
    T: Listed + Send,
{
    let (first, rest) = text.split_once('\n')?;
    let n_entries: usize = first.strip_prefix(mark)?.strip_prefix(' ')?.parse().ok()?;
    // Of 100 000 stories it has 40 MB, which every build reads.
    let lines: Vec<&str> = rest.split_terminator('\n').collect();
    let entries: Vec<T> = lines.par_iter().map(|line| entry(line)).collect::<Option<_>>()?;
    let whole = text.ends_with('\n')
        && entries.len() == n_entries
        && entries.is_sorted_by(|a, b| a.path() < b.path());
    whole.then_some(entries)
}

/// What both files are lists of.
trait Listed {
    fn path(&self) -> &OutputPath;
}

impl Listed for OutputPath {
    fn path(&self) -> &OutputPath {
        self
    }
}

impl Listed for (OutputPath, Digest) {
    fn path(&self) -> &OutputPath {
        &self.0
    }
}

fn parse_entry(line: &str) -> Option<(OutputPath, Digest)> {
    let mut parts = line.splitn(3, ' ');
    let hash = parts.next().filter(|hash| hash.len() == 32)?;
    let hash = u128::from_str_radix(hash, 16).ok()?.to_be_bytes();
    let byte_len = parts.next()?.parse().ok()?;
    Some((parse_path(parts.next()?).ok()?, Digest { hash, byte_len }))
}

/// A manifest is a file like any other, which anyone may have edited: a path in it that leads out of
/// the output folder must not come to be deleted.
fn parse_path(line: &str) -> Result<OutputPath, super::PathProblem> {
    OutputPath::new(line)
}

#[cfg(test)]
mod tests {
    use super::super::sandbox::{Sandbox, path_of};
    use super::super::{Kind, WhenLocked, open};
    use super::*;

    fn parse_manifest(text: &str) -> Option<Vec<(OutputPath, Digest)>> {
        parse(text, MANIFEST_MARK, parse_entry)
    }

    #[test]
    fn a_manifest_is_read_as_it_was_written() {
        let entries = [
            (path_of("ua/a b.html"), Digest::of(b"a")),
            (path_of("ua/index.html"), Digest::of(b"")),
        ];
        let text = manifest_text(&[(&entries[0].0, entries[0].1), (&entries[1].0, entries[1].1)]);
        insta::assert_snapshot!(text, @"
        visti-manifest 1 2
        a96faf705af16834e6c632b61e964e1f 1 ua/a b.html
        99aa06d3014798d86001c324468d497f 0 ua/index.html
        ");
        assert_eq!(parse_manifest(&text), Some(entries.into()));
        assert_eq!(parse_manifest(&manifest_text(&[])), Some(Vec::new()));
    }

    #[test]
    fn a_damaged_manifest_is_none() {
        let line = "99aa06d3014798d86001c324468d497f 0 a";
        for text in [
            String::new(),
            "visti-manifest 1 1\n".to_owned(),
            format!("visti-manifest 1 1\n{line}"),
            format!("visti-manifest 1 2\n{line}\n{line}\n"),
            format!("visti-manifest 2 1\n{line}\n"),
            format!("visti-manifest 1 1\n{line}/../../b\n"),
            "visti-manifest 1 1\n99aa 0 a\n".to_owned(),
            "visti-manifest 1 1\n99aa06d3014798d86001c324468d497f a\n".to_owned(),
            format!("<<<<<<< HEAD\nvisti-manifest 1 1\n{line}\n"),
        ] {
            assert_eq!(parse_manifest(&text), None, "{text:?}");
        }
    }

    #[test]
    fn the_digest_of_a_stream_is_that_of_its_bytes() {
        let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut seen = Vec::new();
        let digest = Digest::of_stream(&mut bytes.as_slice(), |piece| {
            seen.extend_from_slice(piece);
            Ok::<_, io::Error>(())
        });
        assert_eq!(digest.unwrap(), Digest::of(&bytes));
        assert_eq!(seen, bytes);
    }

    #[test]
    fn with_a_damaged_manifest_nothing_is_deleted_and_a_new_one_is_made() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a", Kind::Page, "old"), ("b", Kind::Page, "b")]).unwrap();
        sandbox.put("public/.visti-manifest", "visti-manifest 1 2\nhalf a li");

        let opened = open(&sandbox.folders(), WhenLocked::Fail, Verify::Size).unwrap();
        let warning = &opened.diagnostics[0];
        assert_eq!(warning.id, "output-manifest-damaged");
        assert_eq!(warning.labels[0].file, "public/.visti-manifest");
        opened.value.write(&path_of("a"), Kind::Page, b"new").unwrap();
        opened.value.commit(None).unwrap();

        let (paths, texts): (Vec<_>, Vec<_>) = sandbox.published().into_iter().unzip();
        assert_eq!((paths, texts), (vec!["a".into(), "b".into()], vec!["new".into(), "b".into()]));
        let again = open(&sandbox.folders(), WhenLocked::Fail, Verify::Size).unwrap();
        assert!(again.diagnostics.is_empty());
    }

    #[test]
    fn a_manifest_that_names_a_file_outside_does_not_get_it_deleted() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        let hash = "99aa06d3014798d86001c324468d497f";
        let text = format!("visti-manifest 1 1\n{hash} 0 ../site.toml\n");
        sandbox.put("public/.visti-manifest", &text);
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        assert!(sandbox.root().join("site.toml").exists());
    }
}
