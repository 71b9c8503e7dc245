//! Alphabetical order: lists of tags, authors and sections, sorted as a reader expects.
//!
//! Code-point order puts є і ї ґ after я, and Ё before А. The collation of CLDR is right about
//! letters, but it counts an apostrophe as a character: «м’ята» would come before «мак», and
//! «Енергоатом» with its quotation marks before everything. So both are left out of the comparison.

use std::borrow::Cow;
use std::cmp::Ordering;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;

use super::{LanguageTag, is_apostrophe};

/// The alphabetical order of one language.
pub struct Collation {
    collator: CollatorBorrowed<'static>,
}

impl Collation {
    /// The order that CLDR gives for the language; the root order if it gives none.
    #[must_use]
    pub fn new(tag: &LanguageTag) -> Self {
        let collator = CollatorBorrowed::try_new((&tag.locale).into(), CollatorOptions::default())
            .expect("the compiled data has a root collation for every language");
        Self { collator }
    }

    /// Compares without apostrophes and quotation marks; texts that are equal so are ordered by their code points, and
    /// the result is `Equal` for equal texts only.
    #[must_use]
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let by_alphabet = self.collator.compare(&letters(a), &letters(b));
        by_alphabet.then_with(|| a.cmp(b))
    }
}

/// The text without marks that are no part of its place in the alphabet.
fn letters(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| is_apostrophe(c) || matches!(c, '"' | '«' | '»' | '„' | '“' | '”');
    if text.contains(is_mark) { Cow::Owned(text.replace(is_mark, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorts the words, given in order, from the reverse.
    fn assert_order(tag: &str, in_order: &[&str]) {
        let collation = Collation::new(&LanguageTag::parse(tag).unwrap());
        let mut words: Vec<&str> = in_order.iter().rev().copied().collect();
        words.sort_by(|a, b| collation.compare(a, b));
        assert_eq!(words, in_order, "{tag}");
    }

    #[test]
    fn words_follow_the_alphabet_of_their_language() {
        let ukrainian: Vec<String> =
            "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя".chars().map(String::from).collect();
        assert_order("uk", &ukrainian.iter().map(String::as_str).collect::<Vec<_>>());
        assert_order("uk", &["Гай", "Ґанок", "Дім", "Європа", "Жито", "Ирій", "Ірпінь", "Їжак"]);
        assert_order("ru", &["Ева", "Ёжик", "Ель", "ещё", "Жар", "Явь"]);
        assert_order("en", &["apple", "Banana", "cherry", "Über", "Zebra"]);
    }

    #[test]
    fn an_apostrophe_of_any_kind_does_not_move_a_word() {
        for apostrophe in ["'", "\u{2019}", "\u{02BC}", "\u{2018}", "`", "\u{00B4}"] {
            let mint = format!("м{apostrophe}ята");
            assert_order("uk", &["мак", "музика", &mint, "ніч"]);
        }
    }

    #[test]
    fn quotation_marks_do_not_move_a_name() {
        assert_order("uk", &["«Азов»", "Десна", "«Енергоатом»", "Енергодар", "\"Ріка\""]);
    }

    #[test]
    fn only_equal_texts_compare_as_equal() {
        let collation = Collation::new(&LanguageTag::parse("uk").unwrap());
        assert_eq!(collation.compare("м'ята", "м'ята"), Ordering::Equal);
        assert_ne!(collation.compare("м'ята", "м’ята"), Ordering::Equal);
        assert_ne!(collation.compare("м'ята", "мята"), Ordering::Equal);
    }
}
