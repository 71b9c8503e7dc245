//! Routes: every page the site has, and its one URL. A URL is made only here.
//!
//! Paths are decoded and begin with `/`; [`super::Site::url`] percent-encodes them and puts the base
//! path in front. A path that ends in `/` is published as `index.html` in that folder.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::Zoned;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use super::Site;
use super::listing::{ListingId, PageNumber, paginate};
use crate::config::{LanguageId, Placeholder, UrlPattern};
use crate::content::{
    ContentFile, EditionId, EditionKind, TermKind, alias_place, field_place, term_place,
};
use crate::diagnostic::Diagnostic;

/// A page: anything rendered that becomes one output file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`: the front page of the default language once more.
    Root,
    /// The front page of a language.
    Front(LanguageId),
    /// An article.
    Article(EditionId),
    /// A standalone page.
    Standalone(EditionId),
    /// A page of a listing.
    Listing(ListingId, PageNumber),
    /// The index of tags of a language.
    Tags(LanguageId),
    /// The newest headlines of a language by themselves, for other pages to load.
    Fresh(LanguageId),
    /// What a host shows for an unknown address below a language's folder.
    NotFound(LanguageId),
    /// What a host shows for any other unknown address.
    RootNotFound,
    /// An old address of an edition: its n-th alias.
    Alias(EditionId, u32),
}

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
    by_path: FxHashMap<u128, u32>,
    /// Hashes of the paths of pages; in the order of `routes`.
    pub addresses: Vec<u64>,
    /// The same of editions' own pages, indexed by [`EditionId`]; 0 where an edition has none.
    edition_addresses: Vec<u64>,
}

/// What stands in a path segment without percent-encoding: RFC 3986's `pchar`, less the characters
/// that HTML, shells or Markdown would trip over.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Bytes of most paths, none of which is [`ENCODED`].
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() | matches!(byte, b'/' | b'-' | b'.' | b'_')
}

/// Percent-encodes a decoded path.
#[must_use]
pub fn encode(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, ENCODED).into()
}

/// The path below the output folder that a URL path is published at.
#[must_use]
pub fn output_path(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// What two addresses have in common that some file system or host takes for the same: Unicode form
/// and case.
fn address_key(output_path: &str) -> u128 {
    if output_path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return xxhash_rust::xxh3::xxh3_128(output_path.as_bytes());
    }
    let folded: String = output_path.nfc().flat_map(char::to_lowercase).nfc().collect();
    xxhash_rust::xxh3::xxh3_128(folded.as_bytes())
}

impl Site {
    /// The decoded path of a page.
    #[must_use]
    pub fn path(&self, route: Route) -> String {
        let config = &self.config;
        let code = |language| config.language(language).code.as_str();
        match route {
            Route::Root => "/".to_owned(),
            Route::Front(language) => format!("/{}/", code(language)),
            Route::Article(id) | Route::Standalone(id) => self.edition_path(id),
            Route::Listing(id, number) => {
                let mut path = self.listing_path(id);
                if let PageNumber::Numbered(number) = number {
                    write!(path, "page/{number}/").expect("writing to a String never fails");
                }
                path
            }
            Route::Tags(language) => {
                let pattern = config.urls.tags.as_ref().expect("no route where switched off");
                pattern.expand(|_, path| path.push_str(code(language)))
            }
            Route::Fresh(language) => {
                let pattern = config.urls.fresh.as_ref().expect("no route where switched off");
                pattern.expand(|_, path| path.push_str(code(language)))
            }
            Route::NotFound(language) => format!("/{}/404.html", code(language)),
            Route::RootNotFound => "/404.html".to_owned(),
            Route::Alias(id, index) => {
                let alias = &self.edition(id).aliases[index as usize];
                let last = alias.rsplit('/').next().unwrap_or("");
                if last.is_empty() || last.contains('.') {
                    alias.to_string()
                } else {
                    format!("{alias}/")
                }
            }
        }
    }

    fn edition_path(&self, id: EditionId) -> String {
        let edition = self.edition(id);
        let config = &self.config;
        let (pattern, own) = match edition.kind {
            EditionKind::Article => (&config.urls.article, &*edition.path),
            EditionKind::Standalone => (
                config.urls.page.as_ref().expect("no route where switched off"),
                edition.path.strip_prefix("pages/").unwrap_or(&edition.path),
            ),
        };
        let (folder, name) = own.rsplit_once('/').map_or((None, own), |(f, name)| (Some(f), name));
        let slug = edition.slug.as_deref().unwrap_or(name);
        let date = std::cell::OnceCell::new();
        let day = || -> &Zoned {
            date.get_or_init(|| {
                let published = edition.published.expect("only articles have a date in their URL");
                published.in_zone(&config.time_zone)
            })
        };
        pattern.expand(|placeholder, path| match placeholder {
            Placeholder::Language => path.push_str(&config.language(edition.language).code),
            Placeholder::Path => {
                if let Some(folder) = folder {
                    path.push_str(folder);
                    path.push('/');
                }
                path.push_str(slug);
            }
            Placeholder::Slug => path.push_str(slug),
            Placeholder::Section => {
                if let Some(section) = edition.section {
                    let section = self.content.vocabulary.sections.get(section);
                    path.push_str(&section.slugs[edition.language.index()]);
                }
            }
            Placeholder::Year => path.push_str(&format!("{:04}", day().year())),
            Placeholder::Month => path.push_str(&format!("{:02}", day().month())),
            Placeholder::Day => path.push_str(&format!("{:02}", day().day())),
        })
    }

