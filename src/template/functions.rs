//! The functions and filters that templates can call; documented in `docs/templates.md`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::Sitting;
use super::answers::{Answers, Query};
use super::context::TemplateValue;
use super::scope;
use crate::config::{Language, LanguageId};
use crate::content::{EditionKind, TermId, TermKind};
use crate::diagnostic::nearest;
use crate::locale::Argument;
use crate::site::{ListingId, PageNumber, Route, Selection, Site, YearMonth};

/// The most stories that one query gives: a page is not an archive.
const MAX_LIMIT: usize = 100;

/// Fragments may use fragments, but not themselves.
const MAX_FRAGMENT_DEPTH: usize = 8;

/// All functions, Tera's own among them, for "did you mean".
pub(super) const FUNCTIONS: [&str; 10] =
    ["t", "asset", "url", "stories", "story", "sections", "terms", "fragment", "range", "throw"];

/// All filters, Tera's own among them, for "did you mean".
pub(super) const FILTERS: [&str; 38] = [
    "date",
    "absolute",
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
    tera.register_filter("date", date);
    tera.register_filter("absolute", absolute);
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

/// `asset(path="style.css")`: the URL of a file of `static/`, fingerprinted if it is CSS or JS.
fn asset(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, _) = scope::current();
    let path = kwargs.must_get::<&str>("path")?;
    let path = path.strip_prefix('/').unwrap_or(path);
    let site = &answers.site;
    let Some(found) = site.assets.get(path) else {
        let help = match nearest(path, site.assets.paths()) {
            Some(known) => format!("; did you mean `{known}`?"),
            None => String::new(),
        };
        return error(format!("there is no file `static/{path}`{help}"));
    };
    let published = found.fingerprinted.as_ref().unwrap_or(&found.path);
    Ok(answers.answer(&Query::Asset(path.to_owned()), || {
        Value::from(site.url_of_path(&format!("/{published}")))
    }))
}

/// `url(page="news")`, `url(section="politics")`, …: root-relative, or none when there is no such page.
fn url(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let site = &answers.site;
    let language = language_of(site, own, &kwargs)?.id;
    let Some(route) = wanted_route(&answers, language, &kwargs)? else { return Ok(Value::none()) };
    Ok(answers.answer(&Query::Url(route), || Value::from(site.url(route))))
}

fn wanted_route(
    answers: &Answers,
    language: LanguageId,
    kwargs: &Kwargs,
) -> TeraResult<Option<Route>> {
    let site = &answers.site;
    let listing =
        |id: ListingId| site.has_listing(id).then_some(Route::Listing(id, PageNumber::Root));
    if let Some(page) = kwargs.get::<&str>("page")? {
        return match page {
            "front" => Ok(Some(Route::Front(language))),
            "news" => Ok(listing(ListingId::News(language))),
            "tags" => Ok(site.config.urls.tags.as_ref().map(|_| Route::Tags(language))),
            other => {
                error(format!("`url` knows the pages `front`, `news` and `tags`, not `{other}`"))
            }
        };
    }
    for (name, kind) in
        [("section", TermKind::Section), ("tag", TermKind::Tag), ("author", TermKind::Author)]
    {
        if let Some(id) = kwargs.get::<&str>(name)? {
            let term = find_term(site, kind, id, language)?;
            return Ok(listing(ListingId::Term(language, kind, term)));
        }
    }
    if let Some(text) = kwargs.get::<&str>("month")? {
        let month = text.split_once('-').and_then(|(year, month)| {
            Some(YearMonth { year: year.parse().ok()?, month: month.parse().ok()? })
        });
        let Some(month) = month else {
            return error(format!("`{text}` is not a month; write `month=\"2025-12\"`"));
        };
        return Ok(listing(ListingId::Month(language, month)));
    }
    if let Some(name) = kwargs.get::<&str>("standalone")? {
        let path = format!("pages/{name}");
        let id = site.edition_at(language, &path).filter(|id| site.is_public(*id));
        return Ok(id.map(|id| site.route_of(id)));
    }
    error("`url` needs `page`, `section`, `tag`, `author`, `month` or `standalone`")
}

