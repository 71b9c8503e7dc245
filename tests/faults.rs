//! When the system refuses: a disk that is full, a file that is too large, permissions lost. The error
//! is clear, what is published stays as it was, and the next build completes it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use support::TestSite;

fn put_story(site: &TestSite, name: &str, text: &str) {
    let front = "+++\ntitle = 'Story'\ndate = 2025-12-01\nsection = 'politics'\n+++\n";
    site.put(&format!("content/ua/{name}.md"), format!("{front}{text}\n"));
}

fn text_of(output: &[u8]) -> String {
    String::from_utf8(output.to_vec()).unwrap()
}

/// Runs a shell script in the site's folder, with `$VISTI` and `$NOW`.
fn shell(site: &TestSite, before: &[&str], script: &str) -> Output {
    let mut words = before.iter().chain(&["sh", "-ec"]);
    let mut command = Command::new(words.next().unwrap());
    command.args(words).arg(script).current_dir(site.root());
    command.env("VISTI", env!("CARGO_BIN_EXE_visti")).env("NO_COLOR", "1");
    command.env("NOW", "2026-01-15T12:00:00+02:00").output().unwrap()
}

/// What a clean build of the site gives.
fn clean(site: &TestSite) -> std::collections::BTreeMap<String, Vec<u8>> {
    site.build(&["--no-cache", "--output", "clean"]).succeeded();
    let tree = site.tree("clean");
    site.remove("clean");
    tree
}

#[test]
fn when_a_file_cannot_be_written_whole_nothing_is_published_and_the_next_build_completes_it() {
    let site = TestSite::new("");
    put_story(&site, "old", "Text.");
    site.build(&[]).succeeded();
    let before = site.tree("public");
    put_story(&site, "new", &"A long text. ".repeat(10_000));

    // Writing beyond 32 kB of a file fails, as on a full disk, instead of killing the program.
    let failed =
        shell(&site, &[], "trap '' XFSZ; ulimit -f 64; \"$VISTI\" build --quiet --now \"$NOW\"");
    assert_eq!(failed.status.code(), Some(1));
    let said = text_of(&failed.stderr);
    assert!(said.contains("error[io]: cannot write this file"), "{said}");
    assert!(said.contains("public/ua/new/index.html"), "{said}");
    assert_eq!(site.tree("public"), before, "what is published, and nothing beside it");

    site.build(&[]).succeeded();
    assert_eq!(site.tree("public"), clean(&site));
}

/// A process of its own may mount file systems, that only it sees, if the system allows that to users.
fn may_mount() -> bool {
    let mut tried = Command::new("unshare");
    tried.args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
    tried.output().is_ok_and(|output| output.status.success())
}

#[test]
fn a_full_disk_a_read_only_one_and_one_of_its_own_for_the_output() {
    if !may_mount() {
        return; // The test above is the nearest to it that any system allows.
    }
    let site = TestSite::new("");
    put_story(&site, "old", "Text.");
    let new = "+++\ntitle = 'New'\ndate = 2025-12-02\nsection = 'politics'\n+++\n";
    site.put("new.md", format!("{new}{}\n", "A long text. ".repeat(100_000)));
    fs::create_dir(site.root().join("public")).unwrap();
    let done = shell(
        &site,
        &["unshare", "-rm"],
        r#"
        build() { "$VISTI" build --quiet --now "$NOW"; }
        fails() { if build; then echo "$1: built"; exit 9; fi; diff -r public before; }
        mount -t tmpfs -o size=1m tmpfs public
        build
        cp -a public before
        cp new.md content/ua/new.md
        fails full
        mount -o remount,size=10m public
        mount -o remount,ro public
        fails read-only
        mount -o remount,rw public
        build
        "$VISTI" build --quiet --now "$NOW" --no-cache --output clean
        diff -r public clean
        "#,
    );
    let said = text_of(&done.stderr);
    assert_eq!(done.status.code(), Some(0), "{}{said}", text_of(&done.stdout));
    assert!(said.contains("the disk is full"), "{said}");
    assert!(said.contains("free some space, then run again"), "{said}");
    assert!(said.contains("read-only"), "{said}");
}

#[test]
fn a_published_file_that_may_not_be_written_is_replaced() {
    let site = TestSite::new("");
    put_story(&site, "story", "Old text.");
    site.build(&[]).succeeded();
    let page = site.root().join("public/ua/story/index.html");
    fs::set_permissions(&page, fs::Permissions::from_mode(0o444)).unwrap();
    put_story(&site, "story", "New text.");
    site.build(&[]).succeeded();
    assert!(fs::read_to_string(&page).unwrap().contains("New text."));
    assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn a_folder_that_may_not_be_written_is_an_error_and_the_next_build_completes_it() {
    let site = TestSite::new("");
    put_story(&site, "story", "Old text.");
    site.build(&[]).succeeded();
    let public = site.root().join("public");
    fs::set_permissions(&public, fs::Permissions::from_mode(0o555)).unwrap();
    let is_refused = fs::create_dir(public.join("x")).is_err();
    put_story(&site, "story", "New text.");
    if is_refused {
        let before = site.tree("public");
        let said = site.build(&[]).problems(1).to_owned();
        assert!(said.contains("permission denied"), "{said}");
        assert_eq!(site.tree("public"), before);
    } else {
        // Nothing is refused to root.
        fs::remove_dir(public.join("x")).unwrap();
    }
    fs::set_permissions(&public, fs::Permissions::from_mode(0o755)).unwrap();
    site.build(&[]).succeeded();
    assert_eq!(site.tree("public"), clean(&site));
}
