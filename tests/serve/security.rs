//! A web page elsewhere cannot read the preview through an editor's browser.

use crate::support::TestSite;
use crate::support::preview::Preview;

#[test]
fn only_names_of_the_preview_are_answered() {
    let site = TestSite::new("");
    let arguments = ["--base-url", "https://preview.example.org", "--allow-host", "newsroom.local"];
    let preview = Preview::start(&site, &arguments);
    for host in ["localhost", "127.0.0.1:1", "[::1]", "preview.example.org", "newsroom.local:8080"]
    {
        assert_eq!(preview.ask("GET", "/ua/", &[&format!("Host: {host}")]).status, 200, "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", ""] {
        let reply = preview.ask("GET", "/ua/", &[&format!("Host: {host}")]);
        assert_eq!(reply.status, 403, "{host}");
        assert!(!reply.text().contains("<html"), "{host}");
        assert!(reply.text().contains("--allow-host"), "{host}");
    }
}

#[test]
fn pages_are_for_pages_of_the_preview_only() {
    let site = TestSite::new("");
    let preview = Preview::start(&site, &[]);
    let reply = preview.ask("GET", "/ua/", &["Origin: http://evil.example"]);
    assert_eq!(reply.header("access-control-allow-origin"), None);
    assert_eq!(reply.header("cross-origin-resource-policy"), Some("same-origin"));
}

#[test]
fn events_and_the_panel_are_refused_to_pages_of_other_origins() {
    let site = TestSite::new("");
    let preview = Preview::start(&site, &["--watch"]);
    let own = format!("Origin: http://{}", preview.address);
    for path in ["/_visti/", "/_visti/reload.js", "/_visti/panel.css"] {
        assert_eq!(preview.get(path).status, 200, "{path}");
        assert_eq!(preview.ask("GET", path, &[&own, "Sec-Fetch-Site: same-origin"]).status, 200);
        for foreign in [
            &["Origin: http://evil.example"][..],
            &["Origin: http://127.0.0.1:1"],
            &["Origin: null"],
            &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"],
            &["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"],
            &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
        ] {
            let reply = preview.ask("GET", path, foreign);
            assert_eq!(reply.status, 403, "{path} {foreign:?}");
            assert!(!reply.text().contains("Вісник"));
        }
    }
    let events = "/_visti/events?url=/ua/&version=0&told=0";
    for foreign in ["Origin: http://evil.example", "Host: evil.example"] {
        assert_eq!(preview.ask("GET", events, &[foreign]).status, 403, "{foreign}");
    }
    // A link on another page may lead to the panel.
    let link =
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    assert_eq!(preview.ask("GET", "/_visti/", &link).status, 200);
}

#[test]
fn the_panel_shows_the_sources_of_articles_and_no_other_file() {
    let site =
        TestSite::new("-- content/ua/a.md --\n+++\ntitle = 'А'\ndate = 2025-12-01\n+++\nТекст.\n");
    site.put("secret.md", "secret");
    site.put("content/secret.md.tmp", "secret");
    let preview = Preview::start(&site, &[]);
    let source = preview.get("/_visti/source?file=content%2Fua%2Fa.md");
    assert_eq!((source.status, source.text()), (200, site.text("content/ua/a.md")));
    assert_eq!(source.header("content-type"), Some("text/plain; charset=utf-8"));
    for file in [
        "site.toml",
        "secret.md",
        "content/ua/../../secret.md",
        "../secret.md",
        "content/ua/none.md",
        "content/ua/a.md/../../../secret.md",
        "content/secret.md.tmp",
        "/etc/passwd",
        "content/authors.toml",
    ] {
        assert_eq!(preview.get(&format!("/_visti/source?file={file}")).status, 404, "{file}");
    }
}
