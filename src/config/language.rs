//! One configured language: `code` is its folder and URL segment (`ua`), `tag` its BCP 47 tag (`uk`).

use serde::{Deserialize, Serialize};

use crate::locale::{DateFormat, LanguageTag};

/// A language by its place in the order of `site.toml`'s `[languages.*]` tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LanguageId(pub(crate) u8);

impl LanguageId {
    /// Place in [`crate::config::Config::languages`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A language that the site publishes in.
#[derive(Debug)]
pub struct Language {
    /// Its place among the languages.
    pub id: LanguageId,
    /// Folder below `content/` and first segment of its URLs: `ua`.
    pub code: String,
    /// BCP 47 tag for `lang`, `hreflang` and all rules of language: `uk`.
    pub tag: LanguageTag,
    /// Its own name for itself: «Українська».
    pub name: String,
    /// Short name for the switcher: «УКР».
    pub label: String,
    /// `language_TERRITORY`, as Open Graph writes it: `uk_UA`.
    pub locale: String,
    /// Whether a story without this edition is a warning.
    pub required: bool,
    /// The site's title in this language.
    pub title: String,
    /// How dates are written.
    pub dates: Dates,
}

/// The forms in which the theme writes a moment.
#[derive(Debug)]
pub struct Dates {
    /// Day and time: «19 грудня 2025, 20:31».
    pub time: DateFormat,
    /// Day alone: «19 грудня 2025».
    pub day: DateFormat,
    /// Time of day alone, where the day is clear: «20:31».
    pub clock: DateFormat,
    /// Day of the week and day, as a heading: «пʼятниця, 19 грудня 2025».
    pub weekday: DateFormat,
    /// Month of an archive, in the nominative: «грудень 2025».
    pub month: DateFormat,
}
