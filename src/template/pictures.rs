//! Pictures as pages show them: which files a browser may choose from, and their addresses.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

use super::Answers;
use super::context::{Crop, Image, PictureSource};
use crate::asset::{PictureFacts, PictureSize};
use crate::config::{LanguageId, Pictures};
use crate::content::{EditionId, Picture};
use crate::diagnostic::Diagnostic;
use crate::locale::Argument;
use crate::picture::{Focus, Format, Raster, Rendition, Series, Shape, Use, renditions};
use crate::site::rendition_path;

/// A picture, and what it is used for: enough to know all that is made of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsedPicture {
    /// The file, relative to the root.
    pub file: String,
    /// Its decoded URL path.
    pub url_path: String,
    /// What it is used for.
    pub for_use: Use,
    /// What crops must not lose: thousandths from the left and from above.
    pub focus: (u16, u16),
}

/// A file that is made of a picture: where it is published, and of what it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Its decoded URL path.
    pub url_path: String,
    /// What it is.
    pub rendition: Rendition,
}

/// What is made of one picture for one use.
pub struct Offer<'a> {
    /// What is known of the picture.
    pub facts: Arc<PictureFacts>,
    digest: [u8; 16],
    /// In the order of shapes; the first is the main one.
    pub series: Vec<Series>,
    url_path: &'a str,
    pictures: &'a Pictures,
}

/// What a browser may choose from, of one shape.
#[derive(Debug)]
pub struct Choice {
    /// The file for browsers that cannot choose.
    pub src: String,
    /// All widths in the format that every browser knows.
    pub srcset: String,
    /// The better formats, in order.
    pub sources: Vec<(Format, String)>,
}

impl UsedPicture {
    /// A picture that is a file of the site.
    #[must_use]
    pub fn new(file: String, url_path: String, for_use: Use, focus: Focus) -> Self {
        Self { file, url_path, for_use, focus: (focus.x, focus.y) }
    }
}

impl Offer<'_> {
    /// All files that are made.
    pub fn all(&self) -> impl Iterator<Item = Offered> + '_ {
        self.series.iter().flat_map(Series::all).map(|rendition| self.offered(rendition))
    }

    /// The largest of every crop, in the format that everybody knows.
    pub fn crops(&self) -> impl Iterator<Item = Offered> + '_ {
        let crops = self.series.iter().filter(|series| series.asked != Shape::Whole);
        crops.map(|series| self.offered(series.rendition(series.fallback(), series.widest())))
    }

    fn offered(&self, rendition: Rendition) -> Offered {
        let name = rendition.name(self.digest, &self.pictures.settings);
        Offered { url_path: rendition_path(self.url_path, &name), rendition }
    }

    /// The digest of the picture's bytes.
    #[must_use]
    pub fn digest(&self) -> [u8; 16] {
        self.digest
    }
}

impl Answers {
    /// A picture's facts, read once; what is wrong with it [`Answers::bad_pictures`] tells.
    #[must_use]
    pub fn picture_facts(&self, file: &str) -> Arc<PictureFacts> {
        let known =
            self.pictures.read().expect("no thread panics with the lock").get(file).cloned();
        known.unwrap_or_else(|| {
            let facts = Arc::new(self.files.picture(file));
            let mut pictures = self.pictures.write().expect("no thread panics with the lock");
            pictures.insert(file.into(), facts.clone());
            facts
        })
    }

    /// A picture's size in pixels; `None` when it cannot be read.
    #[must_use]
    pub fn picture_size(&self, file: &str) -> Option<PictureSize> {
        self.picture_facts(file).size
    }

    /// What is wrong with the pictures that were shown so far, and with those of the publisher. Collected here, not page by page: an
    /// archive shows the same picture ten thousand times.
    #[must_use]
    pub fn bad_pictures(&self) -> Vec<Diagnostic> {
        let small = self.small_pictures();
        let settings = self.site.config.pictures.as_ref().map(|pictures| &pictures.settings);
        let max_pixels = settings.map_or(0, |settings| settings.max_pixels);
        let pictures = self.pictures.read().expect("no thread panics with the lock");
        let mut pictures: Vec<(&str, &PictureFacts)> =
            pictures.iter().map(|(file, facts)| (&**file, &**facts)).collect();
        pictures.sort_unstable_by_key(|(file, _)| *file);
        let bad = pictures.iter().filter_map(|(file, facts)| facts.diagnostic(file, max_pixels));
        let says_where = |facts: &PictureFacts| {
            facts.raster.as_ref().is_some_and(|(_, raster)| raster.has_location)
        };
        let with_place = pictures.iter().filter(|(_, facts)| says_where(facts));
        let place = place_warning(&with_place.map(|(file, _)| *file).collect::<Vec<_>>());
        bad.chain(place).chain(small).collect()
    }

