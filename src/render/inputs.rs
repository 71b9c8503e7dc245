//! What a page is made of, as hashes: two builds in which they are equal, and in which the page's
//! recorded questions have the same answers, give the same page.
//!
//! Keep this beside what `article`, `listing` and [`Renderer::page_info`] put into contexts: whatever
//! they read must be hashed here. `tests/incremental.rs` compares incremental builds with clean ones.
//! Configuration, templates and interface words are inputs of every page (`build::pages`).

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::Renderer;
use super::front::SectionArticles;
use super::host_file;
use crate::asset::icon_file;
use crate::config::{FeedContent, LanguageId};
use crate::content::{EditionId, TermId, TermKind};
use crate::site::{HostFile, ListingId, PageNumber, Route, Site, Target, paginate};
use crate::template::Answers;

/// The hashes of a page's inputs, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Inputs {
    /// Its own address, and which kind of page it is.
    pub address: u64,
    /// The bytes of its Markdown file.
    pub text: u64,
    /// The terms it names.
    pub terms: u64,
    /// Its counterparts in the other languages: where they are, and their titles.
    pub counterparts: u64,
    /// The articles and months it lists.
    pub listed: u64,
    /// Its lead picture.
    pub picture: u64,
    /// What `[publisher]` of `site.toml` names: pictures, by their sizes, and pages.
    pub publisher: u64,
}

impl Inputs {
    /// The kinds in which two differ, in words for people.
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<&'static str> {
        [
            (self.address == before.address, "its address"),
            (self.text == before.text, "its text or front matter"),
            (self.terms == before.terms, "the section, tags or authors it names"),
            (self.counterparts == before.counterparts, "its editions in the other languages"),
            (self.listed == before.listed, "the articles or months it lists or leads to"),
            (self.picture == before.picture, "its lead picture"),
            (self.publisher == before.publisher, "the publisher's pictures or pages"),
        ]
        .into_iter()
        .filter_map(|(is_same, what)| (!is_same).then_some(what))
        .collect()
    }
}

/// Hashes of what many pages show.
#[derive(Debug)]
pub(super) struct Shown {
    /// Indexed by [`EditionId`]: all that a card holds; 0 where there is none.
    cards: Vec<u64>,
    /// Per language and kind, indexed by [`TermId`].
    terms: Vec<[Vec<u64>; 3]>,
    /// Indexed by [`LanguageId`].
    publishers: Vec<u64>,
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = Xxh3::new();
    value.hash(&mut hasher);
    hasher.finish()
}

impl Shown {
    pub(super) fn new(site: &Site, answers: &Answers) -> Self {
        let terms: Vec<[Vec<u64>; 3]> = site
            .config
            .language_ids()
            .map(|language| {
                TermKind::ALL.map(|kind| {
                    let ids = site.content.vocabulary.of(kind).ids();
                    ids.map(|id| term(answers, kind, id, language)).collect()
                })
            })
            .collect();
        let publishers = site.config.language_ids();
        let publishers = publishers.map(|language| publisher(answers, language)).collect();
        let mut shown = Self { cards: Vec::new(), terms, publishers };
        let n = u32::try_from(site.content.editions.len()).expect("fewer than 2^32 editions");
        shown.cards =
            (0..n).into_par_iter().map(|id| shown.card(site, answers, EditionId(id))).collect();
        shown
    }

    fn term(&self, kind: TermKind, id: TermId, language: LanguageId) -> u64 {
        self.terms[language.index()][kind as usize][id.index()]
    }

    fn terms<'a>(
        &'a self,
        kind: TermKind,
        ids: &'a [TermId],
        language: LanguageId,
    ) -> impl Iterator<Item = u64> + 'a {
        ids.iter().map(move |id| self.term(kind, *id, language))
    }

    /// As `Answers::make_card`.
    fn card(&self, site: &Site, answers: &Answers, id: EditionId) -> u64 {
        if !site.is_public(id) {
            return 0;
        }
        let edition = site.edition(id);
        let mut hasher = Xxh3::new();
        (&edition.title, &edition.summary, site.address(site.route_of(id)), edition.language)
            .hash(&mut hasher);
        (edition.published, edition.updated).hash(&mut hasher);
        for hash in self.terms(TermKind::Section, edition.section.as_slice(), edition.language) {
            hash.hash(&mut hasher);
        }
        hasher.write_u8(0);
        for hash in self.terms(TermKind::Author, &edition.authors, edition.language) {
            hash.hash(&mut hasher);
        }
        picture(answers, id).hash(&mut hasher);
        hasher.finish()
    }
}

