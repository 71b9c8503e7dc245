//! A whole article as HTML that can be read away from its site.

use std::sync::Arc;

use super::Picture;
use super::absolute::{Base, absolute};
use crate::content::EditionId;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::html;
use crate::render::{AskedLink, Renderer};
use crate::site::Route;
use crate::template::{QueryId, Sitting};

/// Texts kept: one stands in the feeds of its language, section, tags and authors. About 6 kB each, so
/// 25 MB in an archive of any size.
pub(in crate::render) const N_TEXTS: usize = 4_096;

/// An article as feeds have it.
#[derive(Debug)]
pub(in crate::render) struct FeedText {
    pub(super) html: String,
    /// The links and pictures in it, with the hashes of where they lead.
    pub(super) links: Vec<(AskedLink, u64)>,
    /// What the components in it asked the site.
    pub(super) asked: Vec<QueryId>,
}

impl Renderer {
    /// The text of an article, made once for all feeds unless there are too many of them.
    pub(super) fn feed_text(&self, id: EditionId) -> Result<Arc<FeedText>, Vec<Diagnostic>> {
        self.feed_texts.get(id.index() as u128, || self.make_feed_text(id))
    }

    fn make_feed_text(&self, id: EditionId) -> Result<Arc<FeedText>, Vec<Diagnostic>> {
        let language = self.site.edition(id).language;
        let sitting = Sitting::begin(&self.answers, &self.templates, language);
        let body = self.body(id, Some(&sitting))?;
        // Warnings are those of the article's own page.
        if has_errors(&body.diagnostics) {
            return Err(body.diagnostics);
        }
        let page = self.site.absolute_url(Route::Article(id));
        let base = Base { origin: &self.site.config.base_url.origin, page: &page };
        let mut html = self.feed_picture(id).map(|picture| figure(&picture)).unwrap_or_default();
        html.push_str(&absolute(&body.html, base));
        Ok(Arc::new(FeedText { html, links: body.links, asked: sitting.finish() }))
    }
}

/// The lead picture, which is no part of the text: its caption and who made it belong to it.
fn figure(picture: &Picture<'_>) -> String {
    let mut html = Vec::new();
    let mut write = |raw: &str, text: &str| {
        html.extend_from_slice(raw.as_bytes());
        html::escape(text, &mut html).expect("writing to a Vec never fails");
    };
    write("<figure><img src=\"", &picture.url);
    write("\" alt=\"", picture.alt);
    if let Some((width, height)) = picture.size {
        write("\" width=\"", &width.to_string());
        write("\" height=\"", &height.to_string());
    }
    write("\">", "");
    if let Some(caption) = picture.caption() {
        write("<figcaption>", &caption);
        write("</figcaption>", "");
    }
    write("</figure>\n", "");
    String::from_utf8(html).expect("escaping keeps UTF-8")
}
