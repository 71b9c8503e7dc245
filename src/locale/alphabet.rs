//! The letters under which an index puts its entries: «Ґ» of its own in Ukrainian, «Ё» under «Е» in
//! Russian, «CH» behind «C» in Czech.

use std::cmp::{Ordering, Reverse};

use icu_collator::CollatorBorrowed;
use icu_collator::options::{CollatorOptions, Strength};
use icu_locale::exemplar_chars::ExemplarCharacters;
use icu_locale::fallback::LocaleFallbacker;
use icu_provider::DataLocale;

use super::{Collation, LanguageTag};

/// The index letters of one language.
pub struct Alphabet {
    /// Compares base letters only: «ё» is «Е» where the language has no «Ё» of its own.
    collator: CollatorBorrowed<'static>,
    /// Letters of several characters first, so that «Chrudim» is not found under «C».
    letters: Vec<String>,
}

impl Alphabet {
    /// The letters that CLDR lists for the language; those of the root, which are none, if it lists none.
    #[must_use]
    pub fn new(tag: &LanguageTag) -> Self {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        let collator = CollatorBorrowed::try_new((&tag.locale).into(), options)
            .expect("the compiled data has a root collation for every language");
        let mut letters = index_letters((&tag.locale).into());
        // Of «Е» and «Ё», which count as one letter, the one that dictionaries put first.
        let collation = Collation::new(tag);
        letters.sort_by(|a, b| collation.compare(a, b));
        letters.dedup_by(|a, b| collator.compare(a, b) == Ordering::Equal);
        letters.sort_by_key(|letter| Reverse(letter.chars().count()));
        Self { collator, letters }
    }

    /// The letter that a name stands under: an index letter of the language, else the name's own first
    /// letter in capitals, else, where it has no letter, its first digit or nothing.
    #[must_use]
    pub fn letter_of(&self, name: &str) -> String {
        let name = name.trim_start_matches(|character: char| !character.is_alphanumeric());
        let begins_with = |letter: &&String| {
            let n = letter.chars().count();
            let beginning: String = name.chars().take(n).collect();
            beginning.chars().count() == n
                && self.collator.compare(&beginning, letter) == Ordering::Equal
        };
        match self.letters.iter().find(begins_with) {
            Some(letter) => letter.clone(),
            None => name.chars().next().into_iter().flat_map(char::to_uppercase).collect(),
        }
    }
}

/// CLDR's index letters of a locale, or of the nearest one above it that has some.
fn index_letters(locale: DataLocale) -> Vec<String> {
    let fallbacker = LocaleFallbacker::new();
    let mut steps = fallbacker.for_config(Default::default()).fallback_for(locale);
    let found = loop {
        match ExemplarCharacters::try_new_index(steps.get()) {
            Ok(found) => break found,
            Err(_) if steps.get().is_unknown() => return Vec::new(),
            Err(_) => steps.step(),
        };
    };
    let strings = found.strings().iter().map(str::to_owned);
    let ranges = found.code_points().iter_ranges();
    let characters = ranges.flatten().filter_map(char::from_u32).map(String::from);
    strings.chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(tag: &str, names: &[&str]) -> Vec<String> {
        let alphabet = Alphabet::new(&LanguageTag::parse(tag).unwrap());
        names.iter().map(|name| alphabet.letter_of(name)).collect()
    }

    #[test]
    fn ukrainian_letters_stand_for_themselves() {
        let names = ["гай", "Ґанок", "Еней", "Європа", "Ирій", "Ірпінь", "Їжак", "Йорж"];
        assert_eq!(letters("uk", &names), ["Г", "Ґ", "Е", "Є", "И", "І", "Ї", "Й"]);
    }

    #[test]
    fn a_letter_that_the_language_does_not_index_stands_under_its_base() {
        assert_eq!(letters("ru", &["Ёлка", "Ель", "Йод"]), ["Е", "Е", "Й"]);
        assert_eq!(letters("en", &["Über", "zebra", "Éclair"]), ["U", "Z", "E"]);
    }

    #[test]
    fn a_letter_may_have_several_characters() {
        assert_eq!(letters("cs", &["Chrudim", "Cheb", "Cukr", "C"]), ["CH", "CH", "C", "C"]);
    }

    #[test]
    fn other_scripts_and_digits_stand_for_themselves_and_marks_before_a_name_do_not_count() {
        assert_eq!(letters("en", &["Їжак", "5G", "«Глек»"]), ["Ї", "5", "Г"]);
        assert_eq!(letters("uk", &["NASA", "«Глек»", "'", ""]), ["N", "Г", "", ""]);
    }

    #[test]
    fn a_region_has_the_letters_of_its_language_and_an_unknown_alphabet_none() {
        assert_eq!(letters("en-GB", &["Über"]), ["U"]);
        assert_eq!(letters("de-AT", &["Äpfel"]), ["A"]);
        assert_eq!(letters("crh", &["Aqyar"]), ["A"]);
    }
}
