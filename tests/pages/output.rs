//! The output folder: what is copied, what a second build touches, what a failed one leaves.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use super::{DRAWING, add_days};
use crate::support::TestSite;

/// When each published file was last written.
fn times(site: &TestSite) -> BTreeMap<String, SystemTime> {
    let time = |path: &String| {
        fs::metadata(site.root().join("public").join(path)).unwrap().modified().unwrap()
    };
    site.published().into_iter().map(|path| (path.clone(), time(&path))).collect()
}

/// Dates every published file back, so that one that is written again is noticed.
fn date_back(site: &TestSite) {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in site.published() {
        let file = fs::File::options().append(true).open(site.root().join("public").join(path));
        file.unwrap().set_modified(long_ago).unwrap();
    }
}

fn written_again(site: &TestSite) -> Vec<String> {
    let fresh = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    times(site).into_iter().filter(|(_, time)| *time > fresh).map(|(path, _)| path).collect()
}

#[test]
fn static_files_are_copied_and_style_sheets_and_scripts_get_a_second_name() {
    let site = TestSite::new(
        "
-- static/style.css --
body { color: black }
-- static/scripts/search.js --
void 0;
-- static/.well-known/security.txt --
Contact: mailto:security@example.org
-- static/.DS_Store --
litter
-- static/style.css~ --
litter
-- templates/hooks/head.html --
<link rel='stylesheet' href='{{ asset(path=\"style.css\") }}'><script src='{{ asset(path=\"scripts/search.js\") }}'></script><link rel='icon' href='{{ asset(path=\"icon.svg\") }}'>
",
    );
    site.put("static/icon.svg", DRAWING);
    let page = site.page("/ua/");
    let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
    let script = page.attributes("script", "src").remove(0);
    let hash = |url: &str, before: &str, after: &str| {
        let hash = url.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        let hash = hash.unwrap_or_else(|| panic!("{url}"));
        assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{url}");
    };
    hash(&style, "/style.", ".css");
    hash(&script, "/scripts/search.", ".js");
    assert_eq!(page.attributes("link[rel=icon]", "href"), ["/icon.svg"]);

    let published = site.tree("public");
    assert_eq!(published["style.css"], b"body { color: black }\n");
    let copy = |url: &str| &published[url.trim_start_matches('/')];
    assert_eq!(copy(&style), &published["style.css"]);
    assert_eq!(copy(&script), &published["scripts/search.js"]);
    assert!(published.contains_key(".well-known/security.txt"));
    assert!(published.keys().all(|path| !path.contains("DS_Store") && !path.ends_with('~')));
}

#[test]
fn a_changed_style_sheet_gets_another_name() {
    let site = TestSite::new(
        "
-- static/style.css --
body { color: black }
-- templates/hooks/head.html --
<link rel='stylesheet' href='{{ asset(path=\"style.css\") }}'>
",
    );
    let before = site.page("/ua/").attributes("link[rel=stylesheet]", "href");
    site.put("static/style.css", "body { color: navy }\n");
    site.build(&[]).succeeded();
    assert_ne!(site.page("/ua/").attributes("link[rel=stylesheet]", "href"), before);
}

#[test]
fn a_second_build_writes_nothing() {
    let site = TestSite::new("-- static/robots.txt --\nUser-agent: *\n");
    add_days(&site, 1..=5);
    site.build(&[]).succeeded();
    let before = site.tree("public");
    date_back(&site);
    let run = site.build(&[]).succeeded();
    assert!(
        run.stdout.contains("0 sources changed → 0 pages rendered, 0 written"),
        "{}",
        run.stdout
    );
    assert_eq!(written_again(&site), [""; 0]);
    assert_eq!(site.tree("public"), before);
}

#[test]
fn a_changed_headline_writes_only_the_pages_that_show_it() {
    let site = TestSite::new("");
    // A front page that has no room for the second day.
    site.edit(
        "site.toml",
        "per_page = 2",
        "per_page = 2\n[front]\nsecondary = 0\nlatest = 2\nper_section = 0",
    );
    add_days(&site, 1..=5);
    site.build(&[]).succeeded();
    date_back(&site);
    site.edit("content/ua/day-02.md", "title = '2'", "title = 'Два'");
    site.build(&[]).succeeded();
    let mut written = written_again(&site);
    written.retain(|path| path.ends_with(".html"));
    assert_eq!(
        written,
        [
            "ua/archive/2025-12/page/1/index.html",
            "ua/day-02/index.html",
            "ua/news/page/1/index.html",
            "ua/sections/politics/page/1/index.html",
        ]
    );
}

