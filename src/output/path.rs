//! The only kind of path that [`Output`](super::Output) accepts.

use std::fmt;

use unicode_normalization::is_nfc;

/// What the names of our own files in the top of the output folder start with.
const OURS: &str = ".visti-";

/// A file's path below the output folder: `ua/2025/12/talks/index.html`.
///
/// Relative, with `/` between its segments on every system, in NFC. Whatever it is joined to, it
/// stays below it: it has no `..`, and nothing that Windows would read as a drive, a stream or a
/// separator.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Box<str>);

/// Why a text is no [`OutputPath`]. As text, it continues a sentence that starts with the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathProblem {
    /// There is nothing in it.
    Empty,
    /// It starts with `/`.
    Absolute,
    /// It has `//`, or ends with `/`.
    EmptySegment,
    /// A segment is `.` or `..`.
    DotSegment,
    /// It has a `\`, which separates folders on Windows.
    Backslash,
    /// It has a `:`, which on Windows follows a drive or precedes a stream.
    Colon,
    /// It has a NUL, a line break or another control character.
    ControlCharacter,
    /// It is not in NFC, so that two names could look alike.
    NotNfc,
    /// It starts with `.visti-`, as the names of our own files do.
    Reserved,
}

impl OutputPath {
    /// Checks a path; nothing about it is changed.
    ///
    /// # Errors
    /// The first [`PathProblem`] that it has.
    pub fn new(path: &str) -> Result<Self, PathProblem> {
        match problem(path) {
            Some(problem) => Err(problem),
            None => Ok(Self(path.into())),
        }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders it lies in, below the output folder.
    pub(super) fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// The folders it lies in, from the outermost to the one that holds it, without the output
    /// folder itself.
    pub(super) fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| self.0.get(..at).expect("`/` starts a character"))
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for PathProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "is empty",
            Self::Absolute => "starts with `/`",
            Self::EmptySegment => "has a folder or file without a name",
            Self::DotSegment => "has a segment `.` or `..`",
            Self::Backslash => "has a backslash, which separates folders on Windows",
            Self::Colon => "has a colon, which names a drive or a stream on Windows",
            Self::ControlCharacter => "has a control character",
            Self::NotNfc => "is not in Unicode normalization form C",
            Self::Reserved => "starts with `.visti-`, as only Visti's own files do",
        })
    }
}

impl std::error::Error for PathProblem {}

fn problem(path: &str) -> Option<PathProblem> {
    if path.is_empty() {
        return Some(PathProblem::Empty);
    }
    if path.starts_with('/') {
        return Some(PathProblem::Absolute);
    }
    // Folded, because on some file systems `.VISTI-manifest` is the same file.
    if path.get(..OURS.len()).is_some_and(|start| start.eq_ignore_ascii_case(OURS)) {
        return Some(PathProblem::Reserved);
    }
    for segment in path.split('/') {
        match segment {
            "" => return Some(PathProblem::EmptySegment),
            "." | ".." => return Some(PathProblem::DotSegment),
            _ => {}
        }
    }
    for character in path.chars() {
        match character {
            '\\' => return Some(PathProblem::Backslash),
            ':' => return Some(PathProblem::Colon),
            _ if character.is_control() => return Some(PathProblem::ControlCharacter),
            _ => {}
        }
    }
    (!is_nfc(path)).then_some(PathProblem::NotNfc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_could_leave_the_output_folder_is_none() {
        for (path, problem) in [
            ("", PathProblem::Empty),
            ("/etc/passwd", PathProblem::Absolute),
            ("//server/share", PathProblem::Absolute),
            ("..", PathProblem::DotSegment),
            ("ua/../../x", PathProblem::DotSegment),
            ("./x", PathProblem::DotSegment),
            ("ua//x", PathProblem::EmptySegment),
            ("ua/", PathProblem::EmptySegment),
            ("ua\\..\\x", PathProblem::Backslash),
            ("C:/x", PathProblem::Colon),
            ("ua/x.html:stream", PathProblem::Colon),
            ("ua/\0", PathProblem::ControlCharacter),
            ("ua/line\nbreak", PathProblem::ControlCharacter),
            ("ua/i\u{306}.html", PathProblem::NotNfc),
            (".visti-manifest", PathProblem::Reserved),
            (".Visti-staging/1", PathProblem::Reserved),
        ] {
            assert_eq!(OutputPath::new(path), Err(problem), "{path:?}");
        }
    }

    #[test]
    fn ordinary_paths_are_taken_as_they_are() {
        for path in ["index.html", ".nojekyll", "ua/…/ї.html", "a b/..c", "%2e%2e/x"] {
            assert_eq!(OutputPath::new(path).map(|path| path.to_string()), Ok(path.to_owned()));
        }
    }

    #[test]
    fn the_folders_of_a_path_come_from_the_outermost() {
        let path = OutputPath::new("ua/2025/x.html").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["ua", "ua/2025"]);
        assert_eq!(path.depth(), 2);
    }
}
