//! What HTML an article may contain: the allow-list, and the sanitizer made of it.
//!
//! Everything that `writer` produces is on the list, for the sanitizer runs over the whole body:
//! Markdown's own HTML is interleaved with the author's, and only a whole can be repaired.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::escape::without_controls;
use super::link::{Destination, LINK_SCHEMES, MEDIA_SCHEMES, destination};
use super::raw_address::{candidates, push_candidate};

/// Elements, each with the attributes it may have beside [`COMMON`]. No `h1`: it is the headline.
#[rustfmt::skip]
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang", "rel"]), ("abbr", &[]), ("aside", &[]),
    ("audio", &["src", "controls", "preload"]), ("b", &[]), ("bdi", &[]), ("bdo", &[]),
    ("blockquote", &["cite"]), ("br", &[]), ("caption", &[]), ("cite", &[]), ("code", &[]),
    ("col", &["span"]), ("colgroup", &["span"]), ("data", &["value"]), ("dd", &[]),
    ("del", &["cite", "datetime"]), ("details", &["open"]), ("dfn", &[]), ("div", &["tabindex"]),
    ("dl", &[]), ("dt", &[]), ("em", &[]), ("figcaption", &[]), ("figure", &[]), ("h2", &[]),
    ("h3", &[]), ("h4", &[]), ("h5", &[]), ("h6", &[]), ("hr", &[]), ("i", &[]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"]),
    ("ins", &["cite", "datetime"]), ("kbd", &[]), ("li", &["value"]), ("mark", &[]),
    ("ol", &["start", "reversed"]), ("p", &[]), ("picture", &[]), ("pre", &["tabindex"]), ("q", &["cite"]),
    ("rp", &[]), ("rt", &[]), ("ruby", &[]), ("s", &[]), ("samp", &[]), ("section", &[]),
    ("small", &[]), ("source", &["src", "srcset", "sizes", "media", "type"]), ("span", &[]), ("strong", &[]), ("sub", &[]),
    ("summary", &[]), ("sup", &[]), ("table", &[]), ("tbody", &[]),
    ("td", &["colspan", "rowspan", "headers"]), ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "headers", "scope"]), ("thead", &[]), ("time", &["datetime"]),
    ("tr", &[]), ("track", &["src", "kind", "srclang", "label", "default"]), ("u", &[]),
    ("ul", &[]), ("var", &[]), ("video", &["src", "controls", "preload", "poster", "width", "height"]),
    ("wbr", &[]),
];

/// Attributes that every element may have.
const COMMON: &[&str] = &["id", "class", "lang", "dir", "title", "role", "aria-label"];

/// The classes that this module writes, beside `language-…` of code. Others belong to the theme:
/// with them a text could dress up as a part of the page.
const CLASSES: &[&str] = &[
    "align-left",
    "align-center",
    "align-right",
    "credit",
    "footnote-back",
    "footnote-reference",
    "footnotes",
    "language-mark",
    "table",
    "task",
    "task-mark",
];

/// What the classes of the slots of components (`slot`) begin with.
pub(super) const SLOT_CLASS: &str = "component-slot-";

/// The roles that this module writes.
const ROLES: &[&str] = &["region", "doc-noteref", "img"];

/// Elements that go with all that is in them. Of other elements outside the list the tags go,
/// and the text stays.
#[rustfmt::skip]
const WITHOUT_CONTENT: &[&str] = &[
    "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script", "select", "style",
    "svg", "template", "textarea", "title", "xmp",
];

pub(super) fn allows_element(name: &str) -> bool {
    ELEMENTS.iter().any(|(element, _)| *element == name)
}

/// Whether an element outside the list takes its content with it.
pub(super) fn loses_content(name: &str) -> bool {
    WITHOUT_CONTENT.contains(&name)
}

/// What becomes of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict<'v> {
    /// It stays, with this value.
    Keep(Cow<'v, str>),
    /// It goes.
    Remove,
    /// It goes, because of this scheme of its URL.
    RefuseScheme(String),
    /// It goes, because its URL begins with `//`.
    WithoutScheme,
}

