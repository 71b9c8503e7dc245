//! Pixels → the bytes of a file.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use img_parts::ImageEXIF as _;
use img_parts::webp::WebP;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::metadata::{exif_block, xmp_packet};
use super::{Format, Pixels, Rights, avif};

/// Encodes pixels, with a note of who made the picture.
///
/// # Errors
/// What the encoder says.
pub fn encode(
    pixels: &Pixels,
    format: Format,
    quality: u8,
    rights: Option<&Rights>,
) -> Result<Vec<u8>, String> {
    match format {
        Format::Avif => avif::encode(pixels, quality, rights),
        Format::WebP => webp(pixels, quality, rights),
        Format::Jpeg => jpeg(pixels, quality, rights),
        Format::Png => png(pixels, rights),
    }
}

fn webp(pixels: &Pixels, quality: u8, rights: Option<&Rights>) -> Result<Vec<u8>, String> {
    let (width, height) = (pixels.size.width, pixels.size.height);
    let encoder = match pixels.has_alpha {
        true => webp::Encoder::from_rgba(&pixels.bytes, width, height),
        false => webp::Encoder::from_rgb(&pixels.bytes, width, height),
    };
    let encoded = encoder
        .encode_simple(false, f32::from(quality))
        .map_err(|error| format!("{error:?}"))?
        .to_vec();
    let Some(exif) = rights.and_then(exif_block) else { return Ok(encoded) };
    let mut file = WebP::from_bytes(encoded.into()).map_err(|error| error.to_string())?;
    file.set_exif(Some(exif.into()));
    Ok(file.encoder().bytes().to_vec())
}

fn jpeg(pixels: &Pixels, quality: u8, rights: Option<&Rights>) -> Result<Vec<u8>, String> {
    /// From here on, colours are as sharp as brightness.
    const FINE: u8 = 90;
    let side = |n: u32| u16::try_from(n).map_err(|_| format!("{n} pixels are too many for JPEG"));
    let (width, height) = (side(pixels.size.width)?, side(pixels.size.height)?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(match quality {
        FINE.. => SamplingFactor::R_4_4_4,
        _ => SamplingFactor::R_4_2_0,
    });
    if let Some(rights) = rights {
        let segment = format!("http://ns.adobe.com/xap/1.0/\0{}", xmp_packet(rights));
        encoder.add_app_segment(1, segment.into_bytes()).map_err(|error| error.to_string())?;
    }
    let kind = if pixels.has_alpha { ColorType::Rgba } else { ColorType::Rgb };
    encoder.encode(&pixels.bytes, width, height, kind).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn png(pixels: &Pixels, rights: Option<&Rights>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    if let Some(exif) = rights.and_then(exif_block) {
        encoder.set_exif_metadata(exif).map_err(|error| error.to_string())?;
    }
    let kind = match pixels.has_alpha {
        true => ExtendedColorType::Rgba8,
        false => ExtendedColorType::Rgb8,
    };
    encoder
        .write_image(&pixels.bytes, pixels.size.width, pixels.size.height, kind)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{letters, quarters};
    use super::super::{Look, Rooms, Size, look};
    use super::*;

    fn pixels(width: u32, height: u32, has_alpha: bool) -> Pixels {
        let size = Size { width, height };
        let opaque = quarters(width, height);
        let bytes = match has_alpha {
            true => opaque.pixels().flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 200]).collect(),
            false => opaque.into_raw(),
        };
        Pixels { size, bytes, has_alpha }
    }

    #[test]
    fn every_format_gives_the_picture_again() {
        for format in [Format::WebP, Format::Jpeg, Format::Png] {
            for has_alpha in [false, true] {
                let encoded = encode(&pixels(40, 24, has_alpha), format, 75, None).unwrap();
                let decoded = image::load_from_memory(&encoded).unwrap();
                let kept = has_alpha && format != Format::Jpeg;
                assert_eq!(decoded.color().has_alpha(), kept, "{format:?}");
                assert_eq!(letters(decoded.into_rgb8().as_raw(), 40, 24, 3), "RGBW", "{format:?}");
            }
        }
    }

    #[test]
    fn avif_has_the_size_of_the_picture_however_small_or_odd() {
        for (width, height) in [(1, 1), (2, 1), (17, 33), (100, 50)] {
            for has_alpha in [false, true] {
                let pixels = pixels(width, height, has_alpha);
                let encoded = encode(&pixels, Format::Avif, 75, None).unwrap();
                let size = imagesize::blob_size(&encoded).unwrap();
                assert_eq!((size.width as u32, size.height as u32), (width, height));
            }
        }
    }

    #[test]
    fn a_better_quality_is_a_larger_file() {
        let noise = Pixels {
            size: Size { width: 64, height: 64 },
            bytes: (0..64 * 64 * 3_u32)
                .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
                .collect(),
            has_alpha: false,
        };
        for format in [Format::Avif, Format::WebP, Format::Jpeg] {
            let sizes =
                [1, 30, 60, 75, 90, 100].map(|q| encode(&noise, format, q, None).unwrap().len());
            assert!(sizes.is_sorted(), "{format:?} {sizes:?}");
        }
    }

    #[test]
    fn who_made_a_picture_stays_with_it() {
        let rights = Rights {
            creator: Some("Олена <Гнатюк>".into()),
            credit: Some("УНІАН".into()),
            copyright: Some("© УНІАН".into()),
        };
        // EXIF has no field for the source.
        let of_exif = Rights { credit: None, ..rights.clone() };
        for (format, kept) in
            [(Format::Jpeg, &rights), (Format::WebP, &of_exif), (Format::Png, &of_exif)]
        {
            for has_alpha in [false, true] {
                let picture = pixels(40, 24, has_alpha);
                let encoded = encode(&picture, format, 75, Some(&rights)).unwrap();
                let Look::Raster(read) = look(&encoded, 1_000_000, &Rooms::default()) else {
                    panic!("{format:?}")
                };
                assert_eq!(read.rights.as_deref(), Some(kept), "{format:?}");
                let has_kept_alpha = has_alpha && format != Format::Jpeg;
                assert_eq!((read.has_alpha, read.size), (has_kept_alpha, picture.size));
                let pixels = image::load_from_memory(&encoded).unwrap().into_rgb8();
                assert_eq!(letters(pixels.as_raw(), 40, 24, 3), "RGBW", "{format:?}");
            }
        }
        let picture = pixels(40, 24, false);
        let avif = encode(&picture, Format::Avif, 75, Some(&rights)).unwrap();
        assert!(memchr::memmem::find(&avif, "Олена <Гнатюк>".as_bytes()).is_some());
    }
}
