//! `visti next`: when the site becomes another although nobody edits it, so that a timer can build then.
//!
//! In: a site's folder and [`Options`]. Out: a [`Report`], as one line or as JSON. Only `site.toml` and
//! what articles say of themselves is read; what a build left is used, and nothing is written.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use crate::cache::{Recall, Store};
use crate::content::ContentFolder;
use crate::diagnostic::{Diagnostic, Reported, Severity, sorted};
use crate::project::STATE;
use crate::site::{Change, ChangeKind, View, changes};
use crate::sources::read_config;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds `site.toml`.
    pub root: PathBuf,
    /// Where the site is built to; `public` in the root unless given. What that build left is used.
    pub output: Option<PathBuf>,
    /// After when, and whether drafts and what is scheduled are public anyway.
    pub view: View,
    /// When the program began, by the clock that file systems go by.
    pub started: Timestamp,
}

/// The answer.
#[derive(Debug)]
pub struct Report {
    /// Errors; warnings are a matter of building.
    pub diagnostics: Vec<Diagnostic>,
    /// `None` when the site could not be read.
    pub next: Option<Next>,
}

/// The next moment at which the site becomes another by itself, if there is one.
#[derive(Debug)]
pub struct Next(Option<(Zoned, Vec<Happening>)>);

/// What happens then.
#[derive(Debug)]
struct Happening {
    kind: ChangeKind,
    /// The file of the edition it happens to, relative to the root.
    file: String,
}

/// Looks for the next change.
#[must_use]
pub fn next(options: &Options) -> Report {
    let config = match read_config(&options.root, None) {
        Ok((config, _)) => config,
        Err(diagnostics) => return Report { diagnostics, next: None },
    };
    let output = options.output.clone().unwrap_or_else(|| options.root.join("public"));
    let state = options.root.join(STATE);
    let store = Store::open(&state, &output, Recall::Everything, options.started);
    let folder = ContentFolder::read(&config, &store.kept_in_memory());
    let Reported { value: content, mut diagnostics } =
        folder.into_content(&config, &BTreeSet::new());
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);

    let ahead = || changes(&config, &content.editions, options.view);
    let next = ahead().map(|change| change.at).min().map(|at| {
        let happening = |change: Change| Happening {
            kind: change.kind,
            file: content.editions[change.edition.index()].file(&config),
        };
        let happen = ahead().filter(|change| change.at == at).map(happening).collect();
        (at.to_zoned(config.time_zone.clone()), happen)
    });
    Report { diagnostics: sorted(diagnostics), next: Some(Next(next)) }
}

impl Next {
    /// The moment in RFC 3339's form, in the site's zone; `None` if nothing is due.
    #[must_use]
    pub fn moment(&self) -> Option<String> {
        let (at, _) = self.0.as_ref()?;
        Some(at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    /// One object; `docs/publishing.md` has its form.
    #[must_use]
    pub fn json(&self) -> Value {
        let happen = self.0.as_ref().map_or(&[][..], |(_, happen)| happen);
        let changes: Vec<Value> = happen
            .iter()
            .map(|happening| json!({ "kind": happening.kind.name(), "file": happening.file }))
            .collect();
        json!({ "at": self.moment(), "changes": changes })
    }
}