    /// The pattern of a listing's URL, unless pages of its kind are switched off.
    fn listing_pattern(&self, id: ListingId) -> Option<&UrlPattern> {
        let urls = &self.config.urls;
        let pattern = match id {
            ListingId::News(_) => &urls.news,
            ListingId::Term(_, TermKind::Section, _) => &urls.section,
            ListingId::Term(_, TermKind::Tag, _) => &urls.tag,
            ListingId::Term(_, TermKind::Author, _) => &urls.author,
            ListingId::Month(..) => &urls.month,
        };
        pattern.as_ref()
    }

    /// Whether a listing has pages: a declared section always, other terms where used.
    #[must_use]
    pub fn has_listing(&self, id: ListingId) -> bool {
        self.listing_pattern(id).is_some() && self.listings.contains_key(&id)
    }

    fn listing_path(&self, id: ListingId) -> String {
        let config = &self.config;
        let language = id.language();
        let pattern = self.listing_pattern(id).expect("no route where switched off");
        pattern.expand(|placeholder, path| {
            let write = match (placeholder, id) {
                (Placeholder::Slug, ListingId::Term(_, kind, term)) => {
                    let term = self.content.vocabulary.of(kind).get(term);
                    write!(path, "{}", term.slugs[language.index()])
                }
                (Placeholder::Year, ListingId::Month(_, month)) => {
                    write!(path, "{:04}", month.year)
                }
                (Placeholder::Month, ListingId::Month(_, month)) => {
                    write!(path, "{:02}", month.month)
                }
                _ => write!(path, "{}", config.language(language).code),
            };
            write.expect("writing to a String never fails");
        })
    }

    /// A hash of a page's path, by which a later build knows the page again.
    #[must_use]
    pub fn address(&self, route: Route) -> u64 {
        match route {
            Route::Article(id) | Route::Standalone(id) => self.routes.edition_addresses[id.index()],
            _ => xxhash_rust::xxh3::xxh3_64(self.path(route).as_bytes()),
        }
    }

    /// Root-relative, percent-encoded, with the base path in front: what `href` takes.
    #[must_use]
    pub fn url(&self, route: Route) -> String {
        self.url_of_path(&self.path(route))
    }

    /// The same for a decoded path.
    #[must_use]
    pub fn url_of_path(&self, path: &str) -> String {
        let base = &self.config.base_url.path;
        let mut url = String::with_capacity(base.len() + path.len() + 8);
        url.push_str(base);
        if path.bytes().all(is_plain) {
            url.push_str(path);
        } else {
            url.extend(utf8_percent_encode(path, ENCODED));
        }
        url
    }

    /// The absolute URL, for `canonical`, `hreflang` and the world outside.
    #[must_use]
    pub fn absolute_url(&self, route: Route) -> String {
        format!("{}{}", self.config.base_url.origin, self.url(route))
    }

    /// The page at a decoded path, if there is one.
    #[must_use]
    pub fn route_at(&self, path: &str) -> Option<Route> {
        let index = *self.routes.by_path.get(&address_key(&output_path(path)))?;
        let route = *self.routes.routes.get(index as usize)?;
        (self.path(route) == path).then_some(route)
    }

    /// The edition that would have this path if it were public. Looks at every unpublished edition:
    /// asked only for links that lead nowhere.
    #[must_use]
    pub fn unpublished_at(&self, path: &str) -> Option<EditionId> {
        let has_path = |id: EditionId| match self.edition(id).kind {
            EditionKind::Article => true,
            EditionKind::Standalone => self.config.urls.page.is_some(),
        };
        (0..u32::try_from(self.content.editions.len()).expect("fewer than 2^32 editions"))
            .map(EditionId)
            .filter(|id| !self.is_public(*id) && has_path(*id))
            .find(|id| self.edition_path(*id) == path)
    }

