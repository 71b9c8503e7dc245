//! [`TestSite`]: a small complete site in a temporary folder, run by the real program.

#![allow(dead_code, reason = "every test program takes what it needs of this")]
#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

pub(crate) mod links;
pub(crate) mod preview;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use scraper::{Html, Selector};
use tempfile::TempDir;

/// What every test site has, unless the test says otherwise: `site.toml` in three languages, two
/// sections, two tags, one author, plain templates, their words; no articles.
const BASE: &str = include_str!("base.txt");

/// When it is, unless a test gives its own `--now`.
const NOW: &str = "2026-01-15T12:00:00+02:00";

/// The beginning of a PNG file, which says its size.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}

/// A small complete site in a temporary folder.
pub(crate) struct TestSite {
    folder: TempDir,
}

impl TestSite {
    /// A site of the usual files and of `files`, which win: each begins with a line `-- path --`.
    pub(crate) fn new(files: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("visti-").tempdir().unwrap();
        let site = Self { folder };
        fs::create_dir(site.root().join("content")).unwrap();
        for (path, text) in split(BASE).into_iter().chain(split(files)) {
            site.put(path, text);
        }
        site
    }

    /// A site that begins as a copy of files and folders of this repository.
    pub(crate) fn of_repository(names: &[&str]) -> Self {
        let folder = tempfile::Builder::new().prefix("visti-").tempdir().unwrap();
        let site = Self { folder };
        for name in names {
            site.copy_of_repository(name, name);
        }
        site
    }

    /// Copies a file or a folder of this repository to a path of the site.
    pub(crate) fn copy_of_repository(&self, name: &str, to: &str) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert!(from.exists(), "the repository has no {name}");
        for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&from).unwrap();
                let path = if below.as_os_str().is_empty() {
                    Path::new(to).to_owned()
                } else {
                    Path::new(to).join(below)
                };
                self.put(path.to_str().unwrap(), fs::read(entry.path()).unwrap());
            }
        }
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    #[expect(clippy::disallowed_methods, reason = "this is the tests' own helper for writing")]
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Reads a text file.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces a part of a file; it must be there.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.put(path, text.replacen(from, to, 1));
    }

    /// Removes a file or a folder.
    pub(crate) fn remove(&self, path: &str) {
        let path = self.root().join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }

    /// Runs `visti build` in the site's folder, with more arguments.
    pub(crate) fn build(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["build"];
        if !arguments.iter().any(|argument| argument.starts_with("--now")) {
            all.extend(["--now", NOW]);
        }
        all.extend(arguments);
        self.visti(&all)
    }

    /// Runs `visti` in the site's folder.
    pub(crate) fn visti(&self, arguments: &[&str]) -> Run {
        self.run(self.command(arguments))
    }

    /// The command that [`TestSite::visti`] runs, for a test that adds to it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_visti"));
        command.args(arguments).current_dir(self.root());
        command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE");
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, mut command: Command) -> Run {
        Run::new(&command.output().unwrap(), self.root())
    }

    /// A published page, by its URL; the site is built first unless that has been done.
    pub(crate) fn page(&self, url: &str) -> Page {
        if !self.root().join("public").is_dir() {
            self.build(&[]).succeeded();
        }
        let path = url.strip_prefix('/').expect("a URL begins with a slash");
        let path = match path {
            _ if path.is_empty() || path.ends_with('/') => format!("public/{path}index.html"),
            _ => format!("public/{path}"),
        };
        Page { html: self.text(&path) }
    }

    /// The published files, by their paths below `public/`, sorted; empty when there is no `public/`.
    pub(crate) fn published(&self) -> Vec<String> {
        self.tree("public").into_keys().collect()
    }

    /// All files below a folder, by their paths below it.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = self.root().join(folder);
        walkdir::WalkDir::new(&folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&folder).unwrap();
                let path = path.to_str().unwrap().replace('\\', "/");
                (path, fs::read(entry.path()).unwrap())
            })
            .collect()
    }
}

/// What a run of the program gave. In its texts the site's folder is `[site]`, and the time that a
/// build took is `[time]`.
pub(crate) struct Run {
    /// Exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error stream.
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: &Output, root: &Path) -> Self {
        let real_root = root.canonicalize().unwrap();
        let text = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
            let text = text.replace(real_root.to_str().unwrap(), "[site]");
            without_time(&text.replace(root.to_str().unwrap(), "[site]"))
        };
        Self {
            status: output.status.code().expect("the program was not killed"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// Fails the test unless the site was built.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.status, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// What an editor reads about problems, for a snapshot; the status must be 1 for "not built", and
    /// 0 for "built with warnings".
    #[track_caller]
    pub(crate) fn problems(&self, status: i32) -> &str {
        assert_eq!(self.status, status, "{}{}", self.stdout, self.stderr);
        self.stderr.trim_end()
    }
}

/// `; 0.03 s` at the end of the summary.
fn without_time(text: &str) -> String {
    let line = |line: &str| match line.rsplit_once("; ") {
        Some((before, time)) if time.ends_with(" s\n") => format!("{before}; [time]\n"),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A published page.
pub(crate) struct Page {
    /// The whole file.
    pub(crate) html: String,
}

impl Page {
    /// The elements that a CSS selector finds, as HTML, one after another on lines of their own.
    pub(crate) fn select(&self, selector: &str) -> String {
        self.elements(selector, |element| element.html()).join("\n")
    }

    /// Their texts, white space collapsed.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.elements(selector, |element| {
            element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        })
    }

    /// The values of an attribute, of those that have it.
    pub(crate) fn attributes(&self, selector: &str, attribute: &str) -> Vec<String> {
        let values = self.elements(selector, |element| element.attr(attribute).map(str::to_owned));
        values.into_iter().flatten().collect()
    }

    fn elements<T>(&self, selector: &str, of: impl Fn(scraper::ElementRef<'_>) -> T) -> Vec<T> {
        let document = Html::parse_document(&self.html);
        document.select(&Selector::parse(selector).expect("a CSS selector")).map(of).collect()
    }
}

/// The files of a text with `-- path --` lines.
fn split(text: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    let mut current: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        if let Some(name) = name {
            files.extend(current.map(|(path, start)| (path, &text[start..at])));
            current = Some((name, at + line.len()));
        } else {
            assert!(current.is_some() || line.trim().is_empty(), "no file for {line:?}");
        }
        at += line.len();
    }
    files.extend(current.map(|(path, start)| (path, &text[start..])));
    files
}
