//! What a template asks the site, as it was asked: the words of the template, no ids, so that the same
//! question can be asked again in a later build, when ids mean something else.

use std::fmt::Write as _;
use std::time::Duration;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tera::{ErrorKind, Value};

use super::context::TemplateValue;
use super::{Answers, Sitting, scope};
use crate::config::{FeedFormat, LanguageId};
use crate::content::{EditionKind, NotFound, TermId, TermKind};
use crate::diagnostic::nearest;
use crate::site::{ListingId, PageNumber, Route, Selection, Site, YearMonth};

/// Fragments may use fragments, but not themselves.
const MAX_FRAGMENT_DEPTH: usize = 8;

/// A question to the site, by which its answer is remembered and recorded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Query {
    /// `stories(…)`.
    Stories {
        /// Of which language.
        language: LanguageId,
        /// Terms that all of them have, as written.
        terms: Vec<(TermKind, String)>,
        /// Whether only those with a lead picture are wanted.
        with_image: bool,
        /// At most so many.
        limit: usize,
    },
    /// `story(key=…)`.
    Story {
        /// For readers of which language.
        language: LanguageId,
        /// The story's key.
        key: String,
    },
    /// `sections()`, in a language.
    Sections(LanguageId),
    /// `terms(kind=…)`, in a language.
    Terms(LanguageId, TermKind),
    /// `url(…)`.
    Url {
        /// Of which language.
        language: LanguageId,
        /// Which page.
        of: Wanted,
    },
    /// `asset(path=…)`.
    Asset(String),
    /// `fragment(template=…)`, in a language.
    Fragment(LanguageId, String),
}

/// The page whose URL is wanted, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Wanted {
    /// `page="news"`.
    Page(String),
    /// `section="politics"`.
    Term(TermKind, String),
    /// `month="2025-12"`.
    Month(String),
    /// `standalone="about"`.
    Standalone(String),
}

/// A query by its place among those that were asked in this build.
pub type QueryId = u32;

/// The answers so far.
#[derive(Debug, Default)]
pub(super) struct Memory {
    by_query: FxHashMap<Query, QueryId>,
    /// Indexed by [`QueryId`].
    answers: Vec<Answer>,
}

#[derive(Debug)]
struct Answer {
    query: Query,
    value: Value,
    hash: u64,
    /// How long it took to find.
    took: Duration,
}

impl Memory {
    pub(super) fn find(&self, query: &Query) -> Option<(QueryId, Value)> {
        let id = *self.by_query.get(query)?;
        Some((id, self.answers[id as usize].value.clone()))
    }

    /// Remembers an answer, unless another thread was quicker.
    pub(super) fn insert(
        &mut self,
        query: Query,
        value: Value,
        took: Duration,
    ) -> (QueryId, Value) {
        let next = QueryId::try_from(self.answers.len()).expect("fewer than 2^32 queries");
        let id = *self.by_query.entry(query.clone()).or_insert(next);
        if id == next {
            let text = serde_json::to_vec(&value).expect("a template's value is plain data");
            let hash = xxhash_rust::xxh3::xxh3_64(&text);
            self.answers.push(Answer { query, value, hash, took });
        }
        (id, self.answers[id as usize].value.clone())
    }

    pub(super) fn hash(&self, id: QueryId) -> u64 {
        self.answers[id as usize].hash
    }

    /// A query by its id, with the hash of its answer.
    pub(super) fn query(&self, id: QueryId) -> (Query, u64) {
        let answer = &self.answers[id as usize];
        (answer.query.clone(), answer.hash)
    }

    pub(super) fn times(&self) -> Vec<(Query, Duration)> {
        self.answers.iter().map(|answer| (answer.query.clone(), answer.took)).collect()
    }
}

impl Query {
    /// The answer of a site; on a page's sitting, or in one of its own.
    ///
    /// # Errors
    /// Why there is none, for the person who wrote the template.
    pub(super) fn compute(&self, answers: &Answers) -> Result<Value, String> {
        let site = &*answers.site;
        match self {
            Self::Stories { language, terms, with_image, limit } => {
                let terms = terms
                    .iter()
                    .map(|(kind, written)| Ok((*kind, find_term(site, *kind, written, *language)?)))
                    .collect::<Result<_, String>>()?;
                let (language, with_image, limit) = (*language, *with_image, *limit);
                let found = site.select(&Selection { language, terms, with_image, limit });
                let cards = found.into_iter().map(|id| answers.card(id));
                Ok(cards.collect::<Vec<_>>().into_value())
            }
            Self::Story { language, key } => {
                let story = site.story(EditionKind::Article, key);
                let id = story.and_then(|story| site.edition_for(story, *language));
                Ok(id.map(|id| answers.card(id)).into_value())
            }
            Self::Sections(language) => {
                let ids: Vec<TermId> = site.content.vocabulary.sections.ids().collect();
                Ok(answers.terms(TermKind::Section, &ids, *language).into_value())
            }
            Self::Terms(language, kind) => Ok(answers.term_entries(*kind, *language).into_value()),
            Self::Url { language, of } => {
                let route = of.route(site, *language)?;
                Ok(route.map(|route| site.url(route)).into_value())
            }
            Self::Asset(path) => asset(site, path),
            Self::Fragment(language, template) => fragment(answers, *language, template),
        }
    }