#[test]
fn a_vanished_story_is_deleted_and_other_peoples_files_are_left_alone() {
    let site = TestSite::new("");
    add_days(&site, 1..=2);
    site.build(&[]).succeeded();
    site.put("public/verification.html", "abc");
    site.put("public/ua/day-01/notes.txt", "mine");
    site.remove("content/ua/day-01.md");
    site.remove("content/ua/day-02.md");
    let run = site.build(&[]).succeeded();
    // With them their month, and what search engines are told of it.
    assert!(run.stdout.contains("4 deleted"), "{}", run.stdout);
    let published = site.published();
    assert!(!published.contains(&"ua/day-01/index.html".to_owned()));
    assert!(!published.contains(&"ua/archive/2025-12/index.html".to_owned()));
    assert!(published.contains(&"verification.html".to_owned()));
    assert!(published.contains(&"ua/day-01/notes.txt".to_owned()));
    // Nothing of ours and nothing of others: the folder goes.
    assert!(!site.root().join("public/ua/day-02").exists());
}

#[test]
fn a_failed_build_leaves_what_is_published_untouched() {
    let site = TestSite::new("");
    add_days(&site, 1..=3);
    site.build(&[]).succeeded();
    let before = site.tree("public");
    date_back(&site);
    add_days(&site, [4]);
    site.put("content/ua/broken.md", "+++\ntitle = 'Без дати'\n+++\n");
    assert_eq!(site.build(&[]).status, 1);
    assert_eq!(site.tree("public"), before);
    assert_eq!(written_again(&site), [""; 0]);
}

#[test]
fn a_failed_first_build_leaves_no_output_folder() {
    let site = TestSite::new("-- content/ua/broken.md --\n+++\ntitle = 'Без дати'\n+++\n");
    assert_eq!(site.build(&[]).status, 1);
    assert!(!site.root().join("public").exists());
}

#[test]
fn warnings_fail_a_strict_build_and_nothing_is_written() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
tagz = []
+++
",
    );
    assert_eq!(site.build(&["--strict"]).status, 1);
    assert!(!site.root().join("public").exists());
    assert_eq!(site.build(&[]).status, 0);
}

#[test]
fn the_site_may_be_published_elsewhere() {
    let site = TestSite::new("");
    site.build(&["--output", "elsewhere/site"]).succeeded();
    assert!(site.root().join("elsewhere/site/ua/index.html").is_file());
    assert!(!site.root().join("public").exists());
}

#[test]
fn a_list_of_changes_says_what_to_upload_and_what_to_delete() {
    let site = TestSite::new("");
    add_days(&site, 1..=2);
    let list = |site: &TestSite| {
        site.build(&["--changed-list", "changes.txt"]).succeeded();
        site.text("changes.txt")
    };
    let first = list(&site);
    let all: Vec<String> = first.lines().map(|line| line.replace("A\t", "")).collect();
    let published: Vec<String> =
        site.published().into_iter().filter(|path| !path.starts_with(".visti")).collect();
    assert_eq!(all, published);
    assert_eq!(list(&site), "", "nothing has changed");

    site.edit("content/ua/day-02.md", "title", "slug = 'moved'\ntitle");
    let changes = list(&site);
    assert!(changes.contains("A\tua/moved/index.html\n"), "{changes}");
    assert!(changes.contains("M\tua/index.html\n"), "{changes}");
    assert!(changes.contains("D\tua/day-02/index.html\n"), "{changes}");

    let run = site.build(&["--changed-list", "public/changes.txt"]);
    assert!(run.stderr.contains("changed-list-in-output"), "{}", run.stderr);
}

#[test]
fn it_is_explained_why_a_page_was_rendered_again() {
    let site = TestSite::new("");
    add_days(&site, 1..=2);
    site.build(&[]).succeeded();
    date_back(&site);
    let unchanged = site.build(&["--explain", "/ua/"]).succeeded().stdout;
    assert!(
        unchanged.contains("ua/index.html: everything that it is made of is as it was"),
        "{unchanged}"
    );
    site.edit("content/ua/day-02.md", "title = '", "title = 'New ");
    let front = site.build(&["--explain", "https://news.example.org/ua/"]).succeeded().stdout;
    assert!(front.contains("ua/index.html was rendered"), "{front}");
    assert!(front.contains("the articles or months it lists"), "{front}");
    site.edit("templates/base.html", "<body", "<body id=\"top\"");
    let theme = site.build(&["--explain", "ua/day-02/index.html"]).succeeded().stdout;
    assert!(theme.contains("`templates/base.html`, which every page is made of"), "{theme}");
    let none = site.build(&["--explain", "/ua/nowhere/"]).succeeded().stdout;
    assert!(none.contains("`/ua/nowhere/` is no page of this site"), "{none}");
}

#[test]
fn robots_are_told_that_they_may_read_everything_unless_the_newsroom_tells_them_otherwise() {
    let site = TestSite::new("");
    site.build(&[]).succeeded();
    let robots = || fs::read_to_string(site.root().join("public/robots.txt")).unwrap();
    assert!(robots().starts_with("User-agent: *\nDisallow:\n\nSitemap: "), "{}", robots());
    site.put("static/robots.txt", "User-agent: *\nDisallow: /en/\n");
    site.build(&[]).succeeded();
    assert_eq!(robots(), "User-agent: *\nDisallow: /en/\n");
}
