//! What is public, and in which order: drafts, scheduled stories, dates.

use super::{headlines, hreflangs, switcher};
use crate::support::{Page, TestSite};

/// A public story with an unpublished translation and a link to an unpublished story.
fn site_with(unpublished: &str) -> TestSite {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01T10:00:00
section = 'politics'
+++
Дивіться [наступний раунд](next-round.md).
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01T10:00:00
section = 'politics'
DRAFT
+++
-- content/ua/next-round.md --
+++
title = 'Наступний раунд'
date = 2026-03-01T10:00:00
section = 'politics'
tags = ['florida']
aliases = ['/old-address/']
DRAFT
+++
",
    );
    site.edit("content/en/talks.md", "DRAFT", "draft = true");
    site.edit("content/ua/next-round.md", "DRAFT", unpublished);
    site
}

fn assert_next_round_is_absent(site: &TestSite) {
    for (path, bytes) in site.tree("public") {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("Наступний раунд"), "{path}");
        assert!(!path.contains("next-round") && !path.contains("florida"), "{path}");
        assert!(!path.contains("old-address") && !path.contains("2026-03"), "{path}");
    }
}

#[test]
fn a_draft_is_nowhere() {
    let site = site_with("draft = true");
    site.build(&["--now", "2026-04-01T00:00:00Z"]).succeeded();
    assert_next_round_is_absent(&site);
}

#[test]
fn a_story_of_the_future_is_nowhere_until_it_is_due() {
    let site = site_with("");
    site.build(&["--now", "2026-03-01T09:59:59+02:00"]).succeeded();
    assert_next_round_is_absent(&site);
    site.build(&["--now", "2026-03-01T10:00:00+02:00"]).succeeded();
    assert_eq!(headlines(&site.page("/ua/news/")), ["Наступний раунд", "Перемовини"]);
    assert_eq!(site.page("/ua/talks/").attributes(".text a", "href"), ["/ua/next-round/"]);
}

#[test]
fn an_embargo_keeps_a_story_back_though_its_date_has_come_and_readers_see_the_date() {
    let site = site_with("publish_at = 2026-03-05T06:00:00+02:00");
    site.build(&["--now", "2026-03-05T05:59:59+02:00"]).succeeded();
    assert_next_round_is_absent(&site);
    let run = site.build(&["--now", "2026-03-05T05:59:59+02:00"]).succeeded();
    let last = run.stdout.trim_end().lines().last().unwrap();
    let due = "The next scheduled article is due at 2026-03-05T06:00:00+02:00: build again then.";
    assert_eq!(last, due);
    site.build(&["--now", "2026-03-05T06:00:00+02:00"]).succeeded();
    let page = site.page("/ua/next-round/");
    assert_eq!(page.attributes("time", "datetime")[0], "2026-03-01T10:00:00+02:00");
}

#[test]
fn an_embargo_that_ends_before_the_date_changes_nothing() {
    let site = site_with("publish_at = 2026-02-01");
    site.build(&["--now", "2026-03-01T09:59:59+02:00"]).succeeded();
    assert_next_round_is_absent(&site);
    site.build(&["--future"]).succeeded();
    assert_eq!(headlines(&site.page("/ua/news/")), ["Наступний раунд", "Перемовини"]);
}

#[test]
fn a_withdrawn_story_is_nowhere_also_for_whoever_asks_for_what_is_to_come() {
    let site = site_with("unpublish_at = 2026-03-10T00:00:00");
    let run = site.build(&["--now", "2026-03-09T23:59:59+02:00"]).succeeded();
    assert_eq!(headlines(&site.page("/ua/news/")), ["Наступний раунд", "Перемовини"]);
    let last = run.stdout.trim_end().lines().last().unwrap();
    assert_eq!(
        last,
        "The next article to be withdrawn is due at 2026-03-10T00:00:00+02:00: build again then."
    );
    let run = site.build(&["--now", "2026-03-10T00:00:00+02:00"]).succeeded();
    assert_next_round_is_absent(&site);
    assert!(run.stderr.contains("warning[unpublished-link]"), "{}", run.stderr);
    assert_eq!(site.page("/ua/talks/").texts(".text"), ["Дивіться наступний раунд."]);
    site.build(&["--now", "2026-03-10T00:00:00+02:00", "--future", "--drafts"]).succeeded();
    assert_next_round_is_absent(&site);
}

