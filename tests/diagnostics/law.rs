//! The rule of the state language: `required` and `law`.

use insta::assert_snapshot;

use crate::support::TestSite;

/// A story in which the Ukrainian edition has about half of the English letters, and one in which the
/// Russian edition has no counterpart.
fn site() -> TestSite {
    let site = TestSite::new("");
    let article = |title: &str, text: &str| {
        format!("+++\ntitle = '{title}'\ndate = 2025-12-01\n+++\n{text}\n")
    };
    let english = "The parties met in Florida and agreed to meet again. ".repeat(10);
    let faithful = "Сторони зустрілися у Флориді й домовилися про нову зустріч. ".repeat(8);
    let short = "Сторони зустрілися [у Флориді](https://example.org/florida/talks). ".repeat(9);
    site.put("content/en/talks.md", article("Talks", &english));
    site.put("content/ua/talks.md", article("Перемовини", &short));
    site.put("content/en/snow.md", article("Snow", &english));
    site.put("content/ua/snow.md", article("Сніг", &faithful));
    site.put("content/en/short.md", article("Short", "One two three four five six."));
    site.put("content/ua/short.md", article("Коротко", "Один."));
    site.put("content/ru/opera.md", article("Опера", "Текст."));
    site
}

#[test]
fn without_a_law_nothing_is_compared() {
    assert_eq!(site().build(&[]).problems(0), "");
}

#[test]
fn a_text_much_shorter_than_another_edition_and_a_missing_one_are_reported() {
    let site = site();
    site.edit("site.toml", "locale = \"uk_UA\"", "locale = \"uk_UA\"\nlaw = \"ua-2704\"");
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[missing-edition]: the story `opera` has no published edition in `ua`, which is required
    --> content/ru/opera.md
     = help: add `content/ua/opera.md`

    warning[law-length]: the text in `ua` has 53 % of the letters of the one in `en`; by law it must contain no less
    --> content/ua/talks.md
    ::: content/en/talks.md
     = note: this is longer
     = help: translate what is left out
    ");
    site.build(&["--strict"]).problems(1);
}

#[test]
fn the_default_language_must_be_the_one_of_the_law() {
    let site = TestSite::new("");
    site.edit("site.toml", "locale = \"uk_UA\"", "locale = \"uk_UA\"\nlaw = \"ua-2704\"");
    site.edit("site.toml", "default_language = \"ua\"", "default_language = \"en\"");
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[law-default-language]: `/` shows `en`, but by law it must show `ua`
     --> site.toml:3:20
      |
    3 | default_language = "en"
      |                    ^^^^
      |
      = help: write `default_language = "ua"`
    "#);
}

#[test]
fn a_law_that_nobody_knows_is_an_error() {
    let site = TestSite::new("");
    site.edit("site.toml", "locale = \"uk_UA\"", "locale = \"uk_UA\"\nlaw = \"2704\"");
    assert_snapshot!(site.build(&[]).problems(1), @r#"
    error[bad-choice]: `languages.ua.law` cannot be `2704`
      --> site.toml:12:7
       |
    12 | law = "2704"
       |       ^^^^^^
       |
       = help: use `ua-2704`, or remove it

    Nothing was published: 1 error, 0 warnings.
    "#);
}
