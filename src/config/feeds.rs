//! `[feeds]` of `site.toml`: which feeds there are, in which formats, and what stands in them.

use std::num::NonZeroUsize;

use url::Url;

use super::choice;
use crate::diagnostic::{Diagnostic, nearest};
use crate::table::Fields;

/// Readers ask for a feed every few minutes: it is no archive.
const MAX_ENTRIES: i64 = 500;

/// What feeds are made of.
#[derive(Debug)]
pub struct Feeds {
    /// At most so many articles in a feed: the newest.
    pub limit: NonZeroUsize,
    /// How much of an article stands in them.
    pub content: FeedContent,
    /// The WebSub hub that tells readers of news: an absolute URL.
    pub hub: Option<String>,
    /// Of all articles of a language, in the order in which pages announce them.
    pub language: Vec<FeedFormat>,
    /// Of each section.
    pub section: Vec<FeedFormat>,
    /// Of each tag.
    pub tag: Vec<FeedFormat>,
    /// Of each author.
    pub author: Vec<FeedFormat>,
}

/// How much of an article stands in a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedContent {
    /// Its summary.
    Summary,
    /// All of it.
    Full,
}

/// In which words a feed says what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// All of them, by their names in `site.toml`.
    pub const ALL: [(&'static str, Self); 3] =
        [("atom", Self::Atom), ("rss", Self::Rss), ("json", Self::Json)];
}

/// Reads `[feeds]`; every key has a usual value.
pub(super) fn read(fields: &Fields<'_, '_>) -> Feeds {
    use FeedFormat::{Atom, Json, Rss};
    let mut feeds = Feeds {
        limit: NonZeroUsize::new(50).expect("not zero"),
        content: FeedContent::Summary,
        hub: None,
        language: vec![Atom, Rss, Json],
        section: vec![Atom],
        tag: vec![Atom],
        author: vec![Atom],
    };
    let Some(table) = fields.table("feeds") else { return feeds };
    let is_on = table.boolean("enabled", true);
    feeds.limit = limit(&table, feeds.limit);
    feeds.content = choice(
        &table,
        "content",
        &[("summary", FeedContent::Summary), ("full", FeedContent::Full)],
    );
    feeds.hub = hub(&table);
    let scopes = [
        ("language", &mut feeds.language),
        ("section", &mut feeds.section),
        ("tag", &mut feeds.tag),
        ("author", &mut feeds.author),
    ];
    for (key, of_scope) in scopes {
        if let Some(written) = formats(&table, key) {
            *of_scope = written;
        }
        if !is_on {
            of_scope.clear();
        }
    }
    table.finish();
    feeds
}

fn limit(table: &Fields<'_, '_>, usual: NonZeroUsize) -> NonZeroUsize {
    let Some(written) = table.integer("limit") else { return usual };
    if (1..=MAX_ENTRIES).contains(&written.value)
        && let Some(limit) = usize::try_from(written.value).ok().and_then(NonZeroUsize::new)
    {
        return limit;
    }
    let message = format!("`feeds.limit` must be from 1 to {MAX_ENTRIES}");
    let help = format!("{usual} is usual; `feeds.enabled = false` switches feeds off");
    table.report(Diagnostic::error("bad-feeds", message).help(help), written.at);
    usual
}

fn hub(table: &Fields<'_, '_>) -> Option<String> {
    let written = table.text("hub")?;
    let is_address = Url::parse(written.value)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_address {
        let message = format!("`{}` in `feeds.hub` is not the address of a hub", written.value);
        let help = "write its whole address, such as `https://pubsubhubbub.appspot.com/`, or \
                    remove `hub`";
        table.report(Diagnostic::error("bad-feeds", message).help(help), written.at);
        return None;
    }
    Some(written.value.to_owned())
}

/// The formats of a scope, each once; `None` when the key is not there.
fn formats(table: &Fields<'_, '_>, key: &'static str) -> Option<Vec<FeedFormat>> {
    let mut formats = Vec::new();
    for written in table.texts(key) {
        match FeedFormat::ALL.iter().find(|(name, _)| *name == written.value) {
            Some((_, format)) if formats.contains(format) => {}
            Some((_, format)) => formats.push(*format),
            None => {
                let names = || FeedFormat::ALL.iter().map(|(name, _)| *name);
                let message = format!("there are no feeds in the format `{}`", written.value);
                let help = match nearest(written.value, names()) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "the formats are `atom`, `rss` and `json`".to_owned(),
                };
                table.report(Diagnostic::error("bad-feeds", message).help(help), written.at);
            }
        }
    }
    table.has(key).then_some(formats)
}
