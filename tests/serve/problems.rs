//! Mistakes while a preview runs: the last good page stays, the problem is told, and goes when it is
//! mended.

use std::fs;

use crate::support::TestSite;
use crate::support::preview::{OpenPage, Preview};

const STORY: &str = "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
section = 'politics'
+++
Перший текст.
-- content/en/2025/12/other.md --
+++
title = 'Other'
date = 2025-12-01
+++
First text.
";

const UA: &str = "content/ua/2025/12/talks.md";
const PAGE: &str = "/ua/2025/12/talks/";

#[track_caller]
fn is_told(preview: &mut Preview, page: &OpenPage, text: &str) {
    preview.wait_for(text, |_| {
        page.problems().is_some_and(|problems| problems.iter().any(|one| one.contains(text)))
    });
}

#[track_caller]
fn is_mended(preview: &mut Preview, page: &OpenPage) {
    preview.wait_for("the end of the problems", |_| page.problems().is_some_and(|p| p.is_empty()));
}

/// Breaks a file, sees that an open page stays and is told why, and mends it.
#[track_caller]
fn breaks_and_mends(file: &str, broken: &str, told: &str) {
    let site = TestSite::new(STORY);
    let mut preview = Preview::start(&site, &["--watch"]);
    let page = preview.open(PAGE);
    let good = site.text(file);
    site.put(file, broken);
    is_told(&mut preview, &page, told);
    // The same on the terminal.
    let shown = page.problems().unwrap().concat();
    preview.wait_for("the problem on the terminal", |preview| preview.stderr().contains(&shown));
    assert_eq!(page.n_updates(), 0);
    let served = preview.get(PAGE);
    assert_eq!((served.status, served.page()), (200, page.first.page()));
    // Others are followed meanwhile, unless everything hangs on the broken file.
    site.put(file, &good);
    is_mended(&mut preview, &page);
    preview.wait_for("the news on the terminal", |preview| preview.stdout().contains("Mended"));
    assert_eq!(page.n_updates(), 0);
    site.edit(UA, "Перший", "Другий");
    preview.wait_for("the next edit", |_| page.html().contains("Другий"));
}

#[test]
fn a_broken_article() {
    breaks_and_mends(UA, "+++\ntitle = \n+++\n", "[toml]");
}

#[test]
fn an_article_without_a_section_that_exists() {
    breaks_and_mends(
        UA,
        "+++\ntitle = 'П'\ndate = 2025-12-01\nsection = 'polytics'\n+++\n",
        "[unknown-section]",
    );
}

#[test]
fn a_broken_link_in_a_text() {
    breaks_and_mends(
        UA,
        "+++\ntitle = 'П'\ndate = 2025-12-01\n+++\n[там](none.md)\n",
        "[broken-link]",
    );
}

#[test]
fn a_broken_template() {
    breaks_and_mends("templates/article.html", "{% block main %}", "[template]");
}

#[test]
fn a_template_that_fails_while_a_page_is_made() {
    breaks_and_mends("templates/article.html", "{{ url(page='nowhere') }}", "[template]");
}

#[test]
fn broken_words() {
    breaks_and_mends("templates/strings/ua.ftl", "???", "[strings-syntax]");
}

#[test]
fn a_broken_vocabulary() {
    breaks_and_mends("content/sections.toml", "[culture]\nname = 'Culture'\n", "[unknown-section]");
}

#[test]
fn broken_settings() {
    breaks_and_mends("site.toml", "base_url = ", "[toml]");
}

