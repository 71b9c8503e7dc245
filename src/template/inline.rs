//! Scripts and styles that stand in templates themselves: their hashes, by which a content security policy
//! allows them, and what no policy can allow.
//!
//! In: the texts of templates, as they are written. Out: [`InlineCode`], or a warning at the place of a script
//! that differs from page to page, or of code in an attribute. Data in `<script type="application/ld+json">`
//! is no script to a browser.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Source};

/// The hashes of what stands in templates: `sha256-…`, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InlineCode {
    /// Of scripts.
    pub scripts: Vec<String>,
    /// Of style sheets.
    pub styles: Vec<String>,
}

/// Looks through the templates; `sources` are their names and texts.
pub(super) fn of_templates<'t>(
    sources: impl Iterator<Item = (&'t String, &'t String)>,
    config: &Config,
) -> (InlineCode, Vec<Diagnostic>) {
    let mut inline = InlineCode::default();
    let mut diagnostics = Vec::new();
    for (name, text) in sources {
        let file = format!("{}/{name}", super::FOLDER);
        let source = Source::new(&file, text);
        for tag in tags(text) {
            read_tag(
                &tag,
                text,
                &mut inline,
                |problem, at| {
                    diagnostics.push(problem.at(&source, at, ""));
                },
                config,
            );
        }
    }
    for hashes in [&mut inline.scripts, &mut inline.styles] {
        hashes.sort();
        hashes.dedup();
    }
    (inline, diagnostics)
}

fn read_tag(
    tag: &Tag,
    text: &str,
    inline: &mut InlineCode,
    mut report: impl FnMut(Diagnostic, Range<usize>),
    config: &Config,
) {
    let value = |name: &str| {
        let attribute = tag.attributes.iter().find(|attribute| attribute.name == name)?;
        Some((text.get(attribute.value.clone())?, attribute.value.clone()))
    };
    for attribute in &tag.attributes {
        let is_handler = attribute.name.strip_prefix("on").is_some_and(|event| {
            !event.is_empty() && event.chars().all(|c| c.is_ascii_alphabetic())
        });
        if is_handler {
            let name = &attribute.name;
            let message =
                format!("browsers will not run `{name}`: the policy allows no code in attributes");
            let help = "listen for the event in a script of `static/`";
            report(Diagnostic::warning("csp-blocked", message).help(help), attribute.at.clone());
        }
    }
    let is_sheet = tag.name == "link" && value("rel").is_some_and(|(rel, _)| rel == "stylesheet");
    let loaded = match &*tag.name {
        "script" => value("src").map(|found| ("script-src", found)),
        "link" if is_sheet => value("href").map(|found| ("style-src", found)),
        _ => None,
    };
    if let Some((directive, (url, at))) = loaded {
        if let Some(origin) = foreign_origin(url)
            && !is_allowed(config, directive, &origin)
        {
            let message =
                format!("browsers will not load this: the policy does not allow `{origin}`");
            let help =
                format!("write `{directive} = [\"{origin}\"]` below `[headers.csp]` in site.toml");
            report(Diagnostic::warning("csp-blocked", message).help(help), at);
        }
        return;
    }
    let hashes = match &*tag.name {
        "script" if is_run(value("type").map(|(kind, _)| kind)) => &mut inline.scripts,
        "style" => &mut inline.styles,
        _ => return,
    };
    let Some(code) = tag.code.as_ref().and_then(|at| text.get(at.clone())) else { return };
    if ["{{", "{%", "{#"].iter().any(|begin| code.contains(begin)) {
        let what = if tag.name == "script" { "script" } else { "style sheet" };
        let message = format!(
            "browsers will ignore this {what}: it may differ from page to page, which a policy cannot allow"
        );
        let help =
            "move it to a file in `static/`, and what differs to `data-` attributes or classes";
        report(Diagnostic::warning("csp-blocked", message).help(help), tag.at.clone());
    } else if !code.is_empty() {
        hashes.push(hash(code));
    }
}

/// The hash of a script as browsers take it: with line feeds alone.
fn hash(code: &str) -> String {
    let code = code.replace("\r\n", "\n").replace('\r', "\n");
    format!("sha256-{}", STANDARD.encode(Sha256::digest(code.as_bytes())))
}

/// Whether a policy has a say in a script of this type; data blocks it lets be.
fn is_run(kind: Option<&str>) -> bool {
    let Some(kind) = kind else { return true };
    let kind = kind.trim().to_ascii_lowercase();
    matches!(&*kind, "" | "module" | "importmap" | "speculationrules")
        || kind.contains("javascript")
        || kind.contains("ecmascript")
        || kind.contains("{{")
}

/// The origin of an address on another host that stands there as it is.
fn foreign_origin(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.contains('{'))?;
    Some(format!("https://{host}"))
}

fn is_allowed(config: &Config, directive: &str, origin: &str) -> bool {
    let added = config.headers.csp.iter().flatten();
    let mut sources = added.filter(|(name, _)| *name == directive).flat_map(|(_, sources)| sources);
    let host = origin.strip_prefix("https://").unwrap_or(origin);
    config.base_url.origin == origin
        || sources.any(|source| {
            let of = source.strip_prefix("https://").unwrap_or(source);
            let of = of.split('/').next().unwrap_or(of);
            let is_below = of.strip_prefix("*").is_some_and(|domain| host.ends_with(domain));
            source == "https:" || of == host || is_below
        })
}

/// A tag of a template.
#[derive(Debug)]
struct Tag {
    name: String,
    attributes: Vec<Attribute>,
    /// Where it stands, without what is in the element.
    at: Range<usize>,
    /// What stands in a script or style sheet.
    code: Option<Range<usize>>,
}