    /// The URL path at which a file beside the articles is published, `None` when it belongs to an
    /// edition that is not public.
    #[must_use]
    pub fn file_path(&self, file: &ContentFile) -> Option<String> {
        let mut folder = &*file.path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folder = parent;
            let Some(id) = self.folder_edition(file.language, folder) else { continue };
            if !self.is_public(id) {
                return None;
            }
            let below = file.path.get(folder.len() + 1..).unwrap_or("");
            let mut path = self.path(self.route_of(id));
            if !path.ends_with('/') {
                // `/ua/talks.html` has its pictures in `/ua/talks/`.
                let stem = path.rfind('.').filter(|dot| path.rfind('/').is_none_or(|s| s < *dot));
                path.truncate(stem.unwrap_or(path.len()));
                path.push('/');
            }
            path.push_str(below);
            return Some(path);
        }
        Some(format!("/{}/{}", self.config.language(file.language).code, file.path))
    }

    /// The route of a public edition.
    #[must_use]
    pub fn route_of(&self, id: EditionId) -> Route {
        match self.edition(id).kind {
            EditionKind::Article => Route::Article(id),
            EditionKind::Standalone => Route::Standalone(id),
        }
    }
}

/// Who wants an address.
#[derive(Debug, Clone, Copy)]
enum Claimant {
    Page(Route),
    Copy(usize),
}

/// Makes the table of routes, and reports every address that two things claim.
pub(super) fn table(site: &Site) -> (RouteTable, Vec<Diagnostic>) {
    let routes = all_routes(site);
    let copies = all_copies(site);
    let mut diagnostics = Vec::new();
    let mut by_path: FxHashMap<u128, u32> = FxHashMap::default();
    by_path.reserve(routes.len() + copies.len());
    let mut folders: FxHashSet<u128> = FxHashSet::default();
    let n_routes = u32::try_from(routes.len()).expect("fewer than 2^32 pages");
    let claimant_of = |index: u32| match index.checked_sub(n_routes) {
        None => Claimant::Page(routes[index as usize]),
        Some(copy) => Claimant::Copy(copy as usize),
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
    let paths: Vec<(u64, u128, String)> = routes
        .par_iter()
        .map(|route| {
            let path = site.path(*route);
            let output = output_path(&path);
            (xxhash_rust::xxh3::xxh3_64(path.as_bytes()), address_key(&output), output)
        })
        .collect();
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
    for (second, first) in conflicts {
        diagnostics.push(conflict(site, &copies, claimant_of(second), claimant_of(first)));
    }
    // A file cannot stand where a folder must: `/ua/talks` beside `/ua/talks/photo.jpg`.
    for (index, (_, key, output)) in (0..n_routes).zip(&paths) {
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
    (RouteTable { routes, copies, by_path, addresses, edition_addresses }, diagnostics)
}

fn all_routes(site: &Site) -> Vec<Route> {
    let config = &site.config;
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
        routes.append(&mut own);
    }
    for (id, editions) in site.listings.iter().filter(|(id, _)| site.has_listing(**id)) {
        let pages = paginate(editions, config.per_page);
        routes.extend(pages.numbers().map(|number| Route::Listing(*id, number)));
    }
    routes
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
            let place = field_place(config, edition, &["slug"]);
            let how = if place.is_some() { "slug" } else { "file name" };
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
        (Page(Route::Alias(..)), _) => "remove this alias",
        (_, Page(Route::Alias(..))) => "remove the alias, or change this address",
        (_, Copy(_)) | (Copy(_), _) => "rename the file, or remove it",
        (Page(Route::Article(_) | Route::Standalone(_)), Page(other)) => match other {
            Route::Article(_) | Route::Standalone(_) => {
                "change the `slug` of one of them, or rename its file"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_published_as_a_file_or_as_a_folders_index() {
        for (path, file) in [
            ("/", "index.html"),
            ("/ua/", "ua/index.html"),
            ("/ua/talks.html", "ua/talks.html"),
            ("/ua/перемовини/", "ua/перемовини/index.html"),
        ] {
            assert_eq!(output_path(path), file);
        }
    }

    #[test]
    fn a_url_has_only_what_stands_in_html_and_markdown_without_trouble() {
        assert_eq!(encode("/ua/a-b_c.d~e/(1),2;3=4+5!*$@:"), "/ua/a-b_c.d~e/(1),2;3=4+5!*$@:");
        assert_eq!(
            encode("/ґ/a b&\"'<>[]{}|^`\\%?#"),
            "/%D2%91/a%20b%26%22%27%3C%3E%5B%5D%7B%7D%7C%5E%60%5C%25%3F%23"
        );
    }

    #[test]
    fn addresses_that_some_host_takes_for_the_same_are_the_same() {
        for (one, other) in [
            ("en/nato/index.html", "en/NATO/index.html"),
            ("ua/й/index.html", "ua/и\u{306}/index.html"),
            ("ua/Й/index.html", "ua/и\u{306}/index.html"),
        ] {
            assert_eq!(address_key(one), address_key(other), "{one} {other}");
        }
        assert_ne!(address_key("ua/й"), address_key("ua/и"));
    }
}
