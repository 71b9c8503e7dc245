//! Every page and file of a site, made and staged in parallel, or found to be as it was.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Progress;
use super::pages::{self, Gone, KnownPages, MadePage};
use crate::asset::{FileDigest, FileFacts};
use crate::cache::Store;
use crate::content::EditionId;
use crate::diagnostic::{Diagnostic, Reported};
use crate::output::{Digest, Kind, Output, OutputPath};
use crate::profile::Tally;
use crate::render::{AskedLink, Renderer};
use crate::site::{FileCopy, Route, Site, output_path};

/// What came of all pages.
#[derive(Debug, Default)]
pub(super) struct Made {
    pub(super) n_rendered: usize,
    pub(super) tally: Tally,
    /// What was staged for the next build: names for [`Store::accept`].
    pub(super) staged: Vec<String>,
    /// The pictures that texts name.
    pub(super) pictures: Vec<(EditionId, Box<str>)>,
    /// Pages of the last build that are not at their addresses any more.
    pub(super) gone: Vec<Gone>,
}

/// Makes every page, and stages it when there is an output; those that are as they were are left
/// alone. Without an output all are rendered, for what is wrong with them.
pub(super) fn render_all(
    renderer: &Renderer,
    store: &Store,
    theme: u64,
    output: Option<&Output>,
    progress: &dyn Progress,
) -> Reported<Made> {
    renderer.prepare_inputs();
    let table = &renderer.site().routes;
    let mut shards: Vec<Vec<u32>> = vec![Vec::new(); pages::N_SHARDS];
    for ((route, address), index) in table.routes.iter().zip(&table.addresses).zip(0..) {
        shards[pages::shard_of(renderer.site(), *route, *address)].push(index);
    }
    let made: Vec<ShardMade> = shards
        .into_par_iter()
        .enumerate()
        .map_init(
            || Vec::with_capacity(USUAL_PAGE),
            |html, (number, pages)| {
                let shard = Shard { number, pages, renderer, progress };
                match output {
                    Some(output) => shard.make(store, theme, output, html),
                    None => shard.only_render(html),
                }
            },
        )
        .collect();
    let mut all = Made::default();
    let mut found: Vec<(u32, Diagnostic)> = Vec::new();
    let mut not_staged = Vec::new();
    for shard in made {
        all.n_rendered += shard.n_rendered;
        all.tally.merge(shard.tally);
        all.pictures.extend(shard.pictures);
        found.extend(shard.found);
        all.gone.extend(shard.gone);
        match shard.staged {
            Ok(name) => all.staged.extend(name),
            Err(problem) => not_staged.push(problem),
        }
    }
    // In the order of pages, as if there were no shards.
    found.sort_by_key(|(page, _)| *page);
    let mut diagnostics = said_once(found.into_iter().map(|(_, problem)| problem).collect());
    // All of them failed for one reason.
    diagnostics.extend(not_staged.into_iter().take(1));
    Reported { value: all, diagnostics }
}

const USUAL_PAGE: usize = 64 * 1024;

/// Pages whose facts lie in one file of the cache.
struct Shard<'a> {
    number: usize,
    /// Places in the table of routes.
    pages: Vec<u32>,
    renderer: &'a Renderer,
    progress: &'a dyn Progress,
}

struct ShardMade {
    n_rendered: usize,
    tally: Tally,
    /// What is wrong with which page.
    found: Vec<(u32, Diagnostic)>,
    gone: Vec<Gone>,
    staged: Result<Option<String>, Diagnostic>,
    /// The pictures that texts name.
    pictures: Vec<(EditionId, Box<str>)>,
}

impl Shard<'_> {
    fn make(self, store: &Store, theme: u64, output: &Output, html: &mut Vec<u8>) -> ShardMade {
        let known = KnownPages::read(store, self.number, theme);
        let table = &self.renderer.site().routes;
        let mut made = Vec::with_capacity(self.pages.len());
        let mut shard = ShardMade {
            n_rendered: 0,
            tally: Tally::default(),
            found: Vec::new(),
            gone: Vec::new(),
            staged: Ok(None),
            pictures: Vec::new(),
        };
        for index in self.pages {
            let route = table.routes[index as usize];
            let address = table.addresses[index as usize];
            match make(self.renderer, &known, route, address, output, html, &mut shard.tally) {
                Ok(page) => {
                    shard.n_rendered += usize::from(matches!(page, MadePage::Rendered { .. }));
                    let warnings = known.diagnostics(&page).iter().cloned();
                    shard.found.extend(warnings.map(|warning| (index, warning)));
                    shard.pictures.extend(pictures_in(route, known.links(&page)));
                    made.push(page);
                }
                Err(problems) => {
                    shard.found.extend(problems.into_iter().map(|problem| (index, problem)));
                }
            }
            self.progress.advance();
        }
        shard.gone = known.gone(&made);
        shard.staged = known.stage(store, self.number, theme, self.renderer, made);
        shard
    }

    fn only_render(self, html: &mut Vec<u8>) -> ShardMade {
        let mut found = Vec::new();
        for index in self.pages {
            html.clear();
            let route = self.renderer.site().routes.routes[index as usize];
            let problems = match self.renderer.render(route, html) {
                Ok(rendered) => rendered.diagnostics,
                Err(problems) => problems,
            };
            found.extend(problems.into_iter().map(|problem| (index, problem)));
            self.progress.advance();
        }
        ShardMade {
            n_rendered: 0,
            tally: Tally::default(),
            found,
            gone: Vec::new(),
            staged: Ok(None),
            pictures: Vec::new(),
        }
    }
}

