//! What a page must say of a picture, found by looking at all of it once.

use serde::{Deserialize, Serialize};

use super::decode::{Rooms, decode_opened, open};
use super::metadata::Metadata;
use super::{Rights, Size, Unreadable};

/// What a file is to those who would show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// Pixels, of which renditions can be made.
    Raster(Raster),
    /// A drawing, an animation, or in a format that is not taken apart: shown as it is.
    AsItIs,
    /// It has more pixels than it may have; nothing more was read.
    TooLarge(Size),
    /// It begins like a picture, and cannot be decoded.
    Unreadable(Box<str>),
}

/// A picture of pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Raster {
    /// As it is shown: turned as the camera was held.
    pub size: Size,
    /// Whether one can see through it.
    pub has_alpha: bool,
    /// Its average colour in sRGB, to stand in its place while it loads.
    pub colour: Option<[u8; 3]>,
    /// Who made it, as the file says.
    pub rights: Option<Box<Rights>>,
    /// Whether the file says where it was taken.
    pub has_location: bool,
}

/// Looks at a file's bytes.
#[must_use]
pub fn look(bytes: &[u8], max_pixels: u64, rooms: &Rooms) -> Look {
    try_to_look(bytes, max_pixels, rooms)
        .unwrap_or_else(|Unreadable(why)| Look::Unreadable(why.into()))
}

fn try_to_look(bytes: &[u8], max_pixels: u64, rooms: &Rooms) -> Result<Look, Unreadable> {
    let Some(mut opened) = open(bytes)? else { return Ok(Look::AsItIs) };
    if opened.size.area() > max_pixels {
        return Ok(Look::TooLarge(opened.size));
    }
    if opened.is_animated {
        return Ok(Look::AsItIs);
    }
    let decoder = &mut opened.decoder;
    let iptc = decoder.iptc_metadata().ok().flatten();
    let xmp = decoder.xmp_metadata().ok().flatten();
    let exif = decoder.exif_metadata().ok().flatten();
    let Metadata { rights, has_location } =
        Metadata::read(iptc.as_deref(), xmp.as_deref(), exif.as_deref());
    let has_alpha = decoder.color_type().has_alpha();
    let size = opened.size;
    let colour = decode_opened(opened, rooms)?.average();
    Ok(Look::Raster(Raster { size, has_alpha, colour, rights, has_location }))
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, RgbImage, RgbaImage};

    use super::super::testing::{exif, exif_segment, file, gif, jpeg, png_header, quarters};
    use super::*;

    const MOST: u64 = 1_000_000;

    fn look_at(bytes: &[u8]) -> Look {
        look(bytes, MOST, &Rooms::default())
    }

    #[test]
    fn a_photograph_tells_its_size_as_shown_its_colour_its_author_and_that_it_has_a_place() {
        let iptc = [
            &b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x1d"[..],
            b"\x1c\x02\x50\0\x09Ol Hnatiu",
            b"\x1c\x02\x6e\0\x06UNIAN!\0\0\0",
        ];
        let exif = exif(6, true);
        let segments = [exif_segment(&exif), (13, iptc.concat())];
        let stored = jpeg(&RgbImage::from_pixel(64, 32, image::Rgb([200, 100, 50])), &segments);
        let Look::Raster(raster) = look_at(&stored) else { panic!("{:?}", look_at(&stored)) };
        assert_eq!(raster.size, Size { width: 32, height: 64 });
        let [r, g, b] = raster.colour.unwrap();
        assert!(r.abs_diff(200) < 4 && g.abs_diff(100) < 4 && b.abs_diff(50) < 4);
        assert!(raster.has_location && !raster.has_alpha);
        assert_eq!(raster.rights.unwrap().line().as_deref(), Some("Ol Hnatiu / UNIAN!"));
    }

    #[test]
    fn drawings_and_animations_are_shown_as_they_are() {
        assert_eq!(look_at(b"<svg viewBox=\"0 0 1 1\"/>"), Look::AsItIs);
        assert_eq!(look_at(b"\0\0\0\x20ftypavif\0\0\0\0avif"), Look::AsItIs);
        assert_eq!(look_at(&gif(2)), Look::AsItIs);
        assert!(matches!(look_at(&gif(1)), Look::Raster(_)));
        // An extended WebP with the flag of an animation.
        let mut webp = file(RgbaImage::new(8, 8), ImageFormat::WebP);
        let flags = *b"VP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0";
        let animation = *b"ANIM\x06\0\0\0\0\0\0\0\0\0";
        let frame_len = 16 + webp.len() - 12;
        let mut frame = [&b"ANMF"[..], &(frame_len as u32).to_le_bytes()].concat();
        frame.extend_from_slice(&[0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 100, 0, 0, 0]);
        frame.extend_from_slice(&webp[12..]);
        webp.splice(12.., [&flags[..], &animation, &frame].concat());
        let riff_len = webp.len() as u32 - 8;
        webp[4..8].copy_from_slice(&riff_len.to_le_bytes());
        assert_eq!(look_at(&webp), Look::AsItIs);
    }

    #[test]
    fn a_picture_that_promises_too_much_is_refused_by_its_header() {
        let size = Size { width: 50_000, height: 50_000 };
        assert_eq!(look_at(&png_header(50_000, 50_000)), Look::TooLarge(size));
        let Look::TooLarge(_) = look_at(&jpeg(&quarters(1001, 1000), &[])) else { panic!() };
    }

    #[test]
    fn a_picture_that_is_cut_is_unreadable_or_as_good_as_whole_and_never_a_panic() {
        for whole in [
            file(quarters(64, 64), ImageFormat::Png),
            file(quarters(64, 64), ImageFormat::WebP),
            jpeg(&quarters(64, 64), &[exif_segment(&exif(3, true))]),
            gif(2),
        ] {
            for len in (0..whole.len()).step_by(7) {
                look_at(&whole[..len]);
                let mut damaged = whole.clone();
                damaged[len] ^= 0x55;
                look_at(&damaged);
            }
        }
        assert!(matches!(look_at(&png_header(10, 10)[..40]), Look::Unreadable(_)));
        assert!(matches!(look_at(b"\xff\xd8\xff\xe0 no more"), Look::Unreadable(_)));
    }

    #[test]
    fn a_photograph_whose_end_is_missing_is_unreadable_whatever_stands_before_or_behind_it() {
        // With a preview inside, which has an end of its own.
        let preview = jpeg(&quarters(8, 8), &[]);
        let whole = jpeg(&quarters(64, 64), &[exif_segment(&exif(3, true)), (13, preview)]);
        for len in 1..whole.len() {
            assert!(matches!(look_at(&whole[..len]), Look::Unreadable(_) | Look::AsItIs), "{len}");
        }
        // Telephones append a film, which may look like anything.
        let with_film = [&whole[..], b"\0\0\0\x18ftypmp42\xff\xda\0"].concat();
        assert_eq!(look_at(&with_film), look_at(&whole));
        assert!(matches!(look_at(&with_film), Look::Raster(_)));
    }
}
