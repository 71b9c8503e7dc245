//! One story, several languages: `lang`, canonical, hreflang, the switcher.

use super::{HOST, canonical, headlines, hreflangs, switcher};
use crate::support::TestSite;

/// A story in Ukrainian and English with a section, and one in Ukrainian only.
const TWO_STORIES: &str = "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-02
section = 'politics'
tags = ['peace-talks']
authors = ['olena']
+++
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-02
section = 'politics'
tags = ['peace-talks']
authors = ['olena']
+++
-- content/ua/opera.md --
+++
title = 'Опера'
date = 2025-11-30
section = 'culture'
tags = ['florida']
+++
";

#[test]
fn lang_is_the_bcp_47_tag_and_never_the_folder() {
    let site = TestSite::new(TWO_STORIES);
    assert_eq!(site.page("/ua/talks/").attributes("html", "lang"), ["uk"]);
    assert_eq!(site.page("/").attributes("html", "lang"), ["uk"]);
    assert_eq!(site.page("/404.html").attributes("html", "lang"), ["uk"]);
    assert_eq!(site.page("/en/talks/").attributes("html", "lang"), ["en"]);
    for (path, bytes) in site.tree("public") {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("lang=\"ua\""), "{path}");
    }
}

#[test]
fn a_page_names_its_own_absolute_address_as_canonical() {
    let site = TestSite::new(TWO_STORIES);
    for url in ["/ua/", "/ua/talks/", "/en/talks/", "/ru/news/", "/en/tags/", "/ua/404.html"] {
        assert_eq!(canonical(&site.page(url)), url);
    }
}

#[test]
fn the_editions_of_a_story_list_each_other_and_themselves() {
    let site = TestSite::new(TWO_STORIES);
    let expected = ["uk /ua/talks/", "en /en/talks/", "x-default /ua/talks/"];
    assert_eq!(hreflangs(&site.page("/ua/talks/")), expected);
    assert_eq!(hreflangs(&site.page("/en/talks/")), expected);
}

#[test]
fn a_story_in_one_language_lists_itself() {
    let site = TestSite::new(TWO_STORIES);
    assert_eq!(hreflangs(&site.page("/ua/opera/")), ["uk /ua/opera/", "x-default /ua/opera/"]);
}

#[test]
fn x_default_is_the_original_where_the_default_language_lacks_the_story() {
    let site = TestSite::new(
        "
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
original = 'ru'
+++
-- content/ru/talks.md --
+++
title = 'Переговоры'
date = 2025-12-01
original = 'ru'
+++
",
    );
    let expected = ["en /en/talks/", "ru /ru/talks/", "x-default /ru/talks/"];
    assert_eq!(hreflangs(&site.page("/en/talks/")), expected);
    assert_eq!(hreflangs(&site.page("/ru/talks/")), expected);
}

#[test]
fn x_default_is_the_default_languages_even_where_another_is_the_original() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
original = 'en'
+++
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
original = 'en'
+++
",
    );
    assert_eq!(hreflangs(&site.page("/en/talks/"))[2], "x-default /ua/talks/");
}

#[test]
fn x_default_is_the_first_edition_where_nobody_names_an_original() {
    let site = TestSite::new(
        "
-- content/ru/talks.md --
+++
title = 'Переговоры'
date = 2025-12-01
+++
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
+++
",
    );
    assert_eq!(hreflangs(&site.page("/ru/talks/"))[2], "x-default /en/talks/");
}

#[test]
fn the_root_shows_the_default_front_page_and_hands_over_to_it() {
    let site = TestSite::new(TWO_STORIES);
    let (root, front) = (site.page("/"), site.page("/ua/"));
    assert_eq!(root.select("main"), front.select("main"));
    assert_eq!(canonical(&root), "/ua/");
    assert_eq!(hreflangs(&root), [""; 0]);
    assert_eq!(root.attributes("meta[http-equiv]", "content"), [""; 0]);
    assert_eq!(hreflangs(&front), ["uk /ua/", "en /en/", "ru /ru/", "x-default /ua/"]);
}

