//! What a site is made of, read part by part. A build reads all of it once; a preview keeps the parts
//! and reads again those that changed.

use std::path::Path;
use std::sync::Arc;

use crate::asset::{self, Assets, FileFacts};
use crate::cache::Store;
use crate::config::{self, BaseUrl, Config};
use crate::content::ContentFolder;
use crate::diagnostic::{Diagnostic, Reported};
use crate::profile::{Stage, timed};
use crate::project;
use crate::template::{self, Theme};

/// The parts of a site, each with what is wrong with it.
pub struct Sources {
    /// `site.toml`.
    pub config: Arc<Config>,
    /// What is wrong with `site.toml`: warnings.
    pub config_diagnostics: Vec<Diagnostic>,
    /// `templates/`.
    pub theme: Reported<Theme>,
    /// `static/`.
    pub assets: Reported<Arc<Assets>>,
    /// `content/`.
    pub content: ContentFolder,
    /// What is known of files that are published as they are.
    pub files: Arc<FileFacts>,
    /// How long reading the parts took.
    pub stages: Vec<Stage>,
}

impl Sources {
    /// Reads configuration, content, static files and templates; of that, only what changed since the
    /// build that left `store`.
    ///
    /// # Errors
    /// What is wrong with the configuration, when it is too broken to read the rest by.
    pub fn read(
        root: &Path,
        base_url: Option<&BaseUrl>,
        store: &Store,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (config, config_diagnostics) = read_config(root, base_url)?;
        let config = Arc::new(config);
        let files = Arc::new(FileFacts::read(&config, store));
        let ((theme, of_theme), ((assets, of_assets), (content, of_content))) = rayon::join(
            || timed("templates and words", || template::read_theme(&config)),
            || {
                rayon::join(
                    || timed("static files", || read_assets(&config, &files)),
                    || timed("articles", || ContentFolder::read(&config, store)),
                )
            },
        );
        let stages = vec![of_theme, of_assets, of_content];
        Ok(Self { config, config_diagnostics, theme, assets, content, files, stages })
    }
}

/// Reads `static/`.
pub(crate) fn read_assets(config: &Config, files: &FileFacts) -> Reported<Arc<Assets>> {
    let Reported { value, diagnostics } = asset::read_assets(config, files);
    Reported { value: value.into(), diagnostics }
}

/// Reads `site.toml`; what is wrong with it beside.
///
/// # Errors
/// What is wrong with it, when that is an error.
pub(crate) fn read_config(
    root: &Path,
    base_url: Option<&BaseUrl>,
) -> Result<(Config, Vec<Diagnostic>), Vec<Diagnostic>> {
    let text = project::read_file(root, config::FILE)
        .map_err(|problem| vec![problem.unwrap_or_else(|| missing_site(root))])?;
    config::parse(root.to_owned(), &text, base_url)
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
