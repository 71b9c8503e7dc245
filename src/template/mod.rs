//! `templates/` → Tera with our functions, interface words, and the typed contexts of pages.
//!
//! In: `templates/**/*.html` and `templates/strings/<language>.ftl`. Out: [`Templates`], which turns
//! a context into HTML, and [`Answers`], what templates may ask the site.

mod answers;
mod components;
pub mod context;
mod error;
mod functions;
mod inline;
mod query;
mod scope;
mod sharing;
mod slots;
mod structured;
mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera, Value};

pub use answers::Answers;
pub use inline::InlineCode;
pub use query::{Query, QueryId};

pub(crate) use slots::Slots;

use context::TemplateValue;

use crate::component::{Component, Components};
use crate::config::{Config, LanguageId};
use crate::diagnostic::{Diagnostic, Reported, Severity, Source, has_errors};
use crate::html;
use crate::locale::{Strings, StringsFile};
use crate::project::{self, read_file};
use crate::site::Route;

/// The theme's folder in the root.
const FOLDER: &str = "templates";

/// The templates that every theme has, one per kind of page.
pub const REQUIRED: [&str; 7] = [
    "404.html",
    "archive.html",
    "article.html",
    "front.html",
    "listing.html",
    "page.html",
    "tags.html",
];

/// The template of the newest headlines, where `[urls]` has an address for them.
pub const FRESH: &str = "fresh.html";

/// What a newsroom may add to every page; absent is empty.
pub const HOOKS: [&str; 2] = ["hooks/head.html", "hooks/body-end.html"];

/// A theme, ready to render.
pub struct Templates {
    tera: Tera,
    /// Every template's text by its name, for excerpts.
    sources: BTreeMap<String, String>,
    /// Scripts and styles that stand in templates.
    inline: InlineCode,
    /// What articles may use of it.
    components: Components,
}

/// A theme and its words. Copies share both.
#[derive(Clone)]
pub struct Theme {
    /// The templates.
    pub templates: Arc<Templates>,
    /// The interface words.
    pub strings: Arc<Strings>,
    /// The files that both are made of, with the hashes of their texts; sorted.
    pub files: Vec<(String, u64)>,
}

/// Reads `templates/`; without errors the value is usable.
#[must_use]
pub fn read_theme(config: &Config) -> Reported<Theme> {
    let mut diagnostics = Vec::new();
    if !config.root.join(FOLDER).is_dir() {
        let none = Theme {
            templates: Templates::empty().into(),
            strings: Strings::parse(&[], 0).value.into(),
            files: Vec::new(),
        };
        let missing = Diagnostic::error("missing-folder", "there is no folder `templates`")
            .in_file(FOLDER)
            .help("copy the default theme's `templates` folder here");
        return Reported { value: none, diagnostics: vec![missing] };
    }
    let sources = read_sources(config, &mut diagnostics);
    let hash = |text: &str| xxhash_rust::xxh3::xxh3_64(text.as_bytes());
    let mut files: Vec<(String, u64)> =
        sources.iter().map(|(name, text)| (format!("{FOLDER}/{name}"), hash(text))).collect();
    // Where one could not be read, those that extend or include it have no error of their own.
    let templates = Templates::parse(sources, has_errors(&diagnostics));
    let mut templates = templates.drain_into(&mut diagnostics);
    let (inline, blocked) = inline::of_templates(templates.sources.iter(), config);
    templates.inline = inline;
    if config.hosting.takes_headers() && config.headers.csp.is_some() {
        diagnostics.extend(blocked);
    }
    let strings = read_strings(config, &mut files).drain_into(&mut diagnostics);
    files.sort();
    let theme = Theme { templates: templates.into(), strings: strings.into(), files };
    Reported { value: theme, diagnostics }
}

/// Whether one of the problems is an error of the theme, so that no page can be rendered.
#[must_use]
pub fn is_broken(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| {
        let file = diagnostic.labels.first().map_or("", |label| &label.file);
        diagnostic.severity == Severity::Error && file.starts_with(FOLDER)
    })
}

