//! Letters over an index: names in alphabetical order → groups with the letters of the alphabet.
//!
//! The letters are CLDR's index characters, in the language's own order: А Б В Г Ґ … in Ukrainian,
//! without Ь and Ы, which begin no word. Letters that the order does not tell apart share a group (Е, Ё
//! in Russian). What begins with no letter of the index stands under `#`, which comes last.

use std::cmp::Ordering;

use icu_collator::CollatorBorrowed;
use icu_collator::options::{CollatorOptions, Strength};
use icu_locale::exemplar_chars::ExemplarCharacters;

use super::{Collation, LanguageTag, is_apostrophe};

/// The names under one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterGroup {
    /// `Ґ`; `Е, Ё` where two letters share their place; `#` for what begins with none of the index.
    pub letter: String,
    /// The places of the names, in their order.
    pub items: Vec<usize>,
}

/// The group of what begins with no letter of the index.
const OTHER: &str = "#";

/// Groups names that are in the order of [`super::Collation`]. Quotation marks and the like before a
/// name's first letter do not count.
#[must_use]
pub fn index_letters<'n>(
    tag: &LanguageTag,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<LetterGroup> {
    let index = Index::new(tag);
    let mut groups: Vec<LetterGroup> = Vec::new();
    let mut others = LetterGroup { letter: OTHER.to_owned(), items: Vec::new() };
    for (item, name) in names.into_iter().enumerate() {
        let Some(letter) = index.letter_of(name) else {
            others.items.push(item);
            continue;
        };
        match groups.last_mut() {
            Some(group) if group.letter == letter => group.items.push(item),
            _ => groups.push(LetterGroup { letter: letter.to_owned(), items: vec![item] }),
        }
    }
    groups.extend(Some(others).filter(|group| !group.items.is_empty()));
    groups
}

/// The letters of a language's index.
struct Index {
    /// Compares letters alone: neither case nor accents that its alphabet does not count.
    collator: CollatorBorrowed<'static>,
    /// In order, each with its label.
    letters: Vec<(String, String)>,
}

impl Index {
    fn new(tag: &LanguageTag) -> Self {
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Primary);
        let collator = CollatorBorrowed::try_new((&tag.locale).into(), options)
            .expect("the compiled data has a root collation for every language");
        let mut all = index_characters(tag);
        let alphabet = Collation::new(tag);
        all.sort_by(|a, b| alphabet.compare(a, b));
        let mut letters: Vec<(String, String)> = Vec::new();
        for letter in all {
            match letters.last_mut() {
                Some((first, label)) if collator.compare(first, &letter) == Ordering::Equal => {
                    label.push_str(", ");
                    label.push_str(&letter);
                }
                _ => letters.push((letter.clone(), letter)),
            }
        }
        Self { collator, letters }
    }

    /// The label of the group that a name belongs to.
    fn letter_of(&self, name: &str) -> Option<&str> {
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric() || is_apostrophe(c));
        let first = name.chars().next().filter(|c| c.is_alphabetic())?;
        let is_not_after = |letter: &str| self.collator.compare(letter, name) != Ordering::Greater;
        let n = self.letters.partition_point(|(letter, _)| is_not_after(letter));
        let (letter, label) = self.letters.get(n.checked_sub(1)?)?;
        // What sorts behind a letter need not begin with it: Latin names behind Я, ы behind Щ.
        let mut buffer = [0; 4];
        let first = first.encode_utf8(&mut buffer);
        let is_it = self.collator.compare(letter, first) == Ordering::Equal
            || letter.chars().count() > 1
            || starts_with(&any_ascii::any_ascii(first), letter);
        is_it.then_some(label.as_str())
    }
}

/// Whether a letter is spelled with another: ß with S, Æ with A, Ł with L.
fn starts_with(spelling: &str, letter: &str) -> bool {
    spelling.chars().next().map(|c| c.to_ascii_uppercase()) == letter.chars().next()
}

/// CLDR's index characters of the language, unordered; none if it knows none.
fn index_characters(tag: &LanguageTag) -> Vec<String> {
    let of_language = icu_locale::Locale::from(tag.locale.id.language);
    let found = ExemplarCharacters::try_new_index(&(&tag.locale).into())
        .or_else(|_| ExemplarCharacters::try_new_index(&of_language.into()));
    let Ok(found) = found else { return Vec::new() };
    let characters = found.code_points().iter_chars().map(String::from);
    let sequences = found.strings().iter().map(str::to_owned);
    characters.chain(sequences).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sorts the names and gives the groups as `Ґ: Ґанок, Ґречний`.
    fn groups(tag: &str, names: &[&str]) -> Vec<String> {
        let tag = LanguageTag::parse(tag).unwrap();
        let collation = Collation::new(&tag);
        let mut names = names.to_vec();
        names.sort_by(|a, b| collation.compare(a, b));
        index_letters(&tag, names.iter().copied())
            .into_iter()
            .map(|LetterGroup { letter, items }| {
                let items: Vec<&str> = items.iter().map(|item| names[*item]).collect();
                format!("{letter}: {}", items.join(", "))
            })
            .collect()
    }

    /// The alphabets of indexes, as CLDR 48 has them (`characters.index`).
    #[test]
    fn every_letter_of_the_index_has_its_place() {
        let letters = |tag| -> String {
            let tag = LanguageTag::parse(tag).unwrap();
            Index::new(&tag).letters.into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(letters("uk"), "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯ");
        assert_eq!(letters("ru"), "АБВГДЕ, ЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ");
        assert_eq!(letters("en-GB"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assert_eq!(letters("pl"), "ABCĆDEFGHIJKLŁMNOÓPQRSŚTUVWXYZŹŻ");
    }

    #[test]
    fn names_stand_under_their_first_letters() {
        assert_eq!(
            groups(
                "uk",
                &[
                    "Їжак",
                    "Ґанок",
                    "гай",
                    "Європа",
                    "«Енергоатом»",
                    "Ірпінь",
                    "м’ята",
                    "Мак",
                    "НАТО",
                    "112",
                    "Reuters",
                    "Ыгыатта",
                    "Йод"
                ]
            ),
            [
                "Г: гай",
                "Ґ: Ґанок",
                "Е: «Енергоатом»",
                "Є: Європа",
                "І: Ірпінь",
                "Ї: Їжак",
                "Й: Йод",
                "М: Мак, м’ята",
                "Н: НАТО",
                "#: 112, Ыгыатта, Reuters",
            ]
        );
        assert_eq!(
            groups("ru", &["Ёлка", "ель", "Ева", "Жар"]),
            ["Е, Ё: Ева, Ёлка, ель", "Ж: Жар"]
        );
        assert_eq!(
            groups("en", &["Élysée", "euro", "Ærø", "Łódź", "zoo", "Київ"]),
            ["A: Ærø", "E: Élysée, euro", "L: Łódź", "Z: zoo", "#: Київ"]
        );
        assert_eq!(groups("de", &["Öl", "Ofen", "ßa"]), ["O: Ofen, Öl", "S: ßa"]);
    }

    #[test]
    fn no_names_have_no_groups() {
        assert_eq!(groups("uk", &[]), [""; 0]);
    }
}
