//! What the CommonMark specification's own examples (0.31.2) become, and where we differ on purpose.
//!
//! The specification is not part of this repository. `scripts/test` installs it beside the build and names
//! it in `COMMONMARK_SPEC`; without it there is nothing to compare with, which the test says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::borrow::Cow;
use std::path::PathBuf;
use std::{env, fs};

use scraper::{ElementRef, Html, Node};
use visti::diagnostic::Source;
use visti::locale::Typography;
use visti::markdown::{
    Author, Credit, ImageTarget, LinkTarget, Markdown, Problem, RawHtml, Resolver, Word,
};

/// Examples that give something else here, and why. docs/markdown.md says it to editors.
const DIFFERENCES: &[(&str, &[u32])] = &[
    (
        "a picture alone in its paragraph is a figure, and its title the caption",
        &[520, 572, 573, 574, 575, 576, 577, 578, 580, 581, 582, 583, 584, 585, 586, 588, 589, 591],
    ),
    (
        "letters, brackets and the like in addresses are not percent-encoded",
        &[32, 33, 206, 503, 507, 526, 538, 603],
    ),
    ("only http, https, mailto and tel are links", &[596, 598, 599, 601]),
    (
        "a link that leads nowhere, or that nobody sees, is left out",
        &[200, 484, 485, 486, 487, 567],
    ),
    ("an empty heading is left out", &[79]),
    ("line breaks in addresses of HTML are left out", &[642, 643]),
];

/// The version that the examples are of.
const VERSION: &str = "version: '0.31.2'";

/// An example of the specification.
struct Example {
    number: u32,
    markdown: String,
    html: String,
}

/// A site at which everything is where the text says, and that leaves quotation marks alone.
struct Everywhere;

impl Resolver for Everywhere {
    fn is_own(&self, _: &str) -> bool {
        false
    }

    fn link(&self, destination: &str) -> Result<LinkTarget, Problem> {
        Ok(LinkTarget::Url(destination.to_owned()))
    }

    fn image(&self, destination: &str) -> Result<ImageTarget, Problem> {
        Ok(ImageTarget { url: destination.to_owned(), size: None, choice: None })
    }

    fn credit(&self, _: Credit<'_>) -> Cow<'_, str> {
        "".into()
    }

    fn author(&self, _: &str, _: &str) -> Author {
        Author::Unneeded
    }

    fn heading_slug(&self, text: &str) -> String {
        text.to_owned()
    }

    fn typography(&self) -> &Typography {
        Typography::off()
    }

    fn word(&self, _: Word) -> Cow<'_, str> {
        "".into()
    }
}

/// Where the specification is, if it is here.
fn specification() -> Option<String> {
    if let Some(path) = env::var_os("COMMONMARK_SPEC") {
        return Some(fs::read_to_string(&path).expect("COMMONMARK_SPEC names the specification"));
    }
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("..");
    fs::read_to_string(target.join("browser/node_modules/commonmark-spec/spec.txt")).ok()
}

/// The examples stand between lines of 32 backticks; `→` is a tab, and a full stop divides them.
fn examples(specification: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let (start, end) = (format!("\n{fence} example\n"), format!("\n{fence}\n"));
    let pieces = specification.split(&start).skip(1);
    pieces
        .zip(1..)
        .map(|(piece, number)| {
            let example = piece.split(&end).next().unwrap();
            let example = format!("\n{example}\n").replace('→', "\t");
            let (markdown, html) = example.split_once("\n.\n").unwrap();
            let markdown = format!("{}\n", markdown.strip_prefix('\n').unwrap_or(""));
            Example { number, markdown, html: html.to_owned() }
        })
        .collect()
}

fn ours(markdown: &str) -> String {
    let mut html = String::new();
    let source = Source::new("example.md", markdown);
    Markdown::new(RawHtml::Allow).to_html(&source, 0..markdown.len(), &Everywhere, &mut html);
    html
}

/// The HTML as a tree in lines, without white space between blocks, and without what we add
/// everywhere: ids of headings, attributes for loading and scrolling, `noopener`. Their first heading is
/// our second.
fn tree(html: &str) -> String {
    let mut lines = String::new();
    write(Html::parse_fragment(html).root_element(), 0, &mut lines);
    lines
}

fn write(element: ElementRef<'_>, depth: usize, lines: &mut String) {
    for node in element.children() {
        match node.value() {
            Node::Text(text) if text.trim().is_empty() => lines.push(' '),
            Node::Text(text) => lines.push_str(&format!("\n{:depth$}{:?}", "", &**text)),
            Node::Comment(comment) => lines.push_str(&format!("\n{:depth$}<!--{}", "", &**comment)),
            Node::Element(of) => {
                let mut name = of.name();
                if name == "h1" {
                    name = "h2"
                }
                lines.push_str(&format!("\n{:depth$}<{name}", ""));
                for (attribute, value) in of.attrs() {
                    let is_ours = match (name, attribute) {
                        (name, "id") => name.starts_with('h'),
                        ("pre", "tabindex") | ("img", "loading" | "decoding") => true,
                        ("a", "rel") => value == "noopener",
                        _ => false,
                    };
                    if !is_ours {
                        lines.push_str(&format!(" {attribute}={value:?}"))
                    }
                }
                write(ElementRef::wrap(node).unwrap(), depth + 1, lines);
            }
            _ => {}
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that compares nothing says so")]
fn the_examples_of_common_mark_give_what_it_says_but_for_our_differences() {
    let Some(specification) = specification() else {
        eprintln!(
            "The CommonMark specification is not here, so nothing was compared: see scripts/test."
        );
        return;
    };
    assert!(specification.contains(VERSION), "another version of the specification");
    let examples = examples(&specification);
    assert_eq!(examples.len(), 652);
    let listed = |number| DIFFERENCES.iter().find(|(_, numbers)| numbers.contains(&number));
    let mut wrong = Vec::new();
    for Example { number, markdown, html } in &examples {
        let (got, is_same) = (ours(markdown), tree(&ours(markdown)) == tree(html));
        match listed(*number) {
            None if !is_same => {
                wrong.push(format!("{number}\n{markdown}\ngives\n{got}\nand not\n{html}"));
            }
            Some((why, _)) if is_same => wrong.push(format!("{number} does not differ: {why}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
