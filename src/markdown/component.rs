//! Components: fenced blocks that the theme shows, and web addresses that stand alone in their
//! paragraph and are shown as what they lead to.
//!
//! What the theme makes of a component is trusted: it goes into a slot (`slot`), which the sanitizer
//! does not look into.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use super::escape::without_controls;
use super::link::{Destination, Fragment, LINK_SCHEMES, destination};
use super::writer::{Events, Writer};
use super::{Author, LinkTarget, Problem, Resolver, options};
use crate::component::{
    Component, Content, Embed, Leaf, Leaves, Picture, Value, read_arguments, read_csv,
};
use crate::diagnostic::{Diagnostic, Severity, Source, has_errors, nearest};
use crate::table::Document;

/// How deep components may stand in each other.
const MAX_DEPTH: usize = 3;

const OWN_FILE_HELP: &str = "put the file into `static/` and write its path there, with a slash before \
                             it; or put it beside the article and write its name";

/// What separates arguments from the text below them, as in an article.
const SEPARATOR: &str = "+++";

/// A name that theme and author agree on, in an info string: its first word.
fn first_word(info: &str) -> &str {
    info.split([' ', '\t', ',']).next().unwrap_or("")
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    /// Shows a fenced block, its start having been read, as the component that its info string names.
    /// `false`, and nothing is read, when it names none.
    pub(super) fn component_block(
        &mut self,
        info: &str,
        range: &Range<usize>,
        events: &mut Events<'a>,
    ) -> bool {
        let name = first_word(info);
        let resolver = self.resolver;
        let Some(component) = resolver.components().get(name) else {
            self.check_name(name, range);
            return false;
        };
        let content = self.read_block(range, events);
        let fence = self.fence(range);
        if info.trim() != name {
            let message = format!("something stands behind the name of the component `{name}`");
            let help = "write arguments below it, one `key = value` a line";
            self.error("component-place", message, help, fence.clone());
        } else if self.n_containers > 0 {
            let message = format!("the component `{name}` stands in a list, quotation or footnote");
            let help = "put it before or behind that, at the left margin";
            self.error("component-place", message, help, fence.clone());
        } else if self.depth == MAX_DEPTH {
            let message = format!("the component `{name}` stands too deep in others");
            let help = "take it out of the component around it";
            self.error("component-place", message, help, fence.clone());
        } else {
            self.component(component, content, fence);
        }
        true
    }

    /// Shows a paragraph that is nothing but the address of a video or a post, its start having been
    /// read, as that. `false`, and nothing is read, when it is none or the theme has nothing for it.
    pub(super) fn embed_paragraph(
        &mut self,
        range: &Range<usize>,
        events: &mut Events<'a>,
    ) -> bool {
        let Some(embed) = self.source_at(range).and_then(lone_embed) else { return false };
        let resolver = self.resolver;
        let Some((component, argument)) = resolver.components().for_embed(&embed) else {
            return false;
        };
        if self.n_containers > 0 {
            return false;
        }
        while let Some((event, _)) = events.next() {
            if matches!(event, Event::End(TagEnd::Paragraph)) {
                break;
            }
        }
        let place = range.start..range.start + self.source_at(range).unwrap_or("").trim_end().len();
        if let Some(other) = component
            .arguments
            .iter()
            .find(|other| other.is_required && other.name != argument.name)
        {
            let message = format!("the component `{}` needs `{}`", component.name, other.name);
            let help = "write it as a block with arguments";
            self.error("missing-argument", message, help, place);
            return true;
        }
        self.show(component, vec![(argument.name.clone(), embed.into_value())], None, place);
        true
    }

    /// Warns about the name of a block that may have been meant for a component. Programming languages
    /// are names, too: so it must be a slip of the finger, or in letters that no such language has.
    fn check_name(&mut self, name: &str, range: &Range<usize>) {
        let components = self.resolver.components();
        let near = nearest(name, components.names());
        let help = match near {
            _ if name.is_empty() || components.is_empty() => return,
            Some(near) => format!("did you mean `{near}`?"),
            None if name.is_ascii() => return,
            None => {
                let names: Vec<String> =
                    components.names().map(|name| format!("`{name}`")).collect();
                format!("there are {}", names.join(", "))
            }
        };
        let message = format!("there is no component `{name}`, so the block is printed as it is");
        let fence = self.fence(range);
        self.warn("unknown-component", message, help, fence);
    }

    /// Reads a block to its end: the place of what stands between the fences.
    fn read_block(&self, range: &Range<usize>, events: &mut Events<'a>) -> Range<usize> {
        let text = self.source_at(range).unwrap_or("");
        let behind_fence = range.start + text.find('\n').map_or(text.len(), |end| end + 1);
        let mut content = behind_fence..behind_fence;
        while let Some((event, range)) = events.next() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(_) => content.end = range.end,
                _ => {}
            }
        }
        content
    }

    /// The opening fence and the name of a block.
    fn fence(&self, range: &Range<usize>) -> Range<usize> {
        let line = self.source_at(range).unwrap_or("").lines().next().unwrap_or("");
        range.start..range.start + line.trim_end().len()
    }

    fn error(&mut self, id: &'static str, message: String, help: &str, range: Range<usize>) {
        let help = Some(help.to_owned());
        self.report(Problem { severity: Severity::Error, id, message, help }, range);
    }

    fn component(&mut self, component: &Component, content: Range<usize>, fence: Range<usize>) {
        let content = self.offset + content.start..self.offset + content.end;
        let (arguments, text) = match component.content {
            Content::Arguments => (content.clone(), content.end..content.end),
            Content::Markdown | Content::Csv => split(self.source.text, content),
        };
        let fence_in_file = self.offset + fence.start..self.offset + fence.end;
        let n_before = self.diagnostics.len();
        let document = Document::parse(*self.source, arguments);
        let mut values = read_arguments(&document, component, self);
        self.diagnostics.extend(document.into_diagnostics());
        let source = self.source;
        let body = match component.content {
            Content::Arguments => None,
            Content::Markdown => Some(self.part_html(source, text)),
            Content::Csv => {
                let mut diagnostics = Vec::new();
                let table = read_csv(source, text, fence_in_file, self, &mut diagnostics);
                self.diagnostics.extend(diagnostics);
                values.extend(table.map(|table| (crate::component::TABLE.to_owned(), table)));
                None
            }
        };
        let is_wrong = has_errors(self.diagnostics.get(n_before..).unwrap_or_default());
        // What is not public now has been left out, with a warning.
        let is_complete = component.arguments.iter().all(|argument| {
            !argument.is_required || values.iter().any(|(name, _)| *name == argument.name)
        });
        if !is_wrong && is_complete {
            self.show(component, values, body.as_deref(), fence);
        }
    }

    fn show(
        &mut self,
        component: &Component,
        arguments: Vec<(String, Value)>,
        body: Option<&str>,
        place: Range<usize>,
    ) {
        self.end_block();
        match self.resolver.render_component(component, arguments, body) {
            Ok(html) => {
                let slot = self.slots.keep(html.trim().to_owned());
                self.out.push_str(&slot);
                self.out.push('\n');
            }
            Err(NotShown::Refused(problem)) => self.report(problem, place),
            Err(NotShown::Broken(diagnostics)) => self.diagnostics.extend(diagnostics),
        }
    }

    /// A part of a text as HTML of its own, which is safe to stand anywhere. Ids and numbers are counted
    /// through the whole page. There are no footnotes: they would stand in the middle of it.
    fn part_html(&mut self, source: &Source<'_>, range: Range<usize>) -> String {
        let start = range.start;
        let text = source.text.get(range).unwrap_or("");
        let mut html = String::new();
        let mut part = Writer::new(self.markdown, source, start, text, self.resolver, &mut html);
        part.depth = self.depth + 1;
        part.headings = std::mem::take(&mut self.headings);
        part.table.number = self.table.number;
        let options = options().difference(Options::ENABLE_FOOTNOTES);
        part.write_text(Parser::new_ext(text, options).into_offset_iter());
        self.headings = std::mem::take(&mut part.headings);
        self.table.number = part.table.number;
        self.diagnostics.append(&mut part.diagnostics);
        // Parts lie within the body, so they begin behind its beginning.
        let shift = start.saturating_sub(self.offset);
        self.fragments.extend(part.fragments.drain(..).map(|Fragment { id, range }| Fragment {
            id,
            range: range.start + shift..range.end + shift,
        }));
        part.make_safe();
        html.truncate(html.trim_end().len());
        html
    }

    /// A text in TOML as HTML. Where it stands in the file as it was read, its problems have their places;
    /// with escapes in it, they have that of the whole text.
    fn text_html(&mut self, written: &str, at: &Range<usize>) -> String {
        let source = self.source;
        let in_file = source.text.get(at.clone()).and_then(|text| text.find(written));
        if let Some(start) = in_file {
            let start = at.start + start;
            return self.part_html(source, start..start + written.len());
        }
        let (n_problems, n_fragments) = (self.diagnostics.len(), self.fragments.len());
        let html = self.part_html(&Source::new(source.file, written), 0..written.len());
        let place = source.place(at.clone());
        for diagnostic in self.diagnostics.iter_mut().skip(n_problems) {
            for label in &mut diagnostic.labels {
                label.place = Some(place.clone());
            }
        }
        for fragment in self.fragments.iter_mut().skip(n_fragments) {
            fragment.range = at.start - self.offset..at.end - self.offset;
        }
        html
    }
}

