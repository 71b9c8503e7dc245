//! TOML tables read field by field, so that every problem is reported at its place and in one run.
//!
//! serde stops at the first error and loses the place of unknown keys; here a missing comma in line 3
//! and a misspelt key in line 9 are both reported. Used for `site.toml`, front matter and vocabulary.
//!
//! In: a [`Source`] and the part of it that is TOML. Out: [`Fields`], which is asked for each key it
//! may have; whatever nobody asked for is an unknown key ([`Fields::finish`]).

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Place, Source, nearest};

/// A value and where it stands: a range in bytes of the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Its place in the file, in bytes.
    pub at: Range<usize>,
}

/// Parses one TOML text and collects what is wrong in it.
#[derive(Debug)]
pub struct Document<'s> {
    source: Source<'s>,
    offset: usize,
    root: DeTable<'s>,
    /// Lines with a syntax error: what the parser made of them is not what was meant.
    unreadable_lines: Vec<usize>,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'s> Document<'s> {
    /// Parses `range` (in bytes) of the source; syntax errors are among the diagnostics in the end.
    #[must_use]
    pub fn parse(source: Source<'s>, range: Range<usize>) -> Self {
        let offset = range.start;
        let text = source.text.get(range).unwrap_or("");
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut unreadable_lines: Vec<usize> = Vec::new();
        for error in errors {
            let at = error.span().map_or(offset..offset, |at| at.start + offset..at.end + offset);
            let diagnostic = syntax_error(&source, error.message(), at);
            // After the first error of a line the parser is lost, and so would be the reader.
            let line = line_of(&diagnostic);
            if !unreadable_lines.contains(&line) {
                unreadable_lines.push(line);
                diagnostics.push(diagnostic);
            }
        }
        let diagnostics = RefCell::new(diagnostics);
        Self { source, offset, root: root.into_inner(), unreadable_lines, diagnostics }
    }

    /// The top-level fields.
    #[must_use]
    pub fn fields(&self) -> Fields<'_, 's> {
        Fields {
            document: self,
            table: &self.root,
            path: String::new(),
            at: self.fence(),
            asked: RefCell::default(),
        }
    }

    /// Whether the text itself was valid TOML.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.unreadable_lines.is_empty()
    }

    /// The line before the part that is TOML, `+++`: where a key is missing that stands nowhere. A
    /// file that is TOML from its beginning has none.
    #[must_use]
    pub fn fence(&self) -> Range<usize> {
        let before = self.source.text.get(..self.offset).unwrap_or("").trim_end();
        let line = before.rsplit(['\n', '\u{feff}']).next().unwrap_or("");
        before.len() - line.len()..before.len()
    }

    /// Everything that was wrong.
    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    /// The top-level table itself, for whoever knows its keys only when the program runs.
    #[must_use]
    pub fn root(&self) -> &DeTable<'s> {
        &self.root
    }

    /// Adds a problem at a place in this file.
    pub fn report(&self, diagnostic: Diagnostic, at: Range<usize>) {
        let diagnostic = if at.is_empty() && self.offset == 0 && at.start == 0 {
            diagnostic.in_file(self.source.file)
        } else {
            diagnostic.at(&self.source, at, "")
        };
        if !self.unreadable_lines.contains(&line_of(&diagnostic)) {
            self.diagnostics.borrow_mut().push(diagnostic);
        }
    }

    /// The place in the file of a span of the parser.
    #[must_use]
    pub fn absolute(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }
}

/// The fields of one table, asked for by name.
#[derive(Debug)]
pub struct Fields<'d, 's> {
    document: &'d Document<'s>,
    table: &'d DeTable<'s>,
    /// Dotted path of the table, with a dot at its end; empty at the top.
    path: String,
    at: Range<usize>,
    /// Every key that somebody asked for: the keys that may stand here.
    asked: RefCell<Vec<&'static str>>,
}

