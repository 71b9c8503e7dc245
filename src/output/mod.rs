//! Bytes → `public/`: changed files only, in an order that a reader never notices.
//!
//! In go the bytes of every file of the site, from many threads ([`Output::write`], [`Output::copy`],
//! or [`Output::keep`] for a file that is known to be as it was). Out come the files, when and only
//! when the caller says that all of them are good ([`Output::commit`]). Dropping the [`Output`]
//! instead leaves the published files as they were, to the nanosecond of their times.
//!
//! # How a build is published
//!
//! **Into a missing or empty folder**: the tree grows beside it, on the same file system
//! (`.public.visti-building`), and the folder is renamed once. **Otherwise**: what differs is staged
//! in `public/.visti-staging`, and moved into place file by file: assets, new files, replaced pages,
//! replaced feeds, deletions, manifest. So what a page links to is there before the page is, and goes
//! after it. This is also the way into an empty folder that cannot be renamed, such as a mount point.
//!
//! # What happens when it is killed
//!
//! Before the first move the paths that will be touched are written to a journal,
//! `public/.visti-unfinished`, which is removed after the new manifest is in place. The next build
//! that finds a journal knows that the files it names are its own and may hold anything, so it
//! compares them with what they should be byte by byte; all others it trusts the manifest for. The
//! journal also marks the folder as ours when the first build was killed before its manifest.
//!
//! Nothing is flushed to the disk file by file, which would make a first build many times slower: a
//! killed process loses nothing that it wrote. A power cut can truncate files; the next build finds
//! that by their sizes, and a truncated manifest or journal by its number of entries.
//!
//! # What is never done
//!
//! * A file that neither manifest nor journal lists is not deleted, and not replaced unless it holds
//!   the same bytes. (While the manifest is damaged it may be replaced.)
//! * A link in the output folder is not followed: one in a file's place is replaced, one in a
//!   folder's place is an error. The output folder itself may be a link.

mod changed_list;
mod folder;
mod lock;
mod manifest;
mod path;
mod publish;
#[cfg(test)]
mod sandbox;
mod staging;

pub use manifest::Digest;
pub use path::{OutputPath, PathProblem};

use std::fs::File;
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Diagnostic, Reported};
use lock::Lock;
use manifest::Previous;
use staging::{Layout, Staging, join};

/// What a file is for, which decides when it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What pages show: published first.
    Asset,
    /// What people read.
    Page,
    /// What machines read, and what lists pages for them: replaced last.
    Feed,
}

/// The folders of a site, absolute or relative to the working folder.
#[derive(Debug, Clone, Copy)]
pub struct Folders<'a> {
    /// The site's root; messages name what lies in it relative to it.
    pub root: &'a Path,
    /// Where the site is published. Need not exist.
    pub output: &'a Path,
    /// What the site is made of: content, templates, static files, `site.toml`. Need not exist.
    pub sources: &'a [PathBuf],
    /// Where the lock is kept, one for every output folder: `.visti` in the root. Made if missing.
    pub state: &'a Path,
    /// The user's home folder, if there is one: never in the output folder.
    pub home: Option<&'a Path>,
}

/// What to do when another build holds the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenLocked {
    /// Give up at once.
    Fail,
    /// Wait until it is done.
    Wait,
}

/// How a published file is compared with what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verify {
    /// By the manifest's hash and the size on disk.
    Size,
    /// By reading it.
    Contents,
}

/// An output folder that is locked for one build, with what was staged for it so far.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// How messages name `folder`.
    shown: PathBuf,
    /// Messages name what lies in it relative to it.
    root: PathBuf,
    previous: Previous,
    /// For every entry of `previous`, whether it is in this build too.
    claimed: Box<[AtomicBool]>,
    /// All files of this build, but for those that the manifest vouches for unchanged.
    claims: Mutex<Vec<Claim>>,
    // Before the lock, since fields are dropped in this order.
    staging: Staging,
    _lock: Lock,
}

/// One file of this build.
#[derive(Debug)]
struct Claim {
    path: OutputPath,
    digest: Digest,
    /// `None` when what is published holds the same bytes.
    staged: Option<Staged>,
}

/// A file that waits to be published.
#[derive(Debug, Clone, Copy)]
struct Staged {
    number: u32,
    kind: Kind,
}

