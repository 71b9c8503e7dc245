//! `robots.txt`: everything may be read; which sitemaps there are.

use crate::site::{Route, Site, SitemapId};

/// Writes the file.
pub(super) fn file(site: &Site) -> String {
    let mut text = "User-agent: *\nDisallow:\n".to_owned();
    let sitemaps = sitemaps_for_robots(site);
    if !sitemaps.is_empty() {
        text.push('\n');
    }
    for sitemap in sitemaps {
        text = text + "Sitemap: " + &site.absolute_url(Route::Sitemap(sitemap)) + "\n";
    }
    text
}

/// The sitemaps that robots are told of: the index, which names those of all pages, and those of news.
pub(in crate::render) fn sitemaps_for_robots(site: &Site) -> Vec<SitemapId> {
    let index = site.config.sitemaps.pages.then_some(SitemapId::Index);
    index.into_iter().chain(site.news_sitemaps()).collect()
}