impl<'d, 's> Fields<'d, 's> {
    /// Where the table begins.
    #[must_use]
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// Adds a problem at a place in this file.
    pub fn report(&self, diagnostic: Diagnostic, at: Range<usize>) {
        self.document.report(diagnostic, at);
    }

    /// A range of this file as a place that can be shown later.
    pub fn place(&self, at: Range<usize>) -> Place {
        self.document.source.place(at)
    }

    /// All keys of a table whose keys are free (ids, language codes), with their places.
    pub fn keys(&self) -> impl Iterator<Item = Located<&'d str>> {
        let document = self.document;
        self.table.keys().map(move |key| Located {
            value: key.get_ref().as_ref(),
            at: document.absolute(&key.span()),
        })
    }

    fn get(&self, key: &str) -> Option<&'d Spanned<DeValue<'s>>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// Whether the key stands here, whatever its value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Where a key's value stands.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Option<Range<usize>> {
        self.get(key).map(|value| self.document.absolute(&value.span()))
    }

    /// A key as messages name it: with the names of its tables.
    #[must_use]
    pub fn path_of(&self, key: &str) -> String {
        format!("{}{key}", self.path)
    }

    fn ask(&self, key: &'static str) -> Option<&'d Spanned<DeValue<'s>>> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        self.get(key)
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'s>>, wanted: &str, help: &str) {
        self.report(
            Diagnostic::error(
                "wrong-type",
                format!(
                    "`{}{key}` must be {wanted}, not {}",
                    self.path,
                    type_name(value.get_ref())
                ),
            )
            .help(help),
            self.document.absolute(&value.span()),
        );
    }

    /// A text that may be absent.
    pub fn text(&self, key: &'static str) -> Option<Located<&'d str>> {
        let value = self.ask(key)?;
        self.as_text(key, value)
    }

    /// The text of a key that may also be something else.
    pub fn text_if_text(&self, key: &'static str) -> Option<Located<&'d str>> {
        let value = self.ask(key)?;
        let text = value.get_ref().as_str()?;
        Some(Located { value: text, at: self.document.absolute(&value.span()) })
    }

    /// The text of a free key.
    pub fn text_of(&self, key: &str) -> Option<Located<&'d str>> {
        let value = self.get(key)?;
        self.as_text(key, value)
    }

    fn as_text(&self, key: &str, value: &'d Spanned<DeValue<'s>>) -> Option<Located<&'d str>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "a text", &format!("write `{key} = \"…\"`"));
            return None;
        };
        Some(Located { value: text, at: self.document.absolute(&value.span()) })
    }

    /// `true` or `false`; absent is `default`.
    pub fn boolean(&self, key: &'static str, default: bool) -> bool {
        let Some(value) = self.ask(key) else { return default };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value, "true or false", &format!("write `{key} = true`"));
            default
        })
    }

    /// A whole number that may be absent.
    pub fn integer(&self, key: &'static str) -> Option<Located<i64>> {
        let value = self.ask(key)?;
        let at = self.document.absolute(&value.span());
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.wrong_type(key, value, "a whole number", "write it without quotes");
        }
        Some(Located { value: number?, at })
    }

    /// A list of texts; one text alone is a list of one. Absent is empty.
    pub fn texts(&self, key: &'static str) -> Vec<Located<&'d str>> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        let help = format!("write `{key} = [\"…\", \"…\"]`");
        match value.get_ref() {
            DeValue::String(text) => {
                vec![Located { value: text.as_ref(), at: self.document.absolute(&value.span()) }]
            }
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| {
                    let at = self.document.absolute(&item.span());
                    let text = item.get_ref().as_str();
                    if text.is_none() {
                        self.wrong_type(key, item, "a list of texts", &help);
                    }
                    Some(Located { value: text?, at })
                })
                .collect(),
            _ => {
                self.wrong_type(key, value, "a list of texts", &help);
                Vec::new()
            }
        }
    }

    /// A date or date-time; CMSs write it in quotes, which is accepted.
    pub fn date(&self, key: &'static str) -> Option<Located<toml::value::Datetime>> {
        let value = self.ask(key)?;
        let at = self.document.absolute(&value.span());
        let help = "write `2025-12-19T20:31:00`, `2025-12-19T20:31:00+02:00` or `2025-12-19`, \
                    without quotes";
        let date = match value.get_ref() {
            DeValue::Datetime(date) => Some(*date),
            DeValue::String(text) => {
                let parsed = text.trim().parse();
                if parsed.is_err() {
                    let message = format!("`{text}` in `{}{key}` is not a date", self.path);
                    self.report(Diagnostic::error("bad-date", message).help(help), at);
                    return None;
                }
                parsed.ok()
            }
            _ => None,
        };
        match date {
            Some(date) if date.date.is_some() => Some(Located { value: date, at }),
            Some(_) => {
                let message = format!("`{}{key}` has a time but no date", self.path);
                self.report(Diagnostic::error("bad-date", message).help(help), at);
                None
            }
            None => {
                self.wrong_type(key, value, "a date", help);
                None
            }
        }
    }

    /// A table that may be absent.
    pub fn table(&self, key: &'static str) -> Option<Fields<'d, 's>> {
        let value = self.ask(key)?;
        self.as_table(key, value)
    }

    /// The table of a key that may also be something else.
    pub fn table_if_table(&self, key: &'static str) -> Option<Fields<'d, 's>> {
        let value = self.ask(key)?;
        value.get_ref().as_table()?;
        self.as_table(key, value)
    }

    /// The table of a free key.
    pub fn table_of(&self, key: &str) -> Option<Fields<'d, 's>> {
        let value = self.get(key)?;
        self.as_table(key, value)
    }

    fn as_table(&self, key: &str, value: &'d Spanned<DeValue<'s>>) -> Option<Fields<'d, 's>> {
        let Some(table) = value.get_ref().as_table() else {
            let example = example(key);
            self.wrong_type(key, value, "a table", &format!("write `{key} = {example}`"));
            return None;
        };
        Some(Fields {
            document: self.document,
            table,
            path: format!("{}{key}.", self.path),
            at: self.document.absolute(&value.span()),
            asked: RefCell::default(),
        })
    }

    /// A list of tables; absent is empty.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'d, 's>> {
        let Some(value) = self.ask(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            let example = example(key);
            let help = format!("write `{key} = [{example}]`");
            self.wrong_type(key, value, "a list of tables", &help);
            return Vec::new();
        };
        items.iter().filter_map(|item| self.as_table(key, item)).collect()
    }

    /// Whether the key stands here as `false`: how a thing with a value is switched off.
    pub fn is_false(&self, key: &'static str) -> bool {
        self.ask(key).is_some_and(|value| value.get_ref().as_bool() == Some(false))
    }

    /// A table whose content is free (`[extra]`), as plain data; dates become texts.
    pub fn free(&self, key: &'static str) -> Option<serde_json::Map<String, serde_json::Value>> {
        let value = self.ask(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table", &format!("write `[{key}]`"));
            return None;
        };
        Some(plain_table(table))
    }

    /// A text that must be there. `help` says what to write.
    pub fn required_text(&self, key: &'static str, help: &str) -> Option<Located<&'d str>> {
        let value = self.ask(key);
        match value {
            Some(value) => {
                let text = self.as_text(key, value)?;
                if text.value.trim().is_empty() {
                    let message = format!("`{}{key}` is empty", self.path);
                    self.report(Diagnostic::error("missing-key", message).help(help), text.at);
                    return None;
                }
                Some(text)
            }
            None => {
                self.missing(key, help);
                None
            }
        }
    }

    /// Reports that a key which must be there is not.
    pub fn missing(&self, key: &str, help: &str) {
        // After a syntax error the key may stand in the part that could not be read.
        if self.document.is_valid() {
            let message = format!("`{}{key}` is missing", self.path);
            self.report(Diagnostic::error("missing-key", message).help(help), self.at());
        }
    }

    /// Reports every key that nobody asked for, with the nearest known name.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.keys() {
            if asked.contains(&key.value) {
                continue;
            }
            let message = format!("unknown key `{}{}`", self.path, key.value);
            let help = match nearest(key.value, asked.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None if asked.contains(&"extra") => {
                    "remove it, or put it into `[extra]` if a template reads it".to_owned()
                }
                None => {
                    let known: Vec<String> = asked.iter().map(|key| format!("`{key}`")).collect();
                    format!("remove it; what may stand here is {}", known.join(", "))
                }
            };
            self.report(Diagnostic::warning("unknown-key", message).help(help), key.at);
        }
    }
}

