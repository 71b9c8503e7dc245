//! XML as bytes: elements, attributes and text, well-formed whatever the text says.
//!
//! quick-xml writes and escapes; what XML 1.0 has no place for is left out here: quick-xml passes it
//! on, and a reader then refuses the whole file.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An attribute: its name and its value.
pub(crate) type Attribute<'a> = (&'static str, &'a str);

/// Writes one document, an element a line.
pub(crate) struct Xml<'o> {
    writer: Writer<&'o mut Vec<u8>>,
}

impl<'o> Xml<'o> {
    /// A document that is appended to `out`, with its declaration.
    pub(crate) fn begin(out: &'o mut Vec<u8>) -> Self {
        let mut xml = Self { writer: Writer::new_with_indent(out, b' ', 0) };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// Ends the document.
    pub(crate) fn end(self) {
        self.writer.into_inner().push(b'\n');
    }

    /// An element with what `content` writes in it.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &[Attribute<'_>],
        content: impl FnOnce(&mut Self),
    ) {
        self.write(Event::Start(start(name, attributes)));
        content(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with a text in it.
    pub(crate) fn text(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.write(Event::Start(start(name, attributes)));
        let text = allowed(text);
        self.write(Event::Text(BytesText::from_escaped(partial_escape(&*text))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    fn write(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing to a Vec never fails");
    }
}

fn start(name: &'static str, attributes: &[Attribute<'_>]) -> BytesStart<'static> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*allowed(value)));
    }
    start
}

/// A text without what XML 1.0 forbids, escaped or not: control characters but for tab and line
/// breaks, U+FFFE and U+FFFF.
pub(crate) fn allowed(text: &str) -> Cow<'_, str> {
    let is_suspect = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == 0xef);
    if !text.bytes().fold(false, |found, byte| found | is_suspect(byte)) {
        return Cow::Borrowed(text);
    }
    let is_allowed = |character: &char| match *character {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => other >= ' ',
    };
    Cow::Owned(text.chars().filter(is_allowed).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text and the attribute that a strict parser finds in the document.
    fn read_back(text: &str) -> (String, String) {
        let mut out = Vec::new();
        let mut xml = Xml::begin(&mut out);
        xml.element("feed", &[("of", text)], |xml| xml.text("title", &[], text));
        xml.end();
        let document = String::from_utf8(out).unwrap();
        let document = roxmltree::Document::parse(&document).unwrap();
        let root = document.root_element();
        let title = root.first_element_child().unwrap();
        (title.text().unwrap_or_default().to_owned(), root.attribute("of").unwrap().to_owned())
    }

    #[test]
    fn a_document_has_an_element_a_line() {
        let mut out = Vec::new();
        let mut xml = Xml::begin(&mut out);
        xml.element("feed", &[("xml:lang", "uk")], |xml| {
            xml.empty("link", &[("href", "/?a&b=\"")]);
            xml.text("title", &[], "«Вісник» & ]]> <b>");
        });
        xml.end();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r#"
        <?xml version="1.0" encoding="utf-8"?>
        <feed xml:lang="uk">
        <link href="/?a&amp;b=&quot;"/>
        <title>«Вісник» &amp; ]]&gt; &lt;b&gt;</title>
        </feed>
        "#);
    }

    #[test]
    fn what_xml_forbids_is_left_out_and_everything_else_stays() {
        for (text, allowed) in [
            ("a\u{0}b\u{1}c\u{8}d\u{b}e\u{c}f\u{e}g\u{1f}h", "abcdefgh"),
            ("a\u{fffe}b\u{ffff}c\u{fffd}d", "abc\u{fffd}d"),
            ("tab\t, line\n, return\r", "tab\t, line\n, return\r"),
            ("\u{7f}\u{85}\u{2028}\u{feff}\u{202e}ﬁ👩‍🚒", "\u{7f}\u{85}\u{2028}\u{feff}\u{202e}ﬁ👩‍🚒"),
            ("<script>]]></script>&amp;&#0;", "<script>]]></script>&amp;&#0;"),
        ] {
            assert_eq!(read_back(text), (allowed.to_owned(), allowed.to_owned()), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was(text in "(\\PC|[\\x00-\\x20\"'<>&;#\\]\u{fffe}\u{ffff}]|.){0,40}") {
            let allowed = allowed(&text).into_owned();
            prop_assert_eq!(read_back(&text), (allowed.clone(), allowed));
        }
    }
}
