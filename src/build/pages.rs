//! What the last build knew of its pages: from which inputs each was made, what it asked the site, and
//! what came of it. A page whose inputs and answers are the same is neither rendered nor written.
//!
//! Facts lie in shards, each a file of the cache that one thread reads, uses and writes, so that no
//! more than a few are in memory. The pages of one story are in one shard; a new story touches that one
//! and those of the lists.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::cache::Store;
use crate::config::LanguageId;
use crate::content::EditionId;
use crate::diagnostic::Diagnostic;
use crate::output::Digest;
use crate::render::{AskedLink, Inputs, Renderer};
use crate::site::{ListingId, PageNumber, Route, Site};
use crate::template::{Query, QueryId};

/// Shards of articles and standalone pages, and of everything else. Enough for many threads, and few
/// enough to be opened in no time.
const N_OF_STORIES: usize = 128;
const N_OF_LISTS: usize = 32;

/// All of them.
pub(super) const N_SHARDS: usize = N_OF_STORIES + N_OF_LISTS;

/// The shard of a page.
pub(super) fn shard_of(site: &Site, route: Route, address: u64) -> usize {
    let part = |hash: u64, n: usize| usize::try_from(hash % n as u64).expect("less than n");
    match route {
        // Without the language: the editions of a story are published together.
        Route::Article(id) | Route::Standalone(id) | Route::Alias(id, _) => {
            part(xxh3_64(site.edition(id).path.as_bytes()), N_OF_STORIES)
        }
        _ => N_OF_STORIES + part(address, N_OF_LISTS),
    }
}

/// A list of queries that pages have in common, by its place in [`Facts::asked`].
type AskedId = u32;

/// One page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Page {
    /// [`crate::site::Site::address`].
    address: u64,
    /// Whose page it is: [`edition_key`] or [`list_key`]; 0 where that does not matter.
    subject: u64,
    /// [`text_key`] of an edition's own page; 0 of others.
    text: u64,
    inputs: Inputs,
    asked: AskedId,
    /// The links and pictures in its texts, as [`crate::render::Rendered`] has them.
    links: Box<[(u16, AskedLink, u64)]>,
    hash: [u8; 16],
    byte_len: u64,
    /// Warnings, shown again as long as the page stays as it is.
    diagnostics: Box<[Diagnostic]>,
}

/// What is written to the cache.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Facts {
    queries: Vec<(Query, u64)>,
    /// Places in `queries`.
    asked: Vec<Vec<u32>>,
    /// Sorted by address.
    pages: Vec<Page>,
}

/// The pages that the last build knew in one shard.
#[derive(Debug, Default)]
pub(super) struct KnownPages {
    facts: Facts,
    /// Whether it had the same templates, words and settings; else nothing can be kept of it.
    is_current: bool,
    /// Indexed by [`AskedId`]: today's ids of the queries, if all answers are as they were.
    holds: Vec<OnceCell<Option<Vec<QueryId>>>>,
}

/// A page of this build.
#[derive(Debug)]
pub(super) enum MadePage {
    /// As it was: its place among the known ones.
    Kept(usize),
    /// Just rendered.
    Rendered {
        page: Page,
        /// What it asked, by today's ids.
        asked: Vec<QueryId>,
    },
}

impl MadePage {
    /// A page that was just rendered.
    pub(super) fn rendered(
        site: &Site,
        route: Route,
        address: u64,
        inputs: Inputs,
        rendered: crate::render::Rendered,
        digest: Digest,
    ) -> Self {
        let (subject, text) = subject_of(site, route);
        let page = Page {
            address,
            subject,
            text,
            inputs,
            asked: 0,
            links: rendered.links.into(),
            hash: digest.hash,
            byte_len: digest.byte_len,
            diagnostics: rendered.diagnostics.into(),
        };
        Self::Rendered { page, asked: rendered.asked }
    }
}

/// A page that the last build had and this one does not, or not at this address.
#[derive(Debug)]
pub(super) struct Gone {
    pub(super) address: u64,
    /// Whose page it was.
    pub(super) subject: u64,
    /// What its text was, if it was an edition's own page; else 0.
    pub(super) text: u64,
}

