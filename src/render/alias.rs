//! An old address: a page that leads browsers, readers and search engines to the new one.

use crate::content::EditionId;
use crate::html;
use crate::site::{Route, Site};

/// Writes the page. It needs no theme: nobody reads it, and it must not change with the theme.
pub(super) fn render(site: &Site, id: EditionId, page: &mut Vec<u8>) {
    let edition = site.edition(id);
    let route = site.route_of(id);
    let (url, canonical) = (site.url(route), site.absolute_url(route));
    let tag = site.config.language(edition.language).tag.as_str();
    let title = escaped(&edition.title);
    // The URLs are percent-encoded (`site::encode`), so they need no escaping.
    page.extend_from_slice(
        format!(
            "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>{title}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={url}\">\n</head>\n\
             <body>\n<p><a href=\"{url}\">{title}</a></p>\n</body>\n</html>\n"
        )
        .as_bytes(),
    );
    debug_assert!(matches!(route, Route::Article(_) | Route::Standalone(_)));
}

fn escaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    html::escape(text, &mut out).expect("writing to a Vec never fails");
    String::from_utf8(out).expect("escaping keeps UTF-8")
}