/// What a build changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files that were written, also to heal one that was missing or damaged.
    pub n_written: usize,
    /// Files that were left alone.
    pub n_unchanged: usize,
    /// Paths that the last finished build did not have, sorted.
    pub added: Vec<OutputPath>,
    /// Paths whose contents differ from the last finished build's, sorted.
    pub modified: Vec<OutputPath>,
    /// Paths that only the last finished build had, sorted.
    pub deleted: Vec<OutputPath>,
}

/// Accepts and locks the output folder, reads what is published, and sweeps what a killed build left.
///
/// A damaged manifest is a warning: then nothing will be deleted.
///
/// # Errors
/// `output-refused` for a folder that could not be meant or has files that are not ours,
/// `output-locked` when another build holds it, `io`.
pub fn open(
    folders: &Folders<'_>,
    when_locked: WhenLocked,
    verify: Verify,
) -> Result<Reported<Output>, Diagnostic> {
    let shown = folders.output_shown();
    let (resolved, _) = folder::accept(folders)?;
    let lock = lock::take(folders.state, &resolved, &shown, when_locked)?;
    // Looked at again: while this build waited, another may have filled the folder.
    let (folder, found) = folder::accept(folders)?;
    let staging = Staging::begin(&folder, found)
        .map_err(|error| Diagnostic::io("write to the output folder", &shown, &error))?;
    let Reported { value: previous, diagnostics } = match staging.layout {
        Layout::Aside => Reported { value: Previous::default(), diagnostics: Vec::new() },
        Layout::Inside => Previous::read(&folder, folders, verify)?,
    };
    let claimed = previous.entries.iter().map(|_| AtomicBool::new(false)).collect();
    let claims = Mutex::new(Vec::new());
    let root = folders.root.to_owned();
    let output = Output { folder, shown, root, previous, claimed, claims, staging, _lock: lock };
    Ok(Reported { value: output, diagnostics })
}

impl Output {
    /// Puts a file into this build. If the same bytes are published, they are left alone; otherwise
    /// they are staged. Called from many threads; every path once.
    ///
    /// # Errors
    /// `io`, with the path; `output-path-conflict` when a folder would have to be a file.
    ///
    /// # Panics
    /// When the path was given before: the site's routes are distinct.
    pub fn write(&self, path: &OutputPath, kind: Kind, bytes: &[u8]) -> Result<Digest, Diagnostic> {
        let digest = Digest::of(bytes);
        if self.is_published(path, digest)? {
            self.claim(path, digest, None);
        } else {
            let (mut file, number) = self.create(path)?;
            file.write_all(bytes).map_err(|error| self.io("write this file", path, &error))?;
            self.claim(path, digest, Some(Staged { number, kind }));
        }
        Ok(digest)
    }

    /// Like [`Output::write`], with the bytes of the file `from`, which may be larger than the memory.
    ///
    /// # Errors
    /// As of [`Output::write`]; `io` also when `from` cannot be read.
    ///
    /// # Panics
    /// As [`Output::write`].
    pub fn copy(&self, path: &OutputPath, kind: Kind, from: &Path) -> Result<Digest, Diagnostic> {
        let from_shown = relative_to(&self.root, from);
        let unreadable = |error: io::Error| Diagnostic::io("read this file", from_shown, &error);
        let mut source = File::open(from).map_err(unreadable)?;
        let byte_len = source.metadata().map_err(unreadable)?.len();
        if self.published_len(path)? == Some(byte_len) {
            let digest = Digest::of_stream(&mut source, |_| Ok(())).map_err(unreadable)?;
            if self.is_published(path, digest)? {
                self.claim(path, digest, None);
                return Ok(digest);
            }
            source.rewind().map_err(unreadable)?;
        }
        let (mut file, number) = self.create(path)?;
        let digest =
            Digest::of_stream(&mut source, |piece| file.write_all(piece).map_err(CopyError::Write))
                .map_err(|error| match error {
                    CopyError::Read(error) => unreadable(error),
                    CopyError::Write(error) => self.io("write this file", path, &error),
                })?;
        self.claim(path, digest, Some(Staged { number, kind }));
        Ok(digest)
    }

