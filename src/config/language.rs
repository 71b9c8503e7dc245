//! One configured language: `code` is its folder and URL segment (`ua`), `tag` its BCP 47 tag (`uk`).

use serde::{Deserialize, Serialize};

use super::choice;
use crate::diagnostic::{Diagnostic, nearest};
use crate::locale::{DateFormat, LanguageTag, Typography, TypographyStyle};
use crate::table::{Fields, Located};

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
    /// The law by which this language must not be second to the others.
    pub law: Option<Law>,
    /// The site's title in this language.
    pub title: String,
    /// How dates are written.
    pub dates: Dates,
    /// Its quotation marks, dashes and spaces; off if `site.toml` says so.
    pub typography: Typography,
}

/// A law on the language of media; `docs/languages.md` has what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// Ukraine's law 2704-VIII on the state language, article 27, part 6.
    Ua2704,
}

impl Law {
    /// The name in `site.toml`.
    pub const ALL: [(&'static str, Self); 1] = [("ua-2704", Self::Ua2704)];

    /// How many letters a text in the language must have of the longest edition's, in percent.
    ///
    /// The law says "no less in volume and content". Words cannot be compared: English has articles and
    /// auxiliary verbs, so faithful Ukrainian editions of the sample newspaper have 69 to 86 % of the
    /// English words, but 83 to 104 % of the letters, and 91 to 99 % of the Russian ones.
    #[must_use]
    pub fn least_letters(self) -> u64 {
        match self {
            Self::Ua2704 => 80,
        }
    }
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

pub(super) fn read_languages(
    fields: &Fields<'_, '_>,
    typography: Option<TypographyStyle>,
) -> Option<Vec<Language>> {
    let titles = fields.table("title");
    if titles.is_none() && !fields.has("title") {
        fields.missing("title", "add the site's name in every language: `title = { ua = \"…\" }`");
    }
    let help = "add a table such as `[languages.ua]` with `tag`, `name` and `label`";
    let Some(tables) = fields.table("languages") else {
        fields.missing("languages", help);
        return None;
    };
    let codes: Vec<Located<&str>> = tables.keys().collect();
    if codes.is_empty() || codes.len() > usize::from(u8::MAX) {
        fields.missing("languages", help);
        return None;
    }
    if let Some(titles) = &titles {
        for key in titles.keys() {
            if !codes.iter().any(|code| code.value.eq_ignore_ascii_case(key.value)) {
                let message = format!("`title` names `{}`, which is no language here", key.value);
                let diagnostic = Diagnostic::warning("unknown-language", message)
                    .help(format!("add `[languages.{}]`, or remove it", key.value));
                titles.report(diagnostic, key.at);
            }
        }
    }
    let languages: Vec<Option<Language>> = codes
        .iter()
        .enumerate()
        .map(|(index, code)| {
            let id = LanguageId(u8::try_from(index).expect("checked above"));
            read_language(&tables, titles.as_ref(), id, code, typography)
        })
        .collect();
    let languages: Vec<Language> = languages.into_iter().collect::<Option<_>>()?;
    for (index, language) in languages.iter().enumerate() {
        let twin = languages.iter().take(index).find(|other| other.tag == language.tag);
        if let (Some(twin), Some(code)) = (twin, codes.get(index)) {
            let message = format!(
                "the languages `{}` and `{}` have the same tag `{}`",
                twin.code,
                language.code,
                language.tag.as_str()
            );
            let diagnostic = Diagnostic::error("duplicate-tag", message)
                .help("give every language its own BCP 47 tag");
            tables.report(diagnostic, code.at.clone());
        }
    }
    Some(languages)
}

fn read_language(
    tables: &Fields<'_, '_>,
    titles: Option<&Fields<'_, '_>>,
    id: LanguageId,
    code: &Located<&str>,
    typography: Option<TypographyStyle>,
) -> Option<Language> {
    let fields = tables.table_of(code.value)?;
    let is_code = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if !is_code(code.value) {
        let message = format!("`{}` cannot be a folder and a URL segment", code.value);
        let diagnostic = Diagnostic::error("bad-language-code", message)
            .help("use small Latin letters, digits and `-`");
        tables.report(diagnostic, code.at.clone());
        return None;
    }
    let tag = fields
        .required_text("tag", "add the BCP 47 tag: `tag = \"uk\"` for Ukrainian")
        .and_then(|text| match LanguageTag::parse(text.value) {
            Ok(tag) => Some(tag),
            Err(problem) => {
                let diagnostic = Diagnostic::error("bad-language-tag", problem.to_string())
                    .help("look the tag up in the IANA registry: `uk`, `en`, `ru`, `pl`, `de`");
                fields.report(diagnostic, text.at);
                None
            }
        });
    let name = fields.required_text("name", "add the language's own name: `name = \"Українська\"`");
    let label = fields
        .text("label")
        .map_or_else(|| code.value.to_uppercase(), |text| text.value.to_owned());
    let locale = fields.text("locale").map(|text| text.value.to_owned());
    let required = fields.boolean("required", false);
    let law = read_law(&fields);
    let dates = read_dates(&fields, tag.as_ref());
    let title_help = format!("add it: `title = {{ {} = \"…\" }}`", code.value);
    let title = match titles {
        Some(titles) => match titles.text_of(code.value) {
            Some(text) => Some(text.value.to_owned()),
            None => {
                titles.missing(code.value, &title_help);
                None
            }
        },
        // Reported once for all languages.
        None => None,
    };
    fields.finish();
    let tag = tag?;
    let typography = match typography {
        Some(style) => Typography::new(&tag, style),
        None => Typography::off().clone(),
    };
    Some(Language {
        id,
        code: code.value.to_owned(),
        locale: locale.unwrap_or_else(|| tag.as_str().replace('-', "_")),
        tag,
        name: name?.value.to_owned(),
        label,
        // What a law wants of a text, it first of all wants to be there.
        required: required || law.is_some(),
        law,
        title: title?,
        dates: dates?,
        typography,
    })
}

fn read_law(fields: &Fields<'_, '_>) -> Option<Law> {
    let text = fields.text("law")?;
    let found = Law::ALL.iter().find(|(name, _)| *name == text.value);
    if found.is_none() {
        let message = format!("`{}` cannot be `{}`", fields.path_of("law"), text.value);
        let names: Vec<String> = Law::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
        let diagnostic = Diagnostic::error("bad-choice", message)
            .help(format!("use {}, or remove it", names.join(" or ")));
        fields.report(diagnostic, text.at);
    }
    found.map(|(_, law)| *law)
}

/// `dates = { time, day, clock, weekday, month }`; absent forms have the newspapers' usual ones (FACTS: CLDR's long
/// form ends in «р.», which no newsroom writes).
fn read_dates(fields: &Fields<'_, '_>, tag: Option<&LanguageTag>) -> Option<Dates> {
    let table = fields.table("dates");
    let form = |key: &'static str, usual: &str| {
        let own = table.as_ref().and_then(|table| table.text(key));
        let pattern = own.as_ref().map_or(usual, |text| text.value);
        match (DateFormat::new(tag?, pattern), own) {
            (Ok(format), _) => Some(format),
            (Err(problem), Some(text)) => {
                let message = format!("`{}` is not a CLDR date pattern: {problem}", text.value);
                let diagnostic = Diagnostic::error("bad-date-pattern", message)
                    .help(format!("a pattern such as `{usual}` works; text stands in 'quotes'"));
                fields.report(diagnostic, text.at);
                None
            }
            (Err(_), None) => None,
        }
    };
    let time = form("time", "d MMMM y, HH:mm");
    let day = form("day", "d MMMM y");
    let clock = form("clock", "HH:mm");
    let weekday = form("weekday", "EEEE, d MMMM y");
    let month = form("month", "LLLL y");
    if let Some(table) = table {
        table.finish();
    }
    Some(Dates { time: time?, day: day?, clock: clock?, weekday: weekday?, month: month? })
}

pub(super) fn code_meant<'l>(languages: &'l [Language], written: &str) -> Option<&'l str> {
    let tagged = languages.iter().find(|language| language.tag.as_str() == written);
    let codes = || languages.iter().map(|language| language.code.as_str());
    tagged.map(|language| language.code.as_str()).or_else(|| nearest(written, codes()))
}

