//! Footnotes, numbered by their first reference and written behind the body.
//!
//! Ids are `fn:1` for a note and `fnref:1`, `fnref:1:2` for its references. The colon keeps them
//! apart from the ids of headings, which have none; the labels that authors choose are not shown.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::escape::push_attribute;
use super::writer::{Events, Placed, Writer};
use super::{Resolver, Word};

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    /// In the order in which their labels were met.
    notes: Vec<Note<'a>>,
    /// By label in lower case: like all labels of Markdown, those of footnotes ignore case.
    by_label: FxHashMap<String, usize>,
    /// Indexes of `notes` in the order of first reference: note 1, note 2, …
    numbered: Vec<usize>,
}

#[derive(Default)]
struct Note<'a> {
    label: String,
    /// From 1; `None` as long as nothing refers to it.
    number: Option<usize>,
    n_references: usize,
    definition: Option<(Range<usize>, Vec<Placed<'a>>)>,
}

impl<'a> Footnotes<'a> {
    fn note(&mut self, label: &str) -> (usize, &mut Note<'a>) {
        let index = *self.by_label.entry(label.to_lowercase()).or_insert(self.notes.len());
        if index == self.notes.len() {
            self.notes.push(Note { label: label.to_owned(), ..Note::default() });
        }
        (index, &mut self.notes[index])
    }

    /// Whether the page has a footnote or a reference with this id.
    pub(super) fn has_place(&self, id: &str) -> bool {
        let number =
            |text: &str| text.parse().ok().filter(|n| (1..=self.numbered.len()).contains(n));
        match id.split_once(':') {
            Some(("fn", note)) => number(note).is_some(),
            Some(("fnref", note)) => number(note).is_some(),
            _ => false,
        }
    }
}

