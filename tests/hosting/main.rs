//! What hosts read beside the pages: redirects, headers, 404 pages, icons; and whether real servers read them
//! as they are meant.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod headers;
mod on_request;
mod recipes;
mod redirects;
mod servers;

use support::TestSite;

/// A story with an old address of every difficult kind, and one whose own address is difficult.
const STORIES: &str = "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
aliases = ['/news/12345/', '/old.html', '/старе/$x;{y}/', \"/a/b'c&d\"]
+++
-- content/en/price.md --
+++
title = 'The price'
date = 2025-12-01
slug = 'ціна-$1;{2}'
aliases = ['/price']
+++
";

/// A site of [`STORIES`] with more in its `site.toml`, before the languages.
fn site_with(settings: &str) -> TestSite {
    let site = TestSite::new(STORIES);
    add_settings(&site, settings);
    site
}

/// Adds to `site.toml`, before the languages.
fn add_settings(site: &TestSite, settings: &str) {
    site.edit("site.toml", "[languages.ua]", &format!("{settings}\n[languages.ua]"));
}

/// The last block of code in a language in docs/publishing.md.
fn recipe(language: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/publishing.md");
    let manual = std::fs::read_to_string(path).unwrap();
    let (_, block) = manual.rsplit_once(&format!("\n```{language}\n")).unwrap();
    block.split("```").next().unwrap().to_owned()
}

/// Says on the terminal what a test left out.
#[expect(clippy::print_stderr, reason = "a test that asks nothing must not look as if it had")]
fn say(text: &str) {
    eprintln!("{text}");
}
