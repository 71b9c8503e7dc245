//! The project's folder as every stage reads it: text files that must be UTF-8, and walks that leave
//! out editors' litter and refuse symbolic links that lead out of the project.
//!
//! Files are named relative to the root, with `/` on every system, as messages show them.

use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Reported, Source};

/// Hidden files and folders that mean something to web hosts, and are published.
pub(crate) const FOR_HOSTS: [&str; 2] = [".well-known", ".nojekyll"];

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

/// Hidden files, and what editors leave behind: `x.md~`, `.x.md.swp`, `#x.md#`.
fn is_litter(entry: &DirEntry, kept: &[&str]) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_litter = name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || name.ends_with(".tmp");
    is_litter && !kept.contains(&&*name)
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
        Some(io) => Diagnostic::io("read", Path::new(&name), io),
        None => Diagnostic::error("io", error.to_string()).in_file(name),
    }
}

/// The path relative to the root, with `/`.
fn name_of(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Reads a text file of the site.
///
/// # Errors
/// `None` when there is no such file; else what is wrong with it: unreadable, too large, not UTF-8.
pub(crate) fn read_file(root: &Path, name: &str) -> Result<String, Option<Diagnostic>> {
    let bytes = match std::fs::read(root.join(name)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(None),
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
    Diagnostic::error("not-utf8", format!("this file is not UTF-8: byte {at} fits no character"))
        .at(&source, at..at + 1, "")
        .help(help)
}

/// In windows-1251 the Cyrillic letters are 0xC0–0xFF; а–я alone make up most of any such text.
fn looks_like_windows_1251(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let letters = bytes.iter().filter(|byte| **byte >= 0xc0).count();
    let lower = bytes.iter().filter(|byte| **byte >= 0xe0).count();
    letters * 10 >= high * 9 && lower * 2 > letters
}