    /// The query as a template writes it, for people.
    #[must_use]
    pub fn shown(&self, site: &Site) -> String {
        let in_language =
            |id: &LanguageId| format!("language=\"{}\"", site.config.language(*id).code);
        match self {
            Self::Stories { language, terms, with_image, limit } => {
                let mut text = format!("stories(limit={limit}, {}", in_language(language));
                for (kind, id) in terms {
                    write!(text, ", {}=\"{id}\"", kind.name())
                        .expect("writing to a String never fails");
                }
                text + if *with_image { ", with_image=true)" } else { ")" }
            }
            Self::Story { language, key } => {
                format!("story(key=\"{key}\", {})", in_language(language))
            }
            Self::Sections(language) => format!("sections({})", in_language(language)),
            Self::Terms(language, kind) => {
                format!("terms(kind=\"{}\", {})", kind.name(), in_language(language))
            }
            Self::Url { language, of } => {
                let (name, value) = match of {
                    Wanted::Page(page) => ("page", page),
                    Wanted::Term(kind, id) => (kind.name(), id),
                    Wanted::Month(month) => ("month", month),
                    Wanted::Standalone(name) => ("standalone", name),
                };
                format!("url({name}=\"{value}\", {})", in_language(language))
            }
            Self::Asset(path) => format!("asset(path=\"{path}\")"),
            Self::Fragment(language, template) => {
                format!("fragment(template=\"{template}\") in {}", in_language(language))
            }
        }
    }
}

impl Wanted {
    fn route(&self, site: &Site, language: LanguageId) -> Result<Option<Route>, String> {
        let listing =
            |id: ListingId| site.has_listing(id).then_some(Route::Listing(id, PageNumber::Root));
        match self {
            Self::Page(page) => match page.as_str() {
                "front" => Ok(Some(Route::Front(language))),
                "news" => Ok(listing(ListingId::News(language))),
                "tags" => Ok(site.config.urls.tags.as_ref().map(|_| Route::Tags(language))),
                "fresh" => Ok(site.config.urls.fresh.as_ref().map(|_| Route::Fresh(language))),
                other => match FeedFormat::ALL.iter().find(|(name, _)| *name == other) {
                    Some((_, format)) => Ok(site.feed(ListingId::News(language), *format)),
                    None => Err(format!(
                        "`url` knows the pages `front`, `news`, `tags` and `fresh`, and the feeds \
                         `atom`, `rss` and `json`, not `{other}`"
                    )),
                },
            },
            Self::Term(kind, written) => {
                let term = find_term(site, *kind, written, language)?;
                Ok(listing(ListingId::Term(language, *kind, term)))
            }
            Self::Month(text) => {
                let month = text.split_once('-').and_then(|(year, month)| {
                    Some(YearMonth { year: year.parse().ok()?, month: month.parse().ok()? })
                });
                match month {
                    Some(month) => Ok(listing(ListingId::Month(language, month))),
                    None => Err(format!("`{text}` is not a month; write `month=\"2025-12\"`")),
                }
            }
            Self::Standalone(name) => {
                let path = format!("pages/{name}");
                let id = site.edition_at(language, &path).filter(|id| site.is_public(*id));
                Ok(id.map(|id| site.route_of(id)))
            }
        }
    }
}

fn find_term(
    site: &Site,
    kind: TermKind,
    written: &str,
    language: LanguageId,
) -> Result<TermId, String> {
    let terms = site.content.vocabulary.of(kind);
    terms.find(written, language).map_err(|problem| {
        let help = match problem {
            NotFound::Unknown => match terms.nearest(written, language) {
                Some(known) => format!("; did you mean `{known}`?"),
                None => String::new(),
            },
            NotFound::Ambiguous(_) => String::new(),
        };
        format!("there is no {} `{written}`{help}", kind.name())
    })
}

fn asset(site: &Site, path: &str) -> Result<Value, String> {
    let Some(found) = site.assets.get(path) else {
        let help = match nearest(path, site.assets.paths()) {
            Some(known) => format!("; did you mean `{known}`?"),
            None => String::new(),
        };
        return Err(format!("there is no file `static/{path}`{help}"));
    };
    let published = found.fingerprinted.as_ref().unwrap_or(&found.path);
    Ok(Value::from(site.url_of_path(&format!("/{published}"))))
}

fn fragment(answers: &Answers, language: LanguageId, template: &str) -> Result<Value, String> {
    if scope::depth() > MAX_FRAGMENT_DEPTH {
        return Err(format!("the fragment `{template}` contains itself"));
    }
    let (answers_of_page, _) = scope::current();
    debug_assert!(std::ptr::eq(&*answers_of_page, answers), "one site at a time on a thread");
    let mut html = Vec::new();
    Sitting::begin(&answers_of_page, &scope::templates(), language)
        .fill_fragment(template, &mut html)
        .map_err(|problem| format!("the fragment `{template}` failed: {}", summary_of(&problem)))?;
    let html = String::from_utf8(html).expect("Tera writes UTF-8");
    Ok(Value::from(html).mark_safe())
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
