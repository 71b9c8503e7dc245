//! A site's folders in a temporary folder, for the tests of this module.
#![expect(clippy::disallowed_methods, reason = "this is the helper by which tests write files")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Folders, Kind, Output, OutputPath, Summary, Verify, WhenLocked, open, publish};
use crate::diagnostic::Diagnostic;

/// A root in a home folder, with content and `site.toml`, and `public` to be made.
pub(super) struct Sandbox {
    home: PathBuf,
    root: PathBuf,
    output: PathBuf,
    sources: Vec<PathBuf>,
    state: PathBuf,
    _temporary: tempfile::TempDir,
}

/// A file of a build: path, kind and contents.
pub(super) type File<'a> = (&'a str, Kind, &'a str);

impl Sandbox {
    pub(super) fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let home = temporary.path().join("home");
        let root = home.join("site");
        fs::create_dir_all(root.join("content/ua")).unwrap();
        fs::write(root.join("site.toml"), "").unwrap();
        Self {
            sources: ["content", "static", "site.toml"].map(|name| root.join(name)).into(),
            state: root.join(".visti"),
            output: root.join("public"),
            home,
            root,
            _temporary: temporary,
        }
    }

    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn output(&self) -> &Path {
        &self.output
    }

    pub(super) fn folders(&self) -> Folders<'_> {
        self.folders_to(&self.output)
    }

    pub(super) fn folders_to<'a>(&'a self, output: &'a Path) -> Folders<'a> {
        Folders {
            root: &self.root,
            output,
            sources: &self.sources,
            state: &self.state,
            home: Some(&self.home),
        }
    }

    /// Writes a file below the root.
    pub(super) fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn open(&self) -> Output {
        open(&self.folders(), WhenLocked::Fail, Verify::Size).unwrap().value
    }

    /// A whole build.
    pub(super) fn build(&self, files: &[File<'_>]) -> Result<Summary, Diagnostic> {
        self.build_stepwise(files, &mut || Ok(()))
    }

    /// A build that asks `step` before every change of the published files.
    pub(super) fn build_stepwise(
        &self,
        files: &[File<'_>],
        step: &mut dyn FnMut() -> io::Result<()>,
    ) -> Result<Summary, Diagnostic> {
        let output = open(&self.folders(), WhenLocked::Fail, Verify::Size)?.value;
        for (path, kind, text) in files {
            output.write(&path_of(path), *kind, text.as_bytes())?;
        }
        publish::publish(output, None, step)
    }

    /// All files and empty folders below `public` with their contents, sorted; of links, the target.
    pub(super) fn tree(&self) -> Vec<(String, String)> {
        tree(&self.output)
    }

    /// As [`Sandbox::tree`], if there is a `public`.
    pub(super) fn tree_if_any(&self) -> Option<Vec<(String, String)>> {
        self.output.exists().then(|| self.tree())
    }

    /// As [`Sandbox::tree`], without the manifest.
    pub(super) fn published(&self) -> Vec<(String, String)> {
        let mut tree = self.tree();
        tree.retain(|(path, _)| path != ".visti-manifest");
        tree
    }
}

pub(super) fn path_of(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        if entry.path_is_symlink() {
            found.push((path, format!("-> {}", fs::read_link(entry.path()).unwrap().display())));
        } else if entry.file_type().is_file() {
            found.push((path, fs::read_to_string(entry.path()).unwrap()));
        } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
            found.push((path + "/", String::new()));
        }
    }
    found.sort();
    found
}

/// Copies a folder without links.
pub(super) fn copy_tree(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
