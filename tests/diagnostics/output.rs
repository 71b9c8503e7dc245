//! The output folder.

use std::fs;

use insta::assert_snapshot;

use crate::support::TestSite;

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    let site = TestSite::new("-- public/thesis.doc --\nyears of work\n");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[output-refused]: the output folder has files that Visti did not make, such as `thesis.doc`
    --> public
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_eq!(site.published(), ["thesis.doc"]);
}

#[test]
fn folders_that_cannot_be_meant_are_refused() {
    let site = TestSite::new("");
    let says = |output: &str| site.build(&["--output", output]).problems(1).to_owned();
    assert_snapshot!(says("/"), @r"
    error[output-refused]: the whole file system cannot be the output folder
    --> /
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(says("."), @r"
    error[output-refused]: the site's own folder cannot be in the output folder
    --> .
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(says(".."), @r"
    error[output-refused]: the site's own folder cannot be in the output folder
    --> ..
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(says("content"), @r"
    error[output-refused]: the output folder holds `content`
    --> content
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(says("templates/out"), @r"
    error[output-refused]: the output folder lies in `templates`
    --> templates/out
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(says("site.toml"), @r"
    error[output-refused]: the output folder holds `site.toml`
    --> site.toml
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(says(".visti"), @r"
    error[output-refused]: the output folder holds `.visti`
    --> .visti
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_home_folder_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let site = TestSite::new("");
    let mut command = site.command(&["build", "--output", home.path().to_str().unwrap()]);
    command.env("HOME", home.path());
    let shown = site.run(command).problems(1).replace(home.path().to_str().unwrap(), "[home]");
    assert_snapshot!(shown, @r"
    error[output-refused]: the home folder cannot be in the output folder
    --> [home]
     = help: choose a folder that is new, empty, or was made by Visti

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_folder_that_cannot_be_written() {
    let site = TestSite::new("-- file --\nnot a folder\n");
    assert_snapshot!(site.build(&["--output", "file/public"]).problems(1), @r"
    error[io]: cannot use this folder: a part of the path is a file, not a folder
    --> file/public
     = help: choose another path

    Nothing was published: 1 error, 0 warnings.
    ");
    if cfg!(target_os = "linux") {
        assert_snapshot!(site.build(&["--output", "/proc/visti/public"]).problems(1), @r"
        error[io]: cannot write to the output folder: there is no such file or folder
        --> /proc/visti/public
         = help: check that the path is spelled right

        Nothing was published: 1 error, 0 warnings.
        ");
    }
}

#[test]
fn a_second_build_at_once_fails_and_names_the_first() {
    let site = TestSite::new("");
    site.build(&[]).succeeded();
    let locks = fs::read_dir(site.root().join(".visti")).unwrap().map(Result::unwrap);
    let lock = locks.map(|entry| entry.path()).find(|path| path.extension().is_some()).unwrap();
    let held = fs::File::open(lock).unwrap();
    held.lock().unwrap();
    let run = site.build(&[]);
    let words = run.problems(1).split(' ');
    let words =
        words.map(|word| if word.parse::<u32>().is_ok_and(|n| n > 1) { "[id]" } else { word });
    assert_snapshot!(words.collect::<Vec<_>>().join(" "), @r"
    error[output-locked]: process [id] is building into this folder
    --> public
     = help: let it finish, or run with `--wait`

    Nothing was published: 1 error, 0 warnings.
    ");
    held.unlock().unwrap();
    site.build(&[]).succeeded();
}

#[test]
fn a_failed_build_leaves_what_is_published_untouched() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Текст.
",
    );
    site.build(&[]).succeeded();
    let state = || {
        let files = site.tree("public");
        let times = files.keys().map(|path| {
            fs::metadata(site.root().join("public").join(path)).unwrap().modified().unwrap()
        });
        (times.collect::<Vec<_>>(), files)
    };
    let before = state();
    for (path, broken) in [
        ("content/ua/talks.md", "+++\ntitle = 'Перемовини'\n+++\n"),
        ("content/ua/talks.md", "+++\ntitle = 'А'\ndate = 2025-12-01\n+++\n[б](nothing.md)\n"),
        ("templates/page.html", "{{ nothing"),
        ("templates/tags.html", "{{ nothing }}"),
        ("site.toml", ""),
    ] {
        let sound = site.text(path);
        site.put(path, broken);
        assert_eq!(site.build(&[]).status, 1, "{path}");
        site.put(path, sound);
        assert!(state() == before, "{path} changed what is published");
    }
    let names: Vec<String> = fs::read_dir(site.root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("public"))
        .collect();
    assert_eq!(names, ["public"], "nothing is left beside it");
}
