//! Addresses in HTML that the author wrote lead where those of Markdown would: to the edition in the
//! page's language, below the path that the site has on its host, and nowhere with an error.

use std::borrow::Cow;
use std::ops::Range;

use super::Resolver;
use super::escape::{push_attribute, push_url, without_controls};
use super::link::{Destination, LINK_SCHEMES, MEDIA_SCHEMES, destination, language_mark};
use super::raw_html::{Attribute, Tag};
use super::writer::Writer;
use super::{ImageTarget, LinkTarget};

/// A part of the HTML, and what takes its place.
pub(super) type Edit = (Range<usize>, String);

/// What an attribute holds.
#[derive(Clone, Copy, PartialEq)]
enum Address {
    /// Where a link leads, or what a text was taken from.
    Link,
    Picture,
    /// Pictures of several widths.
    PictureSet,
    /// A sound, a video, or its subtitles.
    Media,
}

fn address_in(element: &str, attribute: &str) -> Option<Address> {
    match (element, attribute) {
        ("a" | "area", "href") | ("blockquote" | "del" | "ins" | "q", "cite") => {
            Some(Address::Link)
        }
        ("img", "src") | ("video", "poster") => Some(Address::Picture),
        ("img" | "source", "srcset") => Some(Address::PictureSet),
        ("audio" | "source" | "track" | "video", "src") => Some(Address::Media),
        _ => None,
    }
}

impl<R: Resolver> Writer<'_, '_, R> {
    /// Resolves an attribute of a start tag, if it is an address that a site can answer for; the names are
    /// in lower case. Gives whether it is settled: all others are the sanitizer's.
    pub(super) fn resolve_attribute(
        &mut self,
        element: &str,
        tag: &Tag<'_>,
        attribute: &Attribute<'_>,
        range: &Range<usize>,
        edits: &mut Vec<Edit>,
    ) -> bool {
        let name = attribute.name.to_ascii_lowercase();
        let Some(kind) = address_in(element, &name) else { return false };
        let Some(value) = decoded(attribute.value) else { return false };
        let url = match kind {
            Address::PictureSet => self.picture_set(&value, range),
            Address::Link => match settled(&value, LINK_SCHEMES) {
                Some(to) => {
                    let target = self.target_of(to, &value, range);
                    self.raw_link(element, target, tag, edits)
                }
                None => return false,
            },
            Address::Media => match settled(&value, MEDIA_SCHEMES) {
                Some(to) => match self.target_of(to, &value, range) {
                    LinkTarget::Url(url)
                    | LinkTarget::Elsewhere(url)
                    | LinkTarget::OtherLanguage { url, .. } => Some(url),
                    LinkTarget::PlainText => None,
                },
                None => return false,
            },
            Address::Picture => match settled(&value, MEDIA_SCHEMES) {
                Some(Destination::Fragment(_)) | None => return false,
                Some(_) => self.image_target(&value, range.clone()).map(|image| {
                    if element == "img" {
                        add_size(&image, tag, edits);
                    }
                    image.url
                }),
            },
        };
        if url.as_deref() == Some(&*value) {
            return true;
        }
        let mut text = String::new();
        if let Some(url) = url {
            text = format!("{name}=\"");
            match kind {
                Address::PictureSet => push_attribute(&mut text, &url),
                _ => push_url(&mut text, &url),
            }
            text.push('"');
        }
        edits.push((attribute.range.clone(), text));
        true
    }

    /// The URL of a link, and what else its tag needs.
    fn raw_link(
        &mut self,
        element: &str,
        target: LinkTarget,
        tag: &Tag<'_>,
        edits: &mut Vec<Edit>,
    ) -> Option<String> {
        let is_link = element == "a";
        match target {
            LinkTarget::Url(url) => Some(url),
            LinkTarget::Elsewhere(url) => {
                if is_link {
                    add_noopener(tag, edits);
                }
                Some(url)
            }
            LinkTarget::OtherLanguage { url, tag: language, label } => {
                if is_link {
                    if tag.attribute("hreflang").is_none() {
                        let mut text = " hreflang=\"".to_owned();
                        push_attribute(&mut text, &language);
                        edits.push((tag.name_end..tag.name_end, text + "\""));
                    }
                    self.raw_mark = Some(language_mark(&language, &label));
                }
                Some(url)
            }
            LinkTarget::PlainText => None,
        }
    }

    /// A list such as `a.jpg 400w, b.jpg 800w`, without the pictures that there are not.
    fn picture_set(&mut self, value: &str, range: &Range<usize>) -> Option<String> {
        let mut set: Vec<String> = Vec::new();
        for (url, size) in candidates(value) {
            let Some(image) = self.image_target(url, range.clone()) else { continue };
            let mut candidate = String::new();
            push_candidate(&mut candidate, &image.url);
            if !size.is_empty() {
                candidate.push(' ');
                candidate.push_str(size);
            }
            set.push(candidate);
        }
        (!set.is_empty()).then(|| set.join(", "))
    }
}

