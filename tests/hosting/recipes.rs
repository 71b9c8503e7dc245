//! The recipe of docs/publishing.md for stores of objects, with a folder for the store.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::site_with;
use crate::support::TestSite;

/// What `aws s3 cp` and `aws s3 rm` do, to the folder `bucket`, with a line of `log` each.
const AWS: &str = r#"#!/bin/sh
set -eu
[ "$1 $3" = "s3 --only-show-errors" ]
if [ -e "$HERE/fails" ] && [ "$(wc -l < "$HERE/log")" -ge "$(cat "$HERE/fails")" ]; then exit 1; fi
case $2 in
    cp) to="$HERE/bucket/${5#s3://news.example.org/}"; mkdir -p "$(dirname "$to")"; cp "$4" "$to" ;;
    rm) rm "$HERE/bucket/${4#s3://news.example.org/}" ;;
esac
shift 3
echo "$@" >> "$HERE/log"
"#;

fn put_program(site: &TestSite, path: &str, text: &str) {
    site.put(path, text);
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(site.root().join(path), mode).unwrap();
}

/// Builds and uploads; gives whether all went well, and what was done to the store, in order.
fn deploy(site: &TestSite) -> (bool, Vec<String>) {
    site.put("log", "");
    let visti = Path::new(env!("CARGO_BIN_EXE_visti"));
    let path = std::env::var_os("PATH").unwrap();
    let mut folders = vec![site.root().join("bin"), visti.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&path));
    let status = std::process::Command::new("sh")
        .arg("deploy")
        .current_dir(site.root())
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("HERE", site.root())
        .output()
        .unwrap()
        .status;
    (status.success(), site.text("log").lines().map(str::to_owned).collect())
}

/// The files that readers see, but for our own account of them.
fn assert_uploaded(site: &TestSite) {
    let mut published = site.tree("public");
    published.remove(".visti-manifest");
    let uploaded = site.tree("bucket");
    assert_eq!(uploaded.keys().collect::<Vec<_>>(), published.keys().collect::<Vec<_>>());
    assert!(uploaded == published);
}

fn place(log: &[String], path: &str) -> usize {
    let at = log.iter().position(|line| line.starts_with(path));
    at.unwrap_or_else(|| panic!("{path}: {log:#?}"))
}

#[test]
fn what_changed_is_uploaded_in_an_order_that_no_reader_notices() {
    let site = site_with("output.host = 's3'");
    put_program(&site, "bin/aws", AWS);
    site.put("deploy", crate::recipe("sh"));
    site.put("static/style.css", "p { margin: 0 }\n");
    let (is_done, log) = deploy(&site);
    assert!(is_done, "{log:#?}");
    assert_uploaded(&site);
    let style =
        log.iter().find(|line| line.starts_with("public/style.") && line.contains("immutable"));
    assert!(style.unwrap().ends_with("--content-type text/css; charset=utf-8"), "{log:#?}");
    assert!(log[place(&log, "public/ua/talks/")].contains("max-age=60 --content-type text/html"));

    let (_, log) = deploy(&site);
    assert_eq!(log, [""; 0], "nothing has changed");

    site.put("static/style.css", "p { margin: 1px }\n");
    site.put("content/ua/new.md", "+++\ntitle = 'Нове'\ndate = 2025-12-20\n+++\n");
    site.remove("content/en/price.md");
    site.put("fails", "6");
    let (is_done, _) = deploy(&site);
    assert!(!is_done);
    site.remove("fails");
    let (is_done, log) = deploy(&site);
    assert!(is_done, "what failed is done by the next deploy: {log:#?}");
    assert_uploaded(&site);
    let order = [
        "public/style.css",
        "public/ua/new/index.html",
        "public/ua/index.html",
        "s3://news.example.org/en/",
    ];
    assert!(order.map(|path| place(&log, path)).is_sorted(), "{log:#?}");
}
