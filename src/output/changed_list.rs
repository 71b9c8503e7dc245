//! `--changed-list`: what a deploy has to upload and delete, and a CDN to forget.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use super::{OutputPath, Summary};

/// Writes the list, whole or not at all.
pub(super) fn write(file: &Path, summary: &Summary) -> io::Result<()> {
    let mut temporary = file.as_os_str().to_owned();
    temporary.push(".new");
    File::create(&temporary)?.write_all(text(summary).as_bytes())?;
    fs::rename(&temporary, file)
}

/// A line `A`, `M` or `D`, a tab and the path for every file that was added, modified or deleted since
/// the last finished build, sorted by path. Style sheets, scripts and pictures under old fingerprinted
/// names come last: pages that readers have open may still ask for them, so a deploy may delete them
/// days later.
fn text(summary: &Summary) -> String {
    let letters = [('A', &summary.added), ('M', &summary.modified), ('D', &summary.deleted)];
    let mut lines: Vec<(bool, &OutputPath, char)> = letters
        .into_iter()
        .flat_map(|(letter, paths)| paths.iter().map(move |path| (letter, path)))
        .map(|(letter, path)| (letter == 'D' && is_fingerprinted(path.as_str()), path, letter))
        .collect();
    lines.sort_unstable();
    let mut text = String::new();
    for (_, path, letter) in lines {
        writeln!(text, "{letter}\t{path}").expect("writing to a String never fails");
    }
    text
}

/// `style.0a1b2c3d.css`, `hall.0a1b2c3d-640w.avif`
fn is_fingerprinted(path: &str) -> bool {
    let mut parts = path.rsplitn(3, '.');
    let (extension, name) = (parts.next(), parts.next().unwrap_or(""));
    let hash = match extension {
        Some("css" | "js") => name,
        Some("avif" | "webp" | "jpg" | "png") => name.split_once('-').map_or("", |(hash, _)| hash),
        _ => return false,
    };
    let is_hash =
        hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    is_hash && parts.next().is_some_and(|stem| !stem.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<OutputPath> {
        paths.iter().map(|path| OutputPath::new(path).unwrap()).collect()
    }

    #[test]
    fn changes_are_sorted_by_path_and_old_fingerprints_come_last() {
        let summary = Summary {
            added: paths(&["style.00112233.css", "ua/new/index.html"]),
            modified: paths(&["ua/index.html"]),
            deleted: paths(&["app.ffffffff.js", "ru/gone/index.html", "old.css"]),
            ..Summary::default()
        };
        let expected = "D\told.css\nD\tru/gone/index.html\nA\tstyle.00112233.css\n\
                        M\tua/index.html\nA\tua/new/index.html\nD\tapp.ffffffff.js\n";
        assert_eq!(text(&summary), expected);
        assert_eq!(text(&Summary::default()), "");
    }
}