pub(super) fn read_default_language(
    fields: &Fields<'_, '_>,
    languages: &Option<Vec<Language>>,
) -> Option<LanguageId> {
    let help = "name the language that `/` shows: `default_language = \"ua\"`";
    let text = fields.required_text("default_language", help)?;
    let languages = languages.as_ref()?;
    let found = languages.iter().find(|language| language.code == text.value);
    if found.is_none() {
        let help = match code_meant(languages, text.value) {
            Some(code) => format!("did you mean `{code}`?"),
            None => "use one of the `[languages.*]` tables' names".to_owned(),
        };
        let message = format!("the default language `{}` is not configured", text.value);
        fields.report(Diagnostic::error("unknown-language", message).help(help), text.at.clone());
    }
    let found = found?;
    let by_law =
        languages.iter().find(|language| language.law.is_some() && language.id != found.id);
    if let Some(language) = by_law {
        let message =
            format!("`/` shows `{}`, but by law it must show `{}`", found.code, language.code);
        let help = format!("write `default_language = \"{}\"`", language.code);
        fields.report(Diagnostic::warning("law-default-language", message).help(help), text.at);
    }
    Some(found.id)
}

/// `[typography]`; `None` when it is switched off.
pub(super) fn read_typography(fields: &Fields<'_, '_>) -> Option<TypographyStyle> {
    const APOSTROPHES: [(&str, char); 3] =
        [("\u{2019}", '\u{2019}'), ("\u{2bc}", '\u{2bc}'), ("'", '\'')];
    const RANGE_DASHES: [(&str, char); 3] = [("–", '–'), ("—", '—'), ("-", '-')];
    let Some(table) = fields.table("typography") else { return Some(TypographyStyle::USUAL) };
    let is_on = table.boolean("enabled", true);
    let apostrophe = choice(&table, "apostrophe", &APOSTROPHES);
    let range_dash = choice(&table, "range", &RANGE_DASHES);
    table.finish();
    is_on.then_some(TypographyStyle { apostrophe, range_dash })
}
