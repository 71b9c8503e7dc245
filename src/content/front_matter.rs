//! The TOML between `+++` lines of one Markdown file → [`FrontMatter`], with every problem at its
//! place. Terms are still the words that were written; [`super::edition`] finds them.

use std::borrow::Cow;
use std::ops::Range;

use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::genre::{self, Genre};
use super::moment::{DateProblem, Moment};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Source};
use crate::locale::Typography;
use crate::table::{Document, Fields, Located};

/// What front matter says, as it was written.
#[derive(Debug)]
pub(crate) struct FrontMatter<'s> {
    pub(crate) title: Option<&'s str>,
    pub(crate) date: Option<Moment>,
    pub(crate) updated: Option<Moment>,
    pub(crate) publish_at: Option<Moment>,
    pub(crate) unpublish_at: Option<Moment>,
    pub(crate) summary: Option<&'s str>,
    pub(crate) genre: Genre,
    pub(crate) section: Option<Located<&'s str>>,
    pub(crate) tags: Vec<Located<&'s str>>,
    pub(crate) authors: Vec<Located<&'s str>>,
    pub(crate) slug: Option<Box<str>>,
    pub(crate) story: Option<Box<str>>,
    pub(crate) is_draft: bool,
    pub(crate) has_typography: bool,
    pub(crate) image: Option<Picture>,
    pub(crate) sources: Box<[NewsSource]>,
    pub(crate) corrections: Box<[Correction]>,
    pub(crate) key_points: Vec<&'s str>,
    pub(crate) related: Box<[Box<str>]>,
    pub(crate) pinned_until: Option<Moment>,
    pub(crate) breaking_until: Option<Moment>,
    pub(crate) aliases: Box<[Box<str>]>,
    pub(crate) original: Option<Located<&'s str>>,
    pub(crate) translated_from: Option<&'s str>,
    pub(crate) extra: Option<Box<serde_json::Map<String, serde_json::Value>>>,
}

/// The lead picture of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Picture {
    /// With a leading slash: in `static/`; else beside the article.
    pub src: Box<str>,
    /// What can be seen, for those who cannot see it; empty when the picture only decorates.
    pub alt: Box<str>,
    /// What is to be seen and when.
    pub caption: Option<Box<str>>,
    /// Who made it.
    pub credit: Option<Box<str>>,
    /// Whether the newsroom says that nobody is to be named: `credit = ""`.
    pub is_anonymous: bool,
    /// Whether it shows something like the event, not the event.
    pub is_illustrative: bool,
}

impl Picture {
    /// With its caption and credit as a language wants them; `alt` is not text of the page.
    pub(crate) fn set(self, typography: &Typography) -> Self {
        let set = |text: Box<str>| -> Box<str> {
            match typography.set(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(set) => set.into(),
            }
        };
        Self { caption: self.caption.map(set), credit: self.credit.map(set), ..self }
    }
}

impl Correction {
    /// With its text as a language wants it.
    pub(crate) fn set(self, typography: &Typography) -> Self {
        Self { text: typography.set(&self.text).into(), ..self }
    }
}

/// Somebody else's report that an article rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewsSource {
    /// Its name: `Reuters`.
    pub name: Box<str>,
    /// Where it can be read.
    pub url: Option<Box<str>>,
}

/// A mistake in the text that was mended after publication, as readers are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Correction {
    /// When it was mended.
    pub date: Moment,
    /// What was wrong, and what is right: plain text.
    pub text: Box<str>,
}

/// What a Markdown file is, by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EditionKind {
    /// A news article: has a date.
    Article,
    /// A standalone page (`pages/`): may do without.
    Standalone,
}

/// The parts of a Markdown file, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The TOML between the fences.
    pub(crate) toml: Range<usize>,
    /// Everything behind the closing fence.
    pub(crate) body: Range<usize>,
}

const FENCE: &str = "+++";

