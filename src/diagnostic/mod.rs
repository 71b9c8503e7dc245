//! A problem in a site, as plain data: made where it is found, collected, sorted by place, and only
//! at the very end printed ([`mod@print`]).
//!
//! A user's mistake is a [`Diagnostic`], also when it is an I/O error (with the path). A mistake of
//! ours is a panic that names the invariant. There is no third kind.

mod digest;
pub mod print;
mod source;

pub use digest::Digest;
pub use source::{Place, Source};

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// How bad a problem is. Warnings never fail a build, unless `--strict` asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site cannot be built as it is.
    Error,
    /// Probably not what was meant; the site is built all the same.
    Warning,
}

impl Severity {
    /// The word that people and JSON read: `error` or `warning`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One place of a problem: a file, where in it, and what to say there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Path relative to the site's root, with `/` on every system.
    pub file: String,
    /// Where in the file; `None` when the whole file (or a folder) is meant.
    pub place: Option<Place>,
    /// What to say at the place; may be empty.
    pub text: String,
}

/// A problem in a site, as plain data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// Stable name, listed in the manual: `url-conflict`.
    pub id: Cow<'static, str>,
    /// What is wrong: lower case, no full stop, the user's own words in backticks.
    pub message: String,
    /// First the place to fix, then what explains it, possibly in other files.
    pub labels: Vec<Label>,
    /// What to do, in the imperative.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet; see [`Diagnostic::at`].
    #[must_use]
    pub fn error(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, id, message.into())
    }

    /// A warning without a place yet; see [`Diagnostic::at`].
    #[must_use]
    pub fn warning(id: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, id, message.into())
    }

    fn new(severity: Severity, id: &'static str, message: String) -> Self {
        Self { severity, id: Cow::Borrowed(id), message, labels: Vec::new(), help: None }
    }

    /// Adds a place: `range` is in bytes of the whole text of `source`.
    #[must_use]
    pub fn at(mut self, source: &Source<'_>, range: Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            file: source.file.to_owned(),
            place: Some(source.place(range)),
            text: text.into(),
        });
        self
    }

    /// Adds a place that was worked out earlier.
    #[must_use]
    pub fn at_place(
        mut self,
        file: impl Into<String>,
        place: Option<Place>,
        text: impl Into<String>,
    ) -> Self {
        self.labels.push(Label { file: file.into(), place, text: text.into() });
        self
    }

    /// Adds a whole file (or folder), named relative to the site's root.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> Self {
        self.at_place(file, None, "")
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An operation on a file that the system refused.
    #[must_use]
    pub fn io(doing: &str, file: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let system = error.to_string();
        let system = system.split(" (os error").next().unwrap_or_default();
        let (why, help) = match error.kind() {
            ErrorKind::PermissionDenied => (
                "permission denied",
                "check who owns the file and its folder, and what they are allowed to",
            ),
            ErrorKind::StorageFull => ("the disk is full", "free some space, then run again"),
            ErrorKind::NotFound => {
                ("there is no such file or folder", "check that the path is spelled right")
            }
            ErrorKind::NotADirectory => {
                ("a part of the path is a file, not a folder", "choose another path")
            }
            ErrorKind::ReadOnlyFilesystem => (
                "the file system is read-only",
                "choose another folder, or make the file system writable",
            ),
            _ => (system, "check the disk and the path, then run again"),
        };
        let name = file.display().to_string().replace('\\', "/");
        Self::error("io", format!("cannot {doing}: {why}")).in_file(name).help(help)
    }

    /// What diagnostics are sorted by: file, line, column, then severity, id and message.
    fn sort_key(&self) -> (&str, usize, usize, Severity, &str, &str) {
        let (file, line, column) = self.labels.first().map_or(("", 0, 0), |label| {
            let (line, column) =
                label.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
            (label.file.as_str(), line, column)
        });
        (file, line, column, self.severity, &self.id, &self.message)
    }
}

/// Sorts by place and drops exact repetitions (two stages may stumble over the same line).
#[must_use]
pub fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics.dedup();
    diagnostics
}

/// Whether any of them is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// The candidate nearest to what was written, when it is near enough to be a slip of the finger.
#[must_use]
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let folded = written.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, candidate)| {
            *distance <= 1.max(candidate.chars().count().max(written.chars().count()) / 3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A value and everything found wrong while making it: a stage does not stop at the first problem.
#[derive(Debug, Clone)]
pub struct Reported<T> {
    /// The best that could be made; complete only when there are no errors.
    pub value: T,
    /// In no particular order; [`sorted`] before printing.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Reported<T> {
    /// Moves the diagnostics into `all` and gives the value.
    pub fn drain_into(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_a_slip() {
        let keys = ["title", "date", "section", "summary"];
        assert_eq!(nearest("tilte", keys), Some("title"));
        assert_eq!(nearest("Sections", keys), Some("section"));
        assert_eq!(nearest("weather", keys), None);
    }

    #[test]
    fn problems_are_sorted_by_place_and_said_once() {
        let text = "one\ntwo\n";
        let a = Source::new("a.md", text);
        let b = Source::new("b.md", text);
        let first = Diagnostic::error("x", "first").at(&a, 0..3, "");
        let second = Diagnostic::warning("x", "second").at(&a, 4..7, "");
        let third = Diagnostic::error("x", "third").at(&b, 0..1, "");
        let got = sorted(vec![third.clone(), second.clone(), first.clone(), second.clone()]);
        assert_eq!(got, [first, second, third]);
    }
}
