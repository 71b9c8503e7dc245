//! `--skip-broken`: editions with errors are left out like drafts, so that everything else is published.
//!
//! Some errors show only when the other editions are known (two claim one address) or when a text is
//! rendered (a link leads nowhere). So a build that finds such an error begins anew without those
//! editions; each time there are fewer of them, and what they say has been said.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::site::Site;

/// More broken editions than this, and more than one in [`MOST_SHARE`], are no slips of journalists,
/// but something that they have in common: publishing would take a part of the site off the air.
const MOST: usize = 20;
const MOST_SHARE: usize = 10;

/// What to do about editions with errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenBroken {
    /// Publish nothing.
    Fail,
    /// Publish everything else (`--skip-broken`).
    LeaveOut,
}

/// Editions that are left out, by their files, with what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct LeftOut(BTreeMap<String, Vec<Diagnostic>>);

impl LeftOut {
    /// The editions of a site that have an error.
    pub(super) fn of(diagnostics: &[Diagnostic], site: &Site) -> Self {
        let mut of_file: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
        for diagnostic in diagnostics.iter().filter(|diagnostic| is_of_edition(diagnostic)) {
            let file = diagnostic.labels.first().map_or("", |label| &label.file);
            of_file.entry(file).or_default().push(diagnostic.clone());
        }
        if of_file.is_empty() {
            return Self::default();
        }
        let files = site.content.editions.iter().map(|edition| edition.file(&site.config));
        Self(files.filter_map(|file| of_file.remove(&*file).map(|found| (file, found))).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn extend(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// The files, relative to the root.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// What is wrong with them.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.values().flatten()
    }

    /// An error if so many editions are broken that leaving them out cannot be meant.
    pub(super) fn too_many(site: &Site) -> Option<Diagnostic> {
        let n_broken = site.content.broken.len();
        let n_all = n_broken + site.content.editions.len();
        let is_too_many = n_broken > MOST && n_broken * MOST_SHARE > n_all;
        is_too_many.then(|| {
            let message =
                format!("{n_broken} of {n_all} articles have errors, too many to leave out");
            Diagnostic::error("too-many-broken", message).in_file("content").help(
                "mend what they have in common; `--skip-broken` is for slips in a few articles",
            )
        })
    }
}

/// Whether it is an error of an article, a page, or a file beside them: all that lies in the folder of
/// a language. The vocabulary is everybody's.
pub(super) fn is_of_edition(diagnostic: &Diagnostic) -> bool {
    let file = diagnostic.labels.first().map_or("", |label| &label.file);
    let below_content = file.strip_prefix("content/");
    diagnostic.severity == Severity::Error && below_content.is_some_and(|path| path.contains('/'))
}
