//! The model: everything known after loading. Immutable once built.
//!
//! In: configuration, content, assets, and from when and how the newsroom looks ([`View`]). Out:
//! [`Site`]: stories with their editions, listings, and the table of routes, which is the single
//! source of URLs.

mod change;
mod feed;
mod host_file;
mod listing;
mod publisher;
mod query;
mod related;
mod route;
mod route_table;
mod schedule;
mod sitemap;
mod story;
mod switcher;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use host_file::{HostFile, IconKind, Redirect};
pub use listing::{ListingId, PageNumber, Pages, YearMonth, paginate};
pub use publisher::PageRole;
pub use query::{Selection, TermCount};
pub use route::{Route, address_of, encode, output_path, url_path};
pub use route_table::{FileCopy, RouteTable};
pub use schedule::{Change, ChangeKind, changes};
pub use sitemap::SitemapId;
pub use story::{Story, StoryId};
pub use switcher::{Alternates, Target};

use sitemap::Sitemaps;

use crate::asset::Assets;
use crate::config::{self, Config, LanguageId, NamedSection};
use crate::content::{
    Content, ContentFile, Edition, EditionId, EditionKind, Moment, TermId, TermKind, field_place,
    term_place,
};
use crate::diagnostic::{Diagnostic, Reported, nearest};
use crate::project;
use related::OlderAlike;

/// From when, and with which unpublished editions, a site is looked at. The clock enters here.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// The moment taken for now.
    pub now: Timestamp,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether editions dated later than now are shown.
    pub scheduled: Scheduled,
}

/// Whether drafts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// As if they did not exist.
    Hidden,
    /// Like published ones.
    Shown,
}

/// Whether editions dated later than now are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheduled {
    /// As if they did not exist.
    Hidden,
    /// Like published ones.
    Shown,
}

/// Everything known after loading. It never changes after [`Site::build`]. Its parts are shared with
/// the sites that follow it in a preview ([`Site::with_words_of`]).
#[derive(Debug)]
pub struct Site {
    /// `site.toml`.
    pub config: Arc<Config>,
    /// `content/`.
    pub content: Content,
    /// `static/`.
    pub assets: Arc<Assets>,
    /// Sorted by kind, then key; indexed by [`StoryId`].
    pub stories: Arc<[Story]>,
    /// Public articles per listing, oldest first: by instant, then story key. Also those of kinds
    /// that have no pages ([`Site::has_listing`]), since queries use them.
    pub listings: Arc<BTreeMap<ListingId, Box<[EditionId]>>>,
    /// Every page and file, and its URL.
    pub routes: Arc<RouteTable>,
    /// The next thing that happens without an edit.
    pub next_change: Option<Change>,
    /// The next edition that comes out or is withdrawn.
    pub next_due: Option<Change>,
    /// The sections that have a block on front pages, in order.
    pub front_sections: Vec<TermId>,
    /// Indexed by [`EditionId`].
    story_of: Arc<[StoryId]>,
    /// Indexed by [`EditionId`].
    is_public: Arc<[bool]>,
    /// Indexed by [`EditionId`]: `pinned_until` lies ahead.
    is_pinned: Arc<[bool]>,
    /// Indexed by [`EditionId`]: `breaking_until` lies ahead.
    is_breaking: Arc<[bool]>,
    /// To every article older ones that are like it.
    older_alike: Arc<OlderAlike>,
    sitemaps: Arc<Sitemaps>,
}

