//! Markdown events → HTML. The loop and the plain elements; what needs thought (links, images,
//! headings, tables, footnotes, raw HTML) has its own file with its own methods of [`Writer`].

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Tag, TagEnd};

use super::escape::{push_attribute, push_text};
use super::footnote::Footnotes;
use super::heading::{Headings, OpenHeading};
use super::link::{Fragment, OpenLink};
use super::part::{self, OpenPart, Part};
use super::slot::Slots;
use super::table::Table;
use super::{Markdown, Problem, RawHtml, Resolver, sanitize};
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::locale::Typesetter;

/// An event and its place in the body.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// The parser's events, with a look ahead, and with footnotes put in again behind the body.
pub(super) struct Events<'a> {
    parser: OffsetIter<'a>,
    waiting: VecDeque<Placed<'a>>,
}

impl<'a> Events<'a> {
    pub(super) fn next(&mut self) -> Option<Placed<'a>> {
        self.waiting.pop_front().or_else(|| self.parser.next())
    }

    pub(super) fn peek(&mut self) -> Option<&Event<'a>> {
        if self.waiting.is_empty() {
            self.waiting.extend(self.parser.next());
        }
        self.waiting.front().map(|(event, _)| event)
    }

    pub(super) fn insert(&mut self, events: Vec<Placed<'a>>) {
        self.waiting.extend(events);
    }

    pub(super) fn next_three(&mut self) -> Option<[Placed<'a>; 3]> {
        Some([self.next()?, self.next()?, self.next()?])
    }

    /// Puts events back to where they were taken from.
    pub(super) fn put_back<const N: usize>(&mut self, events: [Placed<'a>; N]) {
        events.into_iter().rev().for_each(|event| self.waiting.push_front(event));
    }

    /// The text that follows at once, if a text does.
    fn following(&mut self) -> &str {
        match self.peek() {
            Some(Event::Text(text)) => text,
            _ => "",
        }
    }
}

/// Writes one body. Its methods are spread over the files of this module.
pub(super) struct Writer<'s, 'a, R> {
    pub(super) markdown: &'s Markdown,
    pub(super) source: &'s Source<'s>,
    /// Where the body begins in the source.
    pub(super) offset: usize,
    pub(super) raw_html: RawHtml,
    pub(super) resolver: &'s R,
    pub(super) out: &'s mut String,
    /// Where the body begins in `out`.
    start: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) has_raw_html: bool,
    pub(super) headings: Headings,
    pub(super) heading: Option<OpenHeading<'a>>,
    pub(super) footnotes: Footnotes<'a>,
    pub(super) links: Vec<OpenLink>,
    pub(super) fragments: Vec<Fragment>,
    pub(super) table: Table,
    /// One for the page, and one for each part in another language that we are in.
    pub(super) typesetters: Vec<Typesetter<'s>>,
    pub(super) parts: Vec<Part<'a>>,
    pub(super) open_parts: Vec<OpenPart>,
    /// The mark of the last part in brackets, which is not printed.
    pub(super) mark: Range<usize>,
    /// How many elements we are in whose text is not touched: code, addresses.
    pub(super) n_verbatim: usize,
    /// Those among them that the author wrote as HTML.
    pub(super) raw_verbatim: Vec<String>,
    /// The mark of another language, for the end of a link that the author wrote as HTML.
    pub(super) raw_mark: Option<String>,
    pub(super) slots: Slots,
    /// In how many components this text stands.
    pub(super) depth: usize,
    /// In how many lists, quotations and footnotes we are.
    pub(super) n_containers: usize,
}

impl<'s, 'a, R: Resolver> Writer<'s, 'a, R> {
    pub(super) fn new(
        markdown: &'s Markdown,
        source: &'s Source<'s>,
        offset: usize,
        body: &'a str,
        resolver: &'s R,
        out: &'s mut String,
    ) -> Self {
        let start = out.len();
        Self {
            markdown,
            source,
            offset,
            raw_html: markdown.raw_html,
            resolver,
            out,
            start,
            diagnostics: Vec::new(),
            has_raw_html: false,
            headings: Headings::default(),
            heading: None,
            footnotes: Footnotes::default(),
            links: Vec::new(),
            fragments: Vec::new(),
            table: Table::default(),
            typesetters: vec![Typesetter::new(resolver.typography().into())],
            parts: part::find(body),
            open_parts: Vec::new(),
            mark: 0..0,
            n_verbatim: 0,
            raw_verbatim: Vec::new(),
            raw_mark: None,
            slots: Slots::new(body),
            depth: 0,
            n_containers: 0,
        }
    }

