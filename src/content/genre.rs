//! What kind of journalism an article is: `genre` of its front matter.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, nearest};
use crate::table::Fields;

/// A kind of journalism. Readers are told of every one but news.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Genre {
    /// What happened.
    #[default]
    News,
    /// What it means, by those who know the field.
    Analysis,
    /// What the author thinks of it.
    Opinion,
    /// What the reporter saw and heard there.
    Reportage,
    /// What one has to know to understand it.
    Explainer,
}

impl Genre {
    const ALL: [Self; 5] =
        [Self::News, Self::Analysis, Self::Opinion, Self::Reportage, Self::Explainer];

    /// What front matter and templates call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Analysis => "analysis",
            Self::Opinion => "opinion",
            Self::Reportage => "reportage",
            Self::Explainer => "explainer",
        }
    }
}

/// Reads `genre`; absent is news.
pub(super) fn read(fields: &Fields<'_, '_>) -> Genre {
    let Some(written) = fields.text("genre") else { return Genre::default() };
    let name = written.value.trim();
    if let Some(genre) = Genre::ALL.into_iter().find(|genre| genre.name() == name) {
        return genre;
    }
    let names = || Genre::ALL.into_iter().map(Genre::name);
    let help = match nearest(name, names()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!(
            "use {}",
            names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    let message = format!("`genre` cannot be `{}`", name.escape_debug());
    fields.report(Diagnostic::error("bad-choice", message).help(help), written.at);
    Genre::default()
}
