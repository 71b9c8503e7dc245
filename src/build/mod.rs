//! `visti build`: every route, in parallel, into the output folder.
//!
//! In: a root folder and [`Options`]. Out: a [`Report`]. Pages that would be as they were are left alone
//! (`pages`). A build with errors looks for all of them
//! and writes nothing; one without publishes everything at once (see [`crate::output`]).

mod explain;
mod pages;
mod report;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::path::PathBuf;

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

pub use report::{KindCount, Report, Work};

use crate::Loaded;
use crate::asset::{FileDigest, FileFacts};
use crate::cache::{Recall, Store};
use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Reported, has_errors, sorted};
use crate::output::{self, Digest, Folders, Kind, Output, OutputPath, Verify, WhenLocked};
use crate::project::STATE;
use crate::render::Renderer;
use crate::site::{FileCopy, Route, Site, View, output_path};
use crate::template::Theme;
use pages::{Facts, KnownPages, MadePage};

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
    /// Whether what the last build left is used.
    pub recall: Recall,
    /// When this build began, by the clock that file systems go by: never `view.now`, which a user may
    /// set.
    pub started: Timestamp,
    /// A page of which the report says why it was made: a URL, or a path in the output folder.
    pub explain: Option<String>,
    /// Where to list the changed and deleted paths of the output folder.
    pub changed_list: Option<PathBuf>,
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
    let store = Store::open(
        &options.root.join(STATE),
        &output_folder(options),
        options.recall,
        options.started,
    );
    let (loaded, facts) = rayon::join(
        || crate::load(&options.root, options.base_url.as_ref(), options.view, &store),
        || Facts::read(&store),
    );
    let mut diagnostics = loaded.diagnostics;
    let Some(Loaded { site, theme, files }) = loaded.value else {
        return Report::failed(diagnostics);
    };
    let texts = texts(&site, &theme);
    let known = KnownPages::new(facts, &texts);
    let renderer = Renderer::new(site.into(), theme, files.clone());
    let site = &renderer.site().clone();

    diagnostics.extend(bad_names(site));
    // With errors so far the pages are rendered all the same, for the errors in their texts; without
    // a theme to render with, the texts alone.
    let is_theme_sound = !crate::template::is_broken(&diagnostics);
    diagnostics.extend(misplaced_list(options));
    let is_sound = !has_errors(&diagnostics);
    let output = if is_sound { open(options, &mut diagnostics) } else { None };
    progress.begin("Rendering", site.routes.routes.len());
    let mut made = Vec::new();
    diagnostics.extend(if is_theme_sound {
        let rendered = render_all(&renderer, &known, output.as_ref(), progress);
        made = rendered.value;
        rendered.diagnostics
    } else {
        check_texts(&renderer, progress)
    });
    diagnostics.extend(renderer.bad_pictures());
    if let Some(output) = &output {
        progress.begin("Copying", site.routes.copies.len());
        diagnostics.extend(copy_all(site, &files, output, progress));
    }

    let mut diagnostics = sorted(diagnostics);
    let is_denied = match options.warnings {
        Warnings::Allowed => has_errors(&diagnostics),
        Warnings::Denied => !diagnostics.is_empty(),
    };
    let Some(output) = output.filter(|_| !is_denied) else { return Report::failed(diagnostics) };
    progress.begin("Publishing", 0);
    let work = Work {
        n_rendered: made.iter().filter(|page| page.is_rendered()).count(),
        n_changed_sources: known
            .exist
            .then(|| site.content.n_changed + files.n_changed() + known.changed_texts.len()),
        explanation: options
            .explain
            .as_deref()
            .map(|path| explain::explain(&renderer, &known, path)),
    };
    // What they say is true whether or not the pages come to be published.
    diagnostics.extend(pages::save(&store, &known, &renderer, texts, made));
    diagnostics.extend(files.save(&store).err());
    let report = match output.commit(options.changed_list.as_deref()) {
        Ok(summary) => Report::published(site, sorted(diagnostics), summary, work),
        Err(problem) => Report::failed(diagnostics.into_iter().chain([problem]).collect()),
    };
    // An archive is hundreds of thousands of pieces of memory; nobody waits until they are freed.
    rayon::spawn(move || drop((renderer, known)));
    report
}

/// The texts that pages are made of beside the articles, with their hashes; sorted.
fn texts(site: &Site, theme: &Theme) -> Vec<(String, u64)> {
    let mut texts = theme.files.clone();
    texts.push((crate::config::FILE.to_owned(), site.config.hash));
    texts.extend(site.content.vocabulary.files.iter().cloned());
    texts.sort();
    texts
}

fn output_folder(options: &Options) -> PathBuf {
    options.output.clone().unwrap_or_else(|| options.root.join("public"))
}

/// A list of changes in the output folder would be published, and be a change itself.
fn misplaced_list(options: &Options) -> Option<Diagnostic> {
    let file = std::path::absolute(options.changed_list.as_ref()?).ok()?;
    let output = std::path::absolute(output_folder(options)).ok()?;
    file.starts_with(&output).then(|| {
        Diagnostic::error("changed-list-in-output", "the list of changes lies in the output folder")
            .in_file(file.display().to_string())
            .help("name another file with `--changed-list`, outside of what is published")
    })
}

/// Opens the output folder; what stands in its way is reported.
fn open(options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Output> {
    let root = &options.root;
    let folder = output_folder(options);
    let sources: Vec<PathBuf> = ["content", "templates", "static", crate::config::FILE]
        .iter()
        .map(|name| root.join(name))
        .collect();
    let folders = Folders {
        root,
        output: &folder,
        sources: &sources,
        state: &root.join(STATE),
        home: options.home.as_deref(),
    };
    let verify = match options.recall {
        Recall::Everything => Verify::Size,
        Recall::Nothing => Verify::Contents,
    };
    match output::open(&folders, options.when_locked, verify) {
        Ok(opened) => Some(opened.drain_into(diagnostics)),
        Err(problem) => {
            diagnostics.push(problem);
            None
        }
    }
}

/// Makes every page, and stages it when there is an output; those that are as they were are left
/// alone. Without an output all are rendered, for what is wrong with them.
fn render_all(
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
    let rendered = renderer.render(route, html)?;
    let digest = output.write(&path, Kind::Page, html).map_err(|problem| vec![problem])?;
    Ok(MadePage::rendered(address, inputs, rendered, digest))
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
fn copy_all(
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
