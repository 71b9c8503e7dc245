//! No text of an article brings a script, an event handler or an address that runs into a page, whatever
//! a site answers when it is asked where links and pictures lead.

#![no_main]

use std::borrow::Cow;

use libfuzzer_sys::fuzz_target;
use visti::diagnostic::{Severity, Source};
use visti::locale::{LanguageTag, Typography, TypographyStyle};
use visti::markdown::{
    Author, Credit, ImageTarget, LinkTarget, Markdown, Problem, RawHtml, Resolver, STORY, Word, summary,
};
use visti_fuzz::assert_harmless;

/// A site that says of everything what the text says of it.
struct Echo(Typography);

impl Resolver for Echo {
    fn is_own(&self, url: &str) -> bool {
        url.len().is_multiple_of(2)
    }

    fn link(&self, destination: &str) -> Result<LinkTarget, Problem> {
        let text = match destination.strip_prefix(STORY) {
            Some(key) => format!("/ua/{key}/"),
            None => destination.to_owned(),
        };
        match destination.len() % 4 {
            0 => {
                Ok(LinkTarget::OtherLanguage { url: text.clone(), tag: text.clone(), label: text })
            }
            1 => Err(Problem {
                severity: Severity::Error,
                id: "broken-link",
                message: text,
                help: None,
            }),
            2 => Ok(LinkTarget::PlainText),
            _ => Ok(LinkTarget::Url(text)),
        }
    }

    fn image(&self, destination: &str) -> Result<ImageTarget, Problem> {
        Ok(ImageTarget { url: destination.to_owned(), size: None, choice: None })
    }

    fn credit(&self, credit: Credit<'_>) -> Cow<'_, str> {
        credit.by.to_owned().into()
    }

    fn author(&self, destination: &str, _: &str) -> Author {
        match destination.len() % 2 {
            0 => Author::InFile(destination.to_owned()),
            _ => Author::Missing,
        }
    }

    fn heading_slug(&self, text: &str) -> String {
        text.to_owned()
    }

    fn typography(&self) -> &Typography {
        &self.0
    }

    fn word(&self, _: Word) -> Cow<'_, str> {
        "\"><script>'".into()
    }
}

fuzz_target!(|text: &str| {
    let tag = if text.len().is_multiple_of(2) { "uk" } else { "en" };
    let tag = LanguageTag::parse(tag).expect("a language");
    let site = Echo(Typography::new(&tag, TypographyStyle::USUAL));
    let source = Source::new("text.md", text);
    for raw_html in [RawHtml::Sanitize, RawHtml::Escape, RawHtml::Allow] {
        let mut html = String::new();
        Markdown::new(raw_html).to_html(&source, 0..text.len(), &site, &mut html);
        if raw_html != RawHtml::Allow {
            assert_harmless(&html);
        }
    }
    assert!(summary(text, &site.0).chars().count() <= 240);
});
