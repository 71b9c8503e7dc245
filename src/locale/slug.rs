//! Slugs: a title in any script → lower-case ASCII words for a URL. No library transliterates
//! Ukrainian by the law, so the two Cyrillic tables are ours.
//!
//! **Ukrainian** follows Cabinet of Ministers resolution 55 of 27 January 2010: є ї й ю я are written
//! `ye yi y yu ya` at the beginning of a word and `ie i i iu ia` elsewhere; `зг` is written `zgh`
//! (Згорани → `Zghorany`) to keep it apart from ж, which is `zh`; the soft sign and the apostrophe
//! are dropped. What the resolution leaves open: a word also begins behind a hyphen, but not behind
//! an apostrophe (Знам’янка → `Znamianka`).
//!
//! **Russian** has no law for URLs. The table is close to BGN/PCGN in ASCII: ё is `yo`, й and ы are
//! `y`, х `kh`, ц `ts`, щ `shch`, э `e`, ю `yu`, я `ya`; ъ and ь are dropped.
//!
//! A letter foreign to the page's language takes the other table's spelling (ы in a Ukrainian title,
//! ї in a Russian one). A page in a third language quotes Cyrillic by the Ukrainian table first.
//! Everything else, from ł to 東, is spelled by `any_ascii`.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{LanguageTag, is_apostrophe};

/// A Cyrillic letter, its spelling at the beginning of a word, and elsewhere.
type Letter = (char, &'static str, &'static str);

const UKRAINIAN: [Letter; 33] = [
    ('а', "a", "a"),
    ('б', "b", "b"),
    ('в', "v", "v"),
    ('г', "h", "h"),
    ('ґ', "g", "g"),
    ('д', "d", "d"),
    ('е', "e", "e"),
    ('є', "ye", "ie"),
    ('ж', "zh", "zh"),
    ('з', "z", "z"),
    ('и', "y", "y"),
    ('і', "i", "i"),
    ('ї', "yi", "i"),
    ('й', "y", "i"),
    ('к', "k", "k"),
    ('л', "l", "l"),
    ('м', "m", "m"),
    ('н', "n", "n"),
    ('о', "o", "o"),
    ('п', "p", "p"),
    ('р', "r", "r"),
    ('с', "s", "s"),
    ('т', "t", "t"),
    ('у', "u", "u"),
    ('ф', "f", "f"),
    ('х', "kh", "kh"),
    ('ц', "ts", "ts"),
    ('ч', "ch", "ch"),
    ('ш', "sh", "sh"),
    ('щ', "shch", "shch"),
    ('ь', "", ""),
    ('ю', "yu", "iu"),
    ('я', "ya", "ia"),
];

const RUSSIAN: [Letter; 33] = [
    ('а', "a", "a"),
    ('б', "b", "b"),
    ('в', "v", "v"),
    ('г', "g", "g"),
    ('д', "d", "d"),
    ('е', "e", "e"),
    ('ё', "yo", "yo"),
    ('ж', "zh", "zh"),
    ('з', "z", "z"),
    ('и', "i", "i"),
    ('й', "y", "y"),
    ('к', "k", "k"),
    ('л', "l", "l"),
    ('м', "m", "m"),
    ('н', "n", "n"),
    ('о', "o", "o"),
    ('п', "p", "p"),
    ('р', "r", "r"),
    ('с', "s", "s"),
    ('т', "t", "t"),
    ('у', "u", "u"),
    ('ф', "f", "f"),
    ('х', "kh", "kh"),
    ('ц', "ts", "ts"),
    ('ч', "ch", "ch"),
    ('ш', "sh", "sh"),
    ('щ', "shch", "shch"),
    ('ъ', "", ""),
    ('ы', "y", "y"),
    ('ь', "", ""),
    ('э', "e", "e"),
    ('ю', "yu", "yu"),
    ('я', "ya", "ya"),
];

