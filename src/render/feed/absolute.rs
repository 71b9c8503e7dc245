//! A text's links and pictures with absolute addresses: a feed is read away from its site.
//!
//! lol_html finds the attributes as browsers do, also in HTML that an author wrote by hand, and leaves
//! every other byte as it is. Addresses only get something in front, so that no entity in them has to
//! be decoded and none can be lost.

use lol_html::html_content::Element;
use lol_html::{RewriteStrSettings, element, rewrite_str};

/// Attributes that hold one address.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "cite", "data", "longdesc"];

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base<'a> {
    /// Scheme and host: `https://news.example.org`.
    pub(super) origin: &'a str,
    /// The absolute address of the page.
    pub(super) page: &'a str,
}

/// The HTML with absolute addresses, and without what only a script of the page brings to light: readers
/// of feeds have neither the script nor the style sheet.
pub(super) fn absolute(html: &str, base: Base<'_>) -> String {
    let rewrite = |element: &mut Element<'_, '_>| {
        // In drawings, `#…` is a part of the drawing itself.
        let is_link = matches!(element.tag_name().as_str(), "a" | "area");
        for name in ADDRESSES {
            let written = element.get_attribute(name);
            let Some(written) = written.filter(|url| is_link || !url.starts_with('#')) else {
                continue;
            };
            if let Some(absolute) = base.absolute(&written) {
                element.set_attribute(name, &absolute)?;
            }
        }
        if let Some(candidates) = element.get_attribute("srcset") {
            element.set_attribute("srcset", &base.absolute_candidates(&candidates))?;
        }
        Ok(())
    };
    let of_any = "[href], [src], [poster], [cite], [data], [longdesc], [srcset]";
    // Not strict: what is ambiguous is read as browsers mostly do.
    let settings = RewriteStrSettings::new()
        .with_strict(false)
        .append_element_content_handler(element!(of_any, rewrite))
        .append_element_content_handler(element!("[hidden]", |element| {
            element.remove();
            Ok(())
        }));
    rewrite_str(html, settings).expect("without a limit of memory, nothing stops it")
}

impl Base<'_> {
    /// The absolute form of an address as an attribute has it; `None` when it is one already.
    fn absolute(self, written: &str) -> Option<String> {
        let url = written.trim_ascii();
        let in_front = if url.is_empty() || has_scheme(url) {
            return None;
        } else if url.starts_with("//") {
            self.origin.split("//").next().unwrap_or_default()
        } else if url.starts_with('/') {
            self.origin
        } else if url.starts_with('#') || url.starts_with('?') {
            self.page
        } else {
            let end = self.page.rfind('/').map_or(self.page.len(), |slash| slash + 1);
            self.page.get(..end).unwrap_or(self.page)
        };
        Some(format!("{in_front}{url}"))
    }

    /// The same for `srcset`: addresses, each with a size, between commas (HTML, 4.8.4.2.2).
    fn absolute_candidates(self, written: &str) -> String {
        let mut candidates: Vec<String> = Vec::new();
        let mut rest = written;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                return candidates.join(", ");
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            // A comma inside of an address is its own; one at its end ends the candidate.
            let url = word.trim_end_matches(',');
            let size = if url.len() < word.len() {
                rest = after;
                ""
            } else {
                let (size, others) = after.split_once(',').unwrap_or((after, ""));
                rest = others;
                size.trim_ascii()
            };
            let url = self.absolute(url).unwrap_or_else(|| url.to_owned());
            candidates.push(if size.is_empty() { url } else { format!("{url} {size}") });
        }
    }
}

