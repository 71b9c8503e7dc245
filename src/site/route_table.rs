//! The table of routes: every page and file of a site under its one address, and every address that two
//! things claim.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Site;
use super::listing::{ListingId, paginate};
use super::route::{Route, address_key, address_of, output_path};
use crate::config::{LanguageId, RedirectFormat, SlugFrom};
use crate::content::{EditionId, EditionKind, alias_place, field_place, term_place};
use crate::diagnostic::Diagnostic;

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCopy {
    /// Path below the output folder, with `/`.
    pub output: String,
    /// The file, relative to the root, with `/`.
    pub source: String,
}

/// All routes and file copies of a site; no two have the same address.
#[derive(Debug, Default)]
pub struct RouteTable {
    /// In a fixed order.
    pub routes: Vec<Route>,
    /// Sorted by output path.
    pub copies: Vec<FileCopy>,
    /// Every old address, also where it is no page of its own; in the order of the editions.
    pub old_addresses: Vec<Route>,
    /// Places in `routes`, behind them in `copies`, and behind these in `old_addresses`, by
    /// [`address_key`].
    pub(super) by_path: FxHashMap<u128, u32>,
    /// Hashes of the paths of pages; in the order of `routes`.
    pub addresses: Vec<u64>,
    /// The same of editions' own pages, indexed by [`EditionId`]; 0 where an edition has none.
    pub(super) edition_addresses: Vec<u64>,
}

/// Who wants an address.
#[derive(Debug, Clone, Copy)]
enum Claimant {
    Page(Route),
    Copy(usize),
}

/// Makes the table of routes, and reports every address that two things claim.
pub(super) fn table(site: &Site) -> (RouteTable, Vec<Diagnostic>) {
    let (routes, old_addresses) = all_routes(site);
    let copies = all_copies(site);
    let mut diagnostics = Vec::new();
    let mut by_path: FxHashMap<u128, u32> = FxHashMap::default();
    by_path.reserve(routes.len() + copies.len());
    let mut folders: FxHashSet<u128> = FxHashSet::default();
    // Pages for old addresses are among the routes.
    let without_page: &[Route] =
        if site.config.hosting.has(RedirectFormat::Html) { &[] } else { &old_addresses };
    let count = |n: usize| u32::try_from(n).expect("fewer than 2^32 pages and files");
    let n_routes = count(routes.len());
    let n_files = count(routes.len() + copies.len());
    let claimant_of = |index: u32| match (index.checked_sub(n_routes), index.checked_sub(n_files)) {
        (None, _) => Claimant::Page(routes[index as usize]),
        (Some(copy), None) => Claimant::Copy(copy as usize),
        (_, Some(old)) => Claimant::Page(without_page[old as usize]),
    };
    let mut claim = |index: u32, output: &str, key: u128| {
        let mut folder = output;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !folders.insert(address_key(parent)) {
                break;
            }
            folder = parent;
        }
        match by_path.entry(key) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(index);
                None
            }
            std::collections::hash_map::Entry::Occupied(entry) => Some(*entry.get()),
        }
    };
    let address = |route: &Route| {
        let path = site.path(*route);
        let output = output_path(&path);
        (address_of(&path), address_key(&output), output)
    };
    let paths: Vec<(u64, u128, String)> = routes.par_iter().map(address).collect();
    let mut conflicts = Vec::new();
    for (index, (_, key, output)) in (0..n_routes).zip(&paths) {
        if let Some(first) = claim(index, output, *key) {
            conflicts.push((index, first));
        }
    }
    for (index, copy) in (n_routes..).zip(&copies) {
        if let Some(first) = claim(index, &copy.output, address_key(&copy.output)) {
            conflicts.push((index, first));
        }
    }
    let old_paths: Vec<(u64, u128, String)> = without_page.iter().map(address).collect();
    for (index, (_, key, output)) in (n_files..).zip(&old_paths) {
        if let Some(first) = claim(index, output, *key) {
            conflicts.push((index, first));
        }
    }
    for (second, first) in conflicts {
        // Two listings at one address have been reported: their feeds need no words.
        if let (Claimant::Page(Route::Feed(..)), Claimant::Page(Route::Feed(..))) =
            (claimant_of(second), claimant_of(first))
        {
            continue;
        }
        diagnostics.push(conflict(site, &copies, claimant_of(second), claimant_of(first)));
    }
    // A file cannot stand where a folder must: `/ua/talks` beside `/ua/talks/photo.jpg`.
    let pages = (0..n_routes).zip(&paths).chain((n_files..).zip(&old_paths));
    for (index, (_, key, output)) in pages {
        // What was a folder's address cannot be a folder: it is that folder's `index.html`.
        if !output.ends_with("/index.html") && folders.contains(key) {
            diagnostics.push(in_the_way(site, &copies, claimant_of(index)));
        }
    }
    for (index, copy) in (n_routes..).zip(&copies) {
        if folders.contains(&address_key(&copy.output)) {
            diagnostics.push(in_the_way(site, &copies, claimant_of(index)));
        }
    }
    let addresses: Vec<u64> = paths.iter().map(|(address, ..)| *address).collect();
    let mut edition_addresses = vec![0; site.content.editions.len()];
    for (route, address) in routes.iter().zip(&addresses) {
        if let Route::Article(id) | Route::Standalone(id) = route {
            edition_addresses[id.index()] = *address;
        }
    }
    let table = RouteTable { routes, copies, old_addresses, by_path, addresses, edition_addresses };
    (table, diagnostics)
}

