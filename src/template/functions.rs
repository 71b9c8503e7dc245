//! The functions and filters that templates can call; documented in `docs/templates.md`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use percent_encoding::{AsciiSet, utf8_percent_encode};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::answers::Answers;
use super::context::{self, Day, Html, Letter, Shared, TemplateValue};
use super::query::{Query, Wanted};
use super::scope;
use super::structured::{self, PageNames};
use crate::config::{Language, LanguageId};
use crate::content::TermKind;
use crate::locale::{Argument, FractionDigits};
use crate::site::Site;

/// The most stories that one query gives: a page is not an archive.
const MAX_LIMIT: usize = 100;

/// What RFC 3986, 2.3 leaves as it is.
const UNRESERVED_ONLY: &AsciiSet =
    &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All functions, Tera's own among them, for "did you mean".
pub(super) const FUNCTIONS: [&str; 11] = [
    "t",
    "asset",
    "url",
    "stories",
    "story",
    "sections",
    "terms",
    "fragment",
    "structured_data",
    "range",
    "throw",
];

/// All filters, Tera's own among them, for "did you mean".
pub(super) const FILTERS: [&str; 42] = [
    "date",
    "number",
    "absolute",
    "by_day",
    "by_letter",
    "urlencode",
    "safe",
    "default",
    "upper",
    "lower",
    "wordcount",
    "escape",
    "escape_html",
    "escape_xml",
    "newlines_to_br",
    "pluralize",
    "trim",
    "trim_start",
    "trim_end",
    "replace",
    "capitalize",
    "title",
    "truncate",
    "indent",
    "str",
    "int",
    "float",
    "length",
    "reverse",
    "split",
    "abs",
    "round",
    "first",
    "last",
    "nth",
    "join",
    "sort",
    "unique",
    "get",
    "values",
    "keys",
    "group_by",
];

/// Makes the functions known to Tera.
pub(crate) fn register(tera: &mut Tera) {
    tera.register_function("t", t);
    tera.register_function("asset", asset);
    tera.register_function("url", url);
    tera.register_function("stories", stories);
    tera.register_function("story", story);
    tera.register_function("sections", sections);
    tera.register_function("terms", terms);
    tera.register_function("fragment", fragment);
    tera.register_function("structured_data", structured_data);
    tera.register_filter("date", date);
    tera.register_filter("number", number);
    tera.register_filter("absolute", absolute);
    tera.register_filter("by_day", by_day);
    tera.register_filter("by_letter", by_letter);
    tera.register_filter("urlencode", urlencode);
}

/// `structured_data(news="…", tags="…")`: the script element that tells machines what the page is.
fn structured_data(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let Some(route) = scope::route() else {
        return error(
            "`structured_data` speaks of a page, and a fragment is none: call it in a page",
        );
    };
    let (answers, _) = scope::current();
    let names = PageNames { news: kwargs.get("news")?, tags: kwargs.get("tags")? };
    let html = structured::of_page(&answers, route, names).or_else(error)?;
    Ok(Html(html).into_value())
}

fn error<T>(message: impl Into<String>) -> TeraResult<T> {
    Err(tera::Error::message(message.into()))
}

/// The language named by `language="en"`, else the page's.
fn language_of<'a>(site: &'a Site, own: LanguageId, kwargs: &Kwargs) -> TeraResult<&'a Language> {
    let Some(code) = kwargs.get::<&str>("language")? else { return Ok(site.config.language(own)) };
    match site.config.language_of(code) {
        Some(language) => Ok(language),
        None => {
            error(format!("`{code}` is no language of this site; it has {}", site.config.codes()))
        }
    }
}

/// `t(key="story-count", n=5)`: a text of the interface.
fn t(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let key = kwargs.must_get::<&str>("key")?;
    let language = language_of(&answers.site, own, &kwargs)?;
    let mut arguments = Vec::new();
    for (name, value) in kwargs.iter() {
        let Some(name) = name.as_str().filter(|name| !matches!(*name, "key" | "language")) else {
            continue;
        };
        arguments.push((name, argument(name, value)?));
    }
    let make = || match answers.strings.text(language.id.index(), key, &arguments) {
        Ok(text) => Ok(Value::from(text)),
        Err(problem) => error(problem.to_string()),
    };
    if arguments.is_empty() { answers.plain_text(language.id, key, make) } else { make() }
}

fn argument<'a>(name: &str, value: &'a Value) -> TeraResult<Argument<'a>> {
    if let Some(text) = value.as_str() {
        return Ok(Argument::Text(text.into()));
    }
    if let Some(number) = value.as_i64() {
        return Ok(Argument::Integer(number));
    }
    match value.as_f64() {
        Some(number) => Ok(Argument::Decimal(number)),
        None => error(format!("the argument `{name}` of `t` must be a text or a number")),
    }
}