/// The pictures of a `srcset`, each with its width or density (HTML, 4.8.4.2.2).
pub(super) fn candidates(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, behind) = rest.split_at(end);
        // A comma at its end belongs to the list: then there is no size.
        if let Some(url) = url.strip_suffix(',') {
            rest = behind;
            return Some((url.trim_end_matches(','), ""));
        }
        let (size, behind) = behind.split_at(behind.find(',').unwrap_or(behind.len()));
        rest = behind;
        let size = size.trim_ascii();
        // Browsers leave out what has a size that they cannot read; we leave out the size.
        let is_size = size.strip_suffix(['w', 'x', 'h']).is_some_and(|number| {
            number.chars().all(|c| c.is_ascii_digit() || c == '.') && !number.is_empty()
        });
        Some((url, if is_size { size } else { "" }))
    })
}

/// A URL as one of a list, where spaces and commas at its ends would divide.
pub(super) fn push_candidate(out: &mut String, url: &str) {
    let url = url.replace(|c: char| c.is_ascii_whitespace(), "%20");
    let inner = url.trim_matches(',');
    let n_before = url.len() - url.trim_start_matches(',').len();
    out.push_str(&"%2C".repeat(n_before));
    out.push_str(inner);
    out.push_str(&"%2C".repeat(url.len() - n_before - inner.len()));
}

/// The destination, if it is for the site to say where it leads.
fn settled<'d>(value: &'d str, schemes: &[&str]) -> Option<Destination<'d>> {
    match destination(value, schemes) {
        Destination::Empty | Destination::Refused(_) | Destination::WithoutScheme => None,
        Destination::Story(_) if schemes != LINK_SCHEMES => None,
        settled => Some(settled),
    }
}

/// `rel="noopener"`, beside what is there.
fn add_noopener(tag: &Tag<'_>, edits: &mut Vec<Edit>) {
    let Some(rel) = tag.attribute("rel") else {
        edits.push((tag.name_end..tag.name_end, " rel=\"noopener\"".to_owned()));
        return;
    };
    let value = without_controls(rel.value);
    if !value.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("noopener")) {
        let mut text = "rel=\"".to_owned();
        if let Some(value) = decoded(&value) {
            push_attribute(&mut text, &value);
            edits.push((rel.range.clone(), text + " noopener\""));
        }
    }
}

/// Width and height, unless the author says something about them: the page shall not jump.
fn add_size(image: &ImageTarget, tag: &Tag<'_>, edits: &mut Vec<Edit>) {
    let is_sized = tag.attribute("width").is_some() || tag.attribute("height").is_some();
    if let (Some((width, height)), false) = (image.size, is_sized) {
        let text = format!(" width=\"{width}\" height=\"{height}\"");
        edits.push((tag.name_end..tag.name_end, text));
    }
}

