//! Numbers for readers: «1 234 567,5» in Ukrainian and Russian (with no-break spaces), `1,234,567.5`
//! in English. Separators and grouping come from CLDR.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};

use super::LanguageTag;

/// Whether thousands are set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// As the language does: «2 025».
    Thousands,
    /// Never, as years are written: «2025».
    None,
}

/// How many digits stand after the decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FractionDigits {
    /// At least so many; zeros fill them up.
    pub min: usize,
    /// At most so many, the last one rounded half to even; `None`: all that the number has.
    pub max: Option<usize>,
}

/// How a language writes numbers.
#[derive(Debug)]
pub struct NumberFormat {
    formatter: DecimalFormatter,
}

impl NumberFormat {
    /// The most digits after the decimal mark that can be asked for; an `f64` has no more than 17.
    pub const MAX_FRACTION_DIGITS: usize = 15;

    /// The numbers of a language.
    #[must_use]
    pub fn new(tag: &LanguageTag, grouping: Grouping) -> Self {
        let strategy = match grouping {
            Grouping::Thousands => GroupingStrategy::Auto,
            Grouping::None => GroupingStrategy::Never,
        };
        let options = DecimalFormatterOptions::from(strategy);
        let formatter = DecimalFormatter::try_new((&tag.locale).into(), options)
            .expect("the compiled data has root number symbols for every language");
        Self { formatter }
    }

    /// An integer.
    #[must_use]
    pub fn integer(&self, value: i64) -> String {
        self.formatter.format(&Decimal::from(value)).to_string()
    }

    /// A decimal number; `NaN` and the infinities come out as Rust writes them.
    #[must_use]
    pub fn decimal(&self, value: f64, digits: FractionDigits) -> String {
        // Rust writes an f64 with the fewest digits that give it back, and never an exponent.
        let plain = value.to_string();
        let Ok(mut decimal) = Decimal::try_from_str(&plain) else { return plain };
        if let Some(max) = digits.max {
            decimal.round(-position(max));
        }
        decimal.absolute.pad_end(-position(digits.min));
        self.formatter.format(&decimal).to_string()
    }
}

fn position(digits: usize) -> i16 {
    i16::try_from(digits.min(NumberFormat::MAX_FRACTION_DIGITS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(tag: &str, grouping: Grouping) -> NumberFormat {
        NumberFormat::new(&LanguageTag::parse(tag).unwrap(), grouping)
    }

    #[test]
    fn integers_are_grouped_as_the_language_does() {
        for (tag, value, text) in [
            ("uk", 0, "0"),
            ("uk", 1234, "1\u{a0}234"),
            ("uk", 1_234_567, "1\u{a0}234\u{a0}567"),
            ("uk", -41, "-41"),
            ("ru", 1_234_567, "1\u{a0}234\u{a0}567"),
            ("en", 1_234_567, "1,234,567"),
            ("en", i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(format(tag, Grouping::Thousands).integer(value), text, "{tag} {value}");
        }
        assert_eq!(format("uk", Grouping::None).integer(2025), "2025");
    }

    #[test]
    fn decimals_have_the_mark_of_the_language() {
        let any = FractionDigits::default();
        let money = FractionDigits { min: 2, max: Some(2) };
        for (tag, value, digits, text) in [
            ("uk", 1.5, any, "1,5"),
            ("ru", 1234.5, any, "1\u{a0}234,5"),
            ("en", 1234.5, any, "1,234.5"),
            ("uk", 3.0, any, "3"),
            ("uk", 0.1 + 0.2, any, "0,30000000000000004"),
            ("uk", 41.2, money, "41,20"),
            ("uk", 41.0, money, "41,00"),
            ("uk", 41.238, money, "41,24"),
            ("uk", -0.5, any, "-0,5"),
            ("uk", f64::NAN, any, "NaN"),
            ("uk", f64::INFINITY, any, "inf"),
        ] {
            assert_eq!(format(tag, Grouping::Thousands).decimal(value, digits), text);
        }
    }
}
