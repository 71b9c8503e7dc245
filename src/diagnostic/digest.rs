//! Which of many warnings people are shown: an archive that was moved here may have the same one
//! thousands of times.

use std::collections::{BTreeMap, HashSet};

use super::{Diagnostic, Severity};

/// How many warnings of one name are shown; more than where a check itself sums up what it found.
const MOST: usize = 25;

/// What people are shown of many diagnostics.
#[derive(Debug, PartialEq, Eq)]
pub struct Digest<'a> {
    /// All errors, and of each warning the first so many; in the order in which they came.
    pub shown: Vec<&'a Diagnostic>,
    /// Names of warnings of which there are more, and how many; by name.
    pub more: Vec<(&'a str, usize)>,
}

impl<'a> Digest<'a> {
    /// All of them.
    #[must_use]
    pub fn whole(diagnostics: &'a [Diagnostic]) -> Self {
        Self { shown: diagnostics.iter().collect(), more: Vec::new() }
    }

    /// Chooses. Warnings about the files in `changed`, named relative to the root, come before others of the
    /// same name: somebody has just written those files.
    #[must_use]
    pub fn of(diagnostics: &'a [Diagnostic], changed: &[String]) -> Self {
        let changed: HashSet<&str> = changed.iter().map(String::as_str).collect();
        let is_old = |diagnostic: &Diagnostic| {
            !diagnostic.labels.first().is_some_and(|label| changed.contains(label.file.as_str()))
        };
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            if diagnostic.severity == Severity::Warning {
                by_name.entry(&diagnostic.id).or_default().push(index);
            }
        }
        let mut hidden: HashSet<usize> = HashSet::new();
        let mut more = Vec::new();
        for (name, mut all) in by_name {
            if all.len() > MOST {
                all.sort_by_key(|index| is_old(&diagnostics[*index]));
                hidden.extend(&all[MOST..]);
                more.push((name, all.len() - MOST));
            }
        }
        let shown = diagnostics.iter().enumerate();
        let shown =
            shown.filter(|(index, _)| !hidden.contains(index)).map(|(_, one)| one).collect();
        Self { shown, more }
    }
}
