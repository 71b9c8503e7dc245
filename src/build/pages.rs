//! What the last build knew of its pages: from which inputs each was made, what it asked the site, and
//! what came of it. A page whose inputs and answers are the same is neither rendered nor written.

use std::sync::OnceLock;
use std::time::Duration;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::cache::Store;
use crate::content::EditionId;
use crate::diagnostic::Diagnostic;
use crate::output::Digest;
use crate::render::{AskedLink, Inputs, Renderer};
use crate::site::Route;
use crate::template::{Query, QueryId};

const NAME: &str = "pages";

/// A list of queries that pages have in common, by its place in [`Facts::asked`].
type AskedId = u32;

/// One page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Page {
    /// [`crate::site::Site::address`].
    pub(super) address: u64,
    pub(super) inputs: Inputs,
    asked: AskedId,
    /// The links and pictures in its text, with the hashes of where they lead.
    pub(super) links: Box<[(AskedLink, u64)]>,
    hash: [u8; 16],
    byte_len: u64,
    /// Warnings, shown again as long as the page stays as it is.
    pub(super) diagnostics: Box<[Diagnostic]>,
}

/// What is written to the cache.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Facts {
    /// The texts that all pages are made of, and the vocabulary, with their hashes; sorted.
    texts: Vec<(String, u64)>,
    queries: Vec<(Query, u64)>,
    /// Places in `queries`.
    asked: Vec<Vec<QueryId>>,
    /// Sorted by address.
    pages: Vec<Page>,
}

impl Facts {
    /// What the last build left, if anything.
    pub(super) fn read(store: &Store) -> Option<Self> {
        let payload = store.read(NAME, 0)?;
        postcard::from_bytes(&payload).ok()
    }
}

/// The pages of the last build.
#[derive(Debug)]
pub(super) struct KnownPages {
    facts: Facts,
    /// Whether there was a last build.
    pub(super) exist: bool,
    /// Whether they were made of the configuration, templates and words of today.
    are_of_this_theme: bool,
    /// Texts that are not as they were, or are new or gone.
    pub(super) changed_texts: Vec<String>,
    /// Indexed by [`AskedId`]: today's ids of the queries, if all answers are as they were.
    holds: Vec<OnceLock<Option<Vec<QueryId>>>>,
}

/// A page of this build.
#[derive(Debug)]
pub(super) enum MadePage {
    /// As it was: its place in [`Facts::pages`].
    Kept(usize),
    /// Rendered.
    Rendered {
        page: Box<Page>,
        /// What it asked.
        asked: Vec<QueryId>,
        /// By which template.
        template: &'static str,
        /// How long that took.
        took: Duration,
    },
}

impl Page {
    /// What is published at its address.
    pub(super) fn digest(&self) -> Digest {
        Digest { hash: self.hash, byte_len: self.byte_len }
    }
}

impl MadePage {
    /// A page that was just rendered.
    pub(super) fn rendered(
        address: u64,
        inputs: Inputs,
        rendered: crate::render::Rendered,
        digest: Digest,
        took: Duration,
    ) -> Self {
        let page = Page {
            address,
            inputs,
            asked: 0,
            links: rendered.links.into(),
            hash: digest.hash,
            byte_len: digest.byte_len,
            diagnostics: rendered.diagnostics.into(),
        };
        let (asked, template) = (rendered.asked, rendered.template);
        Self::Rendered { page: Box::new(page), asked, template, took }
    }

    pub(super) fn is_rendered(&self) -> bool {
        matches!(self, Self::Rendered { .. })
    }
}

impl KnownPages {
    /// Compares what the last build knew with the texts of today.
    pub(super) fn new(facts: Option<Facts>, texts: &[(String, u64)]) -> Self {
        let exist = facts.is_some();
        let facts = facts.unwrap_or_default();
        let changed_texts = changes(&facts.texts, texts);
        let holds = facts.asked.iter().map(|_| OnceLock::new()).collect();
        Self {
            are_of_this_theme: exist && changed_texts.iter().all(|text| is_vocabulary(text)),
            exist,
            changed_texts,
            holds,
            facts,
        }
    }

    /// The place of the page at an address.
    fn find(&self, address: u64) -> Option<usize> {
        self.facts.pages.binary_search_by_key(&address, |page| page.address).ok()
    }

    /// The warnings of a page.
    pub(super) fn diagnostics<'a>(&'a self, made: &'a MadePage) -> &'a [Diagnostic] {
        match made {
            MadePage::Kept(at) => &self.facts.pages[*at].diagnostics,
            MadePage::Rendered { page, .. } => &page.diagnostics,
        }
    }

    /// The page as it was, if it would be made the same today.
    pub(super) fn unchanged(
        &self,
        renderer: &Renderer,
        route: Route,
        address: u64,
        inputs: Inputs,
    ) -> Option<(MadePage, Digest)> {
        let at = self.find(address).filter(|_| self.are_of_this_theme)?;
        let page = &self.facts.pages[at];
        self.holds(renderer, page)?;
        let is_same = page.inputs == inputs && links_hold(renderer, route, page);
        is_same.then(|| (MadePage::Kept(at), page.digest()))
    }