fn find_term(
    site: &Site,
    kind: TermKind,
    written: &str,
    language: LanguageId,
) -> TeraResult<TermId> {
    site.content.vocabulary.of(kind).find(written, language).or_else(|problem| {
        let help = match problem {
            crate::content::NotFound::Unknown { nearest: Some(known) } => {
                format!("; did you mean `{known}`?")
            }
            _ => String::new(),
        };
        error(format!("there is no {} `{written}`{help}", kind.name()))
    })
}

/// `stories(limit=5, section="politics")`: cards, newest first.
fn stories(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let site = &answers.site;
    let language = language_of(site, own, &kwargs)?.id;
    let limit = match kwargs.get::<usize>("limit")? {
        Some(limit) if limit <= MAX_LIMIT => limit,
        Some(limit) => return error(format!("`stories` gives at most {MAX_LIMIT}, not {limit}")),
        None => return error("`stories` needs a `limit`, such as `stories(limit=5)`"),
    };
    let mut terms = Vec::new();
    for (name, kind) in
        [("section", TermKind::Section), ("tag", TermKind::Tag), ("author", TermKind::Author)]
    {
        if let Some(id) = kwargs.get::<&str>(name)? {
            terms.push((kind, find_term(site, kind, id, language)?));
        }
    }
    let with_image = kwargs.get::<bool>("with_image")?.unwrap_or(false);
    let selection = Selection { language, terms, with_image, limit };
    Ok(answers.answer(&Query::Stories(selection.clone()), || {
        let cards = site.select(&selection).into_iter().map(|id| answers.card(id));
        cards.collect::<Vec<_>>().into_value()
    }))
}

/// `story(key="2025/12/talks")`: a card of the page's language, else of the original; or none.
fn story(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let site = &answers.site;
    let language = language_of(site, own, &kwargs)?.id;
    let key = kwargs.must_get::<&str>("key")?;
    Ok(answers.answer(&Query::Story(language, key.to_owned()), || {
        let id = site
            .story(EditionKind::Article, key)
            .and_then(|story| site.edition_for(story, language));
        id.map(|id| answers.card(id)).into_value()
    }))
}

/// `sections()`: all declared sections, in the vocabulary's order.
fn sections(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let language = language_of(&answers.site, own, &kwargs)?.id;
    Ok(answers.answer(&Query::Sections(language), || {
        let ids: Vec<TermId> = answers.site.content.vocabulary.sections.ids().collect();
        answers.terms(TermKind::Section, &ids, language).into_value()
    }))
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
    Ok(answers.answer(&Query::Terms(language, kind), || {
        answers.term_entries(kind, language).into_value()
    }))
}

/// `fragment(template="fragments/latest.html")`: a part that all pages of a language share, rendered
/// once per language. It sees `site` and `language`, not the page.
fn fragment(kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let (answers, own) = scope::current();
    let template = kwargs.must_get::<&str>("template")?;
    if scope::depth() > MAX_FRAGMENT_DEPTH {
        return error(format!("the fragment `{template}` contains itself"));
    }
    answers.try_answer(&Query::Fragment(own, template.to_owned()), || {
        let templates = scope::templates();
        let mut html = Vec::new();
        Sitting::begin(&answers, &templates, own).fill_fragment(template, &mut html).or_else(
            |problem| error(format!("the fragment `{template}` failed: {}", summary_of(&problem))),
        )?;
        let html = String::from_utf8(html).expect("Tera writes UTF-8");
        Ok(Value::from(html).mark_safe())
    })
}

/// Tera's own account of an error in one line: what, and in which line of which template.
fn summary_of(problem: &tera::Error) -> String {
    match problem.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let line = report.span().start_line;
            format!("{} (templates/{}:{line})", report.message(), report.filename())
        }
        other => other.to_string(),
    }
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
            format.format(&moment.in_zone(zone()))
        }));
    }
    let dates = &language.dates;
    let usual = if matches!(moment, ShownDate::Day(_)) { "day" } else { "time" };
    let style = kwargs.get::<&str>("style")?.unwrap_or(usual);
    let format = match style {
        "time" => &dates.time,
        "day" => &dates.day,
        "month" => &dates.month,
        other => {
            return error(format!(
                "`date` knows the styles `time`, `day` and `month`, not `{other}`"
            ));
        }
    };
    // A style's name is not a pattern: no pattern begins with this.
    let form = ["\0", style].concat();
    Ok(answers.formatted_date(language.id, &form, text, || format.format(&moment.in_zone(zone()))))
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
