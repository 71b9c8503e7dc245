//! What to read also: the stories that an article names, and older ones that share its tags.
//!
//! Older ones only, so that an article never changes because another is published; and of each tag only
//! the nearest, so that an archive of any size costs the same.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Site;
use super::listing::ListingId;
use crate::content::{Edition, EditionId, EditionKind, TermKind, related_place};
use crate::diagnostic::{Diagnostic, nearest};

/// How many articles of a tag, just before an article, are looked at.
const NEAREST: usize = 8;

/// To every article older ones of its language that are like it, the best first.
#[derive(Debug, Default)]
pub(super) struct OlderAlike {
    /// Indexed by [`EditionId`]: places in `all`.
    of: Box<[(u32, u32)]>,
    all: Box<[EditionId]>,
}

/// Chooses while articles are put into their lists, oldest first: what a list holds then is older.
pub(super) struct Chooser {
    limit: usize,
    of: Vec<(u32, u32)>,
    all: Vec<EditionId>,
    /// Indexed by [`EditionId`]: its place among all articles.
    ranks: Vec<u32>,
    n_seen: u32,
}

impl Chooser {
    /// For so many editions; at most `limit` to each.
    pub(super) fn new(n_editions: usize, limit: usize) -> Self {
        let ranks = vec![0; n_editions];
        Self { limit, of: vec![(0, 0); n_editions], all: Vec::new(), ranks, n_seen: 0 }
    }

    /// Chooses for an article, from the lists of those that are older: first those with which it shares
    /// most tags, of these the newest; then the newest of its section.
    pub(super) fn choose(
        &mut self,
        id: EditionId,
        edition: &Edition,
        lists: &FxHashMap<ListingId, Vec<EditionId>>,
    ) {
        self.ranks[id.index()] = self.n_seen;
        self.n_seen += 1;
        let newest = |kind, term| {
            let list = lists.get(&ListingId::Term(edition.language, kind, term));
            list.into_iter().flat_map(|list| list.iter().rev().copied()).take(NEAREST)
        };
        // A handful: counting in a list beats hashing.
        let mut found: Vec<(usize, EditionId)> = Vec::new();
        for other in edition.tags.iter().flat_map(|tag| newest(TermKind::Tag, *tag)) {
            match found.iter_mut().find(|(_, known)| *known == other) {
                Some((n_shared, _)) => *n_shared += 1,
                None => found.push((1, other)),
            }
        }
        if found.len() < self.limit {
            for other in edition.section.iter().flat_map(|term| newest(TermKind::Section, *term)) {
                if found.iter().all(|(_, known)| *known != other) {
                    found.push((0, other));
                }
            }
        }
        found.sort_unstable_by_key(|(n_shared, id)| Reverse((*n_shared, self.ranks[id.index()])));
        let start = self.all.len();
        self.all.extend(found.into_iter().map(|(_, id)| id).take(self.limit));
        let place = |n: usize| u32::try_from(n).expect("fewer than 2^32 / 10 articles");
        self.of[id.index()] = (place(start), place(self.all.len()));
    }

    /// What was chosen.
    pub(super) fn finish(self) -> OlderAlike {
        OlderAlike { of: self.of.into(), all: self.all.into() }
    }
}

impl OlderAlike {
    fn of(&self, id: EditionId) -> &[EditionId] {
        let (start, end) = self.of.get(id.index()).copied().unwrap_or_default();
        self.all.get(start as usize..end as usize).unwrap_or_default()
    }
}

impl Site {
    /// What to read also beside an article: the stories that it names, each in its language or another,
    /// filled up with older ones that are like it.
    #[must_use]
    pub fn related(&self, id: EditionId) -> Vec<EditionId> {
        let edition = self.edition(id);
        let own = self.story_of(id);
        let named = edition.related.iter().filter_map(|key| {
            let story = self.story(EditionKind::Article, key)?;
            self.edition_for(story, edition.language).filter(|_| !std::ptr::eq(story, own))
        });
        let mut related: Vec<EditionId> = Vec::new();
        for other in named {
            if !related.contains(&other) {
                related.push(other);
            }
        }
        for other in self.older_alike.of(id) {
            if related.len() < self.config.article.related && !related.contains(other) {
                related.push(*other);
            }
        }
        related
    }
}

/// Stories that articles name and that are not there, or not public now.
pub(super) fn unknown(site: &Site) -> Vec<Diagnostic> {
    let editions = site.content.editions.par_iter().enumerate();
    let found: Vec<Vec<Diagnostic>> = editions
        .filter(|(_, edition)| !edition.related.is_empty())
        .map(|(index, edition)| {
            let id = EditionId(u32::try_from(index).expect("fewer than 2^32 editions"));
            let problem_of = |(index, key)| problem(site, id, edition, index, key);
            let keys = edition.related.iter().map(|key| &**key);
            keys.enumerate().filter_map(problem_of).collect()
        })
        .collect();
    found.into_iter().flatten().collect()
}

fn problem(
    site: &Site,
    id: EditionId,
    edition: &Edition,
    index: usize,
    key: &str,
) -> Option<Diagnostic> {
    let at = |diagnostic: Diagnostic| {
        let place = related_place(&site.config, edition, index);
        diagnostic.at_place(edition.file(&site.config), place, "")
    };
    let Some(story) = site.story(EditionKind::Article, key) else {
        // It may be one of the articles that are left out because of their own errors.
        if !site.content.broken.is_empty() {
            return Some(at(not_public(key)));
        }
        let keys = site.stories.iter().filter(|story| story.kind == EditionKind::Article);
        let help = match nearest(key, keys.map(|story| &*story.key)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "name a story by the path of its file below the language's folder, without \
                     `.md`, or by its `story`"
                .to_owned(),
        };
        let message = format!("there is no story `{}`", key.escape_debug());
        return Some(at(Diagnostic::error("unknown-story", message).help(help)));
    };
    if std::ptr::eq(story, site.story_of(id)) {
        let message = "an article names itself among those to read also";
        return Some(at(Diagnostic::warning("related-to-itself", message).help("remove it")));
    }
    if site.is_public(id) && site.edition_for(story, edition.language).is_none() {
        return Some(at(not_public(key)));
    }
    None
}

fn not_public(key: &str) -> Diagnostic {
    let message =
        format!("the story `{}` is not public now, so it is left out", key.escape_debug());
    let help = "it will stand among those to read also when it is published";
    Diagnostic::warning("unpublished-story", message).help(help)
}