/// By what an edition is known again: its file, whatever stands in it.
pub(super) fn edition_key(site: &Site, language: LanguageId, path: &str) -> u64 {
    xxh3_64(format!("{}/{path}", site.config.language(language).code).as_bytes())
}

/// By what the list of a term is known again; none of other lists, whose addresses no editor changes.
pub(super) fn list_key(site: &Site, id: ListingId) -> Option<u64> {
    let ListingId::Term(language, kind, term) = id else { return None };
    let code = &site.config.language(language).code;
    let term = &site.content.vocabulary.of(kind).get(term).id;
    Some(xxh3_64(format!("{} {term} {code}", kind.name()).as_bytes()))
}

/// By what a text is known again in another file; never 0.
pub(super) fn text_key(site: &Site, id: EditionId) -> u64 {
    xxh3_64(&site.edition(id).hash) | 1
}

fn subject_of(site: &Site, route: Route) -> (u64, u64) {
    let edition = |id: EditionId| {
        let edition = site.edition(id);
        edition_key(site, edition.language, &edition.path)
    };
    match route {
        Route::Article(id) | Route::Standalone(id) => (edition(id), text_key(site, id)),
        Route::Alias(id, _) => (edition(id), 0),
        Route::Listing(id, PageNumber::Root) => (list_key(site, id).unwrap_or(0), 0),
        _ => (0, 0),
    }
}

impl KnownPages {
    /// What the last build left of a shard. If it had other templates, words or settings, of which
    /// `theme` is the hash, only which pages there were.
    pub(super) fn read(store: &Store, shard: usize, theme: u64) -> Self {
        let file = store.read_of_any_key(&name_of(shard));
        let is_current = file.as_ref().is_some_and(|(key, _)| *key == theme);
        let facts: Option<Facts> = file.and_then(|(_, bytes)| postcard::from_bytes(&bytes).ok());
        let facts = facts.unwrap_or_default();
        let holds = facts.asked.iter().map(|_| OnceCell::new()).collect();
        Self { facts, is_current, holds }
    }

    /// Pages of the last build of which none of these has the address.
    pub(super) fn gone(&self, made: &[MadePage]) -> Vec<Gone> {
        if self.is_all_kept(made) {
            return Vec::new();
        }
        let address = |made: &MadePage| match made {
            MadePage::Kept(at) => self.facts.pages[*at].address,
            MadePage::Rendered { page, .. } => page.address,
        };
        let today: FxHashSet<u64> = made.iter().map(address).collect();
        let is_gone = |page: &&Page| page.subject != 0 && !today.contains(&page.address);
        let gone = self.facts.pages.iter().filter(is_gone);
        let gone =
            gone.map(|page| Gone { address: page.address, subject: page.subject, text: page.text });
        gone.collect()
    }

    fn is_all_kept(&self, made: &[MadePage]) -> bool {
        self.facts.pages.len() == made.len()
            && made.iter().all(|made| matches!(made, MadePage::Kept(_)))
    }

    fn find(&self, address: u64) -> Option<usize> {
        if !self.is_current {
            return None;
        }
        self.facts.pages.binary_search_by_key(&address, |page| page.address).ok()
    }

    /// The warnings of a page.
    pub(super) fn diagnostics<'a>(&'a self, made: &'a MadePage) -> &'a [Diagnostic] {
        match made {
            MadePage::Kept(at) => &self.facts.pages[*at].diagnostics,
            MadePage::Rendered { page, .. } => &page.diagnostics,
        }
    }

    /// The page as it was, if it would be made the same today, and what is published at its address.
    pub(super) fn unchanged(
        &self,
        renderer: &Renderer,
        route: Route,
        address: u64,
        inputs: Inputs,
    ) -> Option<(MadePage, Digest)> {
        let at = self.find(address)?;
        let page = &self.facts.pages[at];
        self.holds(renderer, page)?;
        let is_same = page.inputs == inputs && links_hold(renderer, route, page);
        let digest = Digest { hash: page.hash, byte_len: page.byte_len };
        is_same.then_some((MadePage::Kept(at), digest))
    }

