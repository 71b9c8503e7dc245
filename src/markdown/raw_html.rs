//! HTML inside Markdown: passed on, printed as text or left out. Its addresses are resolved
//! (`raw_address`), and what the sanitizer will take from it is reported at its place. What is safe,
//! `sanitize` says, which reads the result once more.

use std::ops::Range;

use pulldown_cmark::CowStr;

use super::escape::{push_text, without_controls};
use super::link::{LINK_SCHEMES, MEDIA_SCHEMES};
use super::raw_address::{Edit, decoded};
use super::sanitize::{self, Verdict};
use super::writer::Writer;
use super::{RawHtml, Resolver};

impl<R: Resolver> Writer<'_, '_, R> {
    /// One tag or comment in a line of text.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if self.raw_html == RawHtml::Escape {
            if !is_comment(html) {
                push_text(self.out, html);
            }
            return;
        }
        self.enter_and_leave(html);
        self.pass_on(html, |at| range.start + at.start..(range.start + at.end).min(range.end));
    }

    /// Text between the tags of [`VERBATIM`] elements is code, or no text at all. As browsers do, we
    /// take one that is never closed to go on to the end.
    fn enter_and_leave(&mut self, html: &str) {
        for tag in html.split('<').skip(1) {
            let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let name = tag.split_at(end).0.to_ascii_lowercase();
            if is_end && self.raw_verbatim.last() == Some(&name) {
                self.raw_verbatim.pop();
                self.n_verbatim -= 1;
                self.typesetter().skip();
            } else if !is_end && VERBATIM.contains(&&*name) {
                self.raw_verbatim.push(name);
                self.n_verbatim += 1;
            }
        }
    }

    /// Lines of HTML between blank lines.
    pub(super) fn html_block(&mut self, lines: &[(CowStr<'_>, Range<usize>)]) {
        let html: String = lines.iter().map(|(line, _)| &**line).collect();
        self.end_block();
        if self.raw_html == RawHtml::Escape {
            if !is_comment(&html) {
                self.out.push_str("<p>");
                push_text(self.out, html.trim());
                self.out.push_str("</p>\n");
            }
            return;
        }
        self.enter_and_leave(&html);
        self.pass_on(&html, |at| {
            // In a quotation the lines of a block do not follow each other in the source.
            let mut line_start = 0;
            for (line, range) in lines {
                if at.start < line_start + line.len() {
                    let start = range.start + (at.start - line_start);
                    return start..(start + at.len()).min(range.start + line.trim_end().len());
                }
                line_start += line.len();
            }
            lines.last().map_or(0..0, |(_, range)| range.clone())
        });
    }

    /// `place` tells where a range of `html` is in the body.
    fn pass_on(&mut self, html: &str, place: impl Fn(Range<usize>) -> Range<usize>) {
        if self.raw_html == RawHtml::Sanitize {
            if is_comment(html) {
                return;
            }
            if html.trim_start().starts_with("<!--") && !html.contains("-->") {
                // The block ends with the body or its container, but a browser would look for
                // the comment's end in everything that follows.
                let help = "end the comment with `-->`";
                let message = "a comment that is never closed is left out";
                self.warn("unclosed-comment", message, help, place(0..4));
                return;
            }
        }
        let mut edits = Vec::new();
        for tag in tags(html) {
            self.check_tag(&tag, html, place(tag.range.clone()), &mut edits);
        }
        self.has_raw_html = true;
        edits.sort_by_key(|(range, _)| range.start);
        let mut at = 0;
        for (range, text) in edits {
            self.out.push_str(&without_controls(html.get(at..range.start).unwrap_or("")));
            self.out.push_str(&text);
            at = range.end;
        }
        self.out.push_str(&without_controls(html.get(at..).unwrap_or("")));
    }

    fn check_tag(&mut self, tag: &Tag<'_>, html: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
        let name = tag.name.to_ascii_lowercase();
        if tag.is_end {
            if name == "a"
                && let Some(mark) = self.raw_mark.take()
            {
                edits.push((tag.range.start..tag.range.start, mark));
            }
            return;
        }
        let is_sanitized = self.raw_html == RawHtml::Sanitize;
        if is_sanitized && !sanitize::allows_element(&name) {
            let message = if !sanitize::loses_content(&name) {
                format!("the tag `<{name}>` is left out")
            } else if is_closed(&name, self.source_behind(range.end)) {
                format!("`<{name}>` is left out, with all that is in it")
            } else {
                format!("`<{name}>` is never closed: it is left out, with all that follows")
            };
            self.warn("unsafe-html", message, SANITIZE_HELP, range);
            return;
        }
        if name == "a" {
            self.raw_mark = None;
        }
        if name == "img" && tag.attribute("alt").is_none() {
            let help = "add `alt=\"…\"`, which says what the picture shows, or `alt=\"\"` if it only \
                        decorates";
            self.warn("missing-alt", "the picture has no alternative text", help, range.clone());
        }
        let mut removed = Vec::new();
        for attribute in &tag.attributes {
            let is_whole = html.get(tag.range.clone()).is_some_and(|tag| tag.ends_with('>'));
            let is_settled =
                is_whole && self.resolve_attribute(&name, tag, attribute, &range, edits);
            if is_settled || !is_sanitized {
                continue;
            }
            let (attribute, value) = (attribute.name.to_ascii_lowercase(), attribute.value);
            match sanitize::judge(&name, &attribute, &decoded(value).unwrap_or(value.into())) {
                Verdict::Keep(_) => {}
                Verdict::Remove => removed.push(format!("`{attribute}`")),
                Verdict::RefuseScheme(scheme) => {
                    let allowed = if name == "a" { LINK_SCHEMES } else { MEDIA_SCHEMES };
                    self.warn_about_scheme(&scheme, allowed, range.clone());
                }
                Verdict::WithoutScheme => self.warn_about_missing_scheme(value, range.clone()),
            }
        }
        if !removed.is_empty() {
            let message = format!("`<{name}>` loses {}", removed.join(", "));
            self.warn("unsafe-html", message, SANITIZE_HELP, range);
        }
    }
}

/// Elements whose text is not prose.
const VERBATIM: &[&str] =
    &["code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "tt", "var"];

const SANITIZE_HELP: &str =
    "write it in Markdown, or set `markdown.html = \"allow\"` if all who write are trusted";

/// Whether it is one whole comment. `<!-->` is one, too (HTML, 13.2.5.44).
fn is_comment(html: &str) -> bool {
    html.trim().strip_prefix("<!").is_some_and(|rest| {
        rest.starts_with("--") && rest.find("-->").is_some_and(|end| end + 3 == rest.len())
    })
}

fn is_closed(name: &str, rest: &str) -> bool {
    rest.to_ascii_lowercase().contains(&format!("</{name}"))
}

/// A tag, as it is written; places are bytes of the HTML.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'h> {
    name: &'h str,
    pub(super) name_end: usize,
    is_end: bool,
    attributes: Vec<Attribute<'h>>,
    range: Range<usize>,
}

/// An attribute, as it is written.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute<'h> {
    pub(super) name: &'h str,
    /// Entities in it are not decoded.
    pub(super) value: &'h str,
    /// Name and value.
    pub(super) range: Range<usize>,
}

