//! Sizes, crops, and how a camera was held.

use image::metadata::Orientation;
use serde::{Deserialize, Serialize};

/// Width and height in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Size {
    /// The number of pixels.
    #[must_use]
    pub fn area(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The same proportions at another width; at least one pixel high.
    #[must_use]
    pub(super) fn at_width(self, width: u32) -> Self {
        let height = (u64::from(self.height) * u64::from(width) * 2 + u64::from(self.width))
            / (u64::from(self.width) * 2);
        Self { width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1) }
    }

    /// As it is after a picture was turned.
    pub(super) fn turned(self, orientation: Orientation) -> Self {
        if is_sideways(orientation) {
            Self { width: self.height, height: self.width }
        } else {
            self
        }
    }
}

/// The point that a crop must not lose, in thousandths of width and height from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Focus {
    /// From the left.
    pub x: u16,
    /// From above.
    pub y: u16,
}

impl Focus {
    /// The middle, unless an editor says otherwise.
    pub const MIDDLE: Self = Self { x: 500, y: 500 };
}

/// The proportions in which a picture is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Its own.
    Whole,
    /// 16 : 9.
    Wide,
    /// 4 : 3.
    Classic,
    /// 1 : 1.
    Square,
}

impl Shape {
    /// Width to height; `None` is the picture's own.
    fn ratio(self) -> Option<(u64, u64)> {
        match self {
            Self::Whole => None,
            Self::Wide => Some((16, 9)),
            Self::Classic => Some((4, 3)),
            Self::Square => Some((1, 1)),
        }
    }

    /// What stands for it in the names of files.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::Wide => Some("16x9"),
            Self::Classic => Some("4x3"),
            Self::Square => Some("1x1"),
        }
    }

    /// The part of a picture that has this shape, as large as can be, its middle as near to the focus
    /// as can be; and the shape it really has: what would lose next to nothing stays whole.
    #[must_use]
    pub fn crop(self, size: Size, focus: Focus) -> (Self, Rect) {
        let whole = Rect { x: 0, y: 0, width: size.width, height: size.height };
        let Some((across, down)) = self.ratio() else { return (self, whole) };
        let (width, height) = (u64::from(size.width), u64::from(size.height));
        let crop = if width * down > height * across {
            (height * across / down, height)
        } else {
            (width, width * down / across)
        };
        let (crop_width, crop_height) = (crop.0.max(1), crop.1.max(1));
        if crop_width * crop_height * 100 >= size.area() * 98 {
            return (Self::Whole, whole);
        }
        let start = |all: u64, part: u64, focus: u16| {
            let middle = all * u64::from(focus) / 1000;
            middle.saturating_sub(part / 2).min(all - part)
        };
        let narrow = |n: u64| u32::try_from(n).expect("a part of a picture is not larger than it");
        let rect = Rect {
            x: narrow(start(width, crop_width, focus.x)),
            y: narrow(start(height, crop_height, focus.y)),
            width: narrow(crop_width),
            height: narrow(crop_height),
        };
        (self, rect)
    }
}

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rect {
    /// From the left.
    pub x: u32,
    /// From above.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Rect {
    /// Its width and height.
    #[must_use]
    pub fn size(self) -> Size {
        Size { width: self.width, height: self.height }
    }

    /// Where a part of a picture lies in the file, whose pixels are stored as the sensor saw them.
    /// `shown` is the size of the picture after it was turned.
    pub(super) fn in_file(self, shown: Size, orientation: Orientation) -> Self {
        let Self { x, y, width, height } = self;
        let from_right = shown.width - x - width;
        let from_below = shown.height - y - height;
        let upright = |x, y| Self { x, y, width, height };
        let sideways = |x, y| Self { x, y, width: height, height: width };
        match orientation {
            Orientation::NoTransforms => self,
            Orientation::FlipHorizontal => upright(from_right, y),
            Orientation::Rotate180 => upright(from_right, from_below),
            Orientation::FlipVertical => upright(x, from_below),
            Orientation::Rotate90 => sideways(y, from_right),
            Orientation::Rotate270 => sideways(from_below, x),
            Orientation::Rotate90FlipH => sideways(y, x),
            Orientation::Rotate270FlipH => sideways(from_below, from_right),
        }
    }
}

/// Whether width and height change places.
fn is_sideways(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crop(shape: Shape, width: u32, height: u32, x: u16, y: u16) -> (u32, u32, u32, u32) {
        let (_, rect) = shape.crop(Size { width, height }, Focus { x, y });
        (rect.x, rect.y, rect.width, rect.height)
    }

    #[test]
    fn a_crop_is_as_large_as_can_be_and_as_near_to_the_focus_as_can_be() {
        for (shape, size, focus, expected) in [
            (Shape::Wide, (1600, 1200), (500, 500), (0, 150, 1600, 900)),
            (Shape::Wide, (1600, 1200), (500, 0), (0, 0, 1600, 900)),
            (Shape::Wide, (1600, 1200), (0, 1000), (0, 300, 1600, 900)),
            (Shape::Square, (1600, 1200), (250, 500), (0, 0, 1200, 1200)),
            (Shape::Square, (1600, 1200), (500, 500), (200, 0, 1200, 1200)),
            (Shape::Classic, (900, 1600), (500, 250), (0, 63, 900, 675)),
            (Shape::Whole, (900, 1600), (0, 0), (0, 0, 900, 1600)),
        ] {
            assert_eq!(
                crop(shape, size.0, size.1, focus.0, focus.1),
                expected,
                "{shape:?} {size:?}"
            );
        }
    }

    #[test]
    fn a_picture_that_has_the_shape_already_stays_whole() {
        let size = Size { width: 1440, height: 811 };
        let (shape, rect) = Shape::Wide.crop(size, Focus { x: 0, y: 0 });
        assert_eq!((shape, rect.size()), (Shape::Whole, size));
    }

    #[test]
    fn a_line_of_pixels_is_cropped_without_vanishing() {
        assert_eq!(crop(Shape::Wide, 1, 1000, 500, 500), (0, 500, 1, 1));
        assert_eq!(crop(Shape::Square, 1000, 1, 1000, 500), (999, 0, 1, 1));
        assert_eq!(Size { width: 1000, height: 1 }.at_width(10), Size { width: 10, height: 1 });
    }
}
