//! The newsroom panel: every story with its editions side by side, what is missing, and what is wrong.
//!
//! In: a snapshot and a [`Wanted`] part of the archive. Out: a page of the preview, which no build has.

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tera::{Context, Tera};

use super::snapshot::Snapshot;
use crate::config::LanguageId;
use crate::content::{Edition, EditionId, EditionKind, Precision};
use crate::diagnostic::{Diagnostic, Severity, print, sorted};
use crate::html;
use crate::site::{Site, Story};

/// Stories on a page: an archive has tens of thousands.
const PER_PAGE: usize = 100;

/// Problems that are shown whole; a broken template may have thousands.
const MOST_PROBLEMS: usize = 50;

/// The panel's style sheet.
pub(super) const STYLE: &str = include_str!("panel.css");

/// What of the archive is wanted: the query of the panel's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// A part of a title or path.
    q: String,
    /// A state that one of the editions must have; empty for any.
    state: String,
    /// The code of the language whose edition must have it; empty for any.
    language: String,
    /// From 1.
    page: Option<usize>,
}

/// How an edition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Published,
    Draft,
    Scheduled,
    Withdrawn,
    Missing,
    /// There is a file, but it cannot be read.
    Broken,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Published,
        Self::Draft,
        Self::Scheduled,
        Self::Withdrawn,
        Self::Missing,
        Self::Broken,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Withdrawn => "withdrawn",
            Self::Missing => "missing",
            Self::Broken => "broken",
        }
    }
}

/// The filter for editions that are older than their original.
const OLDER: &str = "older";

/// An edition in the table.
#[derive(Debug, Serialize)]
struct Cell<'a> {
    tag: &'a str,
    language: &'a str,
    state: State,
    is_older: bool,
    is_original: bool,
    title: Option<&'a str>,
    date: Option<String>,
    /// Its page, if the preview shows it.
    url: Option<String>,
    /// Relative to the site's folder.
    file: String,
    source_url: Option<String>,
}

/// A story in the table.
#[derive(Debug, Serialize)]
struct Row<'a> {
    key: &'a str,
    is_article: bool,
    cells: Vec<Cell<'a>>,
}

#[derive(Debug, Serialize)]
struct Column<'a> {
    code: &'a str,
    tag: &'a str,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct ShownProblem {
    severity: &'static str,
    message: String,
    file: Option<String>,
    text: String,
}

/// Everything that the panel shows.
#[derive(Debug, Serialize)]
struct Panel<'a> {
    title: &'a str,
    base_path: &'a str,
    home: String,
    columns: Vec<Column<'a>>,
    states: Vec<&'static str>,
    wanted: &'a Wanted,
    rows: Vec<Row<'a>>,
    n_stories: usize,
    n_found: usize,
    first: usize,
    last: usize,
    newer_url: Option<String>,
    older_url: Option<String>,
    problems: Vec<ShownProblem>,
    n_errors: usize,
    n_warnings: usize,
    n_more_problems: usize,
}

/// Makes the panel's page, with the problems of pages that were rendered.
pub(super) fn page(
    snapshot: &Snapshot,
    site: &Site,
    of_pages: &[Diagnostic],
    wanted: &Wanted,
    now: Timestamp,
) -> Vec<u8> {
    let stories = found(site, wanted, now);
    let n_pages = stories.len().div_ceil(PER_PAGE).max(1);
    let page = wanted.page.unwrap_or(1).clamp(1, n_pages);
    let start = (page - 1) * PER_PAGE;
    let shown: Vec<&Story> = stories.iter().skip(start).take(PER_PAGE).copied().collect();
    let url_of = |page: usize| (1..=n_pages).contains(&page).then(|| url(site, wanted, page));
    let mut problems = sorted(of_pages.iter().chain(snapshot.problems.iter()).cloned().collect());
    problems.sort_by_key(|problem| problem.severity);
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let config = &site.config;
    let panel = Panel {
        title: &config.language(config.default_language).title,
        base_path: &config.base_url.path,
        home: site.url_of_path("/"),
        columns: config
            .languages
            .iter()
            .map(|language| Column {
                code: &language.code,
                tag: language.tag.as_str(),
                name: &language.name,
            })
            .collect(),
        states: State::ALL.iter().map(|state| state.name()).chain([OLDER]).collect(),
        wanted,
        n_stories: site.stories.len(),
        n_found: stories.len(),
        first: if shown.is_empty() { 0 } else { start + 1 },
        last: start + shown.len(),
        rows: shown.into_iter().map(|story| row(site, story, now)).collect(),
        newer_url: url_of(page - 1),
        older_url: url_of(page + 1),
        n_errors: count(Severity::Error),
        n_warnings: count(Severity::Warning),
        n_more_problems: problems.len().saturating_sub(MOST_PROBLEMS),
        problems: problems.iter().take(MOST_PROBLEMS).map(ShownProblem::new).collect(),
    };
    let mut tera = Tera::default();
    tera.set_escape_fn(html::escape);
    tera.add_raw_template("panel.html", include_str!("panel.html"))
        .expect("the panel's template is sound");
    let context = Context::from_serialize(&panel).expect("the panel is plain data");
    let text = tera.render("panel.html", &context).expect("the panel's template fits its data");
    text.into_bytes()
}

