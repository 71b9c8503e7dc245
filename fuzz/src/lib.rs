//! What no text may bring into a page, by rules that are written down here once more: the program's own
//! allow-list is not asked, and addresses are read by the `url` crate, which reads them as browsers do.

use scraper::Html;
use url::Url;

/// What an article may contain.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp",
    "section", "small", "source", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "track", "u", "ul", "var", "video", "wbr",
];

/// What none of its elements may have, beside attributes that begin with `on`.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "action", "background", "data", "form", "formaction", "is", "name", "ping", "slot", "srcdoc", "style", "target", "xmlns",
];

/// Where the page stands of which the text is a part.
const PAGE: &str = "https://news.example.org/ua/text/";

/// Panics unless the HTML is harmless.
pub fn assert_harmless(html: &str) {
    let ignored = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
    assert!(!html.contains(ignored), "a control character in {html:?}");
    for node in Html::parse_fragment(html).root_element().descendants().skip(1) {
        let node = node.value();
        assert!(!node.is_comment() && !node.is_doctype(), "a comment in {html}");
        let Some(element) = node.as_element() else { continue };
        let name = element.name();
        assert!(ELEMENTS.contains(&name), "<{name}> in {html}");
        for (attribute, value) in element.attrs() {
            let is_forbidden = attribute.starts_with("on") || ATTRIBUTES.contains(&attribute);
            assert!(!is_forbidden && !attribute.contains(':'), "{attribute} of <{name}> in {html}");
            let is_link = matches!(name, "a" | "blockquote" | "del" | "ins" | "q");
            match attribute {
                "href" | "cite" | "src" | "poster" => assert_harmless_url(value, is_link, html),
                "srcset" => value
                    .split_ascii_whitespace()
                    .for_each(|part| assert_harmless_url(part.trim_matches(','), false, html)),
                _ => {}
            }
        }
    }
}

/// Panics unless a browser that follows the address, or loads it, does what its author may want.
fn assert_harmless_url(written: &str, is_link: bool, html: &str) {
    let page = Url::parse(PAGE).expect("the address of the page is one");
    // What cannot be read leads nowhere.
    let Ok(url) = page.join(written) else { return };
    let schemes: &[&str] =
        if is_link { &["http", "https", "mailto", "tel"] } else { &["http", "https"] };
    assert!(schemes.contains(&url.scheme()), "{written:?} in {html}");
    let starts_as_a_scheme = written
        .split_once(':')
        .is_some_and(|(scheme, _)| schemes.contains(&scheme.to_ascii_lowercase().as_str()));
    let is_here = url.origin() == page.origin();
    assert!(is_here || starts_as_a_scheme, "{written:?} leads away in {html}");
}
