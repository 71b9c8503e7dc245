//! What stands around the text of an article: key points, what to read also, how long reading takes,
//! whether it is breaking news.

use crate::support::{Page, TestSite};

/// A site whose articles show what stands around their texts.
fn site() -> TestSite {
    TestSite::new(
        "
-- templates/article.html --
{% for point in article.key_points %}<li class='point'>{{ point }}</li>{% endfor %}
{% for story in article.related %}<a class='related' href='{{ story.url }}' lang='{{ story.language.tag }}'>{{ story.title }}</a>{% endfor %}
<p class='minutes'>{{ article.reading_minutes }}</p>
{% if article.is_breaking %}<p class='breaking'>!</p>{% endif %}
-- templates/front.html --
{% for card in front.breaking %}<p class='breaking'>{{ card.title }}</p>{% endfor %}
<p class='lead'>{{ front.lead?.title or '' }}</p>
{% for card in front.secondary %}<p class='other'>{{ card.title }}</p>{% endfor %}
{% for card in front.latest %}<p class='other'>{{ card.title }}</p>{% endfor %}
",
    )
}

fn add(site: &TestSite, language: &str, day: usize, more: &str) {
    let text = format!("+++\ntitle = '{day}'\ndate = 2025-12-{day:02}\n{more}\n+++\nText.\n");
    site.put(&format!("content/{language}/day-{day:02}.md"), text);
}

fn related(page: &Page) -> String {
    page.texts("a.related").join(" ")
}

#[test]
fn key_points_are_plain_text_with_the_typography_of_the_language() {
    let site = site();
    add(&site, "ua", 1, "key_points = [' Сказав: \"Так\" ', '', '<b>1 < 2</b>']");
    assert_eq!(site.page("/ua/day-01/").texts("li.point"), ["Сказав: «Так»", "<b>1 < 2</b>"]);
}

#[test]
fn an_article_leads_to_older_ones_that_share_most_of_its_tags_then_to_the_newest_of_its_section() {
    let site = site();
    add(&site, "ua", 1, "tags = ['florida', 'peace-talks']");
    add(&site, "ua", 2, "tags = ['florida']");
    add(&site, "ua", 3, "section = 'politics'");
    add(&site, "ua", 4, "section = 'politics'");
    add(&site, "ua", 5, "section = 'culture'");
    add(&site, "ua", 6, "tags = ['peace-talks', 'florida']\nsection = 'politics'");
    add(&site, "ua", 7, "tags = ['peace-talks', 'florida']\nsection = 'politics'");
    site.build(&[]).succeeded();
    assert_eq!(related(&site.page("/ua/day-06/")), "1 2 4");
    assert_eq!(related(&site.page("/ua/day-07/")), "6 1 2");
    assert_eq!(related(&site.page("/ua/day-01/")), "");
    assert_eq!(related(&site.page("/ua/day-05/")), "");
    site.edit("site.toml", "per_page = 2", "per_page = 2\n[article]\nrelated = 1");
    site.build(&[]).succeeded();
    assert_eq!(related(&site.page("/ua/day-06/")), "1");
}

#[test]
fn stories_that_an_article_names_come_first_and_are_shown_in_its_language_or_another() {
    let site = site();
    add(&site, "ua", 1, "tags = ['florida']");
    add(&site, "ua", 2, "tags = ['florida']");
    add(&site, "en", 3, "");
    add(&site, "ua", 9, "");
    add(&site, "ru", 9, "");
    let named = "related = ['day-09', 'day-03', 'day-09']\ntags = ['florida']";
    add(&site, "ua", 5, named);
    add(&site, "ru", 5, named);
    let page = site.page("/ua/day-05/");
    assert_eq!(page.texts("a.related"), ["9", "3", "2"]);
    assert_eq!(page.attributes("a.related", "href"), ["/ua/day-09/", "/en/day-03/", "/ua/day-02/"]);
    assert_eq!(page.attributes("a.related", "lang"), ["uk", "en", "uk"]);
    let page = site.page("/ru/day-05/");
    assert_eq!(page.attributes("a.related", "href"), ["/ru/day-09/", "/en/day-03/"]);
}

#[test]
fn a_new_story_changes_no_article() {
    let site = site();
    for day in 1..=9 {
        add(&site, "ua", day, "tags = ['florida']\nsection = 'politics'");
    }
    site.build(&[]).succeeded();
    let before: Vec<Vec<u8>> = (1..=9).map(|day| bytes(&site, day)).collect();
    add(&site, "ua", 10, "tags = ['florida']\nsection = 'politics'");
    site.build(&[]).succeeded();
    let after: Vec<Vec<u8>> = (1..=9).map(|day| bytes(&site, day)).collect();
    assert_eq!(before, after);
    assert_eq!(related(&site.page("/ua/day-10/")), "9 8 7");
}

fn bytes(site: &TestSite, day: usize) -> Vec<u8> {
    std::fs::read(site.root().join(format!("public/ua/day-{day:02}/index.html"))).unwrap()
}

#[test]
fn breaking_news_stand_above_everything_until_their_time_is_over() {
    let site = site();
    for day in 1..=6 {
        let more = if day < 5 { "breaking_until = 2026-01-20" } else { "" };
        add(&site, "ua", day, more);
    }
    site.build(&["--now", "2026-01-15T12:00:00Z"]).succeeded();
    let page = site.page("/ua/");
    assert_eq!(page.texts("p.breaking"), ["4", "3", "2"]);
    assert_eq!(page.texts("p.lead"), ["6"]);
    assert_eq!(page.texts("p.other"), ["5", "1"]);
    assert_eq!(site.page("/ua/day-02/").texts("p.breaking").len(), 1);
    site.build(&["--now", "2026-01-25T12:00:00Z"]).succeeded();
    let page = site.page("/ua/");
    assert_eq!(page.texts("p.breaking"), [""; 0]);
    assert_eq!(page.texts("p.other"), ["5", "4", "3", "2", "1"]);
    assert_eq!(site.page("/ua/day-02/").texts("p.breaking").len(), 0);
}
