//! URLs that the last build published and this one does not: a reader's bookmark, a search engine's result.
//! Each is said once, with the `aliases` line that lets it lead on, before anything is published.
//!
//! A page's facts keep whose page it was (`pages::Gone`), the manifest keeps its path. Only articles,
//! standalone pages, old addresses and the lists of terms are traced: other pages come and go with what they
//! list. What was made a draft or is due again is withdrawn on purpose.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::pages::{self, Gone};
use crate::config;
use crate::content::{EditionId, TermId, TermKind, field_place, term_place};
use crate::diagnostic::{Diagnostic, nearest};
use crate::output::Output;
use crate::site::{ListingId, PageNumber, Route, Site, address_of, url_path};

/// More than these are one mistake, such as another pattern in `[urls]`.
const MOST: usize = 20;

/// Whom a page was about.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Edition(EditionId),
    List(ListingId),
    /// A file that has an error, and is left out for now.
    Broken,
}

/// A warning for everything that has another address now, or none.
pub(super) fn vanished(site: &Site, output: &Output, gone: &[Gone]) -> Vec<Diagnostic> {
    if gone.is_empty() {
        return Vec::new();
    }
    let gone: FxHashMap<u64, &Gone> = gone.iter().map(|gone| (gone.address, gone)).collect();
    let urls = output.left_over().filter_map(|path| {
        let url = url_path(path.as_str());
        let gone = *gone.get(&address_of(&url))?;
        // An old address may lead on without a page.
        site.route_at(&url).is_none().then_some((url, gone))
    });
    let urls: Vec<(String, &Gone)> = urls.collect();
    if urls.is_empty() {
        return Vec::new();
    }
    let subjects = subjects(site);
    let mut moved: BTreeMap<EditionId, Vec<String>> = BTreeMap::new();
    let mut problems = Vec::new();
    for (url, gone) in urls {
        match subjects.get(&gone.subject) {
            Some(Subject::Edition(id)) if site.is_public(*id) => {
                moved.entry(*id).or_default().push(url);
            }
            Some(Subject::List(id)) if site.has_listing(*id) => {
                problems.extend(list_moved(site, &url, *id));
            }
            Some(_) => {}
            None => match renamed(site, output, &url, gone) {
                Renamed::Surely(id) => moved.entry(id).or_default().push(url),
                Renamed::Perhaps(id) => problems.push(perhaps(site, id, &url)),
                Renamed::No if gone.text != 0 => problems.push(removed(&url)),
                Renamed::No => {}
            },
        }
    }
    problems.extend(moved.iter().map(|(id, urls)| edition_moved(site, *id, urls)));
    let mut problems = crate::diagnostic::sorted(problems);
    let n_more = problems.len().saturating_sub(MOST);
    if n_more > 0 {
        problems.truncate(MOST);
        problems.push(warning(format!("{n_more} more URLs of the last build are gone")).in_file(config::FILE).help(
            "if a pattern in `[urls]` was changed: put it back, or let the host redirect what it matched",
        ));
    }
    problems
}

fn warning(message: String) -> Diagnostic {
    Diagnostic::warning("vanished-url", message)
}

/// Everything that pages are about, by what their facts remember.
fn subjects(site: &Site) -> FxHashMap<u64, Subject> {
    let mut subjects = FxHashMap::default();
    for (edition, index) in site.content.editions.iter().zip(0..) {
        let key = pages::edition_key(site, edition.language, &edition.path);
        subjects.insert(key, Subject::Edition(EditionId(index)));
    }
    let broken = site.content.broken.iter();
    subjects.extend(
        broken.map(|(language, path)| (pages::edition_key(site, *language, path), Subject::Broken)),
    );
    for id in site.listings.keys() {
        if let Some(key) = pages::list_key(site, *id) {
            subjects.insert(key, Subject::List(*id));
        }
    }
    subjects
}

/// Whether the article of a URL has a new file.
enum Renamed {
    /// This one has the same text.
    Surely(EditionId),
    /// This one is new, and has nearly the same address.
    Perhaps(EditionId),
    No,
}

