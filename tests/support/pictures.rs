//! Small pictures, made by tests.

use std::io::Cursor;

use exif::{In, Rational, Tag, Value};
use image::{Rgb, RgbImage};

/// Red and green above, blue and white below.
pub(crate) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x * 2 < width, y * 2 < height) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

/// A photograph of one colour.
pub(crate) fn photo(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    jpeg(&RgbImage::from_pixel(width, height, Rgb(colour)), &[])
}

/// A PNG without anything on it.
pub(crate) fn blank(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A JPEG with more segments: number and data.
pub(crate) fn jpeg(picture: &RgbImage, segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    for (number, data) in segments {
        encoder.add_app_segment(*number, data.clone()).unwrap();
    }
    let side = |n: u32| u16::try_from(n).unwrap();
    let (width, height) = (side(picture.width()), side(picture.height()));
    encoder.encode(picture.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// The segment with EXIF: how the camera was held, who held it, and where.
pub(crate) fn camera_segment(orientation: u16, artist: &str) -> (u8, Vec<u8>) {
    let field = |tag, value| exif::Field { tag, ifd_num: In::PRIMARY, value };
    let place = [50, 27, 0].map(|num| Rational { num, denom: 1 });
    let fields = [
        field(Tag::Orientation, Value::Short(vec![orientation])),
        field(Tag::Artist, Value::Ascii(vec![artist.as_bytes().to_vec()])),
        field(Tag::GPSLatitude, Value::Rational(place.to_vec())),
    ];
    let mut writer = exif::experimental::Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut bytes = Cursor::new(Vec::new());
    writer.write(&mut bytes, false).unwrap();
    (1, [&b"Exif\0\0"[..], bytes.get_ref()].concat())
}

/// A file as `image` writes it.
pub(crate) fn file(picture: &RgbImage, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A GIF of two frames.
pub(crate) fn animation() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for _ in 0..2 {
        encoder.encode_frame(image::Frame::new(image::RgbaImage::new(8, 6))).unwrap();
    }
    drop(encoder);
    bytes
}

/// The letters of the quarters of a picture: upper left, upper right, lower left, lower right.
pub(crate) fn letters(file: &[u8]) -> String {
    let picture = image::load_from_memory(file).unwrap().into_rgb8();
    let (width, height) = picture.dimensions();
    let letter = |x: u32, y: u32| match picture.get_pixel(x, y).0.map(|c| c > 127) {
        [true, false, false] => 'R',
        [false, true, false] => 'G',
        [false, false, true] => 'B',
        [true, true, true] => 'W',
        _ => '?',
    };
    let (left, right, above, below) = (width / 4, width * 3 / 4, height / 4, height * 3 / 4);
    [letter(left, above), letter(right, above), letter(left, below), letter(right, below)]
        .into_iter()
        .collect()
}
