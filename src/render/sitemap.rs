//! Sitemaps: <https://www.sitemaps.org/protocol.html>, with the links between languages that Google reads
//! (the same ones as on the pages), and its news sitemaps.

use std::hash::{Hash, Hasher};

use jiff::fmt::temporal::DateTimePrinter;
use xxhash_rust::xxh3::Xxh3;

use super::Renderer;
use crate::content::{EditionId, Moment, Precision, TermKind};
use crate::site::{ListingId, Route, SitemapId, paginate};
use crate::xml::Xml;

const SITEMAP: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const XHTML: (&str, &str) = ("xmlns:xhtml", "http://www.w3.org/1999/xhtml");
const NEWS: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");

impl Renderer {
    /// Writes a sitemap.
    pub(super) fn sitemap(&self, id: SitemapId, bytes: &mut Vec<u8>) {
        let pages = self.site.pages_in(id);
        let mut xml = Xml::begin(bytes);
        match id {
            SitemapId::Index => xml.element("sitemapindex", &[SITEMAP], |xml| {
                for sitemap in self.site.page_sitemaps() {
                    let url = self.site.absolute_url(Route::Sitemap(sitemap));
                    xml.element("sitemap", &[], |xml| xml.text("loc", &[], &url));
                }
            }),
            SitemapId::Rest(..) | SitemapId::Month(..) => {
                xml.element("urlset", &[SITEMAP, XHTML], |xml| {
                    pages.into_iter().for_each(|page| self.page_of_sitemap(page, xml));
                });
            }
            SitemapId::News(..) => xml.element("urlset", &[SITEMAP, NEWS], |xml| {
                pages.into_iter().for_each(|page| self.news_of_sitemap(page, xml));
            }),
        }
        xml.end();
    }

    /// Whatever [`Renderer::sitemap`] reads of the site, as a hash.
    pub(super) fn sitemap_inputs(&self, id: SitemapId) -> u64 {
        let site = &*self.site;
        let mut hasher = Xxh3::new();
        let address = |route| site.address(route);
        if id == SitemapId::Index {
            let sitemaps = site.page_sitemaps().into_iter().map(Route::Sitemap);
            sitemaps.for_each(|sitemap| address(sitemap).hash(&mut hasher));
        }
        let is_of_news = matches!(id, SitemapId::News(..));
        for page in site.pages_in(id) {
            address(page).hash(&mut hasher);
            match page {
                Route::Article(id) if is_of_news => {
                    let edition = site.edition(id);
                    (&edition.title, edition.published).hash(&mut hasher);
                }
                _ => {
                    self.last_change(page).hash(&mut hasher);
                    let alternates = site.alternates(page);
                    for (language, page) in alternates.editions {
                        (language, address(page)).hash(&mut hasher);
                    }
                    alternates.default.map(address).hash(&mut hasher);
                }
            }
        }
        hasher.finish()
    }

    fn page_of_sitemap(&self, page: Route, xml: &mut Xml<'_>) {
        let site = &self.site;
        xml.element("url", &[], |xml| {
            xml.text("loc", &[], &site.absolute_url(page));
            if let Some(moment) = self.last_change(page) {
                xml.text("lastmod", &[], &self.w3c(moment));
            }
            let alternates = site.alternates(page);
            let of_language = |(language, page): &(_, Route)| {
                (site.config.language(*language).tag.as_str(), *page)
            };
            let editions = alternates.editions.iter().map(of_language);
            let default = alternates.default.map(|page| ("x-default", page));
            for (hreflang, page) in editions.chain(default) {
                let url = site.absolute_url(page);
                let attributes = [("rel", "alternate"), ("hreflang", hreflang), ("href", &url)];
                xml.empty("xhtml:link", &attributes);
            }
        });
    }

    fn news_of_sitemap(&self, page: Route, xml: &mut Xml<'_>) {
        let Route::Article(id) = page else { return };
        let edition = self.site.edition(id);
        let Some(published) = edition.published else { return };
        let language = self.site.config.language(edition.language);
        xml.element("url", &[], |xml| {
            xml.text("loc", &[], &self.site.absolute_url(page));
            xml.element("news:news", &[], |xml| {
                xml.element("news:publication", &[], |xml| {
                    xml.text("news:name", &[], &language.title);
                    // ISO 639: of `sr-Latn`, `sr`.
                    let code = language.tag.as_str().split('-').next().unwrap_or("");
                    xml.text("news:language", &[], code);
                });
                xml.text("news:publication_date", &[], &self.w3c(published));
                xml.text("news:title", &[], &edition.title);
            });
        });
    }

    /// When what a page says changed last, as far as it is known: of a list, what it lists.
    fn last_change(&self, page: Route) -> Option<Moment> {
        let site = &self.site;
        let of = |id: EditionId| site.edition(id).last_change();
        match page {
            Route::Article(id) | Route::Standalone(id) => of(id),
            Route::Listing(id, number) => {
                let pages = paginate(site.listing(id), site.config.per_page);
                pages.items(number).iter().filter_map(|id| of(*id)).max()
            }
            Route::Front(language) => {
                let articles = self.front_articles(language);
                articles.all().filter_map(of).max()
            }
            // It changes when an article with a tag comes out.
            Route::Tags(language) => {
                let tags = site.content.vocabulary.tags.ids();
                let lists = tags.map(|tag| ListingId::Term(language, TermKind::Tag, tag));
                let newest = lists.filter_map(|list| site.listing(list).last());
                newest.filter_map(|id| site.edition(*id).due()).max()
            }
            _ => None,
        }
    }

    /// W3C's form of dates: the day alone when the article gives no time.
    fn w3c(&self, moment: Moment) -> String {
        let zone = &self.site.config.time_zone;
        let mut text = String::with_capacity(25);
        let printed = match moment.precision {
            Precision::Day => {
                let date = moment.in_zone(zone).date();
                DateTimePrinter::new().print_date(&date, &mut text)
            }
            Precision::Time => {
                let offset = zone.to_offset(moment.instant);
                let instant = &moment.instant;
                DateTimePrinter::new().print_timestamp_with_offset(instant, offset, &mut text)
            }
        };
        printed.expect("writing to a String never fails");
        text
    }
}
