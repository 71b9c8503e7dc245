//! Files that are published as they are: types, parts, and nothing outside the site.

use crate::support::TestSite;
use crate::support::preview::Preview;

fn site() -> TestSite {
    let site = TestSite::new(
        "
-- static/style.css --
body { color: navy }
-- static/data/list.json --
{}
-- static/notes.txt --
0123456789
-- static/page/index.html --
<p>Hello</p>
",
    );
    site.put("static/pictures/вода.png", [0x89, b'P', b'N', b'G']);
    site
}

#[test]
fn files_have_the_types_of_their_names() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    for (path, content_type) in [
        ("/style.css", "text/css; charset=utf-8"),
        ("/data/list.json", "application/json; charset=utf-8"),
        ("/notes.txt", "text/plain; charset=utf-8"),
        ("/page/", "text/html; charset=utf-8"),
        ("/pictures/%D0%B2%D0%BE%D0%B4%D0%B0.png", "image/png"),
    ] {
        let reply = preview.get(path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some(content_type)),
            "{path}"
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
    }
    assert_eq!(preview.get("/page").header("location"), Some("/page/"));
}

#[test]
fn files_that_are_made_for_machines_have_their_types_and_no_script() {
    let site = site();
    site.edit("site.toml", "enabled = false", "enabled = true");
    let preview = Preview::start(&site, &["--watch"]);
    let robots = preview.get("/robots.txt");
    assert_eq!(robots.header("content-type"), Some("text/plain; charset=utf-8"));
    assert!(robots.text().starts_with("User-agent: *\nDisallow:\n"));
    let sitemap = preview.get("/sitemap.xml");
    assert_eq!(sitemap.header("content-type"), Some("application/xml; charset=utf-8"));
    assert!(sitemap.text().ends_with("</sitemapindex>\n"));
    let of_preview = format!("<loc>http://{}/sitemap-ua.xml</loc>", preview.address);
    assert!(sitemap.text().contains(&of_preview), "{}", sitemap.text());
    for (path, content_type, beginning) in [
        ("/ua/atom.xml", "application/atom+xml; charset=utf-8", "<?xml "),
        ("/ua/rss.xml", "application/rss+xml; charset=utf-8", "<?xml "),
        ("/ua/feed.json", "application/feed+json; charset=utf-8", "{\"version\""),
    ] {
        let feed = preview.get(path);
        assert_eq!((feed.status, feed.header("content-type")), (200, Some(content_type)), "{path}");
        let text = String::from_utf8(feed.body).unwrap();
        assert!(text.starts_with(beginning) && !text.contains("_visti"), "{text}");
    }
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    let part = preview.ask("GET", "/notes.txt", &["Range: bytes=2-4"]);
    assert_eq!((part.status, &*part.body), (206, &b"234"[..]));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/11"));
    let last = preview.ask("GET", "/notes.txt", &["Range: bytes=-2"]);
    assert_eq!((last.status, &*last.body), (206, &b"9\n"[..]));
    let beyond = preview.ask("GET", "/notes.txt", &["Range: bytes=50-60"]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */11")));
    let head = preview.ask("HEAD", "/notes.txt", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some("11"));
    assert_eq!(head.header("accept-ranges"), Some("bytes"));
}

#[test]
fn fingerprinted_names_lead_to_the_file() {
    let site = TestSite::of_repository(&["site.toml", "content", "templates", "static"]);
    let preview = Preview::start(&site, &[]);
    let page = preview.get("/ua/").text();
    let href = page.split('"').find(|part| part.ends_with(".css")).unwrap();
    assert!(href.len() > "/style.css".len() + 8, "{href}");
    let style = preview.get(href);
    assert_eq!((style.status, style.text()), (200, site.text("static/style.css")));
}

#[test]
fn nothing_outside_of_what_is_published_is_sent() {
    let site = site();
    site.put("secret.txt", "secret");
    site.put("content/ua/notes.docx", "secret");
    let preview = Preview::start(&site, &[]);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/static/../secret.txt",
        "/pictures/../../secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/secret.txt%00.css",
        "/site.toml",
        "/static/style.css",
        "/templates/base.html",
        "/content/ua/notes.docx",
        "/ua/notes.docx",
        "/.visti/",
        "/etc/passwd",
        "/%2fetc%2fpasswd",
        "/file:///etc/passwd",
    ] {
        let reply = preview.get(path);
        assert!([400, 404].contains(&reply.status), "{path}: {}", reply.status);
        assert!(!reply.text().contains("secret\n") && !reply.text().contains("root:"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_out_of_the_site_is_not_sent() {
    let site = site();
    let preview = Preview::start(&site, &[]);
    assert_eq!(preview.get("/notes.txt").status, 200);
    let elsewhere = tempfile::tempdir().unwrap();
    let secret = elsewhere.path().join("secret.txt");
    site.put("notes.tmp", "secret");
    std::fs::rename(site.root().join("notes.tmp"), &secret).unwrap();
    site.remove("static/notes.txt");
    std::os::unix::fs::symlink(&secret, site.root().join("static/notes.txt")).unwrap();
    let reply = preview.get("/notes.txt");
    assert_eq!(reply.status, 404);
    assert!(!reply.text().contains("secret"));
}