/// Whether an address names its scheme: `https:`, `mailto:`.
fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use scraper::{Html, Selector};
    use url::Url;

    use super::*;

    const BASE: Base<'static> = Base {
        origin: "https://news.example.org",
        page: "https://news.example.org/herald/ua/2025/talks/",
    };

    fn rewritten(html: &str) -> String {
        absolute(html, BASE)
    }

    #[test]
    fn every_address_of_a_text_becomes_absolute() {
        for (html, expected) in [
            ("<a href=\"/ua/\">", "<a href=\"https://news.example.org/ua/\">"),
            ("<A HREF='/ua/?a&amp;b'>", "<A HREF=\"https://news.example.org/ua/?a&amp;b\">"),
            ("<img src=/p.jpg alt=a>", "<img src=\"https://news.example.org/p.jpg\" alt=a>"),
            (
                "<img src=\"p.jpg\">",
                "<img src=\"https://news.example.org/herald/ua/2025/talks/p.jpg\">",
            ),
            (
                "<a href=\"#fn1\" id=\"x\">1</a>",
                "<a href=\"https://news.example.org/herald/ua/2025/talks/#fn1\" id=\"x\">1</a>",
            ),
            ("<video poster=\"/p.jpg\">", "<video poster=\"https://news.example.org/p.jpg\">"),
            ("<q cite=\"//x.ua/\">", "<q cite=\"https://x.ua/\">"),
            (
                "<img srcset=\"/a,b.jpg 1x,/b.jpg 2x, https://x.ua/c.jpg 3x\">",
                "<img srcset=\"https://news.example.org/a,b.jpg 1x, https://news.example.org/b.jpg 2x, \
                 https://x.ua/c.jpg 3x\">",
            ),
            ("a<button hidden>b <i>c</i></button>d", "ad"),
            ("<source srcset=\"/a.jpg\">", "<source srcset=\"https://news.example.org/a.jpg\">"),
        ] {
            assert_eq!(rewritten(html), expected);
        }
    }

    #[test]
    fn what_is_no_relative_address_stays_as_it_is() {
        for html in [
            "<a href=\"https://x.ua/a b\">",
            "<a href='mailto:a@x.ua'>",
            "<a href=\"\">",
            "href=\"/ua/\" <code>&lt;a href=\"/ua/\"&gt;</code>",
            "<!-- <a href=\"/ua/\"> -->",
            "<script>document.write('<a href=\"/ua/\">')</script>",
            "<textarea><a href=\"/ua/\"></textarea>",
            "<svg><use href=\"#shape\"/></svg>",
            "<p title=\"/ua/\" data-src=\"/ua/\">/ua/</p>",
            "<p>Unfinished <a href=\"/ua/",
        ] {
            assert_eq!(rewritten(html), html);
        }
    }

    fn pieces() -> impl Strategy<Value = String> {
        let url = || {
            prop::sample::select(vec![
                "/a",
                "a.jpg",
                "#b",
                "?c",
                "//d/",
                "https://e/",
                "../f",
                "/g?h&amp;i",
            ])
        };
        prop_oneof![
            url().prop_map(|url| format!("<a href=\"{url}\">x</a>")),
            url().prop_map(|url| format!("<img src='{url}' alt=\"/z\">")),
            url().prop_map(|url| format!("<video poster={url}></video>")),
            url().prop_map(|url| format!("<!-- <a href=\"{url}\"> -->")),
            "[а-яa-z<>&\"'/= ]{0,12}",
        ]
    }

    proptest! {
        /// As another implementation of HTML reads it.
        #[test]
        fn only_addresses_change_and_they_become_what_a_browser_makes_of_them(
            pieces in prop::collection::vec(pieces(), 0..8),
        ) {
            let html = pieces.concat();
            let base = Url::parse(BASE.page).unwrap();
            let fragment = Html::parse_fragment(&html);
            let any = Selector::parse("*").unwrap();
            // lol_html writes `a/=b` as `a =b`, which is another thing; only trusted authors can write it.
            let mut attributes = fragment.select(&any).flat_map(|element| element.value().attrs());
            prop_assume!(!attributes.any(|(name, _)| name.starts_with('=')));
            let after = Html::parse_fragment(&rewritten(&html));
            prop_assert_eq!(fragment.select(&any).count(), after.select(&any).count());
            for (before, after) in fragment.select(&any).zip(after.select(&any)) {
                prop_assert_eq!(before.value().name(), after.value().name());
                prop_assert_eq!(before.text().collect::<String>(), after.text().collect::<String>());
                for (name, value) in before.value().attrs() {
                    let now = after.value().attr(name).unwrap();
                    let is_address = ADDRESSES.contains(&name) && !value.trim().is_empty();
                    if is_address && (before.value().name() == "a" || !value.starts_with('#')) {
                        prop_assert_eq!(base.join(value), Url::parse(now), "{}", now);
                    } else {
                        prop_assert_eq!(value, now);
                    }
                }
            }
        }
    }
}
