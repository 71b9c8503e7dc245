//! `visti build`: every route, in parallel, into the output folder.
//!
//! In: a root folder and [`Options`]. Out: a [`Report`]. Pages that would be as they were are left alone
//! (`pages`). A build with errors looks for all of them and writes nothing, or leaves the broken
//! articles out (`left_out`); one without publishes everything at once (see [`crate::output`]).

mod explain;
mod left_out;
mod limits;
mod make;
mod pages;
mod pictures;
mod report;
mod texts;
mod vanished;

use std::path::PathBuf;

use jiff::Timestamp;

pub use left_out::WhenBroken;
pub use report::{KindCount, Published, Report, Work};

use crate::Loaded;
use crate::cache::{Recall, Store};
use crate::config::BaseUrl;
use crate::diagnostic::{Diagnostic, Reported, Severity, has_errors, sorted};
use crate::output::{self, Folders, Output, Verify, WhenLocked};
use crate::profile::{self, Cost, Profile, timed};
use crate::project::STATE;
use crate::render::Renderer;
use crate::site::View;
use left_out::LeftOut;
use make::Made;
use pictures::Pictures;
use texts::Texts;

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
    /// What editions with errors do.
    pub when_broken: WhenBroken,
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
    let mut left_out = LeftOut::default();
    loop {
        match attempt(options, &left_out, progress) {
            Attempt::Done(report) => return *report,
            Attempt::Again(broken) => left_out.extend(broken),
        }
    }
}

/// What came of a build that leaves certain editions out.
enum Attempt {
    /// A result, good or bad.
    Done(Box<Report>),
    /// These editions have errors: to be built again without them.
    Again(LeftOut),
}

fn attempt(options: &Options, left_out: &LeftOut, progress: &dyn Progress) -> Attempt {
    let failed = |diagnostics| Attempt::Done(Box::new(Report::failed(diagnostics)));
    progress.begin("Reading", 0);
    let store = Store::open(
        &options.root.join(STATE),
        &output_folder(options),
        options.recall,
        options.started,
    );
    let (loaded, mut reading) = timed("reading", || {
        let (base_url, names) = (options.base_url.as_ref(), left_out.names());
        crate::load(&options.root, base_url, options.view, &store, &names)
    });
    let mut diagnostics = loaded.diagnostics;
    let Some(Loaded { site, theme, files, stages }) = loaded.value else {
        return failed(diagnostics);
    };
    reading.parts = stages;
    if options.when_broken == WhenBroken::LeaveOut {
        let broken = LeftOut::of(&diagnostics, &site);
        if !broken.is_empty() {
            return Attempt::Again(broken);
        }
        diagnostics.extend(LeftOut::too_many(&site));
    }
    let texts = Texts::of(&site, &theme, &store);
    let renderer = Renderer::new(site.into(), theme, files.clone());
    let site = &renderer.site().clone();

    diagnostics.extend(make::bad_names(site));
    diagnostics.extend(misplaced_list(options));
    let is_bad = |diagnostic: &Diagnostic| {
        diagnostic.severity == Severity::Error
            && !(options.when_broken == WhenBroken::LeaveOut && left_out::is_of_edition(diagnostic))
    };
    let is_sound = !diagnostics.iter().any(is_bad);
    let (output, opening) = timed("looking at the output", || {
        if is_sound { open(options, &mut diagnostics) } else { None }
    });
    let explain = |path: &String| explain::explain(&renderer, &store, &texts, path);
    let explanation = options.explain.as_ref().map(explain);
    pictures::look(&renderer, progress);
    progress.begin("Rendering", site.routes.routes.len());
    let (made, rendering) = timed("rendering", || {
        // With errors so far the pages are rendered all the same, for the errors in their texts;
        // without a theme to render with, the texts alone.
        if crate::template::is_broken(&diagnostics) {
            let diagnostics = make::check_texts(&renderer, progress);
            Reported { value: Made::default(), diagnostics }
        } else {
            make::render_all(&renderer, &store, texts.theme(), output.as_ref(), progress)
        }
    });
    if options.when_broken == WhenBroken::LeaveOut {
        let broken = LeftOut::of(&made.diagnostics, site);
        if !broken.is_empty() {
            return Attempt::Again(broken);
        }
    }
    let made = made.drain_into(&mut diagnostics);
    diagnostics.extend(renderer.bad_pictures());
    let (pictures, picturing) = timed("pictures", || match &output {
        // Making them takes long: not for a site that will not be published.
        Some(_) if !diagnostics.iter().any(is_bad) => {
            pictures::make(&renderer, &made.pictures, &files, progress).drain_into(&mut diagnostics)
        }
        _ => Pictures::default(),
    });
    let ((), copying) = timed("copying", || {
        if let Some(output) = &output {
            progress.begin("Copying", site.routes.copies.len() + pictures.files.len());
            diagnostics.extend(make::copy_all(site, &files, output, progress));
            diagnostics.extend(pictures::publish(site, &pictures, &files, output, progress));
            diagnostics.extend(limits::over_limits(site, &files));
        }
    });

    // With errors, pages are missing that are not gone.
    if let Some(output) = output.as_ref().filter(|_| !has_errors(&diagnostics)) {
        diagnostics.extend(vanished::vanished(site, output, &made.gone));
    }
    let is_denied = match options.warnings {
        Warnings::Allowed => diagnostics.iter().any(is_bad),
        Warnings::Denied => !diagnostics.is_empty(),
    };
    diagnostics.extend(left_out.diagnostics().cloned());
    let mut diagnostics = sorted(diagnostics);
    let Some(output) = output.filter(|_| !is_denied) else { return failed(diagnostics) };
    progress.begin("Publishing", 0);
    let changes = &site.content.changes;
    let n_changed = changes.files.len() + changes.n_gone + files.n_changed() + texts.changed.len();
    let (problems, remembering) = timed("remembering", || {
        // What they say is true whether or not the pages come to be published.
        let (texts, mut problems) = match texts.stage(&store) {
            Ok(staged) => (staged, Vec::new()),
            Err(problem) => (None, vec![problem]),
        };
        let staged = made.staged.iter().chain(&texts);
        problems.extend(staged.filter_map(|name| store.accept(name).err()).take(1));
        problems.extend(files.save(&store).err());
        problems
    });
    diagnostics.extend(problems);
    let changed_list = options.changed_list.as_deref();
    let (committed, publishing) = timed("publishing", || output.commit(changed_list));
    let queries = renderer.asked_times();
    let queries = queries.into_iter().map(|(query, took)| Cost::once(query.shown(site), took));
    let (templates, pages) = made.tally.into_costs();
    let profile = Profile {
        stages: vec![reading, opening, rendering, picturing, copying, remembering, publishing],
        templates,
        queries: profile::slowest(queries.collect()),
        pages,
    };
    let n_changed_sources = texts.is_known.then_some(n_changed);
    let (n_rendered, n_pictures) = (made.n_rendered, pictures.n_made);
    let work = Work { n_rendered, n_pictures, n_changed_sources, explanation, profile };
    let report = match committed {
        Ok(summary) => Report::published(site, sorted(diagnostics), summary, work),
        Err(problem) => Report::failed(diagnostics.into_iter().chain([problem]).collect()),
    };
    // An archive is hundreds of thousands of pieces of memory; nobody waits until they are freed.
    rayon::spawn(move || drop(renderer));
    Attempt::Done(Box::new(report))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::content::{checked_alias, checked_slug};
    use crate::output::OutputPath;
    use crate::site::output_path;

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
