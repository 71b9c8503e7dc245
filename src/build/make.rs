//! Every page and file of a site, made and staged in parallel, or found to be as it was.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Progress;
use super::pages::{KnownPages, MadePage};
use crate::asset::{FileDigest, FileFacts};
use crate::diagnostic::{Diagnostic, Reported};
use crate::output::{Digest, Kind, Output, OutputPath};
use crate::render::Renderer;
use crate::site::{FileCopy, Route, Site, output_path};

/// Makes every page, and stages it when there is an output; those that are as they were are left
/// alone. Without an output all are rendered, for what is wrong with them.
pub(super) fn render_all(
    renderer: &Renderer,
    known: &KnownPages,
    output: Option<&Output>,
    progress: &dyn Progress,
) -> Reported<Vec<MadePage>> {
    const USUAL_PAGE: usize = 64 * 1024;
    let table = &renderer.site().routes;
    renderer.prepare_inputs();
    let made: Vec<Result<Option<MadePage>, Vec<Diagnostic>>> = table
        .routes
        .par_iter()
        .zip(&table.addresses)
        .map_init(
            || Vec::with_capacity(USUAL_PAGE),
            |html, (route, address)| {
                let made = match output {
                    Some(output) => make(renderer, known, *route, *address, output, html).map(Some),
                    None => only_render(renderer, *route, html),
                };
                progress.advance();
                made
            },
        )
        .collect();
    let mut pages = Vec::with_capacity(made.len());
    let mut diagnostics = Vec::new();
    for made in made {
        match made {
            Ok(page) => {
                diagnostics.extend(page.iter().flat_map(|page| known.diagnostics(page)).cloned());
                pages.extend(page);
            }
            Err(problems) => diagnostics.extend(problems),
        }
    }
    Reported { value: pages, diagnostics: said_once(diagnostics) }
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

fn only_render(
    renderer: &Renderer,
    route: Route,
    html: &mut Vec<u8>,
) -> Result<Option<MadePage>, Vec<Diagnostic>> {
    html.clear();
    let diagnostics = renderer.render(route, html)?.diagnostics;
    if diagnostics.is_empty() { Ok(None) } else { Err(diagnostics) }
}

fn make(
    renderer: &Renderer,
    known: &KnownPages,
    route: Route,
    address: u64,
    output: &Output,
    html: &mut Vec<u8>,
) -> Result<MadePage, Vec<Diagnostic>> {
    let path = output_path(&renderer.site().path(route));
    let path = checked_path(&path)?;
    let inputs = renderer.inputs(route);
    if let Some((page, digest)) = known.unchanged(renderer, route, address, inputs)
        && output.keep(&path, digest).map_err(|problem| vec![problem])?
    {
        return Ok(page);
    }
    html.clear();
    let start = Instant::now();
    let rendered = renderer.render(route, html)?;
    let took = start.elapsed();
    let digest = output.write(&path, Kind::Page, html).map_err(|problem| vec![problem])?;
    Ok(MadePage::rendered(address, inputs, rendered, digest, took))
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
fn checked_path(path: &str) -> Result<OutputPath, Vec<Diagnostic>> {
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
