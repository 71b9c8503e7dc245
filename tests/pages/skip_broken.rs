//! `build --skip-broken`: one journalist's slip does not stop everybody's publishing.

use insta::assert_snapshot;

use crate::support::TestSite;

/// A sound story, and one that will be broken.
fn two_stories(broken: &str) -> TestSite {
    let site = TestSite::new(
        "
-- content/en/sound.md --
+++
title = 'Sound'
date = 2026-01-05
section = 'politics'
+++
It [goes on](broken.md), [here too](/en/broken/).
-- content/en/broken.md --
+++
title = 'Broken'
date = 2026-01-06
section = 'politics'
+++
All is well.
",
    );
    site.build(&[]).succeeded();
    site.put("content/en/broken.md", broken);
    site
}

#[test]
fn an_article_with_an_error_in_its_front_matter_is_left_out_and_reported() {
    let site = two_stories("+++\ntitle = Broken\n+++\n");
    assert_snapshot!(site.build(&["--skip-broken"]).problems(1), @r#"
    error[toml]: a text stands here without quotes
     --> content/en/broken.md:2:9
      |
    2 | title = Broken
      |         ^^^^^^
      |
      = help: put texts in straight quotes: `title = "…"`

    warning[unpublished-link]: nothing is published at `/en/broken/`, so the link is left out
     --> content/en/sound.md:6:26
      |
    6 | It [goes on](broken.md), [here too](/en/broken/).
      |                          ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: mend the articles with errors first: one may belong there

    1 article was left out because of an error; everything else was published.
    "#);
    assert!(!site.published().contains(&"en/broken/index.html".to_owned()));
    let page = site.page("/en/sound/");
    assert_eq!(page.texts("main a[href*=broken]"), [""; 0], "links to it are plain text");
    assert!(page.html.contains("goes on"));
}

#[test]
fn an_article_whose_text_has_an_error_is_left_out_and_no_link_leads_to_it() {
    let site = two_stories(
        "+++\ntitle = 'Broken'\ndate = 2026-01-06\nsection = 'politics'\n+++\n[x](no-such.md)\n",
    );
    assert_snapshot!(site.build(&["--skip-broken"]).problems(1), @r"
    error[broken-link]: there is no article `no-such.md`
     --> content/en/broken.md:6:1
      |
    6 | [x](no-such.md)
      | ^^^^^^^^^^^^^^^
      |
      = help: link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder

    warning[unpublished-link]: nothing is published at `/en/broken/`, so the link is left out
     --> content/en/sound.md:6:26
      |
    6 | It [goes on](broken.md), [here too](/en/broken/).
      |                          ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: mend the articles with errors first: one may belong there

    1 article was left out because of an error; everything else was published.
    ");
    assert!(!site.published().contains(&"en/broken/index.html".to_owned()));
    assert!(!site.page("/en/sections/politics/").html.contains("Broken"));
}

#[test]
fn of_two_articles_that_claim_one_address_the_one_to_be_changed_is_left_out() {
    let site = two_stories(
        "+++\ntitle = 'Broken'\ndate = 2026-01-06\nsection = 'politics'\nslug = 'sound'\n+++\nText.\n",
    );
    assert_snapshot!(site.build(&["--skip-broken"]).problems(1), @r"
    error[url-conflict]: two things claim the URL `/en/sound/`
     --> content/en/broken.md:5:8
      |
    5 | slug = 'sound'
      |        ^^^^^^^ claimed by this slug
     ::: content/en/sound.md
      = note: claimed by this file name
      = help: give one of them another `slug`, or rename its file

    warning[unpublished-link]: nothing is published at `/en/broken/`, so the link is left out
     --> content/en/sound.md:6:26
      |
    6 | It [goes on](broken.md), [here too](/en/broken/).
      |                          ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: mend the articles with errors first: one may belong there

    1 article was left out because of an error; everything else was published.
    ");
    assert_eq!(site.page("/en/sound/").texts("h1"), ["Sound"]);
}

#[test]
fn once_mended_it_is_published_again() {
    let site = two_stories("no front matter");
    site.build(&["--skip-broken"]).problems(1);
    site.put(
        "content/en/broken.md",
        "+++\ntitle = 'Mended'\ndate = 2026-01-06\nsection = 'politics'\n+++\nText.\n",
    );
    site.build(&["--skip-broken"]).succeeded();
    assert_eq!(site.page("/en/broken/").texts("h1"), ["Mended"]);
}

#[test]
fn an_error_of_everybodys_stops_everything_all_the_same() {
    for (file, text) in [
        ("content/tags.toml", "[peace-talks\n"),
        ("templates/article.html", "{{ nothing }}"),
        ("site.toml", "base_url = 1\n"),
    ] {
        let site = two_stories("no front matter");
        let before = site.tree("public");
        site.put(file, text);
        site.build(&["--skip-broken"]).problems(1);
        assert_eq!(site.tree("public"), before, "{file}");
    }
}

#[test]
fn so_many_broken_articles_that_it_is_no_slip_stop_everything() {
    let site = TestSite::new("");
    let put = |n: u32, section: &str| {
        let text =
            format!("+++\ntitle = 'N'\ndate = 2026-01-05\nsection = '{section}'\n+++\nText.\n");
        site.put(&format!("content/en/story-{n}.md"), text);
    };
    (0..100).for_each(|n| put(n, "culture"));
    site.build(&["--skip-broken"]).succeeded();
    (0..20).for_each(|n| put(n, "sport"));
    site.build(&["--skip-broken"]).problems(1);
    assert!(!site.published().contains(&"en/story-0/index.html".to_owned()));

    put(20, "sport");
    let before = site.tree("public");
    let problems = site.build(&["--skip-broken"]).problems(1).to_owned();
    assert!(
        problems.contains("21 of 100 articles have errors, too many to leave out"),
        "{problems}"
    );
    assert_eq!(site.tree("public"), before);
}
