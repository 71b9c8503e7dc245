//! `--watch`: what is saved reaches open pages, each change once, and nothing else does.

use std::fs;

use crate::support::TestSite;
use crate::support::preview::{OpenPage, Preview};

const STORY: &str = "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
section = 'politics'
tags = ['peace-talks']
+++
Перший текст.
-- content/en/2025/12/talks.md --
+++
title = 'Talks'
date = 2025-12-01
section = 'politics'
+++
First text.
-- static/style.css --
body { color: navy }
-- static/plain.css --
body { margin: 0 }
-- templates/hooks/head.html --
<link rel=\"stylesheet\" href=\"{{ asset(path='style.css') }}\">
";

const UA: &str = "content/ua/2025/12/talks.md";
const EN: &str = "content/en/2025/12/talks.md";

/// A preview that follows the files. Those that change before it has begun to watch are read then.
fn watch(site: &TestSite, arguments: &[&str]) -> Preview {
    let mut all = vec!["--watch"];
    all.extend(arguments);
    Preview::start(site, &all)
}

#[track_caller]
fn comes(preview: &mut Preview, page: &OpenPage, text: &str) {
    preview.wait_for(text, |_| page.html().contains(text));
}

#[test]
fn a_saved_article_reaches_its_open_page_and_no_other() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let (own, other) = (preview.open("/ua/2025/12/talks/"), preview.open("/en/2025/12/talks/"));
    site.edit(UA, "Перший", "Другий");
    comes(&mut preview, &own, "Другий текст.");
    site.edit(EN, "First", "Second");
    comes(&mut preview, &other, "Second text.");
    assert_eq!((own.n_updates(), other.n_updates()), (1, 1));
    // What is sent equals what is served, and is no other than what a build makes.
    assert_eq!(own.html(), preview.get("/ua/2025/12/talks/").page());
}

#[test]
fn a_new_title_reaches_every_page_that_shows_it() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let pages = ["/ua/2025/12/talks/", "/ua/", "/ua/news/", "/ua/tags/peace-talks/", "/"]
        .map(|path| preview.open(path));
    site.edit(UA, "Перемовини", "Угода");
    for page in &pages {
        comes(&mut preview, page, "Угода");
    }
}

#[test]
fn stories_come_and_go() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let (list, gone) = (preview.open("/ru/news/"), preview.open("/en/2025/12/talks/"));
    site.put(
        "content/ru/2025/12/talks.md",
        "+++\ntitle = 'Сделка'\ndate = 2025-12-01\n+++\nТекст.\n",
    );
    comes(&mut preview, &list, "Сделка");
    assert_eq!(preview.get("/ru/2025/12/talks/").status, 200);
    comes(&mut preview, &gone, "hreflang=\"ru\" href=\"http");
    site.remove(EN);
    preview.wait_for("the end of the story", |preview| {
        preview.get("/en/2025/12/talks/").status == 404
    });
    comes(&mut preview, &gone, "data-page=\"404\"");
}

#[test]
fn templates_words_terms_and_settings_reach_open_pages() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let page = preview.open("/ua/2025/12/talks/");
    site.edit("templates/article.html", "<article>", "<article class=\"new\">");
    comes(&mut preview, &page, "<article class=\"new\">");
    site.edit("content/sections.toml", "Політика", "Влада");
    comes(&mut preview, &page, ">Влада</a>");
    site.edit("site.toml", "УКР", "УКРА");
    comes(&mut preview, &page, ">УКРА</a>");
    site.edit("static/style.css", "navy", "maroon");
    let style = site.text("static/style.css");
    preview.wait_for("the new style sheet", |preview| {
        let html = page.html();
        let href = html.split('"').find(|part| part.starts_with("/style.")).unwrap();
        preview.get(href).body == style.as_bytes()
    });
}

#[test]
fn a_file_that_pages_name_by_its_own_address_is_told_of() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let page = preview.open("/ua/");
    site.edit("static/plain.css", "0", "1px");
    is_told_of_file(&mut preview, &page);
}

#[test]
fn a_file_that_changed_before_a_page_listened_is_told_of() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let (late, page) = (preview.get("/ua/"), preview.open("/ua/"));
    site.edit("static/plain.css", "0", "1px");
    is_told_of_file(&mut preview, &page);
    let late = preview.listen("/ua/", late);
    is_told_of_file(&mut preview, &late);
}

fn is_told_of_file(preview: &mut Preview, page: &OpenPage) {
    preview.wait_for("the name of the file", |_| {
        let all = page.events("files");
        all.iter().any(|files| files.as_array().unwrap().contains(&"/plain.css".into()))
    });
}

#[test]
fn however_an_editor_saves_it_is_seen() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let page = preview.open("/ua/2025/12/talks/");
    let file = site.root().join(UA);
    let folder = file.parent().unwrap();
    let text = |new: &str| site.text(UA).replace("текст.", &format!("текст. {new}"));

    // Beside it, and renamed over it.
    site.put("content/ua/2025/12/.talks.md.new", text("renamed"));
    fs::rename(folder.join(".talks.md.new"), &file).unwrap();
    comes(&mut preview, &page, "renamed");

    // The old one moved away, a new one written, the old one removed: vim.
    let new = text("moved away");
    site.put("content/ua/2025/12/4913", "");
    site.remove("content/ua/2025/12/4913");
    fs::rename(&file, folder.join("talks.md~")).unwrap();
    site.put(UA, new);
    site.remove("content/ua/2025/12/talks.md~");
    comes(&mut preview, &page, "moved away");

    // Removed, then written.
    let new = text("removed");
    site.remove(UA);
    site.put(UA, new);
    comes(&mut preview, &page, "removed");

    // Emptied, then written in two parts.
    let new = text("in parts");
    site.put(UA, "");
    site.put(UA, new.split("date").next().unwrap());
    site.put(UA, new);
    comes(&mut preview, &page, "in parts");
    assert!(
        !page
            .events("page")
            .iter()
            .any(|page| page["html"].to_string().contains("data-page=\\\"404"))
    );
}

