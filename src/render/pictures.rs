//! Which pictures pages show: what has to be made is told by the model, and by the texts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Renderer;
use super::links::Links;
use crate::asset::PictureFacts;
use crate::content::EditionId;
use crate::picture::{Focus, Key, Rendition, Use};
use crate::template::UsedPicture;
use crate::template::pictures::Offer;

impl Renderer {
    /// The pictures that are shown whatever texts say: of every article and page that is public, and of
    /// authors. None if pictures stay as they are.
    #[must_use]
    pub fn pictures_of_model(&self) -> BTreeSet<UsedPicture> {
        let site = &self.site;
        if site.config.pictures.is_none() {
            return BTreeSet::new();
        }
        let n = u32::try_from(site.content.editions.len()).expect("fewer than 2^32 editions");
        let public = (0..n).map(EditionId).filter(|id| site.is_public(*id));
        let leads = public.filter_map(|id| self.answers.lead_picture(id));
        let authors = site.content.vocabulary.authors.all.iter();
        let photos = authors.filter_map(|author| author.photo.as_deref());
        leads.chain(photos.filter_map(|photo| self.answers.portrait(photo))).collect()
    }

    /// The picture that the text of an edition names.
    #[must_use]
    pub fn picture_in_text(&self, id: EditionId, destination: &str) -> Option<UsedPicture> {
        Links::new(&self.site, &self.answers, id).used_picture(destination)
    }

    /// What is made of a picture; `None` when it stays as it is.
    #[must_use]
    pub fn offer<'a>(&'a self, picture: &'a UsedPicture) -> Option<Offer<'a>> {
        self.answers.offer(picture)
    }

    /// What is known of a picture; found now, if nobody has looked at it.
    #[must_use]
    pub fn picture(&self, file: &str) -> Arc<PictureFacts> {
        self.answers.picture_facts(file)
    }
}

/// A file that is made of a picture, found by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePicture {
    /// The picture, relative to the root.
    pub file: String,
    /// The digest of its bytes.
    pub digest: [u8; 16],
    /// What is made of it.
    pub rendition: Rendition,
    /// Under which it is kept.
    pub key: Key,
}

impl Renderer {
    /// What is made of a picture at a decoded path.
    #[must_use]
    pub fn made_picture_at(&self, path: &str) -> Option<MadePicture> {
        let settings = &self.site.config.pictures.as_ref()?.settings;
        // `/pictures/hall.1a2b3c4d-640w.avif` is made of `/pictures/hall.jpg`, or another `hall.`.
        let (name, _) = path.strip_prefix('/')?.rsplit_once('.')?;
        let (stem, _) = name.rsplit_once('.')?;
        let copies = &self.site.routes.copies;
        let first = copies.partition_point(|copy| copy.output.as_str() < stem);
        let same_stem = copies.iter().skip(first).take_while(|copy| copy.output.starts_with(stem));
        let pictures = same_stem.filter(|copy| {
            let extension = copy.output.strip_prefix(stem).unwrap_or("");
            extension.is_empty() || extension.rfind('.') == Some(0)
        });
        let used = pictures.flat_map(|copy| self.uses_of(&copy.source, &copy.output));
        used.into_iter().find_map(|used| {
            let offer = self.answers.offer(&used)?;
            let offered = offer.all().find(|offered| offered.url_path == path)?;
            let (digest, rendition) = (offer.digest(), offered.rendition);
            let key = rendition.key(digest, settings);
            Some(MadePicture { file: used.file.clone(), digest, rendition, key })
        })
    }

    /// All that a picture may be used for.
    fn uses_of(&self, file: &str, output: &str) -> Vec<UsedPicture> {
        let site = &self.site;
        let plain = |for_use| {
            let (file, url_path) = (file.to_owned(), format!("/{output}"));
            UsedPicture::new(file, url_path, for_use, Focus::MIDDLE)
        };
        let has_focus = |id: &EditionId| {
            site.edition(*id).image.as_ref().is_some_and(|image| image.focus != Focus::MIDDLE)
        };
        let n = u32::try_from(site.content.editions.len()).expect("fewer than 2^32 editions");
        let with_focus = (0..n).map(EditionId).filter(has_focus);
        let leads = with_focus.filter_map(|id| self.answers.lead_picture(id));
        let leads = leads.filter(|used| used.file == file);
        [Use::Lead, Use::Text, Use::Portrait].map(plain).into_iter().chain(leads).collect()
    }
}
