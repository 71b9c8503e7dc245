//! The site as it lies on the disk.
//!
//! In: files. Out: a [`Snapshot`] of every moment.

use std::path::Path;

use super::Options;
use super::snapshot::Snapshot;
use crate::cache::{Recall, Store};
use crate::config::BaseUrl;
use crate::diagnostic::sorted;
use crate::project::STATE;
use crate::render::Renderer;
use crate::site::{Site, View};
use crate::sources::{Sources, read_config};

/// A site that is read, and read again.
pub(super) struct Live {
    options: Options,
    /// Scheme, host and port of the preview.
    origin: String,
    /// What the last build left, and what was learned since.
    store: Store,
    /// Of the last snapshot.
    number: u64,
}

impl Live {
    /// A site that was not read yet.
    pub(super) fn new(options: &Options, origin: String) -> Self {
        let root = &options.root;
        let started = (options.clock)();
        let store =
            Store::open(&root.join(STATE), &root.join("public"), Recall::Everything, started)
                .kept_in_memory();
        Self { options: options.clone(), origin, store, number: 0 }
    }

    /// Reads everything.
    pub(super) fn read(&mut self) -> Snapshot {
        self.number += 1;
        let now = (self.options.clock)();
        let root = self.options.root.clone();
        let base_url = self.base_url(&root);
        let sources = match Sources::read(&root, base_url.as_ref(), &self.store.at(now)) {
            Ok(sources) => sources,
            Err(problems) => {
                let problems = sorted(problems).into();
                return Snapshot { number: self.number, renderer: None, problems };
            }
        };
        let mut problems = sources.config_diagnostics;
        let theme = sources.theme.drain_into(&mut problems);
        let assets = sources.assets.drain_into(&mut problems);
        let content = sources.content.into_content(&sources.config).drain_into(&mut problems);
        let site = Site::build(sources.config, content, assets, self.view(now));
        let site = site.drain_into(&mut problems);
        let renderer = Renderer::new(site.into(), theme, sources.files);
        Snapshot {
            number: self.number,
            renderer: Some(renderer.into()),
            problems: sorted(problems).into(),
        }
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

    fn view(&self, now: jiff::Timestamp) -> View {
        View { now, drafts: self.options.drafts, scheduled: self.options.scheduled }
    }
}