/// The Markdown file of an edition, if a name is that of one: nothing else may be read.
pub(super) fn source_file<'a>(site: &Site, name: &'a str) -> Option<&'a str> {
    let (code, path) = name.strip_prefix("content/")?.split_once('/')?;
    let language = site.config.language_of(code)?;
    let path = path.strip_suffix(".md")?;
    let path = path.strip_suffix("/index").unwrap_or(path);
    let is_edition = site
        .edition_at(language.id, path)
        .is_some_and(|id| site.edition(id).file(&site.config) == name);
    (is_edition || is_broken(site, language.id, path)).then_some(name)
}

/// The stories that are wanted, newest first.
fn found<'a>(site: &'a Site, wanted: &Wanted, now: Timestamp) -> Vec<&'a Story> {
    let text = wanted.q.trim().to_lowercase();
    let language = site.config.language_of(&wanted.language).map(|language| language.id);
    let has_text = |story: &Story| {
        let has = |own: &str| own.to_lowercase().contains(&text);
        text.is_empty()
            || has(&story.key)
            || story.editions().any(|id| has(&site.edition(id).title))
    };
    let has_state = |story: &Story| {
        wanted.state.is_empty()
            || site.config.language_ids().any(|own| {
                let is_asked = language.is_none_or(|language| language == own);
                is_asked
                    && match wanted.state.as_str() {
                        OLDER => is_older(site, story, own),
                        name => state(site, story, own, now).name() == name,
                    }
            })
    };
    let mut found: Vec<(Option<Timestamp>, &Story)> = site
        .stories
        .par_iter()
        .filter(|story| has_state(story) && has_text(story))
        .map(|story| {
            let dates = story.editions().filter_map(|id| site.edition(id).published);
            (dates.map(|date| date.instant).max(), story)
        })
        .collect();
    found.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.key.cmp(&other.key)));
    found.into_iter().map(|(_, story)| story).collect()
}

fn state(site: &Site, story: &Story, language: LanguageId, now: Timestamp) -> State {
    match story.edition(language).map(|id| site.edition(id)) {
        None if is_broken(site, language, missing_path(site, story)) => State::Broken,
        None => State::Missing,
        Some(edition) if edition.is_draft => State::Draft,
        Some(edition) if edition.due().is_some_and(|due| due.instant > now) => State::Scheduled,
        Some(edition) if edition.unpublish_at.is_some_and(|until| until.instant <= now) => {
            State::Withdrawn
        }
        Some(_) => State::Published,
    }
}

/// Where a missing edition would be: beside the others.
fn missing_path<'a>(site: &'a Site, story: &'a Story) -> &'a str {
    story.editions().next().map_or(&*story.key, |id| &*site.edition(id).path)
}

fn is_broken(site: &Site, language: LanguageId, path: &str) -> bool {
    site.content.broken.contains(&(language, Box::from(path)))
}

/// The edition that the others follow: the original, else that of the default language.
fn original(site: &Site, story: &Story) -> LanguageId {
    story.original.unwrap_or(site.config.default_language)
}

/// Whether the original was changed after an edition was.
fn is_older(site: &Site, story: &Story, language: LanguageId) -> bool {
    let original = original(site, story);
    let edition = |language| story.edition(language).map(|id: EditionId| site.edition(id));
    let (Some(own), Some(original)) =
        (edition(language), edition(original).filter(|_| original != language))
    else {
        return false;
    };
    let changed = |edition: &Edition| edition.updated.max(edition.published);
    original.updated.is_some() && original.updated > changed(own)
}

fn row<'a>(site: &'a Site, story: &'a Story, now: Timestamp) -> Row<'a> {
    let config = &site.config;
    let cells = config.languages.iter().map(|language| {
        let id = story.edition(language.id);
        let edition = id.map(|id| site.edition(id));
        let file = match edition {
            Some(edition) => edition.file(config),
            None => format!("content/{}/{}.md", language.code, missing_path(site, story)),
        };
        let state = state(site, story, language.id, now);
        let of_state = edition.and_then(|edition| match state {
            State::Scheduled => edition.due(),
            State::Withdrawn => edition.unpublish_at,
            _ => edition.published,
        });
        let date = of_state.map(|moment| {
            let form = match moment.precision {
                Precision::Day => "%Y-%m-%d",
                Precision::Time => "%Y-%m-%d %H:%M",
            };
            moment.in_zone(&config.time_zone).strftime(form).to_string()
        });
        Cell {
            tag: language.tag.as_str(),
            language: &language.name,
            state,
            is_older: is_older(site, story, language.id),
            is_original: story.original == Some(language.id),
            title: edition.map(|edition| &*edition.title),
            date,
            url: id.filter(|id| site.is_public(*id)).map(|id| site.url(site.route_of(id))),
            source_url: (state != State::Missing).then(|| {
                let file = percent_encoding::utf8_percent_encode(
                    &file,
                    percent_encoding::NON_ALPHANUMERIC,
                );
                format!("{}/_visti/source?file={file}", config.base_url.path)
            }),
            file,
        }
    });
    Row { key: &story.key, is_article: story.kind == EditionKind::Article, cells: cells.collect() }
}

/// The address of a page of what is wanted.
fn url(site: &Site, wanted: &Wanted, page: usize) -> String {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let Wanted { q, state, language, .. } = wanted;
    format!(
        "{}/_visti/?q={}&state={}&language={}&page={page}",
        site.config.base_url.path,
        encoded(q),
        encoded(state),
        encoded(language),
    )
}

impl ShownProblem {
    fn new(problem: &Diagnostic) -> Self {
        Self {
            severity: problem.severity.name(),
            message: problem.message.clone(),
            file: problem.labels.first().map(|label| label.file.clone()),
            text: print::for_people(problem, print::Style::Plain),
        }
    }
}
