//! What can be wrong with a strings file, said with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fluent_bundle::FluentError;
use fluent_bundle::resolver::ResolverError;
use fluent_bundle::resolver::errors::ReferenceKind;
use fluent_syntax::parser::{ErrorKind, ParserError};

use super::{Parsed, StringsFile, split_key};
use crate::diagnostic::{Diagnostic, Place, Source};

const EXPECTED_ENTRY: &str = "expected `name = text`";
const ENTRY_HELP: &str =
    "name strings with Latin letters, digits and hyphens; indent a line that continues a text";
const DUPLICATE_HELP: &str =
    "remove one of them, or give it another name; a message and a term need different ones";
const GUIDE: &str = "see the Fluent guide: https://projectfluent.org/fluent/guide/";

/// Where messages and terms are defined, by name, and those that take a name again. Fluent's syntax
/// tree has no places, but an entry always starts its line, and nothing else in that column has a `=`.
///
/// A message `site` and the term `-site` would be two things in Fluent, but are one name in its Rust
/// library, where the second is lost.
pub(super) fn definitions(source: &Source<'_>) -> (BTreeMap<String, Place>, Vec<Diagnostic>) {
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    let mut repeated = Vec::new();
    let mut line_start = 0;
    for line in source.text.split_inclusive('\n') {
        if let Some(name) = defined_name(line) {
            let at = line_start..line_start + name.len();
            match places.get(name.trim_start_matches('-')) {
                None => {
                    let name = name.trim_start_matches('-').to_owned();
                    places.insert(name, source.place(at));
                }
                Some(first) => repeated.push(
                    Diagnostic::error("duplicate-string", format!("`{name}` is defined twice"))
                        .at(source, at, "the second time")
                        .at_place(source.file, Some(first.clone()), "the first time")
                        .help(DUPLICATE_HELP),
                ),
            }
        }
        line_start += line.len();
    }
    (places, repeated)
}

/// `name` of a line `name = …`, with the hyphen of a term.
fn defined_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim_end_matches(' ');
    let is_name =
        name.strip_prefix('-').unwrap_or(name).starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_name.then_some(name)
}

