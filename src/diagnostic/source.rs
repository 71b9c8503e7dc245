//! From a byte range in a text to what people and editors want: line, column and excerpt.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The most lines an excerpt shows.
const MAX_EXCERPT_LINES: usize = 4;

/// The text of one file, by which byte ranges become places.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Path relative to the site's root, with `/`.
    pub file: &'a str,
    /// The whole text of the file.
    pub text: &'a str,
}

/// A range in a file, ready to be shown without the file. Lines and columns count from 1, columns in
/// Unicode scalar values (CONTRACT: what `--message-format json` promises).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column just behind the end.
    pub end_column: usize,
    /// The lines of the range (at most four), without the last line's end.
    pub excerpt: String,
    /// The range within `excerpt`, in bytes.
    pub highlight: Range<usize>,
}

impl<'a> Source<'a> {
    /// A file's path and its text.
    #[must_use]
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// The place of a byte range; a range beyond the text, or one that cuts a character, is moved to
    /// the nearest one that fits.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Place {
        let text = self.text;
        let start = floor_char(text, range.start);
        let end = floor_char(text, range.end.max(range.start)).max(start);
        let before = text.get(..start).unwrap_or("");
        let inside = text.get(start..end).unwrap_or("");

        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        let end_line = line + inside.matches('\n').count();
        let end_column = match inside.rfind('\n') {
            Some(at) => inside.get(at + 1..).unwrap_or("").chars().count() + 1,
            None => column + inside.chars().count(),
        };

        let rest = text.get(line_start..).unwrap_or("");
        let n_lines = (end_line - line + 1).min(MAX_EXCERPT_LINES);
        let excerpt_end =
            rest.match_indices('\n').nth(n_lines - 1).map_or(rest.len(), |(at, _)| at);
        let excerpt = rest.get(..excerpt_end).unwrap_or("").trim_end_matches('\r').to_owned();
        let highlight =
            (start - line_start).min(excerpt.len())..(end - line_start).min(excerpt.len());
        Place { line, column, end_line, end_column, excerpt, highlight }
    }

    /// The place of a line and column, both from 1, as parsers report them; it is one character wide.
    #[must_use]
    pub fn place_at(&self, line: usize, column: usize) -> Place {
        let line_start = match line {
            0 | 1 => 0,
            _ => self
                .text
                .match_indices('\n')
                .nth(line - 2)
                .map_or(self.text.len(), |(at, _)| at + 1),
        };
        let rest = self.text.get(line_start..).unwrap_or("");
        let line_text = rest.split('\n').next().unwrap_or("");
        let offset = line_text.char_indices().nth(column.saturating_sub(1));
        let (at, width) =
            offset.map_or((line_text.len(), 0), |(at, character)| (at, character.len_utf8()));
        self.place(line_start + at..line_start + at + width)
    }
}

/// The nearest character boundary at or before `at`.
fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("a.md", "+++\ntitle = \"Ґанок\" x\n");
        let at = source.text.find('x').expect("there");
        let place = source.place(at..at + 1);
        assert_eq!((place.line, place.column, place.end_column), (2, 17, 18));
        assert_eq!(place.excerpt, "title = \"Ґанок\" x");
        assert_eq!(place.excerpt.get(place.highlight), Some("x"));
    }

    #[test]
    fn a_range_over_two_lines_shows_both() {
        let source = Source::new("a.md", "one\r\ntwo\r\nthree");
        let place = source.place(1..7);
        assert_eq!((place.line, place.column, place.end_line, place.end_column), (1, 2, 2, 3));
        assert_eq!(place.excerpt, "one\r\ntwo");
    }

    #[test]
    fn a_range_beyond_the_text_is_moved_to_its_end() {
        let place = Source::new("a.md", "ю").place(1..90);
        assert_eq!((place.line, place.column, place.end_column), (1, 1, 2));
    }

    #[test]
    fn a_line_and_column_find_their_character() {
        let place = Source::new("a.md", "а\nбв").place_at(2, 2);
        assert_eq!((place.line, place.column), (2, 2));
        assert_eq!(place.excerpt.get(place.highlight), Some("в"));
    }
}
