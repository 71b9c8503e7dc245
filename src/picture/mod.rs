//! Pictures: the bytes of one file → what a page must say of it, and smaller ones in modern formats.
//!
//! In: bytes, and [`Settings`]. Out: what the picture is ([`look`]), which renditions of it there are
//! ([`renditions`]: pixels are not needed for that), their bytes ([`Decoded::draw`], [`encode`]), and
//! [`Shelf`], where they are kept so that none is made twice. This module knows no site.
//!
//! What it makes is turned as the camera was held, in sRGB, and has no metadata but who made it: where
//! it was taken stays in the newsroom.

mod avif;
mod decode;
mod encode;
mod geometry;
mod look;
mod metadata;
mod rendition;
mod shelf;
#[cfg(test)]
mod testing;

use serde::{Deserialize, Serialize};

pub use decode::{Decoded, Pixels, Rooms, decode, size};
pub use encode::encode;
pub use geometry::{Focus, Rect, Shape, Size};
pub use look::{Look, Raster, look};
pub use metadata::Rights;
pub use rendition::{Rendition, Series, Use, renditions};
pub use shelf::{Key, Shelf};

/// A newer way of making renditions gives them other names: what was made before is not used again.
const VERSION: u32 = 2;

/// `[pictures]` of `site.toml`, as far as it is about making them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Offered to browsers in this order, before the format that all of them know.
    pub formats: Box<[Format]>,
    /// From 1 to 100, on JPEG's scale; the other formats look alike at the same number.
    pub quality: u8,
    /// Widths in pixels, from the smallest on.
    pub widths: Box<[u32]>,
    /// A picture with more pixels is refused before any memory is taken for it.
    pub max_pixels: u64,
}

/// A format that pictures are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// The smallest files.
    Avif,
    /// Small files.
    WebP,
    /// What every browser knows.
    Jpeg,
    /// The same, of pictures that one can see through.
    Png,
}

impl Format {
    /// What `type="…"` and HTTP call it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// Why a picture cannot be processed, in words that end a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);