/// As `Answers::make_term`.
fn term(answers: &Answers, kind: TermKind, id: TermId, language: LanguageId) -> u64 {
    let site = &*answers.site;
    let term = site.content.vocabulary.of(kind).get(id);
    let listing = ListingId::Term(language, kind, id);
    let path = site.has_listing(listing).then(|| root_address(site, listing));
    hash_of((
        &term.id,
        kind,
        term.name(language),
        &term.descriptions[language.index()],
        path,
        &term.url,
        &term.photo,
        term.photo
            .as_deref()
            .and_then(|photo| answers.portrait(photo))
            .map(|used| answers.picture_facts(&used.file)),
    ))
}

fn root_address(site: &Site, listing: ListingId) -> u64 {
    site.address(Route::Listing(listing, PageNumber::Root))
}

/// What `template::structured` and `Answers::share_image` say of the publisher beside `site.toml`.
fn publisher(answers: &Answers, language: LanguageId) -> u64 {
    let site = &answers.site;
    let principles = site.publisher_page(&site.config.publisher.principles, language);
    hash_of((answers.publisher_sizes(language), principles.map(|page| site.address(page))))
}

/// As `Answers::image`.
fn picture(answers: &Answers, id: EditionId) -> u64 {
    let site = &answers.site;
    let edition = site.edition(id);
    let Some(picture) = edition.image.as_deref() else { return 0 };
    let Some((file, url_path)) = site.picture(id, &picture.src) else { return 1 };
    hash_of((picture, url_path, answers.picture_facts(&file), edition.has_typography))
}

impl Renderer {
    /// Hashes what many pages show, on all threads. Asking for the first page's inputs does so too,
    /// but then every other thread waits.
    pub fn prepare_inputs(&self) {
        self.shown();
    }

    fn shown(&self) -> &Shown {
        self.shown.get_or_init(|| Shown::new(&self.site, &self.answers))
    }

    /// The hashes of what a page is made of.
    #[must_use]
    pub fn inputs(&self, route: Route) -> Inputs {
        let site = &*self.site;
        let shown = self.shown();
        let mut inputs = Inputs {
            address: hash_of((std::mem::discriminant(&route), site.address(route))),
            ..Inputs::default()
        };
        match route {
            Route::Alias(id, _) => {
                let edition = site.edition(id);
                let target = site.address(site.route_of(id));
                inputs.text = hash_of((target, &edition.title, edition.language));
                return inputs;
            }
            Route::Article(id) | Route::Standalone(id) => {
                let edition = site.edition(id);
                let (language, story) = (edition.language, site.story_of(id));
                let role = site.page_role(id);
                inputs.text =
                    hash_of((edition.hash, edition.is_folder, &edition.path, &story.key, role));
                let related = site.related(id);
                let cards: Vec<u64> = related.iter().map(|id| shown.cards[id.index()]).collect();
                inputs.listed = hash_of((cards, site.is_breaking(id)));
                let terms = shown
                    .terms(TermKind::Section, edition.section.as_slice(), language)
                    .chain([0])
                    .chain(shown.terms(TermKind::Tag, &edition.tags, language))
                    .chain([0])
                    .chain(shown.terms(TermKind::Author, &edition.authors, language));
                inputs.terms = hash_of(terms.collect::<Vec<u64>>());
                inputs.picture = picture(&self.answers, id);
            }
            Route::Listing(id, number) => {
                if let ListingId::Term(language, kind, term) = id {
                    inputs.terms = shown.term(kind, term, language);
                }
                inputs.listed = self.listed(id, number);
            }
            Route::Root | Route::Front(_) => {
                let language = site.language_of(route);
                let articles = self.front_articles(language);
                let newest = site.listing(ListingId::News(language)).last();
                let card = |id: &EditionId| shown.cards[id.index()];
                let cards = |ids: &[EditionId]| ids.iter().map(card).collect::<Vec<u64>>();
                // A section by what is shown of it: its id means something else in another build.
                let section = |of: &SectionArticles| {
                    let term = shown.term(TermKind::Section, of.section, language);
                    (term, card(&of.lead), cards(&of.others))
                };
                inputs.listed = hash_of((
                    cards(&articles.breaking),
                    articles.lead.as_ref().map(card),
                    cards(&articles.related),
                    cards(&articles.secondary),
                    cards(&articles.latest),
                    articles.sections.iter().map(section).collect::<Vec<_>>(),
                    newest.map(card),
                ));
            }
            // Beside the configuration and the templates, which are inputs of everything.
            Route::HostFile(file) => {
                inputs.listed = self.listed_for_hosts(file);
                return inputs;
            }
            Route::Sitemap(id) => {
                inputs.listed = self.sitemap_inputs(id);
                return inputs;
            }
            Route::Feed(id, format) => {
                if let ListingId::Term(language, kind, term) = id {
                    inputs.terms = shown.term(kind, term, language);
                }
                inputs.listed = self.fed(id);
                let other = |language| site.counterpart(Route::Feed(id, format), language);
                let others =
                    site.config.language_ids().map(|language| Some(site.address(other(language)?)));
                inputs.counterparts = hash_of(others.collect::<Vec<_>>());
                return inputs;
            }
            Route::Tags(_) | Route::Fresh(_) | Route::NotFound(_) | Route::RootNotFound => {}
        }
        inputs.counterparts = self.counterparts(route);
        inputs.publisher = shown.publishers[site.language_of(route).index()];
        inputs
    }

