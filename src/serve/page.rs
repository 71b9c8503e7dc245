//! Pages as the preview sends them: rendered when they are asked for, and kept as long as nothing
//! changes. Of a page that cannot be rendered any more, the last good bytes are sent.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::snapshot::Snapshot;
use crate::diagnostic::{Diagnostic, has_errors, print};
use crate::render::Renderer;
use crate::site::Route;

/// How many pages are kept: those that are open, and those asked for last.
const N_KEPT: usize = 64;

/// The problem of a text that is newer than what is known of it: it is about to be read again.
const BEING_READ: &str = "changed-while-building";

/// A page, or why there is none.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// What a build would publish; a page about the problems when there never was a good one.
    pub(super) html: Bytes,
    /// Hash of `html`.
    #[expect(dead_code, reason = "open pages will be compared by it")]
    pub(super) version: u64,
    /// Whether `html` is a page of the site.
    pub(super) is_good: bool,
    /// What is wrong with it today.
    pub(super) problems: Arc<[Diagnostic]>,
}

impl Page {
    fn new(html: Vec<u8>, is_good: bool, problems: Vec<Diagnostic>) -> Self {
        let version = xxh3_64(&html);
        Self { html: html.into(), version, is_good, problems: problems.into() }
    }
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
    /// The page of a route in a snapshot.
    pub(super) fn get(&self, snapshot: &Snapshot, renderer: &Renderer, route: Route) -> Arc<Page> {
        let path = renderer.site().path(route);
        let before = {
            let mut kept = self.kept.lock().expect("no thread panics with the lock");
            let now = kept.values().map(|kept| kept.asked).max().unwrap_or(0) + 1;
            let known = kept.get_mut(&path);
            if let Some(known) = known {
                known.asked = now;
                if known.of == snapshot.number {
                    return known.page.clone();
                }
                Some(known.page.clone())
            } else {
                None
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
        let asked = kept.values().map(|kept| kept.asked).max().unwrap_or(0) + 1;
        let is_newest = kept.get(&path).is_none_or(|kept| kept.of <= snapshot.number);
        if is_newest {
            kept.insert(path, Kept { page: page.clone(), of: snapshot.number, asked });
        }
        page
    }
}

fn render(snapshot: &Snapshot, renderer: &Renderer, route: Route, before: Option<&Page>) -> Page {
    const USUAL_PAGE: usize = 64 * 1024;
    let mut html = Vec::with_capacity(USUAL_PAGE);
    let mut problems = match renderer.render(route, &mut html) {
        Ok(rendered) => return Page::new(html, true, rendered.diagnostics),
        Err(problems) => problems,
    };
    problems.retain(|problem| problem.id != BEING_READ);
    match before.filter(|before| before.is_good) {
        Some(good) => Page { problems: problems.into(), ..good.clone() },
        None => Page::new(about_problems(snapshot, &problems), false, problems),
    }
}

/// A page for an address of which there is no page to show.
pub(super) fn about_problems(snapshot: &Snapshot, of_page: &[Diagnostic]) -> Vec<u8> {
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
