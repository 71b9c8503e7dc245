//! Bytes → pixels, within bounds: what a header promises is looked at before any memory is taken, and
//! as many pictures are open at once as there is room for.

use std::io::Cursor;
use std::sync::{Arc, Condvar, Mutex};

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{
    AnimationDecoder as _, DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageResult,
    Limits, RgbImage, RgbaImage,
};
use memchr::memmem;
use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions};

use super::{Rect, Size, Unreadable};

/// Memory that open pictures may take together. One that needs more has it to itself.
const ROOM: u64 = 320_000_000;

/// Decoders keep coefficients, and pixels are copied once, beside the pixels that come out.
const TIMES_DECODED: u64 = 3;

/// Room for pictures to be opened in, shared by all threads.
#[derive(Debug, Clone)]
pub struct Rooms(Arc<(Mutex<u64>, Condvar)>);

impl Default for Rooms {
    fn default() -> Self {
        Self(Arc::new((Mutex::new(ROOM), Condvar::new())))
    }
}

/// Room that one picture takes until it is dropped.
#[derive(Debug)]
struct Room {
    of: Rooms,
    byte_len: u64,
}

impl Rooms {
    /// Waits until there is room. Who holds some must not wait for other threads.
    fn take(&self, byte_len: u64) -> Room {
        let byte_len = byte_len.min(ROOM);
        let (free, changed) = &*self.0;
        let free = free.lock().expect("no thread panics with the lock");
        let mut free = changed
            .wait_while(free, |free| *free < byte_len)
            .expect("no thread panics with the lock");
        *free -= byte_len;
        Room { of: self.clone(), byte_len }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let (free, changed) = &*self.of.0;
        *free.lock().expect("no thread panics with the lock") += self.byte_len;
        changed.notify_all();
    }
}

/// A picture of which the header was read.
pub(super) struct Opened<'b> {
    pub(super) decoder: Box<dyn ImageDecoder + 'b>,
    pub(super) orientation: Orientation,
    /// As it is shown.
    pub(super) size: Size,
    pub(super) is_animated: bool,
}

impl From<ImageError> for Unreadable {
    fn from(error: ImageError) -> Self {
        Self(error.to_string())
    }
}

/// Reads the header of a picture; `None` for a format that is not taken apart here.
pub(super) fn open(bytes: &[u8]) -> Result<Option<Opened<'_>>, Unreadable> {
    let Ok(format) = image::guess_format(bytes) else { return Ok(None) };
    let read = Cursor::new(bytes);
    let (mut decoder, is_animated): (Box<dyn ImageDecoder>, bool) = match format {
        ImageFormat::Jpeg if is_cut(bytes) => {
            return Err(Unreadable("the end of the file is missing".to_owned()));
        }
        ImageFormat::Jpeg => (Box::new(JpegDecoder::new(read)?), false),
        ImageFormat::Png => {
            let decoder = PngDecoder::with_limits(read, limits(1))?;
            let is_animated = decoder.is_apng()?;
            (Box::new(decoder), is_animated)
        }
        ImageFormat::WebP => {
            let decoder = WebPDecoder::new(read)?;
            let is_animated = decoder.has_animation();
            (Box::new(decoder), is_animated)
        }
        ImageFormat::Gif => (Box::new(GifDecoder::new(read)?), has_two_frames(bytes)?),
        _ => return Ok(None),
    };
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = decoder.dimensions();
    let size = Size { width, height }.turned(orientation);
    Ok(Some(Opened { decoder, orientation, size, is_animated }))
}

/// The size of a picture as it is shown, by its header; `None` when it cannot be opened.
#[must_use]
pub fn size(bytes: &[u8]) -> Option<Size> {
    Some(open(bytes).ok()??.size)
}

/// Whether the end of a JPEG is missing: its decoder takes it, and shows the rest in grey. What stands behind
/// the end, as the films of telephones do, is not looked at (ITU-T T.81, B.1: markers, segments, scans).
fn is_cut(jpeg: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xda;
    let mut rest = jpeg.get(2..).unwrap_or_default();
    loop {
        match *rest {
            [0xff, START_OF_SCAN, ..] => return memmem::find(rest, b"\xff\xd9").is_none(),
            // A segment, whose length counts its own two bytes.
            [0xff, 0x02..=0xcf | 0xdb..=0xfe, high, low, ..] => {
                let len = 2 + usize::from(u16::from_be_bytes([high, low]));
                rest = rest.get(len..).unwrap_or_default();
            }
            // Filling, and markers without a segment.
            [_, ..] => rest = &rest[1..],
            [] => return true,
        }
    }
}

/// Limits of the decoders' own, for so many bytes of pixels.
fn limits(byte_len: u64) -> Limits {
    // Beside the pixels, some for compressed profiles and texts.
    const FOR_METADATA: u64 = 16_000_000;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(byte_len * TIMES_DECODED + FOR_METADATA);
    limits
}