/// The value of an attribute without entities. `None` if there is one that nobody writes into addresses:
/// the sanitizer knows all, and so do browsers, so such an address is left to them.
pub(super) fn decoded(value: &str) -> Option<Cow<'_, str>> {
    if !value.contains('&') {
        return Some(Cow::Borrowed(value));
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, from)) = rest.split_once('&') {
        text.push_str(before);
        let len = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(from.len());
        let (name, behind) = from.split_at(len);
        match behind.strip_prefix(';') {
            Some(behind) => {
                text.push(entity(name)?);
                rest = behind;
            }
            // `?a=1&copy=2`: without its semicolon it is none.
            None => {
                text.push('&');
                rest = from;
            }
        }
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "colon" => ':',
        "sol" => '/',
        "bsol" => '\\',
        "period" => '.',
        "num" => '#',
        "quest" => '?',
        "percnt" => '%',
        "lowbar" => '_',
        "Tab" => '\t',
        "NewLine" => '\n',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::RawHtml;
    use super::super::testing::{html, html_with, problems};
    use super::*;

    #[test]
    fn addresses_in_html_lead_where_those_of_markdown_would() {
        insta::assert_snapshot!(
            html("A <a href=\"x.md\" title=\"t\">a</a> <A HREF='story:foreign'>b</A> <a href=https://x.ua/?a&amp;b>c</a> <a href=\"plain.md\">d</a> <a rel=\"sponsored\" href=\"https://x.ua\">e</a> <a href=\"#top\">f</a>\n\n\
                  <div>\n<img src=\"a.jpg\" alt=\"\"><img width=\"5\" src='https://own.ua/b.jpg' alt=''>\n\
                  <video src=\"v.mp4\" poster=\"p.jpg\"></video>\n<blockquote cite=\"x.md\">q</blockquote>\n\
                  <picture><source srcset=\"a.jpg 400w,https://x.ua/b.jpg 2x , missing.jpg\"><img src=c.jpg alt=c></picture>\n</div>"),
            @r##"
            <p>A <a href="/ua/x/" title="t">a</a> <a hreflang="uk" href="/ua/foreign/">b&nbsp;<span class="language-mark" lang="uk">(УКР)</span></a> <a rel="noopener" href="https://x.ua/?a&amp;b">c</a> <a>d</a> <a rel="sponsored noopener" href="https://x.ua">e</a> <a href="#top">f</a></p>
            <div>
            <img width="640" height="480" src="/img/a.jpg" alt=""><img width="5" src="/img/https://own.ua/b.jpg" alt="">
            <video src="/ua/v.mp4/" poster="/img/p.jpg"></video>
            <blockquote cite="/ua/x/">q</blockquote>
            <picture><source srcset="/img/a.jpg 400w, https://x.ua/b.jpg 2x"><img width="640" height="480" src="/img/c.jpg" alt="c"></picture>
            </div>
            "##
        );
    }

    #[test]
    fn what_is_wrong_with_an_address_in_html_is_said_at_its_tag() {
        insta::assert_snapshot!(
            problems("A <a href=\"broken.md\">a</a> and <a href=\"java&#9;script&colon;x\">b</a>\n\n> <div>\n> <img src=missing.jpg>\n> <img srcset=\"data:x 1x, a.jpg\" alt=''>\n> <a href='#nowhere'>c</a>"),
            @r#"
            4:3 error[broken-link] `broken.md` does not exist
            4:33 warning[link-scheme] an address with `javascript:` is not published
              use one of http, https, mailto, tel, or remove the address
            7:3 error[missing-image] `missing.jpg` does not exist
            7:3 warning[missing-alt] the picture has no alternative text
              add `alt="…"`, which says what the picture shows, or `alt=""` if it only decorates
            8:3 warning[link-scheme] an address with `data:` is not published
              use one of http, https, or remove the address
            9:3 warning[missing-anchor] no heading here is `#nowhere`
              write `{#…}` behind the heading that is meant
            "#
        );
    }

    #[test]
    fn trusted_html_is_resolved_and_else_left_as_it_is() {
        insta::assert_snapshot!(
            html_with(RawHtml::Allow, "<a  onclick='x()' href='story:foreign'>a</a > <a href=\"javascript:x()\">b</a> <a href='x.md' hreflang=en>c</a>\n\n<script>let x = '<a href=\"x.md\">';</script>\n\n<!-- <img src=\"a.jpg\"> -->\n\n<iframe src=\"https://x.ua\"></iframe>"),
            @r#"
            <p><a hreflang="uk"  onclick='x()' href="/ua/foreign/">a <span class="language-mark" lang="uk">(УКР)</span></a > <a href="javascript:x()">b</a> <a href="/ua/x/" hreflang=en>c</a></p>
            <script>let x = '<a href="x.md">';</script>
            <!-- <img src="a.jpg"> -->
            <iframe src="https://x.ua"></iframe>
            "#
        );
    }

    #[test]
    fn a_tag_that_is_never_closed_is_not_touched() {
        insta::assert_snapshot!(html_with(RawHtml::Allow, "<div>\n<a href=\"x.md\n\ny\">"), @r#"
        <div>
        <a href="x.md
        <p>y"&gt;</p>
        "#);
    }

    #[test]
    fn an_address_of_html_cannot_be_left() {
        insta::assert_snapshot!(
            html("x <a href='x\" onclick=\"alert(1)'>a</a> <img src='https://x.ua/\"><script>' alt=a>"),
            @r#"<p>x <a href="/ua/x%22%20onclick=%22alert(1)/">a</a> <img src="https://x.ua/&quot;&gt;&lt;script&gt;" alt="a"></p>"#
        );
    }

    #[test]
    fn a_set_of_pictures_is_read_as_browsers_read_it() {
        let read = |value| candidates(value).collect::<Vec<_>>();
        assert_eq!(read("a.jpg 1x, b,c.jpg 2x"), [("a.jpg", "1x"), ("b,c.jpg", "2x")]);
        assert_eq!(read(" ,a.jpg,, b.jpg ,"), [("a.jpg", ""), ("b.jpg", "")]);
        assert_eq!(read(",\n"), []);
        assert_eq!(read("a.jpg javascript:x 2x, b.jpg x"), [("a.jpg", ""), ("b.jpg", "")]);
        let mut out = String::new();
        push_candidate(&mut out, ",a b,c,,");
        assert_eq!(out, "%2Ca%20b,c%2C%2C");
    }

    #[test]
    fn entities_of_addresses_are_decoded_and_with_others_nothing_is() {
        assert_eq!(decoded("a&amp;b&#x2F;&#47;&copy=1& &").as_deref(), Some("a&b//&copy=1& &"));
        assert_eq!(decoded("/&ouml;/&amp;"), None);
        assert_eq!(decoded("/&#xD800;"), None);
        assert_eq!(html("<a href='/&ouml;/'>a</a>"), "<p><a href=\"/ö/\">a</a></p>\n");
    }
}