#[test]
fn hreflang_links_lead_to_pages_that_link_back() {
    let site = TestSite::new(TWO_STORIES);
    let mut n_links = 0;
    site.build(&[]).succeeded();
    for path in site.published().iter().filter(|path| path.ends_with(".html")) {
        let url = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        let links = hreflangs(&site.page(&url));
        for link in &links {
            let (_, target) = link.split_once(' ').unwrap();
            assert_eq!(hreflangs(&site.page(target)), links, "{url} and {target}");
            n_links += 1;
        }
        let canonical = canonical(&site.page(&url));
        let has_own = links.iter().any(|link| link.ends_with(&format!(" {canonical}")));
        assert!(links.is_empty() || has_own, "{url} does not list itself");
    }
    assert!(n_links > 60, "{n_links}");
}

#[test]
fn the_switcher_leads_from_a_page_to_the_same_page() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-02
section = 'politics'
tags = ['peace-talks']
authors = ['olena']
+++
-- content/en/negotiations.md --
+++
title = 'Talks'
date = 2025-12-02
story = 'talks'
section = 'politics'
tags = ['peace-talks']
authors = ['olena']
+++
-- content/ua/pages/about.md --
+++
title = 'Про нас'
+++
-- content/en/pages/about.md --
+++
title = 'About us'
+++
-- content/tags.toml --
[peace-talks]
name = { ua = 'Мирні переговори', en = 'Peace talks', ru = 'Мирные переговоры' }
slug = { ua = 'myrni-perehovory', en = 'peace-talks' }
",
    );
    for (from, to) in [
        ("/ua/", "/en/"),
        ("/ua/talks/", "/en/negotiations/"),
        ("/ua/news/", "/en/news/"),
        ("/ua/sections/politics/", "/en/sections/politics/"),
        ("/ua/sections/culture/", "/en/sections/culture/"),
        ("/ua/tags/myrni-perehovory/", "/en/tags/peace-talks/"),
        ("/ua/tags/", "/en/tags/"),
        ("/ua/authors/olena/", "/en/authors/olena/"),
        ("/ua/archive/2025-12/", "/en/archive/2025-12/"),
        ("/ua/about/", "/en/about/"),
    ] {
        assert_eq!(
            switcher(&site.page(from))[..2],
            [format!("УКР → {from} (this page)"), format!("ENG → {to}")]
        );
        assert_eq!(
            switcher(&site.page(to))[..2],
            [format!("УКР → {from}"), format!("ENG → {to} (this page)")]
        );
    }
}

#[test]
fn the_switcher_of_a_404_page_leads_to_front_pages() {
    let site = TestSite::new(TWO_STORIES);
    assert_eq!(
        switcher(&site.page("/en/404.html")),
        ["УКР → /ua/", "ENG → /en/404.html (this page)", "РУС → /ru/"]
    );
    assert_eq!(
        switcher(&site.page("/404.html")),
        ["УКР → /404.html (this page)", "ENG → /en/", "РУС → /ru/"]
    );
}

#[test]
fn a_missing_edition_is_said_to_be_missing_and_leads_to_its_section() {
    let site = TestSite::new(TWO_STORIES);
    let page = site.page("/ua/opera/");
    assert_eq!(
        switcher(&page),
        [
            "УКР → /ua/opera/ (this page)",
            "ENG → /en/sections/culture/ (missing)",
            "РУС → /ru/sections/culture/ (missing)",
        ]
    );
    assert_eq!(page.texts("nav.languages a"), ["УКР", "ENG недоступно", "РУС недоступно"]);
}

#[test]
fn a_missing_edition_leads_home_where_the_newsroom_says_so() {
    let site = TestSite::new(TWO_STORIES);
    site.edit("site.toml", "per_page = 2", "per_page = 2\nmissing_edition = 'home'");
    assert_eq!(switcher(&site.page("/ua/opera/"))[1], "ENG → /en/ (missing)");
    assert_eq!(switcher(&site.page("/ua/tags/florida/"))[1], "ENG → /en/ (missing)");
}

