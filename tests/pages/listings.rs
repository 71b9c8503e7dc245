//! Lists: pages numbered from the oldest, totals, archives of months.

use super::{add_days, headlines, hreflangs, switcher};
use crate::support::TestSite;

/// The pages of a list with so many articles on each, two a page: the root first, then from page 1.
fn shape(n: usize) -> Vec<usize> {
    let site = TestSite::new("");
    add_days(&site, 1..=n);
    site.build(&[]).succeeded();
    let numbered = site
        .published()
        .iter()
        .filter(|path| path.starts_with("ua/news/page/") && path.ends_with("/index.html"))
        .count();
    let urls = (1..=numbered).map(|number| format!("/ua/news/page/{number}/"));
    std::iter::once("/ua/news/".to_owned())
        .chain(urls)
        .map(|url| headlines(&site.page(&url)).len())
        .collect()
}

// CONTRACT, "Pagination": n < p: root n; p: p; 2p−1: 2p−1; 2p: root p and page/1/.
#[test]
fn a_list_is_split_when_its_oldest_page_is_full_and_the_root_still_has_one_pageful() {
    assert_eq!(shape(0), [0]);
    assert_eq!(shape(1), [1]);
    assert_eq!(shape(2), [2]);
    assert_eq!(shape(3), [3]);
    assert_eq!(shape(4), [2, 2]);
    assert_eq!(shape(5), [3, 2]);
    assert_eq!(shape(6), [2, 2, 2]);
}

#[test]
fn pages_are_numbered_from_the_oldest_and_list_the_newest_first() {
    let site = TestSite::new("");
    add_days(&site, 1..=7);
    assert_eq!(headlines(&site.page("/ua/news/")), ["7", "6", "5"]);
    assert_eq!(headlines(&site.page("/ua/news/page/2/")), ["4", "3"]);
    assert_eq!(headlines(&site.page("/ua/news/page/1/")), ["2", "1"]);
}

#[test]
fn the_pages_of_a_list_are_linked_from_the_newest_to_the_oldest_and_back() {
    let site = TestSite::new("");
    add_days(&site, 1..=7);
    let links = |url: &str| {
        let page = site.page(url);
        (page.attributes("a[rel=prev]", "href"), page.attributes("a[rel=next]", "href"))
    };
    let list = |url: &str| vec![url.to_owned()];
    assert_eq!(links("/ua/news/"), (vec![], list("/ua/news/page/2/")));
    assert_eq!(links("/ua/news/page/2/"), (list("/ua/news/"), list("/ua/news/page/1/")));
    assert_eq!(links("/ua/news/page/1/"), (list("/ua/news/page/2/"), vec![]));
}

#[test]
fn a_new_story_leaves_full_pages_as_they_are() {
    let site = TestSite::new("");
    add_days(&site, 1..=7);
    let before = [1, 2].map(|number| site.page(&format!("/ua/news/page/{number}/")).html);
    add_days(&site, [8]);
    site.build(&[]).succeeded();
    // Page 3 appears, so the «Новіші» link of page 2 leads there; nothing else changes.
    let after = [1, 2].map(|number| site.page(&format!("/ua/news/page/{number}/")).html);
    assert_eq!(after[0], before[0]);
    let newer = |url: &str| format!("rel=\"prev\" href=\"{url}\"");
    assert_eq!(after[1], before[1].replace(&newer("/ua/news/"), &newer("/ua/news/page/3/")));
    assert_eq!(headlines(&site.page("/ua/news/page/3/")), ["6", "5"]);
}

#[test]
fn totals_stand_on_the_newest_page_only() {
    let site = TestSite::new("");
    add_days(&site, 1..=5);
    assert_eq!(site.page("/ua/news/").texts(".total"), ["5 новин"]);
    assert_eq!(site.page("/ua/sections/politics/").texts(".total"), ["5 новин"]);
    assert_eq!(site.page("/ua/news/page/1/").texts(".total"), [""; 0]);
}

#[test]
fn a_numbered_page_has_no_hreflang_and_its_switcher_leads_to_the_other_roots() {
    let site = TestSite::new("");
    add_days(&site, 1..=5);
    let page = site.page("/ua/sections/politics/page/1/");
    assert_eq!(hreflangs(&page), [""; 0]);
    assert_eq!(
        switcher(&page),
        [
            "УКР → /ua/sections/politics/page/1/ (this page)",
            "ENG → /en/sections/politics/",
            "РУС → /ru/sections/politics/",
        ]
    );
    assert_eq!(super::canonical(&page), "/ua/sections/politics/page/1/");
}

#[test]
fn an_archive_is_cut_at_midnight_of_the_sites_zone() {
    let site = TestSite::new(
        "
-- content/ua/november.md --
+++
title = 'Ще листопад у Києві'
date = 2025-11-30T23:30:00
+++
-- content/ua/december.md --
+++
title = 'Вже грудень у Києві'
date = 2025-11-30T23:30:00Z
+++
",
    );
    assert_eq!(headlines(&site.page("/ua/archive/2025-11/")), ["Ще листопад у Києві"]);
    let december = site.page("/ua/archive/2025-12/");
    assert_eq!(headlines(&december), ["Вже грудень у Києві"]);
    assert_eq!(december.texts("h1"), ["Грудень 2025"]);
    assert_eq!(december.texts("time"), ["1 грудня 2025, 01:30"]);
    assert_eq!(site.page("/ua/december/").attributes("a.month", "href"), ["/ua/archive/2025-12/"]);
}

