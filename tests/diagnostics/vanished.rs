//! URLs that the last build published and this one does not.

use insta::assert_snapshot;

use crate::support::TestSite;

/// A site that was built once, with a story, a page and a tag.
fn published() -> TestSite {
    let site = TestSite::new(
        "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
tags = ['florida']
+++
Текст.
-- content/en/2025/12/talks.md --
+++
title = 'Talks'
date = 2025-12-01
aliases = ['/news/1/', '/news/2.html']
+++
Text.
-- content/en/pages/about.md --
+++
title = 'About us'
+++
",
    );
    site.build(&[]).succeeded();
    site
}

#[test]
fn a_slug_that_was_changed() {
    let site = published();
    site.edit("content/ua/2025/12/talks.md", "date", "slug = 'peremovyny'\ndate");
    site.edit("content/en/2025/12/talks.md", "date", "slug = 'negotiations'\ndate");
    let strict = site.build(&["--strict"]);
    assert_snapshot!(strict.problems(1), @r#"
    warning[vanished-url]: the URL `/en/2025/12/talks/` of the last build is gone: this article is at `/en/2025/12/negotiations/`
     --> content/en/2025/12/talks.md:5:11
      |
    5 | aliases = ['/news/1/', '/news/2.html']
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: change the list to `aliases = ["/news/1/", "/news/2.html", "/en/2025/12/talks/"]`, and the old address leads here

    warning[vanished-url]: the URL `/ua/2025/12/talks/` of the last build is gone: this article is at `/ua/2025/12/peremovyny/`
     --> content/ua/2025/12/talks.md:3:8
      |
    3 | slug = 'peremovyny'
      |        ^^^^^^^^^^^^
      |
      = help: add `aliases = ["/ua/2025/12/talks/"]`, and the old address leads here

    Nothing was published: 0 errors, 2 warnings (`--strict` counts warnings as errors).
    "#);
    assert!(site.published().contains(&"ua/2025/12/talks/index.html".to_owned()));
    site.build(&["--strict"]).problems(1);
    assert_eq!(site.build(&[]).problems(0).matches("vanished-url").count(), 2);
    assert_eq!(site.build(&["--strict"]).problems(0), "", "said once, when it was published");
}

#[test]
fn the_line_that_is_offered_is_what_is_needed() {
    let site = published();
    site.edit("content/en/2025/12/talks.md", "date", "slug = 'negotiations'\ndate");
    let problems = site.build(&["--strict"]).problems(1).to_owned();
    let line = problems.split_once("change the list to `").unwrap().1.split('`').next().unwrap();
    site.edit("content/en/2025/12/talks.md", "aliases = ['/news/1/', '/news/2.html']", line);
    assert_eq!(site.build(&["--strict"]).problems(0), "");
    let page = site.page("/en/2025/12/talks/");
    assert_eq!(page.attributes("a", "href"), ["/en/2025/12/negotiations/"]);
}

#[test]
fn a_file_that_has_another_name() {
    let site = published();
    let text = site.text("content/ua/2025/12/talks.md");
    site.remove("content/ua/2025/12/talks.md");
    site.put("content/ua/2025/12/peremovyny.md", text);
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[vanished-url]: the URL `/ua/2025/12/talks/` of the last build is gone: this article is at `/ua/2025/12/peremovyny/`
    --> content/ua/2025/12/peremovyny.md
     = help: add `aliases = ["/ua/2025/12/talks/"]`, and the old address leads here
    "#);
}

#[test]
fn a_file_that_has_another_name_and_other_words() {
    let site = published();
    site.remove("content/ua/2025/12/talks.md");
    site.put(
        "content/ua/2025/12/talk.md",
        "+++\ntitle = 'Розмова'\ndate = 2025-12-01\n+++\nІнший текст.\n",
    );
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[vanished-url]: the URL `/ua/2025/12/talks/` of the last build is gone: its file was renamed or removed
    --> content/ua/2025/12/talk.md
     = help: if it is this article now, add `aliases = ["/ua/2025/12/talks/"]` to it
    "#);
}

#[test]
fn a_file_that_was_removed() {
    let site = published();
    site.remove("content/en/pages/about.md");
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[vanished-url]: the URL `/en/about/` of the last build is gone: its file was renamed or removed
    --> content
     = help: if the article is elsewhere now, add `aliases = ["/en/about/"]` to it; if it was removed on purpose, build without `--strict`: this is said once
    "#);
    assert_eq!(site.build(&[]).problems(0), "");
}

#[test]
fn an_alias_that_was_removed() {
    let site = published();
    site.edit("content/en/2025/12/talks.md", "'/news/1/', ", "");
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[vanished-url]: the URL `/news/1/` of the last build is gone: this article is at `/en/2025/12/talks/`
     --> content/en/2025/12/talks.md:4:11
      |
    4 | aliases = ['/news/2.html']
      |           ^^^^^^^^^^^^^^^^
      |
      = help: change the list to `aliases = ["/news/2.html", "/news/1/"]`, and the old address leads here
    "#);
}

#[test]
fn a_tag_with_another_slug() {
    let site = published();
    site.edit("content/tags.toml", "slug = \"florida\"", "slug = \"fl\"");
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[vanished-url]: the URL `/ua/tags/florida/` of the last build is gone: the tag `florida` is at `/ua/tags/fl/` in `ua`
     --> content/tags.toml:6:8
      |
    6 | slug = "fl"
      |        ^^^^
      |
      = help: to keep the address, write `slug = { ua = "florida" }`
    "#);
}

#[test]
fn another_pattern_for_all_articles_is_one_problem() {
    let site = published();
    for n in 10..40 {
        let text = format!("+++\ntitle = 'Новина {n}'\ndate = 2025-12-01\n+++\n");
        site.put(&format!("content/ua/2025/12/story-{n}.md"), text);
    }
    site.build(&[]).succeeded();
    site.edit(
        "site.toml",
        "[languages.ua]",
        "urls.article = '/{language}/{slug}/'\n[languages.ua]",
    );
    let run = site.build(&[]);
    let problems = run.problems(0);
    assert_eq!(problems.matches("warning[vanished-url]").count(), 21, "{problems}");
    let last = problems.split("\n\n").find(|problem| problem.contains("more URLs")).unwrap();
    assert_snapshot!(last, @r"
    warning[vanished-url]: 12 more URLs of the last build are gone
    --> site.toml
     = help: if a pattern in `[urls]` was changed: put it back, or let the host redirect what it matched
    ");
    assert!(problems.contains("add `aliases = [\"/ua/2025/12/story-10/\"]`"), "{problems}");
}

#[test]
fn what_is_withdrawn_on_purpose_or_leads_on_is_no_problem() {
    let site = published();
    site.edit("content/ua/2025/12/talks.md", "date", "draft = true\ndate");
    site.edit("content/en/pages/about.md", "title", "draft = true\ntitle");
    assert_eq!(site.build(&["--strict"]).problems(0), "");
    // Redirects of the host instead of pages.
    site.edit("site.toml", "[languages.ua]", "redirects.formats = 'netlify'\n[languages.ua]");
    assert_eq!(site.build(&["--strict"]).problems(0), "");
    // An article with a mistake is left out for now.
    site.edit("content/en/2025/12/talks.md", "Text.", "[Link](nowhere.md)");
    let run = site.build(&["--skip-broken"]);
    assert!(!run.problems(1).contains("vanished-url"), "{}", run.stderr);
    site.edit("content/en/2025/12/talks.md", "[Link](nowhere.md)", "Text.");
    assert_eq!(site.build(&["--strict"]).problems(0), "");
}

#[test]
fn errors_are_said_without_the_pages_that_they_keep_from_being_made() {
    let site = published();
    site.edit("content/en/2025/12/talks.md", "Text.", "[Link](nowhere.md)");
    let run = site.build(&[]);
    assert!(!run.problems(1).contains("vanished-url"), "{}", run.stderr);
}