#[test]
fn a_missing_edition_is_left_out_where_the_newsroom_says_so() {
    let site = TestSite::new(TWO_STORIES);
    site.edit("site.toml", "per_page = 2", "per_page = 2\nmissing_edition = 'hide'");
    assert_eq!(switcher(&site.page("/ua/opera/")), ["УКР → /ua/opera/ (this page)"]);
    assert_eq!(
        switcher(&site.page("/ua/talks/")),
        ["УКР → /ua/talks/ (this page)", "ENG → /en/talks/"]
    );
}

#[test]
fn a_missing_edition_of_a_story_without_a_section_leads_home() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
",
    );
    assert_eq!(switcher(&site.page("/ua/talks/"))[1], "ENG → /en/ (missing)");
}

#[test]
fn a_missing_edition_leads_home_where_there_are_no_section_pages() {
    let site = TestSite::new(TWO_STORIES);
    site.edit("site.toml", "[languages.ua]", "[urls]\nsection = false\n\n[languages.ua]");
    assert_eq!(switcher(&site.page("/ua/opera/"))[1], "ENG → /en/ (missing)");
}

#[test]
fn a_list_that_a_language_lacks_leads_to_the_nearest_list() {
    let site = TestSite::new(TWO_STORIES);
    assert_eq!(switcher(&site.page("/ua/tags/florida/"))[1], "ENG → /en/tags/ (missing)");
    assert_eq!(switcher(&site.page("/ua/archive/2025-11/"))[1], "ENG → /en/news/ (missing)");
    assert_eq!(switcher(&site.page("/ua/authors/olena/"))[2], "РУС → /ru/news/ (missing)");
}

#[test]
fn headlines_of_stories_without_an_edition_are_in_no_list_of_that_language() {
    let site = TestSite::new(TWO_STORIES);
    site.build(&[]).succeeded();
    for (path, bytes) in site.tree("public") {
        let text = String::from_utf8(bytes).unwrap();
        let is_ukrainian = path.starts_with("ua/") || !path.contains('/');
        assert!(is_ukrainian || !text.contains("Опера"), "{path}");
        let is_russian = path.starts_with("ru/");
        assert!(!is_russian || !text.contains("Talks"), "{path}");
    }
    assert_eq!(headlines(&site.page("/en/news/")), ["Talks"]);
    assert_eq!(headlines(&site.page("/en/sections/culture/")), [""; 0]);
    assert_eq!(headlines(&site.page("/ru/news/")), [""; 0]);
}

#[test]
fn an_article_lists_its_translations_with_their_headlines() {
    let site = TestSite::new(TWO_STORIES);
    let page = site.page("/ua/talks/");
    assert_eq!(page.texts("a.translation"), ["Talks"]);
    assert_eq!(page.attributes("a.translation", "href"), ["/en/talks/"]);
    assert_eq!(page.attributes("a.translation", "lang"), ["en"]);
}

#[test]
fn a_language_without_any_story_has_its_own_empty_pages() {
    let site = TestSite::new(TWO_STORIES);
    assert_eq!(site.page("/ru/").texts("h1"), ["Вестник"]);
    assert_eq!(site.page("/ru/news/").texts(".total"), ["0 новостей"]);
    assert_eq!(site.page("/ru/tags/").texts("h1"), ["Темы"]);
}

#[test]
fn one_language_makes_a_whole_site() {
    let site = TestSite::new(
        "
-- site.toml --
base_url = 'https://news.example.org'
title = { ua = 'Вісник' }
default_language = 'ua'
timezone = 'Europe/Kyiv'
[languages.ua]
tag = 'uk'
name = 'Українська'
-- content/sections.toml --
[politics]
name = { ua = 'Політика' }
-- content/tags.toml --
-- content/authors.toml --
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
",
    );
    let page = site.page("/ua/talks/");
    assert_eq!(hreflangs(&page), ["uk /ua/talks/", "x-default /ua/talks/"]);
    // Without a label the code stands for it.
    assert_eq!(switcher(&page), ["UA → /ua/talks/ (this page)"]);
    assert!(site.published().iter().all(|path| !path.starts_with("en/")));
}

