//! What is wrong with `[publisher]` of `site.toml`, and with the genre of an article.

use insta::assert_snapshot;

use crate::support::{TestSite, png};
use crate::{errors, warnings};

/// The files of a site whose `[publisher]` has some keys.
fn with(keys: &str) -> TestSite {
    let site = TestSite::new("");
    site.edit("site.toml", "per_page = 2", &format!("per_page = 2\n\n[publisher]\n{keys}"));
    site
}

fn errors_with(keys: &str) -> String {
    let site = with(keys);
    let run = site.build(&[]);
    assert_eq!(site.published(), [""; 0]);
    run.problems(1).to_owned()
}

fn warnings_with(keys: &str, files: &[(&str, &[u8])]) -> String {
    let site = with(keys);
    files.iter().for_each(|(path, bytes)| site.put(path, bytes));
    site.build(&[]).problems(0).to_owned()
}

#[test]
fn pictures_that_are_not_there() {
    let keys = "logo = '/share/logo.png'\nshare_image = { ua = '/ua.png', en = 'x.png', ru = '/ua.png' }\n";
    assert_snapshot!(errors_with(keys), @r#"
    error[missing-picture]: the picture `/share/logo.png` does not exist
     --> site.toml:8:8
      |
    8 | logo = '/share/logo.png'
      |        ^^^^^^^^^^^^^^^^^
      |
      = help: put it into `static/`, and write its path there with a leading slash

    error[missing-picture]: the picture `/ua.png` does not exist
     --> site.toml:9:22
      |
    9 | share_image = { ua = '/ua.png', en = 'x.png', ru = '/ua.png' }
      |                      ^^^^^^^^^
      |
      = help: put it into `static/`, and write its path there with a leading slash

    error[missing-picture]: the picture `/x.png` does not exist
     --> site.toml:9:38
      |
    9 | share_image = { ua = '/ua.png', en = 'x.png', ru = '/ua.png' }
      |                                      ^^^^^^^
      |
      = help: put it into `static/`, and write its path there with a leading slash

    Nothing was published: 3 errors, 0 warnings.
    "#);
}

#[test]
fn a_picture_that_networks_do_not_show() {
    let site = with("share_image = '/share.svg'\n");
    site.put("static/share.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    assert_snapshot!(site.build(&[]).problems(1), @r#"
    error[share-image-format]: social networks do not show `/share.svg`
     --> site.toml:8:15
      |
    8 | share_image = '/share.svg'
      |               ^^^^^^^^^^^^
      |
      = help: save it as PNG or JPEG, 1200 pixels wide and 630 high

    warning[bad-picture]: this picture cannot be read: its size is unknown
    --> static/share.svg
     = help: save it again as JPEG, PNG, WebP, AVIF, GIF or SVG

    Nothing was published: 1 error, 1 warning.
    "#);
}

#[test]
fn pictures_that_are_small_or_no_pictures() {
    let keys = "logo = 'logo.png'\nshare_image = { ua = 'ua.png', en = 'en.png', ru = 'ua.png' }\n";
    let files: &[(&str, &[u8])] = &[
        ("static/logo.png", &png(111, 200)),
        ("static/ua.png", &png(1200, 600)),
        ("static/en.png", b"not a picture"),
    ];
    assert_snapshot!(warnings_with(keys, files), @r#"
    warning[small-picture]: `/logo.png` is 111 pixels wide and 200 high
     --> site.toml:8:8
      |
    8 | logo = 'logo.png'
      |        ^^^^^^^^^^
      |
      = help: make it at least 112 wide and 112 high

    warning[small-picture]: `/ua.png` is 1200 pixels wide and 600 high
     --> site.toml:9:22
      |
    9 | share_image = { ua = 'ua.png', en = 'en.png', ru = 'ua.png' }
      |                      ^^^^^^^^
      |
      = help: make it at least 1200 wide and 630 high

    warning[bad-picture]: this picture cannot be read: its size is unknown
    --> static/en.png
     = help: save it again as JPEG, PNG, WebP, AVIF, GIF or SVG
    "#);
}

#[test]
fn a_drawn_logo_has_any_size() {
    let files: &[(&str, &[u8])] = &[("static/logo.svg", b"<svg width='32' height='32'/>")];
    assert_snapshot!(warnings_with("logo = '/logo.svg'\n", files), @"");
}

#[test]
fn languages_without_a_share_image_and_languages_that_are_none() {
    let keys = "name = { ua = 'А', uk = 'Б' }\nshare_image = { ua = '/ua.png', en = ' ' }\n";
    assert_snapshot!(warnings_with(keys, &[("static/ua.png", &png(1200, 630))]), @r#"
    warning[unknown-language]: `uk` is no language of this site
     --> site.toml:8:20
      |
    8 | name = { ua = 'А', uk = 'Б' }
      |                    ^^
      |
      = help: the languages are `ua`, `en`, `ru`

    warning[missing-share-image]: `publisher.share_image` has none for `en`, `ru`
     --> site.toml:9:15
      |
    9 | share_image = { ua = '/ua.png', en = ' ' }
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name a picture for every language, or one for all: `share_image = "/share.png"`
    "#);
}

#[test]
fn addresses_and_pages_that_are_none() {
    let keys =
        "url = 'publisher.example.org'\nsame_as = ['https://t.me/a', '@visnyk', 'https://']\n";
    assert_snapshot!(errors_with(keys), @r#"
    error[bad-web-address]: `publisher.example.org` is not a web address
     --> site.toml:8:7
      |
    8 | url = 'publisher.example.org'
      |       ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: begin it with `https://`, or leave it out

    error[bad-web-address]: `@visnyk` is not a web address
     --> site.toml:9:30
      |
    9 | same_as = ['https://t.me/a', '@visnyk', 'https://']
      |                              ^^^^^^^^^
      |
      = help: begin it with `https://`, or leave it out

    error[bad-web-address]: `https://` is not a web address
     --> site.toml:9:41
      |
    9 | same_as = ['https://t.me/a', '@visnyk', 'https://']
      |                                         ^^^^^^^^^^
      |
      = help: begin it with `https://`, or leave it out

    Nothing was published: 3 errors, 0 warnings.
    "#);
    let about: &[(&str, &[u8])] = &[("content/en/pages/about.md", b"+++\ntitle = 'A'\n+++\n")];
    assert_snapshot!(warnings_with("about = 'abuot'\nprinciples = 'standards'\n", about), @r#"
    warning[unknown-page]: there is no standalone page `abuot`
     --> site.toml:8:9
      |
    8 | about = 'abuot'
      |         ^^^^^^^
      |
      = help: did you mean `about`?

    warning[unknown-page]: there is no standalone page `standards`
     --> site.toml:9:14
      |
    9 | principles = 'standards'
      |              ^^^^^^^^^^^
      |
      = help: write `about` for `content/<language>/pages/about.md`
    "#);
}

#[test]
fn a_page_with_an_error_has_no_second_one() {
    let site = with("about = 'about'\n");
    site.put("content/ua/pages/about.md", "+++\n+++\n");
    assert_snapshot!(site.build(&[]).problems(1), @r#"
    error[missing-key]: `title` is missing
     --> content/ua/pages/about.md:1:1
      |
    1 | +++
      | ^^^
      |
      = help: add a line such as `title = "…"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn keys_of_the_publisher_that_are_unknown_or_of_another_type() {
    let keys =
        "logo = 5\nsame_as = { telegram = 'x' }\nsameas = 'https://t.me/a'\nshare_image = true\n";
    assert_snapshot!(errors_with(keys), @r#"
    error[wrong-type]: `publisher.logo` must be a text, not a number
     --> site.toml:8:8
      |
    8 | logo = 5
      |        ^
      |
      = help: write `logo = "…"`

    error[wrong-type]: `publisher.same_as` must be a list of texts, not a table
     --> site.toml:9:11
      |
    9 | same_as = { telegram = 'x' }
      |           ^^^^^^^^^^^^^^^^^^
      |
      = help: write `same_as = ["…", "…"]`

    warning[unknown-key]: unknown key `publisher.sameas`
      --> site.toml:10:1
       |
    10 | sameas = 'https://t.me/a'
       | ^^^^^^
       |
       = help: did you mean `same_as`?

    error[wrong-type]: `publisher.share_image` must be a table, not true or false
      --> site.toml:11:15
       |
    11 | share_image = true
       |               ^^^^
       |
       = help: write `share_image = { ua = "…", en = "…" }`

    Nothing was published: 3 errors, 1 warning.
    "#);
}

#[test]
fn a_genre_that_there_is_not() {
    let article =
        |genre: &str| format!("+++\ntitle = 'А'\ndate = 2025-12-19\ngenre = '{genre}'\n+++\n");
    let files = format!(
        "-- content/ua/a.md --\n{}-- content/ua/b.md --\n{}",
        article("opinoin"),
        article("роздуми")
    );
    assert_snapshot!(errors(&files), @r#"
    error[bad-choice]: `genre` cannot be `opinoin`
     --> content/ua/a.md:4:9
      |
    4 | genre = 'opinoin'
      |         ^^^^^^^^^
      |
      = help: did you mean `opinion`?

    error[bad-choice]: `genre` cannot be `роздуми`
     --> content/ua/b.md:4:9
      |
    4 | genre = 'роздуми'
      |         ^^^^^^^^^
      |
      = help: use `news`, `analysis`, `opinion`, `reportage`, `explainer`

    Nothing was published: 2 errors, 0 warnings.
    "#);
}

#[test]
fn editions_of_different_genres() {
    let files = "
-- content/ua/a.md --
+++
title = 'А'
date = 2025-12-19
genre = 'opinion'
+++
-- content/en/a.md --
+++
title = 'A'
date = 2025-12-19
+++";
    assert_snapshot!(warnings(files), @r#"
    warning[editions-differ]: the genre is missing, but the edition in `ua` has one
     --> content/en/a.md
      |
     ::: content/ua/a.md:4:9
      |
    4 | genre = 'opinion'
      |         ---------
      |
      = help: give all editions of a story the same one
    "#);
}
