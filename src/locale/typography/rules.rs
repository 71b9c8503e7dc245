//! What each language wants of its text, as tables.
//!
//! * Quotation marks: CLDR 48, `delimiters` (outer, then inner). Only languages are listed whose marks
//!   there are those of their newspapers; text in any other language stays as it was typed.
//! * Ukrainian: «Український правопис» (2019), “technical rules of hyphenation”: initials stay with the
//!   surname, units with their number, parts of «і т. д.» together; typography.org.ua: the spaced dash
//!   stays with the word before it, and short prepositions and conjunctions with the word behind them.
//! * Russian: the same rules as in Мильчин and Чельцова, «Справочник издателя и автора», 3.4 and 6.
//! * English: New Hart’s Rules, 4.11 (the spaced en dash of British newspapers) and 5.2 (initials).

/// Letters of the longest word in [`Rules::stays_with_next`] and [`Rules::stays_with_previous`].
pub(super) const LONGEST_SHORT_WORD: usize = 2;

/// Letters of the longest word in [`Rules::before_name`].
pub(super) const LONGEST_ABBREVIATION: usize = 6;

/// The rules of one language.
#[derive(Debug)]
pub(super) struct Rules {
    /// The language of the tag, without its country: `en`.
    pub(super) language: &'static str,
    /// Opening and closing marks: outer ones, and those within them.
    pub(super) quotes: [(char, char); 2],
    /// What a hyphen between two spaces is meant to be; `None`: it stays.
    pub(super) dash: Option<char>,
    /// Prepositions, conjunctions and particles that do not end a line.
    pub(super) stays_with_next: &'static [&'static str],
    /// Particles that do not begin a line.
    pub(super) stays_with_previous: &'static [&'static str],
    /// Abbreviations, without their full stop, that stay with the name or number behind them.
    pub(super) before_name: &'static [&'static str],
    /// What stays with the number before it, beside the names of months. A full stop here is part of it.
    pub(super) units: &'static [&'static str],
    /// What stays with the Roman numeral before it.
    pub(super) centuries: &'static [&'static str],
    /// Words that begin with an apostrophe, not with a quotation mark.
    pub(super) elided: &'static [&'static str],
}

/// A language of which only the quotation marks are known.
const fn quotes_only(language: &'static str, outer: (char, char), inner: (char, char)) -> Rules {
    Rules {
        language,
        quotes: [outer, inner],
        dash: None,
        stays_with_next: &[],
        stays_with_previous: &[],
        before_name: &[],
        units: &["%"],
        centuries: &[],
        elided: &[],
    }
}

/// The rules of a language, if it has any here.
pub(super) fn of(language: &str) -> Option<&'static Rules> {
    ALL.iter().find(|rules| rules.language == language)
}

