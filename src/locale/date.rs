//! Dates for readers: «19 грудня 2025, 20:31», and «грудень 2025» over an archive.
//!
//! The form is a CLDR pattern (UTS 35, "Date Format Patterns") from `site.toml`: CLDR's own long
//! form ends in «р.» in Ukrainian, which no newsroom writes. The names come from CLDR, so `MMMM` is
//! the genitive («грудня») and `LLLL` the nominative («грудень»). They carry U+02BC as apostrophe
//! («пʼятниця»); whoever prints them may unify it with the rest of the page.

use std::fmt;
use std::ops::Range;

use icu_calendar::Gregorian;
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::pattern::{
    DateTimePattern, FixedCalendarDateTimeNames, FormattedDateTimePatternError, PatternLoadError,
};
use jiff::civil;
use writeable::TryWriteable;

use super::LanguageTag;

type Names = FixedCalendarDateTimeNames<Gregorian>;

/// Any moment will do to try a pattern; this one has no field that looks like its own letters.
const SAMPLE: civil::DateTime = civil::date(2025, 12, 19).at(20, 31, 45, 0);

/// A date pattern with the names of one language.
#[derive(Debug)]
pub struct DateFormat {
    names: Names,
    pattern: DateTimePattern,
}

/// Why a text is no date pattern. Its `Display` is a message: lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes of the pattern.
    pub at: Range<usize>,
}

impl DateFormat {
    /// Reads a pattern such as `d MMMM y, HH:mm`.
    ///
    /// # Errors
    /// Letters that are no field (words must stand in 'quotes'), a quote that is not closed, two forms
    /// of one field (`MMMM` and `LLLL`), fractions of seconds, and time zones: a page shows the site's
    /// own time and does not name its zone.
    pub fn new(tag: &LanguageTag, pattern: &str) -> Result<Self, PatternError> {
        let mut names = Names::try_new((&tag.locale).into())
            .expect("the compiled data has root number symbols for every language");
        // ICU reports no offsets and takes an unknown letter for text, so the fields go in one by one.
        for at in fields(pattern)? {
            let field = pattern.get(at.clone()).unwrap_or_default();
            include(&mut names, field).map_err(|message| PatternError { message, at })?;
        }
        let pattern = DateTimePattern::try_from_pattern_str(pattern)
            .map_err(|error| PatternError { message: error.to_string(), at: 0..pattern.len() })?;
        Ok(Self { names, pattern })
    }

    /// The local date and time of `moment`, in its own zone.
    #[must_use]
    pub fn format(&self, moment: &jiff::Zoned) -> String {
        let mut text = String::new();
        self.format_into(moment, &mut text);
        text
    }

    /// Appends what [`DateFormat::format`] gives.
    pub fn format_into(&self, moment: &jiff::Zoned, text: &mut String) {
        write_date(&self.names, &self.pattern, moment.datetime(), text)
            .expect("DateFormat::new has tried every field of the pattern");
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

/// The text with its first letter in upper case, as a heading wants it: «Грудень 2025».
#[must_use]
pub fn title_case_first(text: &str) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, character)| character.is_alphabetic())
    else {
        return text.to_owned();
    };
    let (before, rest) = text.split_at(at);
    before.chars().chain(first.to_uppercase()).chain(rest.chars().skip(1)).collect()
}

/// The runs of one letter outside quotes, in bytes of the pattern. Only ASCII letters are fields.
fn fields(pattern: &str) -> Result<Vec<Range<usize>>, PatternError> {
    let mut fields: Vec<Range<usize>> = Vec::new();
    let mut open_quote = None;
    let mut previous = None;
    for (at, character) in pattern.char_indices() {
        if character == '\'' {
            // Two quotes stand for one: they close and open again, which comes to the same.
            open_quote = if open_quote.is_some() { None } else { Some(at) };
        } else if open_quote.is_none() && character.is_ascii_alphabetic() {
            match fields.last_mut() {
                Some(run) if previous == Some(character) => run.end = at + 1,
                _ => fields.push(at..at + 1),
            }
        }
        previous = Some(character);
    }
    match open_quote {
        Some(at) => {
            Err(PatternError { message: "a quote is not closed".to_owned(), at: at..pattern.len() })
        }
        None => Ok(fields),
    }
}

