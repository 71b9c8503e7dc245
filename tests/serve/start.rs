//! Beginning and end: ports, addresses, Ctrl-C, and what keeps a preview from beginning.

use std::net::TcpListener;

use crate::support::TestSite;
use crate::support::preview::Preview;

#[test]
fn a_port_that_was_asked_for_and_is_busy_is_an_error() {
    let site = TestSite::new("");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let run = site.visti(&["serve", "--port", &port.to_string()]);
    let text = run.problems(1).replace(&port.to_string(), "[port]");
    insta::assert_snapshot!(text, @r"
    error[port-busy]: port [port] is in use by another program
     |
     = help: end that program, perhaps another preview, or choose a port with `--port`
    ");
}

#[test]
fn two_previews_find_two_ports() {
    let site = TestSite::new("");
    let start = || Preview::start_at_usual_port(&site);
    let (one, two) = (start(), start());
    assert_ne!(one.address, two.address);
    for preview in [&one, &two] {
        assert_eq!(preview.get("/ua/").status, 200);
    }
    assert!(
        two.stdout().contains("in use by another program, so this is port"),
        "{}",
        two.stdout()
    );
}

#[test]
fn a_preview_for_the_network_says_so() {
    let site = TestSite::new("");
    let preview = Preview::start(&site, &["--host", "0.0.0.0"]);
    assert!(preview.stdout().contains("Everyone on the network"), "{}", preview.stdout());
    let preview = Preview::start(&site, &[]);
    assert!(!preview.stdout().contains("network"), "{}", preview.stdout());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() {
    let site = TestSite::new("");
    let mut preview = Preview::start(&site, &[]);
    let open = preview.connect();
    let id = preview.child().id().to_string();
    let sent = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(sent.success());
    assert_eq!(preview.child().wait().unwrap().code(), Some(0));
    drop(open);
}

#[test]
fn a_folder_without_a_site_is_not_previewed() {
    let site = TestSite::new("");
    site.remove("site.toml");
    insta::assert_snapshot!(site.visti(&["serve"]).problems(1), @r"
    error[missing-site]: there is no `site.toml` in this folder
    --> site.toml
     = help: run visti in the site's folder, or name it with `--root`
    ");
}