#[test]
fn one_broken_article_does_not_keep_others_from_their_readers() {
    let site = TestSite::new(STORY);
    let mut preview = Preview::start(&site, &["--watch"]);
    let (broken, other) = (preview.open(PAGE), preview.open("/en/2025/12/other/"));
    site.put(UA, "+++\n");
    is_told(&mut preview, &broken, "[no-front-matter]");
    is_told(&mut preview, &other, "[no-front-matter]");
    site.edit("content/en/2025/12/other.md", "First", "Second");
    preview.wait_for("the other article", |_| other.html().contains("Second"));
    site.edit("templates/article.html", "<article>", "<article class='new'>");
    preview.wait_for("the template", |_| other.html().contains("<article class='new'>"));
    site.edit("content/tags.toml", "Florida", "Sunshine State");
    site.remove(UA);
    is_mended(&mut preview, &other);
    preview.wait_for("the end of the article", |preview| preview.get(PAGE).status == 404);
}

#[test]
fn a_preview_may_begin_with_broken_files() {
    for (file, broken) in
        [("site.toml", "base_url = "), ("templates/base.html", "{% block"), (UA, "+++\n")]
    {
        let site = TestSite::new(STORY);
        let good = site.text(file);
        site.put(file, broken);
        let mut preview = Preview::start(&site, &["--watch"]);
        let page = preview.open(PAGE);
        let text = page.first.text();
        is_told(&mut preview, &page, file);
        assert!(page.first.status >= 404, "{file}: {text}");
        site.put(file, good);
        is_mended(&mut preview, &page);
        preview.wait_for("the page", |_| page.html().contains("Перший текст."));
    }
}

#[test]
fn a_removed_folder_is_told_of_and_may_come_back() {
    for folder in ["templates", "content", "static"] {
        let site = TestSite::new(STORY);
        site.put("static/style.css", "body {}");
        site.put(
            "templates/hooks/head.html",
            "<link rel=stylesheet href=\"{{ asset(path='style.css') }}\">",
        );
        let mut preview = Preview::start(&site, &["--watch"]);
        let page = preview.open(PAGE);
        let aside = tempfile::tempdir_in(site.root()).unwrap();
        fs::rename(site.root().join(folder), aside.path().join("moved")).unwrap();
        preview.wait_for("the problem", |_| page.problems().is_some_and(|p| !p.is_empty()));
        assert!(!page.html().is_empty() && page.html().contains("</html>"));
        fs::rename(aside.path().join("moved"), site.root().join(folder)).unwrap();
        is_mended(&mut preview, &page);
        site.edit(UA, "Перший", "Другий");
        preview.wait_for("the next edit", |_| page.html().contains("Другий"));
    }
}

#[test]
fn the_whole_site_may_go_and_come_back() {
    let site = TestSite::new(STORY);
    let root = site.root().to_str().unwrap();
    let mut preview = Preview::start(&site, &["--watch", "--root", root]);
    let page = preview.open(PAGE);
    let aside = tempfile::tempdir().unwrap();
    fs::rename(site.root(), aside.path().join("site")).unwrap();
    is_told(&mut preview, &page, "[missing-site]");
    assert_eq!(page.n_updates(), 0);
    fs::rename(aside.path().join("site"), site.root()).unwrap();
    is_mended(&mut preview, &page);
    site.edit(UA, "Перший", "Другий");
    preview.wait_for("the next edit", |_| page.html().contains("Другий"));
}

#[cfg(unix)]
#[test]
fn a_file_that_must_not_be_read_any_more_is_told_of() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65534;
    let site = TestSite::new(STORY);
    let set = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let mut command = site.command(&["serve", "--watch", "--port", "0"]);
    if site.root().metadata().unwrap().uid() == 0 {
        // The superuser may read everything.
        command.uid(NOBODY);
        set(site.root(), 0o755);
    }
    let mut preview = Preview::of(command);
    let page = preview.open(PAGE);
    let file = site.root().join(UA);
    set(&file, 0o000);
    is_told(&mut preview, &page, "permission denied");
    set(&file, 0o644);
    is_mended(&mut preview, &page);
    let folder = site.root().join("content/en");
    set(&folder, 0o000);
    is_told(&mut preview, &page, "permission denied");
    set(&folder, 0o755);
    is_mended(&mut preview, &page);
    site.edit(UA, "Перший", "Другий");
    preview.wait_for("the next edit", |_| page.html().contains("Другий"));
}