/// A warning for every file that lacks keys which another language has. A file with errors is left
/// out: what its broken entries were to define is not known. So are attributes of a message that is
/// missing itself.
pub(super) fn missing_strings(
    files: &[StringsFile<'_>],
    parsed: &[Parsed],
    keys: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let lacking = files.iter().zip(parsed).filter(|(_, here)| here.diagnostics.is_empty());
    lacking
        .filter_map(|(file, here)| {
            let missing: Vec<(&str, usize)> = keys
                .iter()
                .filter(|key| !here.language.has(key))
                .filter_map(|key| {
                    let there = parsed.iter().position(|file| file.language.has(key))?;
                    let (message, attribute) = split_key(key);
                    let is_part_of_missing = attribute.is_some()
                        && parsed[there].language.has(message)
                        && !here.language.has(message);
                    (!is_part_of_missing).then_some((key.as_str(), there))
                })
                .collect();
            let (key, there) = missing.first()?;
            let other = files[*there].source.file;
            Some(match missing.len() {
                1 => {
                    let (message, _) = split_key(key);
                    let place = parsed[*there].definitions.get(message).cloned();
                    missing_one(file.source.file, key).at_place(other, place, "defined here")
                }
                _ => missing_several(file.source.file, other, &missing),
            })
        })
        .collect()
}

fn missing_one(name: &str, key: &str) -> Diagnostic {
    let help = match split_key(key) {
        (message, Some(attribute)) => {
            format!("add `.{attribute} = …` below `{message}` in `{name}`, indented")
        }
        (message, None) => format!("add `{message} = …` to `{name}`"),
    };
    Diagnostic::warning("missing-string", format!("`{key}` is missing in `{name}`"))
        .in_file(name)
        .help(help)
}

fn missing_several(name: &str, other: &str, missing: &[(&str, usize)]) -> Diagnostic {
    const SHOWN: usize = 6;
    let mut keys: Vec<String> =
        missing.iter().take(SHOWN).map(|(key, _)| format!("`{key}`")).collect();
    if missing.len() > SHOWN {
        keys.push("…".to_owned());
    }
    let message = format!("`{name}` lacks {} strings: {}", missing.len(), keys.join(", "));
    Diagnostic::warning("missing-string", message)
        .in_file(name)
        .help(format!("copy them from `{other}` and translate them"))
}

/// An error of Fluent's parser as one of ours.
pub(super) fn syntax_error(source: &Source<'_>, error: &ParserError) -> Diagnostic {
    let start = error.pos.start;
    let before = source.text.get(..start).unwrap_or_default();
    let begins_line = before.is_empty() || before.ends_with('\n');
    let (message, help) = match &error.kind {
        ErrorKind::ExpectedCharRange { .. } if begins_line => {
            (EXPECTED_ENTRY.to_owned(), ENTRY_HELP)
        }
        ErrorKind::ExpectedToken('=') => (EXPECTED_ENTRY.to_owned(), ENTRY_HELP),
        ErrorKind::ExpectedToken('}') => (
            "expected `}`".to_owned(),
            "close the brace; one that belongs to the text is written `{ \"{\" }`",
        ),
        ErrorKind::ExpectedToken(character) => (format!("expected `{character}`"), GUIDE),
        ErrorKind::ExpectedMessageField { entry_id }
        | ErrorKind::ExpectedTermField { entry_id } => {
            (format!("`{entry_id}` has no text"), "write its text behind `=`")
        }
        ErrorKind::MissingDefaultVariant => (
            "no form is marked as the default".to_owned(),
            "mark the last form with an asterisk: `*[other] …`",
        ),
        ErrorKind::UnbalancedClosingBrace => (
            "a closing brace without an opening one".to_owned(),
            "write a brace that belongs to the text as `{ \"}\" }`",
        ),
        kind => {
            let text = kind.to_string().replace('"', "`");
            let first = text.chars().take(1).flat_map(char::to_lowercase);
            (first.chain(text.chars().skip(1)).collect(), GUIDE)
        }
    };
    Diagnostic::error("strings-syntax", message)
        .at(source, error_range(source.text, error), "")
        .help(help)
}

/// Where to point. The parser looks for what it misses in the next line, which is not the one to
/// mend, and the ends that it gives may lie behind the line, or within a letter.
fn error_range(text: &str, error: &ParserError) -> Range<usize> {
    let start = error.pos.start;
    let before = text.get(..start).unwrap_or(text);
    let blank = before.get(before.trim_end().len()..).unwrap_or_default();
    if matches!(error.kind, ErrorKind::ExpectedToken(_)) && blank.contains('\n') {
        let end_of_text = before.len() - blank.len();
        return end_of_text..end_of_text;
    }
    let line = text.get(start..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
    let first = line.chars().next().map_or(0, char::len_utf8);
    start..error.pos.end.min(start + line.len()).max(start + first)
}

/// An error of Fluent's resolver as a part of our messages.
pub(super) fn reason(error: &FluentError) -> String {
    let FluentError::ResolverError(error) = error else { return error.to_string() };
    match error {
        ResolverError::Reference(reference) => {
            let (what, name, attribute) = match reference {
                ReferenceKind::Function { id } => ("function", id.clone(), None),
                ReferenceKind::Message { id, attribute } => {
                    ("string", id.clone(), attribute.as_ref())
                }
                ReferenceKind::Term { id, attribute } => {
                    ("term", format!("-{id}"), attribute.as_ref())
                }
                ReferenceKind::Variable { id } => ("argument", format!("${id}"), None),
            };
            let attribute = attribute.map(|attribute| format!(".{attribute}")).unwrap_or_default();
            format!("it refers to the {what} `{name}{attribute}`, which does not exist")
        }
        ResolverError::NoValue(id) => format!("it refers to `{id}`, which has no text"),
        ResolverError::Cyclic => "it refers to itself".to_owned(),
        ResolverError::TooManyPlaceables => "it has more than 100 braces".to_owned(),
        ResolverError::MissingDefault => "no form is marked as the default".to_owned(),
    }
}
