//! The site as it lies on the disk.
//!
//! In: what changed. Out: a [`Snapshot`] of every moment, made of the parts that did not change and of
//! those that were read again. What is broken stays as it was when it was last good, beside the
//! problem: a part at a time, or everything if that is not possible.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::Options;
use super::snapshot::Snapshot;
use crate::asset::FileFacts;
use crate::cache::{Recall, Store};
use crate::config::{self, BaseUrl};
use crate::content::{Content, Doubts, TermKind};
use crate::diagnostic::{Diagnostic, Reported, Severity, sorted};
use crate::project::{STATE, Stamp, locate};
use crate::render::Renderer;
use crate::site::{Site, View};
use crate::sources::{Sources, read_assets, read_config};
use crate::template;

/// When more files than these change at once, reading all of them is quicker.
const MANY: usize = 500;

/// What is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Files (or folders) by their names relative to the root: changed, new, or gone.
    Files(BTreeSet<String>),
    /// Possibly anything.
    Everything,
    /// Only what time it is.
    Time,
}

/// What came of a change.
pub(super) struct Update {
    /// The site now; `None` when it is as it was.
    pub(super) snapshot: Option<Snapshot>,
    /// What was not believed ([`Doubts::Wait`]): it has to be looked at again.
    pub(super) doubtful: Option<Change>,
}

/// A site that is read, and read again.
pub(super) struct Live {
    options: Options,
    /// Scheme, host and port of the preview.
    origin: String,
    /// What the last build left, and what was learned since.
    store: Store,
    /// The last that could be shown.
    shown: Option<Shown>,
    /// Whether `shown` is older than what is on the disk, because that is broken.
    is_behind: bool,
    snapshot: Snapshot,
}

/// A site that can be shown, and what it was made of.
struct Shown {
    sources: Sources,
    built: Built,
    /// Of the files that are published as they are.
    stamps: Arc<Stamps>,
}

/// Files by their names relative to the root.
type Stamps = BTreeMap<String, Option<Stamp>>;

/// A site, and what is wrong with its stories and addresses.
struct Built {
    site: Arc<Site>,
    problems: Vec<Diagnostic>,
    /// When it would become another by itself.
    until: Option<Timestamp>,
}

/// Which parts have to be read again.
#[derive(Debug, Default)]
struct Parts {
    articles: BTreeSet<String>,
    theme: BTreeSet<String>,
    assets: BTreeSet<String>,
    /// Pictures beside articles, of which other bytes are known.
    pictures: BTreeSet<String>,
}

impl Live {
    /// A site that was not read yet.
    pub(super) fn new(options: &Options, origin: String) -> Self {
        let root = &options.root;
        let started = (options.clock)();
        let store =
            Store::open(&root.join(STATE), &root.join("public"), Recall::Everything, started);
        Self {
            options: options.clone(),
            origin,
            store: store.kept_in_memory(),
            shown: None,
            is_behind: false,
            snapshot: Snapshot::default(),
        }
    }

    /// When the site becomes another although no file changes.
    pub(super) fn next_change(&self) -> Option<Timestamp> {
        self.shown.as_ref().and_then(|shown| shown.built.until)
    }

    /// Brings the site up to date.
    pub(super) fn update(&mut self, change: &Change, doubts: Doubts) -> Update {
        let parts = match (change, &self.shown) {
            _ if self.is_behind => None,
            (Change::Files(names), Some(shown)) => parts(names, &self.options.root, shown),
            (Change::Time, Some(_)) => Some(Parts::default()),
            (Change::Everything, _) | (_, None) => None,
        };
        if parts.as_ref().is_some_and(Parts::is_empty) && *change != Change::Time {
            return Update { snapshot: None, doubtful: None };
        }
        parts
            .and_then(|parts| self.read_parts(parts, *change == Change::Time, doubts))
            .unwrap_or_else(|| self.read_everything(change, doubts))
    }

