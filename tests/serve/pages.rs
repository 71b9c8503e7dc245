//! Pages: the same bytes as a build's, at the same addresses, as a static host would send them.

use crate::support::TestSite;
use crate::support::preview::Preview;

const STORY: &str = "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
section = 'politics'
tags = ['peace-talks']
aliases = ['/old/talks/']
+++
Текст.
-- content/en/2025/12/talks.md --
+++
title = 'Talks'
date = 2025-12-01
section = 'politics'
+++
Text.
-- content/ua/новини/мир.md --
+++
title = 'Мир'
date = 2025-12-02
+++
Текст.
";

#[test]
fn every_page_and_file_equals_that_of_a_build_for_the_previews_address() {
    let site = TestSite::of_repository(&["site.toml", "content", "templates", "static"]);
    let preview = Preview::start(&site, &[]);
    let base_url = format!("http://{}", preview.address);
    site.build(&["--base-url", &base_url]).succeeded();
    let mut n_pages = 0;
    for (path, bytes) in site.tree("public") {
        if path.starts_with(".visti") {
            continue;
        }
        let url = format!("/{}", visti::site::encode(&path));
        let reply = preview.get(url.strip_suffix("index.html").unwrap_or(&url));
        assert_eq!(reply.status, 200, "{path}");
        let sent = if path.ends_with(".html") { reply.page().into_bytes() } else { reply.body };
        assert!(sent == bytes, "{path} differs");
        n_pages += 1;
    }
    assert!(n_pages > 100, "{n_pages}");
}

#[test]
fn nothing_is_written() {
    let site = TestSite::new(STORY);
    let before = site.tree(".");
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.get("/ua/2025/12/talks/").status, 200);
    assert_eq!(preview.get("/ua/").status, 200);
    drop(preview);
    assert!(site.tree(".") == before);
}

#[test]
fn addresses_are_found_as_static_hosts_find_them() {
    let site = TestSite::new(STORY);
    let preview = Preview::start(&site, &[]);
    for (path, status) in [
        ("/", 200),
        ("/ua/", 200),
        ("/ua/index.html", 200),
        ("/ua/2025/12/talks/", 200),
        ("/ua/2025/12/talks/?from=letter", 200),
        ("/old/talks/", 200),
        ("/ua/404.html", 200),
        ("/ua/2025/12/none/", 404),
        ("/none", 404),
        ("/ua//", 404),
        ("//evil.example/_visti", 404),
        ("//evil.example/ua", 404),
        ("/UA/", 404),
    ] {
        assert_eq!(preview.get(path).status, status, "{path}");
    }
    for (path, location) in [
        ("/ua", "/ua/"),
        ("/ua/2025/12/talks", "/ua/2025/12/talks/"),
        ("/ua/2025/12/talks?a=b", "/ua/2025/12/talks/?a=b"),
        ("/old/talks", "/old/talks/"),
        ("/_visti", "/_visti/"),
    ] {
        let reply = preview.get(path);
        assert_eq!((reply.status, reply.header("location")), (301, Some(location)), "{path}");
    }
}

#[test]
fn a_cyrillic_address_is_found_in_its_encoded_form() {
    let site = TestSite::new(STORY);
    let preview = Preview::start(&site, &[]);
    let encoded = "/ua/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/%D0%BC%D0%B8%D1%80";
    assert!(preview.get(&format!("{encoded}/")).text().contains("<h1>Мир</h1>"));
    assert_eq!(preview.get(&format!("{}/", encoded.to_lowercase())).status, 200);
    let reply = preview.get(encoded);
    assert_eq!(reply.header("location"), Some(&*format!("{encoded}/")));
    assert_eq!(preview.get("/ua/%D0/").status, 404);
}

#[test]
fn an_unknown_address_gets_the_page_of_its_language() {
    let site = TestSite::new(STORY);
    let preview = Preview::start(&site, &[]);
    for (path, tag) in [("/en/none/", "en"), ("/ru/none", "ru"), ("/none/", "uk"), ("/fr/x/", "uk")]
    {
        let reply = preview.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.text().contains(&format!("<html lang=\"{tag}\"")), "{path}");
    }
}

#[test]
fn head_gives_the_headers_of_a_page_and_no_body() {
    let site = TestSite::new(STORY);
    let preview = Preview::start(&site, &[]);
    let (get, head) = (preview.get("/ua/"), preview.ask("HEAD", "/ua/", &[]));
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(&*get.body.len().to_string()));
    for name in ["content-type", "content-length", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(get.header("content-type"), Some("text/html; charset=utf-8"));
    let post = preview.ask("POST", "/ua/", &["Content-Length: 0"]);
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn a_site_in_a_folder_of_its_host_is_previewed_in_that_folder() {
    let site = TestSite::new(STORY);
    site.edit("site.toml", "https://news.example.org", "https://example.org/herald");
    let preview = Preview::start(&site, &[]);
    assert!(preview.stdout().contains("/herald/"), "{}", preview.stdout());
    assert_eq!(preview.get("/").header("location"), Some("/herald/"));
    assert_eq!(preview.get("/ua/").status, 404);
    let page = preview.get("/herald/ua/2025/12/talks/").text();
    let canonical = format!("href=\"http://{}/herald/ua/2025/12/talks/\"", preview.address);
    assert!(page.contains(&canonical), "{page}");
}

#[test]
fn drafts_and_articles_to_come_are_shown_only_when_asked_for() {
    let site = TestSite::new(
        "
-- content/ua/draft.md --
+++
title = 'Чернетка'
date = 2025-12-01
draft = true
+++
-- content/ua/later.md --
+++
title = 'Згодом'
date = 2999-12-01
+++
",
    );
    let statuses = |arguments: &[&str]| {
        let preview = Preview::start(&site, arguments);
        ["/ua/draft/", "/ua/later/"].map(|path| preview.get(path).status)
    };
    assert_eq!(statuses(&[]), [404, 404]);
    assert_eq!(statuses(&["--drafts"]), [200, 404]);
    assert_eq!(statuses(&["--future"]), [404, 200]);
}

#[test]
fn a_page_with_a_mistake_in_its_text_shows_the_mistake() {
    let site = TestSite::new(
        "
-- content/ua/links.md --
+++
title = 'Links'
date = 2025-12-01
+++
[там](none.md)
",
    );
    let mut preview = Preview::start(&site, &[]);
    let reply = preview.get("/ua/links/");
    assert_eq!(reply.status, 500);
    assert!(reply.text().contains("there is no article `none.md`"), "{}", reply.text());
    assert!(reply.text().contains("content/ua/links.md:5:"), "{}", reply.text());
    preview.wait_for("the message", |preview| preview.stderr().contains("[broken-link]"));
    assert_eq!(preview.get("/ua/").status, 200);
}
