//! Pages as the preview sends them: rendered when they are asked for, and kept as long as nothing
//! changes. Of a page that cannot be rendered any more, the last good bytes are sent.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::http::StatusCode;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::snapshot::Snapshot;
use crate::diagnostic::{Diagnostic, has_errors, print};
use crate::render::Renderer;
use crate::site::Route;

const HTML: &str = "text/html; charset=utf-8";

/// How many pages are kept: those that are open, and those asked for last.
const N_KEPT: usize = 64;

/// The problem of a text that is newer than what is known of it: it is about to be read again.
const BEING_READ: &str = "changed-while-building";

/// A page, or why there is none.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// What a build would publish; a page about the problems when there never was a good one.
    pub(super) html: Bytes,
    pub(super) media_type: &'static str,
    /// Hash of `html`.
    pub(super) version: u64,
    /// Whether `html` is a page of the site.
    pub(super) is_good: bool,
    /// What is wrong with it today.
    pub(super) problems: Arc<[Diagnostic]>,
}

/// What is at an address, page or not.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) status: StatusCode,
    pub(super) html: Bytes,
    pub(super) media_type: &'static str,
    /// Hash of `html`.
    pub(super) version: u64,
    /// Whether it may take the place of what a browser shows.
    pub(super) is_good: bool,
    /// Whether it shows the problems of the site itself.
    pub(super) is_panel: bool,
    pub(super) problems: Arc<[Diagnostic]>,
}

impl Document {
    /// A page, with the status that its address has.
    pub(super) fn new(page: &Page, usual: StatusCode) -> Self {
        Self {
            status: if page.is_good { usual } else { StatusCode::INTERNAL_SERVER_ERROR },
            html: page.html.clone(),
            media_type: page.media_type,
            version: page.version,
            is_good: page.is_good,
            is_panel: false,
            problems: page.problems.clone(),
        }
    }

    /// The newsroom panel.
    pub(super) fn panel(html: Vec<u8>) -> Self {
        let page = Page::new(html, true, Vec::new());
        Self { is_panel: true, ..Self::new(&page, StatusCode::OK) }
    }

