//! Sitemaps: which of them names which page.
//!
//! Each page that search engines may show is in exactly one. An article is in that of the month of its
//! date; a full page of a list in that of the month in which it became full. So what comes out changes
//! the sitemap of its month, and one more that has everything that may always change: those of months
//! that are over stay as they are. News sitemaps repeat the articles of the last two days.

use std::collections::BTreeMap;

use super::listing::{ListingId, PageNumber, YearMonth, paginate};
use super::route::Route;
use super::{Site, View, schedule};
use crate::config::LanguageId;
use crate::content::EditionKind;

/// Which sitemap. All lie in the root: a sitemap may speak of nothing above its own folder, and no part
/// of an address needs to be the language's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SitemapId {
    /// Names those that name pages.
    Index,
    /// Front page, roots of lists and standalone pages of a language; the n-th part from 0.
    Rest(LanguageId, u32),
    /// The articles of a month, and the pages of lists that became full in it; the n-th part from 0.
    Month(LanguageId, YearMonth, u32),
    /// The articles of the last two days, newest first; the n-th part from 0.
    News(LanguageId, u32),
}

/// What sitemaps are made of beside the listings.
#[derive(Debug, Default)]
pub(super) struct Sitemaps {
    /// The pages of lists that became full in a month.
    full: BTreeMap<(LanguageId, YearMonth), Vec<Route>>,
    /// Indexed by [`LanguageId`]: how many articles are news, the newest ones of all.
    n_news: Vec<usize>,
}

/// A file has 50 MB at most. An address has 2 048 characters at most, by the same protocol; with what
/// stands around it that many fit in any case. It also allows 50 000 pages, which have more addresses.
const MOST_ADDRESSES: usize = 24_000;

/// Pages of what may always change in one file: each story changes a few of these files, so they are small.
const MOST_REST: usize = 1000;

/// What Google takes of a news sitemap.
const MOST_NEWS: usize = 1000;

impl SitemapId {
    /// Its language, unless it is the index.
    #[must_use]
    pub fn language(self) -> Option<LanguageId> {
        match self {
            Self::Index => None,
            Self::Rest(language, _) | Self::Month(language, ..) | Self::News(language, _) => {
                Some(language)
            }
        }
    }
}

impl Sitemaps {
    /// Looks through the listings of a site, as far as `site.toml` wants sitemaps.
    pub(super) fn of(site: &Site, view: View) -> Self {
        let mut sitemaps =
            Self { full: BTreeMap::new(), n_news: vec![0; site.config.languages.len()] };
        if site.config.sitemaps.news {
            for (n_news, language) in sitemaps.n_news.iter_mut().zip(site.config.language_ids()) {
                let newest = site.listing(ListingId::News(language)).iter().rev();
                let is_news = |id: &&_| schedule::is_news(site.edition(**id), view);
                *n_news = newest.take_while(is_news).count();
            }
        }
        if site.config.sitemaps.pages {
            let has_pages = |(id, _): &(&ListingId, _)| site.listing_pattern(**id).is_some();
            for (id, editions) in site.listings.iter().filter(has_pages) {
                let size = site.config.per_page.get();
                let numbers = paginate(editions, site.config.per_page).numbers().skip(1);
                // A page is full, and gets its number, when the root has as many items again.
                let made_full_by = editions.chunks_exact(size).skip(1).filter_map(<[_]>::last);
                for (number, last) in numbers.zip(made_full_by) {
                    let Some(published) = site.edition(*last).published else { continue };
                    let month = (id.language(), site.month_of(published));
                    sitemaps.full.entry(month).or_default().push(Route::Listing(*id, number));
                }
            }
        }
        sitemaps
    }
}

impl Site {
    /// The decoded path of a sitemap.
    pub(super) fn sitemap_path(&self, id: SitemapId) -> String {
        let part = |part: u32| if part == 0 { String::new() } else { format!("-{}", part + 1) };
        let code = |language| self.config.language(language).code.as_str();
        match id {
            SitemapId::Index => "/sitemap.xml".to_owned(),
            SitemapId::Rest(language, n) => format!("/sitemap-{}{}.xml", code(language), part(n)),
            SitemapId::Month(language, YearMonth { year, month }, n) => {
                format!("/sitemap-{}-{year:04}-{month:02}{}.xml", code(language), part(n))
            }
            SitemapId::News(language, n) => {
                format!("/sitemap-{}-news{}.xml", code(language), part(n))
            }
        }
    }

    /// All sitemaps that are made.
    pub(super) fn all_sitemaps(&self) -> Vec<SitemapId> {
        if !self.config.sitemaps.pages {
            return Vec::new();
        }
        let index = std::iter::once(SitemapId::Index);
        index.chain(self.page_sitemaps()).chain(self.news_sitemaps()).collect()
    }