    /// Reads some parts again; `None` when that does not do.
    fn read_parts(&mut self, parts: Parts, is_time: bool, doubts: Doubts) -> Option<Update> {
        let Shown { mut sources, built, stamps } = self.shown.take().expect("parts are of a site");
        let config = sources.config.clone();
        let Some(read) = sources.content.read_again(&parts.articles, &config, doubts) else {
            self.shown = Some(Shown { sources, built, stamps });
            return None;
        };
        let mut doubtful = read.doubtful;
        let mut is_changed = read.is_changed || is_time;
        if !parts.theme.is_empty() {
            let theme = template::read_theme(&config);
            let is_broken = template::is_broken(&theme.diagnostics);
            if is_broken && doubts == Doubts::Wait {
                doubtful.extend(parts.theme);
            } else {
                is_changed = true;
                sources.theme.diagnostics = theme.diagnostics;
                if !is_broken {
                    sources.theme.value = theme.value;
                }
            }
        }
        let has_files = !parts.assets.is_empty() || !parts.pictures.is_empty();
        if has_files {
            is_changed = true;
            let store = self.store.at((self.options.clock)());
            sources.files = Arc::new(FileFacts::read(&self.options.root, &store));
        }
        if !parts.assets.is_empty() {
            sources.assets = read_assets(&config, &sources.files);
        }
        let doubtful = (!doubtful.is_empty()).then_some(Change::Files(doubtful));
        if !is_changed {
            self.shown = Some(Shown { sources, built, stamps });
            // A page may have been made while a file was away: it is made again.
            self.snapshot.number += 1;
            let snapshot = doubtful.is_none().then(|| self.snapshot.clone());
            return Some(Update { snapshot, doubtful });
        }
        let Reported { value: content, diagnostics } = sources.content.content(&config);
        let is_of_changed = |problem: &Diagnostic| {
            problem.labels.iter().any(|label| parts.articles.contains(&label.file))
        };
        let is_built_on_the_same = !is_time
            && built.site.assets == sources.assets.value
            && !built.problems.iter().any(is_of_changed);
        let with_words =
            if is_built_on_the_same { built.site.with_words_of(content) } else { Err(content) };
        let built = match with_words {
            Ok(site) => Built { site: site.into(), ..built },
            Err(content) => self.build(&sources, content),
        };
        let stamps_now = if has_files { stamps_of(&built.site) } else { stamps.clone() };
        let snapshot = self.show(sources, diagnostics, built, &stamps, stamps_now);
        Some(Update { snapshot: Some(snapshot), doubtful })
    }

    /// Reads the whole site again, as far as it is not known.
    fn read_everything(&mut self, change: &Change, doubts: Doubts) -> Update {
        let root = &self.options.root;
        let store = self.store.at((self.options.clock)());
        let read = Sources::read(root, self.base_url(root).as_ref(), &store);
        let read = read.map(|sources| {
            let (sources, fit) = match &self.shown {
                Some(shown) => or_as_in(sources, &shown.sources),
                None => {
                    let fit = !template::is_broken(&sources.theme.diagnostics);
                    (sources, fit)
                }
            };
            let content = sources.content.content(&sources.config);
            (sources, content, fit)
        });
        let problems = match &read {
            Ok((sources, content, _)) => problems_of(sources, &content.diagnostics),
            Err(problems) => problems.clone(),
        };
        let known = &self.snapshot.problems;
        let is_new_error =
            |problem: &Diagnostic| problem.severity == Severity::Error && !known.contains(problem);
        if doubts == Doubts::Wait && self.shown.is_some() && problems.iter().any(is_new_error) {
            return Update { snapshot: None, doubtful: Some(change.clone()) };
        }
        let Ok((sources, content, true)) = read else {
            self.is_behind = true;
            let of_shown = self.shown.iter().flat_map(|shown| shown.built.problems.clone());
            self.snapshot.number += 1;
            self.snapshot.problems = sorted(problems.into_iter().chain(of_shown).collect()).into();
            return Update { snapshot: Some(self.snapshot.clone()), doubtful: None };
        };
        self.is_behind = false;
        let built = self.build(&sources, content.value);
        let stamps_now = stamps_of(&built.site);
        // What nobody has seen yet did not change.
        let before = self.shown.take().map_or_else(|| stamps_now.clone(), |shown| shown.stamps);
        let snapshot = self.show(sources, content.diagnostics, built, &before, stamps_now);
        Update { snapshot: Some(snapshot), doubtful: None }
    }

    /// Makes the site anew.
    fn build(&self, sources: &Sources, content: Content) -> Built {
        let now = (self.options.clock)();
        let Options { drafts, scheduled, .. } = self.options;
        let assets = sources.assets.value.clone();
        let view = View { now, drafts, scheduled };
        let built = Site::build(sources.config.clone(), content, assets, view);
        let until = built.value.next_change.map(|change| change.at);
        Built { site: built.value.into(), problems: built.diagnostics, until }
    }

