//! From the path of a request to what the site has there, as a static host would find it in the
//! output folder. Paths are looked up in the table of routes; none is ever joined to a folder.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::site::{FileCopy, Route, Site, output_path};

/// What is at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// A page.
    Page(Route),
    /// A file that is published as it is.
    File(&'a FileCopy),
    /// A folder, asked for without its slash: the URL with it.
    Moved(String),
    /// Nothing; the page that says so.
    Nothing(Route),
}

/// The decoded path below the base path; `None` when it is no path of this site.
pub(super) fn decoded<'u>(site: &Site, path: &'u str) -> Option<Cow<'u, str>> {
    let below = path.strip_prefix(site.config.base_url.path.as_str())?;
    let path = percent_decode_str(below).decode_utf8().ok()?;
    (path.is_empty() || path.starts_with('/')).then_some(path)
}

/// Looks a percent-encoded path up.
pub(super) fn find<'a>(site: &'a Site, path: &str) -> Found<'a> {
    let Some(path) = decoded(site, path) else {
        // `/` of a host on which the site has a folder of its own.
        let is_top = path == "/" && !site.config.base_url.path.is_empty();
        return if is_top { Found::Moved(site.url_of_path("/")) } else { nothing(site, "") };
    };
    if let Some(found) = at(site, &path) {
        return found;
    }
    let folder = format!("{path}/");
    if !path.ends_with('/') && at(site, &folder).is_some() {
        return Found::Moved(site.url_of_path(&folder));
    }
    nothing(site, &path)
}

fn at<'a>(site: &'a Site, path: &str) -> Option<Found<'a>> {
    let page = site.route_at(path).or_else(|| {
        let folder = path.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        folder.and_then(|folder| site.route_at(folder))
    });
    page.map(Found::Page).or_else(|| {
        let wanted = output_path(path);
        let copies = &site.routes.copies;
        let at = copies.binary_search_by(|copy| copy.output.as_str().cmp(&wanted)).ok()?;
        copies.get(at).map(Found::File)
    })
}

/// The page of the language in whose folder nothing is, else the one at the root.
fn nothing<'a>(site: &Site, path: &str) -> Found<'a> {
    let code = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let language = site.config.language_of(code);
    Found::Nothing(language.map_or(Route::RootNotFound, |own| Route::NotFound(own.id)))
}