/// Why the theme does not show a component.
pub enum NotShown {
    /// Its arguments do not fit each other.
    Refused(Problem),
    /// Its template is wrong.
    Broken(Vec<Diagnostic>),
}

impl<R: Resolver> Leaves for Writer<'_, '_, R> {
    fn leaf(&mut self, leaf: Leaf, written: &str, at: Range<usize>) -> Option<Value> {
        let range = at.start - self.offset..at.end - self.offset;
        match leaf {
            Leaf::Markdown => Some(Value::Html(self.text_html(written, &at))),
            Leaf::Link => match self.link_target(written, &range) {
                LinkTarget::Url(url)
                | LinkTarget::Elsewhere(url)
                | LinkTarget::OtherLanguage { url, .. } => Some(Value::Text(url)),
                LinkTarget::PlainText => None,
            },
            Leaf::File => {
                let path = self.own_path(written, &range)?;
                match self.resolver.link(&path) {
                    Ok(LinkTarget::Url(url)) => return Some(Value::Text(url)),
                    Ok(_) => {}
                    Err(problem) => {
                        let help = problem.help.map(|_| OWN_FILE_HELP.to_owned());
                        self.report(Problem { help, ..problem }, range);
                    }
                }
                None
            }
            Leaf::PictureFile => {
                let src = self.own_path(written, &range)?;
                if let Err(problem) = self.resolver.image(&src) {
                    self.report(problem, range);
                    return None;
                }
                Some(Value::Picture(Picture { src, ..Picture::default() }))
            }
            Leaf::Story => match self.resolver.story(written) {
                Ok(()) => Some(Value::Story(written.to_owned())),
                Err(problem) => {
                    self.report(problem, range);
                    None
                }
            },
            // Days and embeds are told by their form alone.
            Leaf::Text | Leaf::Date | Leaf::Video | Leaf::Post => {
                let text = without_controls(written);
                Some(Value::Text(self.resolver.typography().set(&text).into_owned()))
            }
        }
    }