    /// Makes the next snapshot.
    fn show(
        &mut self,
        sources: Sources,
        content_problems: Vec<Diagnostic>,
        built: Built,
        stamps_before: &Arc<Stamps>,
        stamps: Arc<Stamps>,
    ) -> Snapshot {
        let site = &built.site;
        let theme = sources.theme.value.clone();
        let renderer = Renderer::new(site.clone(), theme, sources.files.clone());
        let mut problems = problems_of(&sources, &content_problems);
        problems.extend(built.problems.iter().cloned());
        let number = self.snapshot.number + 1;
        let mut files = self.snapshot.files.clone();
        if !Arc::ptr_eq(&stamps, stamps_before) {
            let copies = site.routes.copies.iter();
            let changed = copies
                .filter(|copy| stamps.get(&copy.source) != stamps_before.get(&copy.source))
                .map(|copy| (site.url_of_path(&format!("/{}", copy.output)), number));
            Arc::make_mut(&mut files).extend(changed);
        }
        let (renderer, problems) = (Some(renderer.into()), sorted(problems).into());
        self.snapshot = Snapshot { number, renderer, problems, files };
        self.shown = Some(Shown { sources, built, stamps });
        self.snapshot.clone()
    }

    /// The address of the preview, in the folder that the site will have on its host, so that links
    /// that forget that folder are found.
    fn base_url(&self, root: &Path) -> Option<BaseUrl> {
        if self.options.base_url.is_some() {
            return self.options.base_url.clone();
        }
        let (config, _) = read_config(root, None).ok()?;
        Some(BaseUrl { origin: self.origin.clone(), path: config.base_url.path })
    }
}

impl Parts {
    fn is_empty(&self) -> bool {
        let Self { articles, theme, assets, pictures } = self;
        [articles, theme, assets, pictures].into_iter().all(BTreeSet::is_empty)
    }
}

/// The parts that changed files belong to; `None` when everything has to be read again.
fn parts(names: &BTreeSet<String>, root: &Path, shown: &Shown) -> Option<Parts> {
    let mut parts = Parts::default();
    let config = &shown.sources.config;
    for name in names {
        let is_vocabulary = TermKind::ALL.iter().any(|kind| kind.file() == name);
        if name == config::FILE || is_vocabulary {
            return None;
        }
        let metadata = root.join(name).symlink_metadata().ok();
        let is_known = || shown.sources.content.has(name, config);
        let (top, below) = name.split_once('/').unwrap_or((name, ""));
        match &metadata {
            // A folder brings or takes many files, a link may lead anywhere.
            Some(metadata) if !metadata.is_file() => return None,
            None if below.is_empty() => return None,
            _ => {}
        }
        match top {
            "templates" => parts.theme.insert(name.clone()),
            "static" => parts.assets.insert(name.clone()),
            _ if name.ends_with(".md") && (metadata.is_some() || is_known()) => {
                parts.articles.insert(name.clone())
            }
            // What came and went in between, as the files do that editors test folders with.
            _ if metadata.is_none() && !is_known() => continue,
            _ if metadata.is_some() && is_known() => parts.pictures.insert(name.clone()),
            _ => return None,
        };
    }
    (parts.articles.len() <= MANY).then_some(parts)
}

/// The sources, with what is broken as it was before; and whether that fits together.
fn or_as_in(mut sources: Sources, before: &Sources) -> (Sources, bool) {
    sources.content = sources.content.or_as_in(&before.content);
    let mut fits = !sources.content.lacks_one_of(&before.content);
    if template::is_broken(&sources.theme.diagnostics) {
        // Words are known by the places of the languages.
        fits &= sources.config.codes() == before.config.codes();
        sources.theme.value = before.theme.value.clone();
    }
    (sources, fits)
}

fn stamps_of(site: &Site) -> Arc<Stamps> {
    let sources = site.routes.copies.iter().map(|copy| copy.source.clone());
    let stamp = |name: &str| Stamp::of(&locate(&site.config.root, name));
    Arc::new(sources.map(|name| (name.clone(), stamp(&name))).collect())
}

/// What is wrong with the files of a site, each by itself.
fn problems_of(sources: &Sources, content: &[Diagnostic]) -> Vec<Diagnostic> {
    let Sources { config_diagnostics, theme, assets, .. } = sources;
    let all = [config_diagnostics, &theme.diagnostics, &assets.diagnostics];
    all.into_iter().flatten().chain(content).cloned().collect()
}