    /// Puts a file into this build whose bytes are known to have this digest, if just these are
    /// published. If not, gives `false`, and the caller must make the bytes and write them.
    ///
    /// # Errors
    /// `io`, with the path.
    ///
    /// # Panics
    /// As [`Output::write`].
    pub fn keep(&self, path: &OutputPath, digest: Digest) -> Result<bool, Diagnostic> {
        let Some(at) = self.previous.find(path) else { return Ok(false) };
        let entry = &self.previous.entries[at];
        if entry.verify == Verify::Size {
            // Called for every page of an archive: one look at the manifest, one at the disk.
            let is_published = entry.published == Some(digest)
                && self.published_len(path)? == Some(digest.byte_len);
            if is_published {
                self.claim_entry(at, path);
            }
            return Ok(is_published);
        }
        let is_published = self.is_published(path, digest)?;
        if is_published {
            self.claim(path, digest, None);
        }
        Ok(is_published)
    }

    /// What the last build published and this one has not named so far, sorted by path.
    pub fn left_over(&self) -> impl Iterator<Item = &OutputPath> {
        let entries = self.previous.entries.iter().zip(&self.claimed);
        let left_over = entries.filter(|(_, claimed)| !claimed.load(Ordering::Relaxed));
        left_over.map(|(entry, _)| &entry.path)
    }

    /// Whether the last build published a file here.
    #[must_use]
    pub fn was_published(&self, path: &str) -> bool {
        OutputPath::new(path).is_ok_and(|path| self.previous.find(&path).is_some())
    }

    /// Publishes this build: moves what was staged into place, deletes what the last build published
    /// and this one did not name, with the folders that this empties, and writes the manifest. Before
    /// the manifest, `changed_list` is written, if one is wanted: a build that is killed has it then,
    /// or the next build finds the same changes again.
    ///
    /// # Errors
    /// `output-foreign-file`, `output-link` and `output-path-conflict` for what is in the way: then
    /// nothing has been published. `io`: then some files may have been; the next build completes it.
    ///
    /// # Panics
    /// When a path was given twice.
    pub fn commit(self, changed_list: Option<&Path>) -> Result<Summary, Diagnostic> {
        publish::publish(self, changed_list, &mut || Ok(()))
    }

    /// Whether the published file is a regular file that has this digest.
    fn is_published(&self, path: &OutputPath, digest: Digest) -> Result<bool, Diagnostic> {
        let entry = self.previous.find(path).map(|at| &self.previous.entries[at]);
        let by_size = entry.is_some_and(|entry| entry.verify == Verify::Size);
        if by_size && entry.is_some_and(|entry| entry.published != Some(digest)) {
            return Ok(false);
        }
        if self.published_len(path)? != Some(digest.byte_len) {
            return Ok(false);
        }
        if by_size {
            return Ok(true);
        }
        let on_disk = Digest::of_file(&join(&self.folder, path))
            .map_err(|error| self.io("read this file", path, &error))?;
        Ok(on_disk == digest)
    }

    /// The size of the published file; `None` if there is none, or something else in its place.
    fn published_len(&self, path: &OutputPath) -> Result<Option<u64>, Diagnostic> {
        if self.staging.layout == Layout::Aside {
            return Ok(None);
        }
        match join(&self.folder, path).symlink_metadata() {
            Ok(metadata) => Ok(metadata.is_file().then_some(metadata.len())),
            Err(error) if is_nothing_there(&error) => Ok(None),
            Err(error) => Err(self.io("look at this file", path, &error)),
        }
    }

    fn create(&self, path: &OutputPath) -> Result<(File, u32), Diagnostic> {
        let error = match self.staging.create(path) {
            Ok(created) => return Ok(created),
            Err(error) => error,
        };
        if self.staging.layout == Layout::Aside {
            let target = join(&self.staging.folder, path);
            match error.kind() {
                ErrorKind::AlreadyExists if target.is_dir() => return Err(self.conflict(path)),
                ErrorKind::AlreadyExists => panic!("the site's routes give `{path}` twice"),
                ErrorKind::NotADirectory => return Err(self.conflict(path)),
                _ => {}
            }
        }
        Err(self.io("write this file", path, &error))
    }

