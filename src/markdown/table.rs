//! Tables, each in a box of its own that scrolls when the screen is narrow. A box that scrolls
//! must be reachable by keyboard and have a name (WCAG 2.1.1, axe `scrollable-region-focusable`),
//! and regions of one page need different names (axe `landmark-unique`).

use pulldown_cmark::{Alignment, Event, TagEnd};

use super::escape::push_attribute;
use super::writer::{Events, Writer};
use super::{Resolver, Word};

/// Where we are in a table. Tables do not nest in Markdown.
#[derive(Default)]
pub(super) struct Table {
    /// How many tables the page has so far.
    pub(super) number: usize,
    alignments: Vec<Alignment>,
    column: usize,
    part: Part,
    /// The end tag of the open cell.
    cell_end: &'static str,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Part {
    #[default]
    Head,
    /// Behind the head, no row yet: a table without rows gets no `tbody`.
    BehindHead,
    Body,
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        let number = self.table.number + 1;
        self.table = Table { number, alignments, ..Table::default() };
        self.block("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        push_attribute(self.out, &self.resolver.word(Word::Table));
        if number > 1 {
            self.out.push_str(&format!(" {number}"));
        }
        self.out.push_str("\">\n<table>\n");
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.column = 0;
        self.out.push_str("<thead>\n<tr>");
    }

    pub(super) fn end_table_head(&mut self) {
        self.table.part = Part::BehindHead;
        self.out.push_str("</tr>\n</thead>\n");
    }

    pub(super) fn start_table_row(&mut self) {
        if self.table.part == Part::BehindHead {
            self.table.part = Part::Body;
            self.out.push_str("<tbody>\n");
        }
        self.table.column = 0;
        self.out.push_str("<tr>");
    }

    pub(super) fn start_table_cell(&mut self, events: &mut Events<'a>) {
        // The corner above a column of names is often empty: then it is the heading of nothing.
        let is_empty = matches!(events.peek(), Some(Event::End(TagEnd::TableCell)));
        let (start, end) = match self.table.part {
            Part::Head if !is_empty => ("<th scope=\"col\"", "</th>"),
            _ => ("<td", "</td>"),
        };
        self.typesetter().start_block();
        self.out.push_str(start);
        self.out.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            Some(Alignment::None) | None => ">",
        });
        self.table.cell_end = end;
        self.table.column += 1;
    }

    pub(super) fn end_table_cell(&mut self) {
        self.out.push_str(self.table.cell_end);
    }

    pub(super) fn end_table(&mut self) {
        if self.table.part == Part::Body {
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n</div>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::html;

    #[test]
    fn a_table_scrolls_in_a_named_box_and_is_aligned_by_classes() {
        insta::assert_snapshot!(
            html("| | Сума |\n|---|--:|\n| *Київ* | 5 |\n\n|a|\n|:-:|"),
            @r#"
        <div class="table" role="region" tabindex="0" aria-label="Таблиця">
        <table>
        <thead>
        <tr><td></td><th scope="col" class="align-right">Сума</th></tr>
        </thead>
        <tbody>
        <tr><td><em>Київ</em></td><td class="align-right">5</td></tr>
        </tbody>
        </table>
        </div>
        <div class="table" role="region" tabindex="0" aria-label="Таблиця 2">
        <table>
        <thead>
        <tr><th scope="col" class="align-center">a</th></tr>
        </thead>
        </table>
        </div>
        "#
        );
    }
}
