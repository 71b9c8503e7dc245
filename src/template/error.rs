//! Tera's errors → diagnostics with the template's file, line and excerpt, in the words of
//! `docs/templates.md`. Tera writes for programmers: its messages are taken apart and said again.

use std::ops::Range;

use tera::ErrorKind;

use super::{FOLDER, Templates, functions};
use crate::diagnostic::{Diagnostic, Source, nearest};

const MANUAL: &str = "docs/templates.md describes variables, functions and filters";
const FIELDS: &str = "docs/templates.md lists what each kind of page has; a component has only its \
                      arguments";
const OR_NOTHING: &str =
    "write `{{ x or \"\" }}` where it may be absent, or test it with `{% if %}`";

/// Lists of names that are longer say nothing.
const FEW: usize = 8;

/// Turns an error of Tera into diagnostics; `page` is the URL of the page being rendered.
pub(super) fn diagnostics(
    error: &tera::Error,
    templates: &Templates,
    template: &str,
    page: Option<&str>,
) -> Vec<Diagnostic> {
    let translator = Translator { templates, page };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            vec![translator.at(report.message(), report.filename(), range)]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            vec![translator.circle(tpl, chain)]
        }
        ErrorKind::MissingParent { current, parent } => {
            let at = templates.source(current).find(parent.as_str()).unwrap_or(0);
            let message = format!("Unknown template `{parent}`");
            vec![translator.at(&message, current, at..at + parent.len())]
        }
        ErrorKind::Msg(text) => {
            let reports: Vec<Diagnostic> = reports(text)
                .into_iter()
                .map(|(message, name, line, column)| {
                    let range = name_at(templates.source(name), line, column);
                    translator.at(message, name, range)
                })
                .collect();
            if reports.is_empty() { vec![translator.whole(text, template)] } else { reports }
        }
        other => vec![translator.whole(&other.to_string(), template)],
    }
}

/// The message with which a template ended the rendering itself, if it did: `throw(message="…")`.
pub(super) fn thrown(error: &tera::Error, templates: &Templates) -> Option<String> {
    let ErrorKind::RenderingError(report) = error.kind() else { return None };
    let written = templates.source(report.filename()).get(report.span().range.clone())?;
    written.trim_start().starts_with("throw").then(|| report.message().to_owned())
}

struct Translator<'a> {
    templates: &'a Templates,
    page: Option<&'a str>,
}

