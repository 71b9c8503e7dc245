//! Who made a picture, in the words of the interface, and which pictures must say so.

use std::borrow::Cow;

use super::Renderer;
use crate::config::LanguageId;
use crate::content::{EditionId, field_place};
use crate::diagnostic::Diagnostic;
use crate::locale::{Argument, Strings};
use crate::markdown::Credit;

/// Formats of photographs. A drawing or a screenshot is seldom one of these.
const PHOTOGRAPHS: &[&str] = &["avif", "heic", "jpeg", "jpg", "webp"];

/// "Photo: AFP", as the component `credit` of the theme has it for lead pictures.
pub(super) fn line<'s>(
    strings: &'s Strings,
    language: LanguageId,
    credit: Credit<'_>,
) -> Cow<'s, str> {
    let key = match (credit.is_illustrative, credit.by.is_empty()) {
        (false, true) => return Cow::Borrowed(""),
        (true, true) => "illustration",
        (true, false) => "illustration-credit",
        (false, false) => "photo-credit",
    };
    let arguments = [("credit", Argument::Text(credit.by.into()))];
    // A theme without these words shows the name alone.
    let text = strings.text(language.index(), key, &arguments);
    text.unwrap_or_else(|_| Cow::Owned(credit.by.to_owned()))
}

/// Whether a picture is likely to be a photograph, by the name of its file.
pub(super) fn is_photograph(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    PHOTOGRAPHS.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

impl Renderer {
    /// A warning when an edition's lead picture ought to say who made it.
    pub(super) fn lead_without_credit(&self, id: EditionId) -> Option<Diagnostic> {
        let config = &self.site.config;
        let edition = self.site.edition(id);
        let picture = edition.image.as_deref()?;
        let (file, _) = self.site.picture(id, &picture.src)?;
        let caption = picture.caption.as_deref().unwrap_or("");
        let is_in_order = !config.article.require_credits
            || picture.is_anonymous
            || !is_photograph(&picture.src)
            || self.answers.credit(id, picture, &file).is_some()
            || self.answers.names_author(edition.language, caption);
        if is_in_order {
            return None;
        }
        let place = field_place(config, edition, &["image", "src"]);
        let help = "add `credit = \"…\"`; `credit = \"\"` if nobody is to be named";
        let message = "nobody is named as the author of the lead picture";
        let diagnostic = Diagnostic::warning("missing-credit", message).help(help);
        Some(diagnostic.at_place(edition.file(config), place, ""))
    }
}