/// Lower-case ASCII words and numbers, joined by single hyphens; spelled as [`transliterate`] does,
/// without apostrophes. Empty only if `text` has neither letters nor digits. A slug is its own slug.
#[must_use]
pub fn slug(text: &str, tag: &LanguageTag) -> String {
    let latin = transliterate(text, tag);
    let mut slug = String::with_capacity(latin.len());
    for character in latin.chars().filter(|character| !is_apostrophe(*character)) {
        if character.is_ascii() {
            push_ascii(&mut slug, character);
        } else if character.is_alphanumeric() || is_combining_mark(character) {
            // `any_ascii` writes some letters with an apostrophe, which is no end of a word either.
            let spelling = any_ascii::any_ascii_char(character);
            spelling.chars().filter(|c| !is_apostrophe(*c)).for_each(|c| push_ascii(&mut slug, c));
        } else {
            push_ascii(&mut slug, ' ');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    if slug.is_empty() { code_points(text) } else { slug }
}

/// Lower-case words and numbers in their own script, joined by single hyphens, in NFC: what [`slug`]
/// is without transliteration. Empty only if `text` has neither letters nor digits.
#[must_use]
pub fn unicode_slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.nfc().flat_map(char::to_lowercase) {
        if is_apostrophe(character) || is_accent(character) || is_invisible(character) {
            continue;
        }
        if character.is_alphanumeric() || is_combining_mark(character) {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug.nfc().collect()
}

/// A slug that was made of a headline, cut to whole words of at most so many characters; its first
/// word stays, however long.
#[must_use]
pub fn cut_slug(slug: String, most_chars: usize) -> String {
    let Some((end, _)) = slug.char_indices().nth(most_chars) else { return slug };
    let (kept, rest) = slug.split_at(end);
    let cut = if rest.starts_with('-') { Some(end) } else { kept.rfind('-') };
    slug.split_at(cut.unwrap_or(end)).0.to_owned()
}

/// The text with its Cyrillic letters written in Latin ones; capitals, spaces and everything else
/// stay as they are. Letters and accents are composed first; stress marks, soft hyphens and other
/// invisible characters are dropped.
#[must_use]
pub fn transliterate(text: &str, tag: &LanguageTag) -> String {
    let tables = match tag.language() {
        "ru" => [Table::Russian, Table::Ukrainian],
        _ => [Table::Ukrainian, Table::Russian],
    };
    let is_kept = |c: &char| !is_accent(*c) && !is_invisible(*c);
    let characters: Vec<char> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.chars().filter(is_kept).collect(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().filter(is_kept).collect(),
    };
    let mut latin = String::with_capacity(text.len());
    for (index, &character) in characters.iter().enumerate() {
        let (before, from_here) = characters.split_at(index);
        let after = from_here.get(1..).unwrap_or_default();
        if is_apostrophe(character) && is_inside_cyrillic_word(before, after) {
            continue;
        }
        match tables.iter().find_map(|table| table.spelling(character, before)) {
            None => latin.push(character),
            Some(spelling) if !character.is_uppercase() => latin.push_str(spelling),
            Some(spelling) if is_among_capitals(before, after) => {
                latin.push_str(&spelling.to_ascii_uppercase());
            }
            Some(spelling) => {
                let mut rest = spelling.chars();
                latin.extend(rest.next().map(|first| first.to_ascii_uppercase()));
                latin.push_str(rest.as_str());
            }
        }
    }
    latin
}

#[derive(Clone, Copy, PartialEq)]
enum Table {
    Ukrainian,
    Russian,
}

impl Table {
    /// How the table writes a letter that follows the characters `before`, in lower case.
    fn spelling(self, letter: char, before: &[char]) -> Option<&'static str> {
        if !('\u{400}'..='\u{4FF}').contains(&letter) {
            return None;
        }
        let lower = letter.to_lowercase().next()?;
        if self == Self::Ukrainian && lower == 'г' && matches!(before.last(), Some('з' | 'З')) {
            return Some("gh");
        }
        let letters = match self {
            Self::Ukrainian => &UKRAINIAN,
            Self::Russian => &RUSSIAN,
        };
        let (_, first, inside) = letters.iter().find(|(cyrillic, ..)| *cyrillic == lower)?;
        Some(if begins_word(before) { first } else { inside })
    }
}

/// Whether a letter behind these characters is the first of its word.
fn begins_word(before: &[char]) -> bool {
    match before {
        [.., letter, apostrophe] if is_apostrophe(*apostrophe) => !letter.is_alphabetic(),
        [.., last] => !last.is_alphabetic() || is_apostrophe(*last),
        [] => true,
    }
}

fn is_inside_cyrillic_word(before: &[char], after: &[char]) -> bool {
    let is_cyrillic = |character: Option<&char>| {
        character.is_some_and(|character| Table::Ukrainian.spelling(*character, &[]).is_some())
    };
    is_cyrillic(before.last()) && is_cyrillic(after.first())
}

/// Whether a capital letter between these characters stands in a word of capitals: Щ is `SHCH` in
/// «ЩУКА» and `Shch` in «Щука».
fn is_among_capitals(before: &[char], after: &[char]) -> bool {
    let is_letter = |c: &&char| c.is_alphabetic() && !is_apostrophe(**c);
    let next = after.iter().find(|c| !is_apostrophe(**c)).filter(is_letter);
    let previous = before.iter().rev().find(|c| !is_apostrophe(**c)).filter(is_letter);
    next.or(previous).is_some_and(|neighbour| neighbour.is_uppercase())
}

/// A mark that NFC could not compose with its letter: a stress mark, mostly. Marks of other scripts
/// are letters of theirs.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Appends a letter or digit in lower case, and for anything else one hyphen between words.
fn push_ascii(slug: &mut String, character: char) {
    if character.is_ascii_alphanumeric() {
        slug.push(character.to_ascii_lowercase());
    } else if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// For a text of nothing but letters without a spelling («ь», hieroglyphs): their code points, since
/// every title needs an address.
fn code_points(text: &str) -> String {
    let letters = text.chars().filter(|character| character.is_alphanumeric());
    let words: Vec<String> = letters.map(|letter| format!("u{:x}", u32::from(letter))).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tag(tag: &str) -> LanguageTag {
        LanguageTag::parse(tag).unwrap()
    }

    #[test]
    fn ukrainian_names_are_written_as_in_the_table_of_resolution_55() {
        for (name, latin) in [
            ("Алушта", "Alushta"),
            ("Борщагівка", "Borshchahivka"),
            ("Вінниця", "Vinnytsia"),
            ("Гадяч", "Hadiach"),
            ("Ґалаґан", "Galagan"),
            ("Донецьк", "Donetsk"),
            ("Рівне", "Rivne"),
            ("Єнакієве", "Yenakiieve"),
            ("Згорани", "Zghorany"),
            ("Розгон", "Rozghon"),
            ("Гаєвич", "Haievych"),
            ("Короп’є", "Koropie"),
            ("Житомир", "Zhytomyr"),
            ("Закарпаття", "Zakarpattia"),
            ("Їжакевич", "Yizhakevych"),
            ("Кадиївка", "Kadyivka"),
            ("Йосипівка", "Yosypivka"),
            ("Стрий", "Stryi"),
            ("Згурський", "Zghurskyi"),
            ("Юрій", "Yurii"),
            ("Корюківка", "Koriukivka"),
            ("Яготин", "Yahotyn"),
            ("Знам’янка", "Znamianka"),
            ("Феодосія", "Feodosiia"),
            ("Щербухи", "Shcherbukhy"),
            ("Гоща", "Hoshcha"),
            ("Київ", "Kyiv"),
        ] {
            assert_eq!(transliterate(name, &tag("uk")), latin);
            assert_eq!(slug(name, &tag("uk")), latin.to_lowercase());
        }
    }

    #[test]
    fn a_word_begins_behind_a_hyphen_or_a_quote_but_not_behind_an_apostrophe() {
        for (text, latin) in [
            ("Івано-Франківськ, Нью-Йорк", "Ivano-Frankivsk, Niu-York"),
            ("Юна Європа", "Yuna Yevropa"),
            ("«Їжак» і 'їжак'", "«Yizhak» i 'yizhak'"),
            ("2-й, 5я", "2-y, 5ya"),
            ("за\u{301}мок, Киї\u{301}в", "zamok, Kyiv"),
            ("и\u{306}ого і\u{308}жа", "yoho yizha"),
            ("пере\u{ad}їзд", "pereizd"),
        ] {
            assert_eq!(transliterate(text, &tag("uk")), latin);
        }
        for apostrophe in ["'", "\u{2019}", "\u{02BC}", "\u{2018}", "`", "\u{00B4}"] {
            assert_eq!(transliterate(&format!("з{apostrophe}їзд"), &tag("uk")), "zizd");
            assert_eq!(slug(&format!("З{apostrophe}ЇЗД"), &tag("uk")), "zizd");
        }
    }

    #[test]
    fn capitals_stay_capitals() {
        for (text, latin) in [
            ("ЩУКА", "SHCHUKA"),
            ("Щука", "Shchuka"),
            ("БОРЩ", "BORSHCH"),
            ("Щ", "Shch"),
            ("ЗГОРАНИ", "ZGHORANY"),
            ("Я і Є", "Ya i Ye"),
            ("ЗНАМ’ЯНКА", "ZNAMIANKA"),
            ("НАТО, ЄС", "NATO, YES"),
        ] {
            assert_eq!(transliterate(text, &tag("uk")), latin);
        }
    }

    #[test]
    fn russian_follows_its_own_table() {
        for (text, expected) in [
            ("Съезд в Киеве: объявление", "sezd-v-kieve-obyavlenie"),
            ("Жёлтый ёж ещё здесь", "zhyoltyy-yozh-eshchyo-zdes"),
            ("Эхо Москвы, хлеб, цирк", "ekho-moskvy-khleb-tsirk"),
            ("Горький и Згуриди", "gorkiy-i-zguridi"),
            ("Юля, Яна, щука", "yulya-yana-shchuka"),
        ] {
            assert_eq!(slug(text, &tag("ru")), expected);
        }
    }

    #[test]
    fn a_foreign_letter_takes_the_spelling_of_its_own_language() {
        for (language, text, expected) in [
            ("ru", "Ґанок на Їжакевича", "ganok-na-yizhakevicha"),
            ("uk", "Крылья и Эльбрус, объём", "krylia-y-elbrus-obyom"),
            ("en", "The Київ Independent", "the-kyiv-independent"),
            ("uk", "Лех Wałęsa у Łodzi", "lekh-walesa-u-lodzi"),
            ("uk", "Ærø straße Ќ", "aero-strasse-k"),
            ("uk", "Ўладзімір", "uladzimir"),
            ("en", "東京 2025", "dongjing-2025"),
            ("en", "हिन्दी, ქართული", "hindi-kartuli"),
        ] {
            assert_eq!(slug(text, &tag(language)), expected);
        }
    }

    #[test]
    fn a_slug_is_words_joined_by_single_hyphens() {
        for (text, expected) in [
            ("  Рубіо — приєднався\u{a0}до: перемовин!  ", "rubio-pryiednavsia-do-peremovyn"),
            ("Don’t rock 'n' roll", "dont-rock-n-roll"),
            ("COVID-19 & Co.", "covid-19-co"),
            ("½ ціни №5", "1-2-tsiny-5"),
            ("…—!", ""),
            ("", ""),
            ("ь", "u44c"),
        ] {
            assert_eq!(slug(text, &tag("uk")), expected, "{text}");
        }
    }

    #[test]
    fn a_slug_may_keep_its_script() {
        for (text, expected) in [
            ("Знам’янка: З'їзд у Києві", "знамянка-зїзд-у-києві"),
            ("За\u{301}мок — и\u{306}од", "замок-йод"),
            ("«Łódź» & 東京 5–6", "łódź-東京-5-6"),
            ("…", ""),
        ] {
            assert_eq!(unicode_slug(text), expected);
        }
    }

    #[test]
    fn a_long_slug_is_cut_behind_a_word() {
        for (slug, most, cut) in [
            ("odyn-dva-try", 20, "odyn-dva-try"),
            ("odyn-dva-try", 8, "odyn-dva"),
            ("odyn-dva-try", 10, "odyn-dva"),
            ("один-два", 6, "один"),
            ("довгий", 3, "дов"),
        ] {
            assert_eq!(cut_slug(slug.to_owned(), most), cut);
        }
    }

    proptest! {
        #[test]
        fn slugs_in_their_own_script_are_nfc_words_and_their_own_slugs(text in any_text()) {
            let once = unicode_slug(&text);
            prop_assert!(once.is_empty() || once.split('-').all(|word| !word.is_empty()), "{once}");
            prop_assert!(unicode_normalization::is_nfc(&once));
            prop_assert_eq!(unicode_slug(&once), once.as_str());
        }

        #[test]
        fn slugs_are_ascii_words_and_their_own_slugs(text in any_text(), language in language()) {
            let tag = tag(language);
            let once = slug(&text, &tag);
            let is_word = |word: &str| {
                !word.is_empty()
                    && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            prop_assert!(once.is_empty() || once.split('-').all(is_word), "{once}");
            prop_assert_eq!(slug(&once, &tag), once.as_str());
            // A mark alone, which is neither letter nor digit, may have a spelling too.
            prop_assert!(!once.is_empty() || !text.chars().any(char::is_alphanumeric));
        }
    }

    fn language() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["uk", "ru", "en"])
    }

    /// Random characters of all scripts, and text that looks like ours.
    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[а-яА-ЯіїєґІЇЄҐёЁьъ’'ʼ \\-a-zA-Z0-9\u{301}]{0,40}"]
    }
}
