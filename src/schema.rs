//! The words of [schema.org](https://schema.org) that pages are described in, as typed values, and their
//! text in a page: JSON-LD in a script element that no value can close.
//!
//! A field that has nothing to say is left out. Values refer to each other by `@id`, an address with a
//! fragment; a page describes itself, and only names others.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

/// Everything that a page says of itself.
#[derive(Debug, Serialize)]
pub(crate) struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    nodes: Vec<Node<'a>>,
}

/// A thing that stands by itself.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Node<'a> {
    Article(Box<Article<'a>>),
    Page(WebPage<'a>),
    Site(WebSite<'a>),
    Publisher(NewsMediaOrganization<'a>),
    Breadcrumbs(BreadcrumbList<'a>),
}

/// A thing that is described elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reference {
    #[serde(rename = "@id")]
    pub(crate) id: String,
}

/// What kind of journalism an article is.
#[derive(Debug, Clone, Copy, Serialize)]
#[expect(clippy::enum_variant_names, reason = "schema.org's own names")]
pub(crate) enum ArticleType {
    NewsArticle,
    AnalysisNewsArticle,
    OpinionNewsArticle,
    ReportageNewsArticle,
    BackgroundNewsArticle,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Article<'a> {
    #[serde(rename = "@type")]
    pub(crate) article_type: ArticleType,
    #[serde(rename = "@id")]
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) main_entity_of_page: String,
    pub(crate) headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) image: Vec<ImageObject<'a>>,
    pub(crate) date_published: String,
    pub(crate) date_modified: String,
    pub(crate) author: Vec<Author<'a>>,
    pub(crate) publisher: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) keywords: Vec<&'a str>,
    pub(crate) in_language: &'a str,
    pub(crate) is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) citation: Vec<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) correction: Vec<CorrectionComment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) translation_of_work: Option<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) work_translation: Vec<Reference>,
}

/// Who wrote an article: people, or the publisher itself.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Author<'a> {
    Person(Person<'a>),
    Publisher(Reference),
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct Person<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) same_as: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct NewsMediaOrganization<'a> {
    #[serde(rename = "@id")]
    pub(crate) id: String,
    pub(crate) name: &'a str,
    pub(crate) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) logo: Option<ImageObject<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) same_as: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) publishing_principles: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct ImageObject<'a> {
    pub(crate) url: String,
    pub(crate) content_url: String,
    /// In pixels. schema.org wants a text, or a quantity with a unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) credit_text: Option<Cow<'a, str>>,
}

/// Somebody else's report.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct CreativeWork<'a> {
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct CorrectionComment<'a> {
    pub(crate) text: &'a str,
    pub(crate) date_published: String,
}

/// What kind of page a page is.
#[derive(Debug, Clone, Copy, Serialize)]
#[expect(clippy::enum_variant_names, reason = "schema.org's own names")]
pub(crate) enum PageType {
    WebPage,
    AboutPage,
    ContactPage,
    CollectionPage,
    ProfilePage,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebPage<'a> {
    #[serde(rename = "@type")]
    pub(crate) page_type: PageType,
    #[serde(rename = "@id")]
    pub(crate) id: String,
    pub(crate) url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'a str>,
    pub(crate) in_language: &'a str,
    pub(crate) is_part_of: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) primary_image_of_page: Option<ImageObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) main_entity: Option<MainEntity<'a>>,
}

/// What a page is about.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum MainEntity<'a> {
    List(ItemList<'a>),
    Person(Person<'a>),
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct WebSite<'a> {
    #[serde(rename = "@id")]
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) name: &'a str,
    pub(crate) in_language: &'a str,
    pub(crate) publisher: Reference,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct ItemList<'a> {
    pub(crate) item_list_element: Vec<ListItem<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct BreadcrumbList<'a> {
    pub(crate) item_list_element: Vec<ListItem<'a>>,
}

/// A page of a list, or on the way to a page.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct ListItem<'a> {
    /// From 1.
    pub(crate) position: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<Cow<'a, str>>,
    /// Of a list: where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// Of a way: where it leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) item: Option<String>,
}

impl<'a> Graph<'a> {
    /// Brings together what a page says.
    pub(crate) fn of(nodes: Vec<Node<'a>>) -> Self {
        Self { context: "https://schema.org", nodes }
    }

    /// The script element.
    pub(crate) fn to_html(&self) -> String {
        const USUAL_LEN: usize = 4096;
        let mut html = Vec::with_capacity(USUAL_LEN);
        html.extend_from_slice(b"<script type=\"application/ld+json\">");
        write_script_safe(self, &mut html);
        html.extend_from_slice(b"</script>");
        String::from_utf8(html).expect("JSON is UTF-8")
    }
}

/// Writes a value as JSON that means the same within a script element.
fn write_script_safe(value: &impl Serialize, out: &mut Vec<u8>) {
    let mut serializer = serde_json::Serializer::with_formatter(out, ScriptSafe);
    value
        .serialize(&mut serializer)
        .expect("texts and lists have a form in JSON, and a Vec takes all");
}

/// JSON without `<`, which could end the element or begin a comment, and without the characters that
/// HTML or older readers of JSON do not take: they are written by their numbers.
struct ScriptSafe;

impl Formatter for ScriptSafe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        // Most texts have nothing of the kind, and their bytes are looked over faster than their letters.
        while rest.bytes().any(begins_unsafe)
            && let Some((at, found)) = rest.char_indices().find(|(_, c)| is_unsafe(*c))
        {
            let (plain, from) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            for unit in found.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.get(found.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Whether a character that [`is_unsafe`] may begin with this byte; Cyrillic letters do not.
fn begins_unsafe(byte: u8) -> bool {
    matches!(byte, b'<' | 0x7f | 0xc2 | 0xe2 | 0xef..)
}

/// `<`, line separators, controls, and what Unicode says is no character.
fn is_unsafe(c: char) -> bool {
    c == '<'
        || matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn script_safe(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write_script_safe(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// What is dangerous in scripts, in JSON or in HTML, and what is usual.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("</script>".to_owned()),
            Just("<!--<script>".to_owned()),
            Just("]]>".to_owned()),
            Just("\\u003c\"\\".to_owned()),
            Just("👩‍👩‍👧‍👦\u{202e}\u{2067}שלום\u{2069}".to_owned()),
            Just("\u{2028}\u{2029}\u{85}\u{fffe}\u{1ffff}".to_owned()),
            "[«»а-яґєії ]{0,8}",
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn a_text_cannot_end_the_script_element() {
        let text = script_safe(&"</script><!--\u{2028}\u{0}\u{80}\u{1fffe}&]]>");
        assert_eq!(text, r#""\u003c/script>\u003c!--\u2028\u0000\u0080\ud83f\udffe&]]>""#);
    }

    #[test]
    fn every_unsafe_character_is_known_by_its_first_byte() {
        for c in ('\0'..=char::MAX).filter(|c| is_unsafe(*c)) {
            assert!(begins_unsafe(c.to_string().as_bytes()[0]), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was_written(text in texts()) {
            let json = script_safe(&[&text]);
            prop_assert!(!json.contains('<') && !json.chars().any(|c| c.is_control()), "{json}");
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), vec![text]);
        }
    }
}
