//! Diagnostics as text: for people (with excerpts) and for tools (one JSON object a line).

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Severity};

/// How diagnostics look on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With ANSI colours.
    Coloured,
    /// Without.
    Plain,
}

/// One diagnostic for people, with excerpts; ends without a line break.
#[must_use]
pub fn for_people(diagnostic: &Diagnostic, style: Style) -> String {
    let renderer = match style {
        Style::Coloured => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        Group::with_title(level.primary_title(diagnostic.message.as_str()).id(&*diagnostic.id));
    for (index, label) in diagnostic.labels.iter().enumerate() {
        match &label.place {
            Some(place) => {
                let kind =
                    if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                let mut annotation = kind.span(place.highlight.clone());
                if !label.text.is_empty() {
                    annotation = annotation.label(label.text.as_str());
                }
                group = group.element(
                    Snippet::source(place.excerpt.as_str())
                        .line_start(place.line)
                        .path(label.file.as_str())
                        .annotation(annotation),
                );
            }
            None => {
                group = group.element(Origin::path(label.file.as_str()));
                if !label.text.is_empty() {
                    group = group.element(Level::NOTE.message(label.text.as_str()));
                }
            }
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group]).to_string()
}

/// The object of `--message-format json`; the keys are promised to tools.
#[derive(Serialize)]
struct Message<'a> {
    severity: &'static str,
    id: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    excerpt: Option<&'a str>,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

/// A further place of the same problem.
#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    text: &'a str,
}

/// One diagnostic as one line of JSON, without the line break.
#[must_use]
pub fn json(diagnostic: &Diagnostic) -> String {
    let first = diagnostic.labels.first();
    let place = first.and_then(|label| label.place.as_ref());
    let message = Message {
        severity: diagnostic.severity.name(),
        id: &diagnostic.id,
        message: &diagnostic.message,
        file: first.map(|label| label.file.as_str()),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        end_line: place.map(|place| place.end_line),
        end_column: place.map(|place| place.end_column),
        excerpt: place.map(|place| place.excerpt.as_str()),
        help: diagnostic.help.as_deref(),
        related: diagnostic
            .labels
            .iter()
            .skip(1)
            .map(|label| Related {
                file: &label.file,
                line: label.place.as_ref().map(|place| place.line),
                column: label.place.as_ref().map(|place| place.column),
                text: &label.text,
            })
            .collect(),
    };
    serde_json::to_string(&message).expect("strings and numbers always serialize")
}