impl<'h> Tag<'h> {
    /// The attribute with a name in lower case; of several, browsers take the first.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute<'h>> {
        self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }
}

/// The tags of a piece of HTML. Roughly HTML's tokenizer: good enough for a report and for addresses,
/// and never relied on for what is safe.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let rest = html.split_at(start).1;
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
        } else if rest
            .get(1..)
            .map(|rest| rest.strip_prefix('/').unwrap_or(rest))
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            let (tag, end) = read_tag(html, start);
            at = end;
            // In these, tags are text.
            if !tag.is_end
                && matches!(tag.name.to_ascii_lowercase().as_str(), "script" | "style" | "textarea")
            {
                at = html.get(end..).and_then(|r| r.find("</")).map_or(html.len(), |n| end + n);
            }
            tags.push(tag);
        } else {
            at = start + 1;
        }
    }
    tags
}

/// Reads the tag at `start`, and gives where it ends.
fn read_tag(html: &str, start: usize) -> (Tag<'_>, usize) {
    let mut rest = html.split_at(start + 1).1;
    let is_end = rest.starts_with('/');
    rest = rest.strip_prefix('/').unwrap_or(rest);
    let name = take_until(&mut rest, |c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let name_end = html.len() - rest.len();
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            break;
        }
        // An equals sign may begin a name (HTML, 13.2.5.32).
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let name_len = rest
            .split_at(first)
            .1
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
            .map_or(rest.len(), |at| first + at);
        let attribute_start = html.len() - rest.len();
        let (name, behind) = rest.split_at(name_len);
        rest = behind;
        let mut value = "";
        if let Some(behind) = rest.trim_ascii_start().strip_prefix('=') {
            rest = behind.trim_ascii_start();
            value = match rest.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    rest = rest.split_at(1).1;
                    let value = take_until(&mut rest, |c| c == quote);
                    rest = rest.strip_prefix(quote).unwrap_or(rest);
                    value
                }
                _ => take_until(&mut rest, |c| c.is_ascii_whitespace() || c == '>'),
            };
        }
        attributes.push(Attribute { name, value, range: attribute_start..html.len() - rest.len() });
    }
    let end = html.len() - rest.strip_prefix('>').unwrap_or(rest).len();
    (Tag { name, name_end, is_end, attributes, range: start..end }, end)
}