/// Loads the names for one field and tries it; the error is a message.
fn include(names: &mut Names, field: &str) -> Result<(), String> {
    if field.starts_with(['z', 'Z', 'O', 'v', 'V', 'X', 'x']) {
        return Err(format!("`{field}` is a time zone, which dates here do not show"));
    }
    let unknown = || format!("`{field}` is not a date field");
    let pattern = DateTimePattern::try_from_pattern_str(field).map_err(|_| unknown())?;
    names.include_for_pattern(&pattern).map_err(|error| match error {
        PatternLoadError::ConflictingField { .. } => {
            format!("`{field}` and another form of the same field cannot stand in one pattern")
        }
        _ => unknown(),
    })?;
    let mut text = String::new();
    write_date(names, &pattern, SAMPLE, &mut text).map_err(|_| unknown())?;
    // ICU writes a letter that it does not know as it stands.
    if text == field { Err(unknown()) } else { Ok(()) }
}

fn write_date(
    names: &Names,
    pattern: &DateTimePattern,
    moment: civil::DateTime,
    text: &mut String,
) -> Result<(), FormattedDateTimePatternError> {
    names
        .with_pattern_unchecked(pattern)
        .format(&gregorian(moment))
        .try_write_to(text)
        .expect("writing to a String does not fail")
}

