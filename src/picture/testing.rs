//! Small pictures made for tests: four quarters, so that one can tell how they were turned.

use std::io::Cursor;

use exif::{In, Rational, Tag, Value};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, RgbaImage};

/// Red and green above, blue and white below.
pub(super) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y * 2 < height) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

/// The letters of the quarters of a picture: upper left, upper right, lower left, lower right.
pub(super) fn letters(pixels: &[u8], width: u32, height: u32, n_bytes: usize) -> String {
    let letter = |x: u32, y: u32| {
        let at = (y * width + x) as usize * n_bytes;
        match [0, 1, 2].map(|c| pixels[at + c] > 127) {
            [true, false, false] => 'R',
            [false, true, false] => 'G',
            [false, false, true] => 'B',
            [true, true, true] => 'W',
            _ => '?',
        }
    };
    let (left, right) = (width / 4, width * 3 / 4);
    let (above, below) = (height / 4, height * 3 / 4);
    [letter(left, above), letter(right, above), letter(left, below), letter(right, below)]
        .into_iter()
        .collect()
}

/// EXIF with an orientation, and a place if wanted.
pub(super) fn exif(orientation: u16, has_location: bool) -> Vec<u8> {
    let field = |tag, value| exif::Field { tag, ifd_num: In::PRIMARY, value };
    let degrees = [50, 27, 0].map(|num| Rational { num, denom: 1 });
    let turned = field(Tag::Orientation, Value::Short(vec![orientation]));
    let place = field(Tag::GPSLatitude, Value::Rational(degrees.to_vec()));
    let mut writer = exif::experimental::Writer::new();
    writer.push_field(&turned);
    if has_location {
        writer.push_field(&place);
    }
    let mut bytes = Cursor::new(Vec::new());
    writer.write(&mut bytes, false).unwrap();
    bytes.into_inner()
}

/// A JPEG with more segments.
pub(super) fn jpeg(picture: &RgbImage, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.clone()).unwrap();
    }
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// The segment of a JPEG that has EXIF.
pub(super) fn exif_segment(exif: &[u8]) -> (u8, Vec<u8>) {
    (1, [b"Exif\0\0", exif].concat())
}

/// A file of a format.
pub(super) fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A GIF of so many frames.
pub(super) fn gif(n_frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for _ in 0..n_frames {
        encoder.encode_frame(Frame::new(RgbaImage::new(8, 8))).unwrap();
    }
    drop(encoder);
    bytes
}

/// A PNG that promises a size and has nothing but that.
pub(super) fn png_header(width: u32, height: u32) -> Vec<u8> {
    let whole = file(RgbImage::new(1, 1), ImageFormat::Png);
    let mut header = whole[..33].to_vec();
    header[16..20].copy_from_slice(&width.to_be_bytes());
    header[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&header[12..29]);
    header[29..33].copy_from_slice(&checksum.to_be_bytes());
    header.extend_from_slice(&whole[33..]);
    header
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes
        .iter()
        .fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}
