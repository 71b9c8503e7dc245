//! Parts in another language: `[text]{lang=en}` in a line, and a quotation whose first line is
//! `{lang=en}`. They get `lang`, by which speech synthesizers choose their voice (WCAG 2.2, 3.1.2), and
//! the typography of their language.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::escape::push_attribute;
use super::writer::{Events, Writer};
use super::{Resolver, options};
use crate::locale::{LanguageTag, Typesetter, Typography};

const MARK: &str = "{lang=";

/// A part in brackets; places are bytes of the body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// Of the opening bracket.
    pub(super) open: usize,
    /// Of the closing bracket.
    pub(super) close: usize,
    /// `{lang=en}`, right behind it.
    pub(super) mark: Range<usize>,
    /// `en`
    pub(super) tag: &'a str,
}

/// The parts in brackets, by their closing brackets. A body without a mark is not parsed for them.
pub(super) fn find(body: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    if memchr::memmem::find(body.as_bytes(), b"]{lang=").is_none() {
        return parts;
    }
    // Brackets that are no link are texts of their own. They pair within one element.
    let mut open: Vec<Vec<usize>> = vec![Vec::new()];
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        match event {
            Event::Start(_) => open.push(Vec::new()),
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if &*text == "[" => {
                open.last_mut().expect("elements end as often as they start").push(range.start);
            }
            Event::Text(text) if &*text == "]" => {
                let opened = open.last_mut().expect("elements end as often as they start").pop();
                if let Some(open) = opened
                    && let Some((mark, tag)) = mark_at(body, range.end)
                {
                    parts.push(Part { open, close: range.start, mark, tag });
                }
            }
            _ => {}
        }
    }
    parts
}

/// `{lang=en}` or `{lang="en"}` at a place, and its tag.
fn mark_at(text: &str, at: usize) -> Option<(Range<usize>, &str)> {
    let rest = text.get(at..)?.strip_prefix(MARK)?;
    let tag = rest.split(['}', '\n']).next()?;
    rest.get(tag.len()..)?.starts_with('}').then_some(())?;
    Some((at..at + MARK.len() + tag.len() + 1, tag.trim_matches(['"', '\''])))
}

/// The tag of a line that is nothing but a mark.
pub(super) fn mark_alone(line: &str) -> Option<&str> {
    let (mark, tag) = mark_at(line, 0)?;
    line.get(mark.end..)?.trim().is_empty().then_some(tag)
}

/// How a part is set whose tag is as written.
pub(super) fn typography_of(
    tag: &str,
    page: &Typography,
) -> Result<(LanguageTag, Typography), String> {
    let tag = LanguageTag::parse(tag).map_err(|problem| problem.to_string())?;
    let typography = page.of_part(&tag);
    Ok((tag, typography))
}

/// A part that has begun.
pub(super) struct OpenPart {
    /// Of its closing bracket; `None` for a quotation.
    close: Option<usize>,
    /// Whether its language is known, so that it has its own element and typesetter.
    is_marked: bool,
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    /// Begins or ends a part, if a text that is one bracket does; then nothing of it is printed.
    pub(super) fn part_bracket(&mut self, text: &str, range: &Range<usize>) -> bool {
        match text {
            "[" => {
                let Some(part) = self.parts.iter().find(|part| part.open == range.start) else {
                    return false;
                };
                let (close, mark, tag) = (part.close, part.mark.clone(), part.tag);
                let start = self.begin_part(tag, mark, "<span");
                self.open_parts.push(OpenPart { close: Some(close), is_marked: start });
                true
            }
            "]" => {
                let is_end = self.open_parts.last().is_some_and(|p| p.close == Some(range.start));
                if !is_end {
                    return false;
                }
                if let Some(part) = self.parts.iter().find(|part| part.close == range.start) {
                    self.mark = part.mark.clone();
                }
                self.end_part("</span>");
                true
            }
            _ => false,
        }
    }

    /// Begins a quotation. Its first line may be a mark, which is not printed.
    pub(super) fn start_quotation(&mut self, range: &Range<usize>, events: &mut Events<'a>) {
        self.end_block();
        let is_marked = match self.take_mark(range, events) {
            Some((tag, mark)) => self.begin_part(&tag, mark, "<blockquote"),
            None => false,
        };
        if is_marked {
            self.out.push('\n');
        } else {
            self.out.push_str("<blockquote>\n");
        }
        self.open_parts.push(OpenPart { close: None, is_marked });
    }

    pub(super) fn end_quotation(&mut self) {
        self.end_block();
        self.end_part("");
        self.out.push_str("</blockquote>\n");
    }

    /// Writes the start tag; reports a language that there is not, and writes nothing.
    fn begin_part(&mut self, tag: &str, mark: Range<usize>, element: &str) -> bool {
        match typography_of(tag, self.resolver.typography()) {
            Ok((tag, typography)) => {
                self.out.push_str(element);
                self.out.push_str(" lang=\"");
                push_attribute(self.out, tag.as_str());
                self.out.push_str("\">");
                self.typesetters.push(Typesetter::new(typography.into()));
                true
            }
            Err(message) => {
                let help = "write a BCP 47 tag: `{lang=en}`, `{lang=uk}`, `{lang=de}`";
                self.warn("part-language", message, help, mark);
                false
            }
        }
    }

    fn end_part(&mut self, end: &str) {
        let Some(part) = self.open_parts.pop() else { return };
        if part.is_marked {
            self.out.push_str(end);
            self.typesetters.pop();
            self.typesetter().skip();
        }
    }

