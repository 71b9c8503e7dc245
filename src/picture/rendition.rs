//! Which renditions of a picture there are: told by its size and the settings alone, so that a page can
//! name them before any is made.

use xxhash_rust::xxh3::Xxh3;

use super::{Focus, Format, Key, Raster, Rect, Settings, Shape, Size, VERSION};

/// What a picture is used for, which decides what is made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// Stands above an article, on cards, and in what machines are told of the article.
    Lead,
    /// Stands in a text.
    Text,
    /// A small picture of somebody.
    Portrait,
}

/// A portrait is not shown larger, however sharp the screen.
const PORTRAIT_WIDTH: u32 = 320;

/// A picture in one shape: all its widths in all its formats.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Series {
    /// The shape that was asked for.
    pub asked: Shape,
    /// The shape that it has.
    pub shape: Shape,
    /// The part of the picture that is shown.
    pub crop: Rect,
    /// In pixels, from the smallest on; never empty.
    pub widths: Box<[u32]>,
    /// In the order in which browsers are to choose; the last is one that all of them know.
    pub formats: Box<[Format]>,
}

/// One picture file that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rendition {
    /// The shape that it has.
    pub shape: Shape,
    /// The part of the picture that is shown.
    pub crop: Rect,
    /// Its width and height.
    pub size: Size,
    /// Its format.
    pub format: Format,
}

/// Everything that is made of a picture for a use; the first series is its main one.
#[must_use]
pub fn renditions(of: &Raster, for_use: Use, focus: Focus, settings: &Settings) -> Vec<Series> {
    let series = |shape| Series::new(of, shape, focus, settings);
    match for_use {
        Use::Text => vec![series(Shape::Whole)],
        Use::Lead => vec![
            series(Shape::Whole),
            series(Shape::Wide),
            series(Shape::Classic).for_machines(),
            series(Shape::Square).for_machines(),
        ],
        Use::Portrait => vec![series(Shape::Square).for_portrait()],
    }
}

impl Series {
    fn new(of: &Raster, asked: Shape, focus: Focus, settings: &Settings) -> Self {
        let (shape, crop) = asked.crop(of.size, focus);
        let widest = settings.widths.last().copied().unwrap_or(crop.width).min(crop.width);
        let narrower = settings.widths.iter().copied().filter(|width| *width < widest);
        let widths = narrower.chain([widest]).collect();
        let fallback = if of.has_alpha { Format::Png } else { Format::Jpeg };
        let height = crop.size().at_width(widest).height;
        let formats = settings.formats.iter().copied().filter(|format| height <= tallest(*format));
        let formats = formats.chain([fallback]).collect();
        Self { asked, shape, crop, widths, formats }
    }

    /// Search engines and social networks take one file, in a format that all of them know.
    fn for_machines(self) -> Self {
        let widths = [self.widest()].into();
        let formats = self.formats.last().copied().into_iter().collect();
        Self { widths, formats, ..self }
    }

    fn for_portrait(self) -> Self {
        Self { widths: [self.crop.width.min(PORTRAIT_WIDTH)].into(), ..self }
    }

    /// Its largest width.
    #[must_use]
    pub fn widest(&self) -> u32 {
        *self.widths.last().expect("a series has a width")
    }

    /// The format that all browsers know.
    #[must_use]
    pub fn fallback(&self) -> Format {
        *self.formats.last().expect("a series has a format")
    }

    /// One of its files.
    #[must_use]
    pub fn rendition(&self, format: Format, width: u32) -> Rendition {
        let size = self.crop.size().at_width(width);
        Rendition { shape: self.shape, crop: self.crop, size, format }
    }

    /// All of its files.
    pub fn all(&self) -> impl Iterator<Item = Rendition> + '_ {
        self.formats.iter().flat_map(move |format| {
            self.widths.iter().map(move |width| self.rendition(*format, *width))
        })
    }
}

/// The most pixels that a file of a format can be high.
fn tallest(format: Format) -> u32 {
    match format {
        Format::WebP => 16_383,
        Format::Avif | Format::Jpeg | Format::Png => 65_535,
    }
}

