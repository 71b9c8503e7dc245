//! Front pages: the lead, what belongs to it, the latest news, the sections.

use super::{PageContent, Renderer};
use crate::config::LanguageId;
use crate::content::{EditionId, TermId, TermKind};
use crate::site::ListingId;
use crate::template::context::{Front, FrontSection, TemplateValue};

/// Headlines below the lead.
const MAX_RELATED: usize = 3;

/// When everything is breaking news, nothing is.
const MAX_BREAKING: usize = 3;

/// A pin, or breaking news, may be older than what the page shows, but not by an archive.
const MARKED_AMONG: usize = 1000;

/// The articles of a front page. Above the sections none stands twice.
#[derive(Debug, Default)]
pub(super) struct FrontArticles {
    pub(super) breaking: Vec<EditionId>,
    pub(super) lead: Option<EditionId>,
    pub(super) related: Vec<EditionId>,
    pub(super) secondary: Vec<EditionId>,
    pub(super) latest: Vec<EditionId>,
    pub(super) sections: Vec<SectionArticles>,
}

/// The articles of a section's block: those that do not stand above the latest news.
#[derive(Debug)]
pub(super) struct SectionArticles {
    pub(super) section: TermId,
    pub(super) lead: EditionId,
    pub(super) others: Vec<EditionId>,
}

impl FrontArticles {
    /// Every article on the page; those above the sections once.
    pub(super) fn all(&self) -> impl Iterator<Item = EditionId> {
        let above = [&self.breaking, &self.related, &self.secondary, &self.latest];
        let above = above.into_iter().flatten().copied();
        let of_sections =
            self.sections.iter().flat_map(|of| std::iter::once(of.lead).chain(of.others.clone()));
        self.lead.into_iter().chain(above).chain(of_sections)
    }
}

impl Renderer {
    /// Chooses the articles of a front page. The lead is the newest pinned one, else the newest with a
    /// picture of those that the page has room for, else the newest.
    pub(super) fn front_articles(&self, language: LanguageId) -> FrontArticles {
        let site = &self.site;
        let all = || site.listing(ListingId::News(language)).iter().rev().copied();
        let breaking = all().take(MARKED_AMONG).filter(|id| site.is_breaking(*id));
        let breaking: Vec<EditionId> = breaking.take(MAX_BREAKING).collect();
        let newest = || all().filter(|id| !breaking.contains(id));
        let config = &site.config.front;
        let has_picture = |id: &EditionId| site.edition(*id).image.is_some();
        let Some(lead) = newest()
            .take(MARKED_AMONG)
            .find(|id| site.is_pinned(*id))
            .or_else(|| newest().take(1 + config.secondary + config.latest).find(has_picture))
            .or_else(|| newest().next())
        else {
            return FrontArticles { breaking, ..FrontArticles::default() };
        };
        let mut shown = breaking.clone();
        shown.push(lead);
        let secondary: Vec<EditionId> =
            newest().filter(|id| !shown.contains(id)).take(config.secondary).collect();
        shown.extend(&secondary);
        let related = site.sharing_a_tag(lead, &shown, MAX_RELATED);
        shown.extend(&related);
        let latest = newest().filter(|id| !shown.contains(id)).take(config.latest).collect();
        let of_section = |section: TermId| {
            let list = site.listing(ListingId::Term(language, TermKind::Section, section));
            let others = list.iter().rev().copied().filter(|id| !shown.contains(id));
            let mut others: Vec<EditionId> = others.take(config.per_section).collect();
            let lead = others.iter().position(has_picture).unwrap_or(0);
            let lead = (!others.is_empty()).then(|| others.remove(lead))?;
            Some(SectionArticles { section, lead, others })
        };
        let sections = site.front_sections.iter().filter_map(|section| of_section(*section));
        let sections = sections.collect();
        FrontArticles { lead: Some(lead), related, secondary, latest, sections, breaking }
    }

    pub(super) fn front(&self, language: LanguageId) -> PageContent {
        let site = &self.site;
        let newest = site.listing(ListingId::News(language)).last();
        let articles = self.front_articles(language);
        let cards = |ids: &[EditionId]| ids.iter().map(|id| self.answers.card(*id)).collect();
        let section = |block: &SectionArticles| FrontSection {
            section: self.answers.term(TermKind::Section, block.section, language),
            lead: self.answers.card(block.lead),
            cards: cards(&block.others),
        };
        let front = Front {
            breaking: cards(&articles.breaking),
            lead: articles.lead.map(|id| self.answers.card(id)),
            related: cards(&articles.related),
            secondary: cards(&articles.secondary),
            latest: cards(&articles.latest),
            sections: articles.sections.iter().map(section).collect(),
            day: newest.map(|id| self.answers.published(site.edition(*id)).day()),
        };
        let mut content = PageContent::plain("front.html", "front");
        content.picture_of = articles.lead;
        content.variables.push(("front", front.into_value()));
        content
    }
}