impl Site {
    /// Joins, sorts and lists. With errors among the diagnostics the site is still complete enough
    /// to look for more problems, but must not be published.
    #[must_use]
    pub fn build(
        config: Arc<Config>,
        content: Content,
        assets: Arc<Assets>,
        view: View,
    ) -> Reported<Self> {
        let mut diagnostics = Vec::new();
        let stories = story::join(&config, &content.editions, &mut diagnostics);
        let story_of = story::of_editions(&stories, &content.editions);
        let is_public: Arc<[bool]> = content
            .editions
            .iter()
            .zip(&story_of)
            .zip(0..)
            .map(|((edition, story), index)| {
                let is_on = edition.kind == EditionKind::Article || config.urls.page.is_some();
                // A second edition of its story has been reported; it makes no pages beside that.
                let is_first =
                    stories[story.index()].edition(edition.language) == Some(EditionId(index));
                is_on && is_first && schedule::is_public(edition, view)
            })
            .collect();
        let is_pinned =
            content.editions.iter().map(|edition| schedule::is_pinned(edition, view)).collect();
        let is_breaking =
            content.editions.iter().map(|edition| schedule::is_breaking(edition, view)).collect();
        story::missing_required(
            &config,
            &content.editions,
            &stories,
            |id| is_public[id.index()],
            &mut diagnostics,
        );
        story::too_short(
            &config,
            &content.editions,
            &stories,
            |id| is_public[id.index()],
            &mut diagnostics,
        );
        let next_change = schedule::changes(&config, &content.editions, view).min();
        let next_due = schedule::changes(&config, &content.editions, view)
            .filter(|change| change.kind.is_of_newsroom())
            .min();
        let front_sections = front_sections(&config, &content, &mut diagnostics);
        let mut site = Self {
            config,
            content,
            assets,
            stories: stories.into(),
            listings: Arc::default(),
            routes: Arc::default(),
            next_change,
            next_due,
            front_sections,
            story_of: story_of.into(),
            is_public,
            is_pinned,
            is_breaking,
            older_alike: Arc::default(),
            sitemaps: Arc::default(),
        };
        let (listings, older_alike) = listings(&site);
        site.listings = listings.into();
        site.older_alike = older_alike.into();
        site.sitemaps = Sitemaps::of(&site, view).into();
        let (routes, conflicts) = route_table::table(&site);
        site.routes = routes.into();
        diagnostics.extend(conflicts);
        diagnostics.extend(missing_pictures(&site));
        diagnostics.extend(host_file::problems(&site, view.now));
        diagnostics.extend(publisher::problems(&site));
        diagnostics.extend(related::unknown(&site));
        Reported { value: site, diagnostics }
    }

    /// The edition with this id.
    #[must_use]
    pub fn edition(&self, id: EditionId) -> &Edition {
        self.content.editions.get(id.index()).expect("an EditionId comes from this Site")
    }

    /// The story of an edition.
    #[must_use]
    pub fn story_of(&self, id: EditionId) -> &Story {
        let story = self.story_of.get(id.index()).expect("an EditionId comes from this Site");
        self.stories.get(story.index()).expect("Site::build gives every edition a story")
    }

    /// The story with this key.
    #[must_use]
    pub fn story(&self, kind: EditionKind, key: &str) -> Option<&Story> {
        let index = self
            .stories
            .binary_search_by(|story| (story.kind, &*story.key).cmp(&(kind, key)))
            .ok()?;
        self.stories.get(index)
    }

    /// Whether readers may see an edition.
    #[must_use]
    pub fn is_public(&self, id: EditionId) -> bool {
        self.is_public.get(id.index()).copied().unwrap_or(false)
    }

    /// Whether an edition is pinned to the top of front pages now.
    #[must_use]
    pub fn is_pinned(&self, id: EditionId) -> bool {
        self.is_pinned.get(id.index()).copied().unwrap_or(false)
    }

    /// Whether an edition is breaking news now.
    #[must_use]
    pub fn is_breaking(&self, id: EditionId) -> bool {
        self.is_breaking.get(id.index()).copied().unwrap_or(false)
    }

    /// The public edition of a story in a language.
    #[must_use]
    pub fn public_edition(&self, story: &Story, language: LanguageId) -> Option<EditionId> {
        story.edition(language).filter(|id| self.is_public(*id))
    }