/// Judges an attribute of an allowed element; the names are in lower case.
pub(super) fn judge<'v>(element: &str, attribute: &str, value: &'v str) -> Verdict<'v> {
    let is_listed = COMMON.contains(&attribute)
        || ELEMENTS.iter().any(|(name, own)| *name == element && own.contains(&attribute));
    if !is_listed {
        return Verdict::Remove;
    }
    match attribute {
        "href" | "src" | "cite" | "poster" => judge_url(element, value),
        "srcset" => judge_set(element, value),
        "class" => judge_class(value),
        "role" => keep_if(ROLES.contains(&value), value),
        "tabindex" => keep_if(value == "0", value),
        // Colons for our footnotes. Without spaces and the like an id is valid.
        "id" => keep_if(
            !value.is_empty()
                && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')),
            value,
        ),
        _ => Verdict::Keep(without_controls(value)),
    }
}

fn keep_if(is_allowed: bool, value: &str) -> Verdict<'_> {
    if is_allowed { Verdict::Keep(value.into()) } else { Verdict::Remove }
}

fn judge_url<'v>(element: &str, value: &'v str) -> Verdict<'v> {
    let schemes = match element {
        "img" | "audio" | "video" | "source" | "track" => MEDIA_SCHEMES,
        _ => LINK_SCHEMES,
    };
    match destination(value, schemes) {
        Destination::External(url) | Destination::Relative(url) => Verdict::Keep(url),
        Destination::Fragment(id) => Verdict::Keep(format!("#{id}").into()),
        Destination::Empty => Verdict::Remove,
        Destination::Refused(scheme) => Verdict::RefuseScheme(scheme),
        Destination::Story(_) => Verdict::RefuseScheme("story".to_owned()),
        Destination::WithoutScheme => Verdict::WithoutScheme,
    }
}

/// A list of pictures with their widths: one address that goes takes all with it.
fn judge_set<'v>(element: &str, value: &'v str) -> Verdict<'v> {
    let mut set = String::new();
    for (url, size) in candidates(value) {
        let separator = if set.is_empty() { "" } else { ", " };
        match judge_url(element, url) {
            Verdict::Keep(url) => {
                set.push_str(separator);
                push_candidate(&mut set, &url);
            }
            other => return other,
        }
        if !size.is_empty() {
            set.push(' ');
            set.push_str(&without_controls(size));
        }
    }
    if set.is_empty() { Verdict::Remove } else { Verdict::Keep(set.into()) }
}

fn judge_class(value: &str) -> Verdict<'_> {
    let is_ours = |class: &&str| {
        CLASSES.contains(class) || class.starts_with("language-") || class.starts_with(SLOT_CLASS)
    };
    let ours: Vec<&str> = value.split_ascii_whitespace().filter(is_ours).collect();
    if ours.is_empty() { Verdict::Remove } else { Verdict::Keep(ours.join(" ").into()) }
}

/// The sanitizer. Building it takes longer than using it: make one, and share it.
pub(super) fn sanitizer() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(ELEMENTS.iter().map(|(name, _)| *name).collect())
        .tag_attributes(
            ELEMENTS
                .iter()
                .map(|(name, own)| (*name, own.iter().copied().collect()))
                .collect::<HashMap<_, HashSet<_>>>(),
        )
        .generic_attributes(COMMON.iter().copied().collect())
        .clean_content_tags(WITHOUT_CONTENT.iter().copied().collect())
        .url_schemes(LINK_SCHEMES.iter().copied().collect())
        // Links that lead elsewhere have `noopener` by now, of whichever kind they are.
        .link_rel(None)
        .attribute_filter(|element, attribute, value| match judge(element, attribute, value) {
            Verdict::Keep(value) => Some(value),
            Verdict::Remove | Verdict::RefuseScheme(_) | Verdict::WithoutScheme => None,
        });
    builder
}

