//! URL patterns of `[urls]`: `/{language}/sections/{slug}/`, parsed once and checked at their place.
//!
//! A pattern that ends in `/` is published as a folder with `index.html`; one that does not is the
//! file itself. Patterns give decoded paths; percent-encoding happens where a URL is made.

use std::fmt;

/// A part of a pattern that a page fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// The language's code: `ua`.
    Language,
    /// The file's path below the language folder, with `slug` for its last segment.
    Path,
    /// The slug of an article or a term.
    Slug,
    /// The slug of the article's section; empty segments are dropped.
    Section,
    /// Four digits, in the site's zone.
    Year,
    /// Two digits.
    Month,
    /// Two digits.
    Day,
}

const PLACEHOLDERS: [(&str, Placeholder); 7] = [
    ("language", Placeholder::Language),
    ("path", Placeholder::Path),
    ("slug", Placeholder::Slug),
    ("section", Placeholder::Section),
    ("year", Placeholder::Year),
    ("month", Placeholder::Month),
    ("day", Placeholder::Day),
];

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = PLACEHOLDERS.iter().find(|(_, placeholder)| placeholder == self);
        write!(f, "{{{}}}", name.map_or("", |(name, _)| name))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(Placeholder),
}

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlPattern {
    parts: Vec<Part>,
}

/// Which placeholders a kind of page may use, and which of them make its URLs differ.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// May be used, beside [`Placeholder::Language`].
    pub allowed: &'static [Placeholder],
    /// Of each group one is needed.
    pub needed: &'static [&'static [Placeholder]],
    /// Whether numbered pages are put below it, so that it must end in `/`.
    pub is_folder: bool,
}

impl UrlPattern {
    /// Parses a pattern by the rules of its kind of page.
    ///
    /// # Errors
    /// What is wrong with it, in words, and what to write instead.
    pub fn parse(text: &str, rules: Rules) -> Result<Self, (String, String)> {
        let example = "write a path such as `/{language}/{path}/`".to_owned();
        if !text.starts_with('/') {
            return Err((format!("the URL pattern `{text}` does not begin with `/`"), example));
        }
        if rules.is_folder && !text.ends_with('/') {
            let message = format!("the URL pattern `{text}` does not end with `/`");
            return Err((message, "end it with `/`: its numbered pages go below it".to_owned()));
        }
        let bad = |character: char| {
            character.is_control()
                || character.is_whitespace()
                || "\\?#%<>\"|*:".contains(character)
        };
        if let Some(character) = text.chars().find(|character| bad(*character)) {
            let message =
                format!("the URL pattern `{text}` contains `{}`", character.escape_debug());
            return Err((message, "use letters, digits, `-`, `_`, `.` and `/`".to_owned()));
        }
        let parts = Self::parts(text, rules)?;
        let has = |wanted: &[Placeholder]| {
            parts.iter().any(|part| matches!(part, Part::Placeholder(p) if wanted.contains(p)))
        };
        for group in rules.needed {
            if !has(group) {
                let names: Vec<String> = group.iter().map(|name| format!("`{name}`")).collect();
                return Err((
                    format!("the URL pattern `{text}` gives all its pages the same address"),
                    format!("add {}", names.join(" or ")),
                ));
            }
        }
        let fixed = parts.iter().map(|part| match part {
            Part::Text(text) => text.as_str(),
            Part::Placeholder(_) => "x",
        });
        let shape: String = fixed.collect();
        let shape = shape.strip_suffix('/').unwrap_or(&shape);
        if shape.split('/').skip(1).any(|segment| matches!(segment, "" | "." | "..")) {
            return Err((format!("the URL pattern `{text}` has an empty or dotted part"), example));
        }
        Ok(Self { parts })
    }

    fn parts(text: &str, rules: Rules) -> Result<Vec<Part>, (String, String)> {
        let names = || {
            let allowed = rules.allowed.iter().map(|name| format!("`{name}`"));
            let all: Vec<String> =
                std::iter::once(format!("`{}`", Placeholder::Language)).chain(allowed).collect();
            format!("this kind of page knows {}", all.join(", "))
        };
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else {
                return Err((format!("a `{{` in the URL pattern `{text}` is not closed"), names()));
            };
            let placeholder = PLACEHOLDERS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, placeholder)| *placeholder)
                .filter(|placeholder| {
                    *placeholder == Placeholder::Language || rules.allowed.contains(placeholder)
                });
            let Some(placeholder) = placeholder else {
                return Err((format!("`{{{name}}}` is not known in this URL pattern"), names()));
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(Part::Placeholder(placeholder));
            rest = behind;
        }
        if rest.contains('}') {
            return Err((format!("a `}}` in the URL pattern `{text}` has no `{{`"), names()));
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(parts)
    }

    /// The decoded path for the values that `fill` writes.
    pub fn expand(&self, mut fill: impl FnMut(Placeholder, &mut String)) -> String {
        let mut path = String::with_capacity(96);
        for part in &self.parts {
            match part {
                Part::Text(text) => path.push_str(text),
                Part::Placeholder(placeholder) => fill(*placeholder, &mut path),
            }
        }
        // An article without a section leaves `//` where `{section}` stood.
        if self.parts.contains(&Part::Placeholder(Placeholder::Section)) {
            while let Some(at) = path.find("//") {
                path.remove(at);
            }
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: Rules = Rules {
        allowed: &[Placeholder::Path, Placeholder::Slug, Placeholder::Section],
        needed: &[&[Placeholder::Path, Placeholder::Slug]],
        is_folder: false,
    };

    fn problem(text: &str) -> String {
        let (message, help) = UrlPattern::parse(text, ARTICLE).unwrap_err();
        format!("{message} ({help})")
    }

    #[test]
    fn a_pattern_is_filled_in() {
        let pattern = UrlPattern::parse("/{language}/{section}/{slug}.html", ARTICLE).unwrap();
        let url = pattern.expand(|placeholder, path| match placeholder {
            Placeholder::Language => path.push_str("ua"),
            Placeholder::Slug => path.push_str("talks"),
            _ => {}
        });
        assert_eq!(url, "/ua/talks.html");
    }

    #[test]
    fn a_wrong_pattern_is_explained() {
        insta::assert_snapshot!(problem("{language}/x"), @"the URL pattern `{language}/x` does not begin with `/` (write a path such as `/{language}/{path}/`)");
        insta::assert_snapshot!(problem("/{language}/news/"), @"the URL pattern `/{language}/news/` gives all its pages the same address (add `{path}` or `{slug}`)");
        insta::assert_snapshot!(problem("/{lang}/{path}/"), @"`{lang}` is not known in this URL pattern (this kind of page knows `{language}`, `{path}`, `{slug}`, `{section}`)");
        insta::assert_snapshot!(problem("/../{path}/"), @"the URL pattern `/../{path}/` has an empty or dotted part (write a path such as `/{language}/{path}/`)");
        insta::assert_snapshot!(problem("/{path"), @"a `{` in the URL pattern `/{path` is not closed (this kind of page knows `{language}`, `{path}`, `{slug}`, `{section}`)");
    }
}