fn take_until<'h>(rest: &mut &'h str, is_end: impl Fn(char) -> bool) -> &'h str {
    let (taken, behind) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
    *rest = behind;
    taken
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, html_with, problems};
    use super::*;

    #[test]
    fn tags_are_found_with_their_attributes() {
        let found: Vec<_> =
            tags("x <!-- <i> --> <A href = 'a>b' B=c/d e>y</A><script><b></script><br/>< z")
                .into_iter()
                .map(|tag| {
                    let attributes = tag.attributes.iter();
                    let attributes: Vec<_> = attributes.map(|of| (of.name, of.value)).collect();
                    (tag.name, tag.is_end, attributes, tag.range)
                })
                .collect();
        assert_eq!(
            found,
            [
                ("A", false, vec![("href", "a>b"), ("B", "c/d"), ("e", "")], 15..39),
                ("A", true, vec![], 40..44),
                ("script", false, vec![], 44..52),
                ("script", true, vec![], 55..64),
                ("br", false, vec![], 64..69),
            ]
        );
    }

    #[test]
    fn what_the_sanitizer_takes_is_named_at_its_place() {
        insta::assert_snapshot!(
            problems("Слово <span onclick=\"x()\" style='y'>z</span>.\n\n> <div>\n> <img src=\"javascript:x\" alt=\"\">\n> <iframe src=\"https://x.ua\"></iframe>\n\n<object>\n"),
            @r#"
        4:7 warning[unsafe-html] `<span>` loses `onclick`, `style`
          write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted
        7:3 warning[link-scheme] an address with `javascript:` is not published
          use one of http, https, or remove the address
        8:3 warning[unsafe-html] `<iframe>` is left out, with all that is in it
          write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted
        10:1 warning[unsafe-html] `<object>` is never closed: it is left out, with all that follows
          write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted
        "#
        );
    }

    #[test]
    fn an_element_is_closed_wherever_its_end_stands() {
        insta::assert_snapshot!(
            problems("a <script>alert(1)</SCRIPT> b\n\n<object>\n\nc\n\n</object>\n\nd <iframe> e"),
            @r#"
        4:3 warning[unsafe-html] `<script>` is left out, with all that is in it
          write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted
        6:1 warning[unsafe-html] `<object>` is left out, with all that is in it
          write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted
        12:3 warning[unsafe-html] `<iframe>` is never closed: it is left out, with all that follows
          write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted
        "#
        );
    }

    #[test]
    fn html_is_sanitized_printed_or_passed_on() {
        let markdown = "<b onclick=x>b</b> <!-- c -->\n\n<script>alert(1)</script>\n\n<!-- comment -->\n\n<div class=\"table own\">**d**</div>";
        insta::assert_snapshot!(html_with(RawHtml::Sanitize, markdown), @r#"
        <p><b>b</b> </p>

        <div class="table">**d**</div>
        "#);
        insta::assert_snapshot!(html_with(RawHtml::Escape, markdown), @r#"
        <p>&lt;b onclick=x&gt;b&lt;/b&gt; </p>
        <p>&lt;script&gt;alert(1)&lt;/script&gt;</p>
        <p>&lt;div class="table own"&gt;**d**&lt;/div&gt;</p>
        "#);
        insta::assert_snapshot!(html_with(RawHtml::Allow, markdown), @r#"
        <p><b onclick=x>b</b> <!-- c --></p>
        <script>alert(1)</script>
        <!-- comment -->
        <div class="table own">**d**</div>
        "#);
    }

    #[test]
    fn a_comment_that_is_never_closed_hides_only_itself() {
        let markdown = "> <!-- note\n\nText <b>b</b>";
        insta::assert_snapshot!(html(markdown), @r"
        <blockquote>
        </blockquote>
        <p>Text <b>b</b></p>
        ");
        insta::assert_snapshot!(problems(markdown), @r"
        4:3 warning[unclosed-comment] a comment that is never closed is left out
          end the comment with `-->`
        ");
    }
}
