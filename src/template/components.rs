//! Which components articles may use: those of which the template says so.
//!
//! ```text
//! {% component quote(person: string, role: string = "") {"block": "markdown"} -%}
//! ```
//!
//! In: the definitions as Tera read them. Out: [`Components`], and what is wrong in what is said between
//! the braces.

use tera::{ComponentArg, ComponentArgType, ComponentInfo, Map, Value};

use super::{FOLDER, Templates, error};
use crate::component::{Argument, Component, Components, Content, Leaf, Shape, TABLE};
use crate::diagnostic::{Diagnostic, Reported, Source, nearest};

/// What may stand between the braces.
const KEYS: [&str; 5] = ["block", "kinds", "embeds", "styles", "scripts"];

const CONTENTS: [(&str, Content); 3] =
    [("arguments", Content::Arguments), ("markdown", Content::Markdown), ("csv", Content::Csv)];

/// Kinds that are no text.
const PICTURE: &str = "picture";

/// Reads what the components of a theme say of themselves.
pub(super) fn read(templates: &Templates) -> Reported<Components> {
    let mut names: Vec<&str> = templates.tera.get_component_names().collect();
    names.sort_unstable();
    let mut diagnostics = Vec::new();
    let mut all = Vec::new();
    for name in names {
        let Some(info) = templates.tera.get_component_definition(name) else { continue };
        if !info.metadata().contains_key("block") {
            continue;
        }
        match component(&info) {
            Ok(component) => all.push(component),
            Err((message, help)) => {
                let diagnostic = Diagnostic::error("template", message).help(help);
                diagnostics.push(at_definition(diagnostic, templates, name));
            }
        }
    }
    Reported { value: Components::new(all), diagnostics }
}

fn at_definition(diagnostic: Diagnostic, templates: &Templates, name: &str) -> Diagnostic {
    let defined = templates
        .sources
        .iter()
        .find_map(|(file, text)| Some((file, text, error::definition(text, name)?)));
    match defined {
        Some((file, text, place)) => {
            diagnostic.at(&Source::new(&format!("{FOLDER}/{file}"), text), place, "")
        }
        None => diagnostic.in_file(FOLDER),
    }
}

/// What is wrong, and what to do.
type Wrong = (String, String);

fn component(info: &ComponentInfo) -> Result<Component, Wrong> {
    let said = info.metadata();
    if let Some(key) = said.keys().find(|key| !KEYS.contains(&key.as_str())) {
        let message = format!("there is no `{key}` in what a component says of itself");
        return Err((message, one_of(key, &KEYS)));
    }
    let content = chosen(said.get("block"), "block", &CONTENTS)?;
    let no_kinds = Map::default();
    let kinds = match said.get("kinds") {
        None => &no_kinds,
        Some(kinds) => kinds
            .as_map()
            .ok_or_else(|| ("`kinds` must be a table".to_owned(), KINDS_HELP.to_owned()))?,
    };
    let is_taken_from_block = |name: &str| content == Content::Csv && name == TABLE;
    let mut arguments = Vec::new();
    for declared in info.args() {
        if is_taken_from_block(declared.name()) || declared.is_implicit() {
            continue;
        }
        let kind = kinds.iter().find(|(name, _)| name.as_str() == Some(declared.name()));
        let shape = match kind {
            Some((_, kind)) => shape_that_fits(kind, declared)?,
            None => usual_shape(declared),
        };
        let (name, is_required) = (declared.name().to_owned(), declared.is_required());
        arguments.push(Argument { name, shape, is_required });
    }
    let known: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
    let check = |name: &str, key: &str| {
        if known.contains(&name) {
            return Ok(());
        }
        let message = format!("`{key}` names the argument `{name}`, which there is not");
        Err((message, one_of(name, &known)))
    };
    for name in kinds.keys() {
        check(name.as_str().unwrap_or_default(), "kinds")?;
    }
    if content == Content::Csv && !info.args().iter().any(|one| one.name() == TABLE) {
        let message = "a component with a table has no argument for it";
        return Err((message.to_owned(), format!("add the argument `{TABLE}: map`")));
    }
    let embeds = said.get("embeds").and_then(Value::as_str);
    if let Some(name) = embeds {
        check(name, "embeds")?;
    }
    Ok(Component {
        name: info.name().replace('_', "-"),
        template_name: info.name().to_owned(),
        content,
        arguments,
        embeds: embeds.map(str::to_owned),
        styles: files(said.get("styles"), "styles")?,
        scripts: files(said.get("scripts"), "scripts")?,
    })
}

