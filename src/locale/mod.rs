//! What a language is, without any site: the form of its dates and numbers, its alphabet, its
//! spelling in Latin letters, and the words of the interface.
//!
//! Everything starts from a [`LanguageTag`] and comes from CLDR (through ICU4X), except the two
//! things that no library gets right for Ukrainian: the official transliteration ([`slug`]) and
//! apostrophes in alphabetical order ([`Collation`]). No language is special here: a tag that CLDR
//! knows works, also one that the newsroom adds next year.

mod alphabet;
mod collation;
mod date;
mod number;
mod slug;
mod strings;
mod typography;

pub use alphabet::Alphabet;
pub use collation::Collation;
pub use date::{DateFormat, PatternError, title_case_first};
pub use number::{FractionDigits, Grouping, NumberFormat};
pub use slug::{cut_slug, slug, transliterate, unicode_slug};
pub use strings::{Argument, Strings, StringsFile, TextError};
pub use typography::{Typesetter, Typography, TypographyStyle};

use std::fmt;

use icu_locale::subtags::Region;
use icu_locale::{
    LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander,
};

/// A BCP 47 language tag in canonical form, whose language CLDR knows: `uk`, `en-GB`, `sr-Latn`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LanguageTag {
    locale: Locale,
    /// `locale` as text.
    text: Box<str>,
}

/// Why a text is no [`LanguageTag`]. Its `Display` is a message: lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LanguageTagError {
    /// The text does not have the form of a BCP 47 tag.
    Malformed {
        /// The text.
        text: String,
    },
    /// The form is right, but no language has this code.
    UnknownLanguage {
        /// The code.
        code: String,
        /// What was probably meant: the language of the country that has this code.
        suggestion: Option<LanguageTagSuggestion>,
    },
}

/// The language that is meant where a country's code was written: `uk` for `ua`, `cs` for `cz`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageTagSuggestion {
    /// The country's code, in capitals: `UA`.
    pub country: String,
    /// The code of the language most used there: `uk`.
    pub language: String,
}

impl LanguageTag {
    /// Reads a tag; other spellings of it become the canonical one (`UK` → `uk`, `iw` → `he`).
    ///
    /// # Errors
    /// A text that is no tag, and a code that no language has, such as `ua`.
    pub fn parse(text: &str) -> Result<Self, LanguageTagError> {
        let mut locale = Locale::try_from_str(text)
            .map_err(|_| LanguageTagError::Malformed { text: text.to_owned() })?;
        LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
        let language = locale.id.language;
        if language.is_unknown() || likely(LanguageIdentifier::from(language)).is_none() {
            return Err(LanguageTagError::UnknownLanguage {
                code: language.to_string(),
                suggestion: language_of_country(language.as_str()),
            });
        }
        let text = locale.to_string().into();
        Ok(Self { locale, text })
    }

    /// The whole tag, as `lang` and `hreflang` want it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which way it is written: `ltr` or `rtl`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        let directions = LocaleDirectionality::new_extended();
        if directions.is_right_to_left(&self.locale.id) { "rtl" } else { "ltr" }
    }

    /// The language alone, two or three lower-case letters: `en` of `en-GB`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.locale.id.language.as_str()
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for LanguageTagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { text } => write!(f, "`{text}` is not a language tag"),
            Self::UnknownLanguage { code, suggestion: None } => {
                write!(f, "no language has the code `{code}`")
            }
            Self::UnknownLanguage { code, suggestion: Some(suggestion) } => {
                let LanguageTagSuggestion { country, language } = suggestion;
                write!(f, "no language has the code `{code}`: `{country}` is a country, ")?;
                write!(f, "its language is `{language}`")
            }
        }
    }
}

impl std::error::Error for LanguageTagError {}

/// What CLDR adds to an incomplete identifier (`uk` → `uk-Cyrl-UA`), or `None` if it knows nothing.
fn likely(mut incomplete: LanguageIdentifier) -> Option<LanguageIdentifier> {
    let given = incomplete.clone();
    LocaleExpander::new_extended().maximize(&mut incomplete);
    (incomplete != given).then_some(incomplete)
}

fn language_of_country(code: &str) -> Option<LanguageTagSuggestion> {
    let country = Region::try_from_str(code).ok()?;
    let language =
        likely(LanguageIdentifier { region: Some(country), ..LanguageIdentifier::UNKNOWN })?;
    Some(LanguageTagSuggestion {
        country: country.to_string(),
        language: language.language.to_string(),
    })
}

/// The six characters that are typed for an apostrophe. CLDR's alphabet has U+02BC, newsrooms type
/// the first two, and the rest come from word processors and keyboards.
fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{02BC}' | '\u{2018}' | '`' | '\u{00B4}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_kept_in_its_canonical_form() {
        for (written, canonical, language) in [
            ("uk", "uk", "uk"),
            ("UK", "uk", "uk"),
            ("en-gb", "en-GB", "en"),
            ("zh-hant-tw", "zh-Hant-TW", "zh"),
            ("iw", "he", "he"),
            ("crh", "crh", "crh"),
        ] {
            let tag = LanguageTag::parse(written).unwrap();
            assert_eq!((tag.as_str(), tag.language()), (canonical, language), "{written}");
        }
    }

    #[test]
    fn a_country_is_not_a_language_and_the_message_names_the_language_meant() {
        for (written, message) in [
            ("ua", "no language has the code `ua`: `UA` is a country, its language is `uk`"),
            ("cz", "no language has the code `cz`: `CZ` is a country, its language is `cs`"),
            ("xq", "no language has the code `xq`"),
            ("und", "no language has the code `und`"),
            ("українська", "`українська` is not a language tag"),
            ("", "`` is not a language tag"),
        ] {
            let error = LanguageTag::parse(written).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn whatever_pages_need_is_shared_by_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Alphabet>();
        shared::<Collation>();
        shared::<DateFormat>();
        shared::<NumberFormat>();
        shared::<Strings>();
    }
}