    /// The public edition that a reader of `language` gets: in that language, else the original,
    /// else the default language's, else the first (CONTRACT, "Article links").
    #[must_use]
    pub fn edition_for(&self, story: &Story, language: LanguageId) -> Option<EditionId> {
        [Some(language), story.original, Some(self.config.default_language)]
            .into_iter()
            .flatten()
            .find_map(|language| self.public_edition(story, language))
            .or_else(|| story.editions().find(|id| self.is_public(*id)))
    }

    /// The edition at a path below a language's folder, public or not.
    #[must_use]
    pub fn edition_at(&self, language: LanguageId, path: &str) -> Option<EditionId> {
        let editions = &self.content.editions;
        // Of a file and a folder of this name, it is the folder.
        let end = editions
            .partition_point(|edition| (edition.language, &*edition.path) <= (language, path));
        let found = editions.get(end.checked_sub(1)?)?;
        let is_it = found.language == language && *found.path == *path;
        is_it.then(|| EditionId(u32::try_from(end - 1).expect("fewer than 2^32 editions")))
    }

    fn folder_edition(&self, language: LanguageId, path: &str) -> Option<EditionId> {
        self.edition_at(language, path).filter(|id| self.edition(*id).is_folder)
    }

    /// A listing's public editions, oldest first; empty when there is no such listing.
    #[must_use]
    pub fn listing(&self, id: ListingId) -> &[EditionId] {
        self.listings.get(&id).map_or(&[], |editions| editions)
    }

    /// The month of an edition in the site's zone.
    #[must_use]
    pub fn month_of(&self, moment: Moment) -> YearMonth {
        let date = moment.in_zone(&self.config.time_zone);
        YearMonth { year: date.year(), month: date.month() }
    }

    /// Where a picture named in an edition lies (relative to the root) and its decoded URL path.
    /// `src` begins with a slash for `static/`, else it is relative to the edition's folder.
    #[must_use]
    pub fn picture(&self, id: EditionId, src: &str) -> Option<(String, String)> {
        if let Some(path) = src.strip_prefix('/') {
            self.assets.get(path)?;
            return Some((format!("static/{path}"), format!("/{path}")));
        }
        let edition = self.edition(id);
        let folder = edition.folder(&self.config);
        let code = &self.config.language(edition.language).code;
        let file = resolve(&folder, src)?;
        let path = file.strip_prefix(&format!("content/{code}/"))?;
        let file_of = ContentFile { language: edition.language, path: path.into() };
        let index = self.content.files.binary_search(&file_of).ok()?;
        let url_path = self.file_path(self.content.files.get(index)?)?;
        Some((file, url_path))
    }
}

