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
pub mod component;
pub mod config;
pub mod content;
pub mod diagnostic;
mod html;
pub mod locale;
pub mod markdown;
pub mod next;
pub mod output;
pub mod profile;
mod project;
pub mod render;
mod schema;
pub mod serve;
pub mod site;
pub mod sources;
pub mod status;
pub mod table;
pub mod template;
mod xml;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use asset::FileFacts;
use cache::Store;
use config::BaseUrl;
use diagnostic::Reported;
use profile::{Stage, timed};
use site::{Site, View};
use sources::Sources;
use template::Theme;

/// A whole site, read.
pub struct Loaded {
    /// What is published.
    pub site: Site,
    /// How it looks.
    pub theme: Theme,
    /// What is known of files that are published as they are.
    pub files: Arc<FileFacts>,
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
    let sources = match Sources::read(root, base_url, store) {
        Ok(sources) => sources,
        Err(diagnostics) => return Reported { value: None, diagnostics },
    };
    let mut diagnostics = sources.config_diagnostics;
    let theme = sources.theme.drain_into(&mut diagnostics);
    let assets = sources.assets.drain_into(&mut diagnostics);
    let (site, building) = timed("stories, lists, addresses", || {
        let content = sources.content.into_content(&sources.config, left_out);
        let content = content.drain_into(&mut diagnostics);
        Site::build(sources.config, content, assets, view)
    });
    let site = site.drain_into(&mut diagnostics);
    let stages = sources.stages.into_iter().chain([building]).collect();
    Reported { value: Some(Loaded { site, theme, files: sources.files, stages }), diagnostics }
}
