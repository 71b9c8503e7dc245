//! `[front]` of `site.toml`: what a front page is made of.

use crate::diagnostic::{Diagnostic, Place};
use crate::table::Fields;

/// As many stories as one query gives: a page is not an archive.
const MAX_STORIES: i64 = 100;

/// What a front page shows below its lead.
#[derive(Debug)]
pub struct FrontPage {
    /// Stories beside the lead.
    pub secondary: usize,
    /// Headlines of the latest news.
    pub latest: usize,
    /// Stories in the block of a section.
    pub per_section: usize,
    /// The sections that have a block, in order; `None` is all that are declared.
    pub sections: Option<Vec<NamedSection>>,
}

/// A section as `site.toml` names it: it is looked for when the vocabulary is known.
#[derive(Debug)]
pub struct NamedSection {
    /// Id or name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// Reads `[front]`; every key has a usual value.
pub(super) fn read(fields: &Fields<'_, '_>) -> FrontPage {
    let Some(table) = fields.table("front") else {
        return FrontPage { secondary: 2, latest: 10, per_section: 5, sections: None };
    };
    let front = FrontPage {
        secondary: number(&table, "secondary", 2),
        latest: number(&table, "latest", 10),
        per_section: number(&table, "per_section", 5),
        sections: sections(&table),
    };
    table.finish();
    front
}

fn sections(table: &Fields<'_, '_>) -> Option<Vec<NamedSection>> {
    let named = table.texts("sections").into_iter().map(|section| NamedSection {
        name: section.value.to_owned(),
        place: table.place(section.at),
    });
    let named = named.collect();
    table.has("sections").then_some(named)
}

fn number(table: &Fields<'_, '_>, key: &'static str, usual: usize) -> usize {
    let Some(written) = table.integer(key) else { return usual };
    if !(0..=MAX_STORIES).contains(&written.value) {
        let message = format!("`front.{key}` must be from 0 to {MAX_STORIES}");
        let diagnostic = Diagnostic::error("bad-front", message)
            .help(format!("{usual} is usual; 0 leaves them out"));
        table.report(diagnostic, written.at);
        return usual;
    }
    usize::try_from(written.value).expect("checked above")
}