fn read_sources(config: &Config, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut unreadable = Vec::new();
    for name in project::walk(&config.root, FOLDER, &[]).drain_into(diagnostics) {
        if !name.ends_with(".html") {
            continue;
        }
        match read_file(&config.root, &name) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
                let template = name.strip_prefix("templates/").unwrap_or(&name);
                sources.insert(template.to_owned(), text);
            }
            Err(problem) => {
                diagnostics.extend(problem);
                unreadable.push(name);
            }
        }
    }
    let fresh = config.urls.fresh.as_ref().map(|_| FRESH);
    for name in REQUIRED.into_iter().chain(fresh) {
        if !sources.contains_key(name) && !unreadable.contains(&format!("{FOLDER}/{name}")) {
            diagnostics.push(
                Diagnostic::error("missing-template", format!("there is no template `{name}`"))
                    .in_file(format!("templates/{name}"))
                    .help("copy it from the default theme"),
            );
        }
    }
    for hook in HOOKS {
        sources.entry(hook.to_owned()).or_default();
    }
    sources
}

fn read_strings(config: &Config, files: &mut Vec<(String, u64)>) -> Reported<Strings> {
    let mut diagnostics = Vec::new();
    let mut texts = Vec::new();
    for language in &config.languages {
        let name = format!("{FOLDER}/strings/{}.ftl", language.code);
        match read_file(&config.root, &name) {
            Ok(text) => {
                files.push((name.clone(), xxhash_rust::xxh3::xxh3_64(text.as_bytes())));
                texts.push((language, name, text));
            }
            Err(problem) => diagnostics.push(problem.unwrap_or_else(|| {
                let message = format!("there are no interface words for `{}`", language.code);
                Diagnostic::error("missing-strings", message)
                    .in_file(name)
                    .help("copy another language's file and translate it")
            })),
        }
    }
    // With an error among them nothing is rendered; the others are read for their own problems.
    let files: Vec<StringsFile<'_>> = texts
        .iter()
        .map(|(language, name, text)| StringsFile {
            tag: &language.tag,
            source: Source::new(name, text),
        })
        .collect();
    let default = config.default_language.index();
    let strings = Strings::parse(&files, default).drain_into(&mut diagnostics);
    Reported { value: strings, diagnostics }
}

impl Templates {
    fn empty() -> Self {
        Self::of(Tera::default(), BTreeMap::new())
    }

    fn of(tera: Tera, sources: BTreeMap<String, String>) -> Self {
        let (components, inline) = (Components::default(), InlineCode::default());
        Self { tera, sources, components, inline }
    }

    /// Parses templates, each alone, and together unless some are missing.
    fn parse(sources: BTreeMap<String, String>, is_incomplete: bool) -> Reported<Self> {
        let mut templates = Self::of(with_functions(), sources);
        let mut diagnostics = Vec::new();
        // Tera stops at the first syntax error, so every template is first parsed alone.
        for (name, text) in &templates.sources {
            let alone = with_functions().add_raw_template(name, text);
            if let Err(error) = alone
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                diagnostics.extend(error::diagnostics(&error, &templates, name, None));
            }
        }
        if !is_incomplete && !has_errors(&diagnostics) {
            let mut tera = with_functions();
            let all = templates.sources.iter().map(|(name, text)| (name.as_str(), text.as_str()));
            match tera.add_raw_templates(all) {
                Ok(()) => {
                    templates.tera = tera;
                    templates.components =
                        components::read(&templates).drain_into(&mut diagnostics);
                }
                Err(error) => diagnostics.extend(error::diagnostics(&error, &templates, "", None)),
            }
        }
        Reported { value: templates, diagnostics }
    }

    /// Scripts and styles that stand in templates.
    #[must_use]
    pub fn inline(&self) -> &InlineCode {
        &self.inline
    }

    /// The file that defines a component.
    fn file_of(&self, component: &str) -> String {
        let defines = |(_, text): &(&String, &String)| error::definition(text, component).is_some();
        self.sources.iter().find(defines).map_or_else(String::new, |(file, _)| file.clone())
    }

    /// The text of a template.
    fn source(&self, name: &str) -> &str {
        self.sources.get(name).map_or("", String::as_str)
    }
}

fn with_functions() -> Tera {
    let mut tera = Tera::default();
    tera.set_escape_fn(html::escape);
    functions::register(&mut tera);
    tera
}

