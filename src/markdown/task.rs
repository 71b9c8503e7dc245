//! Items of task lists: `- [x] text`. What readers see is not for them to tick, so it is a picture of a
//! box with words, not a control that does nothing; and it stands in feeds, too, which drop controls.

use pulldown_cmark::{Event, Tag};

use super::escape::push_attribute;
use super::writer::{Events, Writer};
use super::{Resolver, Word};

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    pub(super) fn start_item(&mut self, events: &mut Events<'a>) {
        self.block(if events.begin_with_task() { "<li class=\"task\">" } else { "<li>" });
        self.typesetter().start_block();
    }

    pub(super) fn task_mark(&mut self, is_done: bool) {
        let (word, mark) = if is_done { (Word::TaskDone, '☑') } else { (Word::TaskOpen, '☐') };
        self.out.push_str("<span class=\"task-mark\" role=\"img\" aria-label=\"");
        push_attribute(self.out, &self.resolver.word(word));
        self.out.push_str("\">");
        self.out.push(mark);
        self.out.push_str("</span> ");
    }
}

impl Events<'_> {
    /// Whether an item that has begun is a task; in a list with blank lines its paragraph comes first.
    fn begin_with_task(&mut self) -> bool {
        let is_in_paragraph = matches!(self.peek(), Some(Event::Start(Tag::Paragraph)));
        let paragraph = if is_in_paragraph { self.next() } else { None };
        let is_task = matches!(self.peek(), Some(Event::TaskListMarker(_)));
        if let Some(paragraph) = paragraph {
            self.put_back([paragraph]);
        }
        is_task
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, html_in};

    #[test]
    fn a_task_says_whether_it_is_done() {
        insta::assert_snapshot!(html("- [ ] a\n- [x] b **c**\n  - [X] d\n- e [ ] f\n\n1. [x] one\n\n2. [ ] \"two\"\n\n   three"), @r#"
        <ul>
        <li class="task"><span class="task-mark" role="img" aria-label="Не зроблено">☐</span> a</li>
        <li class="task"><span class="task-mark" role="img" aria-label="Зроблено">☑</span> b <strong>c</strong>
        <ul>
        <li class="task"><span class="task-mark" role="img" aria-label="Зроблено">☑</span> d</li>
        </ul>
        </li>
        <li>e [ ] f</li>
        </ul>
        <ol>
        <li class="task">
        <p><span class="task-mark" role="img" aria-label="Зроблено">☑</span> one</p>
        </li>
        <li class="task">
        <p><span class="task-mark" role="img" aria-label="Не зроблено">☐</span> "two"</p>
        <p>three</p>
        </li>
        </ol>
        "#);
        insta::assert_snapshot!(html_in("uk", "- [x] \"Так\" - це"), @r#"
        <ul>
        <li class="task"><span class="task-mark" role="img" aria-label="…">☑</span> «Так» — це</li>
        </ul>
        "#);
    }

    #[test]
    fn boxes_that_belong_to_no_item_stay_text() {
        insta::assert_snapshot!(html("[x] a\n\n- [y] b\n- [x]\n- \\[x] c\n- [x](x.md) d"), @r#"
        <p>[x] a</p>
        <ul>
        <li>[y] b</li>
        <li class="task"><span class="task-mark" role="img" aria-label="Зроблено">☑</span> </li>
        <li>[x] c</li>
        <li><a href="/ua/x/">x</a> d</li>
        </ul>
        "#);
    }
}
