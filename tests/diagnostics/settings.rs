//! `site.toml`.

use insta::assert_snapshot;

use crate::errors;
use crate::support::TestSite;

/// What is said when a part of the usual `site.toml` is replaced.
#[track_caller]
fn errors_with(from: &str, to: &str) -> String {
    let site = TestSite::new("");
    site.edit("site.toml", from, to);
    site.build(&[]).problems(1).to_owned()
}

#[test]
fn an_empty_file_names_everything_it_needs() {
    assert_snapshot!(errors("-- site.toml --\n"), @r#"
    error[missing-key]: `base_url` is missing
    --> site.toml
     = help: write the address the site will have: `base_url = "https://news.example.org"`

    error[missing-key]: `default_language` is missing
    --> site.toml
     = help: name the language that `/` shows: `default_language = "ua"`

    error[missing-key]: `languages` is missing
    --> site.toml
     = help: add a table such as `[languages.ua]` with `tag`, `name` and `label`

    error[missing-key]: `timezone` is missing
    --> site.toml
     = help: write an IANA name such as `timezone = "Europe/Kyiv"`

    error[missing-key]: `title` is missing
    --> site.toml
     = help: add the site's name in every language: `title = { ua = "…" }`

    Nothing was published: 5 errors, 0 warnings.
    "#);
}

#[test]
fn broken_toml() {
    assert_snapshot!(errors_with("timezone = \"Europe/Kyiv\"", "timezone = Europe/Kyiv"), @r#"
    error[toml]: a text stands here without quotes
     --> site.toml:4:12
      |
    4 | timezone = Europe/Kyiv
      |            ^^^^^^^^^^^
      |
      = help: put texts in straight quotes: `timezone = "…"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn an_unknown_time_zone() {
    assert_snapshot!(errors_with("Europe/Kyiv", "Europe/Kiyv"), @r#"
    error[bad-timezone]: `Europe/Kiyv` is not a time zone
     --> site.toml:4:12
      |
    4 | timezone = "Europe/Kiyv"
      |            ^^^^^^^^^^^^^
      |
      = help: did you mean `Europe/Kyiv`?

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("Europe/Kyiv", "UTC+2"), @r#"
    error[bad-timezone]: `UTC+2` is not a time zone
     --> site.toml:4:12
      |
    4 | timezone = "UTC+2"
      |            ^^^^^^^
      |
      = help: write an IANA name such as `timezone = "Europe/Kyiv"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn a_tag_that_is_a_country_and_two_languages_with_one_tag() {
    assert_snapshot!(errors_with("tag = \"uk\"", "tag = \"ua\""), @r#"
    error[bad-language-tag]: no language has the code `ua`: `UA` is a country, its language is `uk`
     --> site.toml:8:7
      |
    8 | tag = "ua"
      |       ^^^^
      |
      = help: look the tag up in the IANA registry: `uk`, `en`, `ru`, `pl`, `de`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("tag = \"uk\"", "tag = \"українська\""), @r#"
    error[bad-language-tag]: `українська` is not a language tag
     --> site.toml:8:7
      |
    8 | tag = "українська"
      |       ^^^^^^^^^^^^
      |
      = help: look the tag up in the IANA registry: `uk`, `en`, `ru`, `pl`, `de`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("tag = \"uk\"", "tag = \"ru\""), @r"
    error[duplicate-tag]: the languages `ua` and `ru` have the same tag `ru`
      --> site.toml:19:12
       |
    19 | [languages.ru]
       |            ^^
       |
       = help: give every language its own BCP 47 tag

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_bad_base_url() {
    assert_snapshot!(errors_with("https://news.example.org", "news.example.org"), @r#"
    error[bad-base-url]: `news.example.org` does not begin with `https://` or `http://`
     --> site.toml:1:12
      |
    1 | base_url = "news.example.org"
      |            ^^^^^^^^^^^^^^^^^^
      |
      = help: write the address the site will have: `base_url = "https://news.example.org"`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("https://news.example.org", "https://news.example.org/?a"), @r#"
    error[bad-base-url]: `https://news.example.org/?a` contains `?`
     --> site.toml:1:12
      |
    1 | base_url = "https://news.example.org/?a"
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address the site will have: `base_url = "https://news.example.org"`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("https://news.example.org", "https://"), @r#"
    error[bad-base-url]: `https://` has no host
     --> site.toml:1:12
      |
    1 | base_url = "https://"
      |            ^^^^^^^^^^
      |
      = help: write the address the site will have: `base_url = "https://news.example.org"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn an_unknown_default_language() {
    assert_snapshot!(errors_with("default_language = \"ua\"", "default_language = \"uk\""), @r#"
    error[unknown-language]: the default language `uk` is not configured
     --> site.toml:3:20
      |
    3 | default_language = "uk"
      |                    ^^^^
      |
      = help: did you mean `ua`?

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("default_language = \"ua\"", "default_language = \"eng\""), @r#"
    error[unknown-language]: the default language `eng` is not configured
     --> site.toml:3:20
      |
    3 | default_language = "eng"
      |                    ^^^^^
      |
      = help: did you mean `en`?

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn unknown_keys_are_warnings_with_the_nearest_name() {
    let site = TestSite::new("");
    site.edit(
        "site.toml",
        "per_page = 2",
        "per_pages = 2\nmarkdown = { htm = 'allow' }\nposts = 1",
    );
    site.edit("site.toml", "label = \"ENG\"", "labell = \"ENG\"");
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[unknown-key]: unknown key `per_pages`
     --> site.toml:5:1
      |
    5 | per_pages = 2
      | ^^^^^^^^^
      |
      = help: did you mean `per_page`?

    warning[unknown-key]: unknown key `markdown.htm`
     --> site.toml:6:14
      |
    6 | markdown = { htm = 'allow' }
      |              ^^^
      |
      = help: did you mean `html`?

    warning[unknown-key]: unknown key `posts`
     --> site.toml:7:1
      |
    7 | posts = 1
      | ^^^^^
      |
      = help: remove it, or put it into `[extra]` if a template reads it

    warning[unknown-key]: unknown key `languages.en.labell`
      --> site.toml:18:1
       |
    18 | labell = "ENG"
       | ^^^^^^
       |
       = help: did you mean `label`?
    "#);
}

#[test]
fn bad_url_patterns() {
    let patterns = "per_page = 2\n[urls]
article = '/{language}/news/'
page = '{path}/'
news = '/{lang}/news/'
section = '/{language}/{slug}'
tag = '/{language}/../{slug}/'
tags = '/{language}/tags?/'
author = '/{language/{slug}/'
month = '/{language}/{year}/'
archive = '/{language}/archive/'";
    assert_snapshot!(errors_with("per_page = 2", patterns), @r"
    error[bad-url-pattern]: the URL pattern `/{language}/news/` gives all its pages the same address
     --> site.toml:7:11
      |
    7 | article = '/{language}/news/'
      |           ^^^^^^^^^^^^^^^^^^^
      |
      = help: add `{path}` or `{slug}`

    error[bad-url-pattern]: the URL pattern `{path}/` does not begin with `/`
     --> site.toml:8:8
      |
    8 | page = '{path}/'
      |        ^^^^^^^^^
      |
      = help: write a path such as `/{language}/{path}/`

    error[bad-url-pattern]: `{lang}` is not known in this URL pattern
     --> site.toml:9:8
      |
    9 | news = '/{lang}/news/'
      |        ^^^^^^^^^^^^^^^
      |
      = help: this kind of page knows `{language}`

    error[bad-url-pattern]: the URL pattern `/{language}/{slug}` does not end with `/`
      --> site.toml:10:11
       |
    10 | section = '/{language}/{slug}'
       |           ^^^^^^^^^^^^^^^^^^^^
       |
       = help: end it with `/`: its numbered pages go below it

    error[bad-url-pattern]: the URL pattern `/{language}/../{slug}/` has an empty or dotted part
      --> site.toml:11:7
       |
    11 | tag = '/{language}/../{slug}/'
       |       ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write a path such as `/{language}/{path}/`

    error[bad-url-pattern]: the URL pattern `/{language}/tags?/` contains `?`
      --> site.toml:12:8
       |
    12 | tags = '/{language}/tags?/'
       |        ^^^^^^^^^^^^^^^^^^^^
       |
       = help: use letters, digits, `-`, `_`, `.` and `/`

    error[bad-url-pattern]: `{language/{slug}` is not known in this URL pattern
      --> site.toml:13:10
       |
    13 | author = '/{language/{slug}/'
       |          ^^^^^^^^^^^^^^^^^^^^
       |
       = help: this kind of page knows `{language}`, `{slug}`

    error[bad-url-pattern]: the URL pattern `/{language}/{year}/` gives all its pages the same address
      --> site.toml:14:9
       |
    14 | month = '/{language}/{year}/'
       |         ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: add `{month}`

    Nothing was published: 8 errors, 0 warnings.
    ");
    assert_snapshot!(errors_with("per_page = 2", "urls.article = false"), @r"
    error[bad-url-pattern]: articles cannot be switched off
     --> site.toml:5:1
      |
    5 | urls.article = false
      | ^^^^
      |
      = help: remove `article = false`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn bad_date_patterns() {
    let dates = "label = \"УКР\"\ndates = { time = 'd MMMM LLLL', day = 'bbb', year = 'y' }";
    assert_snapshot!(errors_with("label = \"УКР\"", dates), @r"
    error[bad-date-pattern]: `d MMMM LLLL` is not a CLDR date pattern: `LLLL` and another form of the same field cannot stand in one pattern
      --> site.toml:11:18
       |
    11 | dates = { time = 'd MMMM LLLL', day = 'bbb', year = 'y' }
       |                  ^^^^^^^^^^^^^
       |
       = help: a pattern such as `d MMMM y, HH:mm` works; text stands in 'quotes'

    warning[unknown-key]: unknown key `languages.ua.dates.year`
      --> site.toml:11:46
       |
    11 | dates = { time = 'd MMMM LLLL', day = 'bbb', year = 'y' }
       |                                              ^^^^
       |
       = help: remove it; what may stand here is `time`, `day`, `clock`, `weekday`, `month`

    Nothing was published: 1 error, 1 warning.
    ");
}

#[test]
fn other_values_that_cannot_be() {
    assert_snapshot!(errors_with("per_page = 2", "per_page = 0"), @r"
    error[bad-per-page]: `per_page` must be at least 1
     --> site.toml:5:12
      |
    5 | per_page = 0
      |            ^
      |
      = help: 20 is usual

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_with("per_page = 2", "per_page = -5"), @r"
    error[bad-per-page]: `per_page` must be at least 1
     --> site.toml:5:12
      |
    5 | per_page = -5
      |            ^^
      |
      = help: 20 is usual

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_with("per_page = 2", "per_page = 'twenty'"), @r"
    error[wrong-type]: `per_page` must be a whole number, not a text
     --> site.toml:5:12
      |
    5 | per_page = 'twenty'
      |            ^^^^^^^^
      |
      = help: write it without quotes

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_with("per_page = 2", "missing_edition = 'front'"), @r"
    error[bad-choice]: `missing_edition` cannot be `front`
     --> site.toml:5:19
      |
    5 | missing_edition = 'front'
      |                   ^^^^^^^
      |
      = help: use `section` or `home` or `hide`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_with("per_page = 2", "markdown.html = 'raw'"), @r"
    error[bad-choice]: `markdown.html` cannot be `raw`
     --> site.toml:5:17
      |
    5 | markdown.html = 'raw'
      |                 ^^^^^
      |
      = help: use `sanitize` or `escape` or `allow`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_with("[languages.en]", "[languages.EN]"), @r"
    error[bad-language-code]: `EN` cannot be a folder and a URL segment
      --> site.toml:13:12
       |
    13 | [languages.EN]
       |            ^^
       |
       = help: use small Latin letters, digits and `-`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_with("en = \"Herald\", ", ""), @r#"
    error[missing-key]: `title.en` is missing
     --> site.toml:2:9
      |
    2 | title = { ua = "Вісник", ru = "Вестник" }
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add it: `title = { en = "…" }`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_with("name = \"English\"", ""), @r#"
    error[missing-key]: `languages.en.name` is missing
      --> site.toml:13:1
       |
    13 | [languages.en]
       | ^^^^^^^^^^^^^^
       |
       = help: add the language's own name: `name = "Українська"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn a_title_in_a_language_that_is_not_there() {
    let site = TestSite::new("");
    site.edit("site.toml", "title = { ", "title = { pl = \"Wieści\", ");
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[unknown-language]: `title` names `pl`, which is no language here
     --> site.toml:2:11
      |
    2 | title = { pl = "Wieści", ua = "Вісник", en = "Herald", ru = "Вестник" }
      |           ^^
      |
      = help: add `[languages.pl]`, or remove it
    "#);
}

#[test]
fn front_pages_that_cannot_be() {
    let front = "per_page = 2\n[front]\nlatest = -1\nsecondary = 1000\nper_page = 5";
    assert_snapshot!(errors_with("per_page = 2", front), @r"
    error[bad-front]: `front.latest` must be from 0 to 100
     --> site.toml:7:10
      |
    7 | latest = -1
      |          ^^
      |
      = help: 10 is usual; 0 leaves them out

    error[bad-front]: `front.secondary` must be from 0 to 100
     --> site.toml:8:13
      |
    8 | secondary = 1000
      |             ^^^^
      |
      = help: 2 is usual; 0 leaves them out

    warning[unknown-key]: unknown key `front.per_page`
     --> site.toml:9:1
      |
    9 | per_page = 5
      | ^^^^^^^^
      |
      = help: remove it; what may stand here is `secondary`, `latest`, `per_section`, `sections`

    Nothing was published: 2 errors, 1 warning.
    ");
    let sections = "per_page = 2\n[front]\nsections = ['politics', 'polytics', 'sport']";
    assert_snapshot!(errors_with("per_page = 2", sections), @r"
    error[unknown-section]: there is no section `polytics`
     --> site.toml:7:25
      |
    7 | sections = ['politics', 'polytics', 'sport']
      |                         ^^^^^^^^^^
      |
      = help: did you mean `politics`?

    error[unknown-section]: there is no section `sport`
     --> site.toml:7:37
      |
    7 | sections = ['politics', 'polytics', 'sport']
      |                                     ^^^^^^^
      |
      = help: declare it in `content/sections.toml`

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn a_number_of_stories_to_read_also_that_is_no_hint() {
    assert_snapshot!(errors_with("per_page = 2", "per_page = 2\n[article]\nrelated = 11"), @r"
    error[bad-related-number]: `article.related` must be from 0 to 10
     --> site.toml:7:11
      |
    7 | related = 11
      |           ^^
      |
      = help: 3 is usual; 0 shows only the stories that an article names

    Nothing was published: 1 error, 0 warnings.
    ");
}
