//! The project's folder as every stage reads it: text files that must be UTF-8, and walks that leave
//! out editors' litter and refuse symbolic links that lead out of the project.
//!
//! Files are named relative to the root, with `/` on every system, as messages show them.

use std::fs::{Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Reported, Source};

/// The folder in the root for what belongs to this machine only.
pub(crate) const STATE: &str = ".visti";

/// Hidden files and folders that mean something to web hosts, and are published.
pub(crate) const FOR_HOSTS: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];

/// The files below a folder of the project, sorted by path; none when there is no such folder.
/// Hidden files and what editors leave behind are passed over, unless `kept` names them.
pub(crate) fn walk(root: &Path, folder: &str, kept: &[&str]) -> Reported<Vec<String>> {
    let mut names = Vec::new();
    let mut diagnostics = Vec::new();
    let start = root.join(folder);
    if !start.is_dir() {
        return Reported { value: names, diagnostics };
    }
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut entries = WalkDir::new(&start).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(unreadable(root, &error));
                continue;
            }
        };
        let name = name_of(root, entry.path());
        let is_passed_over = entry.depth() > 0 && is_litter(&entry, kept);
        let leads_away = !is_passed_over
            && entry.path_is_symlink()
            && !entry.path().canonicalize().is_ok_and(|real| real.starts_with(&real_root));
        if leads_away {
            diagnostics.push(leads_out(&name));
        }
        if is_passed_over || leads_away {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        } else if entry.file_type().is_file() {
            names.push(name);
        }
    }
    Reported { value: names, diagnostics }
}

/// Hidden files, and what editors leave behind: `x.md~`, `.x.md.swp`, `#x.md#`, `x.md___jb_tmp___`.
fn is_litter(entry: &DirEntry, kept: &[&str]) -> bool {
    is_litter_name(&entry.file_name().to_string_lossy(), kept)
}

/// The same of a name.
pub(crate) fn is_litter_name(name: &str, kept: &[&str]) -> bool {
    let is_litter = name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || name.ends_with(".tmp")
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___");
    is_litter && !kept.contains(&name)
}

/// A symbolic link whose target lies outside the project.
fn leads_out(name: &str) -> Diagnostic {
    Diagnostic::error("link-leads-out", "this symbolic link leads out of the project")
        .in_file(name)
        .help("put the file itself here, or a link to a file of this project")
}

/// An entry that the walk could not read, or a loop of symbolic links.
fn unreadable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let name = error.path().map_or_else(String::new, |path| name_of(root, path));
    if error.loop_ancestor().is_some() {
        return Diagnostic::error("link-loop", "this symbolic link leads back to its own folder")
            .in_file(name)
            .help("remove the link");
    }
    match error.io_error() {
        Some(io) if io.kind() == ErrorKind::NotFound => {
            Diagnostic::error("link-broken", "this symbolic link leads nowhere")
                .in_file(name)
                .help("remove the link, or restore what it led to")
        }
        Some(io) => Diagnostic::io("read", Path::new(&name), io),
        None => Diagnostic::error("io", error.to_string()).in_file(name),
    }
}

/// The path relative to the root, with `/`.
pub(crate) fn name_of(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Where a file of the site lies on the disk. The model has all names in NFC, but disks and archives
/// from macOS keep й and ї as two characters.
pub(crate) fn locate(root: &Path, name: &str) -> PathBuf {
    let path = root.join(name);
    if name.is_ascii() || path.exists() {
        return path;
    }
    let mut found = root.to_owned();
    for segment in name.split('/') {
        let same = |on_disk: &str| on_disk.nfc().eq(segment.nfc());
        let entries = std::fs::read_dir(&found).into_iter().flatten().filter_map(Result::ok);
        let names = entries.map(|entry| entry.file_name());
        match names.into_iter().find(|on_disk| on_disk.to_str().is_some_and(same)) {
            Some(on_disk) => found.push(on_disk),
            None => return path,
        }
    }
    found
}

/// Reads a text file of the site.
///
/// # Errors
/// `None` when there is no such file; else what is wrong with it: unreadable, too large, not UTF-8.
pub(crate) fn read_file(root: &Path, name: &str) -> Result<String, Option<Diagnostic>> {
    let bytes = match std::fs::read(locate(root, name)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(None),
        Err(error) => return Err(Some(Diagnostic::io("read", Path::new(name), &error))),
    };
    if u32::try_from(bytes.len()).is_err() {
        return Err(Some(
            Diagnostic::error("file-too-large", "this text is larger than 4 GB").in_file(name),
        ));
    }
    // simdutf8 checks Cyrillic text several times faster, and every article is read twice.
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Some(not_utf8(name, &bytes))),
    }
}