    /// The sitemaps that name pages.
    #[must_use]
    pub fn page_sitemaps(&self) -> Vec<SitemapId> {
        let of_language = |language| {
            let n_rest = self.rest(language).count().div_ceil(self.most_rest());
            let rest = parts(n_rest).map(move |n| SitemapId::Rest(language, n));
            let months = self.months(language).flat_map(move |(month, _)| {
                let n_parts = self.of_month(language, month).count().div_ceil(self.most_pages());
                parts(n_parts).map(move |n| SitemapId::Month(language, month, n))
            });
            rest.chain(months)
        };
        self.config.language_ids().flat_map(of_language).collect()
    }

    /// The sitemaps of the last two days: of each language one, even if it is empty.
    #[must_use]
    pub fn news_sitemaps(&self) -> Vec<SitemapId> {
        if !self.config.sitemaps.news {
            return Vec::new();
        }
        let of_language = |language: LanguageId| {
            let n_parts = self.sitemaps.n_news[language.index()].div_ceil(MOST_NEWS).max(1);
            parts(n_parts).map(move |n| SitemapId::News(language, n))
        };
        self.config.language_ids().flat_map(of_language).collect()
    }

    /// The pages that a sitemap names; of the index none.
    #[must_use]
    pub fn pages_in(&self, id: SitemapId) -> Vec<Route> {
        match id {
            SitemapId::Index => Vec::new(),
            SitemapId::Rest(language, n) => part(self.rest(language), n, self.most_rest()),
            SitemapId::Month(language, month, n) => {
                part(self.of_month(language, month), n, self.most_pages())
            }
            SitemapId::News(language, n) => {
                let newest = self.listing(ListingId::News(language)).iter().rev();
                let news = newest.take(self.sitemaps.n_news[language.index()]);
                part(news.map(|id| Route::Article(*id)), n, MOST_NEWS)
            }
        }
    }

    /// Each page has its own address, those of its editions and the default one.
    fn most_pages(&self) -> usize {
        (MOST_ADDRESSES / (self.config.languages.len() + 2)).max(1)
    }

    fn most_rest(&self) -> usize {
        self.most_pages().min(MOST_REST)
    }

    fn of_month(&self, language: LanguageId, month: YearMonth) -> impl Iterator<Item = Route> {
        let articles = self.listing(ListingId::Month(language, month)).iter();
        let full = self.sitemaps.full.get(&(language, month)).into_iter().flatten();
        articles.map(|id| Route::Article(*id)).chain(full.copied())
    }

    fn rest(&self, language: LanguageId) -> impl Iterator<Item = Route> {
        let tags = self.config.urls.tags.is_some().then_some(Route::Tags(language));
        let roots = self
            .listings
            .keys()
            .filter(move |id| id.language() == language && self.listing_pattern(**id).is_some())
            .map(|id| Route::Listing(*id, PageNumber::Root));
        // Stories are sorted by kind.
        let n_articles = self.stories.partition_point(|story| story.kind == EditionKind::Article);
        let standalone = self
            .stories
            .iter()
            .skip(n_articles)
            .filter_map(move |story| self.public_edition(story, language))
            .map(Route::Standalone);
        std::iter::once(Route::Front(language)).chain(tags).chain(roots).chain(standalone)
    }
}

fn parts(n: usize) -> impl Iterator<Item = u32> {
    0..u32::try_from(n).expect("fewer than 2^32 pages")
}

fn part(pages: impl Iterator<Item = Route>, n: u32, size: usize) -> Vec<Route> {
    pages.skip(n as usize * size).take(size).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::EditionId;

    #[test]
    fn a_full_sitemap_stays_below_the_limits_of_the_protocol_whatever_its_addresses_are() {
        const LONGEST_ADDRESS: usize = 2048;
        let around_page =
            "<url><loc></loc><lastmod>2025-12-19T20:31:00+02:00</lastmod></url>\n".len();
        // A tag of BCP 47 has 35 characters at most that are of use.
        let around_link = "<xhtml:link rel=\"alternate\" hreflang=\"\" href=\"\"/>".len() + 35;
        let n_bytes = MOST_ADDRESSES * (LONGEST_ADDRESS + around_page.max(around_link)) + 1000;
        assert!(n_bytes <= 50 * 1024 * 1024, "{n_bytes}");
    }

    proptest! {
        #[test]
        fn the_parts_of_a_sitemap_have_every_page_once_in_order(n in 0_usize..500, size in 1_usize..60) {
            let pages = || (0..n).map(|n| Route::Standalone(EditionId(u32::try_from(n).unwrap())));
            let cut: Vec<Vec<Route>> =
                parts(n.div_ceil(size)).map(|n| part(pages(), n, size)).collect();
            prop_assert!(cut.iter().all(|part| !part.is_empty() && part.len() <= size));
            prop_assert_eq!(cut.concat(), pages().collect::<Vec<_>>());
        }
    }
}
