//! Sections, tags and authors: how articles name them, and which pages they have.

use super::{headlines, switcher};
use crate::support::TestSite;

/// A site with one English article that has these tags.
fn site_with_tags(tags: &str) -> TestSite {
    let site = TestSite::new(
        "
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
tags = TAGS
+++
",
    );
    site.edit("content/en/talks.md", "TAGS", tags);
    site
}

fn tags_of(site: &TestSite) -> Vec<String> {
    let run = site.build(&["--strict"]).succeeded();
    assert_eq!(run.stderr, "");
    site.page("/en/talks/").texts("a.tag")
}

#[test]
fn a_term_may_be_named_by_its_id() {
    assert_eq!(tags_of(&site_with_tags("['peace-talks', 'florida']")), ["Peace talks", "Florida"]);
}

#[test]
fn a_term_may_be_named_by_its_name_in_the_articles_language() {
    assert_eq!(tags_of(&site_with_tags("['peace TALKS']")), ["Peace talks"]);
}

#[test]
fn a_term_may_be_named_by_its_name_in_another_language() {
    assert_eq!(tags_of(&site_with_tags("['Мирні переговори']")), ["Peace talks"]);
    assert_eq!(tags_of(&site_with_tags("['Флорида']")), ["Florida"]);
}

#[test]
fn a_term_named_twice_stands_once() {
    let site = site_with_tags("['Florida', 'Флорида', 'florida']");
    assert_eq!(tags_of(&site), ["Florida"]);
    assert_eq!(headlines(&site.page("/en/tags/florida/")), ["Talks"]);
}

#[test]
fn every_form_of_the_apostrophe_names_the_same_term() {
    for apostrophe in ['\'', '’', 'ʼ', '‘', '`', '´'] {
        let site = site_with_tags(&format!("[\"пам{apostrophe}ять\"]"));
        site.put(
            "content/tags.toml",
            "[memory]\nname = { ua = \"Пам’ять\", en = 'Memory', ru = 'Память' }\n",
        );
        assert_eq!(tags_of(&site), ["Memory"], "{apostrophe}");
    }
}

#[test]
fn an_undeclared_tag_works_and_its_address_is_transliterated() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
tags = ['Згорани', 'згорани']
+++
",
    );
    let run = site.build(&[]).succeeded();
    assert!(run.stderr.contains("warning[undeclared-term]"), "{}", run.stderr);
    assert_eq!(site.page("/ua/talks/").attributes("a.tag", "href"), ["/ua/tags/zghorany/"]);
    assert_eq!(site.page("/ua/tags/zghorany/").texts("h1"), ["Згорани"]);
}

#[test]
fn a_term_has_an_address_per_language() {
    let site = TestSite::new(
        "
-- content/sections.toml --
[politics]
name = { ua = 'Політика', en = 'Politics', ru = 'Политика' }
slug = { ua = 'polityka', ru = 'politika' }
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
section = 'Політика'
+++
",
    );
    assert_eq!(site.page("/ua/talks/").attributes("a.section", "href"), ["/ua/sections/polityka/"]);
    assert_eq!(
        switcher(&site.page("/ua/sections/polityka/")),
        [
            "УКР → /ua/sections/polityka/ (this page)",
            "ENG → /en/sections/politics/",
            "РУС → /ru/sections/politika/",
        ]
    );
}

#[test]
fn a_declared_section_has_a_page_in_every_language_and_other_terms_only_where_they_are_used() {
    let site = site_with_tags("['florida']");
    site.build(&[]).succeeded();
    let paths = site.published();
    for code in ["ua", "en", "ru"] {
        assert!(paths.contains(&format!("{code}/sections/culture/index.html")));
        let has_tag = paths.contains(&format!("{code}/tags/florida/index.html"));
        assert_eq!(has_tag, code == "en");
        assert!(!paths.contains(&format!("{code}/tags/peace-talks/index.html")));
        assert!(!paths.contains(&format!("{code}/authors/olena/index.html")));
    }
}

#[test]
fn a_page_of_a_term_shows_its_description() {
    let site = site_with_tags("['florida']");
    site.put(
        "content/tags.toml",
        "[florida]\nname = 'Florida'\ndescription = { en = 'A state of the US.' }\n",
    );
    assert_eq!(
        site.page("/en/tags/florida/").attributes("meta[name=description]", "content"),
        ["A state of the US."]
    );
}