    /// Writes the whole body, and gives what is wrong with it.
    pub(super) fn write(mut self, parser: OffsetIter<'a>) -> Vec<Diagnostic> {
        self.write_text(parser);
        self.check_fragments();
        let diagnostics = std::mem::take(&mut self.diagnostics);
        self.make_safe();
        diagnostics
    }

    /// Writes a text; it is not safe yet.
    pub(super) fn write_text(&mut self, parser: OffsetIter<'a>) {
        let mut events = Events { parser, waiting: VecDeque::new() };
        self.write_all(&mut events);
        self.write_footnotes(&mut events);
        self.end_block();
    }

    /// Sanitizes what was written if there is HTML in it that is not ours, and puts components into it.
    pub(super) fn make_safe(self) {
        if self.has_raw_html && self.raw_html == RawHtml::Sanitize {
            let safe = sanitize::clean(&self.markdown.sanitizer, self.out.split_at(self.start).1);
            self.out.truncate(self.start);
            self.out.push_str(&safe);
        }
        self.slots.fill(self.out, self.start);
    }

    pub(super) fn write_all(&mut self, events: &mut Events<'a>) {
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(tag) => self.start_tag(tag, range, events),
                Event::End(tag) => self.end_tag(tag),
                Event::Text(text) => self.text(&text, &range, events),
                Event::Code(code) => {
                    self.out.push_str("<code>");
                    push_text(self.out, &code);
                    self.out.push_str("</code>");
                    self.add_to_heading(&code);
                    self.typesetter().skip();
                }
                Event::InlineHtml(html) => self.inline_html(&html, range),
                // Lines of HTML blocks are read with their block's start.
                Event::Html(html) => self.html_block(&[(html, range)]),
                Event::SoftBreak => {
                    if self.n_verbatim > 0 {
                        self.out.push('\n');
                    } else {
                        let typesetter = typesetter(&mut self.typesetters);
                        self.out.push_str(typesetter.set("\n", events.following()));
                    }
                    self.add_to_heading(" ");
                }
                Event::HardBreak => {
                    self.out.push_str("<br>\n");
                    self.typesetter().break_line();
                    self.add_to_heading(" ");
                }
                Event::Rule => {
                    self.end_block();
                    self.out.push_str("<hr>\n");
                }
                Event::FootnoteReference(label) => self.footnote_reference(&label),
                Event::InlineMath(text) | Event::DisplayMath(text) => push_text(self.out, &text),
                Event::TaskListMarker(is_done) => self.task_mark(is_done),
            }
        }
    }

    fn start_tag(&mut self, tag: Tag<'a>, range: Range<usize>, events: &mut Events<'a>) {
        match tag {
            Tag::Paragraph => self.paragraph(&range, events),
            Tag::Heading { level, id, classes, attrs } => {
                // The parser takes the mark of a part at the heading's end for an attribute.
                let is_mark = self.parts.iter().any(|part| range.contains(&part.mark.start));
                let is_attribute = |name: &str| name != "lang" || !is_mark;
                let has_attributes =
                    !classes.is_empty() || attrs.iter().any(|(name, _)| is_attribute(name));
                self.start_heading(level, id, has_attributes, range);
            }
            Tag::BlockQuote(_) => {
                self.n_containers += 1;
                self.start_quotation(&range, events);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info))
                if self.component_block(&info, &range, events) => {}
            Tag::CodeBlock(kind) => self.start_code_block(&kind),
            Tag::HtmlBlock => {
                let mut lines = Vec::new();
                while let Some((event, range)) = events.next() {
                    match event {
                        Event::Html(html) | Event::Text(html) => lines.push((html, range)),
                        _ => break,
                    }
                }
                self.html_block(&lines);
            }
            Tag::List(first) => {
                self.n_containers += 1;
                match first {
                    None => self.block("<ul>\n"),
                    Some(1) => self.block("<ol>\n"),
                    Some(first) => self.block(&format!("<ol start=\"{first}\">\n")),
                }
            }
            Tag::Item => self.start_item(events),
            Tag::FootnoteDefinition(label) => self.read_footnote(&label, range, events),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_table_cell(events),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, range);
            }
            Tag::Image { dest_url, title, .. } => {
                let image = self.read_image(&dest_url, title, range, events);
                self.write_image(&image);
                self.typesetter().skip();
            }
            // Not enabled in `options`.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) => {
                self.n_containers -= 1;
                self.end_quotation();
            }
            TagEnd::CodeBlock => {
                self.out.push_str("</code></pre>\n");
                self.n_verbatim -= 1;
            }
            TagEnd::List(is_numbered) => {
                self.n_containers -= 1;
                self.out.push_str(if is_numbered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.end_link(),
            // Read to their end with their start, or not enabled.
            TagEnd::Image
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A paragraph's start, or the whole of it when it is nothing but an image.
    fn paragraph(&mut self, range: &Range<usize>, events: &mut Events<'a>) {
        self.end_block();
        if self.embed_paragraph(range, events) {
            return;
        }
        self.typesetter().start_block();
        if !matches!(events.peek(), Some(Event::Start(Tag::Image { .. }))) {
            self.out.push_str("<p>");
            return;
        }
        let Some((Event::Start(Tag::Image { dest_url, title, .. }), range)) = events.next() else {
            return;
        };
        let image = self.read_image(&dest_url, title, range, events);
        if image.target.is_some() && matches!(events.peek(), Some(Event::End(TagEnd::Paragraph))) {
            events.next();
            self.write_figure(&image);
        } else {
            self.out.push_str("<p>");
            self.write_image(&image);
            self.typesetter().skip();
        }
    }

    fn text(&mut self, text: &CowStr<'_>, range: &Range<usize>, events: &mut Events<'a>) {
        if text.starts_with('^') {
            self.check_footnote_text(text, range, events);
        }
        if self.part_bracket(text, range) {
            return;
        }
        let text = self.without_mark(text, range);
        self.add_to_heading(text);
        if self.n_verbatim > 0 {
            push_text(self.out, text);
            return;
        }
        if memchr::memchr(b'{', text.as_bytes()).is_some() {
            self.check_mark(text, range);
            self.check_attributes(text, range);
        }
        let typesetter = typesetter(&mut self.typesetters);
        push_text(self.out, typesetter.set(text, events.following()));
    }

    /// What sets the text here.
    pub(super) fn typesetter(&mut self) -> &mut Typesetter<'s> {
        typesetter(&mut self.typesetters)
    }

    /// `tabindex` lets a long line be scrolled with the keyboard.
    fn start_code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.n_verbatim += 1;
        self.block("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split([' ', '\t', ',']).next()
            && !language.is_empty()
        {
            self.out.push_str(" class=\"language-");
            push_attribute(self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Appends the tag of a block, on a line of its own.
    pub(super) fn block(&mut self, tag: &str) {
        self.end_block();
        self.out.push_str(tag);
    }

    /// Ends the line, so that a block can begin.
    pub(super) fn end_block(&mut self) {
        if self.out.len() > self.start && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// The text of the source at a range of the body, one byte more to the left.
    pub(super) fn source_from_byte_before(&self, range: &Range<usize>) -> Option<&'s str> {
        self.source.text.get((self.offset + range.start).checked_sub(1)?..self.offset + range.end)
    }

    /// The source from a place of the body on.
    pub(super) fn source_behind(&self, at: usize) -> &'s str {
        self.source.text.get(self.offset + at..).unwrap_or("")
    }

    /// The text of the source at a range of the body.
    pub(super) fn source_at(&self, range: &Range<usize>) -> Option<&'s str> {
        self.source.text.get(self.offset + range.start..self.offset + range.end)
    }

    /// The body's HTML so far.
    pub(super) fn html(&self) -> &str {
        self.out.split_at(self.start).1
    }

    pub(super) fn report(&mut self, problem: Problem, range: Range<usize>) {
        let Problem { severity, id, message, help } = problem;
        let diagnostic = match severity {
            Severity::Error => Diagnostic::error(id, message),
            Severity::Warning => Diagnostic::warning(id, message),
        };
        let place = self.offset + range.start..self.offset + range.end;
        let mut diagnostic = diagnostic.at(self.source, place, "");
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn warn(
        &mut self,
        id: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
        range: Range<usize>,
    ) {
        let (message, help) = (message.into(), Some(help.into()));
        self.report(Problem { severity: Severity::Warning, id, message, help }, range);
    }
}

/// What sets the text where we are. Apart from [`Writer`], so that the rest of it can be used meanwhile.
pub(super) fn typesetter<'w, 's>(typesetters: &'w mut [Typesetter<'s>]) -> &'w mut Typesetter<'s> {
    typesetters.last_mut().expect("the page's own is never taken away")
}
