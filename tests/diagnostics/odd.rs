//! Odd sites, which must be built, or refused in words, and never make the program panic.

use insta::assert_snapshot;

use crate::errors;
use crate::support::TestSite;

const TALKS: &str = "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Текст.
";

#[test]
fn an_index_in_a_languages_folder_and_among_the_standalone_pages() {
    let site = TestSite::new(
        "
-- content/ua/index.md --
+++
title = 'Стаття'
date = 2025-12-01
+++
-- content/ua/pages/index.md --
+++
title = 'Сторінки'
+++
-- content/ua/pages/about/index.md --
+++
title = 'Про нас'
+++
![Ми](we.svg)
-- content/ua/pages/about/we.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
",
    );
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
    assert_eq!(site.page("/ua/index/").texts("h1"), ["Стаття"]);
    assert_eq!(site.page("/ua/pages/").texts("h1"), ["Сторінки"]);
    assert_eq!(site.page("/ua/about/").attributes("img", "src"), ["/ua/about/we.svg"]);
}

#[test]
fn a_folder_with_the_name_of_an_article() {
    let site = TestSite::new(&format!(
        "{TALKS}-- content/ua/folder.md/index.md --\n+++\ntitle = 'А'\ndate = 2025-12-01\n+++\n"
    ));
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
}

#[test]
fn a_language_that_has_only_drafts() {
    let site = TestSite::new(&format!(
        "{TALKS}-- content/en/talks.md --\n+++\ntitle = 'Talks'\ndate = 2025-12-01\ndraft = true\n+++\n"
    ));
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
    assert_eq!(site.page("/en/").texts(".cards a"), [""; 0]);
}

#[test]
fn one_language_and_one_article_a_page() {
    let site = TestSite::new(TALKS);
    site.put("content/ua/second.md", "+++\ntitle = 'Друга'\ndate = 2025-12-02\n+++\n");
    site.put(
        "site.toml",
        "base_url = 'https://example.org'\ntitle = { ua = 'А' }\ndefault_language = 'ua'\n\
         timezone = 'Europe/Kyiv'\nper_page = 1\n\n\
         [languages.ua]\ntag = 'uk'\nname = 'Українська'\n",
    );
    for file in ["sections", "tags", "authors"] {
        site.remove(&format!("content/{file}.toml"));
    }
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
    assert_eq!(site.page("/ua/news/page/1/").texts(".cards a"), ["Перемовини"]);
    assert_eq!(
        site.page("/ua/news/").attributes("link[hreflang]", "hreflang"),
        ["uk", "x-default"]
    );
}

#[test]
fn a_site_below_a_path() {
    let site = TestSite::new(TALKS);
    site.edit("site.toml", "https://news.example.org", "https://example.org/вісник/");
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
    let canonical = site.page("/ua/talks/").attributes("link[rel=canonical]", "href");
    assert_snapshot!(canonical[0], @"https://example.org/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/talks/");
}

#[test]
fn empty_files_everywhere() {
    assert_snapshot!(errors(
        "
-- content/sections.toml --
-- content/tags.toml --
-- content/authors.toml --
-- content/ua/empty.md --
-- content/ua/photo.png --
-- static/style.css --
-- templates/strings/ua.ftl --
-- templates/strings/en.ftl --
-- templates/strings/ru.ftl --
-- templates/tags.html --
"
    ), @r#"
    error[no-front-matter]: this file has no front matter
     --> content/ua/empty.md:1:1
      |
    1 |
      | ^ `+++` is expected here
      |
      = help: begin the file with a line `+++`, then `title = "…"` and `date = 2025-12-19T20:31:00`, then another line `+++`

    error[template]: no string is named `not-found`
     --> templates/404.html:2:24
      |
    2 | {% block main %}<h1>{{ t(key="not-found") }}</h1>{% endblock main %}
      |                        ^^^^^^^^^^^^^^^^^^ while rendering `/404.html`, and 3 more pages
      |
      = help: add it to every file in `templates/strings/`

    error[template]: no string is named `news`
     --> templates/listing.html:2:38
      |
    2 | {% block title %}{{ listing.title or t(key="news") }}{% endblock title %}
      |                                      ^^^^^^^^^^^^^ while rendering `/ua/news/`, and 2 more pages
      |
      = help: add it to every file in `templates/strings/`

    Nothing was published: 3 errors, 0 warnings.
    "#);
}

#[test]
fn much_front_matter_and_deep_nesting() {
    let lines: String = (0..20_000).map(|n| format!("key{n} = 'так'\n")).collect();
    let site = TestSite::new("");
    let front = |extra: &str| format!("+++\ntitle = 'А'\ndate = 2025-12-01\n[extra]\n{extra}+++\n");
    site.put("content/ua/much.md", front(&lines));
    let deep = format!("deep = {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
    site.put("content/ua/deep.md", front(&deep));
    let body = format!("{}цитата\n{}[а]\n", "> ".repeat(3_000), "*".repeat(9_000));
    site.put("content/ua/body.md", front("") + &body);
    let run = site.build(&[]);
    assert!(run.stderr.starts_with("error[toml]"), "{}", run.stderr);
    site.remove("content/ua/deep.md");
    site.build(&[]).succeeded();
}

#[test]
fn dates_at_the_ends_of_time() {
    assert_snapshot!(errors(
        "
-- content/ua/zero.md --
+++
title = 'Нуль'
date = 0000-01-01
+++
-- content/ua/last.md --
+++
title = 'Кінець'
date = 9999-12-31T23:59:59Z
+++
-- content/ua/leap.md --
+++
title = 'Секунда'
date = 2016-12-31T23:59:60
+++
"
    ), @r"
    error[bad-date]: `9999-12-31T23:59:59Z` is not in the calendar
     --> content/ua/last.md:3:8
      |
    3 | date = 9999-12-31T23:59:59Z
      |        ^^^^^^^^^^^^^^^^^^^^
      |
      = help: check day and month

    Nothing was published: 1 error, 0 warnings.
    ");
}