/// Finds the front matter. A byte order mark, CRLF and spaces behind a fence are fine.
pub(crate) fn split(source: &Source<'_>) -> Result<Parts, Diagnostic> {
    let text = source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut at = start;
    let mut lines = text.get(start..).unwrap_or("").split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != FENCE {
        let first_end = start + first.trim_end().len();
        let help = if first.trim_end() == "---" {
            "this looks like YAML: put `+++` in place of both `---`, and write `title = \"…\"` instead \
             of `title: …`"
        } else {
            "begin the file with a line `+++`, then `title = \"…\"` and `date = 2025-12-19T20:31:00`, \
             then another line `+++`"
        };
        return Err(Diagnostic::error("no-front-matter", "this file has no front matter")
            .at(source, start..first_end, "`+++` is expected here")
            .help(help));
    }
    at += first.len();
    let toml_start = at;
    for line in lines {
        if line.trim_end() == FENCE {
            return Ok(Parts { toml: toml_start..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    Err(Diagnostic::error("no-front-matter", "the front matter is not closed")
        .at(source, start..start + FENCE.len(), "it begins here")
        .help("put a line `+++` between the front matter and the text"))
}

/// Reads the front matter of one file.
pub(crate) fn read<'d>(
    document: &'d Document<'_>,
    kind: EditionKind,
    config: &Config,
) -> FrontMatter<'d> {
    let fields = document.fields();
    let title = fields.required_text("title", "add a line such as `title = \"…\"`");
    let date = date(&fields, "date", config);
    if kind == EditionKind::Article && !fields.has("date") {
        fields.missing("date", "add a line such as `date = 2025-12-19T20:31:00`");
    }
    let publish_at = self::date(&fields, "publish_at", config);
    let unpublish_at = self::date(&fields, "unpublish_at", config);
    never_public(&fields, date.max(publish_at), unpublish_at);
    let front_matter = FrontMatter {
        title: title.map(|title| title.value),
        date,
        updated: self::date(&fields, "updated", config),
        publish_at,
        unpublish_at,
        summary: fields.text("summary").map(|summary| summary.value),
        genre: genre::read(&fields),
        section: fields.text("section"),
        tags: fields.texts("tags"),
        authors: fields.texts("authors"),
        slug: slug(&fields),
        story: story(&fields),
        is_draft: fields.boolean("draft", false),
        has_typography: fields.boolean("typography", true),
        image: image(&fields),
        sources: sources(&fields),
        corrections: corrections(&fields, config),
        key_points: filled(&fields, "key_points").collect(),
        related: filled(&fields, "related").map(Into::into).collect(),
        pinned_until: self::date(&fields, "pinned_until", config),
        breaking_until: self::date(&fields, "breaking_until", config),
        aliases: aliases(&fields),
        original: fields.text("original"),
        translated_from: fields.text("translated_from").map(|digest| digest.value.trim()),
        extra: fields.free("extra").map(Box::new),
    };
    fields.finish();
    front_matter
}

/// A list of texts, without those that are empty.
fn filled<'d>(fields: &Fields<'d, '_>, key: &'static str) -> impl Iterator<Item = &'d str> {
    let texts = fields.texts(key).into_iter().map(|text| text.value.trim());
    texts.filter(|text| !text.is_empty())
}

fn date(fields: &Fields<'_, '_>, key: &'static str, config: &Config) -> Option<Moment> {
    let written = fields.date(key)?;
    match Moment::read(&written.value, &config.time_zone) {
        Ok((moment, repeated)) => {
            if let Some((first, second)) = repeated {
                let message = format!(
                    "`{}` happens twice that day, because daylight saving ends; the earlier is taken",
                    written.value
                );
                let diagnostic = Diagnostic::warning("repeated-time", message).help(format!(
                    "add the offset to say which: `{0}{1}` or `{0}{2}`",
                    written.value,
                    iso(first),
                    iso(second)
                ));
                fields.report(diagnostic, written.at);
            }
            Some(moment)
        }
        Err(DateProblem::Skipped) => {
            let message = format!(
                "the local time `{}` does not exist: daylight saving skips it that night",
                written.value
            );
            let diagnostic = Diagnostic::error("skipped-time", message)
                .help("write a time an hour earlier or later, or add the offset");
            fields.report(diagnostic, written.at);
            None
        }
        Err(DateProblem::NotInCalendar) => {
            let message = format!("`{}` is not in the calendar", written.value);
            let diagnostic = Diagnostic::error("bad-date", message).help("check day and month");
            fields.report(diagnostic, written.at);
            None
        }
    }
}

/// Reports an edition that is to vanish before anybody could see it.
fn never_public(fields: &Fields<'_, '_>, from: Option<Moment>, until: Option<Moment>) {
    let (Some(from), Some(until)) = (from, until) else { return };
    if until.instant > from.instant {
        return;
    }
    let message = "`unpublish_at` is not later than the publication, so nobody would ever see this";
    let diagnostic = Diagnostic::error("never-public", message)
        .help("write a later moment; `draft = true` keeps a text from readers");
    fields.report(diagnostic, fields.place_of("unpublish_at").unwrap_or_default());
}

