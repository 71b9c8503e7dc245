//! What a build did, for its last lines.

use std::collections::BTreeMap;

use jiff::Zoned;

use crate::content::TermKind;
use crate::diagnostic::Diagnostic;
use crate::output::Summary;
use crate::profile::Profile;
use crate::site::{ChangeKind, ListingId, Route, Site};

/// What a build did.
#[derive(Debug)]
pub struct Report {
    /// Everything wrong, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What was published; `None` when nothing was.
    pub published: Option<Published>,
}

/// What was published.
#[derive(Debug)]
pub struct Published {
    /// Pages by kind, in a fixed order, each with a count per language.
    pub pages: Vec<KindCount>,
    /// Codes of the languages, in the order of the counts.
    pub languages: Vec<String>,
    /// Files that were published as they are.
    pub n_copies: usize,
    /// What changed in the output folder.
    pub output: Summary,
    /// What had to be done for that.
    pub work: Work,
    /// The articles and pages that were added or changed since the last build: names relative to the root.
    pub changed: Vec<String>,
    /// Articles that were left out because of errors.
    pub n_left_out: usize,
    /// When the next article or page comes out or is withdrawn, in the site's zone.
    pub next_due: Option<(Zoned, ChangeKind)>,
}

/// What a build had to do.
#[derive(Debug)]
pub struct Work {
    /// Pages that were rendered; the others are as they were.
    pub n_rendered: usize,
    /// Files that were made of pictures; the others had been made before.
    pub n_pictures: usize,
    /// Files of the site that were added, changed or removed since the last build; `None` when nothing
    /// is known of a last build.
    pub n_changed_sources: Option<usize>,
    /// Why the page that was asked for was made anew.
    pub explanation: Option<String>,
    /// Where the time went.
    pub profile: Profile,
}

/// How many pages of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    /// `articles`, `tag lists`, …
    pub kind: &'static str,
    /// One count per language.
    pub per_language: Vec<usize>,
}

impl Report {
    /// Nothing was published.
    pub(super) fn failed(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics: crate::diagnostic::sorted(diagnostics), published: None }
    }

    /// Everything was published.
    pub(super) fn published(
        site: &Site,
        diagnostics: Vec<Diagnostic>,
        output: Summary,
        work: Work,
    ) -> Self {
        let mut counts: BTreeMap<(usize, &'static str), Vec<usize>> = BTreeMap::new();
        for route in &site.routes.routes {
            let Some(kind) = kind(*route) else { continue };
            let count = counts.entry(kind).or_insert_with(|| vec![0; site.config.languages.len()]);
            count[site.language_of(*route).index()] += 1;
        }
        let pages = counts
            .into_iter()
            .map(|((_, kind), per_language)| KindCount { kind, per_language })
            .collect();
        let published = Published {
            pages,
            languages: site.config.languages.iter().map(|language| language.code.clone()).collect(),
            changed: site.content.changes.files.clone(),
            n_copies: site.routes.copies.len(),
            n_left_out: site.content.broken.len(),
            output,
            work,
            next_due: site
                .next_due
                .map(|due| (due.at.to_zoned(site.config.time_zone.clone()), due.kind)),
        };
        Self { diagnostics, published: Some(published) }
    }
}

/// Place in the summary, and name; `None` for what is no page.
fn kind(route: Route) -> Option<(usize, &'static str)> {
    let kind = match route {
        Route::Article(_) => (0, "articles"),
        Route::Root | Route::Front(_) => (1, "front pages"),
        Route::Listing(ListingId::News(_), _) => (2, "lists of all news"),
        Route::Listing(ListingId::Term(_, TermKind::Section, _), _) => (3, "section lists"),
        Route::Listing(ListingId::Term(_, TermKind::Tag, _), _) => (4, "tag lists"),
        Route::Listing(ListingId::Term(_, TermKind::Author, _), _) => (5, "author lists"),
        Route::Listing(ListingId::Month(..), _) => (6, "month archives"),
        Route::Tags(_) => (7, "tag indexes"),
        Route::Fresh(_) => (8, "fresh headlines"),
        Route::Standalone(_) => (9, "standalone pages"),
        Route::NotFound(_) | Route::RootNotFound => (10, "404 pages"),
        Route::Alias(..) => (11, "old addresses"),
        Route::HostFile(_) | Route::Sitemap(_) | Route::Feed(..) => return None,
    };
    Some(kind)
}
