//! Tera's errors → diagnostics with the template's file, line and excerpt.

use tera::ErrorKind;

use super::Templates;
use crate::diagnostic::{Diagnostic, Source};

/// What to do about the commonest mistakes, by a part of Tera's message.
const HELP: [(&str, &str); 6] = [
    ("Unknown function", "docs/templates.md lists the functions"),
    ("Unknown filter", "docs/templates.md lists the filters"),
    ("Unknown component", "components are defined in `templates/components/`"),
    ("Unknown template", "templates are named relative to `templates/`"),
    (
        "is not defined",
        "docs/templates.md lists what each kind of page has; `{{ x or \"\" }}` allows for nothing",
    ),
    ("recursion", "a component calls itself without end: give it a condition to stop"),
];

fn with_help(diagnostic: Diagnostic) -> Diagnostic {
    let found = HELP.iter().find(|(part, _)| diagnostic.message.contains(part));
    match found {
        Some((_, help)) => diagnostic.help(*help),
        None => diagnostic.help("docs/templates.md describes variables, functions and filters"),
    }
}

/// Turns an error of Tera into diagnostics; `page` is the URL of the page being rendered.
pub(super) fn diagnostics(
    error: &tera::Error,
    templates: &Templates,
    template: &str,
    page: Option<&str>,
) -> Vec<Diagnostic> {
    let rendering = page.map(|page| format!("while rendering `{page}`")).unwrap_or_default();
    let at_span = |message: &str, name: &str, range: std::ops::Range<usize>| {
        let file = format!("templates/{name}");
        let source = Source::new(&file, templates.source(name));
        with_help(Diagnostic::error("template", message).at(&source, range, &*rendering))
    };
    let whole = |message: &str| {
        let file = format!("templates/{template}");
        let diagnostic = Diagnostic::error("template", message);
        vec![with_help(diagnostic.at_place(file, None, &*rendering))]
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![at_span(report.message(), report.filename(), report.span().range.clone())]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            let message = format!(
                "templates include or extend each other in a circle: {}",
                chain.join(" → ")
            );
            vec![
                Diagnostic::error("template", message)
                    .in_file(format!("templates/{tpl}"))
                    .help("remove one of these `include` or `extends`"),
            ]
        }
        ErrorKind::MissingParent { current, parent } => {
            let source = templates.source(current);
            let at = source.find(parent.as_str()).unwrap_or(0);
            vec![at_span(
                &format!("there is no template `{parent}`"),
                current,
                at..at + parent.len(),
            )]
        }
        ErrorKind::Msg(text) => {
            let reports: Vec<Diagnostic> = reports(text)
                .into_iter()
                .map(|(message, name, line, column)| {
                    let file = format!("templates/{name}");
                    let place = Source::new(&file, templates.source(&name)).place_at(line, column);
                    let diagnostic = Diagnostic::error("template", message);
                    with_help(diagnostic.at_place(file, Some(place), &*rendering))
                })
                .collect();
            if reports.is_empty() { whole(text) } else { reports }
        }
        other => whole(&other.to_string()),
    }
}

/// Tera reports unknown names of all templates as one text:
/// `error: MESSAGE\n --> NAME:LINE:COLUMN\n …`, repeated.
fn reports(text: &str) -> Vec<(String, String, usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    lines
        .windows(2)
        .filter_map(|pair| {
            let message = pair.first()?.strip_prefix("error: ")?;
            let place = pair.get(1)?.trim_start().strip_prefix("--> ")?;
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            Some((message.to_owned(), name.to_owned(), line.parse().ok()?, column.parse().ok()?))
        })
        .collect()
}
