//! `content/` → the files in it: which are editions, which are published beside them.

use unicode_normalization::UnicodeNormalization;

use super::TermKind;
use super::edition::EditionFile;
use super::front_matter::{self, EditionKind};
use crate::config::{Config, LanguageId};
use crate::diagnostic::{Diagnostic, nearest};
use crate::project;

/// A picture, recording or document beside the articles, published as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentFile {
    /// The language of its folder.
    pub language: LanguageId,
    /// Path below the language folder, with `/`, in NFC.
    pub path: Box<str>,
}

/// What was found, sorted by path.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) editions: Vec<EditionFile>,
    pub(crate) files: Vec<ContentFile>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Files beside the articles that readers may get; anything else there (notes, manuscripts) is kept
/// private.
const PUBLISHED: [&str; 15] = [
    "avif", "csv", "gif", "jpeg", "jpg", "m4a", "mp3", "mp4", "ogg", "pdf", "png", "svg", "vtt",
    "webm", "webp",
];

/// Walks `content/`.
pub(crate) fn walk(config: &Config) -> Found {
    let mut found = Found::default();
    let mut strangers: Vec<String> = Vec::new();
    let names = project::walk(&config.root, "content", &[]).drain_into(&mut found.diagnostics);
    for name in names {
        sort_out(&name, config, &mut found, &mut strangers);
    }
    strangers.sort();
    strangers.dedup();
    for folder in strangers {
        let help = match config.code_meant(&folder) {
            Some(code) => format!("did you mean `content/{code}`?"),
            None => format!(
                "move it to one of {}, or add `[languages.{folder}]` to site.toml",
                config.codes()
            ),
        };
        found.diagnostics.push(
            Diagnostic::error(
                "unknown-language",
                format!("`{folder}` is no language of this site"),
            )
            .in_file(format!("content/{folder}"))
            .help(help),
        );
    }
    found
}

/// The edition that a file is read as; `None` when it is something else, or has a problem by its name.
pub(crate) fn edition_file(name: &str, config: &Config) -> Option<EditionFile> {
    let (mut found, mut strangers) = (Found::default(), Vec::new());
    sort_out(name, config, &mut found, &mut strangers);
    found.editions.pop()
}

fn sort_out(name: &str, config: &Config, found: &mut Found, strangers: &mut Vec<String>) {
    let below = name.strip_prefix("content/").unwrap_or(name);
    let Some((folder, path)) = below.split_once('/') else {
        if !TermKind::ALL.iter().any(|kind| kind.file() == name) {
            found.diagnostics.push(stray(name, config));
        }
        return;
    };
    let Some(language) = config.language_of(folder) else {
        strangers.push(folder.to_owned());
        return;
    };
    let bad = |c: char| c.is_control() || c == '\u{fffd}' || "\\?#%:*\"<>|".contains(c);
    if let Some(character) = path.chars().find(|c| bad(*c) || c.is_whitespace()) {
        let what = front_matter::named(character);
        let message = format!("the name of this file contains {what}, which an address cannot");
        found.diagnostics.push(
            Diagnostic::error("bad-file-name", message)
                .in_file(name)
                .help("rename it: words joined by hyphens"),
        );
        return;
    }
    let path: String = if path.is_ascii() { path.into() } else { path.nfc().collect() };
    match path.strip_suffix(".md") {
        Some(stem) => {
            let kind = if stem.starts_with("pages/") {
                EditionKind::Standalone
            } else {
                EditionKind::Article
            };
            let (stem, is_folder) = match stem.strip_suffix("/index") {
                Some(folder) => (folder, true),
                None => (stem, false),
            };
            let (language, path) = (language.id, stem.into());
            found.editions.push(EditionFile { kind, language, path, is_folder });
        }
        None => {
            let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
            if PUBLISHED.contains(&extension.to_lowercase().as_str()) {
                found.files.push(ContentFile { language: language.id, path: path.into() });
            } else {
                let message = "this file is neither an article nor a picture: it is not published";
                found.diagnostics.push(
                    Diagnostic::warning("stray-file", message)
                        .in_file(name)
                        .help("move it to `static/` to publish it, or out of `content/`"),
                );
            }
        }
    }
}

fn stray(name: &str, config: &Config) -> Diagnostic {
    if name.ends_with(".md") {
        let code = &config.language(config.default_language).code;
        return Diagnostic::error("unknown-language", "this article is in no language's folder")
            .in_file(name)
            .help(format!("move it to a language's folder, such as `content/{code}/`"));
    }
    let names = TermKind::ALL.map(TermKind::file);
    let help = match nearest(name, names) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "move it to `static/` to publish it".to_owned(),
    };
    Diagnostic::warning("stray-file", "this file is not used").in_file(name).help(help)
}