    fn picture(&mut self, picture: Picture, at: Range<usize>) -> Option<Value> {
        let range = at.start - self.offset..at.end - self.offset;
        if picture.alt.is_empty() {
            let message = "the picture has no alternative text";
            let help = "say in `alt = \"…\"` what the picture shows";
            self.warn("missing-alt", message, help, range.clone());
        }
        let caption = picture.caption.as_deref().unwrap_or("");
        let is_missing = || self.resolver.author(&picture.src, caption) == Author::Missing;
        if picture.credit.is_none() && is_missing() {
            let message = "nobody is named as the author of the picture";
            let help = "add `credit = \"…\"`";
            self.warn("missing-credit", message, help, range);
        }
        Some(Value::Picture(picture))
    }
}

impl<R: Resolver> Writer<'_, '_, R> {
    /// A path of the site. What lies elsewhere would be asked for before the reader agrees to it.
    fn own_path(&mut self, written: &str, range: &Range<usize>) -> Option<String> {
        match destination(written, LINK_SCHEMES) {
            Destination::Relative(path) if !path.ends_with(".md") => Some(path.into_owned()),
            _ => {
                let message = format!("`{}` is no file of this site", written.escape_debug());
                self.error("not-own-file", message, OWN_FILE_HELP, range.clone());
                None
            }
        }
    }
}

