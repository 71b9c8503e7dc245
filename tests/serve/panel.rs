//! The newsroom panel: every story with its editions, found by title and state.

use crate::support::preview::Preview;
use crate::support::{Page, TestSite};

const STORIES: &str = "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини <тривають>'
date = 2025-12-03T10:00:00
updated = 2025-12-05
original = 'ua'
+++
-- content/en/2025/12/talks.md --
+++
title = 'Talks'
date = 2025-12-03T10:00:00
+++
-- content/ua/draft.md --
+++
title = 'Чернетка'
date = 2025-12-02
draft = true
+++
-- content/ru/later.md --
+++
title = 'Позже'
date = 2999-12-01
+++
";

fn panel(preview: &Preview, query: &str) -> Page {
    Page { html: preview.get(&format!("/_visti/{query}")).text() }
}

fn titles(page: &Page) -> Vec<String> {
    page.texts("td strong")
}

#[test]
fn every_story_stands_there_with_its_editions_side_by_side() {
    let site = TestSite::new(STORIES);
    let preview = Preview::start(&site, &[]);
    let page = panel(&preview, "");
    assert_eq!(titles(&page), ["Позже", "Перемовини <тривають>", "Talks", "Чернетка"]);
    assert_eq!(page.texts("thead th"), ["Українська", "English", "Русский"]);
    let row = |at: usize| page.texts(&format!("tbody tr:nth-child({at}) .marks"));
    assert_eq!(row(1), ["missing", "missing", "scheduled 2999-12-01"]);
    assert_eq!(
        row(2),
        [
            "published original 2025-12-03 10:00",
            "published older than the original 2025-12-03 10:00",
            "missing",
        ]
    );
    assert_eq!(row(3), ["draft 2025-12-02", "missing", "missing"]);
    // What the preview shows is linked, and every file can be read.
    assert_eq!(page.attributes("strong a", "href"), ["/ua/2025/12/talks/", "/en/2025/12/talks/"]);
    assert_eq!(
        page.texts("tbody tr:nth-child(3) .source"),
        ["content/ua/draft.md", "content/en/draft.md", "content/ru/draft.md",]
    );
    let sources = page.attributes("a.source", "href");
    assert_eq!(sources.len(), 4);
    for source in sources {
        assert!(preview.get(&source).text().starts_with("+++\n"), "{source}");
    }
    let with_drafts = Preview::start(&site, &["--drafts", "--future"]);
    assert_eq!(panel(&with_drafts, "").attributes("strong a", "href").len(), 4);
}

#[test]
fn an_embargo_and_a_withdrawal_stand_there_with_their_moments() {
    let site = TestSite::new(
        "
-- content/ua/report.md --
+++
title = 'Звіт'
date = 2025-12-03T10:00:00
publish_at = 2999-12-01T06:00:00
+++
-- content/en/report.md --
+++
title = 'Report'
date = 2025-12-03T10:00:00
unpublish_at = 2025-12-04
+++
",
    );
    let preview = Preview::start(&site, &[]);
    let page = panel(&preview, "");
    assert_eq!(
        page.texts("tbody tr .marks"),
        ["scheduled 2999-12-01 06:00", "withdrawn 2025-12-04", "missing"]
    );
    assert_eq!(titles(&panel(&preview, "?state=withdrawn&language=en")).len(), 2);
    assert_eq!(titles(&panel(&preview, "?state=withdrawn&language=ua")), [""; 0]);
}

#[test]
fn stories_are_found_by_title_state_and_language() {
    let site = TestSite::new(STORIES);
    let preview = Preview::start(&site, &[]);
    for (query, expected) in [
        ("?q=%D1%87%D0%95%D1%80%D0%BD", &["Чернетка"][..]),
        ("?q=talks", &["Перемовини <тривають>", "Talks"]),
        ("?q=nothing", &[]),
        ("?state=draft", &["Чернетка"]),
        ("?state=scheduled", &["Позже"]),
        ("?state=older", &["Перемовини <тривають>", "Talks"]),
        ("?state=older&language=ua", &[]),
        ("?state=missing&language=ru", &["Перемовини <тривають>", "Talks", "Чернетка"]),
        ("?state=published&language=ru", &[]),
        ("?state=published&q=%D0%BF%D0%B5%D1%80%D0%B5", &["Перемовини <тривають>", "Talks"]),
    ] {
        assert_eq!(titles(&panel(&preview, query)), expected, "{query}");
    }
}

#[test]
fn an_archive_is_shown_a_hundred_stories_at_a_time() {
    let site = TestSite::new("");
    for number in 0..250 {
        let text = format!(
            "+++\ntitle = 'Story {number:03}'\ndate = 2025-{:02}-{:02}\n+++\n",
            1 + number / 28,
            1 + number % 28
        );
        site.put(&format!("content/en/{number}.md"), text);
    }
    let preview = Preview::start(&site, &[]);
    let first = panel(&preview, "?state=published");
    assert_eq!(first.texts(".found"), ["1–100 of 250"]);
    assert_eq!((titles(&first).len(), &*titles(&first)[0]), (100, "Story 249"));
    let older = first.attributes("nav a[rel=next]", "href");
    let last = Page { html: preview.get(&older[0]).text() };
    let older = last.attributes("nav a[rel=next]", "href");
    let last = Page { html: preview.get(&older[0]).text() };
    assert_eq!(last.texts(".found"), ["201–250 of 250"]);
    assert_eq!(titles(&last).last().unwrap(), "Story 000");
    assert_eq!(last.attributes("nav a[rel=next]", "href"), Vec::<String>::new());
    assert_eq!(last.attributes("option[selected]", "value"), ["published"]);
}

#[test]
fn the_panel_lists_problems_and_follows_the_files() {
    let site = TestSite::new(STORIES);
    site.put("content/en/draft.md", "+++\ntitle = 'Draft'\n+++\n");
    let mut preview = Preview::start(&site, &["--watch"]);
    let open = preview.open("/_visti/");
    let page = Page { html: open.first.text() };
    assert_eq!(page.texts("#problems"), ["1 error"]);
    assert!(page.texts(".problems pre")[0].contains("content/en/draft.md"), "{}", page.html);
    assert!(page.texts(".state").contains(&"broken".to_owned()));
    site.put("content/en/draft.md", "+++\ntitle = 'Draft'\ndate = 2025-12-02\n+++\n");
    preview.wait_for("the end of the problem", |_| {
        let page = Page { html: open.html() };
        page.texts("#problems") == ["No problems"] && titles(&page).contains(&"Draft".to_owned())
    });
    assert_eq!(open.problems(), Some(Vec::new()));
}

#[test]
fn a_build_has_no_panel() {
    let site = TestSite::new(STORIES);
    site.build(&[]).succeeded();
    assert!(!site.published().iter().any(|path| path.contains("_visti")));
}
