//! What templates ask a site: stories by section, tag and author; terms in use.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Site;
use super::listing::{ListingId, YearMonth};
use crate::config::LanguageId;
use crate::content::{EditionId, TermId, TermKind};

/// Which articles of a language, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Selection {
    /// The language.
    pub language: LanguageId,
    /// Terms that all of them have.
    pub terms: Vec<(TermKind, TermId)>,
    /// Whether only those with a lead picture are wanted.
    pub with_image: bool,
    /// At most so many.
    pub limit: usize,
}

/// A term in use in a language, and how many public articles have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermCount {
    /// The term.
    pub id: TermId,
    /// Public articles of the language that have it.
    pub n_articles: usize,
}

impl Site {
    /// The newest public articles that fit, newest first.
    #[must_use]
    pub fn select(&self, selection: &Selection) -> Vec<EditionId> {
        // The shortest list that holds all of them.
        let lists = selection
            .terms
            .iter()
            .map(|(kind, term)| ListingId::Term(selection.language, *kind, *term));
        let narrowest = lists.min_by_key(|id| self.listing(*id).len());
        let list = self.listing(narrowest.unwrap_or(ListingId::News(selection.language)));
        list.iter()
            .rev()
            .copied()
            .filter(|id| {
                let edition = self.edition(*id);
                (!selection.with_image || edition.image.is_some())
                    && selection.terms.iter().all(|(kind, term)| match kind {
                        TermKind::Section => edition.section == Some(*term),
                        TermKind::Tag => edition.tags.contains(term),
                        TermKind::Author => edition.authors.contains(term),
                    })
            })
            .take(selection.limit)
            .collect()
    }

    /// The newest public articles that share a tag with one, newest first, without those in `except`.
    #[must_use]
    pub fn sharing_a_tag(
        &self,
        id: EditionId,
        except: &[EditionId],
        limit: usize,
    ) -> Vec<EditionId> {
        let edition = self.edition(id);
        let mut found: Vec<EditionId> = edition
            .tags
            .iter()
            .flat_map(|tag| {
                let list = ListingId::Term(edition.language, TermKind::Tag, *tag);
                let others = self.listing(list).iter().rev().copied();
                others.filter(|other| *other != id && !except.contains(other)).take(limit)
            })
            .collect();
        found.sort_by_key(|id| Reverse((self.edition(*id).published, self.story_of[id.index()])));
        found.dedup();
        found.truncate(limit);
        found
    }

    /// The tags that stand most often beside one in some articles; of equally frequent ones those that
    /// the vocabulary has first.
    #[must_use]
    pub fn tags_beside(&self, tag: TermId, articles: &[EditionId], limit: usize) -> Vec<TermId> {
        let mut counts: BTreeMap<TermId, usize> = BTreeMap::new();
        for id in articles {
            for other in self.edition(*id).tags.iter().filter(|other| **other != tag) {
                *counts.entry(*other).or_default() += 1;
            }
        }
        let mut tags: Vec<(TermId, usize)> = counts.into_iter().collect();
        tags.sort_by_key(|(id, count)| (Reverse(*count), *id));
        tags.into_iter().map(|(id, _)| id).take(limit).collect()
    }

    /// The terms that public articles of a language have, in the vocabulary's order.
    #[must_use]
    pub fn terms_in_use(&self, kind: TermKind, language: LanguageId) -> Vec<TermCount> {
        self.content
            .vocabulary
            .of(kind)
            .ids()
            .map(|id| TermCount {
                id,
                n_articles: self.listing(ListingId::Term(language, kind, id)).len(),
            })
            .filter(|term| term.n_articles > 0)
            .collect()
    }

    /// The newest month in which a language has public articles: the one that still grows.
    #[must_use]
    pub fn newest_month(&self, language: LanguageId) -> Option<YearMonth> {
        let newest = self.listing(ListingId::News(language)).last()?;
        self.edition(*newest).published.map(|published| self.month_of(published))
    }

    /// The months in which a language has public articles, oldest first.
    pub fn months(&self, language: LanguageId) -> impl Iterator<Item = (YearMonth, usize)> {
        let first = ListingId::Month(language, YearMonth { year: i16::MIN, month: 0 });
        let last = ListingId::Month(language, YearMonth { year: i16::MAX, month: i8::MAX });
        self.listings.range(first..=last).filter_map(|(id, editions)| match id {
            ListingId::Month(_, month) => Some((*month, editions.len())),
            ListingId::News(_) | ListingId::Term(..) => None,
        })
    }
}
