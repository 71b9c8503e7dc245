//! What kind of picture a file is, by its name.

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// `.jpg`, `.jpeg`.
    Jpeg,
    /// `.png`.
    Png,
    /// `.gif`.
    Gif,
    /// `.webp`.
    WebP,
    /// `.avif`.
    Avif,
    /// `.svg`.
    Svg,
}

impl PictureFormat {
    /// The format of a file; `None` when it is no picture.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "gif" => Some(Self::Gif),
            "webp" => Some(Self::WebP),
            "avif" => Some(Self::Avif),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
        }
    }

    /// Whether social networks and messengers show it beside a link: none of them draws SVG, and few
    /// decode AVIF.
    #[must_use]
    pub fn is_shareable(self) -> bool {
        match self {
            Self::Jpeg | Self::Png | Self::Gif | Self::WebP => true,
            Self::Avif | Self::Svg => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_the_end_of_the_name_in_capitals_too() {
        for (path, format) in [
            ("pictures/hall.JPG", Some(PictureFormat::Jpeg)),
            ("a.b/c.webp", Some(PictureFormat::WebP)),
            ("drawing.svg", Some(PictureFormat::Svg)),
            ("png", None),
            ("a.png/b", None),
        ] {
            assert_eq!(PictureFormat::of(path), format, "{path}");
        }
    }
}