/// What the site answers, or why it has no answer.
fn ask(answers: &Answers, query: Query) -> TeraResult<Value> {
    answers.ask(query).or_else(error)
}

/// `asset(path="style.css")`: the URL of a file of `static/`, fingerprinted if it is CSS or JS.
fn asset(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, _) = scope::current();
    let path = kwargs.must_get::<&str>("path")?;
    ask(&answers, Query::Asset(path.strip_prefix('/').unwrap_or(path).to_owned()))
}

/// `url(page="news")`, `url(section="politics")`, …: root-relative, or none when there is no such page.
fn url(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?.id;
    let of = wanted_page(&kwargs)?;
    ask(&answers, Query::Url { language, of })
}

fn wanted_page(kwargs: &Kwargs) -> TeraResult<Wanted> {
    if let Some(page) = kwargs.get::<&str>("page")? {
        return Ok(Wanted::Page(page.to_owned()));
    }
    if let Some((kind, id)) = written_terms(kwargs)?.into_iter().next() {
        return Ok(Wanted::Term(kind, id));
    }
    if let Some(month) = kwargs.get::<&str>("month")? {
        return Ok(Wanted::Month(month.to_owned()));
    }
    if let Some(name) = kwargs.get::<&str>("standalone")? {
        return Ok(Wanted::Standalone(name.to_owned()));
    }
    error("`url` needs `page`, `section`, `tag`, `author`, `month` or `standalone`")
}

/// `section=…`, `tag=…` and `author=…`.
fn written_terms(kwargs: &Kwargs) -> TeraResult<Vec<(TermKind, String)>> {
    let mut terms = Vec::new();
    for kind in TermKind::ALL {
        if let Some(id) = kwargs.get::<&str>(kind.name())? {
            terms.push((kind, id.to_owned()));
        }
    }
    Ok(terms)
}

/// `stories(limit=5, section="politics")`: cards, newest first.
fn stories(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?.id;
    let limit = match kwargs.get::<usize>("limit")? {
        Some(limit) if limit <= MAX_LIMIT => limit,
        Some(limit) => return error(format!("`stories` gives at most {MAX_LIMIT}, not {limit}")),
        None => return error("`stories` needs a `limit`, such as `stories(limit=5)`"),
    };
    let terms = written_terms(&kwargs)?;
    let with_image = kwargs.get::<bool>("with_image")?.unwrap_or(false);
    ask(&answers, Query::Stories { language, terms, with_image, limit })
}

/// `story(key="2025/12/talks")`: a card of the page's language, else of the original; or none.
fn story(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?.id;
    let key = kwargs.must_get::<&str>("key")?.to_owned();
    ask(&answers, Query::Story { language, key })
}

/// `sections()`: all declared sections, in the vocabulary's order.
fn sections(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    ask(&answers, Query::Sections(language_of(&answers.site, own, &kwargs)?.id))
}

/// `terms(kind="tag")`: the terms in use, in alphabetical order, with their counts.
fn terms(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?.id;
    let name = kwargs.must_get::<&str>("kind")?;
    let Some(kind) = TermKind::ALL.into_iter().find(|kind| kind.name() == name) else {
        return error(format!(
            "`terms` knows the kinds `section`, `tag` and `author`, not `{name}`"
        ));
    };
    ask(&answers, Query::Terms(language, kind))
}

/// `fragment(template="fragments/latest.html")`: a part that all pages of a language share, rendered
/// once per language. It sees `site` and `language`, not the page.
fn fragment(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let template = kwargs.must_get::<&str>("template")?.to_owned();
    ask(&answers, Query::Fragment(own, template))
}

/// `{{ card.published | date }}`: a date in the page's language and the site's zone.
fn date(text: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let site = &answers.site;
    let language = language_of(site, own, &kwargs)?;
    let Some(moment) = ShownDate::parse(text) else {
        return error(format!(
            "`{text}` is not a date: `date` takes the dates of cards and articles"
        ));
    };
    let zone = || site.config.time_zone.clone();
    if let Some(pattern) = kwargs.get::<&str>("pattern")? {
        let format = answers.date_format(language.id, pattern).or_else(|problem| {
            error(format!("`{pattern}` is not a CLDR date pattern: {problem}"))
        })?;
        return Ok(answers.formatted_date(language.id, pattern, text, || {
            language.typography.with_own_apostrophe(format.format(&moment.in_zone(zone())))
        }));
    }
    let dates = &language.dates;
    let usual = if matches!(moment, ShownDate::Day(_)) { "day" } else { "time" };
    let style = kwargs.get::<&str>("style")?.unwrap_or(usual);
    let format = match style {
        "time" => &dates.time,
        "day" => &dates.day,
        // An article that gives no time has none to show.
        "clock" if matches!(moment, ShownDate::Day(_)) => return Ok(Value::from("")),
        "clock" => &dates.clock,
        "weekday" => &dates.weekday,
        "month" => &dates.month,
        other => {
            return error(format!(
                "`date` knows the styles `time`, `day`, `clock`, `weekday` and `month`, not `{other}`"
            ));
        }
    };
    // A style's name is not a pattern: no pattern begins with this.
    let form = ["\0", style].concat();
    Ok(answers.formatted_date(language.id, &form, text, || {
        language.typography.with_own_apostrophe(format.format(&moment.in_zone(zone())))
    }))
}