/// Everything rendered, and every old address.
fn all_routes(site: &Site) -> (Vec<Route>, Vec<Route>) {
    let config = &site.config;
    let mut old_addresses = Vec::new();
    let mut routes = vec![Route::Root, Route::RootNotFound];
    for language in config.language_ids() {
        routes.extend([Route::Front(language), Route::NotFound(language)]);
        if config.urls.tags.is_some() {
            routes.push(Route::Tags(language));
        }
        if config.urls.fresh.is_some() {
            routes.push(Route::Fresh(language));
        }
    }
    let has_alias_pages = config.hosting.has(RedirectFormat::Html);
    routes.extend(site.host_files().map(Route::HostFile));
    routes.extend(site.all_sitemaps().into_iter().map(Route::Sitemap));
    let ids = (0..u32::try_from(site.content.editions.len()).expect("fewer than 2^32 editions"))
        .map(EditionId)
        .filter(|id| site.is_public(*id));
    for id in ids {
        if site.edition(id).aliases.is_empty() {
            routes.push(site.route_of(id));
            continue;
        }
        // Of two spellings of one old address, one does; the page's own address needs none.
        let mut own = vec![site.route_of(id)];
        for index in (0..).take(site.edition(id).aliases.len()) {
            let alias = Route::Alias(id, index);
            if own.iter().all(|route| site.path(*route) != site.path(alias)) {
                own.push(alias);
            }
        }
        old_addresses.extend(own.get(1..).into_iter().flatten());
        let n_pages = if has_alias_pages { own.len() } else { 1 };
        routes.extend(own.into_iter().take(n_pages));
    }
    for (id, editions) in site.listings.iter().filter(|(id, _)| site.has_listing(**id)) {
        let pages = paginate(editions, config.per_page);
        routes.extend(pages.numbers().map(|number| Route::Listing(*id, number)));
    }
    routes.extend(site.listings.keys().flat_map(|id| site.feeds(*id)).map(|(route, _)| route));
    (routes, old_addresses)
}

fn all_copies(site: &Site) -> Vec<FileCopy> {
    let mut copies = Vec::new();
    for asset in &site.assets.files {
        let source = format!("static/{}", asset.path);
        if let Some(fingerprinted) = &asset.fingerprinted {
            copies.push(FileCopy { output: fingerprinted.to_string(), source: source.clone() });
        }
        copies.push(FileCopy { output: asset.path.to_string(), source });
    }
    for file in site.content.files.iter() {
        if let Some(path) = site.file_path(file) {
            let code = &site.config.language(file.language).code;
            let source = format!("content/{code}/{}", file.path);
            copies.push(FileCopy { output: output_path(&path), source });
        }
    }
    copies.sort_by(|a, b| (&a.output, &a.source).cmp(&(&b.output, &b.source)));
    copies
}

/// How a claimant is named in a message, the file to look at, and the key in it that decides.
struct Claim {
    what: String,
    file: String,
    place: Option<crate::diagnostic::Place>,
}

