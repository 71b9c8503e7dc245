//! Icons: every form that browsers and telephones ask for, made of one square picture.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::ico::{IcoEncoder, IcoFrame};
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageReader, Limits, Rgb, RgbImage, RgbaImage};

use crate::asset::icon_file;
use crate::config::{self, IconSource};
use crate::diagnostic::Diagnostic;
use crate::project;
use crate::site::{IconKind, Site};

/// The largest form; a smaller picture is blurred.
const LARGEST: u32 = 512;

/// No icon is larger in dots; it would only take time.
const MOST: u32 = 4096;

/// The part of a maskable icon that no telephone cuts off is a circle of 80 % of its width.
const SAFE: u32 = LARGEST * 8 / 10;

const WHITE: Rgb<u8> = Rgb([255, 255, 255]);

/// Makes a form of the icon; gives what is wrong with the picture.
pub(super) fn render(site: &Site, kind: IconKind, bytes: &mut Vec<u8>) -> Vec<Diagnostic> {
    let source = site.config.extras.icon.as_ref().expect("icons are made of a picture");
    let picture = match read(site, source) {
        Ok(picture) => picture,
        Err(problem) => return vec![problem],
    };
    let manifest = site.config.extras.manifest.as_ref();
    let background = manifest.and_then(|manifest| rgb(manifest.background_color.as_deref()?));
    let background = background.unwrap_or(WHITE);
    match kind {
        IconKind::Favicon => write_ico(&picture, bytes),
        IconKind::AppleTouch => write_png(&on(background, &picture, 180, 180), bytes),
        IconKind::Medium => write_png(&square(&picture, 192).into(), bytes),
        IconKind::Large => write_png(&square(&picture, LARGEST).into(), bytes),
        IconKind::Maskable => write_png(&on(background, &picture, LARGEST, SAFE), bytes),
    }
    if picture.width() < LARGEST {
        let width = picture.width();
        let message = format!("the icon is only {width} dots wide, and will be blurred");
        let help = format!("draw it {LARGEST} dots wide or more");
        return vec![at(source, Diagnostic::warning("small-icon", message)).help(help)];
    }
    Vec::new()
}

fn at(source: &IconSource, problem: Diagnostic) -> Diagnostic {
    problem.at_place(config::FILE, Some(source.place.clone()), "")
}

/// Decodes the picture, within bounds.
fn read(site: &Site, source: &IconSource) -> Result<RgbaImage, Diagnostic> {
    let bad = |message: String, help: &str| {
        at(source, Diagnostic::error("bad-icon", message)).help(help.to_owned())
    };
    let file = project::locate(&site.config.root, &icon_file(source));
    let unreadable = |error: &dyn std::fmt::Display| {
        bad(format!("icons cannot be made of this picture: {error}"), "save it again as PNG")
    };
    let reader = ImageReader::open(file).map_err(|error| unreadable(&error))?;
    let mut reader = reader.with_guessed_format().map_err(|error| unreadable(&error))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST);
    limits.max_image_height = Some(MOST);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| unreadable(&error))?.into_rgba8();
    let (width, height) = picture.dimensions();
    if width != height {
        let message = format!("the icon must be square, and is {width} by {height} dots");
        return Err(bad(message, "cut it, or add a margin"));
    }
    Ok(picture)
}

/// The picture with another width.
fn square(picture: &RgbaImage, side: u32) -> RgbaImage {
    let same = "a decoded picture has four bytes a dot";
    let (width, height) = picture.dimensions();
    let from = Image::from_vec_u8(width, height, picture.as_raw().clone(), PixelType::U8x4);
    let mut to = Image::new(side, side, PixelType::U8x4);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&from.expect(same), &mut to, &options).expect(same);
    RgbaImage::from_raw(side, side, to.into_vec()).expect(same)
}

/// The picture in the middle of a square without transparency.
fn on(background: Rgb<u8>, picture: &RgbaImage, side: u32, inner: u32) -> DynamicImage {
    let mut whole = RgbImage::from_pixel(side, side, background);
    let margin = (side - inner) / 2;
    for (x, y, dot) in square(picture, inner).enumerate_pixels() {
        let [red, green, blue, alpha] = dot.0;
        let below = whole.get_pixel_mut(x + margin, y + margin);
        for (below, above) in below.0.iter_mut().zip([red, green, blue]) {
            *below = blended(*below, above, alpha);
        }
    }
    whole.into()
}

/// One colour seen through another.
fn blended(below: u8, above: u8, alpha: u8) -> u8 {
    let (below, above, alpha) = (u16::from(below), u16::from(above), u16::from(alpha));
    let mixed = (above * alpha + below * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).expect("a mean of two bytes is a byte")
}

fn write_png(picture: &DynamicImage, bytes: &mut Vec<u8>) {
    picture.write_with_encoder(PngEncoder::new(bytes)).expect("writing to a Vec never fails");
}

fn write_ico(picture: &RgbaImage, bytes: &mut Vec<u8>) {
    let frames = [16, 32, 48].map(|side| {
        let picture = square(picture, side);
        IcoFrame::as_png(picture.as_raw(), side, side, ExtendedColorType::Rgba8)
            .expect("writing to a Vec never fails")
    });
    IcoEncoder::new(bytes).encode_images(&frames).expect("writing to a Vec never fails");
}

/// `#b00020`, as [`crate::config::WebManifest`] has it.
fn rgb(color: &str) -> Option<Rgb<u8>> {
    let number = u32::from_str_radix(color.strip_prefix('#')?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Rgb([red, green, blue]))
}