/// The pictures among what the text of a page names. Those in feeds are on the pages of their articles.
fn pictures_in(
    route: Route,
    links: &[(u16, AskedLink, u64)],
) -> impl Iterator<Item = (EditionId, Box<str>)> + '_ {
    let id = match route {
        Route::Article(id) | Route::Standalone(id) => Some(id),
        _ => None,
    };
    links.iter().filter_map(move |(_, asked, _)| match asked {
        AskedLink::Picture(destination) => Some((id?, destination.clone())),
        AskedLink::Link(_) | AskedLink::Story(_) => None,
    })
}

/// Looks for what is wrong in the texts of articles, without any template.
pub(super) fn check_texts(renderer: &Renderer, progress: &dyn Progress) -> Vec<Diagnostic> {
    let routes = &renderer.site().routes.routes;
    let checked: Vec<Vec<Diagnostic>> = routes
        .par_iter()
        .map(|route| {
            let found = renderer.check_text(*route);
            progress.advance();
            found
        })
        .collect();
    checked.into_iter().flatten().collect()
}

fn make(
    renderer: &Renderer,
    known: &KnownPages,
    route: Route,
    address: u64,
    output: &Output,
    html: &mut Vec<u8>,
    tally: &mut Tally,
) -> Result<MadePage, Vec<Diagnostic>> {
    let url_path = renderer.site().path(route);
    let path = checked_path(&output_path(&url_path))?;
    let inputs = renderer.inputs(route);
    if let Some((page, digest)) = known.unchanged(renderer, route, address, inputs)
        && output.keep(&path, digest).map_err(|problem| vec![problem])?
    {
        return Ok(page);
    }
    html.clear();
    let start = Instant::now();
    let rendered = renderer.render(route, html)?;
    tally.add(rendered.template, &url_path, start.elapsed());
    let kind = if route.is_page() { Kind::Page } else { Kind::Feed };
    let digest = output.write(&path, kind, html).map_err(|problem| vec![problem])?;
    Ok(MadePage::rendered(renderer.site(), route, address, inputs, rendered, digest))
}

/// A template's mistake shows on every page: it is said once, with the first page and their number.
fn said_once(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    type Place = (String, usize, usize);
    let mut known: FxHashMap<(Cow<'static, str>, String, Option<Place>), usize> =
        FxHashMap::default();
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in diagnostics {
        let place = diagnostic.labels.first().map(|label| {
            let (line, column) = label.place.as_ref().map_or((0, 0), |p| (p.line, p.column));
            (label.file.clone(), line, column)
        });
        match known.entry((diagnostic.id.clone(), diagnostic.message.clone(), place)) {
            Entry::Occupied(entry) => kept[*entry.get()].1 += 1,
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push((diagnostic, 0));
            }
        }
    }
    let say = |(mut diagnostic, n_more): (Diagnostic, usize)| {
        if let (Some(label), "template", 1..) =
            (diagnostic.labels.first_mut(), &*diagnostic.id, n_more)
        {
            let pages = if n_more == 1 { "page" } else { "pages" };
            label.text.push_str(&format!(", and {n_more} more {pages}"));
        }
        diagnostic
    };
    kept.into_iter().map(say).collect()
}

/// Copies every file that is published as it is, unless it is known to be published.
pub(super) fn copy_all(
    site: &Site,
    files: &FileFacts,
    output: &Output,
    progress: &dyn Progress,
) -> Vec<Diagnostic> {
    let copy = |copy: &FileCopy| -> Result<(), Vec<Diagnostic>> {
        let path = checked_path(&copy.output)?;
        let one = |problem| vec![problem];
        if let Some(FileDigest { hash, byte_len }) = files.digest(&copy.source)
            && output.keep(&path, Digest { hash, byte_len }).map_err(one)?
        {
            return Ok(());
        }
        let from = crate::project::locate(&site.config.root, &copy.source);
        let Digest { hash, byte_len } = output.copy(&path, Kind::Asset, &from).map_err(one)?;
        files.learn_digest(&copy.source, FileDigest { hash, byte_len });
        Ok(())
    };
    let copied: Vec<Vec<Diagnostic>> = site
        .routes
        .copies
        .par_iter()
        .map(|file| {
            let problems = copy(file).err().unwrap_or_default();
            progress.advance();
            problems
        })
        .collect();
    copied.into_iter().flatten().collect()
}

/// Files whose names no file system of a host may be asked for.
pub(super) fn bad_names(site: &Site) -> Vec<Diagnostic> {
    let bad = |copy: &FileCopy| {
        let problem = OutputPath::new(&copy.output).err()?;
        let message = format!("this file cannot be published: its path {problem}");
        Some(Diagnostic::error("bad-file-name", message).in_file(&copy.source).help("rename it"))
    };
    site.routes.copies.iter().filter_map(bad).collect()
}

/// A path that may be written to. Slugs, aliases and file names have been checked where they are
/// read; what is left is what only a file system forbids.
pub(super) fn checked_path(path: &str) -> Result<OutputPath, Vec<Diagnostic>> {
    OutputPath::new(path).map_err(|problem| {
        vec![
            Diagnostic::error(
                "bad-output-path",
                format!("`{path}` cannot be published: {problem}"),
            )
            .help("change the slug or the file's name"),
        ]
    })
}