fn gregorian(moment: civil::DateTime) -> DateTime<Gregorian> {
    let small = |number: i8| number.unsigned_abs();
    let date = Date::try_new_gregorian(
        i32::from(moment.year()),
        small(moment.month()),
        small(moment.day()),
    );
    let time = Time::try_new(
        small(moment.hour()),
        small(moment.minute()),
        small(moment.second()),
        moment.subsec_nanosecond().unsigned_abs(),
    );
    DateTime {
        date: date.expect("jiff's dates are Gregorian, and within ICU's years"),
        time: time.expect("jiff's times have no leap second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn format(tag: &str, pattern: &str) -> DateFormat {
        DateFormat::new(&LanguageTag::parse(tag).unwrap(), pattern).unwrap()
    }

    fn kyiv(at: civil::DateTime) -> jiff::Zoned {
        at.in_tz("Europe/Kyiv").unwrap()
    }

    const UK_GENITIVE: [&str; 12] = [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ];
    const UK_NOMINATIVE: [&str; 12] = [
        "січень",
        "лютий",
        "березень",
        "квітень",
        "травень",
        "червень",
        "липень",
        "серпень",
        "вересень",
        "жовтень",
        "листопад",
        "грудень",
    ];
    const RU_GENITIVE: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    const RU_NOMINATIVE: [&str; 12] = [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ];

    #[test]
    fn a_moment_is_written_by_the_pattern_in_its_own_zone() {
        let evening = kyiv(date(2025, 12, 19).at(20, 31, 0, 0));
        let sunday = kyiv(date(2025, 12, 21).at(0, 0, 0, 0));
        let summer = "2026-06-30T22:05:00Z[UTC]".parse::<jiff::Zoned>().unwrap();
        let summer = summer.in_tz("Europe/Kyiv").unwrap();
        for (tag, pattern, moment, text) in [
            ("uk", "d MMMM y, HH:mm", &evening, "19 грудня 2025, 20:31"),
            ("ru", "d MMMM y, HH:mm", &evening, "19 декабря 2025, 20:31"),
            ("en", "d MMMM y, HH:mm", &evening, "19 December 2025, 20:31"),
            ("en", "MMMM d, y 'at' h:mm a", &evening, "December 19, 2025 at 8:31 PM"),
            ("uk", "LLLL y", &evening, "грудень 2025"),
            ("ru", "LLLL y", &evening, "декабрь 2025"),
            ("uk", "EEEE, d MMMM y", &sunday, "неділя, 21 грудня 2025"),
            ("ru", "EEEE, d MMMM y", &sunday, "воскресенье, 21 декабря 2025"),
            ("uk", "EEEE", &evening, "пʼятниця"),
            ("uk", "dd.MM.yy", &sunday, "21.12.25"),
            ("uk", "d MMMM y, HH:mm", &summer, "1 липня 2026, 01:05"),
            ("uk", "d MMMM y р.", &sunday, "21 грудня 2025 р."),
            ("uk", "d '''MMMM'''", &sunday, "21 'MMMM'"),
            ("uk", "HH:mm", &sunday, "00:00"),
        ] {
            assert_eq!(format(tag, pattern).format(moment), text, "{tag} {pattern}");
        }
    }

    #[test]
    fn months_are_genitive_after_a_day_and_nominative_alone() {
        for (tag, genitive, nominative) in
            [("uk", UK_GENITIVE, UK_NOMINATIVE), ("ru", RU_GENITIVE, RU_NOMINATIVE)]
        {
            let with_day = format(tag, "d MMMM");
            let alone = format(tag, "LLLL");
            for (month, (genitive, nominative)) in (1..).zip(genitive.into_iter().zip(nominative)) {
                let day = kyiv(date(2025, month, 1).at(12, 0, 0, 0));
                assert_eq!(with_day.format(&day), format!("1 {genitive}"));
                assert_eq!(alone.format(&day), nominative);
            }
        }
    }

    #[test]
    fn a_date_can_be_appended_to_a_text() {
        let mut text = String::from("<time>");
        format("uk", "d MMMM").format_into(&kyiv(date(2025, 8, 24).at(9, 0, 0, 0)), &mut text);
        assert_eq!(text, "<time>24 серпня");
    }

    #[test]
    fn a_wrong_pattern_says_what_is_wrong_and_where() {
        let tag = LanguageTag::parse("uk").unwrap();
        for (pattern, message, at) in [
            ("d MMMM YYYY", "`YYYY` is not a date field", 7..11),
            ("d MMMM y року at HH", "`t` is not a date field", 19..20),
            ("d MMMMMMMMM y", "`MMMMMMMMM` is not a date field", 2..11),
            ("d MMMM y 'р.", "a quote is not closed", 9..13),
            (
                "LLLL, d MMMM",
                "`MMMM` and another form of the same field cannot stand in one pattern",
                8..12,
            ),
            ("HH:mm zzzz", "`zzzz` is a time zone, which dates here do not show", 6..10),
            ("e d MMMM", "`e` is not a date field", 0..1),
            ("HH:mm XXX", "`XXX` is a time zone, which dates here do not show", 6..9),
        ] {
            let error = DateFormat::new(&tag, pattern).unwrap_err();
            assert_eq!((error.message.as_str(), error.at), (message, at), "{pattern}");
        }
    }

    #[test]
    fn a_heading_starts_with_a_capital() {
        for (text, title) in [
            ("грудень 2025", "Грудень 2025"),
            ("їжак", "Їжак"),
            ("«неділя»", "«Неділя»"),
            ("December", "December"),
            ("2025", "2025"),
            ("", ""),
        ] {
            assert_eq!(title_case_first(text), title);
        }
    }

    proptest! {
        #[test]
        fn an_accepted_pattern_formats_every_moment(
            pattern in "[GyuQqMLwdDEecabBhHKkmsSA', .]{0,8}",
            year in -9999i16..=9998,
            month in 1i8..=12,
            hour in 0i8..=23,
        ) {
            if let Ok(format) = DateFormat::new(&LanguageTag::parse("uk").unwrap(), &pattern) {
                let moment = date(year, month, 9).at(hour, 5, 0, 0).in_tz("UTC").unwrap();
                prop_assert!(!format.format(&moment).contains('{'), "{}", pattern);
            }
        }
    }
}
