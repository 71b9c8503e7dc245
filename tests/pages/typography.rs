//! Quotation marks, dashes and spaces on pages: where they are set, and how that is switched off.

use crate::support::{Page, TestSite};

/// Two articles that are typed as on a typewriter.
const TYPED: &str = r#"
-- content/ua/talks.md --
+++
title = 'Полк "Азов" - у Києві'
date = 2025-12-19
summary = "Зв'язок є о 5-6 годині"
image = { src = '/a.svg', alt = '"Азов"', caption = 'О. Гнатюк у "Азові"', credit = 'Фото - "Вісник"' }
tags = ["Зв'язок \"Азову\" - так"]
+++
Зв'язок з "Азовом" - є.
-- content/en/talks.md --
+++
title = 'The "Azov" - in Kyiv'
date = 2025-12-19
image = { src = '/a.svg', alt = '"Азов"' }
+++
The "Azov" doesn't talk - `"yes"`.

["Так", - каже]{lang=uk}.
-- content/tags.toml --
[azov]
slug = 'azov'
name = { ua = 'Зв’язок «Азову» — так', en = 'Azov', ru = 'Азов' }
description = { ua = 'Усе про "Азов" - і не лише', en = 'All of "Azov"', ru = 'Все об "Азове"' }
-- static/a.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>
"#;

/// What is between the tags of the elements, with `~` for a no-break space.
fn inner(page: &Page, selector: &str) -> Vec<String> {
    let html = page.select(selector).replace("&nbsp;", "~");
    let inner = |line: &str| {
        let (_, rest) = line.split_once('>').unwrap();
        rest.rsplit_once("</").unwrap().0.to_owned()
    };
    html.lines().filter(|line| line.starts_with('<')).map(inner).collect()
}

#[test]
fn headlines_summaries_captions_names_and_texts_are_set_by_the_language_of_the_edition() {
    let site = TestSite::new(TYPED);
    site.build(&["--strict"]).succeeded();
    let page = site.page("/ua/talks/");
    assert_eq!(inner(&page, "h1"), ["Полк «Азов»~— у~Києві"]);
    assert_eq!(inner(&page, ".summary"), ["Зв’язок є о~5–6 годині"]);
    assert_eq!(inner(&page, ".text p"), ["Зв’язок з~«Азовом»~— є."]);
    assert_eq!(inner(&page, "figcaption"), ["О.~Гнатюк у~«Азові» Фото~— «Вісник»"]);
    assert_eq!(page.attributes("img", "alt"), ["\"Азов\""]);
    let description = page.attributes("meta[name=description]", "content");
    assert_eq!(description, ["Зв’язок є о\u{a0}5–6 годині"]);
    let tag = site.page("/ua/tags/azov/");
    assert_eq!(inner(&tag, "h1"), ["Зв’язок «Азову»~— так"]);
    let description = tag.attributes("meta[name=description]", "content");
    assert_eq!(description, ["Усе про «Азов»\u{a0}— і\u{a0}не\u{a0}лише"]);
    let page = site.page("/en/talks/");
    assert_eq!(inner(&page, "h1"), ["The “Azov”~– in Kyiv"]);
    assert_eq!(
        inner(&page, ".text p"),
        [
            "The “Azov” doesn’t talk~– <code>\"yes\"</code>.",
            "<span lang=\"uk\">«Так»,~— каже</span>."
        ]
    );
}

#[test]
fn a_page_can_switch_it_off() {
    let site = TestSite::new(TYPED);
    site.edit("content/en/talks.md", "date =", "typography = false\ndate =");
    let page = site.page("/en/talks/");
    assert_eq!(inner(&page, "h1"), ["The \"Azov\" - in Kyiv"]);
    assert_eq!(
        inner(&page, ".text p"),
        [
            "The \"Azov\" doesn't talk - <code>\"yes\"</code>.",
            "<span lang=\"uk\">\"Так\", - каже</span>."
        ]
    );
    assert_eq!(inner(&site.page("/ua/talks/"), "h1"), ["Полк «Азов»~— у~Києві"]);
}

#[test]
fn a_site_can_switch_it_off_or_choose_its_apostrophe_and_its_range() {
    let site = TestSite::new(TYPED);
    let settings = site.text("site.toml");
    site.put("site.toml", format!("{settings}\n[typography]\nenabled = false\n"));
    let page = site.page("/ua/talks/");
    assert_eq!(inner(&page, "h1"), ["Полк \"Азов\" - у Києві"]);
    assert_eq!(inner(&page, ".text p"), ["Зв'язок з \"Азовом\" - є."]);
    site.put("site.toml", format!("{settings}\n[typography]\napostrophe = 'ʼ'\nrange = '—'\n"));
    site.build(&[]).succeeded();
    assert_eq!(inner(&site.page("/ua/talks/"), ".summary"), ["Звʼязок є о~5—6 годині"]);
}

#[test]
fn a_date_has_the_apostrophe_of_the_texts_around_it() {
    let site = TestSite::new(TYPED);
    let weekday = "{{ article.title }}<i>{{ article.published | date(pattern=\"EEEE\") }}</i>";
    site.edit("templates/article.html", "<h1>{{ article.title }}", &format!("<h1>{weekday}"));
    assert_eq!(site.page("/ua/talks/").texts("h1 i"), ["п’ятниця"]);
}