/// What a table looks like, for keys that newcomers meet first.
fn example(key: &str) -> &'static str {
    match key {
        "image" => "{ src = \"…\", alt = \"…\" }",
        "sources" => "{ name = \"…\", url = \"…\" }",
        "corrections" => "{ date = 2025-12-20, text = \"…\" }",
        "title" | "name" | "slug" | "description" | "share_image" => "{ ua = \"…\", en = \"…\" }",
        _ => "{ … }",
    }
}

/// A value's type, as editors call it.
pub(crate) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn line_of(diagnostic: &Diagnostic) -> usize {
    let place = diagnostic.labels.first().and_then(|label| label.place.as_ref());
    place.map_or(0, |place| place.line)
}

/// An error of the TOML parser in the words of somebody who writes articles.
fn syntax_error(source: &Source<'_>, message: &str, at: Range<usize>) -> Diagnostic {
    let written = source.text.get(at.clone()).unwrap_or("");
    let line_start =
        source.text.get(..at.start).unwrap_or("").rfind('\n').map_or(0, |newline| newline + 1);
    let before = source.text.get(line_start..at.start).unwrap_or("");
    let after = source.text.get(at.start..).unwrap_or("").lines().next().unwrap_or("");
    let has_colon = !before.contains('=') && (before.contains(':') || after.starts_with(':'));
    let key = before.split('=').next().unwrap_or("").trim();
    let key = if key.is_empty() || has_colon { "title" } else { key };
    let quotes = format!("put texts in straight quotes: `{key} = \"…\"`");
    if message.contains("date") && message.contains("expected") {
        return Diagnostic::error("bad-date", format!("`{written}` is not in the calendar"))
            .at(source, at, "")
            .help("check the day, the month and the time");
    }
    let (message, help) = if message.contains("string values must be quoted") {
        ("a text stands here without quotes".to_owned(), quotes.as_str())
    } else if message.contains("basic string") || message.contains("literal string") {
        ("the quotes of this text are not closed".to_owned(), "put a quote at its end")
    } else if message.contains("expected newline") && before.contains(['"', '\'']) {
        let help = "a quote within a text is written `\\\"`; or use «…», “…”";
        ("the text ended at the quote before this".to_owned(), help)
    } else if message.contains("expected newline") {
        ("the line must end here".to_owned(), "one `key = value` a line")
    } else if message.contains("duplicate key") {
        (format!("`{written}` stands here for the second time"), "remove one of the two")
    } else if has_colon {
        let help = "write `=` instead: `title = \"…\"`";
        ("a colon does not join key and value".to_owned(), help)
    } else if message.contains("expected `=`") || message.contains("invalid unquoted key") {
        let help = "write `key = value`; the text of an article begins below the closing `+++`";
        ("this line is no `key = value`".to_owned(), help)
    } else {
        let help = "texts stand in \"quotes\", lists in [brackets], one `key = value` a line";
        (format!("this is not valid TOML: {message}"), help)
    };
    Diagnostic::error("toml", message).at(source, at, "").help(help)
}

