//! Links: which schemes may pass, what the resolver is asked, and the mark of another language.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::LinkType;

use super::escape::{push_attribute, push_text, push_url, without_controls};
use super::writer::Writer;
use super::{LinkTarget, Resolver, STORY};
use crate::diagnostic::nearest;

/// What a link may begin with.
pub(super) const LINK_SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];
/// What the address of an image, a sound or a video may begin with.
pub(super) const MEDIA_SCHEMES: &[&str] = &["http", "https"];

/// What kind of address a destination is. The strings are free of control characters, and are what
/// must be written: a browser may not see another URL than the one that was checked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination<'d> {
    /// Nothing at all.
    Empty,
    /// `#place` on the same page, without the `#`.
    Fragment(Cow<'d, str>),
    /// With one of the schemes that may pass.
    External(Cow<'d, str>),
    /// Without a scheme: a matter of the site.
    Relative(Cow<'d, str>),
    /// `story:` and a key: a matter of the site, and never published as it is.
    Story(String),
    /// With this scheme, which may not pass.
    Refused(String),
    /// `//host/…`, or a spelling that browsers take for it.
    WithoutScheme,
}

/// Sorts a destination. URLs are read as browsers do it (WHATWG URL, "scheme start state"): spaces
/// around, tabs and line breaks are skipped, a backslash is a slash. Beyond that, a scheme that only
/// percent-decoding brings to light is refused, though browsers would not decode it.
pub(super) fn destination<'d>(written: &'d str, schemes: &[&str]) -> Destination<'d> {
    let url = match without_controls(written) {
        Cow::Borrowed(url) => Cow::Borrowed(url.trim()),
        Cow::Owned(url) => Cow::Owned(url.trim().to_owned()),
    };
    let url = if url.contains(['\t', '\n']) { url.replace(['\t', '\n'], "").into() } else { url };
    if url.is_empty() {
        return Destination::Empty;
    }
    if let Some(fragment) = url.strip_prefix('#') {
        return Destination::Fragment(fragment.to_owned().into());
    }
    let mut bytes = url.bytes();
    if matches!((bytes.next(), bytes.next()), (Some(b'/' | b'\\'), Some(b'/' | b'\\'))) {
        return Destination::WithoutScheme;
    }
    if let Some(scheme) = scheme(&url) {
        return if schemes.contains(&scheme.as_str()) {
            Destination::External(url)
        } else if STORY.strip_suffix(':') == Some(&scheme) {
            let key = url.split_at(STORY.len()).1.trim_start();
            Destination::Story(format!("{STORY}{key}"))
        } else {
            Destination::Refused(scheme)
        };
    }
    match url.contains('%').then(|| decoded(&url)).and_then(|decoded| scheme(&decoded)) {
        Some(hidden) => Destination::Refused(hidden),
        None => Destination::Relative(url),
    }
}

/// What stands before the first colon, in lower case, if it has the form of a scheme (RFC 3986, 3.1).
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once([':', '/', '?', '#', '\\'])?;
    let is_scheme = url.as_bytes().get(scheme.len()) == Some(&b':')
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Whether the scheme is that of pages, of those that may pass.
fn is_web(url: &str) -> bool {
    url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}

/// Says at a link's end in which language the text is to which it leads.
pub(super) fn language_mark(tag: &str, label: &str) -> String {
    // No line break between the last word and the mark.
    let mut mark = "\u{a0}<span class=\"language-mark\" lang=\"".to_owned();
    push_attribute(&mut mark, tag);
    mark.push_str("\">(");
    push_text(&mut mark, label);
    mark.push_str(")</span>");
    mark
}

