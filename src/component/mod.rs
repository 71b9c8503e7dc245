//! Components: fenced blocks of an article that the theme shows, such as a gallery or a quotation.
//!
//! In: what the theme's components declare ([`Component`], made by `template`), and what stands between
//! the fences. Out: [`Value`]s that fit the declaration; what does not fit is a problem at its line.
//! This module knows no site, no Markdown and no templates: what a picture, a link or a Markdown text
//! is worth, [`read_arguments`] asks through [`Leaves`].

mod arguments;
mod csv;
mod embed;
mod shape;

use std::collections::BTreeMap;

pub use arguments::{Leaves, read_arguments};
pub use csv::read_csv;
pub use embed::{Embed, Player};
pub use shape::{Leaf, Shape};

/// The components of a theme that articles may use.
#[derive(Debug, Default)]
pub struct Components {
    by_name: BTreeMap<String, Component>,
}

/// A component, as its template declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// As articles write it: `read-also`.
    pub name: String,
    /// As templates write it: `read_also`.
    pub template_name: String,
    /// What stands in its block.
    pub content: Content,
    /// In alphabetical order.
    pub arguments: Vec<Argument>,
    /// The argument that takes a web address which stands alone in its paragraph.
    pub embeds: Option<String>,
    /// Files of `static/` that a page needs which uses it.
    pub styles: Vec<String>,
    /// As [`Component::styles`].
    pub scripts: Vec<String>,
}

/// What stands in a component's block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Arguments, as TOML.
    Arguments,
    /// A text in Markdown; arguments may stand before it, with a line `+++` between them.
    Markdown,
    /// A table as comma-separated values; arguments as before a text.
    Csv,
}

/// What a component takes under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Which values fit.
    pub shape: Shape,
    /// Whether it must be there.
    pub is_required: bool,
}

/// The argument in which a component finds the table of its block ([`Content::Csv`]).
pub const TABLE: &str = "table";

/// A value that fits its declaration.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// What may be absent, and is.
    None,
    /// A plain text.
    Text(String),
    /// HTML that is safe already.
    Html(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A list.
    List(Vec<Value>),
    /// Fields in the order written.
    Table(Vec<(String, Value)>),
    /// A picture of the site.
    Picture(Picture),
    /// A story, by its key.
    Story(String),
}

/// A picture of the site, and the words that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// As written: with a leading slash in `static/`, else beside the article.
    pub src: String,
    /// What can be seen.
    pub alt: String,
    /// What is to be seen and when.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// Whether it shows something like the event, not the event.
    pub is_illustrative: bool,
}

impl Components {
    /// Those of a theme.
    #[must_use]
    pub fn new(all: Vec<Component>) -> Self {
        Self { by_name: all.into_iter().map(|one| (one.name.clone(), one)).collect() }
    }

    /// Those of no theme.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: Components = Components { by_name: BTreeMap::new() };
        &NONE
    }

    /// The component with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Component> {
        self.by_name.get(name)
    }

    /// Whether the theme has none, or there is no theme.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The component that shows what is to be embedded, and its argument for that.
    #[must_use]
    pub fn for_embed(&self, embed: &Embed) -> Option<(&Component, &Argument)> {
        self.by_name.values().find_map(|component| {
            let name = component.embeds.as_ref()?;
            let argument = component.arguments.iter().find(|one| one.name == *name)?;
            (argument.shape == Shape::Leaf(embed.player.leaf())).then_some((component, argument))
        })
    }
}
