//! Braces behind a picture: `![…](hall.jpg "The hall"){credit="AFP" illustrative=true}`.

use std::ops::Range;

use pulldown_cmark::Event;

use super::Resolver;
use super::writer::{Events, Placed, Writer};
use crate::diagnostic::nearest;

/// What may stand in the braces.
const KEYS: &[&str] = &["alt", "credit", "illustrative"];
/// By these the braces are known where they stand behind nothing.
const LOST: &[&str] = &["{credit=", "{illustrative=", "{alt="];

/// What the author says of a picture in braces behind it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct PictureAttributes {
    /// Who made it; empty when nobody is to be named.
    pub(super) credit: Option<String>,
    /// Whether it shows something like the event, not the event.
    pub(super) is_illustrative: bool,
    /// Instead of the words in brackets; empty for a picture that only decorates.
    pub(super) alt: Option<String>,
}

/// A key and its value, each with its place in the text that was read.
type Pair<'t> = (&'t str, &'t str, Range<usize>);

/// Reads `{key="value" …}` at the beginning of a text, and gives where the brace closes.
fn read(text: &str) -> Option<(Vec<Pair<'_>>, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut pairs = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let start = text.len() - rest.len();
        if let Some(behind) = rest.strip_prefix('}') {
            return (!pairs.is_empty()).then(|| (pairs, text.len() - behind.len()));
        }
        let (key, behind) = rest.split_once('=')?;
        if key.is_empty() || key.contains(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
        {
            return None;
        }
        let (value, behind) = match behind.chars().next()? {
            quote @ ('"' | '\'') => behind.split_at(1).1.split_once(quote)?,
            _ => behind.split_at(behind.find([' ', '\t', '}'])?),
        };
        if value.contains('\n') {
            return None;
        }
        rest = behind;
        pairs.push((key, value, start..text.len() - rest.len()));
    }
}

/// How long the braces are at the beginning of a text; 0 if it does not begin with any.
pub(super) fn len(text: &str) -> usize {
    read(text).map_or(0, |(_, len)| len)
}

/// Whether the braces seem to be meant for the picture.
fn is_meant(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| {
        let word = rest.trim_start().trim_start_matches(|c: char| c.is_alphanumeric());
        word.starts_with('=')
    })
}

impl<'a, R: Resolver> Writer<'_, 'a, R> {
    /// Reads the braces right behind a picture, if there are any. The range becomes that of both.
    pub(super) fn picture_attributes(
        &mut self,
        picture: &mut Range<usize>,
        events: &mut Events<'a>,
    ) -> PictureAttributes {
        let behind = self.source_behind(picture.end);
        if !behind.starts_with('{') {
            return PictureAttributes::default();
        }
        let start = picture.end;
        let found = read(behind);
        let Some((pairs, len)) = found.filter(|(_, len)| events.pass(start + len)) else {
            if is_meant(behind) {
                let message = "the braces behind the picture cannot be read";
                let help = "write `{credit=\"…\"}`, with straight quotation marks and on one line";
                self.warn("picture-attributes", message, help, start..start + 1);
            }
            return PictureAttributes::default();
        };
        picture.end = start + len;
        let mut attributes = PictureAttributes::default();
        for (key, value, at) in pairs {
            let at = start + at.start..start + at.end;
            let value = value.trim();
            match key {
                "alt" => attributes.alt = Some(value.to_owned()),
                "credit" => attributes.credit = Some(value.to_owned()),
                "illustrative" if matches!(value, "true" | "false") => {
                    attributes.is_illustrative = value == "true";
                }
                "illustrative" => {
                    let message = format!("`illustrative` cannot be `{value}`");
                    self.warn("picture-attributes", message, "write `true` or `false`", at);
                }
                _ => {
                    let message = format!("nothing about a picture is called `{key}`");
                    let help = match nearest(key, KEYS.iter().copied()) {
                        Some(known) => format!("did you mean `{known}`?"),
                        None => format!("use {}", KEYS.join(", ")),
                    };
                    self.warn("picture-attributes", message, help, at);
                }
            }
        }
        attributes
    }

    /// Reports braces that stay text, because they do not stand right behind a picture.
    pub(super) fn check_attributes(&mut self, text: &str, range: &Range<usize>) {
        let Some(at) = LOST.iter().find_map(|start| text.find(start)) else { return };
        let at = range.start + at;
        // What cannot be read behind a picture has been reported there.
        if self.source_behind(at.saturating_sub(1)).starts_with("){") {
            return;
        }
        let message = "the braces belong to no picture";
        let help = "put them right behind it, without a space: `![…](…){credit=\"…\"}`";
        self.warn("picture-attributes", message, help, at..at + 1);
    }
}