#[test]
fn an_article_that_will_be_withdrawn_says_until_when_it_stands() {
    let site = TestSite::of_repository(&["templates", "static", "site.toml"]);
    site.put("content/sections.toml", "");
    let article = |until: &str| {
        format!("+++\ntitle = 'Перемовини'\ndate = 2025-12-01T10:00:00\n{until}+++\n")
    };
    site.put("content/ua/talks.md", article("unpublish_at = 2026-03-10T00:00:00\n"));
    site.put("content/ua/opera.md", article(""));
    let until = |page: Page| page.attributes("meta[property='article:expiration_time']", "content");
    assert_eq!(until(site.page("/ua/talks/")), ["2026-03-10T00:00:00+02:00"]);
    assert_eq!(until(site.page("/ua/opera/")), [""; 0]);
}

#[test]
fn a_standalone_page_may_come_out_and_be_withdrawn_too() {
    let site = TestSite::new(
        "
-- content/ua/pages/election.md --
+++
title = 'Вибори'
publish_at = 2026-02-01
unpublish_at = 2026-02-10
+++
",
    );
    let is_there = |now: &str| {
        site.build(&["--now", now]).succeeded();
        site.root().join("public/ua/election/index.html").exists()
    };
    assert!(!is_there("2026-01-31T23:59:59+02:00"));
    assert!(is_there("2026-02-01T00:00:00+02:00"));
    assert!(!is_there("2026-02-10T00:00:00+02:00"));
}

#[test]
fn a_scheduled_story_is_announced_to_whoever_builds() {
    let site = site_with("");
    let run = site.build(&[]).succeeded();
    let last = run.stdout.trim_end().lines().last().unwrap();
    assert!(last.contains("2026-03-01T10:00:00+02:00"), "{last}");
}

#[test]
fn drafts_and_future_stories_are_shown_to_whoever_asks_for_them() {
    let site = site_with("draft = true");
    site.build(&["--drafts"]).succeeded();
    assert_eq!(headlines(&site.page("/ua/news/")), ["Перемовини"]);
    assert_eq!(site.page("/en/talks/").texts("h1"), ["Talks"]);
    site.build(&["--drafts", "--future"]).succeeded();
    assert_eq!(headlines(&site.page("/ua/news/")), ["Наступний раунд", "Перемовини"]);
    site.build(&["--future"]).succeeded();
    assert_next_round_is_absent(&site);
}

#[test]
fn an_unpublished_translation_is_missing_like_an_unwritten_one() {
    let site = site_with("");
    let page = site.page("/ua/talks/");
    assert_eq!(hreflangs(&page), ["uk /ua/talks/", "x-default /ua/talks/"]);
    assert_eq!(switcher(&page)[1], "ENG → /en/sections/politics/ (missing)");
    assert_eq!(page.texts("a.translation"), [""; 0]);
}

#[test]
fn a_link_to_an_unpublished_story_becomes_plain_text_with_a_warning() {
    for unpublished in ["", "draft = true"] {
        let site = site_with(unpublished);
        let run = site.build(&[]).succeeded();
        assert!(run.stderr.contains("warning[unpublished-link]"), "{}", run.stderr);
        assert!(run.stderr.contains("content/ua/talks.md:6:10"), "{}", run.stderr);
        assert_eq!(site.page("/ua/talks/").select(".text a"), "");
        assert_eq!(site.page("/ua/talks/").texts(".text"), ["Дивіться наступний раунд."]);
    }
}

#[test]
fn a_link_leads_to_the_public_edition_while_the_own_one_is_a_draft() {
    let site = site_with("draft = true");
    site.put("content/en/pages/about.md", "+++\ntitle = 'About'\n+++\n[Talks](/talks.md)\n");
    let page = site.page("/en/about/");
    assert_eq!(page.attributes("main a", "href"), ["/ua/talks/"]);
    assert_eq!(page.attributes("main a", "hreflang"), ["uk"]);
}