fn plain_table(table: &DeTable<'_>) -> serde_json::Map<String, serde_json::Value> {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), plain(value.get_ref()))).collect()
}

fn plain(value: &DeValue<'_>) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::from(number.as_str()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or_else(|_| Value::from(number.as_str()), Value::from),
        DeValue::Boolean(boolean) => Value::from(*boolean),
        DeValue::Datetime(date) => Value::from(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| plain(item.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(plain_table(table)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str, read: impl Fn(&Fields<'_, '_>)) -> Vec<String> {
        let document = Document::parse(Source::new("site.toml", text), 0..text.len());
        let fields = document.fields();
        read(&fields);
        fields.finish();
        document
            .into_diagnostics()
            .iter()
            .map(|diagnostic| {
                let place = diagnostic.labels[0].place.as_ref().unwrap();
                let help = diagnostic.help.as_deref().unwrap_or("");
                format!("{}:{} {} ({help})", place.line, place.column, diagnostic.message)
            })
            .collect()
    }

    #[test]
    fn two_syntax_errors_and_an_unknown_key_are_reported_in_one_run() {
        let got = messages("title = Привіт\ndate == 3\ntagz = []\n", |fields| {
            fields.text("title");
            fields.texts("tags");
        });
        for wanted in [
            "1:9 a text stands here without quotes",
            "2:7 this is not valid TOML: extra `=`",
            "3:1 unknown key `tagz` (did you mean `tags`?)",
        ] {
            assert!(got.iter().any(|message| message.starts_with(wanted)), "{got:#?}");
        }
    }

    #[test]
    fn a_value_of_the_wrong_type_names_both_types() {
        let got = messages("title = 5\n", |fields| {
            fields.text("title");
        });
        assert_eq!(got, ["1:9 `title` must be a text, not a number (write `title = \"…\"`)"]);
    }

    #[test]
    fn places_count_from_the_start_of_the_file() {
        let text = "+++\ntitle = 5\n+++\n";
        let document = Document::parse(Source::new("a.md", text), 4..14);
        document.fields().text("title");
        let diagnostics = document.into_diagnostics();
        assert_eq!(diagnostics[0].labels[0].place.as_ref().unwrap().line, 2);
    }

    #[test]
    fn a_line_that_cannot_be_read_has_one_error_and_no_others_for_its_keys() {
        let got = messages("title = Привіт\ndate: 2025-12-01\n", |fields| {
            fields.required_text("title", "");
            fields.date("date");
        });
        let want = [
            "2:7 a colon does not join key and value (write `=` instead: `title = \"…\"`)",
            "1:9 a text stands here without quotes (put texts in straight quotes: `title = \"…\"`)",
        ];
        assert_eq!(got, want);
    }

    #[test]
    fn an_unknown_key_far_from_any_other_lists_what_there_is() {
        let got = messages("[image]\nsrc = 'a'\nheight = 5\n", |fields| {
            let image = fields.table("image").unwrap();
            image.text("src");
            image.text("alt");
            image.finish();
        });
        let want =
            "3:1 unknown key `image.height` (remove it; what may stand here is `src`, `alt`)";
        assert_eq!(got, [want]);
    }

    #[test]
    fn a_date_in_quotes_is_a_date_too_and_a_time_alone_is_none() {
        let date = |text: &str| {
            let document = Document::parse(Source::new("a", text), 0..text.len());
            document.fields().date("d").map(|date| date.value.to_string())
        };
        assert_eq!(date("d = 2025-12-19").as_deref(), Some("2025-12-19"));
        assert_eq!(
            date("d = ' 2025-12-19T20:31:00+02:00 '").as_deref(),
            Some("2025-12-19T20:31:00+02:00")
        );
        assert_eq!(date("d = 20:31:00"), None);
        assert_eq!(date("d = 5"), None);
    }
}
