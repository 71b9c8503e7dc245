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
