//! `render(route) -> bytes`: pure, on any thread. One file per kind of page.
//!
//! In: a [`Renderer`] (site, theme, Markdown) and a [`Route`]. Out: the page, what it asked the site,
//! and what is wrong with it. `build` maps it over all routes, `serve` calls it for one.

mod alias;
mod article;
mod component;
mod credit;
mod feed;
mod front;
mod host_file;
mod inputs;
mod links;
mod listing;
mod sitemap;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tera::Value;

use crate::asset::FileFacts;
use crate::config::{FeedContent, LanguageId};
use crate::content::{EditionId, TermKind};
use crate::diagnostic::Diagnostic;
use crate::markdown::Markdown;
use crate::site::{ListingId, PageNumber, Route, Site, Target};
use crate::template::context::{Alternate, PageInfo, ShareImage, SwitcherEntry, TemplateValue};
use crate::template::{Answers, FRESH, Query, QueryId, Sitting, Slots, Templates, Theme};

use component::Needed;
use feed::{FeedText, N_TEXTS};
use links::Links;

pub use inputs::Inputs;
pub use links::AskedLink;

/// Everything that rendering needs, shared by all threads.
pub struct Renderer {
    site: Arc<Site>,
    answers: Arc<Answers>,
    templates: Arc<Templates>,
    markdown: Markdown,
    /// Whole articles as feeds have them, indexed by [`EditionId`].
    feed_texts: Slots<Result<Arc<FeedText>, Vec<Diagnostic>>>,
    /// Made when inputs are first asked for: a preview never does.
    shown: OnceLock<inputs::Shown>,
}

/// What came of a page beside its bytes.
#[derive(Debug, Default)]
pub struct Rendered {
    /// What the page asked the site: inputs like any other.
    pub asked: Vec<QueryId>,
    /// The links and pictures in its texts, each with the place of its text among [`Renderer::texts`]
    /// and the hash of where it leads.
    pub links: Vec<(u16, AskedLink, u64)>,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// The template of the page, or what stands for it in a profile.
    pub template: &'static str,
}

/// What a kind of page puts into its template.
struct PageContent {
    template: &'static str,
    kind: &'static str,
    description: Option<String>,
    /// The edition whose lead picture is the page's.
    picture_of: Option<EditionId>,
    variables: Vec<(&'static str, Value)>,
    /// What is wrong with what the page shows, by those who made it.
    diagnostics: Vec<Diagnostic>,
    links: Vec<(AskedLink, u64)>,
    /// What the components in its text need.
    needed: Needed,
}

impl Renderer {
    /// Brings a site and a theme together.
    #[must_use]
    pub fn new(site: Arc<Site>, theme: Theme, files: Arc<FileFacts>) -> Self {
        let markdown = Markdown::new(site.config.raw_html);
        let answers = Arc::new(Answers::new(site.clone(), theme.strings, files));
        let templates = theme.templates;
        let feed_texts = Slots::new(N_TEXTS);
        Self { site, answers, templates, markdown, feed_texts, shown: OnceLock::new() }
    }

    /// The site.
    #[must_use]
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// A warning for every picture shown so far that cannot be read.
    #[must_use]
    pub fn bad_pictures(&self) -> Vec<Diagnostic> {
        self.answers.bad_pictures()
    }

