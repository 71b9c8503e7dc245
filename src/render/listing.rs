//! Pages of listings: all news, sections, tags, authors, months.

use super::{PageContent, Renderer};
use crate::config::LanguageId;
use crate::content::{EditionId, TermId, TermKind};
use crate::site::{ListingId, PageNumber, YearMonth, paginate};
use crate::template::context::{Archive, Listing, MonthLink, TemplateValue, YearLink};

impl Renderer {
    pub(super) fn listing(&self, id: ListingId, number: PageNumber) -> PageContent {
        let site = &self.site;
        let language = id.language();
        let editions = site.listing(id);
        let pages = paginate(editions, site.config.per_page);
        let term = match id {
            ListingId::Term(_, kind, term) => Some((kind, term)),
            ListingId::News(_) | ListingId::Month(..) => None,
        };
        let title = match id {
            ListingId::News(_) => None,
            ListingId::Month(_, month) => Some(self.answers.month_title(language, month)),
            ListingId::Term(_, kind, term) => {
                Some(site.content.vocabulary.of(kind).get(term).name(language).to_owned())
            }
        };
        let description = term.and_then(|(kind, term)| {
            let term = site.content.vocabulary.of(kind).get(term);
            term.descriptions[language.index()].as_deref().map(str::to_owned)
        });
        let related = match id {
            ListingId::Term(_, TermKind::Tag, tag) if number == PageNumber::Root => {
                self.related_tags(tag, pages.items(number))
            }
            _ => Vec::new(),
        };
        let listing = Listing {
            title,
            term: term.map(|(kind, term)| self.answers.term(kind, term, language)),
            cards: pages.items(number).iter().rev().map(|id| self.answers.card(*id)).collect(),
            number: match number {
                PageNumber::Root => None,
                PageNumber::Numbered(number) => Some(number.get() as usize),
            },
            n_articles: (number == PageNumber::Root).then_some(editions.len()),
            related: self.answers.terms(TermKind::Tag, &related, language),
            newer_url: pages.newer(number).map(|newer| self.listing_url(id, newer)),
            older_url: pages.older(number).map(|older| self.listing_url(id, older)),
        };
        let mut content = PageContent::plain("listing.html", Self::listing_kind(id));
        content.description = description;
        content.variables.push(("listing", listing.into_value()));
        if let ListingId::Month(_, month) = id {
            content.template = "archive.html";
            // Numbered pages are full: a new month must not change them.
            let archive = (number == PageNumber::Root).then(|| self.archive(language, month));
            content.variables.push(("archive", archive.into_value()));
        }
        content
    }

    /// The tags that stand beside a tag in the articles of its newest page: what they are changes only
    /// when that page does.
    pub(super) fn related_tags(&self, tag: TermId, articles: &[EditionId]) -> Vec<TermId> {
        const MAX_RELATED: usize = 8;
        self.site.tags_beside(tag, articles, MAX_RELATED)
    }

    /// The months around a month. The newest has no count: it would change every page of the year with
    /// each story. Another year's link leads to its first month: the last one's would change with each new month.
    fn archive(&self, language: LanguageId, current: YearMonth) -> Archive {
        let site = &self.site;
        let url = |month| self.listing_url(ListingId::Month(language, month), PageNumber::Root);
        let newest = site.newest_month(language);
        let months = site
            .months(language)
            .filter(|(month, _)| month.year == current.year)
            .map(|(month, n_articles)| MonthLink {
                title: self.answers.month_title(language, month),
                url: url(month),
                is_current: month == current,
                n_articles: (Some(month) != newest).then_some(n_articles),
            })
            .collect();
        let mut years: Vec<YearMonth> = Vec::new();
        for (month, _) in site.months(language).filter(|(month, _)| month.year != current.year) {
            match years.last_mut() {
                Some(last) if last.year == month.year => {}
                _ => years.push(month),
            }
        }
        Archive {
            year: format!("{:04}", current.year),
            months,
            years: years
                .into_iter()
                .map(|month| YearLink { year: format!("{:04}", month.year), url: url(month) })
                .collect(),
        }
    }
}
