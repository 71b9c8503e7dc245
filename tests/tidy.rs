//! The shape of `src/`: which module may use which, how long a file may be, and that no language is
//! special.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module uses. A module uses only what stands above it, so arrows go one way: what knows
/// no site (the first half) tests and fuzzes alone, and `build` stands on all of it.
const ARROWS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("html", &[]),
    ("schema", &[]),
    ("xml", &[]),
    ("profile", &[]),
    ("locale", &["diagnostic"]),
    ("table", &["diagnostic"]),
    ("project", &["diagnostic"]),
    ("cache", &["diagnostic", "project"]),
    ("output", &["diagnostic", "project"]),
    ("component", &["diagnostic", "table"]),
    ("markdown", &["component", "diagnostic", "html", "locale", "table"]),
    ("config", &["diagnostic", "locale", "markdown", "table"]),
    ("asset", &["cache", "config", "diagnostic", "project"]),
    ("content", &["cache", "config", "diagnostic", "locale", "markdown", "project", "table"]),
    ("site", &["asset", "config", "content", "diagnostic", "project"]),
    (
        "template",
        &[
            "asset",
            "component",
            "config",
            "content",
            "diagnostic",
            "html",
            "locale",
            "project",
            "schema",
            "site",
        ],
    ),
    (
        "render",
        &[
            "asset",
            "component",
            "config",
            "content",
            "diagnostic",
            "html",
            "locale",
            "markdown",
            "project",
            "site",
            "template",
            "xml",
        ],
    ),
    (
        "sources",
        &["asset", "cache", "config", "content", "diagnostic", "profile", "project", "template"],
    ),
    // `load`, the reading of a whole site, is the crate's own function, for whoever stands on all of it.
    ("lib", &["asset", "cache", "config", "diagnostic", "profile", "site", "sources", "template"]),
    (
        "build",
        &[
            "asset",
            "cache",
            "config",
            "content",
            "diagnostic",
            "lib",
            "output",
            "profile",
            "project",
            "render",
            "site",
            "template",
        ],
    ),
    // Only `serve` knows HTTP and time; it and `build` do not use each other.
    (
        "serve",
        &[
            "asset",
            "cache",
            "config",
            "content",
            "diagnostic",
            "html",
            "project",
            "render",
            "site",
            "sources",
            "template",
        ],
    ),
    ("status", &["cache", "config", "content", "diagnostic", "lib", "project", "site"]),
    ("next", &["cache", "content", "diagnostic", "project", "site", "sources"]),
    ("cli", &["config"]),
];

/// Lines of a file without its tests; a longer one is two ideas.
const MOST_LINES: usize = 600;

#[test]
fn modules_use_each_other_as_the_table_says() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        let module = file.module();
        if module == "main" {
            continue;
        }
        let uses = used.entry(module.clone()).or_default();
        uses.extend(modules_in(&file.code).into_iter().filter(|other| *other != module));
    }
    let arrows = |module: &str, uses: &BTreeSet<String>| -> Vec<String> {
        uses.iter().map(|other| format!("{module} → {other}")).collect()
    };
    let real: BTreeSet<String> = used.iter().flat_map(|(name, uses)| arrows(name, uses)).collect();
    let table: BTreeSet<String> = ARROWS
        .iter()
        .flat_map(|(module, uses)| uses.iter().map(move |other| format!("{module} → {other}")))
        .collect();
    let missing: Vec<_> = real.difference(&table).collect();
    assert!(missing.is_empty(), "the table at the top of tests/tidy.rs lacks {missing:?}");
    let gone: Vec<_> = table.difference(&real).collect();
    assert!(gone.is_empty(), "the table at the top of tests/tidy.rs has what is gone: {gone:?}");
    let modules: Vec<&str> = ARROWS.iter().map(|(module, _)| *module).collect();
    assert!(used.keys().all(|module| modules.contains(&&**module)), "a module is not in the table");
}

#[test]
fn the_table_lets_a_module_use_only_what_stands_above_it() {
    for (place, (module, uses)) in ARROWS.iter().enumerate() {
        let above: Vec<&str> = ARROWS[..place].iter().map(|(name, _)| *name).collect();
        for name in *uses {
            assert!(above.contains(name), "`{module}` uses `{name}`, which is not above it");
        }
    }
}