    /// The lead picture of an edition, as a file.
    #[must_use]
    pub fn lead_picture(&self, id: EditionId) -> Option<UsedPicture> {
        let picture: &Picture = self.site.edition(id).image.as_deref()?;
        let (file, url_path) = self.site.picture(id, &picture.src)?;
        Some(UsedPicture::new(file, url_path, Use::Lead, picture.focus))
    }

    /// A picture in the text of an edition, as a file.
    #[must_use]
    pub fn text_picture(&self, id: EditionId, src: &str) -> Option<UsedPicture> {
        let (file, url_path) = self.site.picture(id, src)?;
        Some(UsedPicture::new(file, url_path, Use::Text, Focus::MIDDLE))
    }

    /// A picture in `static/` of somebody, as a file.
    #[must_use]
    pub fn portrait(&self, src: &str) -> Option<UsedPicture> {
        self.site.assets.get(src.strip_prefix('/')?)?;
        Some(UsedPicture::new(format!("static{src}"), src.to_owned(), Use::Portrait, Focus::MIDDLE))
    }

    /// What is made of a picture; `None` when it stays as it is.
    #[must_use]
    pub fn offer<'a>(&'a self, used: &'a UsedPicture) -> Option<Offer<'a>> {
        let pictures = self.site.config.pictures.as_ref()?;
        let facts = self.picture_facts(&used.file);
        let (digest, raster): &([u8; 16], Raster) = facts.raster.as_ref()?;
        let focus = Focus { x: used.focus.0, y: used.focus.1 };
        let series = renditions(raster, used.for_use, focus, &pictures.settings);
        let digest = *digest;
        Some(Offer { facts, digest, series, url_path: &used.url_path, pictures })
    }

    /// What browsers may choose from, of one series.
    #[must_use]
    pub fn choice(&self, offer: &Offer<'_>, series: &Series) -> Choice {
        let url = |format, width| {
            self.site.url_of_path(&offer.offered(series.rendition(format, width)).url_path)
        };
        let srcset = |format| {
            let mut text = String::new();
            for width in &series.widths {
                let comma = if text.is_empty() { "" } else { ", " };
                // A comma in an address would end it.
                let url = url(format, *width).replace(',', "%2C");
                write!(text, "{comma}{url} {width}w").expect("writing to a String never fails");
            }
            text
        };
        let (fallback, better) = series.formats.split_last().expect("a series has a format");
        Choice {
            src: url(*fallback, series.widest()),
            srcset: srcset(*fallback),
            sources: better.iter().map(|format| (*format, srcset(*format))).collect(),
        }
    }

