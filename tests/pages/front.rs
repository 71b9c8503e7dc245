//! Front pages: which story stands where.

use crate::support::{Page, TestSite};

/// A site whose front page shows all that it knows: a part a line.
fn site() -> TestSite {
    let site = TestSite::new(
        "
-- templates/front.html --
<p class='lead'>{{ front.lead?.title or '' }}</p>
{% for card in front.related %}<p class='related'>{{ card.title }}</p>{% endfor %}
{% for card in front.secondary %}<p class='secondary'>{{ card.title }}</p>{% endfor %}
{% for card in front.latest %}<p class='latest'>{{ card.title }}</p>{% endfor %}
{% for block in front.sections %}<p class='section'>{{ block.section.id }}: {{ block.lead.title }}{% for card in block.cards %}, {{ card.title }}{% endfor %}</p>{% endfor %}
",
    );
    site.edit(
        "site.toml",
        "per_page = 2",
        "per_page = 2\n[front]\nsecondary = 2\nlatest = 3\nper_section = 2",
    );
    site.put("static/drawing.svg", super::DRAWING);
    site
}

/// Adds a Ukrainian article of a day of December, titled by its day.
fn add(site: &TestSite, day: usize, more: &str) {
    let text = format!("+++\ntitle = '{day}'\ndate = 2025-12-{day:02}\n{more}\n+++\n");
    site.put(&format!("content/ua/day-{day:02}.md"), text);
}

const PICTURE: &str = "image = { src = '/drawing.svg', alt = '' }";

fn parts(page: &Page) -> Vec<String> {
    ["lead", "related", "secondary", "latest", "section"]
        .map(|class| page.texts(&format!("p.{class}")).join(" "))
        .into()
}

#[test]
fn no_story_stands_twice_above_the_sections() {
    let site = site();
    for day in 1..=9 {
        add(&site, day, if day == 8 { PICTURE } else { "" });
    }
    assert_eq!(parts(&site.page("/ua/")), ["8", "", "9 7", "6 5 4", ""]);
}

#[test]
fn headlines_below_the_lead_share_a_tag_with_it() {
    let site = site();
    for day in 1..=9 {
        let tags = match day {
            9 => "tags = ['florida', 'peace-talks']",
            1 | 5 | 8 => "tags = ['florida']",
            2 | 3 => "tags = ['peace-talks']",
            _ => "",
        };
        add(&site, day, tags);
    }
    // The eighth is among the secondary stories already.
    assert_eq!(parts(&site.page("/ua/")), ["9", "5 3 2", "8 7", "6 4 1", ""]);
}

#[test]
fn a_section_shows_its_newest_other_stories_and_begins_with_a_picture() {
    let site = site();
    for day in 1..=9 {
        let section = if day % 2 == 0 { "section = 'politics'" } else { "section = 'culture'" };
        add(&site, day, &format!("{section}\n{}", if day == 3 { PICTURE } else { "" }));
    }
    // The third has a picture, but the page has no room for it above.
    let page = site.page("/ua/");
    assert_eq!(parts(&page)[..4], ["9", "", "8 7", "6 5 4"]);
    assert_eq!(page.texts("p.section"), ["politics: 6, 4", "culture: 3, 5"]);
}

#[test]
fn a_section_without_other_stories_has_no_block_and_an_empty_language_nothing() {
    let site = site();
    add(&site, 1, "section = 'politics'");
    add(&site, 2, "section = 'culture'");
    assert_eq!(parts(&site.page("/ua/")), ["2", "", "1", "", ""]);
    assert_eq!(parts(&site.page("/en/")), ["", "", "", "", ""]);
}

#[test]
fn site_toml_says_which_sections_have_a_block_and_in_which_order() {
    let site = site();
    for day in 1..=9 {
        add(&site, day, if day % 2 == 0 { "section = 'politics'" } else { "section = 'culture'" });
    }
    assert_eq!(site.page("/ua/").texts("p.section"), ["politics: 6, 4", "culture: 5, 3"]);
    site.edit("site.toml", "[front]", "[front]\nsections = ['culture', 'Політика']");
    site.build(&[]).succeeded();
    assert_eq!(site.page("/ua/").texts("p.section"), ["culture: 5, 3", "politics: 6, 4"]);
    site.edit("site.toml", ", 'Політика'", "");
    site.build(&[]).succeeded();
    assert_eq!(site.page("/ua/").texts("p.section"), ["culture: 5, 3"]);
}