    /// Reads over the mark in a quotation's first line, or its paragraph if that has nothing else.
    fn take_mark(
        &mut self,
        quotation: &Range<usize>,
        events: &mut Events<'a>,
    ) -> Option<(String, Range<usize>)> {
        let text = self.source_at(quotation)?;
        if !text.trim_start_matches(['>', ' ', '\t']).starts_with(MARK) {
            return None;
        }
        let [paragraph, mark, behind] = events.next_three()?;
        let tag = match (&paragraph.0, &mark.0, &behind.0) {
            (
                Event::Start(Tag::Paragraph),
                Event::Text(line),
                Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph),
            ) => mark_alone(line).map(str::to_owned),
            _ => None,
        };
        let Some(tag) = tag else {
            events.put_back([paragraph, mark, behind]);
            return None;
        };
        if !matches!(behind.0, Event::End(_)) {
            events.put_back([paragraph]);
        }
        Some((tag, mark.1))
    }

    /// What is left of a text behind a mark that has been read.
    pub(super) fn without_mark<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str {
        if self.mark.contains(&range.start) {
            text.get(self.mark.end - range.start..).unwrap_or("")
        } else {
            text
        }
    }

    /// Reports a mark that stays text, because it is neither behind brackets nor a quotation's first line.
    pub(super) fn check_mark(&mut self, text: &str, range: &Range<usize>) {
        let Some(at) = memchr::memmem::find(text.as_bytes(), MARK.as_bytes()) else { return };
        let Some((mark, _)) = mark_at(text, at) else { return };
        let message = "the mark of a language belongs to nothing";
        let help = "put what it is for into brackets before it, `[text]{lang=en}`, or let it be a \
                    quotation's first line";
        self.warn("part-language", message, help, range.start + mark.start..range.start + mark.end);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, html_in, problems};
    use super::*;

    #[test]
    fn a_part_in_brackets_has_its_language_and_its_typography() {
        let markdown = "Він сказав: [\"*Yes*, we [do](x.md)\"]{lang=en} - і \"годі\".";
        insta::assert_snapshot!(html_in("uk", markdown), @r#"<p>Він сказав: <span lang="en">“<em>Yes</em>, we <a href="/ua/x/">do</a>”</span> — і «годі».</p>"#);
        insta::assert_snapshot!(html_in("en", "[\"Так [\"yes\"]{lang='en'}\"]{lang=\"UK\"} \"no\""), @r#"<p><span lang="uk">«Так <span lang="en">“yes”</span>»</span> “no”</p>"#);
    }

    #[test]
    fn a_part_in_a_heading_is_not_taken_for_the_headings_attribute() {
        insta::assert_snapshot!(html("## Що таке [know-how]{lang=en}"), @r#"<h2 id="know-how">Що таке <span lang="en">know-how</span></h2>"#);
        assert_eq!(problems("## Що таке [know-how]{lang=en}"), "");
    }

    #[test]
    fn a_quotation_whose_first_line_is_a_mark_has_its_language() {
        insta::assert_snapshot!(html_in("uk", "> {lang=en}\n> \"Yes\", he said.\n\n> {lang=ru}\n>\n> \"Да\".\n>\n> > {lang=en}\n> > \"No\"\n\n\"Ні\""), @r#"
        <blockquote lang="en">
        <p>“Yes”, he said.</p>
        </blockquote>
        <blockquote lang="ru">
        <p>«Да».</p>
        <blockquote lang="en">
        <p>“No”</p>
        </blockquote>
        </blockquote>
        <p>«Ні»</p>
        "#);
    }

    #[test]
    fn what_is_no_part_stays_as_it_is() {
        for markdown in ["[a] {lang=en", "\\[a]", "`[a]{lang=en}`", "> lang=en"] {
            assert!(!html(markdown).contains("<span"), "{markdown}");
            assert_eq!(problems(markdown), "", "{markdown}");
        }
    }

    #[test]
    fn an_unknown_language_and_a_mark_without_a_part_are_reported() {
        let markdown = "[Так]{lang=ua} текст.\n\n> {lang=x}\n> Цитата\n\nСлово{lang=en}";
        insta::assert_snapshot!(html(markdown), @"
        <p>Так текст.</p>
        <blockquote>
        <p>Цитата</p>
        </blockquote>
        <p>Слово{lang=en}</p>
        ");
        insta::assert_snapshot!(problems(markdown), @r"
        4:6 warning[part-language] no language has the code `ua`: `UA` is a country, its language is `uk`
          write a BCP 47 tag: `{lang=en}`, `{lang=uk}`, `{lang=de}`
        6:3 warning[part-language] `x` is not a language tag
          write a BCP 47 tag: `{lang=en}`, `{lang=uk}`, `{lang=de}`
        9:6 warning[part-language] the mark of a language belongs to nothing
          put what it is for into brackets before it, `[text]{lang=en}`, or let it be a quotation's first line
        ");
    }

    #[test]
    fn footnotes_behind_a_part_lose_nothing() {
        insta::assert_snapshot!(html("[^1]: {Довга} примітка.\n\n[a]{lang=en}[^1]"), @r##"
        <p><span lang="en">a</span><sup class="footnote-reference"><a href="#fn:1" id="fnref:1" role="doc-noteref">1</a></sup></p>
        <section class="footnotes" aria-label="Примітки">
        <ol>
        <li id="fn:1">
        <p>{Довга} примітка. <a class="footnote-back" href="#fnref:1" aria-label="Назад до посилання 1">↩︎</a></p>
        </li>
        </ol>
        </section>
        "##);
    }

    #[test]
    fn brackets_pair_within_one_element() {
        assert_eq!(find("*[a*]{lang=en}"), []);
        let found = find("x [a [b] c]{lang=en}");
        assert_eq!(found, [Part { open: 2, close: 10, mark: 11..20, tag: "en" }]);
    }
}