/// Sanitizes a body.
pub(super) fn clean(sanitizer: &ammonia::Builder<'_>, html: &str) -> String {
    let clean = sanitizer.clean(html).to_string();
    // `&#1;` is decoded only in there. Nothing that is taken out here can become a tag: `<` of a
    // text is `&lt;` by now, and the values of attributes have been through `judge`.
    match without_controls(&clean) {
        Cow::Borrowed(_) => clean,
        Cow::Owned(cleaner) => cleaner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(html: &str) -> String {
        clean(&sanitizer(), html)
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for (html, expected) in [
            ("<script>alert(1)</script>a", "a"),
            ("<img src=x onerror=alert(1)>", "<img src=\"x\">"),
            ("<a href=\"javascript:x\">a</a>", "<a>a</a>"),
            ("<a href=\"java&#1;script:x\">a</a>", "<a>a</a>"),
            ("<a href=\" &#10;javascript&#58;x\">a</a>", "<a>a</a>"),
            ("<a href=\"//x.ua\">a</a>", "<a>a</a>"),
            ("<img src=\"mailto:x\">", "<img>"),
            ("<a href=\"java&#9;script:x\">a</a>", "<a>a</a>"),
            ("<a href=\"java&Tab;script&colon;x\">a</a>", "<a>a</a>"),
            ("<a href=\"&#x6A&#x61vascript:x\">a</a>", "<a>a</a>"),
            ("<a href=\"javascript&#58x\">a</a>", "<a>a</a>"),
            ("<a href=\"java&#0;script:x\">a</a>", "<a href=\"java\u{fffd}script:x\">a</a>"),
            ("<a href=\"java\0script:x\">a</a>", "<a href=\"java\u{fffd}script:x\">a</a>"),
            ("<a href=\"&nbsp;javascript:x\">a</a>", "<a>a</a>"),
            ("<a href=\"javascript%3Ax\">a</a>", "<a>a</a>"),
            ("<a href=\"story:x\">a</a>", "<a>a</a>"),
            ("<a href=\"/\\x.ua\">a</a>", "<a>a</a>"),
            ("<a href=\"&sol;&#9;/x.ua\">a</a>", "<a>a</a>"),
            ("<img srcset=\"a.jpg 1x, javascript:x 2x\">", "<img>"),
            ("<img srcset=\"a.jpg 1x, //x.ua/b.jpg 2x\">", "<img>"),
            ("<img srcset=\",a.jpg,,\tdata:x,y 2x\">", "<img>"),
            ("<video poster=\"data:x\"></video>", "<video></video>"),
            ("<p style=\"x\" class=\"masthead table\">a</p>", "<p class=\"table\">a</p>"),
            ("<svg><style><a title=\"</style><img src onerror=x>\">", ""),
            ("<math><mi xlink:href=\"javascript:x\">a</mi></math>b", "b"),
            ("<form action=\"javascript:x\"><button>a</button></form>", "a"),
            ("<h1>a</h1>&#0;&#1;b", "a\u{fffd}b"),
        ] {
            assert_eq!(cleaned(html), expected, "{html}");
        }
    }

    #[test]
    fn what_journalists_need_gets_through() {
        for html in [
            "<details open=\"\"><summary>a</summary><p>b</p></details>",
            "<video src=\"/v.mp4\" controls=\"\" poster=\"https://x.ua/p.jpg\"></video>",
            "<picture><source srcset=\"/a.avif 400w, /b.avif 800w\" sizes=\"50vw\" media=\"(max-width: 9em)\"><img src=\"/a.jpg\" srcset=\"/c,d.jpg, /b.jpg 2x\"></picture>",
            "<a href=\"mailto:a@x.ua\" rel=\"sponsored\">a</a>",
            "<span lang=\"en\" title=\"b\" id=\"місце\">a</span>",
        ] {
            assert_eq!(cleaned(html), html);
        }
    }
}