#[test]
fn no_file_is_longer_than_one_idea() {
    for file in sources() {
        let n = file.code.lines().count();
        assert!(n <= MOST_LINES, "{}: {n} lines without tests", file.path.display());
    }
}

#[test]
fn no_language_is_special() {
    // `locale` has the rules of languages, by their BCP 47 tags.
    for file in sources().into_iter().filter(|file| file.module() != "locale") {
        for (number, line) in file.code.lines().enumerate() {
            for code in ["ua", "uk", "en", "ru", "pl", "de"] {
                let is_comment = line.trim_start().starts_with("//");
                let is_named = !is_comment && line.contains(&format!("\"{code}\""));
                let place = format!("{}:{}", file.path.display(), number + 1);
                assert!(!is_named, "{place}: a language is a value of site.toml:\n{line}");
            }
        }
    }
}

#[test]
fn backslashes_of_paths_become_slashes_only_where_a_path_gets_its_name() {
    let places: Vec<String> = sources()
        .into_iter()
        .filter(|file| file.code.contains("replace('\\\\'") || file.code.contains("MAIN_SEPARATOR"))
        .map(|file| file.module())
        .collect();
    assert_eq!(places, ["cache", "diagnostic", "output", "project"]);
}

#[test]
fn every_module_says_what_it_is_in_its_first_line() {
    for file in sources() {
        assert!(file.code.starts_with("//! "), "{}", file.path.display());
    }
}

/// A file of `src/`, without its tests.
struct SourceFile {
    /// Relative to `src/`.
    path: PathBuf,
    code: String,
}

impl SourceFile {
    /// The first part of its path: `site` for `site/route.rs`.
    fn module(&self) -> String {
        let first = self.path.iter().next().unwrap().to_str().unwrap();
        first.strip_suffix(".rs").unwrap_or(first).to_owned()
    }
}

/// All files of `src/`, sorted; modules that only tests have are left out.
fn sources() -> Vec<SourceFile> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut of_tests = Vec::new();
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&src).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        let (code, modules) = without_tests(&text);
        let folder = entry.path().parent().unwrap();
        of_tests.extend(modules.into_iter().map(|name| folder.join(format!("{name}.rs"))));
        files.push((entry.path().to_owned(), code));
    }
    files
        .into_iter()
        .filter(|(path, _)| !of_tests.contains(path))
        .map(|(path, code)| SourceFile { path: path.strip_prefix(&src).unwrap().to_owned(), code })
        .collect()
}

/// The code above the tests at the foot of a file, and the files that only tests have.
fn without_tests(text: &str) -> (String, Vec<String>) {
    let mut code = String::new();
    let mut modules = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        let is_module = next.contains("mod ");
        if line == "#[cfg(test)]" && is_module && next.ends_with('{') {
            break;
        }
        if line == "#[cfg(test)]" && is_module {
            modules.extend(next.rsplit(' ').next().map(|name| name.trim_end_matches(';').into()));
            lines.next();
            continue;
        }
        code.push_str(line);
        code.push('\n');
    }
    (code, modules)
}

/// The modules that a text names as `crate::…` outside of comments; `crate::load` is of `lib`. What
/// `lib.rs` itself uses it names without `crate::`.
fn modules_in(code: &str) -> BTreeSet<String> {
    let mut modules = BTreeSet::new();
    let declared: Vec<&str> = code
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let is_lib = declared.contains(&"diagnostic") && declared.contains(&"build");
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = line.get(at + "crate::".len()..).unwrap();
            assert!(!rest.starts_with('{'), "one `use` per module, please: {line}");
            let name = rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap();
            modules.insert(if name.is_empty() || name == "load" {
                "lib".to_owned()
            } else {
                name.to_owned()
            });
        }
        if is_lib {
            let is_used = |name: &str| line.contains(&format!("{name}::"));
            modules.extend(declared.iter().filter(|name| is_used(name)).map(|n| (*n).to_owned()));
        }
    }
    modules
}
