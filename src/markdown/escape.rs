//! Text → what may stand in an HTML text, an attribute or a URL.
//!
//! Control characters never pass: most are errors in HTML, and browsers skip some of them in
//! URLs, which is how `java\u{1}script:` gets by a check that does not.

use std::borrow::Cow;

use crate::html;

/// Whether HTML has no use for the character. A carriage return is one: a line ends with `\n`,
/// whatever the system of its author.
pub(super) fn is_ignored(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n')
}

/// The text without the characters that HTML has no use for.
pub(super) fn without_controls(text: &str) -> Cow<'_, str> {
    if text.contains(is_ignored) {
        text.replace(is_ignored, "").into()
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a byte begins a character that is ignored. In UTF-8, U+0080 to U+009F, which are control
/// characters too, begin with 0xC2.
const fn may_be_ignored(byte: u8) -> bool {
    ((byte < 0x20) & (byte != b'\t') & (byte != b'\n')) | (byte == 0x7F) | (byte == 0xC2)
}

/// Appends text between tags.
pub(super) fn push_text(out: &mut String, text: &str) {
    let is_special = |byte| (byte == b'&') | (byte == b'<') | (byte == b'>') | may_be_ignored(byte);
    push(out, text, is_special, push_entity);
}

/// Appends the value of an attribute, to stand in double quotes.
pub(super) fn push_attribute(out: &mut String, value: &str) {
    let is_special = |byte| {
        (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | may_be_ignored(byte)
    };
    push(out, value, is_special, push_entity);
}

/// Appends a URL as the value of an attribute, to stand in double quotes. Letters of any script
/// stay as they are, which HTML allows; what no URL may hold is percent-encoded.
pub(super) fn push_url(out: &mut String, url: &str) {
    let is_special = |byte| {
        matches!(
            byte,
            b'&' | b' '
                | b'"'
                | b'<'
                | b'>'
                | b'\\'
                | b'^'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'\t'
                | b'\n'
        ) | may_be_ignored(byte)
    };
    push(out, url, is_special, |out, character| match character {
        '&' => out.push_str("&amp;"),
        ' ' => out.push_str("%20"),
        '"' => out.push_str("%22"),
        '<' => out.push_str("%3C"),
        '>' => out.push_str("%3E"),
        '\\' => out.push_str("%5C"),
        '^' => out.push_str("%5E"),
        '`' => out.push_str("%60"),
        '{' => out.push_str("%7B"),
        '|' => out.push_str("%7C"),
        '}' => out.push_str("%7D"),
        '\t' | '\n' => {}
        other => out.push(other),
    });
}

fn push_entity(out: &mut String, character: char) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        other => out.push(other),
    }
}

/// Copies the runs between special characters, and leaves those to `replace`.
fn push(
    out: &mut String,
    text: &str,
    is_special: impl Fn(u8) -> bool,
    replace: impl Fn(&mut String, char),
) {
    let mut rest = text;
    while let Some(at) = html::find(rest.as_bytes(), &is_special) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut characters = from.chars();
        if let Some(character) = characters.next()
            && !is_ignored(character)
        {
            replace(out, character);
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let mut out = String::new();
        push_text(&mut out, text);
        out
    }

    #[test]
    fn text_keeps_quotation_marks_and_loses_control_characters() {
        assert_eq!(
            text("a<b> & \"c\" «д»\u{a0}е\0\u{1b}\u{7f}\u{85}\r\n\tк"),
            "a&lt;b&gt; &amp; \"c\" «д»\u{a0}е\n\tк"
        );
    }

    #[test]
    fn an_attribute_cannot_be_left() {
        let mut out = String::new();
        push_attribute(&mut out, "\"><script>' onload=x");
        assert_eq!(out, "&quot;&gt;&lt;script&gt;' onload=x");
    }

    #[test]
    fn a_url_keeps_its_letters_and_loses_what_no_url_may_hold() {
        let mut out = String::new();
        push_url(&mut out, "https://президент.укр/a b?x=1&y=\"<\\\u{1}\n%20[::1]");
        assert_eq!(out, "https://президент.укр/a%20b?x=1&amp;y=%22%3C%5C%20[::1]");
    }
}
