//! What `[publisher]` of `site.toml` names: looked for when files and pages are known.

use super::{Route, Site};
use crate::asset::PictureFormat;
use crate::config::{self, LanguageId, Named};
use crate::content::{EditionId, EditionKind};
use crate::diagnostic::{Diagnostic, nearest};

/// What kind of page a standalone page is, where `site.toml` says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageRole {
    /// Says who the publisher is.
    About,
    /// Says where to write.
    Contacts,
}

impl Site {
    /// The page that the publisher names by its path below `pages/`, in a language.
    #[must_use]
    pub fn publisher_page(&self, named: &Option<Named>, language: LanguageId) -> Option<Route> {
        let path = page_path(named.as_ref()?);
        let id = self.config.language_ids().find_map(|other| self.edition_at(other, &path))?;
        let id = self.public_edition(self.story_of(id), language)?;
        Some(self.route_of(id))
    }

    /// What kind of page a standalone page is.
    #[must_use]
    pub fn page_role(&self, id: EditionId) -> Option<PageRole> {
        if self.edition(id).kind != EditionKind::Standalone {
            return None;
        }
        let publisher = &self.config.publisher;
        let roles =
            [(&publisher.about, PageRole::About), (&publisher.contacts, PageRole::Contacts)];
        let language = self.edition(id).language;
        let own = Some(self.route_of(id));
        let found = roles.into_iter().find(|(page, _)| self.publisher_page(page, language) == own);
        found.map(|(_, role)| role)
    }
}

fn page_path(named: &Named) -> String {
    format!("pages/{}", named.name)
}

/// Reports what is not there, or is not what it must be.
pub(super) fn problems(site: &Site) -> Vec<Diagnostic> {
    let publisher = &site.config.publisher;
    let mut diagnostics = Vec::new();
    diagnostics.extend(publisher.logo.iter().filter_map(|logo| missing_picture(site, logo)));
    for image in publisher.share_image_files() {
        diagnostics.extend(missing_picture(site, image).or_else(|| not_shareable(image)));
    }
    let pages = [&publisher.about, &publisher.contacts, &publisher.principles];
    diagnostics.extend(pages.into_iter().flatten().filter_map(|page| missing_page(site, page)));
    diagnostics
}

fn problem(diagnostic: Diagnostic, named: &Named, help: impl Into<String>) -> Diagnostic {
    diagnostic.at_place(config::FILE, Some(named.place.clone()), "").help(help)
}

fn missing_picture(site: &Site, named: &Named) -> Option<Diagnostic> {
    if site.assets.get(&named.name).is_some() {
        return None;
    }
    let message = format!("the picture `/{}` does not exist", named.name.escape_debug());
    let help = match nearest(&named.name, site.assets.paths()) {
        Some(path) => format!("did you mean `/{path}`?"),
        None => "put it into `static/`, and write its path there with a leading slash".to_owned(),
    };
    Some(problem(Diagnostic::error("missing-picture", message), named, help))
}

fn not_shareable(named: &Named) -> Option<Diagnostic> {
    if PictureFormat::of(&named.name).is_some_and(PictureFormat::is_shareable) {
        return None;
    }
    let message = format!("social networks do not show `/{}`", named.name.escape_debug());
    let help = "save it as PNG or JPEG, 1200 pixels wide and 630 high";
    Some(problem(Diagnostic::error("share-image-format", message), named, help))
}

fn missing_page(site: &Site, named: &Named) -> Option<Diagnostic> {
    let path = page_path(named);
    let mut languages = site.config.language_ids();
    let is_there = |language| {
        let is_broken = || site.content.broken.contains(&(language, path.as_str().into()));
        site.edition_at(language, &path).is_some() || is_broken()
    };
    if languages.any(is_there) {
        return None;
    }
    let message = format!("there is no standalone page `{}`", named.name.escape_debug());
    let standalone = site.content.editions.iter().filter(|e| e.kind == EditionKind::Standalone);
    let names = standalone.filter_map(|edition| edition.path.strip_prefix("pages/"));
    let help = match nearest(&named.name, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "write `about` for `content/<language>/pages/about.md`".to_owned(),
    };
    Some(problem(Diagnostic::warning("unknown-page", message), named, help))
}