fn has_two_frames(bytes: &[u8]) -> ImageResult<bool> {
    let decoder = GifDecoder::new(Cursor::new(bytes))?;
    let (width, height) = decoder.dimensions();
    // Two frames of a picture that is too large for one are not looked at.
    if u64::from(width) * u64::from(height) > ROOM / 16 {
        return Ok(false);
    }
    Ok(decoder.into_frames().take(2).filter(Result::is_ok).count() == 2)
}

/// The pixels of a picture, as they are stored in its file.
pub struct Decoded {
    stored: Image<'static>,
    orientation: Orientation,
    /// As it is shown.
    size: Size,
    to_srgb: Option<Arc<Transform8BitExecutor>>,
    _room: Room,
}

/// Pixels as they are shown: eight bits, sRGB.
pub struct Pixels {
    /// Width and height.
    pub size: Size,
    /// Three bytes for each, or four.
    pub bytes: Vec<u8>,
    /// Whether the fourth says how much one sees through.
    pub has_alpha: bool,
}

/// Decodes a picture that [`super::look`] found to be one.
///
/// # Errors
/// Why it cannot be done: the file has changed, or its end is missing.
pub fn decode(bytes: &[u8], rooms: &Rooms) -> Result<Decoded, Unreadable> {
    let opened = open(bytes)?.ok_or_else(|| Unreadable("it is no picture".to_owned()))?;
    decode_opened(opened, rooms)
}

pub(super) fn decode_opened(opened: Opened<'_>, rooms: &Rooms) -> Result<Decoded, Unreadable> {
    let Opened { mut decoder, orientation, size, .. } = opened;
    let byte_len = decoder.total_bytes();
    let room = rooms.take(byte_len * TIMES_DECODED);
    decoder.set_limits(limits(byte_len))?;
    let profile = decoder.icc_profile().ok().flatten();
    let (width, height) = decoder.dimensions();
    let decoded = DynamicImage::from_decoder(decoder)?;
    let (bytes, kind, layout) = match decoded.color().has_alpha() {
        true => (decoded.into_rgba8().into_raw(), PixelType::U8x4, Layout::Rgba),
        false => (decoded.into_rgb8().into_raw(), PixelType::U8x3, Layout::Rgb),
    };
    let stored = Image::from_vec_u8(width, height, bytes, kind)
        .expect("the decoder gives as many bytes as the size needs");
    let to_srgb = profile.and_then(|profile| to_srgb(&profile, layout));
    Ok(Decoded { stored, orientation, size, to_srgb, _room: room })
}

/// From the colours of a profile to sRGB; `None` for one that is damaged, or not of RGB.
fn to_srgb(profile: &[u8], layout: Layout) -> Option<Arc<Transform8BitExecutor>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()
}

impl Decoded {
    /// As it is shown.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// A part of the picture in another size.
    #[must_use]
    pub fn draw(&self, part: Rect, size: Size) -> Pixels {
        self.resized(part, size, FilterType::Lanczos3)
    }

    /// Its average colour; `None` when one can see through it.
    pub(super) fn average(&self) -> Option<[u8; 3]> {
        if self.stored.pixel_type() != PixelType::U8x3 {
            return None;
        }
        let Size { width, height } = self.size;
        let whole = Rect { x: 0, y: 0, width, height };
        let pixel = self.resized(whole, Size { width: 1, height: 1 }, FilterType::Box);
        pixel.bytes.try_into().ok()
    }

    fn resized(&self, part: Rect, size: Size, filter: FilterType) -> Pixels {
        let kind = self.stored.pixel_type();
        let stored_size = size.turned(self.orientation);
        let part = part.in_file(self.size, self.orientation);
        let mut drawn = Image::new(stored_size.width, stored_size.height, kind);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).crop(
            part.x.into(),
            part.y.into(),
            part.width.into(),
            part.height.into(),
        );
        Resizer::new()
            .resize(&self.stored, &mut drawn, &options)
            .expect("the part lies in the picture, and both have one kind of pixels");
        let mut bytes = drawn.into_vec();
        if let Some(to_srgb) = &self.to_srgb {
            let in_profile = bytes.clone();
            to_srgb.transform(&in_profile, &mut bytes).expect("as many samples as pixels");
        }
        let has_alpha = kind == PixelType::U8x4;
        Pixels { size, bytes: turned(bytes, stored_size, has_alpha, self.orientation), has_alpha }
    }
}