fn claim_of(site: &Site, copies: &[FileCopy], claimant: Claimant) -> Claim {
    let config = &site.config;
    let code = |language: LanguageId| config.language(language).code.as_str();
    let plain = |what: String, file: &str| Claim { what, file: file.to_owned(), place: None };
    let own = |what: String| plain(format!("claimed by {what}"), crate::config::FILE);
    let route = match claimant {
        Claimant::Copy(index) => {
            return plain("claimed by this file".to_owned(), &copies[index].source);
        }
        Claimant::Page(route) => route,
    };
    match route {
        Route::Article(id) | Route::Standalone(id) => {
            let edition = site.edition(id);
            let key = |key: &'static str| field_place(config, edition, &[key]);
            let (how, place) = match (key("slug"), config.slug_from, edition.kind) {
                (Some(place), ..) => ("slug", Some(place)),
                (None, SlugFrom::Title, EditionKind::Article) => ("title", key("title")),
                (None, ..) => ("file name", None),
            };
            Claim { what: format!("claimed by this {how}"), file: edition.file(config), place }
        }
        Route::Alias(id, index) => {
            let edition = site.edition(id);
            let place = alias_place(config, edition, index as usize);
            Claim { what: "claimed by this alias".to_owned(), file: edition.file(config), place }
        }
        Route::Listing(ListingId::Term(language, kind, id), _) => {
            let term = site.content.vocabulary.of(kind).get(id);
            let keys = ["slug", code(language)];
            Claim {
                what: format!(
                    "claimed by the {} `{}` in `{}`",
                    kind.name(),
                    term.id,
                    code(language)
                ),
                file: kind.file().to_owned(),
                place: term_place(config, kind, &term.id, &keys),
            }
        }
        Route::Root => own("the root page".to_owned()),
        Route::RootNotFound => own("the root's 404 page".to_owned()),
        Route::HostFile(file) => own(format!("the file `{}` that is made for hosts", file.path())),
        Route::Sitemap(_) => own("a sitemap".to_owned()),
        Route::Feed(..) => own(format!("the feed `{}`", site.path(route))),
        Route::Front(l) => own(format!("the front page of `{}`", code(l))),
        Route::NotFound(l) => own(format!("the 404 page of `{}`", code(l))),
        Route::Tags(l) => own(format!("the index of tags of `{}`", code(l))),
        Route::Fresh(l) => own(format!("the newest headlines of `{}`", code(l))),
        Route::Listing(ListingId::News(l), _) => {
            own(format!("the list of all news of `{}`", code(l)))
        }
        Route::Listing(ListingId::Month(l, month), _) => {
            own(format!("the archive of {:04}-{:02} of `{}`", month.year, month.month, code(l)))
        }
    }
}

fn url_of(site: &Site, copies: &[FileCopy], claimant: Claimant) -> String {
    match claimant {
        Claimant::Page(route) => site.path(route),
        Claimant::Copy(index) => format!("/{}", copies[index].output),
    }
}

fn conflict(site: &Site, copies: &[FileCopy], second: Claimant, first: Claimant) -> Diagnostic {
    // The one that an editor can change most easily comes first.
    let ease = |claimant| match claimant {
        Claimant::Page(Route::Alias(..)) => 3,
        Claimant::Page(Route::Article(id) | Route::Standalone(id)) => {
            if site.edition(id).slug.is_some() { 2 } else { 1 }
        }
        Claimant::Page(_) | Claimant::Copy(_) => 0,
    };
    let (second, first) =
        if ease(first) > ease(second) { (first, second) } else { (second, first) };
    let (here, there) = (url_of(site, copies, second), url_of(site, copies, first));
    let message = if output_path(&here) == output_path(&there) {
        format!("two things claim the URL `{here}`")
    } else {
        format!("the URLs `{here}` and `{there}` differ only by case or Unicode form")
    };
    let help = remedy(second, first);
    let (second, first) = (claim_of(site, copies, second), claim_of(site, copies, first));
    Diagnostic::error("url-conflict", message)
        .at_place(second.file, second.place, second.what)
        .at_place(first.file, first.place, first.what)
        .help(help)
}

/// What to do about two claims, of which the first can be changed more easily.
fn remedy(easy: Claimant, other: Claimant) -> &'static str {
    use Claimant::{Copy, Page};
    match (easy, other) {
        (Copy(_), Page(Route::Sitemap(_))) | (Page(Route::Sitemap(_)), Copy(_)) => {
            "remove the file, or make no sitemaps: `[sitemaps]` with `enabled = false`"
        }
        (Page(Route::Alias(..)), _) => "remove this alias",
        (_, Page(Route::Alias(..))) => "remove the alias, or change this address",
        (_, Copy(_)) | (Copy(_), _) => "rename the file, or remove it",
        (Page(Route::Article(_) | Route::Standalone(_)), Page(other)) => match other {
            Route::Article(_) | Route::Standalone(_) => {
                "give one of them another `slug`, or rename its file"
            }
            _ => "give the article another `slug`, or change the other address in `[urls]`",
        },
        (Page(Route::Listing(ListingId::Term(_, one, _), _)), Page(other)) => match other {
            Route::Listing(ListingId::Term(_, two, _), _) if one == two => {
                "give one of them another `slug`"
            }
            _ => "change one of the addresses in `[urls]`",
        },
        (Page(_), Page(_)) => "change one of the addresses in `[urls]`",
    }
}

fn in_the_way(site: &Site, copies: &[FileCopy], claimant: Claimant) -> Diagnostic {
    let url = url_of(site, copies, claimant);
    let claim = claim_of(site, copies, claimant);
    Diagnostic::error(
        "url-conflict",
        format!("`{url}` is a file, but other URLs need a folder there"),
    )
    .at_place(claim.file, claim.place, claim.what)
    .help("rename it, or change the pattern in `[urls]`")
}