#[test]
fn two_languages_with_english_by_default_work_the_same() {
    let site = TestSite::new(
        "
-- site.toml --
base_url = 'https://news.example.org'
title = { en = 'Herald', pl = 'Zwiastun' }
default_language = 'en'
timezone = 'Europe/Warsaw'
[languages.pl]
tag = 'pl'
name = 'Polski'
[languages.en]
tag = 'en'
name = 'English'
-- content/sections.toml --
-- content/tags.toml --
-- content/authors.toml --
-- templates/strings/pl.ftl --
news = Wiadomości
tags = Tematy
newer = Nowsze
older = Starsze
updated = Zaktualizowano
not-available = niedostępne
not-found = Nie znaleziono strony
story-count = { $n ->
    [one] { $n } artykuł
    [few] { $n } artykuły
    [many] { $n } artykułów
   *[other] { $n } artykułu
    }
footnotes = Przypisy
back-to-reference = Powrót do tekstu
table = Tabela
-- content/pl/rozmowy.md --
+++
title = 'Rozmowy'
date = 2025-12-01
story = 'talks'
+++
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
+++
",
    );
    assert_eq!(site.page("/").attributes("html", "lang"), ["en"]);
    assert_eq!(canonical(&site.page("/")), "/en/");
    assert_eq!(
        hreflangs(&site.page("/pl/rozmowy/")),
        ["pl /pl/rozmowy/", "en /en/talks/", "x-default /en/talks/"]
    );
    assert_eq!(site.page("/pl/rozmowy/").texts("time"), ["1 grudnia 2025"]);
    assert_eq!(site.page("/pl/archive/2025-12/").texts("h1"), ["Grudzień 2025"]);
}

#[test]
fn five_languages_stand_in_the_order_of_the_configuration() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
-- content/de/gespraeche.md --
+++
title = 'Gespräche'
date = 2025-12-01
story = 'talks'
+++
",
    );
    let words = site.text("templates/strings/en.ftl");
    for (code, tag, title) in [("pl", "pl", "Zwiastun"), ("de", "de-AT", "Bote")] {
        let language = format!("\n[languages.{code}]\ntag = '{tag}'\nname = '{title}'\n");
        site.put("site.toml", site.text("site.toml") + &language);
        site.edit("site.toml", "title = {", &format!("title = {{ {code} = '{title}',"));
        site.put(&format!("templates/strings/{code}.ftl"), &words);
    }
    site.edit("site.toml", "name = 'Bote'", "name = 'Bote'\ndates = { day = 'd. MMMM y' }");
    let page = site.page("/de/gespraeche/");
    assert_eq!(page.attributes("html", "lang"), ["de-AT"]);
    assert_eq!(
        hreflangs(&page),
        ["uk /ua/talks/", "de-AT /de/gespraeche/", "x-default /ua/talks/"]
    );
    assert_eq!(
        switcher(&page),
        [
            "УКР → /ua/talks/",
            "ENG → /en/ (missing)",
            "РУС → /ru/ (missing)",
            "PL → /pl/ (missing)",
            "DE → /de/gespraeche/ (this page)",
        ]
    );
    assert_eq!(page.texts("time"), ["1. Dezember 2025"]);
}

#[test]
fn absolute_addresses_begin_with_the_base_url() {
    let site = TestSite::new(TWO_STORIES);
    let page = site.page("/ua/talks/");
    for url in page.attributes("link[rel=canonical], link[rel=alternate]", "href") {
        assert!(url.starts_with(&format!("{HOST}/")), "{url}");
    }
}

#[test]
fn numbers_in_templates_have_the_marks_of_their_language() {
    let site = TestSite::new(TWO_STORIES);
    let numbers = "<h1>{{ 4120 | number }}; {{ 1234.5 | number }}; {{ 41 | number(digits=2) }}; \
                   {{ 9999.5 | number(digits=0, language=\"en\") }}";
    site.edit("templates/article.html", "<h1>", numbers);
    let heading = |url: &str| site.page(url).select("h1").replace("&nbsp;", "~");
    let ukrainian = heading("/ua/talks/");
    assert!(ukrainian.starts_with("<h1>4~120; 1~234,5; 41,00; 10,000"), "{ukrainian}");
    let english = heading("/en/talks/");
    assert!(english.starts_with("<h1>4,120; 1,234.5; 41.00; 10,000"), "{english}");
}