#[test]
fn an_archive_knows_the_other_months_of_its_year_and_the_other_years() {
    let site = TestSite::new(
        "
-- templates/archive.html --
{% for month in archive.months %}<a class='month' href='{{ month.url }}'>{{ month.title }}{% if month.is_current %} *{% endif %}</a>{% endfor %}
{% for year in archive.years %}<a class='year' href='{{ year.url }}'>{{ year.year }}</a>{% endfor %}
",
    );
    for (name, date) in
        [("a", "2023-05-01"), ("b", "2023-08-01"), ("c", "2025-11-01"), ("d", "2025-12-01")]
    {
        let text = format!("+++\ntitle = '{name}'\ndate = {date}\n+++\n");
        site.put(&format!("content/en/{name}.md"), text);
    }
    let page = site.page("/en/archive/2025-11/");
    assert_eq!(page.texts("a.month"), ["November 2025 *", "December 2025"]);
    assert_eq!(
        page.attributes("a.month", "href"),
        ["/en/archive/2025-11/", "/en/archive/2025-12/"]
    );
    assert_eq!(page.texts("a.year"), ["2023"]);
    assert_eq!(page.attributes("a.year", "href"), ["/en/archive/2023-05/"]);
}

#[test]
fn a_numbered_page_of_a_month_has_no_archive() {
    let site = TestSite::new(
        "
-- templates/archive.html --
{% if archive %}<p>{{ archive.year }}</p>{% endif %}
",
    );
    add_days(&site, 1..=4);
    assert_eq!(site.page("/ua/archive/2025-12/").texts("p"), ["2025"]);
    assert_eq!(site.page("/ua/archive/2025-12/page/1/").texts("p"), [""; 0]);
}

#[test]
fn a_list_can_be_cut_by_the_days_of_the_sites_zone() {
    let site = TestSite::new(
        "
-- templates/archive.html --
-- templates/listing.html --
{% for day in listing.cards | by_day %}<section><h2>{{ day.day | date(style='weekday') }}</h2>
{% for card in day.cards %}<p>{{ card.published | date(style='clock') }} {{ card.title }}</p>{% endfor %}</section>
{% endfor %}
-- content/ua/night.md --
+++
title = 'Ніч'
date = 2025-12-20T22:30:00Z
+++
-- content/ua/morning.md --
+++
title = 'Ранок'
date = 2025-12-21T08:05:00
+++
-- content/ua/evening.md --
+++
title = 'Напередодні'
date = 2025-12-20
+++
",
    );
    let page = site.page("/ua/news/");
    assert_eq!(page.texts("h2"), ["неділя, 21 грудня 2025", "субота, 20 грудня 2025"]);
    assert_eq!(page.texts("p"), ["08:05 Ранок", "00:30 Ніч", "Напередодні"]);
}

/// Every month's root of the archive of 2025, by its URL.
fn months(site: &TestSite) -> Vec<(String, String)> {
    let months = [10, 11, 12].map(|month| format!("/ua/archive/2025-{month}/"));
    let is_there = |url: &String| site.root().join(format!("public{url}")).exists();
    months.into_iter().filter(is_there).map(|url| (site.page(&url).html, url)).collect()
}

#[test]
fn months_that_are_over_have_a_number_and_a_new_story_changes_its_own_month_only() {
    let site = TestSite::new(
        "
-- templates/archive.html --
{% if archive %}{% for month in archive.months %}<p>{{ month.title }} {{ month.n_articles }}</p>{% endfor %}{% endif %}
{% for card in listing.cards %}{{ card.title }}{% endfor %}
",
    );
    let add = |name: &str, date: &str| {
        let text = format!("+++\ntitle = '{name}'\ndate = {date}\n+++\n");
        site.put(&format!("content/ua/{name}.md"), text);
    };
    add("a", "2025-10-01");
    add("b", "2025-10-02");
    add("c", "2025-11-01");
    site.build(&[]).succeeded();
    assert_eq!(site.page("/ua/archive/2025-10/").texts("p"), ["Жовтень 2025 2", "Листопад 2025"]);

    let before = months(&site);
    add("d", "2025-11-02");
    site.build(&[]).succeeded();
    let after = months(&site);
    assert_eq!(before[0], after[0], "another month is as it was");
    assert_ne!(before[1], after[1]);

    add("e", "2025-12-01");
    site.build(&[]).succeeded();
    assert_eq!(
        site.page("/ua/archive/2025-10/").texts("p"),
        ["Жовтень 2025 2", "Листопад 2025 2", "Грудень 2025"]
    );
}

#[test]
fn the_newest_headlines_have_a_page_of_their_own_where_it_is_wanted_that_search_engines_leave_out()
{
    let site = TestSite::new(
        "
-- templates/fresh.html --
{% extends 'base.html' %}
{% block main %}{{ <cards cards={stories(limit=3)}/> }}{% endblock main %}
-- templates/hooks/body-end.html --
<a id='fresh' href='{{ url(page=\"fresh\") or \"nowhere\" }}'></a>
",
    );
    add_days(&site, 1..=5);
    assert_eq!(site.page("/ua/news/").attributes("#fresh", "href"), ["nowhere"]);
    assert!(!site.published().contains(&"ua/fresh/index.html".to_owned()));

    site.edit(
        "site.toml",
        "[languages.ua]",
        "[urls]\nfresh = '/{language}/new/'\n\n[languages.ua]",
    );
    site.build(&[]).succeeded();
    assert_eq!(site.page("/ua/news/").attributes("#fresh", "href"), ["/ua/new/"]);
    let page = site.page("/ua/new/");
    assert_eq!(headlines(&page), ["5", "4", "3"]);
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(switcher(&page)[1], "ENG → /en/new/");

    site.remove("templates/fresh.html");
    let problems = site.build(&[]).problems(1).to_owned();
    assert!(problems.contains("there is no template `fresh.html`"), "{problems}");
}
