//! Article pages and standalone pages: the body is read again, since an archive does not fit into
//! memory, and its Markdown becomes HTML.

use super::component::Needed;
use super::links::{AskedLink, Links};
use super::{PageContent, Renderer};
use crate::content::{EditionId, EditionKind, TermKind};
use crate::diagnostic::{Diagnostic, Source};
use crate::project::read_file;
use crate::site::{ListingId, PageNumber, Route};
use crate::template::Sitting;
use crate::template::context::{
    Article, Correction, Extra, Html, NewsSource, Related, Standalone, TemplateValue, Translation,
};

/// An edition's text as HTML.
pub(super) struct Body {
    pub(super) html: String,
    reading_minutes: usize,
    pub(super) links: Vec<(AskedLink, u64)>,
    needed: Needed,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Renderer {
    pub(super) fn article(
        &self,
        id: EditionId,
        sitting: &Sitting,
    ) -> Result<PageContent, Vec<Diagnostic>> {
        let site = &self.site;
        let edition = site.edition(id);
        let story = site.story_of(id);
        let language = edition.language;
        let Body { html, reading_minutes, links, needed, diagnostics } =
            self.body(id, Some(sitting))?;
        let published = edition.published.expect("an article without a date is an error before");
        let of_month = Some(ListingId::Month(language, site.month_of(published)))
            .filter(|month| site.has_listing(*month));
        let others = || site.config.language_ids().filter(|other| *other != language);
        let article = Article {
            key: &story.key,
            title: &edition.title,
            summary: &edition.summary,
            has_own_summary: edition.has_own_summary,
            content: Html(html),
            published: self.answers.published(edition),
            updated: edition.updated.map(|moment| self.answers.date(moment)),
            published_at: self.answers.instant(published),
            modified_at: self.answers.instant(edition.last_change().unwrap_or(published)),
            genre: edition.genre.name(),
            unpublish_at: edition.unpublish_at.map(|moment| self.answers.date(moment)),
            section: edition.section.map(|id| self.answers.term(TermKind::Section, id, language)),
            tags: self.answers.terms(TermKind::Tag, &edition.tags, language),
            authors: self.answers.terms(TermKind::Author, &edition.authors, language),
            image: self.answers.image(id),
            sources: edition
                .sources
                .iter()
                .map(|source| NewsSource { name: &source.name, url: source.url.as_deref() })
                .collect(),
            corrections: edition
                .corrections
                .iter()
                .map(|correction| Correction {
                    date: self.answers.date(correction.date),
                    text: &correction.text,
                })
                .collect(),
            translations: others()
                .filter_map(|other| site.public_edition(story, other))
                .map(|id| Translation {
                    language: self.answers.language(site.edition(id).language),
                    title: &site.edition(id).title,
                    url: site.url(site.route_of(id)),
                })
                .collect(),
            missing: others()
                .filter(|other| site.public_edition(story, *other).is_none())
                .map(|other| self.answers.language(other))
                .collect(),
            key_points: edition.key_points.iter().map(|text| &**text).collect(),
            related: site
                .related(id)
                .into_iter()
                .map(|id| Related {
                    language: self.answers.language(site.edition(id).language),
                    title: &site.edition(id).title,
                    url: site.url(site.route_of(id)),
                })
                .collect(),
            reading_minutes,
            is_breaking: site.is_breaking(id),
            original: story.original.map(|original| self.answers.language(original)),
            month_url: of_month.map(|month| self.listing_url(month, PageNumber::Root)),
            extra: Extra(edition.extra.as_deref()),
        };
        let mut content = PageContent::plain("article.html", "article");
        content.description = Some(edition.summary.to_string()).filter(|text| !text.is_empty());
        content.picture_of = Some(id);
        content.variables.push(("article", article.into_value()));
        content.diagnostics = diagnostics;
        content.links = links;
        content.needed = needed;
        Ok(content)
    }

    pub(super) fn standalone(
        &self,
        id: EditionId,
        sitting: &Sitting,
    ) -> Result<PageContent, Vec<Diagnostic>> {
        let edition = self.site.edition(id);
        let Body { html, links, needed, diagnostics, .. } = self.body(id, Some(sitting))?;
        let standalone = Standalone {
            title: &edition.title,
            content: Html(html),
            image: self.answers.image(id),
            updated: edition.updated.map(|moment| self.answers.date(moment)),
            extra: Extra(edition.extra.as_deref()),
        };
        let mut content = PageContent::plain("page.html", "standalone");
        content.description = Some(edition.summary.to_string()).filter(|text| !text.is_empty());
        content.picture_of = Some(id);
        content.variables.push(("standalone", standalone.into_value()));
        content.diagnostics = diagnostics;
        content.links = links;
        content.needed = needed;
        Ok(content)
    }

    /// What is wrong with the text of an article or standalone page, when there is no theme to render
    /// it with.
    #[must_use]
    pub fn check_text(&self, route: Route) -> Vec<Diagnostic> {
        let (Route::Article(id) | Route::Standalone(id)) = route else { return Vec::new() };
        match self.body(id, None) {
            Ok(Body { diagnostics, .. }) | Err(diagnostics) => diagnostics,
        }
    }

    /// The HTML of an edition's body, and the warnings and errors in it. Components are shown on the page
    /// that sits.
    pub(super) fn body(
        &self,
        id: EditionId,
        sitting: Option<&Sitting>,
    ) -> Result<Body, Vec<Diagnostic>> {
        let edition = self.site.edition(id);
        debug_assert!(matches!(edition.kind, EditionKind::Article | EditionKind::Standalone));
        let file = edition.file(&self.site.config);
        let changed = || {
            let message = "this file was changed while the site was being built";
            vec![
                Diagnostic::error("changed-while-building", message)
                    .in_file(&*file)
                    .help("build again"),
            ]
        };
        let text = read_file(&self.site.config.root, &file)
            .map_err(|problem| problem.map_or_else(changed, |problem| vec![problem]))?;
        if xxhash_rust::xxh3::xxh3_128(text.as_bytes()).to_be_bytes() != edition.hash {
            return Err(changed());
        }
        let body = edition.body_start as usize..text.len();
        let reading_minutes = reading_minutes(text.get(body.clone()).unwrap_or(""));
        let links = Links::new(&self.site, &self.answers, id).with_components(sitting);
        let mut html = String::with_capacity(body.len() + body.len() / 4);
        let mut diagnostics =
            self.markdown.to_html(&Source::new(&file, &text), body, &links, &mut html);
        diagnostics.extend(self.lead_without_credit(id));
        let (links, needed) = links.finish();
        Ok(Body { html, reading_minutes, links, needed, diagnostics })
    }
}

/// How long reading a text in Markdown takes. In letters, since words are longer in some languages than in
/// others: adults read some 180 words a minute in Ukrainian and Russian and 230 in English, which is
/// about as many letters.
fn reading_minutes(body: &str) -> usize {
    const LETTERS_A_MINUTE: usize = 1080;
    // Every letter beyond ASCII begins with such a byte; the few other signs there do not matter.
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0xC0;
    let letters = |text: &str| text.as_bytes().iter().filter(|byte| is_letter(byte)).count();
    let mut pieces = body.split("](");
    let mut n_letters = pieces.next().map_or(0, letters);
    for piece in pieces {
        // The address of a link is not read.
        n_letters += letters(piece.split_once(')').map_or("", |(_, behind)| behind));
    }
    n_letters.div_ceil(LETTERS_A_MINUTE).max(1)
}

#[cfg(test)]
mod tests {
    use super::reading_minutes;

    #[test]
    fn reading_takes_as_long_as_there_are_letters_to_read() {
        assert_eq!(reading_minutes(""), 1);
        assert_eq!(reading_minutes(&"слово ".repeat(216)), 1);
        assert_eq!(reading_minutes(&"слово ".repeat(217)), 2);
        assert_eq!(reading_minutes(&"words ".repeat(217)), 2);
        let address = "https://example.org/".repeat(100);
        assert_eq!(reading_minutes(&format!("[слово]({address}) і [ще]({address}) одне")), 1);
    }
}
