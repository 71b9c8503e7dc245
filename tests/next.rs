//! `visti next`: when the site becomes another without an edit.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use insta::assert_snapshot;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use support::TestSite;

/// What `visti next` prints.
fn next(site: &TestSite, now: &str, arguments: &[&str]) -> String {
    site.visti(&[&["next", "--now", now], arguments].concat()).succeeded().stdout
}

/// An article of the second half of December, with more front matter.
fn article(title: &str, more: &str) -> String {
    format!("+++\ntitle = '{title}'\ndate = 2025-12-20T10:00:00\n{more}+++\n")
}

#[test]
fn it_names_one_moment_after_another_in_the_sites_zone() {
    let site = TestSite::new("");
    site.put(
        "content/ua/talks.md",
        article(
            "Перемовини",
            "pinned_until = 2025-12-21T12:00:00\nbreaking_until = 2025-12-20T13:00:00\n\
             unpublish_at = 2025-12-31\n",
        ),
    );
    let mut now = "2025-12-19T00:00:00Z".to_owned();
    let mut named = Vec::new();
    loop {
        let next = next(&site, &now, &[]);
        let Some(moment) = next.strip_suffix('\n') else { break };
        named.push(moment.to_owned());
        now = moment.to_owned();
    }
    assert_eq!(
        named,
        [
            "2025-12-20T10:00:00+02:00",
            "2025-12-20T13:00:00+02:00",
            "2025-12-21T12:00:00+02:00",
            "2025-12-22T10:00:00+02:00",
            "2025-12-31T00:00:00+02:00",
        ]
    );
    assert_eq!(next(&site, &now, &[]), "");
}