    /// Today's ids of what a page asked, if all answers are as they were.
    fn holds(&self, renderer: &Renderer, page: &Page) -> Option<&Vec<QueryId>> {
        let index = page.asked as usize;
        let holds = self.holds.get(index)?.get_or_init(|| {
            let same = |id: &QueryId| {
                let (query, before) = self.facts.queries.get(*id as usize)?;
                let (id, today) = renderer.ask_again(query).ok()?;
                (today == *before).then_some(id)
            };
            self.facts.asked[index].iter().map(same).collect()
        });
        holds.as_ref()
    }

    /// Why a page was made anew, in words for people; empty when it was not.
    pub(super) fn why(&self, renderer: &Renderer, route: Route, address: u64) -> Vec<String> {
        let site = renderer.site();
        if !self.exist {
            return vec!["nothing is remembered of an earlier build".to_owned()];
        }
        if !self.are_of_this_theme {
            let global = self.changed_texts.iter().filter(|text| !is_vocabulary(text));
            return global.map(|text| format!("`{text}`, which every page is made of")).collect();
        }
        let Some(page) = self.find(address).map(|at| &self.facts.pages[at]) else {
            return vec!["the page itself: the last build did not have it".to_owned()];
        };
        let changes = renderer.inputs(route).changes_since(&page.inputs);
        let mut why: Vec<String> = changes.into_iter().map(str::to_owned).collect();
        if let Some(id) = edition_of(route) {
            let holds =
                |link: &(AskedLink, u64)| renderer.links_hold(id, std::slice::from_ref(link));
            for (link, _) in page.links.iter().filter(|link| !holds(link)) {
                let (AskedLink::Link(destination) | AskedLink::Picture(destination)) = link;
                why.push(format!("where `{destination}` in its text leads"));
            }
        }
        let asked = self.facts.asked.get(page.asked as usize).map_or(&[][..], |asked| asked);
        for (query, before) in asked.iter().filter_map(|id| self.facts.queries.get(*id as usize)) {
            let is_same = renderer.ask_again(query).is_ok_and(|(_, today)| today == *before);
            if !is_same {
                why.push(format!("the answer to `{}`", query.shown(site)));
            }
        }
        why
    }
}

/// Leaves the pages of this build to the next, unless they are those of the last.
pub(super) fn save(
    store: &Store,
    known: &KnownPages,
    renderer: &Renderer,
    texts: Vec<(String, u64)>,
    made: Vec<MadePage>,
) -> Option<Diagnostic> {
    let is_same = known.exist
        && known.changed_texts.is_empty()
        && known.facts.pages.len() == made.len()
        && made.iter().all(|made| !made.is_rendered());
    if is_same {
        return None;
    }
    let mut by_list: FxHashMap<Vec<QueryId>, AskedId> = FxHashMap::default();
    let mut asked: Vec<Vec<QueryId>> = Vec::new();
    let mut pages: Vec<Page> = Vec::with_capacity(made.len());
    for made in made {
        let (page, list) = match made {
            MadePage::Kept(at) => {
                let page = known.facts.pages[at].clone();
                let list = known.holds(renderer, &page);
                let list = list.expect("a page is kept only if its answers hold").clone();
                (page, list)
            }
            MadePage::Rendered { page, asked, .. } => (*page, asked),
        };
        let id = *by_list.entry(list).or_insert_with_key(|list| {
            asked.push(list.clone());
            AskedId::try_from(asked.len() - 1).expect("fewer than 2^32 pages")
        });
        pages.push(Page { asked: id, ..page });
    }
    pages.sort_unstable_by_key(|page| page.address);
    let facts = Facts { texts, queries: renderer.asked(), asked, pages };
    let bytes = postcard::to_stdvec(&facts).expect("a Vec takes everything");
    drop(facts);
    store.write(NAME, 0, &bytes).err()
}

fn links_hold(renderer: &Renderer, route: Route, page: &Page) -> bool {
    match edition_of(route) {
        Some(id) => renderer.links_hold(id, &page.links),
        None => page.links.is_empty(),
    }
}

fn edition_of(route: Route) -> Option<EditionId> {
    match route {
        Route::Article(id) | Route::Standalone(id) => Some(id),
        _ => None,
    }
}

/// A change of the vocabulary concerns only the pages that show its terms.
fn is_vocabulary(text: &str) -> bool {
    text.starts_with("content/")
}

/// The names that do not have the same hash in both; both are sorted.
fn changes(before: &[(String, u64)], today: &[(String, u64)]) -> Vec<String> {
    let is_in = |all: &[(String, u64)], text: &(String, u64)| all.binary_search(text).is_ok();
    let changed = today.iter().filter(|text| !is_in(before, text));
    let gone = before.iter().filter(|(name, _)| today.iter().all(|(other, _)| other != name));
    changed.chain(gone).map(|(name, _)| name.clone()).collect()
}
