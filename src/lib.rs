//! Visti («вісті», "news"): a static site generator for newsrooms that publish in several languages.
//!
//! ```text
//! site.toml ─► config ─┐
//! content/  ─► content (walk, front matter, vocabulary) ─► site (stories, listings, routes)  immutable
//! static/   ─► asset (fingerprinted names) ──────────────┘        │
//! templates/ ─► template (Tera, functions, typed contexts)        ▼
//!                              render(site, route) -> bytes     pure, any thread
//!                                                     │
//!                                   build: every route, in parallel
//!                                                     ▼
//!                    output: write what changed, in a safe order, then the manifest
//! ```
//!
//! A stage is a function from input to finished output; what is wrong is collected as
//! [`diagnostic::Diagnostic`]s and printed at the very end, by `main`. `ARCHITECTURE.md` has the
//! invariants and what each module may use.

pub mod asset;
pub mod build;
pub mod cache;
pub mod cli;
pub mod config;
pub mod content;
pub mod diagnostic;
mod html;
pub mod locale;
pub mod markdown;
pub mod output;
pub mod profile;
mod project;
pub mod render;
pub mod site;
pub mod status;
pub mod table;
pub mod template;

use std::collections::BTreeSet;
use std::path::Path;

use asset::FileFacts;
use cache::Store;
use config::BaseUrl;
use diagnostic::{Diagnostic, Reported};
use profile::{Stage, timed};
use site::{Site, View};
use template::Theme;

/// A whole site, read.
pub struct Loaded {
    /// What is published.
    pub site: Site,
    /// How it looks.
    pub theme: Theme,
    /// What is known of files that are published as they are.
    pub files: FileFacts,
    /// How long the parts of the reading took.
    pub stages: Vec<Stage>,
}

/// Reads a whole site: configuration, content, static files, templates; of that, only what changed
/// since the build that left `store`. Articles in the files `left_out` are taken for broken. `None`
/// when the configuration is too broken to read the rest by.
#[must_use]
pub fn load(
    root: &Path,
    base_url: Option<&BaseUrl>,
    view: View,
    store: &Store,
    left_out: &BTreeSet<&str>,
) -> Reported<Option<Loaded>> {
    let text = match project::read_file(root, config::FILE) {
        Ok(text) => text,
        Err(problem) => {
            let diagnostic = problem.unwrap_or_else(|| missing_site(root));
            return Reported { value: None, diagnostics: vec![diagnostic] };
        }
    };
    let (config, mut diagnostics) = match config::parse(root.to_owned(), &text, base_url) {
        Ok(parsed) => parsed,
        Err(diagnostics) => return Reported { value: None, diagnostics },
    };
    let files = FileFacts::read(root, store);
    let ((theme, reading_theme), ((assets, reading_assets), (content, reading_content))) =
        rayon::join(
            || timed("templates and words", || template::read_theme(&config)),
            || {
                rayon::join(
                    || timed("static files", || asset::read_assets(&config, &files)),
                    || timed("articles", || content::read_content(&config, store, left_out)),
                )
            },
        );
    let theme = theme.drain_into(&mut diagnostics);
    let assets = assets.drain_into(&mut diagnostics);
    let content = content.drain_into(&mut diagnostics);
    let (site, building) =
        timed("stories, lists, addresses", || Site::build(config, content, assets, view));
    let site = site.drain_into(&mut diagnostics);
    let stages = vec![reading_theme, reading_assets, reading_content, building];
    Reported { value: Some(Loaded { site, theme, files, stages }), diagnostics }
}

fn missing_site(root: &Path) -> Diagnostic {
    if !root.is_dir() {
        let message = format!("there is no folder `{}`", root.display());
        return Diagnostic::error("missing-site", message)
            .in_file(root.display().to_string())
            .help("name the folder that holds `site.toml` with `--root`");
    }
    let message = match root.to_str() {
        Some(".") => "there is no `site.toml` in this folder".to_owned(),
        _ => format!("there is no `site.toml` in `{}`", root.display()),
    };
    Diagnostic::error("missing-site", message)
        .in_file(config::FILE)
        .help("run visti in the site's folder, or name it with `--root`")
}
