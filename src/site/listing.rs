//! Listings: ordered sequences of editions in one language, cut into pages numbered from the oldest.
//!
//! With page size *p* and *n* items, numbered page *k* holds items *(k−1)p … kp−1* counted from the
//! oldest and, once full, never changes again (but for its link to the next). The root, without a
//! number, shows the newest *p* to *2p−1*. So a new story changes a listing's root and nothing behind
//! it, where numbering from the newest would rewrite every page.

use std::num::{NonZeroU32, NonZeroUsize};

use crate::config::LanguageId;
use crate::content::{TermId, TermKind};

/// A month of an archive, in the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    /// The year.
    pub year: i16,
    /// From 1.
    pub month: i8,
}

/// Which listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListingId {
    /// All articles of a language.
    News(LanguageId),
    /// The articles of a section, tag or author.
    Term(LanguageId, TermKind, TermId),
    /// The articles of a month.
    Month(LanguageId, YearMonth),
}

impl ListingId {
    /// Its language.
    #[must_use]
    pub fn language(self) -> LanguageId {
        match self {
            Self::News(language) | Self::Term(language, ..) | Self::Month(language, _) => language,
        }
    }

    /// The same listing in another language.
    #[must_use]
    pub fn in_language(self, language: LanguageId) -> Self {
        match self {
            Self::News(_) => Self::News(language),
            Self::Term(_, kind, id) => Self::Term(language, kind, id),
            Self::Month(_, month) => Self::Month(language, month),
        }
    }
}

/// A page of a listing: the root, or a number from 1 for the oldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageNumber {
    /// The newest, at the listing's own address.
    Root,
    /// A full page below `page/<number>/`.
    Numbered(NonZeroU32),
}

/// `items`, oldest first, cut into pages.
#[derive(Debug, Clone, Copy)]
pub struct Pages<'a, T> {
    items: &'a [T],
    size: usize,
}

/// Cuts `items`, oldest first, into pages of `size`.
#[must_use]
pub fn paginate<T>(items: &[T], size: NonZeroUsize) -> Pages<'_, T> {
    Pages { items, size: size.get() }
}

impl<'a, T> Pages<'a, T> {
    /// How many numbered pages there are; all are full.
    #[must_use]
    pub fn n_numbered(&self) -> usize {
        (self.items.len() / self.size).saturating_sub(1)
    }

    /// All page numbers: the root, then from the oldest.
    pub fn numbers(&self) -> impl Iterator<Item = PageNumber> + use<T> {
        let n = u32::try_from(self.n_numbered()).expect("fewer than 2^32 pages");
        std::iter::once(PageNumber::Root)
            .chain((1..=n).filter_map(NonZeroU32::new).map(PageNumber::Numbered))
    }

    /// The items of a page, oldest first; empty when there is no such page.
    #[must_use]
    pub fn items(&self, number: PageNumber) -> &'a [T] {
        let n = self.n_numbered();
        let range = match number {
            PageNumber::Root => n * self.size..self.items.len(),
            PageNumber::Numbered(k) if k.get() as usize <= n => {
                (k.get() as usize - 1) * self.size..k.get() as usize * self.size
            }
            PageNumber::Numbered(_) => 0..0,
        };
        self.items.get(range).unwrap_or_default()
    }

    /// The page with newer items: the next number, the root behind the last; the root has none.
    #[must_use]
    pub fn newer(&self, number: PageNumber) -> Option<PageNumber> {
        match number {
            PageNumber::Root => None,
            PageNumber::Numbered(k) if (k.get() as usize) < self.n_numbered() => {
                Some(PageNumber::Numbered(k.saturating_add(1)))
            }
            PageNumber::Numbered(_) => Some(PageNumber::Root),
        }
    }

    /// The page with older items.
    #[must_use]
    pub fn older(&self, number: PageNumber) -> Option<PageNumber> {
        let before = match number {
            PageNumber::Root => u32::try_from(self.n_numbered()).ok()?,
            PageNumber::Numbered(k) => k.get() - 1,
        };
        NonZeroU32::new(before).map(PageNumber::Numbered)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shape(n: usize, size: usize) -> (usize, Vec<usize>) {
        let items: Vec<usize> = (0..n).collect();
        let pages = paginate(&items, NonZeroUsize::new(size).unwrap());
        let numbered = pages.numbers().skip(1).map(|number| pages.items(number).len()).collect();
        (pages.items(PageNumber::Root).len(), numbered)
    }

    // CONTRACT: n < p: root n; p: p; 2p−1: 2p−1; 2p: root p and page/1/.
    #[test]
    fn the_root_shows_between_one_and_two_pages_of_items() {
        assert_eq!(shape(0, 20), (0, vec![]));
        assert_eq!(shape(19, 20), (19, vec![]));
        assert_eq!(shape(20, 20), (20, vec![]));
        assert_eq!(shape(39, 20), (39, vec![]));
        assert_eq!(shape(40, 20), (20, vec![20]));
        assert_eq!(shape(65, 20), (25, vec![20, 20]));
    }

    proptest! {
        #[test]
        fn every_item_is_on_exactly_one_page_in_order(n in 0usize..500, size in 1usize..30) {
            let items: Vec<usize> = (0..n).collect();
            let pages = paginate(&items, NonZeroUsize::new(size).unwrap());
            let numbers: Vec<PageNumber> = pages.numbers().collect();
            let mut all: Vec<usize> =
                numbers.iter().skip(1).flat_map(|k| pages.items(*k).to_vec()).collect();
            all.extend(pages.items(PageNumber::Root));
            prop_assert_eq!(all, items);
        }

        #[test]
        fn a_full_page_never_changes_when_items_are_added(n in 0usize..300, more in 0usize..100, size in 1usize..30) {
            let size = NonZeroUsize::new(size).unwrap();
            let later: Vec<usize> = (0..n + more).collect();
            let before = paginate(&later[..n], size);
            let after = paginate(&later, size);
            for number in before.numbers().skip(1) {
                prop_assert_eq!(before.items(number), after.items(number));
            }
        }

        #[test]
        fn newer_and_older_lead_back_and_forth(n in 0usize..300, size in 1usize..30) {
            let items: Vec<usize> = (0..n).collect();
            let pages = paginate(&items, NonZeroUsize::new(size).unwrap());
            for number in pages.numbers() {
                if let Some(older) = pages.older(number) {
                    prop_assert_eq!(pages.newer(older), Some(number));
                }
                if let Some(newer) = pages.newer(number) {
                    prop_assert_eq!(pages.older(newer), Some(number));
                }
            }
        }
    }
}
