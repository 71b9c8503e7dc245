//! What time alone does to a site: editions come out and are withdrawn, pins end, news grows old.
//!
//! In: editions, and a [`View`]. Out: what is so at its moment, and the [`Change`]s that lie ahead of it.
//! Whatever else is to depend on the clock belongs here, both as a fact and as a change, or `visti next`
//! would not tell of it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Drafts, Scheduled, View};
use crate::config::Config;
use crate::content::{Edition, EditionId, EditionKind, Moment};

/// How long an article is news: Google's news sitemaps list no older ones.
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(48);

/// Changes that may lie ahead of one edition.
const MOST_AT_ONCE: usize = 4;

/// Something that happens to a site without an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// To which edition.
    pub edition: EditionId,
    /// What.
    pub kind: ChangeKind,
}

/// What happens to an edition without an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It comes out.
    Publication,
    /// It is withdrawn: `unpublish_at`.
    Withdrawal,
    /// It stands at the top of front pages no longer: `pinned_until`.
    PinEnd,
    /// It is breaking news no longer: `breaking_until`.
    BreakingEnd,
    /// News sitemaps list it no longer.
    NewsEnd,
}

impl ChangeKind {
    /// Its name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Publication => "publication",
            Self::Withdrawal => "withdrawal",
            Self::PinEnd => "pin-end",
            Self::BreakingEnd => "breaking-end",
            Self::NewsEnd => "news-end",
        }
    }

    /// Whether the newsroom has set the moment of a whole article or page; else only lists change.
    #[must_use]
    pub fn is_of_newsroom(self) -> bool {
        matches!(self, Self::Publication | Self::Withdrawal)
    }
}

/// Whether readers may see an edition.
pub(super) fn is_public(edition: &Edition, view: View) -> bool {
    is_shown(edition, view) && !is_awaited(edition, view) && !is_past(edition.unpublish_at, view)
}

/// Whether an edition has a pin that still holds.
pub(super) fn is_pinned(edition: &Edition, view: View) -> bool {
    is_ahead(edition.pinned_until, view)
}

/// Whether an edition is still breaking news.
pub(super) fn is_breaking(edition: &Edition, view: View) -> bool {
    is_ahead(edition.breaking_until, view)
}

/// Whether a public article is new enough for news sitemaps.
pub(super) fn is_news(edition: &Edition, view: View) -> bool {
    news_end(edition).is_some_and(|end| end > view.now)
}

/// The changes that lie ahead, in the order of the editions. Of an edition that is not public now only its
/// publication counts: what follows lies behind it.
pub fn changes<'a>(
    config: &'a Config,
    editions: &'a [Arc<Edition>],
    view: View,
) -> impl Iterator<Item = Change> + 'a {
    (0..).map(EditionId).zip(editions).flat_map(move |(id, edition)| {
        let of_edition = if edition.kind == EditionKind::Standalone && config.urls.page.is_none() {
            [None; MOST_AT_ONCE]
        } else {
            changes_of(config, edition, view)
        };
        let change = move |(kind, at)| Change { at, edition: id, kind };
        of_edition.into_iter().flatten().map(change)
    })
}

fn changes_of(
    config: &Config,
    edition: &Edition,
    view: View,
) -> [Option<(ChangeKind, Timestamp)>; MOST_AT_ONCE] {
    let ahead = |kind, moment: Option<Moment>| {
        let moment = moment.filter(|_| is_ahead(moment, view))?;
        Some((kind, moment.instant))
    };
    if !is_public(edition, view) {
        let is_coming = is_shown(edition, view) && is_awaited(edition, view);
        let publication = edition.due().filter(|_| is_coming);
        return [ahead(ChangeKind::Publication, publication), None, None, None];
    }
    let withdrawal = ahead(ChangeKind::Withdrawal, edition.unpublish_at);
    if edition.kind == EditionKind::Standalone {
        return [withdrawal, None, None, None];
    }
    let news_end = news_end(edition).filter(|end| config.sitemaps.news && *end > view.now);
    [
        withdrawal,
        ahead(ChangeKind::PinEnd, edition.pinned_until),
        ahead(ChangeKind::BreakingEnd, edition.breaking_until),
        news_end.map(|end| (ChangeKind::NewsEnd, end)),
    ]
}

fn is_shown(edition: &Edition, view: View) -> bool {
    !edition.is_draft || view.drafts == Drafts::Shown
}

fn is_awaited(edition: &Edition, view: View) -> bool {
    is_ahead(edition.due(), view) && view.scheduled == Scheduled::Hidden
}

fn is_ahead(moment: Option<Moment>, view: View) -> bool {
    moment.is_some_and(|moment| moment.instant > view.now)
}

fn is_past(moment: Option<Moment>, view: View) -> bool {
    moment.is_some_and(|moment| moment.instant <= view.now)
}

fn news_end(edition: &Edition) -> Option<Timestamp> {
    let published = edition.published?.instant;
    Some(published.checked_add(NEWS_FOR).unwrap_or(Timestamp::MAX))
}