#[derive(Debug)]
struct Attribute {
    name: String,
    at: Range<usize>,
    value: Range<usize>,
}

/// The opening tags of a template, outside of comments and of Tera's own brackets.
fn tags(text: &str) -> Vec<Tag> {
    let mut reader = Reader { text, at: 0 };
    let mut tags = Vec::new();
    while let Some(rest) = text.get(reader.at..).filter(|rest| !rest.is_empty()) {
        if reader.skip_tera() || reader.skip_between("<!--", "-->") {
            continue;
        }
        let begins =
            rest.starts_with('<') && rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        if begins { tags.push(reader.tag()) } else { reader.step() }
    }
    tags
}

/// A place in a template.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).expect("a place between characters")
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Over one character.
    fn step(&mut self) {
        self.at += self.next().map_or(0, char::len_utf8);
    }

    fn skip_between(&mut self, begin: &str, end: &str) -> bool {
        let Some(inner) = self.rest().strip_prefix(begin) else { return false };
        let inner_len = inner.find(end).map_or(inner.len(), |at| at + end.len());
        self.at += begin.len() + inner_len;
        true
    }

    fn skip_tera(&mut self) -> bool {
        [("{#", "#}"), ("{{", "}}"), ("{%", "%}")]
            .iter()
            .any(|(begin, end)| self.skip_between(begin, end))
    }

    /// Up to a character that ends what is read; Tera's brackets are part of it.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        while self.next().is_some_and(|c| !ends(c)) {
            if !self.skip_tera() {
                self.step();
            }
        }
        start..self.at
    }

    fn tag(&mut self) -> Tag {
        let start = self.at;
        self.step();
        let name = self.until(|c| c.is_whitespace() || matches!(c, '>' | '/' | '{'));
        let name = self.text.get(name).unwrap_or("").to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            match self.next() {
                None => break,
                Some('>') => {
                    self.step();
                    break;
                }
                Some(c) if c.is_whitespace() || c == '/' => self.step(),
                Some(_) if self.skip_tera() => {}
                Some(_) => attributes.push(self.attribute()),
            }
        }
        let at = start..self.at;
        let code = matches!(&*name, "script" | "style").then(|| self.code(&name));
        Tag { name, attributes, at, code }
    }

    fn attribute(&mut self) -> Attribute {
        let start = self.at;
        // Also a stray `=`, so that every attribute moves on.
        self.step();
        self.until(|c| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '{'));
        let name = self.text.get(start..self.at).unwrap_or("").to_ascii_lowercase();
        let mut value = self.at..self.at;
        let behind = self.rest().trim_start();
        if behind.starts_with('=') {
            self.at = self.text.len() - behind.len() + 1;
            self.at = self.text.len() - self.rest().trim_start().len();
            match self.next() {
                Some(quote @ ('"' | '\'')) => {
                    self.step();
                    value = self.until(|c| c == quote);
                    self.step();
                }
                _ => value = self.until(|c| c.is_whitespace() || c == '>'),
            }
        }
        Attribute { name, at: start..self.at, value }
    }

    /// Up to the end tag of a script or style sheet.
    fn code(&mut self, name: &str) -> Range<usize> {
        let start = self.at;
        let end = format!("</{name}");
        while self.next().is_some() {
            let is_end =
                self.rest().get(..end.len()).is_some_and(|at| at.eq_ignore_ascii_case(&end));
            if is_end {
                break;
            }
            self.step();
        }
        start..self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let shown = |tag: Tag| {
            let attributes = tag.attributes.iter().map(|attribute| {
                let value = text.get(attribute.value.clone()).unwrap();
                format!(" {}={value}", attribute.name)
            });
            let attributes: String = attributes.collect();
            let code = tag.code.map_or(String::new(), |at| format!(" [{}]", text.get(at).unwrap()));
            format!("{}{attributes}{code}", tag.name)
        };
        tags(text).into_iter().map(shown).collect()
    }

    #[test]
    fn tags_are_found_around_and_within_the_brackets_of_templates() {
        for (text, expected) in [
            ("<p class=a>1 < 2</p><BR/>", &["p class=a", "br"][..]),
            (
                "<link href=\"{{ asset(path=\"a>.css\") }}\" rel='stylesheet'>",
                &["link href={{ asset(path=\"a>.css\") }} rel=stylesheet"],
            ),
            ("{# <script>a</script> #}<!-- <script>b</script> -->{{ <card of={x}/> }}", &[]),
            (
                "<a{% if x %} onclick = \"go('a')\"{% endif %} hidden>",
                &["a onclick=go('a') hidden="],
            ),
            (
                "<script>if (a < b) { c = '<p>' }</SCRIPT ><i>",
                &["script [if (a < b) { c = '<p>' }]", "i"],
            ),
            ("<style>a > b {}</style>", &["style [a > b {}]"]),
            ("<p =x><", &["p =x="]),
            ("<p title=\"не закрито", &["p title=не закрито"]),
            ("<script>без кінця", &["script [без кінця]"]),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }

    #[test]
    fn a_hash_is_that_of_the_script_with_line_feeds_alone() {
        // `printf "alert('Hello, world.');" | openssl sha256 -binary | openssl base64`, as in the CSP's text.
        let known = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(hash("alert('Hello, world.');"), known);
        assert_eq!(hash("a\r\nb\rc\n"), hash("a\nb\nc\n"));
    }

    #[test]
    fn data_in_a_script_element_is_not_run() {
        for kind in [None, Some(""), Some("module"), Some(" text/JavaScript "), Some("importmap")] {
            assert!(is_run(kind), "{kind:?}");
        }
        for kind in [Some("application/ld+json"), Some("application/json"), Some("text/plain")] {
            assert!(!is_run(kind), "{kind:?}");
        }
    }
}
