//! Files for hosts and robots.

use crate::site::{HostFile, Route, Site, SitemapId};

/// Writes a file.
pub(super) fn render(site: &Site, file: HostFile, bytes: &mut Vec<u8>) {
    match file {
        HostFile::Robots => robots(site, bytes),
    }
}

fn robots(site: &Site, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"User-agent: *\nDisallow:\n");
    let sitemaps = sitemaps_for_robots(site);
    if !sitemaps.is_empty() {
        bytes.push(b'\n');
    }
    for sitemap in sitemaps {
        let line = format!("Sitemap: {}\n", site.absolute_url(Route::Sitemap(sitemap)));
        bytes.extend_from_slice(line.as_bytes());
    }
}

/// The sitemaps that robots are told of: the index, which names those of all pages, and those of news.
pub(super) fn sitemaps_for_robots(site: &Site) -> Vec<SitemapId> {
    let index = site.config.sitemaps.pages.then_some(SitemapId::Index);
    index.into_iter().chain(site.news_sitemaps()).collect()
}
