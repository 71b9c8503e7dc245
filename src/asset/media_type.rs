//! What kind of picture a file is, by the end of its name: what servers say of it too.

/// The media type of a picture; `None` for what is not published as one.
#[must_use]
pub fn picture_media_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    let known = [
        ("jpg", "image/jpeg"),
        ("jpeg", "image/jpeg"),
        ("png", "image/png"),
        ("webp", "image/webp"),
        ("avif", "image/avif"),
        ("gif", "image/gif"),
        ("svg", "image/svg+xml"),
    ];
    let found = known.iter().find(|(name, _)| extension.eq_ignore_ascii_case(name));
    found.map(|(_, media_type)| *media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_says_what_kind_of_picture_it_is() {
        assert_eq!(picture_media_type("/ua/2025/Зала.JPG"), Some("image/jpeg"));
        assert_eq!(picture_media_type("/drawing.svg"), Some("image/svg+xml"));
        assert_eq!(picture_media_type("/plan.pdf"), None);
        assert_eq!(picture_media_type("/jpg"), None);
    }
}