impl Translator<'_> {
    fn rendering(&self) -> String {
        self.page.map(|page| format!("while rendering `{page}`")).unwrap_or_default()
    }

    /// A message at a place in a template.
    fn at(&self, message: &str, name: &str, range: Range<usize>) -> Diagnostic {
        let file = format!("{FOLDER}/{name}");
        let source = Source::new(&file, self.templates.source(name));
        let written = source.text.get(range.clone()).unwrap_or("");
        let (message, help) = self.in_our_words(message, written);
        Diagnostic::error("template", message).at(&source, range, self.rendering()).help(help)
    }

    /// A message about a template as a whole.
    fn whole(&self, message: &str, template: &str) -> Diagnostic {
        if message.contains("recursion") {
            return self.recursion(template);
        }
        if let Some((name, first, second)) = two_components(message) {
            let place = |file: &str| {
                let source = Source::new(file, self.templates.source(file));
                definition(source.text, name).map(|at| source.place(at))
            };
            return Diagnostic::error("template", format!("two components have the name `{name}`"))
                .at_place(format!("{FOLDER}/{second}"), place(second), "this is one")
                .at_place(format!("{FOLDER}/{first}"), place(first), "this is the other")
                .help("give one of them another name");
        }
        let (message, help) = self.in_our_words(message, "");
        let file = format!("{FOLDER}/{template}");
        Diagnostic::error("template", message).at_place(file, None, self.rendering()).help(help)
    }

    /// Templates that include or extend each other; the loop alone, without the way there.
    fn circle(&self, name: &str, chain: &[String]) -> Diagnostic {
        let last = chain.last().map_or(name, String::as_str);
        let start = chain.iter().position(|part| part == last).unwrap_or(0);
        let mut circle: Vec<&str> = chain.iter().skip(start).map(String::as_str).collect();
        if circle.len() < 2 {
            circle = [name].into_iter().chain(chain.iter().map(String::as_str)).collect();
        }
        let message = format!("templates include or extend each other: {}", circle.join(" → "));
        let (from, to) = match circle.as_slice() {
            [from, to, ..] => (*from, *to),
            _ => (name, name),
        };
        let file = format!("{FOLDER}/{from}");
        let source = Source::new(&file, self.templates.source(from));
        let place = source.text.find(to).map(|at| source.place(at..at + to.len()));
        Diagnostic::error("template", message)
            .at_place(file.as_str(), place, "")
            .help("remove one of these `include` or `extends`")
    }

    /// A component that calls itself: Tera counts the depth and does not say which; the first call
    /// that leads back to its own component is shown.
    fn recursion(&self, template: &str) -> Diagnostic {
        let message = "a component calls itself without end";
        let help = "give it a condition under which it does not call itself";
        let diagnostic = Diagnostic::error("template", message).help(help);
        for (name, text) in &self.templates.sources {
            for component in components(text) {
                if let Some(call) = call(text, component).filter(|at| {
                    definition(text, component).is_some_and(|defined| at.start > defined.end)
                }) {
                    let file = format!("{FOLDER}/{name}");
                    return diagnostic.at(&Source::new(&file, text), call, self.rendering());
                }
            }
        }
        diagnostic.at_place(format!("{FOLDER}/{template}"), None, self.rendering())
    }

    /// Message and remedy. `written` is what stands at the place.
    fn in_our_words(&self, message: &str, written: &str) -> (String, String) {
        let name = quoted(message).unwrap_or("");
        if message.starts_with("Field `") || message.starts_with("Variable `") {
            return (format!("`{name}` is not defined"), known_instead(name, message));
        }
        if message.contains("variable that is undefined") {
            return ("this is not defined here".to_owned(), OR_NOTHING.to_owned());
        }
        if let Some((kind, _)) = message.strip_prefix("Unknown ").and_then(|m| m.split_once(" `")) {
            if !kind.starts_with("argument") {
                return (format!("there is no {kind} `{name}`"), self.instead_of(kind, name));
            }
            let known = message.split_once("are: ").map_or("no arguments", |(_, known)| known);
            return (format!("the component has no argument `{name}`"), format!("it has {known}"));
        }
        if let Some((kind, wanted, got)) = types(message) {
            let what = match kind {
                "" => "an argument".to_owned(),
                argument => format!("the argument `{argument}`"),
            };
            let message = format!("{what} must be {}, not {}", type_name(wanted), type_name(got));
            return (message, MANUAL.to_owned());
        }
        let is_missing = message.starts_with("Argument `") && message.ends_with("missing.");
        if is_missing || message.starts_with("Missing keyword argument") {
            return (format!("the argument `{name}` is missing"), format!("add `{name}=…`"));
        }
        if message == "Unknown tag" {
            return unknown_tag(written);
        }
        if let Some((found, expected)) =
            message.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected "))
        {
            return unexpected(found, expected.trim_end_matches('.'));
        }
        // Ours come with their remedy: `there is no section `x`; did you mean `y`?`
        if let Some((message, help)) = message.split_once("; ") {
            return (message.to_owned(), help.to_owned());
        }
        let help = if message.starts_with("no string is named") {
            "add it to every file in `templates/strings/`"
        } else if message.starts_with("there is no file") {
            "put it there, or correct the path"
        } else {
            MANUAL
        };
        let message = message.trim_end_matches('.');
        let mut characters = message.chars();
        let first = characters.next().into_iter().flat_map(char::to_lowercase);
        (first.chain(characters).collect(), help.to_owned())
    }

    /// What to do about a name that is not known.
    fn instead_of(&self, kind: &str, name: &str) -> String {
        let sources = &self.templates.sources;
        let near = match kind {
            "function" => nearest(name, functions::FUNCTIONS),
            "filter" => nearest(name, functions::FILTERS),
            "component" => nearest(name, sources.values().flat_map(|text| components(text))),
            "template" => nearest(name, sources.keys().map(String::as_str)),
            _ => None,
        };
        match (near, kind) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, "component") => "components are defined in `templates/components/`".to_owned(),
            (None, "template") => "name it by its path below `templates/`".to_owned(),
            (None, _) => format!("docs/templates.md lists the {kind}s"),
        }
    }
}

/// The nearest of the names that Tera lists as available, or what else to do.
fn known_instead(name: &str, message: &str) -> String {
    let Some((_, list)) = message.split_once("Available ") else {
        return if message.starts_with("Field") {
            format!("what stands before the dot has no fields here: write `?.{name} or \"\"`")
        } else {
            FIELDS.to_owned()
        };
    };
    let known: Vec<&str> =
        list.split_once(": ").map_or("", |(_, names)| names).split(", ").collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= FEW && message.starts_with("Field") => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("there are {}", known.join(", "))
        }
        None => FIELDS.to_owned(),
    }
}