impl<'a> Events<'a> {
    /// Reads on to a place in the body, if that is between two elements or within a text.
    fn pass(&mut self, end: usize) -> bool {
        let mut passed: Vec<Placed<'a>> = Vec::new();
        let mut depth = 0_usize;
        while let Some((event, range)) = self.next() {
            let is_end = matches!(event, Event::End(_));
            if depth == 0 && (is_end || range.start >= end) {
                let is_there = passed.last().is_some_and(|(_, range)| range.end >= end);
                self.put_back([(event, range)]);
                return is_there || self.put_all_back(passed);
            }
            match &event {
                Event::Start(_) if range.end <= end => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) if range.end > end && depth == 0 => {
                    let rest = text.get(end - range.start..).unwrap_or("").to_owned();
                    self.put_back([(Event::Text(rest.into()), end..range.end)]);
                    return true;
                }
                _ if range.end > end => {
                    passed.push((event, range));
                    return self.put_all_back(passed);
                }
                _ => {}
            }
            passed.push((event, range));
        }
        self.put_all_back(passed)
    }

    fn put_all_back(&mut self, events: Vec<Placed<'a>>) -> bool {
        events.into_iter().rev().for_each(|event| self.put_back([event]));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, html_in, problems};
    use super::*;

    #[test]
    fn braces_hold_keys_with_values() {
        let values = |text| {
            read(text).map(|(pairs, end)| {
                let pairs = pairs.into_iter().map(|(key, value, _)| format!("{key}: {value}"));
                (pairs.collect::<Vec<_>>().join("; "), end)
            })
        };
        let some = |text: &str, end| Some((text.to_owned(), end));
        assert_eq!(values("{credit=\"A {B}\"} c"), some("credit: A {B}", 16));
        assert_eq!(values("{ a='\"' b=true }"), some("a: \"; b: true", 16));
        assert_eq!(values("{a=}"), some("a: ", 4));
        for text in ["{", "{}", "{a}", "{a=\"b}", "{a=\"b\nc\"}", "{a b=c}", "{=b}", "{a=b\n}"] {
            assert_eq!(values(text), None, "{text}");
        }
    }

    #[test]
    fn a_figure_says_who_made_the_picture() {
        insta::assert_snapshot!(
            html_in("uk", "![a](a.jpg '\"Зала\" - вдень'){credit=\"О. Гнатюк *і* <AFP> & _B_\"}\n\n![b](a.jpg){credit='A' illustrative=true}\n\n![c](a.jpg){illustrative=true}\n\n![d](a.svg \"e\"){credit=\"\"}\n\n![f][r]{credit=G}\n\n[r]: a.jpg"),
            @r#"
            <figure>
            <img src="/img/a.jpg" alt="a" width="640" height="480" loading="lazy" decoding="async">
            <figcaption>«Зала» — вдень <span class="credit">(Фото: О. Гнатюк *і* &lt;AFP&gt; &amp; _B_)</span></figcaption>
            </figure>
            <figure>
            <img src="/img/a.jpg" alt="b" width="640" height="480" loading="lazy" decoding="async">
            <figcaption><span class="credit">(Ілюстрація: A)</span></figcaption>
            </figure>
            <figure>
            <img src="/img/a.jpg" alt="c" width="640" height="480" loading="lazy" decoding="async">
            <figcaption><span class="credit">(Ілюстрація)</span></figcaption>
            </figure>
            <figure>
            <img src="/img/a.svg" alt="d" width="640" height="480" loading="lazy" decoding="async">
            <figcaption>e</figcaption>
            </figure>
            <figure>
            <img src="/img/a.jpg" alt="f" width="640" height="480" loading="lazy" decoding="async">
            <figcaption><span class="credit">(Фото: G)</span></figcaption>
            </figure>
            "#
        );
    }

    #[test]
    fn a_picture_that_decorates_says_so() {
        insta::assert_snapshot!(html("![](line.svg){alt=\"\"}\n\nx ![a](b.svg){alt='b & \"c'}."), @r#"
        <figure>
        <img src="/img/line.svg" alt="" width="640" height="480" loading="lazy" decoding="async">
        </figure>
        <p>x <img src="/img/b.svg" alt="b &amp; &quot;c" width="640" height="480" loading="lazy" decoding="async">.</p>
        "#);
        insta::assert_snapshot!(problems("![](line.svg){alt=\"\"}"), @"");
    }

    #[test]
    fn braces_that_cannot_be_read_stay_text_and_are_reported() {
        let markdown = "![a](a.svg){credit=“AFP Photo”}\n\n![a](a.svg) {credit=\"AFP\"}\n\n![a](a.svg){credti=\"AFP\" illustrative=yes x=y}\n\n\
                        | ![a](a.svg){credit=\"a|b\"} |\n|---|\n\nx ![a](a.svg){credit=\"AFP\"} y{z}\n\n![a](a.svg){note}\n\n*![a](a.svg){credit=\"x*\"}";
        insta::assert_snapshot!(html(markdown), @r#"
        <p><img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async">{credit=“AFP Photo”}</p>
        <p><img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async"> {credit="AFP"}</p>
        <figure>
        <img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async">
        </figure>
        <p>| <img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async"> |
        |---|</p>
        <p>x <img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async"> y{z}</p>
        <p><img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async">{note}</p>
        <p><em><img src="/img/a.svg" alt="a" width="640" height="480" loading="lazy" decoding="async">{credit="x</em>"}</p>
        "#);
        insta::assert_snapshot!(problems(markdown), @r#"
        4:12 warning[picture-attributes] the braces behind the picture cannot be read
          write `{credit="…"}`, with straight quotation marks and on one line
        6:13 warning[picture-attributes] the braces belong to no picture
          put them right behind it, without a space: `![…](…){credit="…"}`
        8:13 warning[picture-attributes] nothing about a picture is called `credti`
          did you mean `credit`?
        8:26 warning[picture-attributes] `illustrative` cannot be `yes`
          write `true` or `false`
        8:43 warning[picture-attributes] nothing about a picture is called `x`
          use alt, credit, illustrative
        10:3 warning[picture-attributes] a picture among words has no place for a credit
          put the picture into a paragraph of its own
        13:3 warning[picture-attributes] a picture among words has no place for a credit
          put the picture into a paragraph of its own
        17:13 warning[picture-attributes] the braces behind the picture cannot be read
          write `{credit="…"}`, with straight quotation marks and on one line
        "#);
    }

    #[test]
    fn a_photograph_without_a_credit_is_reported() {
        let markdown = "![a](a.jpg)\n\n![b](b.jpg \"Зала. Фото: музей\")\n\n![c](c.svg)\n\nx ![d](d.jpg)\n\n![e](https://x.ua/e.jpg \"e\"){illustrative=true}\n\n![f](f.jpg){credit=\"\"}";
        insta::assert_snapshot!(problems(markdown), @r#"
        4:1 warning[missing-credit] nobody is named as the author of the picture
          write `{credit="…"}` behind it; `{credit=""}` if nobody is to be named
        12:1 warning[missing-credit] nobody is named as the author of the picture
          write `{credit="…"}` behind it; `{credit=""}` if nobody is to be named
        "#);
    }
}