#[test]
fn it_tells_programs_what_happens() {
    let site = TestSite::new("");
    site.put("content/ua/talks.md", article("Перемовини", ""));
    site.put("content/en/talks.md", article("Talks", "publish_at = 2025-12-20T11:00:00\n"));
    site.put("content/ru/talks.md", article("Переговоры", "unpublish_at = 2025-12-20T11:00:00\n"));
    assert_snapshot!(next(&site, "2025-12-20T10:00:00+02:00", &["--json"]), @r#"
    {
      "at": "2025-12-20T11:00:00+02:00",
      "changes": [
        {
          "file": "content/en/talks.md",
          "kind": "publication"
        },
        {
          "file": "content/ru/talks.md",
          "kind": "withdrawal"
        }
      ]
    }
    "#);
    assert_snapshot!(next(&site, "2026-12-20T10:00:00+02:00", &["--json"]), @r#"
    {
      "at": null,
      "changes": []
    }
    "#);
}

#[test]
fn drafts_are_never_due_unless_they_are_built_and_what_is_built_already_is_not_due() {
    let site = TestSite::new("");
    site.put("content/ua/talks.md", article("Перемовини", "draft = true\n"));
    let before = "2025-12-20T00:00:00+02:00";
    assert_eq!(next(&site, before, &[]), "");
    assert_eq!(next(&site, before, &["--drafts"]), "2025-12-20T10:00:00+02:00\n");
    let news_end = "2025-12-22T10:00:00+02:00\n";
    assert_eq!(next(&site, before, &["--drafts", "--future"]), news_end);
}

#[test]
fn what_is_no_part_of_the_site_is_not_due() {
    let site = TestSite::new("");
    site.put("content/ua/talks.md", article("Перемовини", ""));
    site.put("content/ua/pages/about.md", "+++\ntitle = 'Про нас'\npublish_at = 2026-01-01\n+++\n");
    let now = "2025-12-21T00:00:00+02:00";
    let plain = site.text("site.toml");
    site.put("site.toml", format!("{plain}[sitemaps]\nnews = false\n"));
    assert_eq!(next(&site, now, &[]), "2026-01-01T00:00:00+02:00\n");
    site.put("site.toml", format!("{plain}[sitemaps]\nnews = false\n[urls]\npage = false\n"));
    assert_eq!(next(&site, now, &[]), "");
}

#[test]
fn articles_with_errors_are_reported_and_the_answer_is_that_of_the_others() {
    let site = TestSite::new("");
    site.put("content/ua/talks.md", article("Перемовини", ""));
    site.put("content/ua/broken.md", "+++\ntitle = 'Без дати'\n+++\n");
    let run = site.visti(&["next", "--now", "2025-12-20T00:00:00+02:00"]);
    assert_eq!((run.status, &*run.stdout), (1, "2025-12-20T10:00:00+02:00\n"));
    assert!(run.stderr.contains("error[missing-key]"), "{}", run.stderr);
    site.remove("site.toml");
    let run = site.visti(&["next"]);
    assert_eq!((run.status, &*run.stdout), (1, ""));
    assert!(run.stderr.contains("error[missing-site]"), "{}", run.stderr);
}

#[test]
fn it_writes_nothing() {
    let site = TestSite::new("");
    site.put("content/ua/talks.md", article("Перемовини", ""));
    let before = site.tree(".");
    next(&site, "2025-12-20T00:00:00+02:00", &[]);
    assert_eq!(site.tree("."), before);
    site.build(&[]).succeeded();
    site.put("content/ua/talks.md", article("Перемовини!", ""));
    let before = site.tree(".");
    next(&site, "2025-12-20T00:00:00+02:00", &[]);
    assert_eq!(site.tree("."), before);
}

/// Moments of an article, in hours from the beginning.
#[derive(Debug, Clone)]
struct Schedule {
    date: u8,
    publish_at: Option<u8>,
    unpublish_after: Option<u8>,
    pinned_until: Option<u8>,
    breaking_until: Option<u8>,
    is_draft: bool,
    is_page: bool,
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let hours = || prop::option::weighted(0.4, 0..100_u8);
    let rare = |p| prop::bool::weighted(p);
    (0..100_u8, hours(), hours(), hours(), hours(), rare(0.1), rare(0.2)).prop_map(
        |(date, publish_at, unpublish_after, pinned_until, breaking_until, is_draft, is_page)| {
            Schedule {
                date,
                publish_at,
                unpublish_after,
                pinned_until,
                breaking_until,
                is_draft,
                is_page,
            }
        },
    )
}

fn at(hours: u32) -> Timestamp {
    let start: Timestamp = "2025-12-01T00:00:00Z".parse().unwrap();
    start + SignedDuration::from_hours(i64::from(hours))
}

fn put(site: &TestSite, n: usize, schedule: &Schedule) {
    let due = u32::from(schedule.date.max(schedule.publish_at.unwrap_or(0)));
    let mut text = format!("+++\ntitle = 'Story {n}'\ndate = {}\n", at(schedule.date.into()));
    let mut moment = |key: &str, hours: Option<u32>| {
        text.extend(hours.map(|hours| format!("{key} = {}\n", at(hours))));
    };
    moment("publish_at", schedule.publish_at.map(u32::from));
    moment("unpublish_at", schedule.unpublish_after.map(|hours| due + 1 + u32::from(hours)));
    moment("pinned_until", schedule.pinned_until.map(u32::from));
    moment("breaking_until", schedule.breaking_until.map(u32::from));
    if schedule.is_draft {
        text.push_str("draft = true\n");
    }
    text.push_str("+++\n");
    let folder = if schedule.is_page { "pages/" } else { "" };
    let code = ["ua", "en"][n % 2];
    site.put(&format!("content/{code}/{folder}story-{}.md", n / 2), text);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: option_env!("VISTI_CASES").and_then(|n| n.parse().ok()).unwrap_or(8),
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn between_now_and_what_it_names_time_changes_nothing_and_then_it_does(
        schedules in prop::collection::vec(schedules(), 1..5),
        start in 0..120_u32,
    ) {
        // With the default theme, which shows pins and says when an article is withdrawn.
        let site = TestSite::of_repository(&["templates", "site.toml"]);
        for file in ["static/style.css", "static/fresh.js", "static/favicon.svg", "static/share"] {
            site.copy_of_repository(file, file);
        }
        site.put("content/sections.toml", "");
        for (n, schedule) in schedules.iter().enumerate() {
            put(&site, n, schedule);
        }
        let built = |now: Timestamp| {
            site.build(&["--quiet", "--now", &now.to_string()]).succeeded();
            site.tree("public")
        };
        let mut now = at(start);
        for _ in 0..4 {
            let tree = built(now);
            let named = next(&site, &now.to_string(), &["--json"]);
            let named: serde_json::Value = serde_json::from_str(&named).unwrap();
            let Some(moment) = named["at"].as_str() else {
                prop_assert!(built(now + SignedDuration::from_hours(100_000)) == tree, "{}", now);
                break;
            };
            let then: Timestamp = moment.parse().unwrap();
            prop_assert!(then > now);
            let shown = then.to_zoned(TimeZone::get("Europe/Kyiv").unwrap());
            prop_assert_eq!(shown.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), moment);
            let half = SignedDuration::from_secs((then.as_second() - now.as_second()) / 2);
            let just_before = then - SignedDuration::from_secs(1);
            for between in BTreeSet::from([now + half, just_before]) {
                prop_assert!(built(between) == tree, "{named} skips a change before {between}");
            }
            let changes = named["changes"].as_array().unwrap();
            prop_assert!(!changes.is_empty());
            // What ends to stand at the top may stand there anyway.
            let is_seen = |kind: &str| !matches!(kind, "pin-end" | "breaking-end");
            if changes.iter().any(|change| is_seen(change["kind"].as_str().unwrap())) {
                prop_assert!(built(then) != tree, "{named} is no change");
            }
            now = then;
        }
    }
}
