//! `visti status --mark`: notes in a translation what it was made from. The file is replaced as a
//! whole, so whoever reads it meanwhile sees the old text or the new one.

use std::fs;
use std::io;
use std::path::Path;

use super::{digest_of, original};
use crate::content::{EditionId, with_translated_from};
use crate::diagnostic::{Diagnostic, Source};
use crate::project::{locate, read_file};
use crate::site::Site;

/// Marks a translation as made from the original as it is now; gives its file, relative to the root.
///
/// # Errors
/// A path that is no translation of this site, or a file that cannot be read or written.
pub(super) fn mark(site: &Site, path: &Path) -> Result<String, Diagnostic> {
    let shown = path.display().to_string();
    let refused = |message: String, help: &str| {
        Err(Diagnostic::error("not-a-translation", message).in_file(&*shown).help(help))
    };
    let Some(id) = edition_at(site, path) else {
        let help = "name a Markdown file of an article, such as `content/en/2025/12/talks.md`";
        return refused(format!("`{shown}` is no edition of this site"), help);
    };
    let story = site.story_of(id);
    let original = original(site, story);
    if original == id {
        let help =
            "name a translation of it, or say with `original = \"…\"` which edition came first";
        return refused(format!("`{shown}` is the original of its story"), help);
    }
    let file = site.edition(id).file(&site.config);
    let text = read_file(&site.config.root, &file)
        .map_err(|problem| problem.unwrap_or_else(|| gone(&file)))?;
    let marked = digest_of(site, original)
        .and_then(|digest| with_translated_from(&Source::new(&file, &text), &digest));
    let Some(marked) = marked else {
        let help = "run `visti build` to see what is wrong with it";
        return refused(format!("the front matter of `{shown}` cannot be read"), help);
    };
    if marked != text {
        replace(&locate(&site.config.root, &file), &marked)
            .map_err(|error| Diagnostic::io("write", file.as_ref(), &error))?;
    }
    Ok(file)
}

/// The edition whose file this is, whether the path is relative to the working folder or to the root.
fn edition_at(site: &Site, path: &Path) -> Option<EditionId> {
    let wanted = [path.to_owned(), site.config.root.join(path)];
    let wanted = wanted.iter().find_map(|path| fs::canonicalize(path).ok())?;
    let n = u32::try_from(site.content.editions.len()).expect("fewer than 2^32 editions");
    let name = wanted.file_name()?;
    (0..n).map(EditionId).find(|id| {
        let file = locate(&site.config.root, &site.edition(*id).file(&site.config));
        file.file_name() == Some(name) && fs::canonicalize(file).is_ok_and(|file| file == wanted)
    })
}

#[expect(clippy::disallowed_methods, reason = "an article, which its editor asked to change")]
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    let temporary = path.with_file_name(name);
    let written = fs::write(&temporary, text)
        .and_then(|()| fs::set_permissions(&temporary, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        fs::remove_file(&temporary).ok();
    }
    written
}

fn gone(file: &str) -> Diagnostic {
    Diagnostic::io("read", file.as_ref(), &io::Error::from(io::ErrorKind::NotFound))
}