/// A relative path from a folder, both relative to the root; `None` when it leaves the root.
pub(crate) fn resolve(folder: &str, relative: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// The sections that `site.toml` puts on front pages, else all.
fn front_sections(
    config: &Config,
    content: &Content,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<TermId> {
    let sections = &content.vocabulary.sections;
    let Some(named) = &config.front.sections else { return sections.ids().collect() };
    let mut found = Vec::new();
    for NamedSection { name, place } in named {
        if let Ok(id) = sections.find(name, config.default_language) {
            found.push(id);
            continue;
        }
        let help = match sections.nearest(name, config.default_language) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("declare it in `{}`", TermKind::Section.file()),
        };
        diagnostics.push(
            Diagnostic::error("unknown-section", format!("there is no section `{name}`"))
                .at_place(config::FILE, Some(place.clone()), "")
                .help(help),
        );
    }
    found
}

fn listings(site: &Site) -> (BTreeMap<ListingId, Box<[EditionId]>>, OlderAlike) {
    let config = &site.config;
    let mut articles: Vec<EditionId> = (0..u32::try_from(site.content.editions.len())
        .expect("fewer than 2^32 editions"))
        .map(EditionId)
        .filter(|id| site.is_public(*id) && site.edition(*id).kind == EditionKind::Article)
        .collect();
    articles.sort_by_cached_key(|id| (site.edition(*id).published, site.story_of[id.index()]));

    let mut lists: FxHashMap<ListingId, Vec<EditionId>> = FxHashMap::default();
    for language in config.language_ids() {
        lists.insert(ListingId::News(language), Vec::new());
        for section in site.content.vocabulary.sections.ids() {
            lists.insert(ListingId::Term(language, TermKind::Section, section), Vec::new());
        }
    }
    let mut older_alike =
        related::Chooser::new(site.content.editions.len(), config.article.related);
    for id in articles {
        let edition = site.edition(id);
        let language = edition.language;
        older_alike.choose(id, edition, &lists);
        let mut put = |listing: ListingId| lists.entry(listing).or_default().push(id);
        put(ListingId::News(language));
        for (kind, terms) in [
            (TermKind::Section, edition.section.as_slice()),
            (TermKind::Tag, &edition.tags),
            (TermKind::Author, &edition.authors),
        ] {
            terms.iter().for_each(|term| put(ListingId::Term(language, kind, *term)));
        }
        if let Some(published) = edition.published {
            put(ListingId::Month(language, site.month_of(published)));
        }
    }
    let lists = lists.into_iter().map(|(id, editions)| (id, editions.into())).collect();
    (lists, older_alike.finish())
}

/// Lead pictures and authors' photos that are not there.
fn missing_pictures(site: &Site) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let help = |src: &str| match nearest(src.trim_start_matches('/'), site.assets.paths()) {
        Some(path) => format!("did you mean `/{path}`?"),
        None => "a path with a leading slash is in `static/`, any other beside the article".into(),
    };
    let n = u32::try_from(site.content.editions.len()).expect("fewer than 2^32 editions");
    let lacks_it = |id: &EditionId| {
        let image = site.edition(*id).image.as_deref();
        image.is_some_and(|image| site.picture(*id, &image.src).is_none())
    };
    let lacking: Vec<EditionId> = (0..n).into_par_iter().map(EditionId).filter(lacks_it).collect();
    for id in lacking {
        let edition = site.edition(id);
        let Some(image) = &edition.image else { continue };
        // An unpublished edition's pictures are not published either.
        let is_there = !site.is_public(id)
            && resolve(&edition.folder(&site.config), &image.src)
                .is_some_and(|file| project::locate(&site.config.root, &file).is_file());
        if !is_there {
            let message = format!("the picture `{}` does not exist", image.src.escape_debug());
            let place = field_place(&site.config, edition, &["image", "src"]);
            diagnostics.push(
                Diagnostic::error("missing-picture", message)
                    .at_place(edition.file(&site.config), place, "")
                    .help(help(&image.src)),
            );
        }
    }
    for author in &site.content.vocabulary.authors.all {
        let Some(photo) = &author.photo else { continue };
        if photo.strip_prefix('/').and_then(|path| site.assets.get(path)).is_none() {
            let message = format!("the photo `{}` does not exist", photo.escape_debug());
            let help = match nearest(photo.trim_start_matches('/'), site.assets.paths()) {
                Some(path) => format!("did you mean `/{path}`?"),
                None => {
                    "put it into `static/`, and write its path there with a leading slash".into()
                }
            };
            let place = term_place(&site.config, TermKind::Author, &author.id, &["photo"]);
            diagnostics.push(
                Diagnostic::error("missing-picture", message)
                    .at_place(TermKind::Author.file(), place, "")
                    .help(help),
            );
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_is_resolved_and_never_leaves_the_root() {
        for (folder, relative, file) in [
            ("content/ua/2025", "a.jpg", Some("content/ua/2025/a.jpg")),
            ("content/ua/2025", "./b/../a.jpg", Some("content/ua/2025/a.jpg")),
            ("content/ua/2025", "../../en/a.md", Some("content/en/a.md")),
            ("content/ua", "../../../etc/passwd", None),
            ("content/ua", "../../..", None),
        ] {
            assert_eq!(resolve(folder, relative).as_deref(), file, "{folder} {relative}");
        }
    }
}
