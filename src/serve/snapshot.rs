//! The site at one moment: immutable, shared by all requests that came until the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::render::Renderer;
use crate::site::Site;

/// The site at one moment.
#[derive(Clone, Default)]
pub(super) struct Snapshot {
    /// Counted from 1; a later moment has a higher number.
    pub(super) number: u64,
    /// The last site that could be read; `None` when none could so far.
    pub(super) renderer: Option<Arc<Renderer>>,
    /// Everything wrong with the files of the site, sorted by place; problems in texts of articles
    /// are found when their pages are rendered.
    pub(super) problems: Arc<[Diagnostic]>,
    /// URLs of files that have changed since the preview began, with the snapshot of their last change.
    pub(super) files: Arc<BTreeMap<String, u64>>,
}

impl Snapshot {
    /// The site.
    pub(super) fn site(&self) -> Option<&Site> {
        self.renderer.as_ref().map(|renderer| &**renderer.site())
    }

    /// Whether there is a site to show.
    pub(super) fn is_readable(&self) -> bool {
        self.renderer.is_some()
    }
}
