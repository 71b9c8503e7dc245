//! A date from front matter → an instant, by the rules of the site's time zone.

use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, Zoned, civil};
use serde::{Deserialize, Serialize};

/// An instant, and whether its source gave a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The instant, in whole seconds; a bare date is 00:00 in the site's zone.
    #[serde(with = "as_seconds")]
    pub instant: Timestamp,
    /// What the source said.
    pub precision: Precision,
}

/// How exactly a moment was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    /// A bare date: its time of day is not shown.
    Day,
    /// A date with a time.
    Time,
}

mod as_seconds {
    use jiff::Timestamp;
    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(instant: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        instant.as_second().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        Timestamp::from_second(Deserialize::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// What is wrong with a date.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DateProblem {
    /// No such day or time in the calendar, or out of the supported range.
    NotInCalendar,
    /// Daylight saving skips this local time; the hour before and behind it exist.
    Skipped,
}

/// A moment, and if its local time happened twice that day, the two offsets: then it is the earlier.
pub(crate) type ReadMoment = (Moment, Option<(Offset, Offset)>);

impl Moment {
    /// The moment in the site's zone.
    #[must_use]
    pub fn in_zone(self, zone: &TimeZone) -> Zoned {
        self.instant.to_zoned(zone.clone())
    }

    /// Reads a TOML date-time: with an offset it is kept, without one it is in `zone`.
    pub(crate) fn read(
        date: &toml::value::Datetime,
        zone: &TimeZone,
    ) -> Result<ReadMoment, DateProblem> {
        use DateProblem::NotInCalendar;
        let day = date.date.ok_or(NotInCalendar)?;
        let small = |number: u8| i8::try_from(number).map_err(|_| NotInCalendar);
        let year = i16::try_from(day.year).map_err(|_| NotInCalendar)?;
        let civil_day = civil::Date::new(year, small(day.month)?, small(day.day)?)
            .map_err(|_| NotInCalendar)?;
        let Some(time) = date.time else {
            let start = civil_day.to_zoned(zone.clone()).map_err(|_| NotInCalendar)?;
            return Ok((Self { instant: start.timestamp(), precision: Precision::Day }, None));
        };
        // TOML allows a leap second; the clock of a newsroom has none.
        let second = time.second.unwrap_or(0).min(59);
        let local = civil::Time::new(small(time.hour)?, small(time.minute)?, small(second)?, 0)
            .map_err(|_| NotInCalendar)?
            .on(civil_day.year(), civil_day.month(), civil_day.day());
        let moment = |instant| Moment { instant, precision: Precision::Time };
        if let Some(offset) = date.offset {
            let minutes = match offset {
                toml::value::Offset::Z => 0,
                toml::value::Offset::Custom { minutes } => i32::from(minutes),
            };
            let offset = Offset::from_seconds(minutes * 60).map_err(|_| NotInCalendar)?;
            let instant = offset.to_timestamp(local).map_err(|_| NotInCalendar)?;
            return Ok((moment(instant), None));
        }
        let ambiguous = zone.to_ambiguous_timestamp(local);
        let repeated = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Fold { before, after } => Some((before, after)),
            AmbiguousOffset::Gap { .. } => return Err(DateProblem::Skipped),
        };
        let instant = ambiguous.earlier().map_err(|_| NotInCalendar)?;
        Ok((moment(instant), repeated))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, bool), DateProblem> {
        let zone = TimeZone::get("Europe/Kyiv").unwrap();
        Moment::read(&text.parse().unwrap(), &zone).map(|(moment, repeated)| {
            let local = moment.in_zone(&zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
            (local, repeated.is_some())
        })
    }

    #[test]
    fn a_local_time_is_read_in_the_sites_zone() {
        assert_eq!(read("2025-12-19T20:31:00"), Ok(("2025-12-19T20:31:00+02:00".into(), false)));
        assert_eq!(read("2025-07-01T08:00:00"), Ok(("2025-07-01T08:00:00+03:00".into(), false)));
        assert_eq!(read("2025-12-19"), Ok(("2025-12-19T00:00:00+02:00".into(), false)));
    }

    #[test]
    fn an_offset_is_kept() {
        assert_eq!(read("2025-12-19T18:31:00Z"), Ok(("2025-12-19T20:31:00+02:00".into(), false)));
    }

    // FACTS 3.4: the last Sundays of March and October 2026 in Kyiv.
    #[test]
    fn a_skipped_local_time_is_refused_and_a_repeated_one_is_the_earlier() {
        assert_eq!(read("2026-03-29T03:30:00"), Err(DateProblem::Skipped));
        assert_eq!(read("2026-10-25T03:30:00"), Ok(("2026-10-25T03:30:00+03:00".into(), true)));
    }
}