    /// The editions of which a page shows the whole text, in order.
    #[must_use]
    pub fn texts(&self, route: Route) -> Vec<EditionId> {
        match route {
            Route::Article(id) | Route::Standalone(id) => vec![id],
            Route::Feed(id, _) if self.site.config.feeds.content == FeedContent::Full => {
                self.site.feed_entries(id).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the links and pictures in a page's texts ([`Renderer::texts`]) lead where they led.
    #[must_use]
    pub fn links_hold(&self, texts: &[EditionId], links: &[(u16, AskedLink, u64)]) -> bool {
        links.chunk_by(|(one, ..), (other, ..)| one == other).all(|of_text| {
            let text = of_text.first().and_then(|(place, ..)| texts.get(usize::from(*place)));
            text.is_some_and(|id| {
                let resolver = Links::new(&self.site, &self.answers, *id);
                of_text.iter().all(|(_, link, answer)| resolver.answer(link) == *answer)
            })
        })
    }

    /// Asks once more what a page asked in an earlier build; gives the hash of today's answer.
    ///
    /// # Errors
    /// Why there is no answer today.
    pub fn ask_again(&self, query: &Query) -> Result<(QueryId, u64), String> {
        let language = self.site.config.default_language;
        Sitting::begin(&self.answers, &self.templates, language).ask_again(query)
    }

    /// What a page of this build asked under an id, and the hash of the answer.
    #[must_use]
    pub fn query(&self, id: QueryId) -> (Query, u64) {
        self.answers.query(id)
    }

    /// Everything that pages asked so far, and how long it took to find the answer.
    #[must_use]
    pub fn asked_times(&self) -> Vec<(Query, Duration)> {
        self.answers.asked_times()
    }

    /// Renders a page and appends it to `html`.
    ///
    /// # Errors
    /// Everything that is wrong with the page, in its template or its text; `html` is then unfinished.
    pub fn render(&self, route: Route, html: &mut Vec<u8>) -> Result<Rendered, Vec<Diagnostic>> {
        if let Some(rendered) = self.render_without_theme(route, html) {
            return rendered;
        }
        let language = self.site.language_of(route);
        let sitting = Sitting::of_page(&self.answers, &self.templates, route);
        let content = self.content(route, language, &sitting)?;
        let share_image = self.answers.share_image(route, content.picture_of);
        let page =
            self.page_info(route, content.kind, content.description, content.needed, share_image);
        let mut variables = content.variables;
        variables.push(("page", page.into_value()));
        let url = self.site.path(route);
        let filled = sitting.fill(content.template, variables, &url, html);
        let mut diagnostics = content.diagnostics;
        match filled {
            Ok(asked) => {
                if crate::diagnostic::has_errors(&diagnostics) {
                    return Err(diagnostics);
                }
                let template = content.template;
                let of_its_text = |(link, answer)| (0, link, answer);
                let links = content.links.into_iter().map(of_its_text).collect();
                Ok(Rendered { asked, links, diagnostics, template })
            }
            Err(problems) => {
                diagnostics.extend(problems);
                Err(diagnostics)
            }
        }
    }

    /// What no theme has a say in; `None` for pages that are made of templates.
    fn render_without_theme(
        &self,
        route: Route,
        bytes: &mut Vec<u8>,
    ) -> Option<Result<Rendered, Vec<Diagnostic>>> {
        let (made_by, diagnostics) = match route {
            Route::Alias(id, _) => {
                alias::render(&self.site, id, bytes);
                ("(old address)", Vec::new())
            }
            Route::HostFile(file) => {
                let inline = self.templates.inline();
                ("(file for hosts)", host_file::render(&self.site, inline, file, bytes))
            }
            Route::Sitemap(id) => {
                self.sitemap(id, bytes);
                ("(sitemap)", Vec::new())
            }
            Route::Feed(id, format) => return Some(self.feed(id, format, bytes)),
            _ => return None,
        };
        if crate::diagnostic::has_errors(&diagnostics) {
            return Some(Err(diagnostics));
        }
        Some(Ok(Rendered { template: made_by, diagnostics, ..Rendered::default() }))
    }

    fn content(
        &self,
        route: Route,
        language: LanguageId,
        sitting: &Sitting,
    ) -> Result<PageContent, Vec<Diagnostic>> {
        match route {
            Route::Root | Route::Front(_) => Ok(self.front(language)),
            Route::Article(id) => self.article(id, sitting),
            Route::Standalone(id) => self.standalone(id, sitting),
            Route::Listing(id, number) => Ok(self.listing(id, number)),
            Route::Tags(_) => Ok(PageContent::plain("tags.html", "tags")),
            Route::Fresh(_) => Ok(PageContent::plain(FRESH, "fresh")),
            Route::NotFound(_) | Route::RootNotFound => Ok(PageContent::plain("404.html", "404")),
            Route::Alias(..) | Route::HostFile(_) | Route::Sitemap(_) | Route::Feed(..) => {
                unreachable!("`render` has dealt with what no theme has a say in")
            }
        }
    }

    fn page_info<'a>(
        &'a self,
        route: Route,
        kind: &'static str,
        description: Option<String>,
        needed: Needed,
        share_image: Option<ShareImage<'a>>,
    ) -> PageInfo<'a> {
        let site = &self.site;
        let tag = |language| site.config.language(language).tag.as_str();
        let alternates = site.alternates(route);
        let default = alternates
            .default
            .map(|route| Alternate { hreflang: "x-default", url: site.absolute_url(route) });
        let editions = alternates.editions.iter().map(|(language, route)| Alternate {
            hreflang: tag(*language),
            url: site.absolute_url(*route),
        });
        let switcher = site.switcher(route).into_iter().map(|(language, target)| SwitcherEntry {
            language: self.answers.language(language),
            url: site.url(target.route()),
            is_current: matches!(target, Target::Current(_)),
            is_missing: matches!(target, Target::Missing(_)),
        });
        let listed = match route {
            Route::Listing(id, _) => Some(id),
            _ => None,
        };
        PageInfo {
            kind,
            url: site.url(route),
            canonical: site.absolute_url(site.canonical(route)),
            description,
            is_indexed: !matches!(
                route,
                Route::NotFound(_) | Route::RootNotFound | Route::Fresh(_)
            ),
            share_image,
            alternates: editions.chain(default).collect(),
            switcher: switcher.collect(),
            styles: needed.styles,
            scripts: needed.scripts,
            feeds: self.answers.feeds(site.language_of(route), listed),
        }
    }

    /// The name of a listing's kind of page.
    fn listing_kind(id: ListingId) -> &'static str {
        match id {
            ListingId::News(_) => "news",
            ListingId::Term(_, TermKind::Section, _) => "section",
            ListingId::Term(_, TermKind::Tag, _) => "tag",
            ListingId::Term(_, TermKind::Author, _) => "author",
            ListingId::Month(..) => "month",
        }
    }

    /// The URL of a page of a listing.
    fn listing_url(&self, id: ListingId, number: PageNumber) -> String {
        self.site.url(Route::Listing(id, number))
    }
}

impl PageContent {
    /// A page that needs nothing but what every page has.
    fn plain(template: &'static str, kind: &'static str) -> Self {
        Self {
            template,
            kind,
            description: None,
            picture_of: None,
            variables: Vec::new(),
            diagnostics: Vec::new(),
            links: Vec::new(),
            needed: Needed::default(),
        }
    }
}
