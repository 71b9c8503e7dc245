//! AVIF, by rav1e.
//!
//! Colours have half the resolution of brightness (4 : 2 : 0), as in JPEG and WebP. With whole resolution,
//! as the crate `ravif` has it, the same likeness takes twice the time (its speed 8) or a quarter more
//! bytes (its speed 9). The settings were found by measuring: docs/performance.md.

use avif_serialize::Aviffy;
use avif_serialize::constants::MatrixCoefficients as Matrix;
use rav1e::color::{
    ChromaSampling, ColorDescription, ColorPrimaries, MatrixCoefficients, PixelRange,
    TransferCharacteristics,
};
use rav1e::config::SpeedSettings;
use rav1e::prelude::{BlockSize, PartitionRange, Rational, SceneDetectionSpeed};
use rav1e::{Config, Context, EncoderConfig, EncoderStatus};

use super::metadata::exif_block;
use super::{Pixels, Rights, Size};

/// Encodes pixels.
///
/// # Errors
/// What the encoder says.
pub(super) fn encode(
    pixels: &Pixels,
    quality: u8,
    rights: Option<&Rights>,
) -> Result<Vec<u8>, String> {
    let size = pixels.size;
    let colours = encode_planes(&colour_planes(pixels), size, ChromaSampling::Cs420, quality)?;
    let alpha = match pixels.has_alpha {
        true => Some(encode_planes(&[alpha_plane(pixels)], size, ChromaSampling::Cs400, quality)?),
        false => None,
    };
    let mut file = Aviffy::new();
    file.set_chroma_subsampling((true, true))
        .set_matrix_coefficients(Matrix::Bt601)
        .set_full_color_range(true);
    if let Some(exif) = rights.and_then(exif_block) {
        file.set_exif(exif);
    }
    Ok(file.to_vec(&colours, alpha.as_deref(), size.width, size.height, 8))
}

/// One plane of samples, and the number of them in a row.
struct Plane {
    samples: Vec<u8>,
    width: usize,
}

/// Brightness, and both colour differences at half the resolution: BT.601, all of the range.
fn colour_planes(pixels: &Pixels) -> [Plane; 3] {
    let n_bytes = if pixels.has_alpha { 4 } else { 3 };
    let width = pixels.size.width as usize;
    let brightness = |r: u8, g: u8, b: u8| {
        let sum = 19_595 * u32::from(r) + 38_470 * u32::from(g) + 7_471 * u32::from(b);
        sample((sum + 0x8000) >> 16)
    };
    let y = pixels.bytes.chunks_exact(n_bytes).map(|p| brightness(p[0], p[1], p[2])).collect();
    let chroma_width = width.div_ceil(2);
    let mut blue = Vec::with_capacity(pixels.bytes.len() / n_bytes / 4 + chroma_width);
    let mut red = Vec::with_capacity(blue.capacity());
    let rows: Vec<&[u8]> = pixels.bytes.chunks_exact(width * n_bytes).collect();
    for pair in rows.chunks(2) {
        for x in (0..width).step_by(2) {
            let mut sum = [0_i32; 3];
            let mut n = 0;
            for row in pair {
                for pixel in row.chunks_exact(n_bytes).skip(x).take(2) {
                    (0..3).for_each(|c| sum[c] += i32::from(pixel[c]));
                    n += 1;
                }
            }
            // In 65536ths, of the average of one, two or four pixels.
            let [r, g, b] = sum;
            let difference = |r_share: i32, g_share: i32, b_share: i32| {
                let sum = (r_share * r + g_share * g + b_share * b) / n;
                sample(u32::try_from((sum + (128 << 16) + 0x8000) >> 16).unwrap_or(0))
            };
            blue.push(difference(-11_059, -21_709, 32_768));
            red.push(difference(32_768, -27_439, -5_329));
        }
    }
    [
        Plane { samples: y, width },
        Plane { samples: blue, width: chroma_width },
        Plane { samples: red, width: chroma_width },
    ]
}

