//! The manuals say what the program does.
//!
//! `VISTI_BLESS=1 cargo test --test docs` writes the tables of types into docs/templates.md anew.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- types: begin -->";
const END: &str = "<!-- types: end -->";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The reference of types as `docs/templates.md` must have it.
fn type_tables() -> String {
    let mut text = String::new();
    for of in visti::template::context::documentation() {
        write!(text, "\n### {}\n\n{}\n\n| field | type | what |\n|---|---|---|\n", of.name, of.doc)
            .unwrap();
        for field in of.fields {
            writeln!(text, "| `{}` | {} | {} |", field.name, field.type_name, field.doc).unwrap();
        }
    }
    text.push('\n');
    text
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a developer's own command rewrites the manual")]
fn the_manual_lists_what_templates_are_given() {
    let manual = read("docs/templates.md");
    let (before, rest) = manual.split_once(BEGIN).expect("a line that begins the types");
    let (types, after) = rest.split_once(END).expect("a line that ends the types");
    let expected = format!("\n{}", type_tables());
    if std::env::var("VISTI_BLESS").is_ok() {
        let manual = format!("{before}{BEGIN}{expected}{END}{after}");
        fs::write(path("docs/templates.md"), manual).unwrap();
        return;
    }
    assert!(types == expected, "run `VISTI_BLESS=1 cargo test --test docs`, then look at the diff");
}

#[test]
fn the_manual_has_every_function_and_filter_and_no_other() {
    let code = read("src/template/functions.rs");
    let registered = |method: &str| -> BTreeSet<String> {
        let call = format!("{method}(\"");
        let calls = code.split(&call).skip(1);
        calls.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let manual = read("docs/templates.md");
    let headings = |chapter: &str| -> BTreeSet<String> {
        let heading = format!("\n## {chapter}\n");
        let text = manual.split(&heading).nth(1).expect(chapter);
        let text = text.split("\n## ").next().unwrap();
        let headings = text.lines().filter_map(|line| line.strip_prefix("### `"));
        headings
            .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(registered("register_function"), headings("Functions"));
    assert_eq!(registered("register_filter"), headings("Filters"));
}

#[test]
fn the_manual_names_every_component_of_the_theme() {
    let manual = read("docs/templates.md");
    let chapter = manual.split("\n## Components\n").nth(1).unwrap().split("\n## ").next().unwrap();
    for entry in fs::read_dir(path("templates/components")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".html").unwrap();
        assert!(chapter.contains(&format!("`{name}`")), "docs/templates.md does not name `{name}`");
    }
}

#[test]
fn every_problem_is_explained_with_its_kind() {
    let manual = read("docs/diagnostics.md");
    let mut explained = BTreeSet::new();
    for row in manual.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{row}");
        for kind in cells[1].split(", ") {
            let problem = (cells[0].trim_matches('`').to_owned(), kind.to_owned());
            assert!(explained.insert(problem), "explained twice: {row}");
        }
    }
    let real = problems_in_the_code();
    let missing: Vec<_> = real.difference(&explained).collect();
    assert!(missing.is_empty(), "docs/diagnostics.md lacks {missing:?}");
    let superfluous: Vec<_> = explained.difference(&real).collect();
    assert!(superfluous.is_empty(), "docs/diagnostics.md explains what is gone: {superfluous:?}");
}

/// The names of all problems, each with `error` or `warning`.
fn problems_in_the_code() -> BTreeSet<(String, String)> {
    let mut problems = BTreeSet::new();
    let src = path("src");
    for entry in walkdir::WalkDir::new(&src).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        // `Diagnostic::error("id"`, `self.warn("id"`, and a Problem's fields in their usual order.
        for (before, kind) in [
            ("error(", "error"),
            ("warning(", "warning"),
            ("warn(", "warning"),
            ("Severity::Error, id:", "error"),
            ("Severity::Warning, id:", "warning"),
        ] {
            let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
            for rest in code.split(before).skip(1) {
                if let Some(id) = id_at_start(rest) {
                    problems.insert((id.to_owned(), kind.to_owned()));
                }
            }
        }
    }
    problems
}

/// The `id` of `"id",`.
fn id_at_start(code: &str) -> Option<&str> {
    let (id, rest) = code.trim_start().strip_prefix('"')?.split_once('"')?;
    let is_id = !id.is_empty()
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (is_id && rest.starts_with(',')).then_some(id)
}

#[test]
fn the_sample_configuration_shows_every_key() {
    let sample = read("site.toml");
    let without_tests = |name: &str| {
        let code = read(&format!("src/config/{name}"));
        code.split("#[cfg(test)]").next().unwrap().to_owned()
    };
    let files = [
        "mod.rs",
        "language.rs",
        "front.rs",
        "feeds.rs",
        "publisher.rs",
        "sitemaps.rs",
        "headers.rs",
        "hosting.rs",
        "extras.rs",
    ];
    let mut code = files.map(without_tests).concat();
    code = code.replace("number(&table, ", "number(").replace("amount(&table, ", "number(");
    for method in [
        "required_text",
        "text",
        "texts",
        "boolean",
        "integer",
        "number",
        "table",
        "free",
        "pattern",
        "form",
        "table, ",
    ] {
        for rest in code.split(&format!("{method}(\"")).skip(1) {
            let key = rest.split('"').next().unwrap();
            let is_there =
                sample.contains(&format!("{key} =")) || sample.contains(&format!("[{key}"));
            assert!(is_there, "site.toml does not show `{key}`");
        }
    }
}
