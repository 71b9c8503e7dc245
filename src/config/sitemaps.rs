//! `[sitemaps]` of `site.toml`: which sitemaps search engines are given.

use crate::table::Fields;

/// Which sitemaps are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitemaps {
    /// Those of all pages.
    pub pages: bool,
    /// Those of the latest news, one for each language; never without those of all pages.
    pub news: bool,
}

/// Reads `[sitemaps]`; both kinds are usual.
pub(super) fn read(fields: &Fields<'_, '_>) -> Sitemaps {
    let Some(table) = fields.table("sitemaps") else { return Sitemaps { pages: true, news: true } };
    let pages = table.boolean("enabled", true);
    let news = table.boolean("news", true);
    table.finish();
    Sitemaps { pages, news: pages && news }
}
