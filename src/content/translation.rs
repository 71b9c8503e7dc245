//! What a translation remembers of the text that it was made from: `translated_from = "…"`, the digest
//! of the original edition's words.
//!
//! Words are headline, summary and text; what is not translated (dates, sections, pictures) does not
//! count, nor do line ends and spaces at the ends of lines.

use xxhash_rust::xxh3::Xxh3;

use super::front_matter;
use crate::diagnostic::Source;
use crate::table::Document;

/// The key in front matter.
const KEY: &str = "translated_from";

/// The digest of the words in a Markdown file, 16 hexadecimal digits; `None` without front matter.
#[must_use]
pub fn text_digest(source: &Source<'_>) -> Option<String> {
    let parts = front_matter::split(source).ok()?;
    let document = Document::parse(*source, parts.toml);
    let fields = document.fields();
    let mut hasher = Xxh3::new();
    for key in ["title", "summary"] {
        hasher.update(fields.text(key).map_or("", |text| text.value.trim()).as_bytes());
        hasher.update(b"\0");
    }
    for line in source.text.get(parts.body)?.trim().lines() {
        hasher.update(line.trim_end().as_bytes());
        hasher.update(b"\n");
    }
    Some(format!("{:016x}", hasher.digest()))
}

/// The text of a Markdown file with `translated_from = "<digest>"` in its front matter, and nothing
/// else changed; `None` when it has none that could be read.
#[must_use]
pub fn with_translated_from(source: &Source<'_>, digest: &str) -> Option<String> {
    let text = source.text;
    let parts = front_matter::split(source).ok()?;
    let document = Document::parse(*source, parts.toml.clone());
    if !document.is_valid() {
        return None;
    }
    let fields = document.fields();
    if let Some(at) = fields.place_of(KEY) {
        return Some(format!("{}\"{digest}\"{}", text.get(..at.start)?, text.get(at.end..)?));
    }
    // Behind the headline, or else at the top: before any table, to which the key would belong.
    let after = fields.place_of("title").map_or(parts.toml.start, |title| title.end);
    let at = match text.get(after..parts.toml.end)?.find('\n') {
        Some(end) if after > parts.toml.start => after + end + 1,
        _ => parts.toml.start,
    };
    let (before, behind) = text.split_at(at);
    let line_end = if before.ends_with("\r\n") { "\r\n" } else { "\n" };
    Some(format!("{before}{KEY} = \"{digest}\"{line_end}{behind}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn digest(text: &str) -> Option<String> {
        text_digest(&Source::new("a.md", text))
    }

    fn marked(text: &str, digest: &str) -> Option<String> {
        with_translated_from(&Source::new("a.md", text), digest)
    }

    #[test]
    fn the_digest_is_of_words_alone() {
        let text = "+++\ntitle = 'А'\nsummary = 'Б'\ndate = 2025-12-01\n+++\nТекст\n\nще\n";
        let same = "\u{feff}+++\r\ndate = 2026-01-01\r\ntags = ['x']\r\nsummary = \"Б\"\r\ntitle = \"\"\"А\"\"\"\r\n+++\r\n\r\nТекст  \r\n\r\nще\r\n\r\n";
        assert_eq!(digest(text), digest(same));
        for (from, to) in [("'А'", "'В'"), ("'Б'", "''"), ("Текст", "текст"), ("\n\nще", "\nще")]
        {
            assert_ne!(digest(text), digest(&text.replace(from, to)), "{from}");
        }
        assert_eq!(digest("Текст"), None);
    }

    #[test]
    fn a_mark_stands_behind_the_headline_or_replaces_the_last() {
        for (text, expected) in [
            (
                "+++\ntitle = 'А' # headline\ndate = 2025-12-01\n[extra]\na = 1\n+++\nText\n",
                "+++\ntitle = 'А' # headline\ntranslated_from = \"12ab\"\ndate = 2025-12-01\n[extra]\na = 1\n+++\nText\n",
            ),
            (
                "\u{feff}+++\r\ntitle = '''\r\nА\r\n'''\r\n+++\r\nText",
                "\u{feff}+++\r\ntitle = '''\r\nА\r\n'''\r\ntranslated_from = \"12ab\"\r\n+++\r\nText",
            ),
            (
                "+++\ntranslated_from   =  'x'  # old\ntitle = 'А'\n+++\n",
                "+++\ntranslated_from   =  \"12ab\"  # old\ntitle = 'А'\n+++\n",
            ),
            (
                "+++\n[extra]\ntitle = 'x'\n+++\n",
                "+++\ntranslated_from = \"12ab\"\n[extra]\ntitle = 'x'\n+++\n",
            ),
        ] {
            assert_eq!(marked(text, "12ab").as_deref(), Some(expected));
        }
        assert_eq!(marked("+++\ntitle = \n+++\n", "12ab"), None);
        assert_eq!(marked("no front matter", "12ab"), None);
    }

    proptest! {
        #[test]
        fn a_mark_disturbs_nothing_else(lines in prop::collection::vec(any_line(), 0..8), crlf in any::<bool>(), body in "[a-zа-я +\\n]{0,40}") {
            let mut keys = Vec::new();
            let mut front_matter = String::new();
            for (key, value) in lines {
                if !keys.contains(&key) {
                    front_matter += &format!("{key} = {value}\n");
                    keys.push(key);
                }
            }
            let text = format!("+++\n{front_matter}[extra]\nz = 'title = 1'\n+++\n{body}");
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            let once = marked(&text, "aaaa").unwrap();
            // The same lines, with one more, or with one value replaced.
            let others = |text: &str| -> Vec<String> {
                let is_other = |line: &&str| !line.starts_with(KEY);
                text.split_inclusive('\n').filter(is_other).map(str::to_owned).collect()
            };
            prop_assert_eq!(others(&once), others(&text));
            prop_assert_eq!(digest(&once), digest(&text));
            prop_assert_eq!(marked(&once, "aaaa").unwrap(), once.as_str());
            prop_assert_eq!(marked(&marked(&once, "bbbb").unwrap(), "aaaa").unwrap(), once.as_str());
            let parsed = |text: &str| {
                let source = Source::new("a.md", text);
                let parts = front_matter::split(&source).unwrap();
                let mut table: toml::Table = text.get(parts.toml).unwrap().parse().unwrap();
                let mark = table.remove(KEY);
                (table, mark)
            };
            let (table, mark) = parsed(&once);
            prop_assert_eq!(mark, Some(toml::Value::from("aaaa")));
            prop_assert_eq!(table, parsed(&text).0);
        }
    }

    fn any_line() -> impl Strategy<Value = (&'static str, &'static str)> {
        let key = prop::sample::select(vec!["title", "date", "tags", KEY, "image", "summary"]);
        let value = prop::sample::select(vec![
            "'x'",
            "\"a # b\" # c",
            "'''\ntitle = 1\n'''",
            "[\n  'a',\n  'b', # title\n]",
            "{ src = 'title', alt = '' }",
            "2025-12-01T10:00:00",
            "true",
        ]);
        // The lines of a replaced value go with it.
        (key, value).prop_filter("one line", |(key, value)| *key != KEY || !value.contains('\n'))
    }
}
