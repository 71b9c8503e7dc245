//! Headings: their level on the page, and ids that links can lean on.

use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel};
use rustc_hash::FxHashMap;

use super::Resolver;
use super::escape::push_attribute;
use super::writer::Writer;

/// The ids of a page's headings: each once.
#[derive(Default)]
pub(super) struct Headings {
    ids: Vec<String>,
    /// How often an id was asked for.
    n_times: FxHashMap<String, usize>,
}

impl Headings {
    /// The wanted id, or with `-2`, `-3`, … behind it when it is taken.
    fn claim(&mut self, wanted: String) -> &str {
        let mut id = wanted.clone();
        while self.n_times.contains_key(&id) {
            let n = self.n_times.entry(wanted.clone()).or_insert(1);
            *n += 1;
            id = format!("{wanted}-{n}");
        }
        self.n_times.insert(id.clone(), 1);
        self.ids.push(id);
        self.ids.last().expect("just pushed")
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.n_times.contains_key(id)
    }

    /// In the order of the page.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }
}

/// A heading whose text is being written.
pub(super) struct OpenHeading<'a> {
    level: HeadingLevel,
    written_id: Option<CowStr<'a>>,
    range: Range<usize>,
    /// Where its text begins in the output: the tag is put before it when the text, and so the
    /// id, is known.
    start: usize,
    text: String,
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        written_id: Option<CowStr<'a>>,
        has_attributes: bool,
        range: Range<usize>,
    ) {
        self.end_block();
        if level == HeadingLevel::H1 {
            let message = "a heading of the first level stands in the text";
            let help = "write `##`: the first level is the article's headline";
            self.warn("heading-level", message, help, range.clone());
        }
        if has_attributes {
            let message = "only an id can stand behind a heading";
            let help = "leave only `{#id}` in the braces";
            self.warn("heading-attributes", message, help, range.clone());
        }
        self.typesetter().start_block();
        let start = self.out.len();
        self.heading = Some(OpenHeading { level, written_id, range, start, text: String::new() });
    }

    /// Text that stands in a heading is part of its id.
    pub(super) fn add_to_heading(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        if self.out.len() == heading.start {
            let help = "write the heading's text, or remove its line";
            self.warn("empty-heading", "the heading is empty", help, heading.range);
            return;
        }
        let written = heading.written_id.as_deref().map(clean_id).filter(|id| !id.is_empty());
        if let Some(id) = written.as_ref().filter(|id| self.headings.has(id)) {
            let message = format!("another heading above has the id `{id}`");
            self.warn("heading-id", message, "choose another id", heading.range);
        }
        let wanted = written
            .or_else(|| Some(clean_id(&self.resolver.heading_slug(heading.text.trim()))))
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| "section".to_owned());
        let level = heading.level.max(HeadingLevel::H2);
        let mut tag = format!("<{level} id=\"");
        push_attribute(&mut tag, self.headings.claim(wanted));
        tag.push_str("\">");
        self.out.insert_str(heading.start, &tag);
        self.out.push_str(&format!("</{level}>\n"));
    }
}

/// Letters, digits, `-`, `_` and `.`: an id that needs no escaping in an attribute or a fragment,
/// and never begins like the id of a footnote, which has a colon.
fn clean_id(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, problems};
    use super::*;

    #[test]
    fn ids_are_unique_whatever_is_asked_for() {
        let mut headings = Headings::default();
        let got =
            ["a", "a", "a-2", "a", "b", "a-2"].map(|id| headings.claim(id.to_owned()).to_owned());
        assert_eq!(got, ["a", "a-2", "a-2-2", "a-3", "b", "a-2-3"]);
    }

    #[test]
    fn a_heading_gets_the_slug_of_its_text_or_its_own_id() {
        insta::assert_snapshot!(
            html("## *One* `two` [three](x.md)\n\n### One two three\n\n## Own {#my\"id:1}\n\n## !!!\n\n## ![map](a.jpg)"),
            @r##"
        <h2 id="one-two-three"><em>One</em> <code>two</code> <a href="/ua/x/">three</a></h2>
        <h3 id="one-two-three-2">One two three</h3>
        <h2 id="myid1">Own</h2>
        <h2 id="section">!!!</h2>
        <h2 id="map"><img src="/img/a.jpg" alt="map" width="640" height="480" loading="lazy" decoding="async"></h2>
        "##
        );
    }

    #[test]
    fn the_first_level_belongs_to_the_headline() {
        insta::assert_snapshot!(html("# Top\n\n## Next"), @r#"
        <h2 id="top">Top</h2>
        <h2 id="next">Next</h2>
        "#);
        insta::assert_snapshot!(
            problems("# Top"),
            @r"
        4:1 warning[heading-level] a heading of the first level stands in the text
          write `##`: the first level is the article's headline
        "
        );
    }

    #[test]
    fn attributes_other_than_an_id_never_reach_the_page() {
        let markdown = "## Title {#t .class onclick=alert(1) style=x}\n\n## Other {#t}\n\n##";
        insta::assert_snapshot!(html(markdown), @r#"
        <h2 id="t">Title</h2>
        <h2 id="t-2">Other</h2>
        "#);
        insta::assert_snapshot!(problems(markdown), @r"
        4:1 warning[heading-attributes] only an id can stand behind a heading
          leave only `{#id}` in the braces
        6:1 warning[heading-id] another heading above has the id `t`
          choose another id
        8:1 warning[empty-heading] the heading is empty
          write the heading's text, or remove its line
        ");
    }
}