fn sample(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn alpha_plane(pixels: &Pixels) -> Plane {
    let samples = pixels.bytes.chunks_exact(4).map(|pixel| pixel[3]).collect();
    Plane { samples, width: pixels.size.width as usize }
}

fn encode_planes(
    planes: &[Plane],
    size: Size,
    chroma_sampling: ChromaSampling,
    quality: u8,
) -> Result<Vec<u8>, String> {
    let quantizer = quantizer(quality);
    let config = EncoderConfig {
        width: size.width as usize,
        height: size.height as usize,
        time_base: Rational::new(1, 1),
        bit_depth: 8,
        chroma_sampling,
        pixel_range: PixelRange::Full,
        color_description: Some(ColorDescription {
            color_primaries: ColorPrimaries::BT709,
            transfer_characteristics: TransferCharacteristics::SRGB,
            matrix_coefficients: MatrixCoefficients::BT601,
        }),
        still_picture: true,
        min_key_frame_interval: 0,
        max_key_frame_interval: 0,
        quantizer: quantizer.into(),
        min_quantizer: quantizer,
        bitrate: 0,
        // One thread: there are other pictures for the others.
        tiles: 1,
        speed_settings: speed_settings(),
        ..EncoderConfig::default()
    };
    let mut context: Context<u8> = Config::new()
        .with_encoder_config(config)
        .with_threads(1)
        .new_context()
        .map_err(|error| error.to_string())?;
    let mut frame = context.new_frame();
    for (to, from) in frame.planes.iter_mut().zip(planes) {
        to.copy_from_raw_u8(&from.samples, from.width, 1);
    }
    context.send_frame(frame).map_err(|status| status.to_string())?;
    context.flush();
    let mut bytes = Vec::new();
    loop {
        match context.receive_packet() {
            Ok(packet) => bytes.extend_from_slice(&packet.data),
            Err(EncoderStatus::Encoded) => {}
            Err(EncoderStatus::LimitReached) => return Ok(bytes),
            Err(status) => return Err(status.to_string()),
        }
    }
}

/// Preset 9 of rav1e, with blocks of 8 pixels, which make files a tenth smaller, and without what costs
/// a third of the time for a twentieth of the size.
fn speed_settings() -> SpeedSettings {
    let mut settings = SpeedSettings::from_preset(9);
    settings.partition.partition_range =
        PartitionRange::new(BlockSize::BLOCK_8X8, BlockSize::BLOCK_16X16);
    settings.prediction.fine_directional_intra = false;
    settings.cdef = false;
    // These are of moving pictures.
    settings.multiref = false;
    settings.rdo_lookahead_frames = 1;
    settings.scene_detection_mode = SceneDetectionSpeed::None;
    settings.motion.include_near_mvs = false;
    settings.motion.use_satd_subpel = false;
    settings
}

/// The quantizer that gives about the likeness (SSIM) that JPEG has at a quality.
fn quantizer(quality: u8) -> u8 {
    let loss = 1.0 - f32::from(quality.min(100)) / 100.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
    let quantizer = (255.0 * loss.powf(0.6)).round() as u8;
    quantizer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_has_no_colour_differences_and_white_is_white() {
        for (grey, has_alpha) in [(0, false), (77, true), (255, false)] {
            let pixel: &[u8] = if has_alpha { &[grey, grey, grey, 9] } else { &[grey; 3] };
            let size = Size { width: 3, height: 3 };
            let pixels = Pixels { size, bytes: pixel.repeat(9), has_alpha };
            let [y, blue, red] = colour_planes(&pixels);
            assert_eq!((y.samples, y.width), (vec![grey; 9], 3));
            assert_eq!((blue.samples, blue.width), (vec![128; 4], 2));
            assert_eq!(red.samples, [128; 4]);
        }
    }

    #[test]
    fn pure_colours_stay_within_the_range() {
        for colour in [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], [0, 255, 255]] {
            let size = Size { width: 2, height: 2 };
            let pixels = Pixels { size, bytes: colour.repeat(4), has_alpha: false };
            let [y, blue, red] = colour_planes(&pixels).map(|plane| f64::from(plane.samples[0]));
            let back = [
                y + 1.402 * (red - 128.0),
                y - 0.344 * (blue - 128.0) - 0.714 * (red - 128.0),
                y + 1.772 * (blue - 128.0),
            ];
            for (from, to) in colour.into_iter().zip(back) {
                assert!((f64::from(from) - to).abs() < 2.5, "{colour:?} {back:?}");
            }
        }
    }
}