    /// Switcher, `hreflang` links and translations.
    fn counterparts(&self, route: Route) -> u64 {
        let site = &*self.site;
        let mut hasher = Xxh3::new();
        for (language, target) in site.switcher(route) {
            let kind = match target {
                Target::Current(_) => 0_u8,
                Target::Counterpart(_) => 1,
                Target::Missing(_) => 2,
            };
            (language, kind, site.address(target.route())).hash(&mut hasher);
        }
        let alternates = site.alternates(route);
        for (language, route) in alternates.editions {
            (language, site.address(route)).hash(&mut hasher);
        }
        alternates.default.map(|route| site.address(route)).hash(&mut hasher);
        if let Route::Article(id) | Route::Standalone(id) = route {
            let story = site.story_of(id);
            story.original.hash(&mut hasher);
            for other in site.config.language_ids() {
                let edition = site.public_edition(story, other).filter(|other| *other != id);
                edition.map(|id| &site.edition(id).title).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// As [`Renderer::feed`]; where links and pictures in whole texts lead is recorded.
    fn fed(&self, id: ListingId) -> u64 {
        let site = &*self.site;
        let is_full = site.config.feeds.content == FeedContent::Full;
        let mut hasher = Xxh3::new();
        for id in site.feed_entries(id) {
            let edition = site.edition(id);
            let card = self.shown().cards[id.index()];
            (card, &site.story_of(id).key, edition.last_change()).hash(&mut hasher);
            for tag in self.shown().terms(TermKind::Tag, &edition.tags, edition.language) {
                tag.hash(&mut hasher);
            }
            let picture = edition.image.as_deref();
            let picture = picture.and_then(|picture| site.picture(id, &picture.src));
            picture.map(|(file, _)| self.answers.byte_len(&file)).hash(&mut hasher);
            is_full.then_some((edition.hash, edition.is_folder, &edition.path)).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// As the files of [`super::host_file`].
    fn listed_for_hosts(&self, file: HostFile) -> u64 {
        let site = &*self.site;
        let redirects = || {
            let all = site.redirects().into_iter();
            all.map(|redirect| (redirect.from, site.address(redirect.to))).collect::<Vec<_>>()
        };
        match file {
            HostFile::Robots => {
                let sitemaps = host_file::sitemaps_for_robots(site).into_iter();
                let address = |sitemap| site.address(Route::Sitemap(sitemap));
                hash_of(sitemaps.map(address).collect::<Vec<u64>>())
            }
            HostFile::NoJekyll | HostFile::Cname | HostFile::SecurityTxt | HostFile::Manifest => 0,
            HostFile::Icon(_) => {
                let source = site.config.extras.icon.as_ref();
                let digest = source.map(|icon| self.answers.file_digest(&icon_file(icon)));
                hash_of(digest.flatten().map(|digest| (digest.hash, digest.byte_len)))
            }
            HostFile::Redirects | HostFile::RedirectsJson => hash_of(redirects()),
            HostFile::NginxHttp => hash_of((redirects(), host_file::fingerprinted(site))),
            HostFile::Headers | HostFile::NginxServer | HostFile::Htaccess => {
                let of_files = (host_file::fingerprinted(site), host_file::typed_names(site));
                hash_of((redirects(), of_files))
            }
        }
    }

    /// As [`Renderer::listing`] and its archive.
    fn listed(&self, id: ListingId, number: PageNumber) -> u64 {
        let site = &*self.site;
        let editions = site.listing(id);
        let pages = paginate(editions, site.config.per_page);
        let mut hasher = Xxh3::new();
        for edition in pages.items(number) {
            self.shown().cards[edition.index()].hash(&mut hasher);
        }
        (number, pages.newer(number), pages.older(number)).hash(&mut hasher);
        if number == PageNumber::Root {
            editions.len().hash(&mut hasher);
            match id {
                ListingId::Month(language, current) => {
                    // As `archive`: the months of its year, and the first of every other.
                    let newest = site.newest_month(language);
                    let mut last_year = None;
                    for (month, n_articles) in site.months(language) {
                        if month.year == current.year {
                            (month, (Some(month) != newest).then_some(n_articles))
                                .hash(&mut hasher);
                        } else if last_year != Some(month.year) {
                            month.hash(&mut hasher);
                        }
                        last_year = Some(month.year);
                    }
                }
                ListingId::Term(language, TermKind::Tag, tag) => {
                    for other in self.related_tags(tag, pages.items(number)) {
                        self.shown().term(TermKind::Tag, other, language).hash(&mut hasher);
                    }
                }
                ListingId::News(_) | ListingId::Term(..) => {}
            }
        }
        hasher.finish()
    }
}