/// What a paragraph shows that is nothing but a web address.
pub(super) fn lone_embed(paragraph: &str) -> Option<Embed> {
    let text = paragraph.trim();
    let address = text.strip_prefix('<').map_or(Some(text), |rest| rest.strip_suffix('>'))?;
    Embed::parse(address)
}

/// The arguments and the text of a block, a range of `text`: what stands before the first line that is
/// [`SEPARATOR`], and behind it. Without such a line all is text. As in an article, one may also stand
/// before the arguments.
fn split(text: &str, block: Range<usize>) -> (Range<usize>, Range<usize>) {
    let mut at = block.start;
    let mut start = block.start;
    for line in text.get(block.clone()).unwrap_or("").split_inclusive('\n') {
        let line_start = at;
        at += line.len();
        if line.trim() != SEPARATOR {
            continue;
        }
        let is_first = text.get(block.start..line_start).unwrap_or("").trim().is_empty();
        if is_first && start == block.start {
            start = at;
        } else {
            return (start..line_start, at..block.end);
        }
    }
    if start == block.start { (start..start, block) } else { (start..start, start..block.end) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Echo, html_of, problems};
    use super::super::{RawHtml, summary};
    use super::*;
    use crate::locale::Typography;

    fn html(markdown: &str) -> String {
        html_of(RawHtml::Sanitize, markdown, &Echo)
    }

    #[test]
    fn a_text_in_a_component_is_markdown_and_its_arguments_are_text() {
        insta::assert_snapshot!(
            html("До.\n\n```quote\nperson = '<b>'\n+++\n*Так*\n\n- ні\n```\nПісля."),
            @r#"
        <p>До.</p>
        <section class="language-quote">&lt;b&gt;<p><em>Так</em></p>
        <ul>
        <li>ні</li>
        </ul></section>
        <p>Після.</p>
        "#
        );
    }

    #[test]
    fn the_sanitizer_cleans_what_stands_around_and_within_but_not_the_theme() {
        insta::assert_snapshot!(
            html("<div onclick=x>\n\n```quote\n<b onclick=x>а</b>\n```\n\n</div>\n\n<script>x</script>"),
            @r#"
        <div>
        <section class="language-quote"><p><b>а</b></p></section>
        </div>
        "#
        );
    }

    #[test]
    fn authors_cannot_make_a_slot_or_hide_one_in_an_attribute() {
        let quote = "\n\n```quote\nа\n```\n\n";
        for markdown in [
            format!("<hr class=\"component-slot-0000000000000000-0\">{quote}"),
            format!("<div title=\"{quote}\">б</div>"),
            format!("<div title='{quote}'>б</div>"),
            format!("<textarea>{quote}</textarea>"),
            format!("<!-- {quote} -->"),
            format!("<select>{quote}</select>"),
            format!("<table><tr>{quote}</table>"),
        ] {
            let html = html(&markdown);
            assert!(html.matches("<section").count() <= 1, "{html}");
            let page = scraper::Html::parse_fragment(&html);
            for element in
                page.root_element().descendants().filter_map(|node| node.value().as_element())
            {
                assert!(
                    element.attr("title").is_none_or(|title| !title.contains("section")),
                    "{html}"
                );
            }
        }
    }

    #[test]
    fn ids_and_numbers_are_counted_through_the_whole_page() {
        insta::assert_snapshot!(
            html("## a\n\n| x |\n|---|\n\n````quote\n## a\n\n| y |\n|---|\n\n```quote\n## a\n```\n````\n\n## a\n\n[в](#a-3)"),
            @r##"
        <h2 id="a">a</h2>
        <div class="table" role="region" tabindex="0" aria-label="&quot;&gt;&lt;script&gt;'">
        <table>
        <thead>
        <tr><th scope="col">x</th></tr>
        </thead>
        </table>
        </div>
        <section class="language-quote"><h2 id="a-2">a</h2>
        <div class="table" role="region" tabindex="0" aria-label="&quot;&gt;&lt;script&gt;' 2">
        <table>
        <thead>
        <tr><th scope="col">y</th></tr>
        </thead>
        </table>
        </div>
        <section class="language-quote"><h2 id="a-3">a</h2></section></section>
        <h2 id="a-4">a</h2>
        <p><a href="#a-3">в</a></p>
        "##
        );
        assert_eq!(problems("## a\n\n[в](#a)"), "");
    }

    #[test]
    fn only_what_stands_alone_in_its_paragraph_is_embedded() {
        let video = "https://youtu.be/aB3_-56789x";
        for alone in [video.to_owned(), format!("<{video}>"), format!("а\n\n  {video}  \n\nб")] {
            assert!(html(&alone).contains("<section"), "{alone}");
        }
        for other in [
            format!("{video} а"),
            format!("а\n{video}"),
            format!("> {video}"),
            format!("- {video}"),
            format!("    {video}"),
            format!("[{video}]({video})"),
            format!("а[^1]\n\n[^1]: {video}"),
            "https://youtu.be/".to_owned(),
        ] {
            assert!(!html(&other).contains("language-video"), "{other}");
        }
    }

    #[test]
    fn a_video_is_no_summary() {
        let text = "https://youtu.be/aB3_-56789x\n\nСлова.";
        assert_eq!(summary(text, Typography::off()), "Слова.");
    }

    #[test]
    fn without_a_theme_blocks_are_code() {
        assert_eq!(problems("```quote\nа\n```\n\n```цитата\n```"), "");
    }

    #[test]
    fn arguments_end_at_the_first_line_of_three_pluses() {
        let parts = |text: &str| {
            let (arguments, body) = split(text, 0..text.len());
            (text.get(arguments).unwrap().to_owned(), text.get(body).unwrap().to_owned())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(parts("a\n"), pair("", "a\n"));
        assert_eq!(parts("x = 1\n+++\na\n+++\n"), pair("x = 1\n", "a\n+++\n"));
        assert_eq!(parts("x = 1\r\n+++\r\na"), pair("x = 1\r\n", "a"));
        assert_eq!(parts("+++\nx = 1\n+++\na"), pair("x = 1\n", "a"));
        assert_eq!(parts("+++\na"), pair("", "a"));
        assert_eq!(parts("+++\n+++\na"), pair("", "a"));
        assert_eq!(parts(""), pair("", ""));
    }

    #[test]
    fn line_ends_of_all_systems_give_the_same_component() {
        let unix = "```quote\nperson = 'а'\n+++\nб\n\nв\n```\n";
        assert_eq!(html(unix), html(&unix.replace('\n', "\r\n")));
    }
}