/// `+03:00`.
fn iso(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// `slug`, one URL segment.
fn slug(fields: &Fields<'_, '_>) -> Option<Box<str>> {
    let written = fields.text("slug")?;
    match checked_slug(written.value) {
        Ok(slug) => Some(slug),
        Err(message) => {
            let diagnostic = Diagnostic::error("bad-slug", message)
                .help("use one word or several joined by hyphens: `slug = \"rubio-joins-talks\"`");
            fields.report(diagnostic, written.at);
            None
        }
    }
}

/// A slug in NFC.
///
/// # Errors
/// Why it cannot be one segment of a URL.
pub(crate) fn checked_slug(written: &str) -> Result<Box<str>, String> {
    let shown = written.escape_debug();
    if let Some(character) = written.chars().find(|c| matches!(c, '/' | '\\')) {
        let what = named(character);
        return Err(format!(
            "the slug `{shown}` contains {what}: it is one segment of the address"
        ));
    }
    if let Some(character) = bad_in_path(written) {
        return Err(format!("the slug `{shown}` contains {}", named(character)));
    }
    match written {
        "" => Err("the slug is empty".to_owned()),
        "." | ".." => Err(format!("the slug `{shown}` would lead out of its folder")),
        _ if is_reserved(written) => Err(format!("the slug `{shown}` is Visti's own")),
        _ => Ok(written.nfc().collect::<String>().into_boxed_str()),
    }
}

/// A character that has no place in an address, in words where it cannot be seen.
pub(crate) fn named(character: char) -> String {
    match character {
        '\0' => "the character NUL".to_owned(),
        ' ' => "a space".to_owned(),
        '/' => "a slash".to_owned(),
        '\\' => "a backslash".to_owned(),
        _ if character.is_whitespace() || character.is_control() => {
            format!("an invisible character (U+{:04X})", u32::from(character))
        }
        _ => format!("`{character}`"),
    }
}

/// The first character that a path of the site may not have: control characters, white space, what
/// URLs reserve and what Windows forbids in file names.
fn bad_in_path(path: &str) -> Option<char> {
    path.chars().find(|c| c.is_control() || c.is_whitespace() || "?#%:*\"<>|".contains(*c))
}

/// `story`, or `translationKey` as git CMSs write it.
fn story(fields: &Fields<'_, '_>) -> Option<Box<str>> {
    let story = fields.text("story");
    let translation_key = fields.text("translationKey");
    let key = story.or(translation_key)?.value.trim();
    (!key.is_empty()).then(|| key.into())
}

fn image(fields: &Fields<'_, '_>) -> Option<Picture> {
    let table = fields.table("image")?;
    let src = table.required_text("src", "add `src = \"/pictures/….jpg\"`, or remove `image`");
    let text = |key: &'static str| -> Option<Box<str>> {
        let text = table.text(key)?.value.trim();
        (!text.is_empty()).then(|| text.into())
    };
    let alt = table.text("alt");
    if alt.is_none() && !table.has("alt") {
        let diagnostic = Diagnostic::warning("missing-alt", "`image.alt` is missing")
            .help("say what the picture shows; `alt = \"\"` if it only decorates");
        table.report(diagnostic, src.as_ref().map_or(table.at(), |src| src.at.clone()));
    }
    let credit = table.text("credit").map(|credit| credit.value.trim());
    let picture = Picture {
        src: src.as_ref().map_or("", |src| src.value.trim()).nfc().collect::<String>().into(),
        alt: alt.map_or("", |alt| alt.value.trim()).into(),
        caption: text("caption"),
        credit: credit.filter(|credit| !credit.is_empty()).map(Into::into),
        is_anonymous: credit == Some(""),
        is_illustrative: table.boolean("illustrative", false),
    };
    table.finish();
    src.map(|_| picture)
}

fn sources(fields: &Fields<'_, '_>) -> Box<[NewsSource]> {
    fields
        .tables("sources")
        .into_iter()
        .filter_map(|table| {
            let name = table.required_text("name", "write `{ name = \"Reuters\", url = \"…\" }`");
            let url = table.text("url");
            let url = web_address(&table, url);
            table.finish();
            Some(NewsSource { name: name?.value.into(), url })
        })
        .collect()
}

