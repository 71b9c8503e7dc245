//! What a site knows of one of its pictures.

use serde::{Deserialize, Serialize};

use super::PictureSize;
use crate::diagnostic::Diagnostic;
use crate::picture::{Look, Raster};

/// What a picture is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PictureFacts {
    /// As it is shown; `None` when that cannot be read.
    pub size: Option<PictureSize>,
    /// The digest of its bytes, and what is in them, if renditions can be made of it.
    pub raster: Option<([u8; 16], Raster)>,
    /// What is wrong with it.
    pub problem: Option<PictureProblem>,
}

/// Why a picture is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PictureProblem {
    /// Its size cannot be read.
    NoSize,
    /// Its size can be read, and nothing else.
    Undecodable(Box<str>),
    /// It has more pixels than `[pictures]` allows.
    TooLarge,
}

impl PictureFacts {
    /// Of a picture that stays as it is.
    pub(super) fn of_size(size: Option<PictureSize>) -> Self {
        let problem = size.is_none().then_some(PictureProblem::NoSize);
        Self { size, raster: None, problem }
    }

    /// Of a picture that was looked at; `size_in_header` is asked where that did not give its size.
    pub(super) fn new(
        digest: [u8; 16],
        look: Look,
        size_in_header: impl Fn() -> Option<PictureSize>,
    ) -> Self {
        match look {
            Look::Raster(raster) => {
                Self { size: Some(raster.size), raster: Some((digest, raster)), problem: None }
            }
            Look::AsItIs => Self::of_size(size_in_header()),
            Look::TooLarge(size) => {
                Self { size: Some(size), raster: None, problem: Some(PictureProblem::TooLarge) }
            }
            Look::Unreadable(why) => {
                let facts = Self::of_size(size_in_header());
                let problem = facts.problem.or(Some(PictureProblem::Undecodable(why)));
                Self { problem, ..facts }
            }
        }
    }

    /// What is wrong with the picture, for people.
    #[must_use]
    pub fn diagnostic(&self, file: &str, max_pixels: u64) -> Option<Diagnostic> {
        let save_again = "save it again as JPEG, PNG, WebP, AVIF, GIF or SVG";
        let diagnostic = match self.problem.as_ref()? {
            PictureProblem::NoSize => {
                let message = "this picture cannot be read: its size is unknown";
                Diagnostic::warning("bad-picture", message).help(save_again)
            }
            PictureProblem::Undecodable(why) => {
                let message =
                    format!("this picture cannot be decoded, and is published as it is: {why}");
                Diagnostic::warning("bad-picture", message).help(save_again)
            }
            PictureProblem::TooLarge => {
                let (width, height) = self.size.map_or((0, 0), |size| (size.width, size.height));
                let most = max_pixels / 1_000_000;
                let message = format!(
                    "this picture has {width} × {height} pixels: more than {most} megapixels"
                );
                Diagnostic::error("picture-too-large", message).help(
                    "save it smaller: 4000 pixels are enough for any page; or raise \
                     `max_megapixels` in `[pictures]`",
                )
            }
        };
        Some(diagnostic.in_file(file))
    }
}