const KINDS_HELP: &str =
    "write `\"kinds\": {\"argument\": \"kind\"}`; docs/templates.md lists the kinds";

fn one_of(written: &str, known: &[&str]) -> String {
    match nearest(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("there are {}", known.join(", "))
        }
    }
}

fn chosen<T: Copy>(value: Option<&Value>, key: &str, all: &[(&str, T)]) -> Result<T, Wrong> {
    let written = value.and_then(Value::as_str).unwrap_or_default();
    let found = all.iter().find(|(name, _)| *name == written);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        (format!("`{key}` cannot be `{written}`"), one_of(written, &names))
    })
}

/// Paths in `static/`.
fn files(value: Option<&Value>, key: &str) -> Result<Vec<String>, Wrong> {
    let Some(value) = value else { return Ok(Vec::new()) };
    let paths = value.as_array().map(|items| items.iter().map(Value::as_str).collect());
    let paths: Option<Vec<&str>> = paths.unwrap_or_default();
    match paths {
        Some(paths) => Ok(paths.into_iter().map(str::to_owned).collect()),
        None => {
            let help = format!("write `\"{key}\": [\"file\"]`, paths in `static/`");
            Err((format!("`{key}` must be a list of files"), help))
        }
    }
}

/// What fits an argument of which only the type is known.
fn usual_shape(argument: &ComponentArg) -> Shape {
    match argument.arg_type() {
        Some(ComponentArgType::String) => Shape::Leaf(Leaf::Text),
        Some(ComponentArgType::Integer) => Shape::Integer,
        Some(ComponentArgType::Float | ComponentArgType::Number) => Shape::Number,
        Some(ComponentArgType::Bool) => Shape::Bool,
        Some(ComponentArgType::Array) => Shape::AnyList,
        Some(ComponentArgType::Map) => Shape::AnyTable,
        _ => Shape::Any,
    }
}

/// The shape of a kind, if values of that kind are of the argument's type.
fn shape_that_fits(kind: &Value, argument: &ComponentArg) -> Result<Shape, Wrong> {
    let shape = shape(kind)?;
    let wanted = match &shape {
        Shape::Leaf(leaf) => match leaf {
            Leaf::Text | Leaf::Markdown | Leaf::Date | Leaf::Link | Leaf::File => "string",
            Leaf::PictureFile | Leaf::Story | Leaf::Video | Leaf::Post => "map",
        },
        Shape::List(_) => "array",
        _ => "map",
    };
    match argument.arg_type().map(|of| of.as_str()) {
        Some(given) if given != wanted => {
            let name = argument.name();
            let message =
                format!("`{name}` is of the type `{given}`, but of a kind that is `{wanted}`");
            Err((message, format!("write `{name}: {wanted}`")))
        }
        _ => Ok(shape),
    }
}

fn shape(kind: &Value) -> Result<Shape, Wrong> {
    if let Some(name) = kind.as_str() {
        if name == PICTURE {
            return Ok(Shape::Picture);
        }
        let leaf = Leaf::NAMES.into_iter().find(|(known, _)| *known == name);
        return leaf.map(|(_, leaf)| Shape::Leaf(leaf)).ok_or_else(|| {
            let names = Leaf::NAMES.iter().map(|(name, _)| *name);
            let names: Vec<&str> = names.chain([PICTURE]).collect();
            (format!("there is no kind `{name}`"), one_of(name, &names))
        });
    }
    if let Some([of]) = kind.as_array() {
        return Ok(Shape::List(Box::new(shape(of)?)));
    }
    let Some(fields) = kind.as_map() else {
        let message = "a kind is a name, a list of one kind, or a table of kinds";
        return Err((message.to_owned(), KINDS_HELP.to_owned()));
    };
    let mut arguments = Vec::new();
    for (name, kind) in fields {
        // `"title?": "text"`: may be absent.
        let name = name.as_str().unwrap_or_default();
        let (name, is_required) = name.strip_suffix('?').map_or((name, true), |name| (name, false));
        arguments.push(Argument { name: name.to_owned(), shape: shape(kind)?, is_required });
    }
    Ok(Shape::Table(arguments))
}
