//! `visti status`: stories by languages, what is out of date, and marks in translations.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/mod.rs"]
mod support;

use insta::assert_snapshot;
use support::TestSite;

/// When it is.
const NOW: &str = "--now=2025-12-20T12:00:00+02:00";

const STORIES: &str = "
-- content/ua/2025/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01T10:00:00
updated = 2025-12-02T10:00:00
+++
Текст.
-- content/en/2025/talks.md --
+++
title = 'Talks'
date = 2025-12-01T10:00:00
+++
Text.
-- content/ru/2025/talks.md --
+++
title = 'Переговоры'
date = 2025-12-01T10:00:00
updated = 2025-12-03
+++
Текст.
-- content/ua/2025/snow.md --
+++
title = 'Сніг'
date = 2025-12-24
original = 'en'
+++
-- content/en/2025/snow.md --
+++
title = 'Snow'
date = 2025-12-24
draft = true
+++
-- content/ru/pages/about.md --
+++
title = 'О нас'
+++
";

/// What `visti status` prints.
fn status(site: &TestSite, arguments: &[&str]) -> String {
    site.visti(&[&["status", NOW], arguments].concat()).succeeded().stdout
}

#[test]
fn a_table_shows_what_is_published_and_what_is_missing_or_out_of_date() {
    let site = TestSite::new(STORIES);
    assert_snapshot!(status(&site, &[]), @r"
    story        ua           en                ru
    2025/snow    scheduled    draft *           missing
    2025/talks   published *  published, stale  published
    pages/about  missing      missing           published *

    of 2         ua           en                ru
    published    1            1                 2
    of all       50 %         50 %              100 %
    ");
    assert_snapshot!(status(&site, &["--missing", "ru"]), @r"
    story      ua         en       ru
    2025/snow  scheduled  draft *  missing

    of 2       ua         en       ru
    published  1          1        2
    of all     50 %       50 %     100 %
    ");
    assert_snapshot!(status(&site, &["--stale"]), @r"
    story       ua           en                ru
    2025/talks  published *  published, stale  published

    of 2        ua           en                ru
    published   1            1                 2
    of all      50 %         50 %              100 %
    ");
}

#[test]
fn an_embargo_is_scheduled_and_what_was_taken_back_is_withdrawn() {
    let site = TestSite::new(
        "
-- content/ua/report.md --
+++
title = 'Звіт'
date = 2025-12-01
publish_at = 2025-12-23T06:00:00
+++
-- content/en/report.md --
+++
title = 'Report'
date = 2025-12-01
unpublish_at = 2025-12-10
+++
",
    );
    let table = status(&site, &[]);
    assert_eq!(table.lines().nth(1), Some("report     scheduled *  withdrawn  missing"), "{table}");
    let json = status(&site, &["--json"]);
    assert!(json.contains("\"state\": \"withdrawn\""), "{json}");
}

#[test]
fn json_says_the_same() {
    let site = TestSite::new(STORIES);
    assert_snapshot!(status(&site, &["--stale", "--json"]), @r#"
    {
      "languages": {
        "en": {
          "percent": 50,
          "published": 1
        },
        "ru": {
          "percent": 100,
          "published": 2
        },
        "ua": {
          "percent": 50,
          "published": 1
        }
      },
      "marked": [],
      "published_stories": 2,
      "stories": [
        {
          "editions": {
            "en": {
              "file": "content/en/2025/talks.md",
              "stale": true,
              "state": "published"
            },
            "ru": {
              "file": "content/ru/2025/talks.md",
              "stale": false,
              "state": "published"
            },
            "ua": {
              "file": "content/ua/2025/talks.md",
              "stale": false,
              "state": "published"
            }
          },
          "original": "ua",
          "story": "2025/talks"
        }
      ]
    }
    "#);
}

#[test]
fn a_marked_translation_is_stale_when_the_original_has_other_words() {
    let site = TestSite::new(STORIES);
    assert_snapshot!(status(&site, &["--mark", "content/en/2025/talks.md"]), @r"marked content/en/2025/talks.md");
    assert_snapshot!(site.text("content/en/2025/talks.md"), @r#"
    +++
    title = 'Talks'
    translated_from = "d722b451856fb034"
    date = 2025-12-01T10:00:00
    +++
    Text.
    "#);
    let stale = || status(&site, &["--stale"]).contains("2025/talks");
    assert!(!stale(), "marked, whatever `updated` says");
    site.edit("content/ua/2025/talks.md", "updated = 2025-12-02", "updated = 2025-12-19");
    site.edit("content/ru/2025/talks.md", "updated = 2025-12-03", "updated = 2025-12-20");
    assert!(!stale(), "dates are not translated");
    site.edit("content/ua/2025/talks.md", "Текст.", "Новий текст.");
    assert!(stale());
    let absolute = site.root().join("content/en/2025/talks.md");
    status(&site, &["--mark", absolute.to_str().unwrap()]);
    assert!(!stale());
    site.build(&["--strict"]).succeeded();
}

#[test]
fn a_mark_leaves_every_other_byte_and_the_files_mode() {
    let site = TestSite::new("");
    site.put("content/ua/a.md", "+++\ntitle = 'А'\ndate = 2025-12-01\n+++\nТекст\n");
    let text = "\u{feff}+++\r\ntitle = 'A' # headline\r\ndate = 2025-12-01\r\n\r\n[extra]\r\nx = 1\r\n+++\r\n\r\nText  \r\n";
    site.put("content/en/a.md", text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(site.root().join("content/en/a.md"), mode).unwrap();
    }
    status(&site, &["--mark", "content/en/a.md"]);
    let marked = site.text("content/en/a.md");
    let lines: Vec<&str> = marked.split_inclusive('\n').collect();
    let others: String =
        lines.iter().filter(|line| !line.starts_with("translated_from")).copied().collect();
    assert_eq!(others, text);
    assert_eq!(lines.len(), text.split_inclusive('\n').count() + 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = std::fs::metadata(site.root().join("content/en/a.md")).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    }
    let files = std::fs::read_dir(site.root().join("content/en")).unwrap().count();
    assert_eq!(files, 1, "no temporary file is left");
}

#[test]
fn what_cannot_be_answered_says_why() {
    let site = TestSite::new(STORIES);
    let says = |arguments: &[&str]| {
        let run = site.visti(&[&["status", NOW], arguments].concat());
        run.problems(1).to_owned()
    };
    assert_snapshot!(says(&["--missing", "uk"]), @r"
    error[unknown-language]: `uk` is no language of this site
    --> site.toml
     = help: did you mean `ua`?
    ");
    assert_snapshot!(says(&["--mark", "content/ua/2025/talks.md"]), @r#"
    error[not-a-translation]: `content/ua/2025/talks.md` is the original of its story
    --> content/ua/2025/talks.md
     = help: name a translation of it, or say with `original = "…"` which edition came first
    "#);
    assert_snapshot!(says(&["--mark", "content/en/nothing.md"]), @r"
    error[not-a-translation]: `content/en/nothing.md` is no edition of this site
    --> content/en/nothing.md
     = help: name a Markdown file of an article, such as `content/en/2025/12/talks.md`
    ");
    site.edit("content/en/2025/talks.md", "title = 'Talks'", "title = Talks");
    assert_snapshot!(says(&[]), @r#"
    error[toml]: this is not valid TOML: invalid boolean, expected `true`
     --> content/en/2025/talks.md:2:9
      |
    2 | title = Talks
      |         ^^^^^
      |
      = help: texts stand in "quotes", lists in [brackets], one `key = value` a line
    "#);
}