#[test]
fn the_index_of_tags_is_in_the_order_of_the_ukrainian_alphabet_with_totals() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
tags = ['Яблуко', 'ґава', 'Гай', 'Дім', 'їжак', 'Ірпінь', 'иній', 'Йод', 'Європа']
+++
-- content/ua/more.md --
+++
title = 'Ще'
date = 2025-12-01
tags = ['Гай']
+++
",
    );
    assert_eq!(
        site.page("/ua/tags/").texts(".tags li"),
        [
            "Гай 2",
            "ґава 1",
            "Дім 1",
            "Європа 1",
            "иній 1",
            "Ірпінь 1",
            "їжак 1",
            "Йод 1",
            "Яблуко 1"
        ]
    );
}

#[test]
fn an_author_has_a_page_with_the_articles_signed_together() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
authors = ['olena', 'Іван Франко']
+++
",
    );
    assert_eq!(site.page("/ua/talks/").texts("a.author"), ["Олена Гнатюк", "Іван Франко"]);
    assert_eq!(headlines(&site.page("/ua/authors/olena/")), ["Перемовини"]);
    assert_eq!(headlines(&site.page("/ua/authors/ivan-franko/")), ["Перемовини"]);
}

#[test]
fn an_index_has_the_letters_of_its_languages_alphabet() {
    let site = TestSite::new(
        "
-- templates/tags.html --
{% for letter in terms(kind='tag') | by_letter %}<p>{{ letter.letter }}:{% for entry in letter.entries %} {{ entry.term.name }}{% endfor %}</p>
{% endfor %}
-- content/tags.toml --
",
    );
    let names = ["Їжак", "Ґанок", "Гай", "ірис", "Єнот", "Енергія", "Іній", "ґречність", "5G"];
    let name = |name: &str| {
        format!("[{name}]\nname = {{ ua = '{name}', en = '{name}', ru = '{name}' }}\n")
    };
    let tags: String = names
        .iter()
        .map(|tag| name(tag).replacen(&format!("[{tag}]"), &format!("[\"{tag}\"]"), 1))
        .collect();
    site.put("content/tags.toml", tags);
    for code in ["ua", "ru"] {
        let extra = if code == "ru" { ", 'Ёж', 'Ель'" } else { "" };
        let names = names.join("', '");
        site.put(
            &format!("content/{code}/a.md"),
            format!("+++\ntitle = 'А'\ndate = 2025-12-01\ntags = ['{names}'{extra}]\n+++\n"),
        );
    }
    let page = site.page("/ua/tags/");
    assert_eq!(
        page.texts("p"),
        [
            "5: 5G",
            "Г: Гай",
            "Ґ: Ґанок ґречність",
            "Е: Енергія",
            "Є: Єнот",
            "І: Іній ірис",
            "Ї: Їжак"
        ]
    );
    let russian = site.page("/ru/tags/").texts("p");
    assert!(russian.contains(&"Е: Ёж Ель Енергія".to_owned()), "{russian:?}");
}

#[test]
fn related_tags_are_those_that_stand_beside_a_tag_most_often_on_its_newest_page() {
    let site = TestSite::new(
        "
-- templates/archive.html --
-- templates/listing.html --
{% for tag in listing.related %}<p>{{ tag.name }}</p>{% endfor %}
-- content/tags.toml --
a = { name = 'A' }
b = { name = 'B' }
c = { name = 'C' }
d = { name = 'D' }
",
    );
    for (day, tags) in [
        (1, "'a', 'd'"),
        (2, "'a', 'd'"),
        (3, "'a', 'b'"),
        (4, "'a', 'c', 'b'"),
        (5, "'a', 'c', 'b'"),
    ] {
        let text = format!("+++\ntitle = '{day}'\ndate = 2025-12-{day:02}\ntags = [{tags}]\n+++\n");
        site.put(&format!("content/en/{day}.md"), text);
    }
    // Two of the five are on page 1, which does not change any more.
    assert_eq!(site.page("/en/tags/a/").texts("p"), ["B", "C"]);
    assert_eq!(site.page("/en/tags/a/page/1/").texts("p"), [""; 0]);
    assert_eq!(site.page("/en/tags/d/").texts("p"), ["A"]);
    assert_eq!(site.page("/en/news/").texts("p"), [""; 0]);
}