impl Rendition {
    /// The end of its name, behind that of the picture: `1a2b3c4d-16x9-640w.avif`. Another picture, crop
    /// or quality gives another, so browsers may keep the file for ever.
    #[must_use]
    pub fn name(&self, digest: [u8; 16], settings: &Settings) -> String {
        let mut hasher = Xxh3::new();
        self.hash_into(&mut hasher, digest, settings);
        let fingerprint = hasher.digest() >> 32;
        let shape = self.shape.name().map_or_else(String::new, |name| format!("-{name}"));
        let (width, extension) = (self.size.width, self.format.extension());
        format!("{fingerprint:08x}{shape}-{width}w.{extension}")
    }

    /// Under which it is kept.
    #[must_use]
    pub fn key(&self, digest: [u8; 16], settings: &Settings) -> Key {
        let mut hasher = Xxh3::new();
        self.hash_into(&mut hasher, digest, settings);
        hasher.update(&self.size.width.to_le_bytes());
        hasher.update(self.format.extension().as_bytes());
        Key(hasher.digest128().to_be_bytes())
    }

    /// What all widths and formats of a series have in common, as bytes that are the same everywhere.
    fn hash_into(&self, hasher: &mut Xxh3, digest: [u8; 16], settings: &Settings) {
        hasher.update(&VERSION.to_le_bytes());
        hasher.update(&digest);
        hasher.update(&[settings.quality]);
        let Rect { x, y, width, height } = self.crop;
        for number in [x, y, width, height] {
            hasher.update(&number.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            formats: [Format::Avif, Format::WebP].into(),
            quality: 75,
            widths: [320, 640, 1024, 1600].into(),
            max_pixels: 64_000_000,
        }
    }

    fn raster(width: u32, height: u32) -> Raster {
        let size = Size { width, height };
        Raster { size, has_alpha: false, colour: None, rights: None, has_location: false }
    }

    fn widths(width: u32) -> Vec<u32> {
        let series = renditions(&raster(width, 500), Use::Text, Focus::MIDDLE, &settings());
        series[0].widths.to_vec()
    }

    #[test]
    fn no_picture_is_made_larger_than_it_is() {
        assert_eq!(widths(4000), [320, 640, 1024, 1600]);
        assert_eq!(widths(1600), [320, 640, 1024, 1600]);
        assert_eq!(widths(1440), [320, 640, 1024, 1440]);
        assert_eq!(widths(641), [320, 640, 641]);
        assert_eq!(widths(100), [100]);
    }

    #[test]
    fn a_lead_picture_has_crops_and_one_that_is_wide_already_needs_no_other() {
        let shapes = |width, height| -> Vec<(Shape, usize)> {
            renditions(&raster(width, height), Use::Lead, Focus::MIDDLE, &settings())
                .iter()
                .map(|series| (series.shape, series.all().count()))
                .collect()
        };
        assert_eq!(
            shapes(3000, 2000),
            [(Shape::Whole, 12), (Shape::Wide, 12), (Shape::Classic, 1), (Shape::Square, 1)]
        );
        assert_eq!(shapes(1600, 900)[1], (Shape::Whole, 12));
    }

    #[test]
    fn a_picture_that_is_too_high_for_a_format_is_not_made_in_it() {
        let series = renditions(&raster(1600, 20_000), Use::Text, Focus::MIDDLE, &settings());
        assert_eq!(*series[0].formats, [Format::Avif, Format::Jpeg]);
    }

    #[test]
    fn names_tell_pictures_crops_and_qualities_apart() {
        let series = renditions(&raster(800, 600), Use::Lead, Focus::MIDDLE, &settings());
        let rendition = series[1].rendition(Format::Avif, 640);
        let name = rendition.name([1; 16], &settings());
        assert!(name.ends_with("-16x9-640w.avif"), "{name}");
        assert_eq!(name.len(), "1a2b3c4d-16x9-640w.avif".len());
        let low = Settings { quality: 10, ..settings() };
        let others = [rendition.name([2; 16], &settings()), rendition.name([1; 16], &low)];
        let above = renditions(&raster(800, 600), Use::Lead, Focus { x: 500, y: 0 }, &settings());
        let above = above[1].rendition(Format::Avif, 640).name([1; 16], &settings());
        assert!(!others.contains(&name) && name != above);
    }
}
