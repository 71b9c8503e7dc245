//! A table as comma-separated values (RFC 4180), as spreadsheets save it: with commas, or with semicolons
//! where the comma stands in numbers, or with tabs.

use std::ops::Range;

use ::csv::{ReaderBuilder, StringRecord, Trim};

use super::{Leaf, Leaves, Value};
use crate::diagnostic::{Diagnostic, Source};

/// Reads a table of which the first line is the head, from a `range` of a block that begins with `fence`.
/// `None` when there is something wrong, which is then among `diagnostics`.
pub fn read_csv(
    source: &Source<'_>,
    range: Range<usize>,
    fence: Range<usize>,
    leaves: &mut impl Leaves,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Value> {
    let text = source.text.get(range.clone())?;
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut records: Vec<StringRecord> = Vec::new();
    for record in reader.records() {
        // What is read is a text, so its fields are UTF-8; it is in memory, so there is no I/O.
        let record = record.expect("flexible records of a text in memory are always read");
        let width = records.first().map_or(record.len(), StringRecord::len);
        if record.len() != width {
            let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
            let rest = text.get(start..).unwrap_or("");
            let start = range.start + start + (rest.len() - rest.trim_start().len());
            let line = source.text.get(start..range.end).unwrap_or("").lines().next().unwrap_or("");
            let message = format!("this row has {} cells, the head has {width}", record.len());
            let help = "give every row as many cells as the head has; a cell with the separator in it \
                        stands in \"quotes\"";
            let diagnostic = Diagnostic::error("bad-csv", message).help(help);
            diagnostics.push(diagnostic.at(source, start..start + line.len(), ""));
            return None;
        }
        records.push(record);
    }
    let [head, rows @ ..] = records.as_slice() else {
        let diagnostic = Diagnostic::error("bad-csv", "the table is empty")
            .help("write a line with the headings of the columns, and below it the rows");
        diagnostics.push(diagnostic.at(source, fence, ""));
        return None;
    };
    let is_number: Vec<bool> = (0..head.len()).map(|n| is_number_column(rows, n)).collect();
    let mut cells = |record: &StringRecord| {
        let cells = record.iter().zip(&is_number).map(|(text, is_number)| {
            let text = leaves.leaf(Leaf::Text, text, range.clone());
            Value::Table(vec![
                ("text".to_owned(), text.unwrap_or_else(|| Value::Text(String::new()))),
                ("is_number".to_owned(), Value::Bool(*is_number)),
            ])
        });
        Value::List(cells.collect())
    };
    let head = cells(head);
    let rows = Value::List(rows.iter().map(cells).collect());
    Some(Value::Table(vec![("head".to_owned(), head), ("rows".to_owned(), rows)]))
}

/// What the head is separated by most often, outside of quotes. Without any of them there is one column,
/// and commas in it are those of a text.
fn delimiter(text: &str) -> u8 {
    let head = text.trim_start().lines().next().unwrap_or("");
    let mut in_quotes = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in head.bytes() {
        in_quotes ^= byte == b'"';
        for (delimiter, n) in &mut counts {
            *n += usize::from(!in_quotes && byte == *delimiter);
        }
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map_or(b',', |(delimiter, _)| delimiter)
}

/// Whether a column holds numbers: these are easier to compare when they end at one line.
fn is_number_column(rows: &[StringRecord], column: usize) -> bool {
    let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !is_nothing(cell));
    cells().next().is_some() && cells().all(is_number)
}

/// What stands where there is no number.
fn is_nothing(cell: &str) -> bool {
    cell.chars().all(|c| matches!(c, '-' | '–' | '—' | '…' | '.' | ' '))
}

/// `1 234,5`, `−12.5 %`, `$1,000`.
fn is_number(cell: &str) -> bool {
    let is_sign = |c: char| matches!(c, '+' | '-' | '−' | '–' | '±' | '≈' | '~' | '<' | '>');
    let is_unit = |c: char| matches!(c, '%' | '‰' | '°' | '€' | '$' | '£' | '₴');
    let is_space = |c: char| c.is_whitespace();
    let number = cell.trim_matches(|c| is_sign(c) || is_unit(c) || is_space(c));
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’') || is_space(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_separates_the_head() {
        for (text, expected) in [
            ("a,b\n1;5,2;5", b','),
            ("a;b\n1,5;2,5", b';'),
            ("a\tb, c\n", b'\t'),
            ("\"a;b;c\",d", b','),
            ("a\n1,5", b'\t'),
        ] {
            assert_eq!(delimiter(text), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_of_all_languages_are_numbers() {
        for cell in ["0", "1 234,5", "1\u{a0}234", "−12.5 %", "$1,000", "1’000", "+3°", "≈ 40"]
        {
            assert!(is_number(cell), "{cell}");
        }
        for cell in ["", "Київ", "12 грудня", "5–6", "1a", "%"] {
            assert!(!is_number(cell), "{cell}");
        }
    }
}
