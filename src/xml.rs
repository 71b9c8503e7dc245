//! Escaping text for XML 1.0, for feeds and sitemaps.
//!
//! Articles may have characters that no XML document can hold, not even escaped (a form feed pasted from
//! a PDF): one of them makes a whole feed unreadable, so they are left out.

/// Writes text that stands between tags.
pub(crate) fn escape_text(text: &str, out: &mut Vec<u8>) {
    escape(text, out, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        // Behind `]]` it would end a section of character data.
        '>' => Some("&gt;"),
        // Parsers make line feeds of carriage returns.
        '\r' => Some("&#13;"),
        _ => None,
    });
}

/// Writes text that stands in an attribute with double quotes.
pub(crate) fn escape_attribute(text: &str, out: &mut Vec<u8>) {
    escape(text, out, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        // Parsers make spaces of all three.
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => None,
    });
}

/// Whether XML 1.0 has a character at all (its production `Char`; a `char` is never a surrogate).
pub(crate) fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

fn escape(text: &str, out: &mut Vec<u8>, entity: impl Fn(char) -> Option<&'static str>) {
    let mut plain_from = 0;
    for (at, character) in text.char_indices() {
        let instead = match entity(character) {
            Some(entity) => entity,
            None if is_allowed(character) => continue,
            None => "",
        };
        out.extend_from_slice(&text.as_bytes()[plain_from..at]);
        out.extend_from_slice(instead.as_bytes());
        plain_from = at + character.len_utf8();
    }
    out.extend_from_slice(&text.as_bytes()[plain_from..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> String {
        let mut out = Vec::new();
        escape_text(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn attribute(text: &str) -> String {
        let mut out = Vec::new();
        escape_attribute(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_means_something_is_escaped() {
        assert_eq!(text("«a» & <b> \"c\" ]]>"), "«a» &amp; &lt;b&gt; \"c\" ]]&gt;");
        assert_eq!(attribute("a & <b> \"c\"\n"), "a &amp; &lt;b> &quot;c&quot;&#10;");
    }

    #[test]
    fn what_xml_has_no_place_for_is_left_out() {
        let forbidden = "a\0b\u{1}c\u{8}d\u{b}e\u{c}f\u{1f}g\u{fffe}h\u{ffff}i";
        assert_eq!(text(forbidden), "abcdefghi");
        assert_eq!(attribute(forbidden), "abcdefghi");
        assert_eq!(
            text("\t\n\u{7f}\u{85}\u{d7ff}\u{e000}\u{fffd}😀"),
            "\t\n\u{7f}\u{85}\u{d7ff}\u{e000}\u{fffd}😀"
        );
    }

    proptest! {
        #[test]
        fn a_parser_reads_what_was_written(written in any::<String>()) {
            let allowed: String = written.chars().filter(|c| is_allowed(*c)).collect();
            let document = format!("<a b=\"{}\">{}</a>", attribute(&written), text(&written));
            let parsed = roxmltree::Document::parse(&document).unwrap();
            let element = parsed.root_element();
            prop_assert_eq!(element.attribute("b"), Some(&*allowed));
            prop_assert_eq!(element.text().unwrap_or(""), &*allowed);
        }
    }
}