/// Why a component of an article could not be filled in.
pub enum ComponentFailure {
    /// The template does not accept its arguments, with `throw(message="…")`; in its words.
    Refused(String),
    /// The template is wrong.
    Template(Vec<Diagnostic>),
}

/// Puts a page on the stack while its values are made and its template runs, so that what both ask
/// is recorded for it.
pub struct Sitting {
    guard: scope::Guard,
    answers: Arc<Answers>,
    templates: Arc<Templates>,
    language: LanguageId,
}

impl Sitting {
    /// Begins a page.
    #[must_use]
    pub fn of_page(answers: &Arc<Answers>, templates: &Arc<Templates>, route: Route) -> Self {
        let language = answers.site.language_of(route);
        let guard = scope::enter(answers.clone(), templates.clone(), language, Some(route));
        Self { guard, answers: answers.clone(), templates: templates.clone(), language }
    }

    /// Begins something in a language that is no page.
    #[must_use]
    pub fn begin(answers: &Arc<Answers>, templates: &Arc<Templates>, language: LanguageId) -> Self {
        let guard = scope::enter(answers.clone(), templates.clone(), language, None);
        Self { guard, answers: answers.clone(), templates: templates.clone(), language }
    }

    /// Fills a template in, appends the HTML to `html`, and gives what the page asked the site.
    /// `site` and `language` are among its variables already.
    ///
    /// # Errors
    /// What is wrong in a template, with the URL of the page.
    pub fn fill(
        self,
        template: &str,
        variables: Vec<(&'static str, Value)>,
        page: &str,
        html: &mut Vec<u8>,
    ) -> Result<Vec<QueryId>, Vec<Diagnostic>> {
        match self.render(template, variables, html) {
            Ok(()) => Ok(self.guard.finish()),
            Err(error) => Err(error::diagnostics(&error, &self.templates, template, Some(page))),
        }
    }

    /// Ends a text that no template surrounds, and gives what its components asked the site.
    #[must_use]
    pub fn finish(self) -> Vec<QueryId> {
        self.guard.finish()
    }

    /// Asks once more what a page asked in an earlier build; gives the hash of today's answer.
    ///
    /// # Errors
    /// Why there is no answer today.
    pub fn ask_again(&self, query: &Query) -> Result<(QueryId, u64), String> {
        self.answers.ask_again(query.clone())
    }

    /// The components that articles may use.
    #[must_use]
    pub fn components(&self) -> &Components {
        &self.templates.components
    }

    /// Fills in a component that an article uses on the page at the URL `page`. `site` and `language`
    /// are there for components that ask for them (`@language`).
    ///
    /// # Errors
    /// What is wrong: in the template, or, when the template itself refuses its arguments, in the article.
    pub fn fill_component(
        &self,
        component: &Component,
        arguments: Vec<(String, Value)>,
        body: Option<&str>,
        page: &str,
    ) -> Result<String, ComponentFailure> {
        let mut context = Context::new();
        for (name, value) in arguments {
            context.insert_value(name, value);
        }
        let (tera, name) = (&self.templates.tera, &component.template_name);
        let shared = self.shared_context();
        tera.render_component_with_implicits(name, &context, &shared, body, true).map_err(|error| {
            match error::thrown(&error, &self.templates) {
                Some(message) => ComponentFailure::Refused(message),
                None => ComponentFailure::Template(error::diagnostics(
                    &error,
                    &self.templates,
                    &self.templates.file_of(name),
                    Some(page),
                )),
            }
        })
    }

    /// Fills a fragment in, which has no page of its own.
    fn fill_fragment(self, template: &str, html: &mut Vec<u8>) -> Result<(), tera::Error> {
        self.render(template, Vec::new(), html)
    }

    fn shared_context(&self) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.answers.site_value(self.language));
        context.insert_value("language", self.answers.language(self.language).into_value());
        context
    }

    fn render(
        &self,
        template: &str,
        variables: Vec<(&'static str, Value)>,
        html: &mut Vec<u8>,
    ) -> Result<(), tera::Error> {
        let mut context = self.shared_context();
        for (name, value) in variables {
            context.insert_value(name, value);
        }
        self.templates.tera.render_to(template, &context, html)
    }
}