    /// Today's ids of what a page asked, if all answers are as they were.
    fn holds(&self, renderer: &Renderer, page: &Page) -> Option<&Vec<QueryId>> {
        let index = page.asked as usize;
        let holds = self.holds.get(index)?.get_or_init(|| {
            let same = |place: &u32| {
                let (query, before) = self.facts.queries.get(*place as usize)?;
                let (id, today) = renderer.ask_again(query).ok()?;
                (today == *before).then_some(id)
            };
            self.facts.asked[index].iter().map(same).collect()
        });
        holds.as_ref()
    }

    /// Why a page is made anew, in words for people; empty when it is not.
    pub(super) fn why(&self, renderer: &Renderer, route: Route, address: u64) -> Vec<String> {
        let Some(page) = self.find(address).map(|at| &self.facts.pages[at]) else {
            return vec!["the page itself: the last build did not have it".to_owned()];
        };
        let changes = renderer.inputs(route).changes_since(&page.inputs);
        let mut why: Vec<String> = changes.into_iter().map(str::to_owned).collect();
        let texts = renderer.texts(route);
        let holds =
            |link: &(u16, AskedLink, u64)| renderer.links_hold(&texts, std::slice::from_ref(link));
        for (_, link, _) in page.links.iter().filter(|link| !holds(link)) {
            why.push(match link {
                AskedLink::Link(destination) | AskedLink::Picture(destination) => {
                    format!("where `{destination}` in its text leads")
                }
                AskedLink::Story(key) => format!("what its text shows of the story `{key}`"),
            });
        }
        let asked = self.facts.asked.get(page.asked as usize).map_or(&[][..], |asked| asked);
        for (query, before) in asked.iter().filter_map(|at| self.facts.queries.get(*at as usize)) {
            let is_same = renderer.ask_again(query).is_ok_and(|(_, today)| today == *before);
            if !is_same {
                why.push(format!("the answer to `{}`", query.shown(renderer.site())));
            }
        }
        why
    }

    /// Stages the pages of this build for the next, unless they are those of the last; gives the name
    /// for [`Store::accept`].
    ///
    /// # Errors
    /// A warning when they cannot be written.
    pub(super) fn stage(
        self,
        store: &Store,
        shard: usize,
        theme: u64,
        renderer: &Renderer,
        made: Vec<MadePage>,
    ) -> Result<Option<String>, Diagnostic> {
        if self.is_current && self.is_all_kept(&made) {
            return Ok(None);
        }
        let facts = self.into_facts(made, renderer);
        let bytes = postcard::to_stdvec(&facts).expect("a Vec takes everything");
        let name = name_of(shard);
        store.stage(&name, theme, &bytes)?;
        Ok(Some(name))
    }

    fn into_facts(self, made: Vec<MadePage>, renderer: &Renderer) -> Facts {
        let mut before: Vec<Option<Page>> = self.facts.pages.into_iter().map(Some).collect();
        let mut facts = Facts::default();
        let mut lists: FxHashMap<Vec<QueryId>, AskedId> = FxHashMap::default();
        let mut places: FxHashMap<QueryId, u32> = FxHashMap::default();
        let count = |n: usize| u32::try_from(n).expect("fewer than 2^32 pages");
        for made in made {
            let (page, asked) = match made {
                MadePage::Kept(at) => {
                    let page = before[at].take().expect("every page is made once");
                    let asked = self.holds[page.asked as usize].get().cloned().flatten();
                    (page, asked.expect("a page is kept only if its answers hold"))
                }
                MadePage::Rendered { page, asked } => (page, asked),
            };
            let id = *lists.entry(asked).or_insert_with_key(|list| {
                let place = |id: &QueryId| {
                    *places.entry(*id).or_insert_with(|| {
                        facts.queries.push(renderer.query(*id));
                        count(facts.queries.len() - 1)
                    })
                };
                facts.asked.push(list.iter().map(place).collect());
                count(facts.asked.len() - 1)
            });
            facts.pages.push(Page { asked: id, ..page });
        }
        facts.pages.sort_unstable_by_key(|page| page.address);
        facts
    }
}

fn name_of(shard: usize) -> String {
    format!("pages-{shard:02x}")
}

fn links_hold(renderer: &Renderer, route: Route, page: &Page) -> bool {
    page.links.is_empty() || renderer.links_hold(&renderer.texts(route), &page.links)
}