#[rustfmt::skip]
const ALL: &[Rules] = &[
    Rules {
        language: "uk",
        quotes: [('«', '»'), ('„', '“')],
        dash: Some('—'),
        stays_with_next: &[
            "а", "в", "з", "і", "й", "о", "у",
            "до", "за", "із", "зі", "на", "по", "бо", "та", "чи", "не", "ні",
        ],
        stays_with_previous: &["б", "би", "ж", "же"],
        before_name: &[
            "акад", "бульв", "буд", "вул", "ген", "гл", "гр", "доц", "ім", "кв", "м", "обл", "п", "пл", "пп", "просп",
            "пров", "проф", "рис", "розд", "смт", "ст", "стор", "табл", "ч",
        ],
        units: &[
            "%", "°", "°C", "°С", "грн", "коп.", "дол.", "євро", "тис.", "тисяч", "тисячі", "тисяча",
            "млн", "мільйон", "мільйона", "мільйони", "мільйонів", "млрд", "мільярд", "мільярда",
            "мільярди", "мільярдів", "трлн", "км", "м", "см", "мм", "га", "кг", "г", "мг", "т", "ц", "л",
            "мл", "м²", "м³", "км²", "км/год", "м/с", "год", "год.", "хв", "хв.", "с", "р.", "рр.", "ст.",
            "шт.", "осіб", "Вт", "кВт", "МВт", "ГВт", "кВт⋅год", "кВт·год", "В", "кВ", "Гц", "МГц",
            "ГГц", "МБ", "ГБ",
        ],
        centuries: &["ст.", "століття", "столітті"],
        elided: &[],
    },
    Rules {
        language: "ru",
        quotes: [('«', '»'), ('„', '“')],
        dash: Some('—'),
        stays_with_next: &[
            "а", "в", "и", "к", "о", "с", "у",
            "во", "до", "за", "из", "ко", "на", "об", "от", "по", "со", "да", "но", "не", "ни",
        ],
        stays_with_previous: &["б", "бы", "ж", "же", "ли", "ль"],
        before_name: &[
            "акад", "бул", "гл", "ген", "гр", "д", "доц", "им", "кв", "м", "обл", "п", "пер", "пл", "пр", "просп", "проф",
            "пп", "рис", "разд", "ст", "стр", "табл", "ул", "ч",
        ],
        units: &[
            "%", "°", "°C", "°С", "грн", "руб.", "коп.", "долл.", "евро", "тыс.", "тысяч", "тысячи", "тысяча",
            "млн", "миллион", "миллиона", "миллионов", "млрд", "миллиард", "миллиарда", "миллиардов",
            "трлн", "км", "м", "см", "мм", "га", "кг", "г", "мг", "т", "ц", "л", "мл", "м²", "м³", "км²",
            "км/ч", "м/с", "ч", "мин", "с", "г.", "гг.", "в.", "шт.", "человек", "Вт", "кВт", "МВт", "ГВт",
            "кВт⋅ч", "кВт·ч", "В", "кВ", "Гц", "МГц", "ГГц", "МБ", "ГБ",
        ],
        centuries: &["в.", "вв.", "век", "века", "веке"],
        elided: &[],
    },
    Rules {
        language: "en",
        quotes: [('“', '”'), ('‘', '’')],
        dash: Some('–'),
        stays_with_next: &[],
        stays_with_previous: &[],
        before_name: &["Art", "Ch", "Dr", "Fig", "Gen", "Mr", "Mrs", "Ms", "No", "p", "pp", "Prof", "St"],
        units: &[
            "%", "°", "°C", "°F", "km", "m", "cm", "mm", "ha", "kg", "g", "mg", "t", "l", "ml", "m²", "m³",
            "km²", "km/h", "mph", "m/s", "h", "min", "s", "a.m.", "p.m.", "am", "pm", "W", "kW", "MW", "GW",
            "kWh", "MWh", "V", "kV", "Hz", "MHz", "GHz", "MB", "GB", "million", "billion", "trillion",
        ],
        centuries: &["century"],
        elided: &["bout", "cause", "em", "n", "round", "til", "tis", "twas", "twere"],
    },
    quotes_only("be", ('«', '»'), ('„', '“')),
    quotes_only("bg", ('„', '“'), ('„', '“')),
    quotes_only("cs", ('„', '“'), ('‚', '‘')),
    quotes_only("de", ('„', '“'), ('‚', '‘')),
    quotes_only("lt", ('„', '“'), ('„', '“')),
    quotes_only("pl", ('„', '”'), ('«', '»')),
    quotes_only("ro", ('„', '”'), ('«', '»')),
    quotes_only("sk", ('„', '“'), ('‚', '‘')),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_stands_here_once_and_every_list_is_in_lower_case_where_case_is_ignored() {
        for (index, rules) in ALL.iter().enumerate() {
            assert!(ALL[index + 1..].iter().all(|other| other.language != rules.language));
            for word in rules.stays_with_next.iter().chain(rules.stays_with_previous) {
                assert_eq!(*word, word.to_lowercase());
                assert!((1..=LONGEST_SHORT_WORD).contains(&word.chars().count()), "{word}");
            }
            for word in rules.before_name {
                assert!(word.chars().count() <= LONGEST_ABBREVIATION, "{word}");
            }
        }
    }
}