#[test]
fn pictures_of_an_unpublished_folder_edition_are_not_published() {
    let site = TestSite::new(
        "
-- content/ua/talks/index.md --
+++
title = 'Перемовини'
date = 2025-12-01
draft = true
image = { src = 'secret.svg', alt = '' }
+++
",
    );
    site.put("content/ua/talks/secret.svg", super::DRAWING);
    site.build(&[]).succeeded();
    assert!(site.published().iter().all(|path| !path.contains("secret")));
}

#[test]
fn stories_are_ordered_by_instant_and_then_by_story_key() {
    let site = TestSite::new(
        "
-- content/ua/b.md --
+++
title = 'Друга'
date = 2025-12-01T12:00:00
+++
-- content/ua/a.md --
+++
title = 'Остання'
date = 2025-12-01T10:00:01Z
+++
-- content/ua/c.md --
+++
title = 'Третя за ключем'
date = 2025-12-01T10:00:00Z
+++
-- content/ua/z.md --
+++
title = 'Опівночі'
date = 2025-12-01
+++
-- content/ua/y.md --
+++
title = 'Напередодні'
date = 2025-11-30T23:59:59
+++
",
    );
    site.edit("site.toml", "per_page = 2", "per_page = 5");
    assert_eq!(
        headlines(&site.page("/ua/news/")),
        ["Остання", "Третя за ключем", "Друга", "Опівночі", "Напередодні"]
    );
}

#[test]
fn a_bare_date_shows_the_day_only() {
    let site = TestSite::new(
        "
-- content/ua/day.md --
+++
title = 'День'
date = 2025-12-01
+++
-- content/ua/hour.md --
+++
title = 'Година'
date = 2025-12-01T00:00:00
updated = 2025-12-02T08:05:00Z
+++
",
    );
    let times = |page: Page| (page.texts(".meta time"), page.attributes(".meta time", "datetime"));
    assert_eq!(
        times(site.page("/ua/day/")),
        (vec!["1 грудня 2025".to_owned()], vec!["2025-12-01".to_owned()])
    );
    let (texts, values) = times(site.page("/ua/hour/"));
    assert_eq!(texts, ["1 грудня 2025, 00:00", "2 грудня 2025, 10:05"]);
    assert_eq!(values, ["2025-12-01T00:00:00+02:00", "2025-12-02T10:05:00+02:00"]);
}

#[test]
fn a_pinned_story_leads_the_front_page_until_its_time_is_over() {
    let site = TestSite::new(
        "
-- content/ua/pinned.md --
+++
title = 'Закріплена'
date = 2025-12-01
pinned_until = 2026-01-20T00:00:00
+++
-- content/ua/newer.md --
+++
title = 'Новіша'
date = 2025-12-02
+++
",
    );
    site.build(&["--now", "2026-01-19T23:59:59+02:00"]).succeeded();
    assert_eq!(site.page("/ua/").texts("h2.lead"), ["Закріплена"]);
    assert_eq!(headlines(&site.page("/ua/")), ["Новіша"]);
    site.build(&["--now", "2026-01-20T00:00:00+02:00"]).succeeded();
    assert_eq!(site.page("/ua/").texts("h2.lead"), ["Новіша"]);
    assert_eq!(headlines(&site.page("/ua/")), ["Закріплена"]);
}

#[test]
fn the_front_page_leads_with_the_newest_story_that_has_a_picture() {
    let site = TestSite::new(
        "
-- content/ua/plain.md --
+++
title = 'Без світлини'
date = 2025-12-02
+++
-- content/ua/drawn.md --
+++
title = 'Зі світлиною'
date = 2025-12-01
image = { src = '/drawing.svg', alt = 'Малюнок' }
+++
",
    );
    site.put("static/drawing.svg", super::DRAWING);
    assert_eq!(site.page("/ua/").texts("h2.lead"), ["Зі світлиною"]);
    assert_eq!(headlines(&site.page("/ua/")), ["Без світлини"]);
    assert_eq!(site.page("/ua/").texts(".day"), ["2 грудня 2025"]);
}