/// `{{ 1234.5 | number }}`: a number in the page's language, «1 234,5».
fn number(value: &Value, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?;
    let format = answers.numbers(language.id);
    let digits = kwargs.get::<usize>("digits")?;
    if let (Some(integer), None) = (value.as_i64(), digits) {
        return Ok(format.integer(integer));
    }
    match value.as_f64().or_else(|| value.as_i64().map(|integer| integer as f64)) {
        Some(decimal) => {
            let digits = FractionDigits { min: digits.unwrap_or(0), max: digits };
            Ok(format.decimal(decimal, digits))
        }
        None => error("`number` takes a number"),
    }
}

/// A date as templates hold it.
enum ShownDate {
    Day(Date),
    Time(Timestamp),
}

impl ShownDate {
    fn parse(text: &str) -> Option<Self> {
        if text.len() == "2025-12-19".len() {
            text.parse().ok().map(Self::Day)
        } else {
            text.parse().ok().map(Self::Time)
        }
    }

    fn in_zone(&self, zone: TimeZone) -> Zoned {
        match self {
            Self::Day(day) => {
                day.to_zoned(zone).expect("a day that was published is within jiff's range")
            }
            Self::Time(instant) => instant.to_zoned(zone),
        }
    }
}

/// `{{ image.url | absolute }}`: a root-relative URL with the site's scheme and host.
fn absolute(url: &str, _: Kwargs, _: &State) -> TeraResult<String> {
    let (answers, _) = scope::current();
    if url.starts_with('/') && !url.starts_with("//") {
        Ok(format!("{}{url}", answers.site.config.base_url.origin))
    } else {
        Ok(url.to_owned())
    }
}

/// Neighbours with the same key, together.
fn groups<K: PartialEq>(
    values: &[Value],
    key: impl Fn(&Value) -> TeraResult<K>,
) -> TeraResult<Vec<(K, Vec<Value>)>> {
    let mut groups: Vec<(K, Vec<Value>)> = Vec::new();
    for value in values {
        let key = key(value)?;
        match groups.last_mut() {
            Some((last, values)) if *last == key => values.push(value.clone()),
            _ => groups.push((key, vec![value.clone()])),
        }
    }
    Ok(groups)
}

/// `{% for day in listing.cards | by_day %}`: a list of articles by the days of their publication.
fn by_day(cards: &[Value], _: Kwargs, _: &State) -> TeraResult<Value> {
    let day = |card: &Value| match card.get_from_path("published").and_then(Value::as_str) {
        Some(published) => Ok(context::Date(published.to_owned()).day()),
        None => error("`by_day` takes a list of cards, such as `listing.cards`"),
    };
    let days = groups(cards, day)?.into_iter().map(|(day, cards)| Day {
        day,
        cards: cards.into_iter().map(Shared::from_value).collect(),
    });
    Ok(days.collect::<Vec<_>>().into_value())
}

/// `{% for letter in terms(kind="tag") | by_letter %}`: terms by the letters of the language's alphabet.
fn by_letter(entries: &[Value], kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?.id;
    let letter = |entry: &Value| match entry.get_from_path("term.name").and_then(Value::as_str) {
        Some(name) => Ok(answers.alphabet(language).letter_of(name)),
        None => error("`by_letter` takes what `terms(…)` gives"),
    };
    let letters = groups(entries, letter)?.into_iter().map(|(letter, entries)| Letter {
        letter,
        entries: entries.into_iter().map(Shared::from_value).collect(),
    });
    Ok(letters.collect::<Vec<_>>().into_value())
}

/// `{{ page.canonical | urlencode }}`: a text as a part of another address.
fn urlencode(text: &str, _: Kwargs, _: &State) -> String {
    utf8_percent_encode(text, UNRESERVED_ONLY).to_string()
}