fn unknown_tag(written: &str) -> (String, String) {
    if written.starts_with("end") {
        let help = "a tag before it is not closed, or closed twice";
        return (format!("`{written}` does not belong here"), help.to_owned());
    }
    const TAGS: [&str; 9] =
        ["if", "for", "set", "block", "extends", "include", "component", "filter", "raw"];
    let help = match nearest(written, TAGS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "the tags are those of Tera 2; docs/templates.md says what differs from Tera 1".into()
        }
    };
    (format!("there is no tag `{written}`"), help)
}

fn unexpected(found: &str, expected: &str) -> (String, String) {
    let in_words = |token: &str| match token {
        "identifier" => "a name".to_owned(),
        "string" => "a text in quotes".to_owned(),
        _ if token.starts_with("one of") => "a value".to_owned(),
        _ => format!("`{}`", token.trim_matches('`')),
    };
    let (found, expected) = (in_words(found), in_words(expected));
    (format!("{expected} is expected here, not {found}"), MANUAL.to_owned())
}

/// Which argument (empty if Tera does not say), the wanted type, and the type there is.
fn types(message: &str) -> Option<(&str, &str, &str)> {
    if let Some(rest) = message.strip_prefix("Invalid type for the value, expected `") {
        let (wanted, rest) = rest.split_once("` but got `")?;
        return Some(("", wanted, rest.strip_suffix('`')?));
    }
    let (argument, rest) =
        message.strip_prefix("Component argument `")?.split_once("` (type: `")?;
    let (got, wanted) = rest.split_once("`) does not match expected type: `")?;
    Some((argument, wanted.strip_suffix('`')?, got))
}

fn type_name(name: &str) -> String {
    match name {
        "str" | "&str" | "string" | "String" => "a text".to_owned(),
        "usize" | "u64" | "i64" | "u128" | "i128" | "integer" => "a whole number".to_owned(),
        "f64" | "float" | "number" => "a number".to_owned(),
        "bool" => "true or false".to_owned(),
        "array" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "none" | "undefined" => "nothing".to_owned(),
        other => format!("`{other}`"),
    }
}

/// `Component `x` is defined in both `a.html` and `b.html``.
fn two_components(message: &str) -> Option<(&str, &str, &str)> {
    let (name, files) =
        message.strip_prefix("Component `")?.split_once("` is defined in both `")?;
    let (first, second) = files.trim_end_matches(['.', '`']).split_once("` and `")?;
    Some((name, first, second))
}

/// The first text in backticks.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// The names of the components that a template defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).filter_map(|tag| {
        let name = tag.trim_start_matches('-').trim_start().strip_prefix("component ")?;
        let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        name.get(..end)
    })
}

/// Where a component's name stands in its definition.
pub(super) fn definition(text: &str, name: &str) -> Option<Range<usize>> {
    let at = text.find(&format!("component {name}("))? + "component ".len();
    Some(at..at + name.len())
}

/// Where a component is called.
fn call(text: &str, name: &str) -> Option<Range<usize>> {
    let start = format!("<{name}");
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    let at = text
        .match_indices(&start)
        .map(|(at, _)| at)
        .find(|at| text.get(at + start.len()..).is_some_and(|rest| rest.starts_with(is_end)))?;
    Some(at..at + start.len())
}

/// The name at a line and column, both from 1; Tera gives only its beginning.
fn name_at(text: &str, line: usize, column: usize) -> Range<usize> {
    let line_start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest: &str = text.get(line_start..).unwrap_or("");
    let offset = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    let start = line_start + offset;
    let rest = text.get(start..).unwrap_or("");
    let lead = rest.len() - rest.trim_start_matches(['<', '"', '\'']).len();
    let name = rest.get(lead..).unwrap_or("");
    let is_end = |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.' | '/');
    let end = name.find(is_end).unwrap_or(name.len());
    start + lead..start + lead + end
}

/// Tera reports unknown names of all templates as one text:
/// `error: MESSAGE\n --> NAME:LINE:COLUMN\n …`, repeated.
fn reports(text: &str) -> Vec<(&str, &str, usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| {
            let message = pair.first()?.strip_prefix("error: ")?;
            let place = pair.get(1)?.trim_start().strip_prefix("--> ")?;
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            Some((message, name, line.parse().ok()?, column.parse().ok()?))
        })
        .collect()
}
