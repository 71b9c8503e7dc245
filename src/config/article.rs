//! `[article]` of `site.toml`: what an article page is made of.

use crate::diagnostic::Diagnostic;
use crate::table::Fields;

/// More than this is a list, not a hint.
const MAX_RELATED: i64 = 10;
const USUAL_RELATED: usize = 3;

/// What an article page shows beside its text.
#[derive(Debug)]
pub struct ArticlePage {
    /// Stories to read also: those that the article names, and older ones up to this number.
    pub related: usize,
    /// Whether a photograph that does not say who made it is reported.
    pub require_credits: bool,
}

/// Reads `[article]`; every key has a usual value.
pub(super) fn read(fields: &Fields<'_, '_>) -> ArticlePage {
    let Some(table) = fields.table("article") else {
        return ArticlePage { related: USUAL_RELATED, require_credits: true };
    };
    let related = related(&table);
    let require_credits = table.boolean("require_credits", true);
    table.finish();
    ArticlePage { related, require_credits }
}

fn related(table: &Fields<'_, '_>) -> usize {
    let Some(written) = table.integer("related") else { return USUAL_RELATED };
    if !(0..=MAX_RELATED).contains(&written.value) {
        let message = format!("`article.related` must be from 0 to {MAX_RELATED}");
        let diagnostic = Diagnostic::error("bad-related-number", message)
            .help("3 is usual; 0 shows only the stories that an article names");
        table.report(diagnostic, written.at);
        return USUAL_RELATED;
    }
    usize::try_from(written.value).expect("checked above")
}
