//! Which values fit an argument, beyond what the template language itself can say.

/// Which values fit an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text that means something.
    Leaf(Leaf),
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A list of these.
    List(Box<Shape>),
    /// A table of these.
    Table(Vec<super::Argument>),
    /// A table with `src`, `alt`, `caption`, `credit` and `illustrative`.
    Picture,
    /// A list of anything.
    AnyList,
    /// A table of anything.
    AnyTable,
    /// Anything.
    Any,
}

/// What a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// Words.
    Text,
    /// Words in Markdown; the template gets HTML.
    Markdown,
    /// A day, `2025-12-19`.
    Date,
    /// Where a link leads, written as in Markdown.
    Link,
    /// A file of the site; the template gets its URL.
    File,
    /// A picture of the site that needs no words.
    PictureFile,
    /// The key of a story.
    Story,
    /// The address of a video on YouTube or Vimeo.
    Video,
    /// The address of a post on Telegram.
    Post,
}

impl Leaf {
    /// All that a template may name.
    pub const NAMES: [(&'static str, Self); 9] = [
        ("text", Self::Text),
        ("markdown", Self::Markdown),
        ("date", Self::Date),
        ("link", Self::Link),
        ("file", Self::File),
        ("picture-file", Self::PictureFile),
        ("story", Self::Story),
        ("video", Self::Video),
        ("post", Self::Post),
    ];

    /// What must be written, in words.
    pub(super) fn wanted(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("a text", "\"…\""),
            Self::Markdown => ("a text in Markdown", "\"…\""),
            Self::Date => ("a day", "2025-12-19"),
            Self::Link => ("the address of a link", "\"https://…\""),
            Self::File => ("the path of a file", "\"/files/…\""),
            Self::PictureFile => ("the path of a picture", "\"/pictures/…\""),
            Self::Story => ("the key of a story", "\"2025/12/…\""),
            Self::Video => ("the address of a video", "\"https://www.youtube.com/watch?v=…\""),
            Self::Post => ("the address of a post", "\"https://t.me/…/1\""),
        }
    }
}

impl Shape {
    /// What must be written, in words, and an example.
    pub(super) fn wanted(&self) -> (&'static str, &'static str) {
        match self {
            Self::Leaf(leaf) => leaf.wanted(),
            Self::Integer => ("a whole number", "1"),
            Self::Number => ("a number", "1.5"),
            Self::Bool => ("true or false", "true"),
            Self::List(of) => match **of {
                Self::Leaf(_) => ("a list", "[\"…\", \"…\"]"),
                _ => ("a list of tables", "[{ … }, { … }]"),
            },
            Self::AnyList => ("a list", "[…]"),
            Self::Picture => ("a picture", "{ src = \"…\", alt = \"…\", credit = \"…\" }"),
            Self::Table(_) | Self::AnyTable => ("a table", "{ … }"),
            Self::Any => ("a value", "\"…\""),
        }
    }
}