/// `fnref:1` for the first reference to note 1, `fnref:1:2` for the second.
fn reference_id(number: usize, reference: usize) -> String {
    if reference == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{reference}") }
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let next_number = self.footnotes.numbered.len() + 1;
        let (index, note) = self.footnotes.note(label);
        note.n_references += 1;
        let number = *note.number.get_or_insert(next_number);
        let id = reference_id(number, note.n_references);
        if number == next_number {
            self.footnotes.numbered.push(index);
        }
        let html = format!(
            "<sup class=\"footnote-reference\"><a href=\"#fn:{number}\" id=\"{id}\" \
             role=\"doc-noteref\">{number}</a></sup>"
        );
        self.out.push_str(&html);
    }

    /// Keeps a definition, its start having been read, until the end of the body. Definitions within
    /// it count as if they stood beside it: it may itself never be referred to.
    pub(super) fn read_footnote(
        &mut self,
        label: &CowStr<'a>,
        range: Range<usize>,
        events: &mut Events<'a>,
    ) {
        let mut open = vec![(label.clone(), range, Vec::new())];
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push((label, range, Vec::new()));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    let Some((label, range, content)) = open.pop() else { return };
                    // As with links, the first definition of a label counts.
                    let (_, note) = self.footnotes.note(&label);
                    note.definition.get_or_insert((range, content));
                    if open.is_empty() {
                        return;
                    }
                }
                event => {
                    if let Some((_, _, content)) = open.last_mut() {
                        content.push((event, range));
                    }
                }
            }
        }
    }

    /// Writes all footnotes that were referred to, and reports the others.
    pub(super) fn write_footnotes(&mut self, events: &mut Events<'a>) {
        if !self.footnotes.numbered.is_empty() {
            self.block("<section class=\"footnotes\" aria-label=\"");
            push_attribute(self.out, &self.resolver.word(Word::Footnotes));
            self.out.push_str("\">\n<ol>\n");
            self.n_containers += 1;
            self.write_notes(events);
            self.n_containers -= 1;
            self.out.push_str("</ol>\n</section>\n");
        }
        for note in std::mem::take(&mut self.footnotes.notes) {
            if let (None, Some((range, _))) = (note.number, note.definition) {
                let message = format!("nothing refers to the footnote `{}`", note.label);
                let help = format!("write `[^{}]` in the text, or remove the footnote", note.label);
                self.warn("unused-footnote", message, help, range);
            }
        }
    }

    fn write_notes(&mut self, events: &mut Events<'a>) {
        // Notes may refer to further notes, which are then numbered, and to earlier ones: so the
        // back-links are written when all references are known.
        let mut back_link_places = Vec::new();
        while let Some(&index) = self.footnotes.numbered.get(back_link_places.len()) {
            let number = back_link_places.len() + 1;
            self.out.push_str(&format!("<li id=\"fn:{number}\">\n"));
            if let Some((_, content)) = &mut self.footnotes.notes[index].definition {
                events.insert(std::mem::take(content));
            }
            self.write_all(events);
            if self.out.ends_with("</p>\n") {
                self.out.truncate(self.out.len() - "</p>\n".len());
                self.out.push(' ');
            } else {
                self.block("<p>");
            }
            back_link_places.push((self.out.len(), index));
            self.out.push_str("</p>\n</li>\n");
        }
        for (number, (place, index)) in back_link_places.into_iter().enumerate().rev() {
            let links = self.back_links(number + 1, self.footnotes.notes[index].n_references);
            self.out.insert_str(place, &links);
        }
    }

    /// One link for every reference: ↩ ↩2 ↩3.
    fn back_links(&self, number: usize, n_references: usize) -> String {
        let word = self.resolver.word(Word::BackToReference);
        let mut html = String::new();
        for reference in 1..=n_references {
            if reference > 1 {
                html.push(' ');
            }
            let id = reference_id(number, reference);
            html.push_str(&format!("<a class=\"footnote-back\" href=\"#{id}\" aria-label=\""));
            push_attribute(&mut html, &word);
            // U+FE0E: the arrow as a letter, not as a coloured picture.
            if reference == 1 {
                html.push_str(&format!(" {number}\">↩\u{fe0e}</a>"));
            } else {
                html.push_str(&format!(
                    " {number}-{reference}\">↩\u{fe0e}<sup>{reference}</sup></a>"
                ));
            }
        }
        html
    }

    /// Reports `[^label]` that stayed text because nothing defines it.
    pub(super) fn check_footnote_text(
        &mut self,
        text: &str,
        range: &Range<usize>,
        events: &mut Events<'a>,
    ) {
        let is_bracketed = self.source_from_byte_before(range).is_some_and(|s| s.starts_with("[^"))
            && matches!(events.peek(), Some(Event::Text(next)) if next.starts_with(']'));
        if is_bracketed {
            let message = format!("the footnote `[{text}]` is not defined");
            let help = format!("write `[{text}]: …` on a line of its own");
            self.warn("missing-footnote", message, help, range.start - 1..range.end + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, problems};

    #[test]
    fn notes_are_numbered_by_reference_and_lead_back_to_each() {
        insta::assert_snapshot!(
            html("A[^два] b[^Один] c[^ДВА].\n\n[^один]: First.\n[^два]: Second.\n\n    More[^три].\n\n[^три]: - list\n"),
            @r##"
        <p>A<sup class="footnote-reference"><a href="#fn:1" id="fnref:1" role="doc-noteref">1</a></sup> b<sup class="footnote-reference"><a href="#fn:2" id="fnref:2" role="doc-noteref">2</a></sup> c<sup class="footnote-reference"><a href="#fn:1" id="fnref:1:2" role="doc-noteref">1</a></sup>.</p>
        <section class="footnotes" aria-label="Примітки">
        <ol>
        <li id="fn:1">
        <p>Second.</p>
        <p>More<sup class="footnote-reference"><a href="#fn:3" id="fnref:3" role="doc-noteref">3</a></sup>. <a class="footnote-back" href="#fnref:1" aria-label="Назад до посилання 1">↩︎</a> <a class="footnote-back" href="#fnref:1:2" aria-label="Назад до посилання 1-2">↩︎<sup>2</sup></a></p>
        </li>
        <li id="fn:2">
        <p>First. <a class="footnote-back" href="#fnref:2" aria-label="Назад до посилання 2">↩︎</a></p>
        </li>
        <li id="fn:3">
        <ul>
        <li>list</li>
        </ul>
        <p><a class="footnote-back" href="#fnref:3" aria-label="Назад до посилання 3">↩︎</a></p>
        </li>
        </ol>
        </section>
        "##
        );
    }

    #[test]
    fn a_note_may_refer_to_an_earlier_one() {
        insta::assert_snapshot!(html("A[^1] b[^2].\n\n[^1]: One.\n[^2]: See[^1]."), @r##"
        <p>A<sup class="footnote-reference"><a href="#fn:1" id="fnref:1" role="doc-noteref">1</a></sup> b<sup class="footnote-reference"><a href="#fn:2" id="fnref:2" role="doc-noteref">2</a></sup>.</p>
        <section class="footnotes" aria-label="Примітки">
        <ol>
        <li id="fn:1">
        <p>One. <a class="footnote-back" href="#fnref:1" aria-label="Назад до посилання 1">↩︎</a> <a class="footnote-back" href="#fnref:1:2" aria-label="Назад до посилання 1-2">↩︎<sup>2</sup></a></p>
        </li>
        <li id="fn:2">
        <p>See<sup class="footnote-reference"><a href="#fn:1" id="fnref:1:2" role="doc-noteref">1</a></sup>. <a class="footnote-back" href="#fnref:2" aria-label="Назад до посилання 2">↩︎</a></p>
        </li>
        </ol>
        </section>
        "##);
    }

    #[test]
    fn what_is_unused_or_undefined_is_reported() {
        let markdown = "A[^no] \\[^no].\n\n[^unused]: One[^2].\n\n    [^2]: Two.\n\n[b](#fn:1)";
        insta::assert_snapshot!(html(markdown), @r##"
        <p>A[^no] [^no].</p>
        <p><a href="#fn:1">b</a></p>
        "##);
        insta::assert_snapshot!(problems(markdown), @r"
        4:2 warning[missing-footnote] the footnote `[^no]` is not defined
          write `[^no]: …` on a line of its own
        6:1 warning[unused-footnote] nothing refers to the footnote `unused`
          write `[^unused]` in the text, or remove the footnote
        8:5 warning[unused-footnote] nothing refers to the footnote `2`
          write `[^2]` in the text, or remove the footnote
        10:1 warning[missing-anchor] no heading here is `#fn:1`
          write `{#…}` behind the heading that is meant
        ");
    }
}