    fn claim(&self, path: &OutputPath, digest: Digest, staged: Option<Staged>) {
        if let Some(at) = self.previous.find(path) {
            self.claim_entry(at, path);
            if staged.is_none() && self.previous.entries[at].verify == Verify::Size {
                return;
            }
        }
        let claim = Claim { path: path.clone(), digest, staged };
        self.claims.lock().expect("nothing panics while it holds the claims").push(claim);
    }

    fn claim_entry(&self, at: usize, path: &OutputPath) {
        let twice = self.claimed[at].swap(true, Ordering::Relaxed);
        assert!(!twice, "the site's routes give `{path}` twice");
    }

    fn conflict(&self, path: &OutputPath) -> Diagnostic {
        Diagnostic::error(
            "output-path-conflict",
            format!("`{path}` cannot be a file and a folder, or lie in a file"),
        )
        .in_file(shown(&self.shown.join(path.as_str())))
        .help("give one of the pages or files another address")
    }

    fn io(&self, doing: &str, path: &OutputPath, error: &io::Error) -> Diagnostic {
        Diagnostic::io(doing, &self.shown.join(path.as_str()), error)
    }
}

impl Folders<'_> {
    /// The output folder as messages name it.
    fn output_shown(&self) -> PathBuf {
        relative_to(self.root, self.output).to_owned()
    }
}

/// Which side of a copy failed.
enum CopyError {
    Read(io::Error),
    Write(io::Error),
}

impl From<io::Error> for CopyError {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

/// What lies in `root`, without it; any other path as it is.
fn relative_to<'a>(root: &Path, path: &'a Path) -> &'a Path {
    match path.strip_prefix(root) {
        Ok(relative) if !relative.as_os_str().is_empty() => relative,
        _ => path,
    }
}