fn renamed(site: &Site, output: &Output, url: &str, gone: &Gone) -> Renamed {
    let ids = || (0..).map(EditionId).take(site.content.editions.len());
    let public = || ids().filter(|id| site.is_public(*id));
    if gone.text == 0 {
        return Renamed::No;
    }
    if let Some(id) = public().find(|id| pages::text_key(site, *id) == gone.text) {
        return Renamed::Surely(id);
    }
    let folder = |url: &str| url.split('/').nth(1).map(str::to_owned);
    let new = public().map(|id| (id, site.path(site.route_of(id)))).filter(|(_, path)| {
        folder(path) == folder(url) && !output.was_published(&crate::site::output_path(path))
    });
    let new: Vec<(EditionId, String)> = new.collect();
    let found = nearest(url, new.iter().map(|(_, path)| path.as_str()));
    match found.and_then(|found| new.iter().find(|(_, path)| path == found)) {
        Some((id, _)) => Renamed::Perhaps(*id),
        None => Renamed::No,
    }
}

/// `aliases = ["/old/", "/ua/talks/"]`: those that an edition has, and more.
fn aliases_line(site: &Site, id: EditionId, urls: &[String]) -> String {
    let own = site.edition(id).aliases.iter().map(|alias| &**alias);
    let all = own.chain(urls.iter().map(String::as_str));
    let all: Vec<String> = all.map(|alias| format!("\"{alias}\"")).collect();
    format!("aliases = [{}]", all.join(", "))
}

fn edition_moved(site: &Site, id: EditionId, urls: &[String]) -> Diagnostic {
    let edition = site.edition(id);
    let named: Vec<String> = urls.iter().map(|url| format!("`{url}`")).collect();
    let (what, is) = if urls.len() == 1 { ("the URL", "is") } else { ("the URLs", "are") };
    let new = site.path(site.route_of(id));
    let message = format!(
        "{what} {} of the last build {is} gone: this article is at `{new}`",
        named.join(", ")
    );
    let line = aliases_line(site, id, urls);
    let place =
        ["aliases", "slug"].iter().find_map(|key| field_place(&site.config, edition, &[key]));
    let has_aliases = !edition.aliases.is_empty();
    let verb = if has_aliases { "change the list to" } else { "add" };
    warning(message)
        .at_place(edition.file(&site.config), place, "")
        .help(format!("{verb} `{line}`, and the old address leads here"))
}

fn perhaps(site: &Site, id: EditionId, url: &str) -> Diagnostic {
    let line = aliases_line(site, id, &[url.to_owned()]);
    let message =
        format!("the URL `{url}` of the last build is gone: its file was renamed or removed");
    warning(message)
        .in_file(site.edition(id).file(&site.config))
        .help(format!("if it is this article now, add `{line}` to it"))
}

fn removed(url: &str) -> Diagnostic {
    let message =
        format!("the URL `{url}` of the last build is gone: its file was renamed or removed");
    let help = format!(
        "if the article is elsewhere now, add `aliases = [\"{url}\"]` to it; if it was removed on purpose, \
         build without `--strict`: this is said once"
    );
    warning(message).in_file("content").help(help)
}

/// The list of a term that has another slug.
fn list_moved(site: &Site, url: &str, id: ListingId) -> Option<Diagnostic> {
    let ListingId::Term(language, kind, term) = id else { return None };
    let new = site.path(Route::Listing(id, PageNumber::Root));
    let code = &site.config.language(language).code;
    let (file, place) = term_of(site, kind, term, code);
    let id = &site.content.vocabulary.of(kind).get(term).id;
    let message = format!(
        "the URL `{url}` of the last build is gone: the {} `{id}` is at `{new}` in `{code}`",
        kind.name()
    );
    let old = url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let help = format!("to keep the address, write `slug = {{ {code} = \"{old}\" }}`");
    Some(warning(message).at_place(file, place, "").help(help))
}

fn term_of(
    site: &Site,
    kind: TermKind,
    term: TermId,
    code: &str,
) -> (&'static str, Option<crate::diagnostic::Place>) {
    let id = &site.content.vocabulary.of(kind).get(term).id;
    (kind.file(), term_place(&site.config, kind, id, &["slug", code]))
}