#[test]
fn a_new_folder_is_seen_with_all_that_is_in_it() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let page = preview.open("/ua/news/");
    site.put(
        "content/ua/2026/01/deep/new.md",
        "+++\ntitle = 'Новина'\ndate = 2026-01-02\n+++\nТекст.\n",
    );
    comes(&mut preview, &page, "Новина");
    site.edit("content/ua/2026/01/deep/new.md", "Новина", "Звістка");
    comes(&mut preview, &page, "Звістка");
    fs::rename(site.root().join("content/ua/2026/01/deep"), site.root().join("content/ua/2026/02"))
        .unwrap();
    preview.wait_for("the new address", |preview| preview.get("/ua/2026/02/new/").status == 200);
    site.edit("content/ua/2026/02/new.md", "Звістка", "Вість");
    comes(&mut preview, &page, "Вість");
    site.remove("content/ua/2026");
    preview.wait_for("the end of the folder", |_| !page.html().contains("Вість"));
}

#[cfg(unix)]
#[test]
fn files_behind_links_are_seen() {
    let site = TestSite::new(STORY);
    fs::rename(site.root().join("content"), site.root().join("texts")).unwrap();
    std::os::unix::fs::symlink("texts", site.root().join("content")).unwrap();
    site.put("notes/about.md", "+++\ntitle = 'Про нас'\n+++\nПерший.\n");
    fs::create_dir(site.root().join("texts/ua/pages")).unwrap();
    std::os::unix::fs::symlink(
        "../../../notes/about.md",
        site.root().join("texts/ua/pages/about.md"),
    )
    .unwrap();
    let mut preview = watch(&site, &[]);
    let (story, about) = (preview.open("/ua/2025/12/talks/"), preview.open("/ua/about/"));
    site.edit("texts/ua/2025/12/talks.md", "Перший", "Другий");
    comes(&mut preview, &story, "Другий");
    site.edit("notes/about.md", "Перший", "Третій");
    comes(&mut preview, &about, "Третій");
}

#[test]
fn many_files_at_once_are_one_change() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let list = preview.open("/ua/news/");
    let before = site.root().join("before");
    for number in 0..200 {
        let text = format!(
            "+++\ntitle = 'Новина {number}'\ndate = 2025-11-{:02}\n+++\nТ.\n",
            1 + number % 28
        );
        site.put(&format!("before/many/{number}.md"), text);
    }
    fs::rename(before.join("many"), site.root().join("content/ua/many")).unwrap();
    preview.wait_for("all of them", |preview| {
        (0..200).all(|number| preview.get(&format!("/ua/many/{number}/")).status == 200)
    });
    assert!(list.n_updates() <= 2, "{}", list.n_updates());
}

#[test]
fn what_is_no_part_of_the_site_changes_nothing() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let page = preview.open("/ua/2025/12/talks/");
    site.build(&[]).succeeded();
    for litter in [".talks.md.swp", "talks.md~", "#talks.md#", "talks.tmp", "talks.md___jb_tmp___"]
    {
        site.put(&format!("content/ua/2025/12/{litter}"), "+++\n");
    }
    site.put("public/ua/index.html", "");
    site.put("notes.md", "");
    site.put(UA, site.text(UA));
    let problems = page.events("problems").len();
    site.edit(UA, "Перший", "Другий");
    comes(&mut preview, &page, "Другий");
    assert_eq!((page.n_updates(), page.events("problems").len()), (1, problems));
}

#[test]
fn where_the_system_does_not_tell_files_are_looked_at() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &["--poll"]);
    let page = preview.open("/ua/2025/12/talks/");
    site.edit(UA, "Перший", "Другий");
    comes(&mut preview, &page, "Другий");
    site.put(
        "content/ru/2025/12/talks.md",
        "+++\ntitle = 'Сделка'\ndate = 2025-12-01\n+++\nТекст.\n",
    );
    comes(&mut preview, &page, "hreflang=\"ru\" href=\"http");
}

#[test]
fn an_article_comes_out_when_its_time_has_come() {
    let site = TestSite::new(STORY);
    let mut preview = watch(&site, &[]);
    let page = preview.open("/ua/news/");
    let soon = clock() + jiff::SignedDuration::from_secs(2);
    site.put("content/ua/soon.md", format!("+++\ntitle = 'Вчасно'\ndate = {soon:.0}\n+++\nТ.\n"));
    comes(&mut preview, &page, "Вчасно");
    assert!(clock() >= soon - jiff::SignedDuration::from_secs(1));
}

#[expect(clippy::disallowed_methods, reason = "what main.rs does for the program")]
fn clock() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

#[test]
fn without_watch_pages_have_no_script() {
    let site = TestSite::new(STORY);
    let preview = Preview::start(&site, &[]);
    assert!(!preview.get("/ua/").text().contains("_visti"));
    site.build(&[]).succeeded();
    assert!(!site.page("/ua/").html.contains("_visti"));
}