/// Pixels turned as the camera was held.
fn turned(bytes: Vec<u8>, size: Size, has_alpha: bool, orientation: Orientation) -> Vec<u8> {
    if orientation == Orientation::NoTransforms {
        return bytes;
    }
    let Size { width, height } = size;
    let enough = "as many bytes as the size needs";
    let mut picture = if has_alpha {
        DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, bytes).expect(enough))
    } else {
        DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, bytes).expect(enough))
    };
    picture.apply_orientation(orientation);
    picture.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{exif, exif_segment, file, jpeg, letters, quarters};
    use super::super::{Focus, Shape};
    use super::*;

    fn drawn(bytes: &[u8], part: impl Fn(Size) -> Rect, size: Size) -> Pixels {
        let decoded = decode(bytes, &Rooms::default()).unwrap();
        decoded.draw(part(decoded.size()), size)
    }

    fn whole(size: Size) -> Rect {
        Rect { x: 0, y: 0, width: size.width, height: size.height }
    }

    #[test]
    fn pictures_are_turned_as_the_camera_was_held() {
        for (orientation, quarters_shown) in [
            (1, "RGBW"),
            (2, "GRWB"),
            (3, "WBGR"),
            (4, "BWRG"),
            (5, "RBGW"),
            (6, "BRWG"),
            (7, "WGBR"),
            (8, "GWRB"),
        ] {
            let exif = exif(orientation, false);
            let stored = jpeg(&quarters(64, 32), &[exif_segment(&exif)]);
            let size = match orientation {
                1..=4 => Size { width: 32, height: 16 },
                _ => Size { width: 16, height: 32 },
            };
            let shown = drawn(&stored, whole, size);
            let Size { width, height } = shown.size;
            assert_eq!(letters(&shown.bytes, width, height, 3), quarters_shown, "{orientation}");
            // A part is one of the picture as it is shown: here its upper right quarter.
            let upper_right = |size: Size| Rect {
                x: size.width / 2,
                y: 0,
                width: size.width / 2,
                height: size.height / 2,
            };
            let part = drawn(&stored, upper_right, Size { width: 8, height: 8 });
            let expected = quarters_shown.chars().nth(1).unwrap().to_string().repeat(4);
            assert_eq!(letters(&part.bytes, 8, 8, 3), expected, "{orientation}");
        }
    }

    #[test]
    fn crops_keep_what_the_focus_points_at() {
        let stored = file(quarters(120, 40), ImageFormat::Png);
        let square = |x| move |size| Shape::Square.crop(size, Focus { x, y: 500 }).1;
        let size = Size { width: 40, height: 40 };
        for (focus, expected) in [(0, "RRBB"), (500, "RGBW"), (900, "GGWW")] {
            let shown = drawn(&stored, square(focus), size);
            assert_eq!(letters(&shown.bytes, 40, 40, 3), expected, "{focus}");
        }
    }

    #[test]
    fn colours_of_another_profile_become_srgb() {
        let mut png = Vec::new();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
        let profile = ColorProfile::new_display_p3().encode().unwrap();
        image::ImageEncoder::set_icc_profile(&mut encoder, profile).unwrap();
        let green = [60, 200, 60].repeat(16);
        let kind = image::ExtendedColorType::Rgb8;
        image::ImageEncoder::write_image(encoder, &green, 4, 4, kind).unwrap();
        let shown = drawn(&png, whole, Size { width: 2, height: 2 });
        // The same green is a larger number in the smaller space, and red and blue are less.
        assert!(shown.bytes[1] > 200 && shown.bytes[0] < 40, "{:?}", shown.bytes);
    }

    #[test]
    fn what_one_can_see_through_stays_so() {
        let glass = RgbaImage::from_pixel(8, 8, image::Rgba([255, 0, 0, 128]));
        let shown = drawn(&file(glass, ImageFormat::Png), whole, Size { width: 4, height: 4 });
        assert_eq!((shown.has_alpha, &shown.bytes[..4]), (true, &[255, 0, 0, 128][..]));
    }

    #[test]
    fn grey_and_deep_pictures_become_eight_bits_of_rgb() {
        let grey = image::GrayImage::from_pixel(4, 4, image::Luma([100]));
        let deep = image::ImageBuffer::from_pixel(4, 4, image::Rgb([100_u16 * 257; 3]));
        for bytes in
            [file(grey, ImageFormat::Png), file(DynamicImage::ImageRgb16(deep), ImageFormat::Png)]
        {
            let shown = drawn(&bytes, whole, Size { width: 1, height: 1 });
            assert_eq!(shown.bytes, [100; 3]);
        }
    }

    #[test]
    fn no_more_pictures_are_open_than_there_is_room_for() {
        let rooms = Rooms::default();
        let first = rooms.take(ROOM - 1);
        let waiting = rooms.clone();
        let second = std::thread::spawn(move || drop(waiting.take(u64::MAX)));
        assert_eq!(*rooms.0.0.lock().unwrap(), 1);
        drop(first);
        second.join().unwrap();
        assert_eq!(*rooms.0.0.lock().unwrap(), ROOM);
    }
}
