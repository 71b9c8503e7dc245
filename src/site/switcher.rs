//! From a page to the same page in the other languages: the switcher and the hreflang links.

use super::listing::{ListingId, PageNumber};
use super::route::Route;
use super::{Site, story};
use crate::config::{LanguageId, MissingEdition};
use crate::content::{EditionId, TermKind};

/// Where the switcher leads for one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The page itself.
    Current(Route),
    /// The same page in that language.
    Counterpart(Route),
    /// There is none; the nearest useful page instead.
    Missing(Route),
}

impl Target {
    /// The page it leads to.
    #[must_use]
    pub fn route(self) -> Route {
        match self {
            Self::Current(route) | Self::Counterpart(route) | Self::Missing(route) => route,
        }
    }
}

/// The `hreflang` links of a page: itself, every existing counterpart, and the default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alternates {
    /// In the order of the languages, the page itself included.
    pub editions: Vec<(LanguageId, Route)>,
    /// What `x-default` points to.
    pub default: Option<Route>,
}

impl Site {
    /// The language of a page.
    #[must_use]
    pub fn language_of(&self, route: Route) -> LanguageId {
        match route {
            Route::Root | Route::RootNotFound | Route::HostFile(_) => self.config.default_language,
            Route::Sitemap(id) => id.language().unwrap_or(self.config.default_language),
            Route::Front(language)
            | Route::Tags(language)
            | Route::Fresh(language)
            | Route::NotFound(language) => language,
            Route::Article(id) | Route::Standalone(id) | Route::Alias(id, _) => {
                self.edition(id).language
            }
            Route::Listing(id, _) | Route::Feed(id, _) => id.language(),
        }
    }

    /// The page that `route` is a copy of, for `canonical`: itself, but for `/`.
    #[must_use]
    pub fn canonical(&self, route: Route) -> Route {
        match route {
            Route::Root => Route::Front(self.config.default_language),
            Route::Alias(id, _) => self.route_of(id),
            other => other,
        }
    }

    /// The same page in another language, if it exists. A numbered page's is the other root: numbers
    /// count stories, and the languages have different ones.
    #[must_use]
    pub fn counterpart(&self, route: Route, language: LanguageId) -> Option<Route> {
        match route {
            Route::Root | Route::Front(_) => Some(Route::Front(language)),
            Route::NotFound(_) | Route::RootNotFound => Some(Route::NotFound(language)),
            Route::Tags(_) => Some(Route::Tags(language)),
            Route::Fresh(_) => Some(Route::Fresh(language)),
            Route::HostFile(_) | Route::Sitemap(_) => None,
            Route::Feed(id, format) => self.feed(id.in_language(language), format),
            Route::Article(id) | Route::Standalone(id) | Route::Alias(id, _) => {
                self.public_edition(self.story_of(id), language).map(|id| self.route_of(id))
            }
            Route::Listing(id, _) => {
                let id = id.in_language(language);
                self.has_listing(id).then_some(Route::Listing(id, PageNumber::Root))
            }
        }
    }

    /// The switcher of a page: one target per language, in order; hidden ones are left out.
    #[must_use]
    pub fn switcher(&self, route: Route) -> Vec<(LanguageId, Target)> {
        let own = self.language_of(route);
        self.config
            .language_ids()
            .filter_map(|language| {
                let target = if language == own {
                    Target::Current(self.canonical(route))
                } else if matches!(route, Route::NotFound(_) | Route::RootNotFound) {
                    // Nobody wants another 404 page.
                    Target::Counterpart(Route::Front(language))
                } else if let Some(counterpart) = self.counterpart(route, language) {
                    Target::Counterpart(counterpart)
                } else if story::is_hidden(&self.config) {
                    return None;
                } else {
                    Target::Missing(self.instead(route, language))
                };
                Some((language, target))
            })
            .collect()
    }

    /// Where a reader is led who asks for a page in a language that lacks it.
    fn instead(&self, route: Route, language: LanguageId) -> Route {
        let root =
            |id: ListingId| self.has_listing(id).then_some(Route::Listing(id, PageNumber::Root));
        let section = |id: EditionId| {
            let section = self.edition(id).section?;
            root(ListingId::Term(language, TermKind::Section, section))
        };
        let found = match (self.config.missing_edition, route) {
            (MissingEdition::Section, Route::Article(id)) => section(id),
            (MissingEdition::Section, Route::Listing(ListingId::Term(_, TermKind::Tag, _), _)) => {
                self.config.urls.tags.as_ref().map(|_| Route::Tags(language))
            }
            (MissingEdition::Section, Route::Listing(..)) => root(ListingId::News(language)),
            _ => None,
        };
        found.unwrap_or(Route::Front(language))
    }

    /// The hreflang links of a page; none on `/`, numbered pages, old addresses, the root's 404
    /// and files for machines.
    #[must_use]
    pub fn alternates(&self, route: Route) -> Alternates {
        match route {
            Route::Root
            | Route::RootNotFound
            | Route::HostFile(_)
            | Route::Sitemap(_)
            | Route::Feed(..)
            | Route::Alias(..)
            | Route::Listing(_, PageNumber::Numbered(_)) => return Alternates::default(),
            _ => {}
        }
        let editions: Vec<(LanguageId, Route)> = self
            .config
            .language_ids()
            .filter_map(|language| Some((language, self.counterpart(route, language)?)))
            .collect();
        let of = |wanted: LanguageId| {
            editions.iter().find(|(language, _)| *language == wanted).map(|(_, route)| *route)
        };
        let original = match route {
            Route::Article(id) | Route::Standalone(id) => self.story_of(id).original,
            _ => None,
        };
        let default = of(self.config.default_language)
            .or_else(|| original.and_then(of))
            .or_else(|| editions.first().map(|(_, route)| *route));
        Alternates { editions, default }
    }
}