/// A path with `/` on every system.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// Whether an error says only that there is no such file.
fn is_nothing_there(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::SystemTime;

    use super::sandbox::{Sandbox, path_of};
    use super::*;

    fn modified(sandbox: &Sandbox, path: &str) -> SystemTime {
        fs::metadata(sandbox.output().join(path)).unwrap().modified().unwrap()
    }

    fn texts(tree: &[(String, String)]) -> Vec<(&str, &str)> {
        tree.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    #[test]
    fn a_first_build_appears_at_once() {
        let sandbox = Sandbox::new();
        let output = sandbox.open();
        output.write(&path_of("ua/talks/index.html"), Kind::Page, b"talks").unwrap();
        assert!(!sandbox.output().exists(), "nothing before the end");
        let summary = output.commit(None).unwrap();
        assert_eq!((summary.n_written, summary.n_unchanged), (1, 0));
        assert_eq!(summary.added, [path_of("ua/talks/index.html")]);
        assert_eq!(texts(&sandbox.published()), [("ua/talks/index.html", "talks")]);
        let mut names: Vec<_> =
            fs::read_dir(sandbox.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, [".visti", "content", "public", "site.toml"], "nothing is left aside");
    }

    #[test]
    fn a_first_build_into_an_empty_folder_or_beside_dot_entries_works_too() {
        let sandbox = Sandbox::new();
        fs::create_dir(sandbox.output()).unwrap();
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        assert_eq!(texts(&sandbox.published()), [("a", "a")]);

        let sandbox = Sandbox::new();
        sandbox.put("public/.git/HEAD", "main");
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        assert_eq!(texts(&sandbox.published()), [(".git/HEAD", "main"), ("a", "a")]);
    }

    #[test]
    fn a_build_that_is_given_up_leaves_everything_as_it_was() {
        let sandbox = Sandbox::new();
        drop(sandbox.open());
        assert!(!sandbox.output().exists());

        sandbox.build(&[("a", Kind::Page, "old"), ("b", Kind::Page, "b")]).unwrap();
        let before =
            (sandbox.tree(), modified(&sandbox, "a"), modified(&sandbox, ".visti-manifest"));
        let output = sandbox.open();
        output.write(&path_of("a"), Kind::Page, b"new").unwrap();
        output.write(&path_of("c/d"), Kind::Page, b"new").unwrap();
        drop(output);
        let after =
            (sandbox.tree(), modified(&sandbox, "a"), modified(&sandbox, ".visti-manifest"));
        assert_eq!(before, after);
    }

    #[test]
    fn unchanged_files_are_not_touched_and_changed_ones_are_told() {
        let sandbox = Sandbox::new();
        let old = [("a", Kind::Page, "a"), ("b", Kind::Page, "old"), ("c/c", Kind::Page, "c")];
        sandbox.build(&old).unwrap();
        let before = modified(&sandbox, "a");
        let new = [("a", Kind::Page, "a"), ("b", Kind::Page, "new"), ("d/d", Kind::Page, "d")];
        let summary = sandbox.build(&new).unwrap();
        assert_eq!(modified(&sandbox, "a"), before);
        let expected = Summary {
            n_written: 2,
            n_unchanged: 1,
            added: vec![path_of("d/d")],
            modified: vec![path_of("b")],
            deleted: vec![path_of("c/c")],
        };
        assert_eq!(summary, expected);
        // The folder `c` is gone as well.
        assert_eq!(texts(&sandbox.published()), [("a", "a"), ("b", "new"), ("d/d", "d")]);
    }

    #[test]
    fn a_build_without_changes_does_not_write_the_manifest_again() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        let before = modified(&sandbox, ".visti-manifest");
        let summary = sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        assert_eq!(summary, Summary { n_unchanged: 1, ..Summary::default() });
        assert_eq!(modified(&sandbox, ".visti-manifest"), before);
    }

    #[test]
    fn a_missing_a_truncated_and_a_replaced_file_are_healed() {
        let sandbox = Sandbox::new();
        let files = ["a", "b", "c"].map(|path| (path, Kind::Page, "right"));
        sandbox.build(&files).unwrap();
        let healthy = sandbox.tree();
        fs::remove_file(sandbox.output().join("a")).unwrap();
        sandbox.put("public/b", "rig");
        fs::remove_file(sandbox.output().join("c")).unwrap();
        fs::create_dir(sandbox.output().join("c")).unwrap();
        let summary = sandbox.build(&files).unwrap();
        assert_eq!(summary, Summary { n_written: 3, ..Summary::default() });
        assert_eq!(sandbox.tree(), healthy);
    }

    #[test]
    fn an_edited_file_of_the_same_size_is_found_only_by_its_contents() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a", Kind::Page, "right")]).unwrap();
        sandbox.put("public/a", "wrong");
        let build = |verify| {
            let output = open(&sandbox.folders(), WhenLocked::Fail, verify).unwrap().value;
            output.write(&path_of("a"), Kind::Page, b"right").unwrap();
            output.commit(None).unwrap();
            fs::read_to_string(sandbox.output().join("a")).unwrap()
        };
        assert_eq!(build(Verify::Size), "wrong");
        assert_eq!(build(Verify::Contents), "right");
    }

    #[test]
    fn a_file_is_kept_only_if_just_this_is_published() {
        let sandbox = Sandbox::new();
        let files = ["a", "b", "c"].map(|path| (path, Kind::Page, "text"));
        sandbox.build(&files).unwrap();
        sandbox.put("public/b", "tex");
        let output = sandbox.open();
        assert_eq!(output.keep(&path_of("a"), Digest::of(b"text")), Ok(true));
        assert_eq!(output.keep(&path_of("b"), Digest::of(b"text")), Ok(false), "damaged");
        assert_eq!(output.keep(&path_of("c"), Digest::of(b"tell")), Ok(false), "another text");
        assert_eq!(output.keep(&path_of("d"), Digest::of(b"text")), Ok(false), "not there");
        output.write(&path_of("b"), Kind::Page, b"text").unwrap();
        output.commit(None).unwrap();
        assert_eq!(texts(&sandbox.published()), [("a", "text"), ("b", "text")]);
    }

    #[test]
    fn a_copied_file_is_treated_like_a_written_one() {
        let sandbox = Sandbox::new();
        let large = "0123456789".repeat(20_000);
        let copy = |text: &str| {
            sandbox.put("static/map.svg", text);
            let output = sandbox.open();
            let from = sandbox.root().join("static/map.svg");
            let digest = output.copy(&path_of("img/map.svg"), Kind::Asset, &from).unwrap();
            assert_eq!(digest, Digest::of(text.as_bytes()));
            output.commit(None).unwrap()
        };
        assert_eq!(copy(&large).n_written, 1);
        assert_eq!(copy(&large).n_unchanged, 1);
        let reversed: String = large.chars().rev().collect();
        assert_eq!(copy(&reversed).n_written, 1, "of the same size, but another file");
        assert_eq!(copy("").n_written, 1);
        assert_eq!(texts(&sandbox.published()), [("img/map.svg", "")]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let sandbox = Sandbox::new();
        let output = sandbox.open();
        let error = output.copy(&path_of("a"), Kind::Asset, Path::new("gone.svg")).unwrap_err();
        assert_eq!((&*error.id, error.labels[0].file.as_str()), ("io", "gone.svg"));
    }

    #[test]
    fn a_path_that_is_a_file_and_a_folder_is_an_error_before_anything_is_published() {
        for public_is_there in [false, true] {
            let sandbox = Sandbox::new();
            if public_is_there {
                sandbox.build(&[("z", Kind::Page, "z")]).unwrap();
            }
            let before = sandbox.tree_if_any();
            for (first, second) in [("a", "a/b"), ("a/b", "a")] {
                let files =
                    [(first, Kind::Page, ""), ("a-b", Kind::Page, ""), (second, Kind::Page, "")];
                assert_eq!(sandbox.build(&files).unwrap_err().id, "output-path-conflict");
                assert_eq!(sandbox.tree_if_any(), before);
            }
        }
    }

    #[test]
    #[should_panic(expected = "the site's routes give `a` twice")]
    fn giving_a_path_twice_in_a_first_build_is_our_own_mistake() {
        let files = [("a", Kind::Page, "1"), ("a", Kind::Page, "2")];
        drop(Sandbox::new().build(&files));
    }

    #[test]
    #[should_panic(expected = "the site's routes give `b` twice")]
    fn giving_a_new_path_twice_is_our_own_mistake() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        drop(sandbox.build(&[("b", Kind::Page, "1"), ("b", Kind::Page, "2")]));
    }

    #[test]
    #[should_panic(expected = "the site's routes give `a` twice")]
    fn giving_an_unchanged_path_twice_is_our_own_mistake() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        drop(sandbox.build(&[("a", Kind::Page, "a"), ("a", Kind::Page, "a")]));
    }

    #[test]
    fn two_builds_into_one_folder_do_not_meet() {
        let sandbox = Sandbox::new();
        let _first = sandbox.open();
        let error = open(&sandbox.folders(), WhenLocked::Fail, Verify::Size).unwrap_err();
        let holder = format!("process {} is building into this folder", std::process::id());
        assert_eq!((&*error.id, error.message), ("output-locked", holder));
        assert_eq!(error.labels[0].file, "public");
    }

    #[test]
    fn what_a_killed_build_left_is_swept() {
        let sandbox = Sandbox::new();
        sandbox.put(".public.visti-building/ua/index.html", "half");
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        assert!(!sandbox.root().join(".public.visti-building").exists());
        sandbox.put("public/.visti-staging/7", "half");
        sandbox.build(&[("a", Kind::Page, "a")]).unwrap();
        assert_eq!(texts(&sandbox.published()), [("a", "a")]);
    }

    #[cfg(unix)]
    #[test]
    fn files_have_the_mode_0644_and_folders_0755() {
        use std::os::unix::fs::PermissionsExt;
        let sandbox = Sandbox::new();
        sandbox.build(&[("a/a", Kind::Page, "1")]).unwrap();
        sandbox.build(&[("a/a", Kind::Page, "2"), ("b/b", Kind::Page, "2")]).unwrap();
        for (path, expected) in
            [("", 0o755), ("a", 0o755), ("a/a", 0o644), ("b", 0o755), (".visti-manifest", 0o644)]
        {
            let mode = fs::metadata(sandbox.output().join(path)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, expected, "{path}");
        }
    }

    #[test]
    fn the_manifest_does_not_depend_on_the_order_of_writing() {
        let files = [("a", Kind::Page, "1"), ("b/b", Kind::Feed, "2"), ("c", Kind::Asset, "3")];
        let forwards = Sandbox::new();
        forwards.build(&files).unwrap();
        let backwards = Sandbox::new();
        backwards.build(&[files[2], files[1], files[0]]).unwrap();
        assert_eq!(forwards.tree(), backwards.tree());
    }
}