    /// What is at every address when no site could be read so far.
    pub(super) fn without_site(snapshot: &Snapshot) -> Self {
        let page = Page::new(about_problems(snapshot, &[]), false, Vec::new());
        Self::new(&page, StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Whether it is HTML, for people.
    pub(super) fn is_html(&self) -> bool {
        self.media_type == HTML
    }

    /// The bytes with the script that keeps the page up to date from the snapshot of this number on.
    pub(super) fn with_script(&self, base_path: &str, number: u64) -> Vec<u8> {
        let script = format!(
            "<script src=\"{base_path}/_visti/reload.js\" data-version=\"{:016x}\" \
             data-told=\"{number}\" defer></script>",
            self.version
        );
        let end = memchr::memmem::rfind(&self.html, b"</body>").unwrap_or(self.html.len());
        let (before, after) = self.html.split_at(end);
        [before, script.as_bytes(), after].concat()
    }
}

impl Page {
    fn new(html: Vec<u8>, is_good: bool, problems: Vec<Diagnostic>) -> Self {
        let version = xxh3_64(&html);
        let problems = problems.into();
        Self { html: html.into(), media_type: HTML, version, is_good, problems }
    }
}

/// What is new about the problems of a page.
#[derive(Debug, Default)]
pub(super) struct News {
    /// Those that it did not have before.
    pub(super) problems: Vec<Diagnostic>,
    /// Whether it had errors, and has none now.
    pub(super) is_mended: bool,
}

/// The pages that were asked for last, by their paths: ids of editions mean something else in every
/// snapshot.
#[derive(Debug, Default)]
pub(super) struct Pages {
    kept: Mutex<FxHashMap<String, Kept>>,
}

#[derive(Debug)]
struct Kept {
    page: Arc<Page>,
    /// The snapshot it was rendered from.
    of: u64,
    /// When it was asked for last, counted.
    asked: u64,
}

impl Pages {
    /// The page of a route in a snapshot, and what is new about its problems.
    pub(super) fn get(
        &self,
        snapshot: &Snapshot,
        renderer: &Renderer,
        route: Route,
    ) -> (Arc<Page>, News) {
        let path = renderer.site().path(route);
        let before = {
            let mut kept = self.kept.lock().expect("no thread panics with the lock");
            let now = asked_now(&kept);
            match kept.get_mut(&path) {
                Some(known) => {
                    known.asked = now;
                    if known.of == snapshot.number {
                        return (known.page.clone(), News::default());
                    }
                    Some(known.page.clone())
                }
                None => None,
            }
        };
        let page = Arc::new(render(snapshot, renderer, route, before.as_deref()));
        let mut kept = self.kept.lock().expect("no thread panics with the lock");
        if kept.len() >= N_KEPT
            && !kept.contains_key(&path)
            && let Some(oldest) = kept.iter().min_by_key(|(_, kept)| kept.asked)
        {
            let oldest = oldest.0.clone();
            kept.remove(&oldest);
        }
        let asked = asked_now(&kept);
        let is_newest = kept.get(&path).is_none_or(|kept| kept.of <= snapshot.number);
        if is_newest {
            kept.insert(path, Kept { page: page.clone(), of: snapshot.number, asked });
        }
        let known = before.map(|before| before.problems.clone()).unwrap_or_default();
        let new = page.problems.iter().filter(|problem| !known.contains(problem)).cloned();
        let is_mended = has_errors(&known) && !has_errors(&page.problems);
        let news = News { problems: new.collect(), is_mended };
        (page, news)
    }

    /// What is wrong with the pages that were asked for last. Those that had problems are made again if
    /// they are of an older snapshot: they may be mended.
    pub(super) fn problems(&self, snapshot: &Snapshot, renderer: &Renderer) -> Vec<Diagnostic> {
        let paths: Vec<String> = {
            let kept = self.kept.lock().expect("no thread panics with the lock");
            let with_problems = kept.iter().filter(|(_, kept)| !kept.page.problems.is_empty());
            with_problems.map(|(path, _)| path.clone()).collect()
        };
        let routes = paths.iter().filter_map(|path| renderer.site().route_at(path));
        let pages = routes.map(|route| self.get(snapshot, renderer, route).0);
        pages.flat_map(|page| page.problems.to_vec()).collect()
    }
}

/// One later than all before.
fn asked_now(kept: &FxHashMap<String, Kept>) -> u64 {
    kept.values().map(|kept| kept.asked).max().unwrap_or(0) + 1
}

fn render(snapshot: &Snapshot, renderer: &Renderer, route: Route, before: Option<&Page>) -> Page {
    const USUAL_PAGE: usize = 64 * 1024;
    let mut html = Vec::with_capacity(USUAL_PAGE);
    let mut problems = match renderer.render(route, &mut html) {
        Ok(rendered) => {
            let page = Page::new(html, true, rendered.diagnostics);
            return Page { media_type: route.media_type(), ..page };
        }
        Err(problems) => problems,
    };
    problems.retain(|problem| problem.id != BEING_READ);
    match before.filter(|before| before.is_good) {
        Some(good) => Page { problems: problems.into(), ..good.clone() },
        None => Page::new(about_problems(snapshot, &problems), false, problems),
    }
}

/// A page for an address of which there is no page to show.
fn about_problems(snapshot: &Snapshot, of_page: &[Diagnostic]) -> Vec<u8> {
    let all: Vec<&Diagnostic> = of_page
        .iter()
        .chain(snapshot.problems.iter())
        .filter(|problem| is_error(problem))
        .collect();
    let mut text = Vec::new();
    for problem in &all {
        let shown = print::for_people(problem, print::Style::Plain);
        text.extend_from_slice(b"<pre>");
        crate::html::escape(&shown, &mut text).expect("writing to a Vec never fails");
        text.extend_from_slice(b"</pre>\n");
    }
    let why = if all.is_empty() {
        "This page is being read again. Reload it in a moment."
    } else {
        "This page cannot be shown until this is mended:"
    };
    let text = String::from_utf8(text).expect("escaping keeps UTF-8");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Cannot be shown</title>\n\
         <style>body {{ margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 sans-serif }}\n\
         pre {{ overflow-x: auto; padding: 1rem; border: 1px solid; font: .9rem/1.4 monospace }}</style>\n\
         </head>\n<body>\n<h1>Cannot be shown</h1>\n<p>{why}</p>\n{text}</body>\n</html>\n"
    )
    .into_bytes()
}

fn is_error(problem: &Diagnostic) -> bool {
    has_errors(std::slice::from_ref(problem))
}
