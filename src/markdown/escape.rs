//! Text → what may stand in an HTML text, an attribute or a URL.
//!
//! Control characters never pass: most are errors in HTML, and browsers skip some of them in
//! URLs, which is how `java\u{1}script:` gets by a check that does not.

use std::borrow::Cow;

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

/// Bytes that begin a character which [`push`] must look at.
type Special = [bool; 256];

const TEXT: Special = special(b"&<>");
const ATTRIBUTE: Special = special(b"&<>\"");
const URL: Special = special(b"& \"<>\\^`{|}\t\n");

const fn special(characters: &[u8]) -> Special {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    table[0x7F] = true;
    // In UTF-8, U+0080 to U+009F, which are control characters too, begin with this byte.
    table[0xC2] = true;
    let mut index = 0;
    while index < characters.len() {
        table[characters[index] as usize] = true;
        index += 1;
    }
    table
}

/// Appends text between tags.
pub(super) fn push_text(out: &mut String, text: &str) {
    push(out, text, &TEXT, push_entity);
}

/// Appends the value of an attribute, to stand in double quotes.
pub(super) fn push_attribute(out: &mut String, value: &str) {
    push(out, value, &ATTRIBUTE, push_entity);
}

/// Appends a URL as the value of an attribute, to stand in double quotes. Letters of any script
/// stay as they are, which HTML allows; what no URL may hold is percent-encoded.
pub(super) fn push_url(out: &mut String, url: &str) {
    push(out, url, &URL, |out, character| match character {
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
fn push(out: &mut String, text: &str, special: &Special, replace: fn(&mut String, char)) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| special[usize::from(byte)]) {
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