fn corrections(fields: &Fields<'_, '_>, config: &Config) -> Box<[Correction]> {
    fields
        .tables("corrections")
        .into_iter()
        .filter_map(|table| {
            let help =
                "write `{ date = 2025-12-20, text = \"…\" }`: when it was corrected, and what";
            let date = date(&table, "date", config);
            if !table.has("date") {
                table.missing("date", help);
            }
            let text = table.required_text("text", help);
            table.finish();
            Some(Correction { date: date?, text: text?.value.trim().into() })
        })
        .collect()
}

/// A link that readers will follow out of the site; anything but the web is reported.
pub(crate) fn web_address(fields: &Fields<'_, '_>, url: Option<Located<&str>>) -> Option<Box<str>> {
    let url = url?;
    if url.value.starts_with("https://") || url.value.starts_with("http://") {
        return Some(url.value.into());
    }
    let message = format!("`{}` is not a web address", url.value.escape_debug());
    let diagnostic = Diagnostic::error("bad-web-address", message)
        .help("begin it with `https://`, or leave `url` out");
    fields.report(diagnostic, url.at);
    None
}

/// `aliases`: paths from the site's root, with or without a leading slash; kept with one.
fn aliases(fields: &Fields<'_, '_>) -> Box<[Box<str>]> {
    let mut aliases = Vec::new();
    for written in fields.texts("aliases") {
        match checked_alias(written.value) {
            Ok(alias) => aliases.push(alias),
            Err(message) => {
                let diagnostic = Diagnostic::error("bad-alias", message)
                    .help("write the old address as a path of this site: `/news/12345/`");
                fields.report(diagnostic, written.at);
            }
        }
    }
    aliases.into()
}

/// An alias in NFC, with a leading slash.
///
/// # Errors
/// Why it cannot be a path of the site.
pub(crate) fn checked_alias(written: &str) -> Result<Box<str>, String> {
    let shown = written.escape_debug();
    if written.contains("://") {
        return Err(format!("the alias `{shown}` is an address of another site"));
    }
    let path = written.strip_prefix('/').unwrap_or(written);
    if path.contains('\\') {
        return Err(format!("the alias `{shown}` contains a backslash"));
    }
    if let Some(character) = bad_in_path(path) {
        return Err(format!("the alias `{shown}` contains {}", named(character)));
    }
    let segments = path.strip_suffix('/').unwrap_or(path);
    match segments.split('/').find(|segment| matches!(*segment, "" | "." | "..")) {
        Some("..") => return Err(format!("the alias `{shown}` leads out of the site")),
        Some(_) => return Err(format!("the alias `{shown}` has an empty part")),
        None if is_reserved(path) => return Err(format!("the alias `{shown}` is Visti's own")),
        None => {}
    }
    Ok(format!("/{path}").nfc().collect::<String>().into_boxed_str())
}

/// Where the output keeps what is not the site's.
fn is_reserved(path: &str) -> bool {
    path.to_lowercase().starts_with(".visti-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(&str, &str), String> {
        match split(&Source::new("a.md", text)) {
            Ok(parts) => Ok((text.get(parts.toml).unwrap(), text.get(parts.body).unwrap())),
            Err(diagnostic) => Err(diagnostic.message),
        }
    }

    #[test]
    fn front_matter_may_have_a_byte_order_mark_crlf_and_spaces_behind_its_fences() {
        assert_eq!(parts("+++\nx = 1\n+++\nbody"), Ok(("x = 1\n", "body")));
        assert_eq!(parts("\u{feff}+++ \r\nx = 1\r\n+++\t\r\nbody"), Ok(("x = 1\r\n", "body")));
        assert_eq!(parts("+++\n+++"), Ok(("", "")));
    }

    #[test]
    fn front_matter_that_is_absent_or_open_is_an_error() {
        assert_eq!(parts(""), Err("this file has no front matter".into()));
        assert_eq!(parts("# Title\n"), Err("this file has no front matter".into()));
        assert_eq!(parts("+++\nx = 1\n"), Err("the front matter is not closed".into()));
    }

    #[test]
    fn a_slug_is_one_safe_segment() {
        assert_eq!(checked_slug("переговори").as_deref(), Ok("переговори"));
        for bad in ["", ".", "..", "a/b", "a\\b", "a\0b", "a b", "100%", "a?b"] {
            assert!(checked_slug(bad).is_err(), "{bad:?}");
        }
    }
}