/// What a file system says of a file, from which an unchanged file is known without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    byte_len: u64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// When its metadata changed: restoring an old time cannot hide that the bytes are new. Windows
    /// has no such time; there it is when the file was made.
    changed: i64,
    /// Number of the file in its file system; 0 on Windows.
    inode: u64,
}

impl Stamp {
    /// The stamp of a file, `None` when it cannot be had.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        Self::from_metadata(&path.metadata().ok()?)
    }

    #[cfg(unix)]
    fn from_metadata(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let nanoseconds =
            |seconds: i64, rest: i64| seconds.checked_mul(1_000_000_000)?.checked_add(rest);
        Some(Self {
            byte_len: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec())?,
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec())?,
            inode: metadata.ino(),
        })
    }

    #[cfg(not(unix))]
    fn from_metadata(metadata: &Metadata) -> Option<Self> {
        let nanoseconds = |time: io::Result<std::time::SystemTime>| {
            let since = time.ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
            i64::try_from(since.as_nanos()).ok()
        };
        Some(Self {
            byte_len: metadata.len(),
            modified: nanoseconds(metadata.modified())?,
            changed: nanoseconds(metadata.created())?,
            inode: 0,
        })
    }

    /// Whether the file has been quiet for two seconds at a moment. One that has not may be written
    /// once more without its stamp becoming another: clocks of file systems are coarse.
    pub(crate) fn is_settled(&self, at: Timestamp) -> bool {
        const QUIET: SignedDuration = SignedDuration::from_secs(2);
        let latest = self.modified.max(self.changed);
        let latest = Timestamp::from_nanosecond(i128::from(latest)).unwrap_or(Timestamp::MAX);
        latest.checked_add(QUIET).is_ok_and(|quiet| quiet < at)
    }
}

/// Makes the folder for what belongs to this machine only (`.visti`): a newsroom that commits
/// everything must not commit it.
pub(crate) fn make_state_folder(state: &Path) -> io::Result<()> {
    std::fs::create_dir_all(state)?;
    match OpenOptions::new().write(true).create_new(true).open(state.join(".gitignore")) {
        Ok(mut file) => file.write_all(b"*\n"),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

fn not_utf8(name: &str, bytes: &[u8]) -> Diagnostic {
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let lossy = String::from_utf8_lossy(bytes);
    // Up to the first bad byte the lossy text has the same bytes, so the place is the same too.
    let source = Source::new(name, &lossy);
    let help = if looks_like_windows_1251(bytes) {
        "it looks like windows-1251: open it in an editor as that and save it as UTF-8"
    } else {
        "save the file as UTF-8"
    };
    Diagnostic::error(
        "not-utf8",
        format!("this file is not UTF-8: its byte {at} fits no character"),
    )
    .at(&source, at..at + 1, "")
    .help(help)
}

/// In windows-1251 the letters of Russian are 0xC0–0xFF with Ё and ё below; Ukrainian and Belarusian
/// have a few more there, and newspapers dashes and quotation marks. Most letters are small ones.
fn looks_like_windows_1251(bytes: &[u8]) -> bool {
    const LETTERS_BELOW: &[u8] = b"\xa1\xa2\xa5\xa8\xaa\xaf\xb2\xb3\xb4\xb8\xba\xbf";
    const SIGNS: &[u8] = b"\x84\x85\x91\x92\x93\x94\x96\x97\xa0\xab\xb9\xbb";
    let count = |is: &dyn Fn(u8) -> bool| bytes.iter().filter(|byte| is(**byte)).count();
    let n_letters = count(&|byte| byte >= 0xc0 || LETTERS_BELOW.contains(&byte));
    let n_small = count(&|byte| byte >= 0xe0 || b"\xa2\xb3\xb4\xb8\xba\xbf".contains(&byte));
    let n_others = count(&|byte| byte >= 0x80) - n_letters - count(&|byte| SIGNS.contains(&byte));
    n_letters > 1 && n_others * 10 <= n_letters && n_small * 2 > n_letters
}
