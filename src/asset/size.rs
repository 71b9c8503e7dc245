//! Width and height of a picture, from its first bytes: pages that say them do not jump while loading.

use std::path::Path;

use crate::picture;
pub use crate::picture::Size as PictureSize;

/// Reads a picture's size, as it is shown, from its header.
///
/// # Errors
/// The system's error; `InvalidData` when the file is no picture that we know.
pub fn picture_size(file: &Path) -> std::io::Result<PictureSize> {
    let is_one_of = |names: &[&str]| {
        let extension = file.extension().unwrap_or_default();
        names.iter().any(|name| extension.eq_ignore_ascii_case(name))
    };
    // A camera that was turned says so behind the size.
    if is_one_of(&["jpg", "jpeg"])
        && let Some(size) = picture::size(&std::fs::read(file)?)
    {
        return Ok(size);
    }
    if is_one_of(&["svg"]) {
        let text = std::fs::read_to_string(file)?;
        return svg_size(&text).ok_or_else(|| std::io::ErrorKind::InvalidData.into());
    }
    match imagesize::size(file) {
        Ok(size) => {
            let pixels = |n: usize| u32::try_from(n).map_err(|_| std::io::ErrorKind::InvalidData);
            Ok(PictureSize { width: pixels(size.width)?, height: pixels(size.height)? })
        }
        Err(imagesize::ImageError::IoError(error))
            if error.kind() != std::io::ErrorKind::UnexpectedEof =>
        {
            Err(error)
        }
        Err(_) => Err(std::io::ErrorKind::InvalidData.into()),
    }
}

/// `width` and `height` of the root element, else the last two numbers of its `viewBox`.
fn svg_size(text: &str) -> Option<PictureSize> {
    let start = text.find("<svg")?;
    let tag = text.get(start..)?.split('>').next()?;
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))?;
        let value = tag.get(at + name.len() + 2..)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    };
    let pixels = |text: &str| -> Option<u32> {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        // Rounded and in range, so nothing is lost.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
        (0.5..1e6).contains(&number).then_some(number.round() as u32)
    };
    if let (Some(width), Some(height)) =
        (attribute("width").and_then(pixels), attribute("height").and_then(pixels))
    {
        return Some(PictureSize { width, height });
    }
    let mut view_box =
        attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some(PictureSize { width: pixels(view_box.next()?)?, height: pixels(view_box.next()?)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_says_its_size_by_attributes_or_by_its_view_box() {
        let size = |text| svg_size(text).map(|size| (size.width, size.height));
        assert_eq!(size("<svg width='1600px' height=\"900\">"), Some((1600, 900)));
        assert_eq!(size("<?xml?><svg viewBox=\"0 0 16 9.4\" width=\"100%\">"), Some((16, 9)));
        assert_eq!(size("<svg>"), None);
        assert_eq!(size("<p>"), None);
    }
}