/// Percent-decoded, without what browsers skip.
fn decoded(url: &str) -> String {
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    decoded.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// A link whose text is being written.
pub(super) struct OpenLink {
    /// What ends it; empty when only the text is printed.
    end: String,
    range: Range<usize>,
    /// Where its tag begins in the output, and where its text.
    tag_start: usize,
    text_start: usize,
    /// Whether the text is the address itself.
    is_address: bool,
}

impl OpenLink {
    fn is_written(&self) -> bool {
        !self.end.is_empty()
    }
}

/// A link to a place on the same page, to be checked when all places are known.
pub(super) struct Fragment {
    pub(super) id: String,
    pub(super) range: Range<usize>,
}

impl<R: Resolver> Writer<'_, '_, R> {
    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        written: &str,
        title: &str,
        range: Range<usize>,
    ) {
        // CommonMark lets an autolink stand in the text of a link; HTML does not.
        let is_inside_link = self.links.iter().any(OpenLink::is_written);
        let target = if is_inside_link {
            LinkTarget::PlainText
        } else if link_type == LinkType::Email {
            LinkTarget::Url(format!("mailto:{written}"))
        } else {
            self.link_target(written, &range)
        };
        let tag_start = self.out.len();
        let end = match target {
            LinkTarget::PlainText => String::new(),
            LinkTarget::Url(url) => {
                self.start_anchor(&url, title);
                self.out.push('>');
                "</a>".to_owned()
            }
            LinkTarget::Elsewhere(url) => {
                self.start_anchor(&url, title);
                self.out.push_str(" rel=\"noopener\">");
                "</a>".to_owned()
            }
            LinkTarget::OtherLanguage { url, tag, label } => {
                self.start_anchor(&url, title);
                self.out.push_str(" hreflang=\"");
                push_attribute(self.out, &tag);
                self.out.push_str("\">");
                language_mark(&tag, &label) + "</a>"
            }
        };
        let text_start = self.out.len();
        let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
        self.n_verbatim += usize::from(is_address);
        self.links.push(OpenLink { end, range, tag_start, text_start, is_address });
    }

    /// `<a href="…" title="…"`, still open.
    fn start_anchor(&mut self, url: &str, title: &str) {
        self.out.push_str("<a href=\"");
        push_url(self.out, url);
        self.out.push('"');
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            push_attribute(self.out, title);
            self.out.push('"');
        }
    }

    pub(super) fn link_target(&mut self, written: &str, range: &Range<usize>) -> LinkTarget {
        self.target_of(destination(written, LINK_SCHEMES), written, range)
    }

    pub(super) fn target_of(
        &mut self,
        destination: Destination<'_>,
        written: &str,
        range: &Range<usize>,
    ) -> LinkTarget {
        match destination {
            Destination::External(url) if is_web(&url) && !self.resolver.is_own(&url) => {
                LinkTarget::Elsewhere(url.into_owned())
            }
            Destination::External(url) if !is_web(&url) => LinkTarget::Url(url.into_owned()),
            Destination::Fragment(id) => {
                let url = format!("#{id}");
                let id = percent_decode_str(&id).decode_utf8_lossy().into_owned();
                self.fragments.push(Fragment { id, range: range.clone() });
                LinkTarget::Url(url)
            }
            Destination::External(url) | Destination::Relative(url) => self.ask(&url, range),
            Destination::Story(url) => self.ask(&url, range),
            Destination::Empty => {
                let help = "write where it leads between the parentheses, or remove the link";
                self.warn("empty-link", "the link leads nowhere", help, range.clone());
                LinkTarget::PlainText
            }
            Destination::Refused(scheme) => {
                self.warn_about_scheme(&scheme, LINK_SCHEMES, range.clone());
                LinkTarget::PlainText
            }
            Destination::WithoutScheme => {
                self.warn_about_missing_scheme(written, range.clone());
                LinkTarget::PlainText
            }
        }
    }

    fn ask(&mut self, url: &str, range: &Range<usize>) -> LinkTarget {
        self.resolver.link(url).unwrap_or_else(|problem| {
            self.report(problem, range.clone());
            LinkTarget::PlainText
        })
    }

    pub(super) fn end_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        if link.is_address {
            self.n_verbatim -= 1;
            self.typesetter().skip();
        }
        if link.is_written() && self.out.len() == link.text_start {
            self.out.truncate(link.tag_start);
            let help = "write what readers shall see between the brackets";
            self.warn("empty-link", "the link has no text, so it is left out", help, link.range);
            return;
        }
        self.out.push_str(&link.end);
    }

    pub(super) fn warn_about_scheme(
        &mut self,
        scheme: &str,
        allowed: &[&str],
        range: Range<usize>,
    ) {
        let message = format!("an address with `{scheme}:` is not published");
        let help = format!("use one of {}, or remove the address", allowed.join(", "));
        self.warn("link-scheme", message, help, range);
    }

    pub(super) fn warn_about_missing_scheme(&mut self, written: &str, range: Range<usize>) {
        let message = format!("the address `{}` has no scheme", without_controls(written.trim()));
        let help = "write `https://` in front of an address outside the site, and one slash \
                    in front of one inside";
        self.warn("link-scheme", message, help, range);
    }

    /// Reports links to places that the page has not.
    pub(super) fn check_fragments(&mut self) {
        for Fragment { id, range } in std::mem::take(&mut self.fragments) {
            // The empty fragment and `top` lead to the top of every page (HTML, 7.4.6.4).
            if id.is_empty()
                || id.eq_ignore_ascii_case("top")
                || self.headings.has(&id)
                || self.footnotes.has_place(&id)
            {
                continue;
            }
            if self.has_raw_html {
                let mut attribute = " id=\"".to_owned();
                push_attribute(&mut attribute, &id);
                attribute.push('"');
                if self.html().contains(&attribute) {
                    continue;
                }
            }
            let help = match nearest(&id, self.headings.ids()) {
                Some(near) => format!("there is `#{near}`"),
                None => "write `{#…}` behind the heading that is meant".to_owned(),
            };
            self.warn("missing-anchor", format!("no heading here is `#{id}`"), help, range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{html, problems};
    use super::*;

    #[test]
    fn destinations_are_read_as_browsers_read_them() {
        let kind = |written| match destination(written, LINK_SCHEMES) {
            Destination::Empty => "empty".to_owned(),
            Destination::Fragment(id) => format!("#{id}"),
            Destination::External(url) => format!("external {url}"),
            Destination::Relative(url) => format!("relative {url}"),
            Destination::Story(url) => format!("story {url}"),
            Destination::Refused(scheme) => format!("refused {scheme}"),
            Destination::WithoutScheme => "without scheme".to_owned(),
        };
        for (written, expected) in [
            ("", "empty"),
            (" \n", "empty"),
            ("#розділ", "#розділ"),
            ("https://x.ua/", "external https://x.ua/"),
            ("HTTPS://x.ua/", "external HTTPS://x.ua/"),
            ("mailto:a@x.ua", "external mailto:a@x.ua"),
            ("tel:+380", "external tel:+380"),
            ("../2025/a.md?b#c", "relative ../2025/a.md?b#c"),
            ("a/b:c", "relative a/b:c"),
            ("12:30.md", "relative 12:30.md"),
            ("?a:b", "relative ?a:b"),
            ("100%.md", "relative 100%.md"),
            ("javascript:alert(1)", "refused javascript"),
            ("JaVaScRiPt:alert(1)", "refused javascript"),
            (" \u{1}java\nscr\tipt\r:alert(1)", "refused javascript"),
            ("java\u{85}script:alert(1)", "refused javascript"),
            ("javascript%3Aalert(1)", "refused javascript"),
            ("%6Aavascript:alert(1)", "refused javascript"),
            ("java%0Ascript:alert(1)", "refused javascript"),
            ("story:2025/12/talks#b", "story story:2025/12/talks#b"),
            (" Story: 2025/12/talks", "story story:2025/12/talks"),
            ("st\tory:x", "story story:x"),
            ("story%3Ax", "refused story"),
            ("java&#9;script:alert(1)", "relative java&#9;script:alert(1)"),
            ("javascript\u{200b}:alert(1)", "relative javascript\u{200b}:alert(1)"),
            ("\u{a0}javascript:alert(1)", "refused javascript"),
            ("\u{3000}\u{2003}javascript:alert(1)", "refused javascript"),
            ("\u{feff}javascript:alert(1)", "relative \u{feff}javascript:alert(1)"),
            ("java\0script:alert(1)", "refused javascript"),
            ("javascript%00:alert(1)", "refused javascript"),
            ("%09javascript:alert(1)", "refused javascript"),
            ("javascript&colon;alert(1)", "relative javascript&colon;alert(1)"),
            ("view-source:javascript:alert(1)", "refused view-source"),
            ("blob:https://x.ua/", "refused blob"),
            ("data:text/html,x", "refused data"),
            ("vbscript:x", "refused vbscript"),
            ("file:///etc/passwd", "refused file"),
            ("//x.ua/", "without scheme"),
            ("/\\x.ua/", "without scheme"),
            ("\\\\x.ua/", "without scheme"),
            ("/\t/x.ua/", "without scheme"),
            (" \n/\u{1}\\x.ua/", "without scheme"),
            ("\\/x.ua/", "without scheme"),
            ("%2F%2Fx.ua/", "relative %2F%2Fx.ua/"),
            ("/%2Fx.ua/", "relative /%2Fx.ua/"),
        ] {
            assert_eq!(kind(written), expected, "{written:?}");
        }
    }

    #[test]
    fn links_go_where_the_resolver_says() {
        insta::assert_snapshot!(
            html("[a](x.md) [b](foreign.md \"Заголовок \\\"x\\\"\") [c](plain.md) [d](broken.md)"),
            @r#"<p><a href="/ua/x/">a</a> <a href="/ua/foreign/" title="Заголовок &quot;x&quot;" hreflang="uk">b <span class="language-mark" lang="uk">(УКР)</span></a> c d</p>"#
        );
    }

    #[test]
    fn a_problem_of_a_link_stands_at_its_place_in_the_file() {
        insta::assert_snapshot!(
            problems("Перше.\n\nДруге [слово](broken.md) і [js](javascript:alert%281%29) і [h](//x.ua)."),
            @r"
        6:7 error[broken-link] `broken.md` does not exist
        6:28 warning[link-scheme] an address with `javascript:` is not published
          use one of http, https, mailto, tel, or remove the address
        6:60 warning[link-scheme] the address `//x.ua` has no scheme
          write `https://` in front of an address outside the site, and one slash in front of one inside
        "
        );
    }

    #[test]
    fn a_story_is_named_by_its_key() {
        insta::assert_snapshot!(
            html("[a](story:2025/x#y) [b](<STORY: foreign>) <story:x> ![c](story:x)"),
            @r#"<p><a href="/ua/2025/x#y/">a</a> <a href="/ua/foreign/" hreflang="uk">b <span class="language-mark" lang="uk">(УКР)</span></a> <a href="/ua/x/">story:x</a> c</p>"#
        );
        insta::assert_snapshot!(problems("[a](story:broken) ![c](story:x)"), @"
        4:1 error[broken-link] `story:broken` does not exist
        4:19 warning[link-scheme] an address with `story:` is not published
          use one of http, https, or remove the address
        ");
    }

    #[test]
    fn a_link_to_the_sites_own_address_is_one_within_the_site() {
        insta::assert_snapshot!(
            html("[a](https://own.ua/x) <https://own.ua/y> ![c](https://own.ua/c.jpg) [d](https://x.ua) [e](mailto:a@x.ua)"),
            @r#"<p><a href="/ua/x/">a</a> <a href="/ua/y/">https://own.ua/y</a> <img src="/img/https://own.ua/c.jpg" alt="c" width="640" height="480" loading="lazy" decoding="async"> <a href="https://x.ua" rel="noopener">d</a> <a href="mailto:a@x.ua">e</a></p>"#
        );
        insta::assert_snapshot!(problems("x [a](https://own.ua/broken)"), @"4:3 error[broken-link] `https://own.ua/broken` does not exist");
    }

    #[test]
    fn a_refused_scheme_leaves_the_text() {
        insta::assert_snapshot!(
            html("[a](javascript:x) <javascript:x> [b](&#x6A;avascript&colon;x) [c][r]\n\n[r]: data:x"),
            @"<p>a javascript:x b c</p>"
        );
    }

    #[test]
    fn addresses_in_angle_brackets_are_links() {
        insta::assert_snapshot!(
            html("<https://x.ua/?a&b=\"> <редакція@x.ua> <news@x.ua>"),
            @r#"<p><a href="https://x.ua/?a&amp;b=%22" rel="noopener">https://x.ua/?a&amp;b="</a> &lt;редакція@x.ua&gt; <a href="mailto:news@x.ua">news@x.ua</a></p>"#
        );
    }

    #[test]
    fn a_link_in_the_text_of_a_link_is_only_text() {
        insta::assert_snapshot!(
            html("[a <https://y.ua> b](https://x.ua)"),
            @r#"<p><a href="https://x.ua" rel="noopener">a https://y.ua b</a></p>"#
        );
    }

    #[test]
    fn a_link_to_a_place_that_is_not_there_is_reported_with_the_nearest() {
        insta::assert_snapshot!(
            problems("## Pererva\n\n[a](#pererva) [b](#perevra) [c](#top) [d](#) <b id=\"raw\">x</b> [e](#raw)"),
            @r"
        6:15 warning[missing-anchor] no heading here is `#perevra`
          there is `#pererva`
        "
        );
    }

    #[test]
    fn a_link_without_a_text_or_a_destination_is_left_out() {
        insta::assert_snapshot!(html("1 [](https://x.ua) 2 [b]()"), @"<p>1  2 b</p>");
        insta::assert_snapshot!(problems("1 [](https://x.ua) 2 [b]()"), @r"
        4:3 warning[empty-link] the link has no text, so it is left out
          write what readers shall see between the brackets
        4:22 warning[empty-link] the link leads nowhere
          write where it leads between the parentheses, or remove the link
        ");
    }
}
