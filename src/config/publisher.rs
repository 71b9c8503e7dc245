//! `[publisher]` of `site.toml`: who publishes, for search engines and social networks.

use super::Language;
use crate::diagnostic::{Diagnostic, Place};
use crate::table::{Fields, Located};

/// Who publishes the site. Without the table it is the site's title alone.
#[derive(Debug)]
pub struct Publisher {
    /// Indexed by [`super::LanguageId`].
    pub names: Vec<String>,
    /// Its own site, where that is another than this.
    pub url: Option<String>,
    /// Its sign: a path in `static/`.
    pub logo: Option<Named>,
    /// Its pages elsewhere.
    pub same_as: Vec<String>,
    /// Indexed by [`super::LanguageId`]: what networks show of a page without a picture of its own; a path
    /// in `static/`.
    pub share_images: Vec<Option<Named>>,
    /// The standalone page that says who they are.
    pub about: Option<Named>,
    /// The standalone page that says where to write.
    pub contacts: Option<Named>,
    /// The standalone page that says how they work.
    pub principles: Option<Named>,
}

impl Publisher {
    /// The files of the share images, each once: one may stand for several languages.
    #[must_use]
    pub fn share_image_files(&self) -> Vec<&Named> {
        let mut files: Vec<&Named> = Vec::new();
        for image in self.share_images.iter().flatten() {
            if files.iter().all(|file| file.name != image.name) {
                files.push(image);
            }
        }
        files
    }
}

/// A file or page as `site.toml` names it: it is looked for when all of them are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name; of a file in `static/`, the path below it.
    pub name: String,
    /// Where it is named.
    pub place: Place,
}

/// Reads `[publisher]`; no key must be there.
pub(super) fn read(fields: &Fields<'_, '_>, languages: &[Language]) -> Publisher {
    let titles = || languages.iter().map(|language| language.title.clone());
    let Some(table) = fields.table("publisher") else {
        return Publisher {
            names: titles().collect(),
            url: None,
            logo: None,
            same_as: Vec::new(),
            share_images: vec![None; languages.len()],
            about: None,
            contacts: None,
            principles: None,
        };
    };
    let names = per_language(&table, "name", languages).into_iter().zip(titles());
    let names = names.map(|(own, title)| own.map_or(title, |name| name.value.trim().to_owned()));
    let publisher = Publisher {
        names: names.collect(),
        url: table.text("url").and_then(|url| web_address(&table, &url)),
        logo: table.text("logo").map(|path| named_file(&table, &path)),
        same_as: table.texts("same_as").iter().filter_map(|url| web_address(&table, url)).collect(),
        share_images: share_images(&table, languages),
        about: table.text("about").map(|page| named(&table, &page)),
        contacts: table.text("contacts").map(|page| named(&table, &page)),
        principles: table.text("principles").map(|page| named(&table, &page)),
    };
    table.finish();
    publisher
}

fn share_images(table: &Fields<'_, '_>, languages: &[Language]) -> Vec<Option<Named>> {
    let images = per_language(table, "share_image", languages);
    let lacking = languages.iter().zip(&images).filter(|(_, image)| image.is_none());
    let lacking: Vec<String> =
        lacking.map(|(language, _)| format!("`{}`", language.code)).collect();
    // Where no language has one, the key is absent, or of another type, which has been reported.
    if let (1.., Some(at)) = (lacking.len(), table.place_of("share_image"))
        && lacking.len() < languages.len()
    {
        let message =
            format!("`{}` has none for {}", table.path_of("share_image"), lacking.join(", "));
        let help =
            "name a picture for every language, or one for all: `share_image = \"/share.png\"`";
        table.report(Diagnostic::warning("missing-share-image", message).help(help), at);
    }
    images.iter().map(|path| path.as_ref().map(|path| named_file(table, path))).collect()
}

/// `key = { ua = "…", en = "…" }`, or one text for all languages; empty texts are none.
fn per_language<'d>(
    table: &Fields<'d, '_>,
    key: &'static str,
    languages: &[Language],
) -> Vec<Option<Located<&'d str>>> {
    if let Some(text) = table.text_if_text(key) {
        return vec![Some(text); languages.len()];
    }
    let Some(texts) = table.table(key) else { return vec![None; languages.len()] };
    for written in texts.keys() {
        if !languages.iter().any(|language| language.code == written.value) {
            let message = format!("`{}` is no language of this site", written.value);
            let codes: Vec<String> =
                languages.iter().map(|language| format!("`{}`", language.code)).collect();
            let diagnostic = Diagnostic::warning("unknown-language", message)
                .help(format!("the languages are {}", codes.join(", ")));
            texts.report(diagnostic, written.at);
        }
    }
    let text = |language: &Language| texts.text_of(&language.code);
    languages
        .iter()
        .map(text)
        .map(|text| text.filter(|text| !text.value.trim().is_empty()))
        .collect()
}

fn named(table: &Fields<'_, '_>, written: &Located<&str>) -> Named {
    Named { name: written.value.trim().to_owned(), place: table.place(written.at.clone()) }
}

/// A path in `static/`, written with a leading slash as pictures of articles are.
fn named_file(table: &Fields<'_, '_>, written: &Located<&str>) -> Named {
    use unicode_normalization::UnicodeNormalization;
    let Named { name, place } = named(table, written);
    Named { name: name.trim_start_matches('/').nfc().collect(), place }
}

fn web_address(table: &Fields<'_, '_>, url: &Located<&str>) -> Option<String> {
    let address = url.value.trim();
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if rest.is_some_and(|rest| !rest.is_empty() && !address.contains(char::is_whitespace)) {
        return Some(address.to_owned());
    }
    let message = format!("`{}` is not a web address", address.escape_debug());
    let diagnostic = Diagnostic::error("bad-web-address", message)
        .help("begin it with `https://`, or leave it out");
    table.report(diagnostic, url.at.clone());
    None
}
