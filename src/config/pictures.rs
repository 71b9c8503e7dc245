//! `[pictures]` of `site.toml`: what is made of pictures.

use super::choose;
use crate::diagnostic::Diagnostic;
use crate::picture::{Format, Settings};
use crate::table::{Fields, Located};

const USUAL_QUALITY: u8 = 75;
const USUAL_WIDTHS: [u32; 4] = [320, 640, 1024, 1600];
const USUAL_MEGAPIXELS: u32 = 64;
/// Of the default theme: a column of 38rem, or the whole screen.
const USUAL_SIZES: &str = "(min-width: 42rem) 38rem, 100vw";

/// What is made of pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    /// How they are made.
    pub settings: Settings,
    /// How wide pictures stand in texts: `sizes="…"` of HTML.
    pub sizes: Box<str>,
}

/// Reads `[pictures]`; every key has a usual value. `None`: pictures stay as they are.
pub(super) fn read(fields: &Fields<'_, '_>) -> Option<Pictures> {
    let usual = Settings {
        formats: [Format::Avif, Format::WebP].into(),
        quality: USUAL_QUALITY,
        widths: USUAL_WIDTHS.into(),
        max_pixels: u64::from(USUAL_MEGAPIXELS) * 1_000_000,
    };
    let Some(table) = fields.table("pictures") else {
        return Some(Pictures { settings: usual, sizes: USUAL_SIZES.into() });
    };
    let is_on = table.boolean("process", true);
    let pictures = Pictures {
        settings: Settings {
            formats: formats(&table).unwrap_or(usual.formats),
            quality: number(&table, "quality", 1..=100, "75 is usual").unwrap_or(USUAL_QUALITY),
            widths: widths(&table).unwrap_or(usual.widths),
            max_pixels: number(&table, "max_megapixels", 1..=1000, "64 is usual")
                .map_or(usual.max_pixels, |megapixels: u32| u64::from(megapixels) * 1_000_000),
        },
        sizes: table.text("sizes").map_or(USUAL_SIZES.into(), |sizes| sizes.value.into()),
    };
    table.finish();
    is_on.then_some(pictures)
}

fn formats(table: &Fields<'_, '_>) -> Option<Box<[Format]>> {
    const CHOICES: [(&str, Format); 2] = [("avif", Format::Avif), ("webp", Format::WebP)];
    let mut formats = Vec::new();
    for written in table.texts("formats") {
        let chosen = choose(table, "formats", &written, &CHOICES);
        formats.extend(chosen.filter(|format| !formats.contains(format)));
    }
    table.has("formats").then(|| formats.into())
}

fn widths(table: &Fields<'_, '_>) -> Option<Box<[u32]>> {
    let written = table.integers("widths")?;
    let mut widths: Vec<u32> = written
        .iter()
        .filter_map(|width| checked(table, "widths", width, 16..=8192, "320 to 1600 are usual"))
        .collect();
    widths.sort_unstable();
    widths.dedup();
    if let (true, Some(at)) = (written.is_empty(), table.place_of("widths")) {
        let message = "`pictures.widths` has no width";
        let help = "write `widths = [320, 640, 1024, 1600]`, or `process = false`";
        table.report(Diagnostic::error("bad-pictures", message).help(help), at);
    }
    (!widths.is_empty()).then(|| widths.into())
}

fn number<T: TryFrom<i64>>(
    table: &Fields<'_, '_>,
    key: &'static str,
    range: std::ops::RangeInclusive<i64>,
    help: &str,
) -> Option<T> {
    let written = table.integer(key)?;
    checked(table, key, &written, range, help)
}

fn checked<T: TryFrom<i64>>(
    table: &Fields<'_, '_>,
    key: &'static str,
    written: &Located<i64>,
    range: std::ops::RangeInclusive<i64>,
    help: &str,
) -> Option<T> {
    if range.contains(&written.value) {
        return T::try_from(written.value).ok();
    }
    let (least, most) = (range.start(), range.end());
    let message = format!("`pictures.{key}` must be from {least} to {most}");
    table.report(Diagnostic::error("bad-pictures", message).help(help), written.at.clone());
    None
}