    /// The lead picture of an edition, for templates.
    #[must_use]
    pub fn image(&self, id: EditionId) -> Option<Image<'_>> {
        let picture = self.site.edition(id).image.as_deref()?;
        Some(self.image_of(id, picture, self.lead_picture(id)?))
    }

    /// A picture with its words, as the text of an edition names it; `None` when there is none.
    #[must_use]
    pub fn picture<'p>(&self, id: EditionId, picture: &'p Picture) -> Option<Image<'p>> {
        Some(self.image_of(id, picture, self.text_picture(id, &picture.src)?))
    }

    fn image_of<'p>(&self, id: EditionId, picture: &'p Picture, used: UsedPicture) -> Image<'p> {
        let offer = self.offer(&used);
        let crop = |shape: Shape| -> Option<Crop> {
            let offer = offer.as_ref()?;
            let series = offer.series.iter().find(|series| series.asked == shape)?;
            Some(self.crop(offer, series))
        };
        Image {
            alt: &picture.alt,
            caption: picture.caption.as_deref(),
            credit: self.shown_credit(id, picture, &used.file).map(Cow::into_owned),
            is_illustrative: picture.is_illustrative,
            wide: crop(Shape::Wide),
            classic: crop(Shape::Classic),
            square: crop(Shape::Square),
            ..self.plain_image(&used, offer.as_ref())
        }
    }

    /// Who made a picture of an edition: as the edition says, else as the file does.
    #[must_use]
    pub fn credit<'p>(
        &self,
        id: EditionId,
        picture: &'p Picture,
        file: &str,
    ) -> Option<Cow<'p, str>> {
        if picture.credit.is_some() || picture.is_anonymous {
            return picture.credit.as_deref().map(Cow::Borrowed);
        }
        let credit = self.author_in_file(file)?;
        let typography = self.site.edition(id).typography(&self.site.config);
        Some(Cow::Owned(typography.set(&credit).into_owned()))
    }

    /// The same for readers: what the file says is not repeated behind a caption that names the author.
    fn shown_credit<'p>(
        &self,
        id: EditionId,
        picture: &'p Picture,
        file: &str,
    ) -> Option<Cow<'p, str>> {
        let language = self.site.edition(id).language;
        let caption = picture.caption.as_deref().unwrap_or("");
        self.credit(id, picture, file)
            .filter(|_| picture.credit.is_some() || !self.names_author(language, caption))
    }

    /// Who made a picture, as the file itself says: photographer and agency.
    #[must_use]
    pub fn author_in_file(&self, file: &str) -> Option<String> {
        self.picture_facts(file).raster.as_ref()?.1.rights.as_ref()?.line()
    }

    /// Whether a caption says by itself who made the picture: "The hall in 1931. Photo: museum".
    #[must_use]
    pub fn names_author(&self, language: LanguageId, caption: &str) -> bool {
        !caption.is_empty()
            && ["photo-credit", "illustration-credit"].into_iter().any(|key| {
                // Nothing else stands in no caption.
                let arguments = [("credit", Argument::Text("\0".into()))];
                let line = self.strings.text(language.index(), key, &arguments);
                let line = line.unwrap_or(Cow::Borrowed(""));
                let words = line.split('\0').next().unwrap_or("").trim();
                !words.is_empty() && caption.contains(words)
            })
    }

    /// A picture of somebody, for templates: square if it can be cropped.
    #[must_use]
    pub(super) fn portrait_image(&self, src: &str) -> Option<Image<'_>> {
        let used = self.portrait(src)?;
        Some(self.plain_image(&used, self.offer(&used).as_ref()))
    }

    /// A picture without words.
    fn plain_image(&self, used: &UsedPicture, offer: Option<&Offer<'_>>) -> Image<'static> {
        let url = self.site.url_of_path(&used.url_path);
        let size = self.picture_facts(&used.file).size;
        let main = offer.map(|offer| self.crop(offer, &offer.series[0]));
        let colour = offer.and_then(|offer| offer.facts.raster.as_ref()?.1.colour);
        let (src, srcset, sources, width, height) = match main {
            Some(Crop { src, srcset, sources, width, height }) => {
                (src, Some(srcset), sources, Some(width), Some(height))
            }
            None => {
                let width = size.map(|size| size.width as usize);
                (url.clone(), None, Vec::new(), width, size.map(|size| size.height as usize))
            }
        };
        Image {
            url,
            alt: "",
            caption: None,
            credit: None,
            is_illustrative: false,
            width,
            height,
            src,
            srcset,
            sources,
            color: colour.map(colour_text),
            wide: None,
            classic: None,
            square: None,
        }
    }

    fn crop(&self, offer: &Offer<'_>, series: &Series) -> Crop {
        let Choice { src, srcset, sources } = self.choice(offer, series);
        let source = |(format, srcset): (Format, String)| PictureSource {
            media_type: format.media_type(),
            srcset,
        };
        let size = series.rendition(series.fallback(), series.widest()).size;
        Crop {
            src,
            srcset,
            sources: sources.into_iter().map(source).collect(),
            width: size.width as usize,
            height: size.height as usize,
        }
    }
}

/// `#rrggbb`.
pub fn colour_text([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// One warning for all photographs that say where they were taken: what is made of them does not, but
/// they are published too.
fn place_warning(files: &[&str]) -> Option<Diagnostic> {
    let (first, others) = files.split_first()?;
    let message = match others.len() {
        0 => "this photograph says where it was taken, to whoever downloads the file".to_owned(),
        n => format!(
            "this photograph and {n} more say where they were taken, to whoever downloads the files"
        ),
    };
    let help = "remove the place before publishing: `exiftool -gps:all= -xmp:geotag= FILE`; what Visti \
                makes of photographs has none";
    Some(Diagnostic::warning("picture-place", message).in_file(*first).help(help))
}
