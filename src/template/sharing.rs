//! The picture that social networks, messengers and search engines show of a page: raster, with an
//! absolute address.

use std::borrow::Cow;

use super::Answers;
use super::context::ShareImage;
use crate::asset::{PictureFormat, PictureSize};
use crate::config::{self, LanguageId, Named};
use crate::content::EditionId;
use crate::diagnostic::Diagnostic;
use crate::picture::Size;
use crate::site::Route;

/// What networks show in full width.
const SHARE_SIZE: PictureSize = PictureSize { width: 1200, height: 630 };

/// The least that search engines take for a logo.
const LOGO_SIZE: PictureSize = PictureSize { width: 112, height: 112 };

/// A picture for the world outside.
pub(super) struct PublicPicture<'a> {
    /// Absolute.
    pub(super) url: String,
    pub(super) size: Option<PictureSize>,
    pub(super) format: PictureFormat,
    pub(super) alt: &'a str,
    pub(super) caption: Option<&'a str>,
    pub(super) credit: Option<Cow<'a, str>>,
}

impl Answers {
    /// What a page shows where it is shared: its own picture, else the one that stands for the whole
    /// site. A front page is of no single story, so there it is the other way round. `own` is the edition
    /// that the page is, or that leads it.
    #[must_use]
    pub fn share_image(&self, route: Route, own: Option<EditionId>) -> Option<ShareImage<'_>> {
        let of_site = || self.picture_of_site(self.site.language_of(route));
        let of_page = || own.and_then(|id| self.pictures_of(id).into_iter().next());
        let picture = match route {
            Route::Root | Route::Front(_) => of_site().or_else(of_page),
            _ => of_page().or_else(of_site),
        }?;
        Some(ShareImage {
            url: picture.url,
            alt: picture.alt,
            media_type: picture.format.media_type(),
            width: picture.size.map(|size| size.width as usize),
            height: picture.size.map(|size| size.height as usize),
        })
    }

    /// The lead picture of an edition in every ratio that there is, the best for a preview first; none
    /// when networks do not show its format.
    pub(super) fn pictures_of(&self, id: EditionId) -> Vec<PublicPicture<'_>> {
        let Some(picture) = self.site.edition(id).image.as_deref() else { return Vec::new() };
        let Some(used) = self.lead_picture(id) else { return Vec::new() };
        let of_file = |path: &str, size: Option<PictureSize>| {
            let format = PictureFormat::of(path).filter(|format| format.is_shareable())?;
            Some(PublicPicture {
                url: self.absolute(path),
                size,
                format,
                alt: &picture.alt,
                caption: picture.caption.as_deref(),
                credit: self.credit(id, picture, &used.file),
            })
        };
        let Some(offer) = self.offer(&used) else {
            let size = self.picture_size(&used.file);
            return of_file(&used.url_path, size).into_iter().collect();
        };
        // Search engines want 16 : 9, 4 : 3 and 1 : 1.
        offer
            .crops()
            .filter_map(|crop| {
                let Size { width, height } = crop.rendition.size;
                of_file(&crop.url_path, Some(PictureSize { width, height }))
            })
            .collect()
    }

    /// The picture that stands for the whole site in a language: `publisher.share_image`.
    pub(super) fn picture_of_site(&self, language: LanguageId) -> Option<PublicPicture<'_>> {
        let publisher = &self.site.config.publisher;
        self.publisher_picture(publisher.share_images[language.index()].as_ref()?, language)
    }

    /// The publisher's sign.
    pub(super) fn logo(&self, language: LanguageId) -> Option<PublicPicture<'_>> {
        self.publisher_picture(self.site.config.publisher.logo.as_ref()?, language)
    }

    fn publisher_picture(&self, named: &Named, language: LanguageId) -> Option<PublicPicture<'_>> {
        let name = &*self.site.config.publisher.names[language.index()];
        Some(PublicPicture {
            url: self.absolute(&format!("/{}", named.name)),
            size: self.size_of(named),
            format: PictureFormat::of(&named.name)?,
            alt: name,
            caption: None,
            credit: Some(name.into()),
        })
    }

    /// The absolute URL of a decoded path.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.site.config.base_url.origin, self.site.url_of_path(path))
    }

    /// The sizes of the publisher's pictures: on pages of a language, whatever else is on them.
    #[must_use]
    pub fn publisher_sizes(&self, language: LanguageId) -> [Option<PictureSize>; 2] {
        let publisher = &self.site.config.publisher;
        let pictures = [publisher.logo.as_ref(), publisher.share_images[language.index()].as_ref()];
        pictures.map(|named| self.size_of(named?))
    }

    /// The size of a file in `static/`; a missing one has been reported.
    fn size_of(&self, named: &Named) -> Option<PictureSize> {
        let asset = self.site.assets.get(&named.name)?;
        self.picture_size(&format!("static/{}", asset.path))
    }

    /// A warning for each of the publisher's pictures that is smaller than networks want it.
    pub(super) fn small_pictures(&self) -> Vec<Diagnostic> {
        let publisher = &self.site.config.publisher;
        let drawn = |logo: &&Named| PictureFormat::of(&logo.name) != Some(PictureFormat::Svg);
        let logo = publisher.logo.iter().filter(drawn).map(|logo| (logo, LOGO_SIZE));
        let share_images = publisher.share_image_files();
        let small = |(named, least): (&Named, PictureSize)| {
            let size = self.size_of(named)?;
            let is_small = size.width < least.width || size.height < least.height;
            is_small.then(|| {
                let message = format!(
                    "`/{}` is {} pixels wide and {} high",
                    named.name, size.width, size.height
                );
                let help =
                    format!("make it at least {} wide and {} high", least.width, least.height);
                Diagnostic::warning("small-picture", message)
                    .at_place(config::FILE, Some(named.place.clone()), "")
                    .help(help)
            })
        };
        logo.chain(share_images.into_iter().map(|image| (image, SHARE_SIZE)))
            .filter_map(small)
            .collect()
    }
}
