//! `visti build`: every route, in parallel, into the output folder.
//!
//! In: a root folder and [`Options`]. Out: a [`Report`]. A build with errors looks for all of them
//! and writes nothing; one without publishes everything at once (see [`crate::output`]).

mod report;

use std::collections::hash_map::Entry;
use std::path::PathBuf;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use report::{KindCount, Report};

use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, has_errors, sorted};
use crate::output::{self, Folders, Kind, Output, OutputPath, Verify, WhenLocked};
use crate::render::Renderer;
use crate::site::{FileCopy, Route, Site, View, output_path};

/// What a build is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds `site.toml`.
    pub root: PathBuf,
    /// Where to publish; `public` in the root unless given.
    pub output: Option<PathBuf>,
    /// Replaces `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// From when to look, and whether at drafts.
    pub view: View,
    /// What warnings do.
    pub warnings: Warnings,
    /// What to do when another build holds the output folder.
    pub when_locked: WhenLocked,
    /// The user's home folder, which is never published to.
    pub home: Option<PathBuf>,
}

/// What warnings do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warnings {
    /// They are reported.
    Allowed,
    /// They count as errors (`--strict`).
    Denied,
}

/// Told how far a build is; called from many threads.
pub trait Progress: Sync {
    /// A stage begins that has so many steps.
    fn begin(&self, stage: &'static str, n_steps: usize);
    /// One step is done.
    fn advance(&self);
}

/// Builds a site.
#[must_use]
pub fn build(options: &Options, progress: &dyn Progress) -> Report {
    progress.begin("Reading", 0);
    let loaded = crate::load(&options.root, options.base_url.as_ref(), options.view);
    let mut diagnostics = loaded.diagnostics;
    let Some((site, theme)) = loaded.value else { return Report::failed(diagnostics) };
    let renderer = Renderer::new(site.into(), theme);
    let site = renderer.site();

    diagnostics.extend(bad_names(site));
    // With errors so far the pages are rendered all the same, for the errors in their texts; without
    // a theme to render with, the texts alone.
    let is_theme_sound = !crate::template::is_broken(&diagnostics);
    let is_sound = !has_errors(&diagnostics);
    let output = if is_sound { open(options, &mut diagnostics) } else { None };
    progress.begin("Rendering", site.routes.routes.len());
    diagnostics.extend(if is_theme_sound {
        render_all(&renderer, output.as_ref(), progress)
    } else {
        check_texts(&renderer, progress)
    });
    diagnostics.extend(renderer.bad_pictures());
    if let Some(output) = &output {
        progress.begin("Copying", site.routes.copies.len());
        diagnostics.extend(copy_all(site, output, progress));
    }

    let diagnostics = sorted(diagnostics);
    let is_denied = match options.warnings {
        Warnings::Allowed => has_errors(&diagnostics),
        Warnings::Denied => !diagnostics.is_empty(),
    };
    let Some(output) = output.filter(|_| !is_denied) else { return Report::failed(diagnostics) };
    progress.begin("Publishing", 0);
    match output.commit() {
        Ok(summary) => Report::published(site, diagnostics, summary),
        Err(problem) => Report::failed(diagnostics.into_iter().chain([problem]).collect()),
    }
}

/// Opens the output folder; what stands in its way is reported.
fn open(options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Output> {
    let root = &options.root;
    let folder = options.output.clone().unwrap_or_else(|| root.join("public"));
    let sources: Vec<PathBuf> = ["content", "templates", "static", crate::config::FILE]
        .iter()
        .map(|name| root.join(name))
        .collect();
    let folders = Folders {
        root,
        output: &folder,
        sources: &sources,
        state: &root.join(".visti"),
        home: options.home.as_deref(),
    };
    match output::open(&folders, options.when_locked, Verify::Size) {
        Ok(opened) => Some(opened.drain_into(diagnostics)),
        Err(problem) => {
            diagnostics.push(problem);
            None
        }
    }
}

/// Renders every page, and stages it when there is an output.
fn render_all(
    renderer: &Renderer,
    output: Option<&Output>,
    progress: &dyn Progress,
) -> Vec<Diagnostic> {
    const USUAL_PAGE: usize = 64 * 1024;
    let routes = &renderer.site().routes.routes;
    let diagnostics = routes
        .par_iter()
        .fold(
            || (Vec::with_capacity(USUAL_PAGE), Vec::new()),
            |(mut html, mut diagnostics), route| {
                html.clear();
                match render_one(renderer, *route, output, &mut html) {
                    Ok(found) | Err(found) => diagnostics.extend(found),
                }
                progress.advance();
                (html, diagnostics)
            },
        )
        .map(|(_, diagnostics)| diagnostics)
        .reduce(Vec::new, |mut all, more| {
            all.extend(more);
            all
        });
    said_once(diagnostics)
}

/// Looks for what is wrong in the texts of articles, without any template.
fn check_texts(renderer: &Renderer, progress: &dyn Progress) -> Vec<Diagnostic> {
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

fn render_one(
    renderer: &Renderer,
    route: Route,
    output: Option<&Output>,
    html: &mut Vec<u8>,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let rendered = renderer.render(route, html)?;
    if let Some(output) = output {
        let path = output_path(&renderer.site().path(route));
        let path = checked_path(&path)?;
        output.write(&path, Kind::Page, html).map_err(|problem| vec![problem])?;
    }
    Ok(rendered.diagnostics)
}

/// A template's mistake shows on every page: it is said once, with the first page and their number.
fn said_once(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    type Place = (String, usize, usize);
    let mut known: FxHashMap<(&'static str, String, Option<Place>), usize> = FxHashMap::default();
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in diagnostics {
        let place = diagnostic.labels.first().map(|label| {
            let (line, column) = label.place.as_ref().map_or((0, 0), |p| (p.line, p.column));
            (label.file.clone(), line, column)
        });
        match known.entry((diagnostic.id, diagnostic.message.clone(), place)) {
            Entry::Occupied(entry) => kept[*entry.get()].1 += 1,
            Entry::Vacant(entry) => {
                entry.insert(kept.len());
                kept.push((diagnostic, 0));
            }
        }
    }
    let say = |(mut diagnostic, n_more): (Diagnostic, usize)| {
        if let (Some(label), "template", 1..) =
            (diagnostic.labels.first_mut(), diagnostic.id, n_more)
        {
            let pages = if n_more == 1 { "page" } else { "pages" };
            label.text.push_str(&format!(", and {n_more} more {pages}"));
        }
        diagnostic
    };
    kept.into_iter().map(say).collect()
}

/// Copies every file that is published as it is.
fn copy_all(site: &Site, output: &Output, progress: &dyn Progress) -> Vec<Diagnostic> {
    let copy = |copy: &FileCopy| -> Result<(), Vec<Diagnostic>> {
        let path = checked_path(&copy.output)?;
        let from = crate::project::locate(&site.config.root, &copy.source);
        output.copy(&path, Kind::Asset, &from).map_err(|problem| vec![problem])?;
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
fn bad_names(site: &Site) -> Vec<Diagnostic> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content::{checked_alias, checked_slug};

    /// Texts made of what is dangerous in paths, and of what is usual.
    fn dangerous() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("..".to_owned()),
            Just(".visti-".to_owned()),
            "[./\\\\:~ -]",
            "\\PC{0,3}",
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn whatever_passes_the_check_of_slugs_is_a_path_in_the_output(text in dangerous()) {
            if let Ok(slug) = checked_slug(&text) {
                for url in [format!("/{slug}/"), format!("/ua/{slug}"), format!("/ua/{slug}.html")] {
                    prop_assert!(OutputPath::new(&output_path(&url)).is_ok(), "{url:?}");
                }
            }
        }

        #[test]
        fn whatever_passes_the_check_of_aliases_is_a_path_in_the_output(text in dangerous()) {
            if let Ok(alias) = checked_alias(&text) {
                for url in [alias.to_string(), format!("{alias}/")] {
                    let url = url.replace("//", "/");
                    prop_assert!(OutputPath::new(&output_path(&url)).is_ok(), "{url:?}");
                }
            }
        }
    }
}
