//! Front matter.

use insta::assert_snapshot;

use crate::support::TestSite;
use crate::{errors, warnings};

#[test]
fn an_article_without_front_matter() {
    assert_snapshot!(errors("
-- content/ua/empty.md --
-- content/ua/talks.md --
# Перемовини

Текст.
-- content/ua/yaml.md --
---
title: Перемовини
---
Текст.
"), @r#"
    error[no-front-matter]: this file has no front matter
     --> content/ua/empty.md:1:1
      |
    1 |
      | ^ `+++` is expected here
      |
      = help: begin the file with a line `+++`, then `title = "…"` and `date = 2025-12-19T20:31:00`, then another line `+++`

    error[no-front-matter]: this file has no front matter
     --> content/ua/talks.md:1:1
      |
    1 | # Перемовини
      | ^^^^^^^^^^^^ `+++` is expected here
      |
      = help: begin the file with a line `+++`, then `title = "…"` and `date = 2025-12-19T20:31:00`, then another line `+++`

    error[no-front-matter]: this file has no front matter
     --> content/ua/yaml.md:1:1
      |
    1 | ---
      | ^^^ `+++` is expected here
      |
      = help: this looks like YAML: put `+++` in place of both `---`, and write `title = "…"` instead of `title: …`

    Nothing was published: 3 errors, 0 warnings.
    "#);
}

#[test]
fn an_article_that_is_withdrawn_before_it_comes_out() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01T10:00:00
unpublish_at = 2025-12-01T10:00:00
+++
-- content/ua/report.md --
+++
title = 'Звіт'
date = 2025-12-01T10:00:00
publish_at = 2025-12-03
unpublish_at = 2025-12-02
+++
"), @r"
    error[never-public]: `unpublish_at` is not later than the publication, so nobody would ever see this
     --> content/ua/report.md:5:16
      |
    5 | unpublish_at = 2025-12-02
      |                ^^^^^^^^^^
      |
      = help: write a later moment; `draft = true` keeps a text from readers

    error[never-public]: `unpublish_at` is not later than the publication, so nobody would ever see this
     --> content/ua/talks.md:4:16
      |
    4 | unpublish_at = 2025-12-01T10:00:00
      |                ^^^^^^^^^^^^^^^^^^^
      |
      = help: write a later moment; `draft = true` keeps a text from readers

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn front_matter_that_is_not_closed() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01

Текст.
"), @r"
    error[no-front-matter]: the front matter is not closed
     --> content/ua/talks.md:1:1
      |
    1 | +++
      | ^^^ it begins here
      |
      = help: put a line `+++` between the front matter and the text

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn broken_toml() {
    assert_snapshot!(errors(r#"
-- content/ua/end.md --
+++
title = "Перемовини
date = 2025-12-01
+++
-- content/ua/quotes.md --
+++
title = "Готель "Україна" відкрито"
date = 2025-12-01
+++
-- content/ua/typographic.md --
+++
title = «Перемовини»
date = 2025-12-01
+++
-- content/ua/twice.md --
+++
title = "Перемовини"
title = "Переговори"
date = 2025-12-01
+++
-- content/ua/yaml.md --
+++
title: Перемовини
date: 2025-12-01
+++
"#), @r#"
    error[toml]: the quotes of this text are not closed
     --> content/ua/end.md:2:20
      |
    2 | title = "Перемовини
      |                    ^
      |
      = help: put a quote at its end

    error[toml]: the text ended at the quote before this
     --> content/ua/quotes.md:2:18
      |
    2 | title = "Готель "Україна" відкрито"
      |                  ^
      |
      = help: a quote within a text is written `\"`; or use «…», “…”

    error[toml]: `title` stands here for the second time
     --> content/ua/twice.md:3:1
      |
    3 | title = "Переговори"
      | ^^^^^
      |
      = help: remove one of the two

    error[toml]: a text stands here without quotes
     --> content/ua/typographic.md:2:9
      |
    2 | title = «Перемовини»
      |         ^^^^^^^^^^^^
      |
      = help: put texts in straight quotes: `title = "…"`

    error[toml]: a colon does not join key and value
     --> content/ua/yaml.md:2:8
      |
    2 | title: Перемовини
      |        ^
      |
      = help: write `=` instead: `title = "…"`

    error[toml]: a colon does not join key and value
     --> content/ua/yaml.md:3:7
      |
    3 | date: 2025-12-01
      |       ^
      |
      = help: write `=` instead: `title = "…"`

    Nothing was published: 6 errors, 0 warnings.
    "#);
}

#[test]
fn a_missing_title_and_a_missing_date() {
    assert_snapshot!(errors("
-- content/ua/nothing.md --
+++
+++
Текст.
-- content/ua/no-date.md --
+++
title = 'Перемовини'
+++
-- content/ua/no-title.md --
+++
title = ' '
date = 2025-12-01
+++
"), @r#"
    error[missing-key]: `date` is missing
     --> content/ua/no-date.md:1:1
      |
    1 | +++
      | ^^^
      |
      = help: add a line such as `date = 2025-12-19T20:31:00`

    error[missing-key]: `title` is empty
     --> content/ua/no-title.md:2:9
      |
    2 | title = ' '
      |         ^^^
      |
      = help: add a line such as `title = "…"`

    error[missing-key]: `date` is missing
     --> content/ua/nothing.md:1:1
      |
    1 | +++
      | ^^^
      |
      = help: add a line such as `date = 2025-12-19T20:31:00`

    error[missing-key]: `title` is missing
     --> content/ua/nothing.md:1:1
      |
    1 | +++
      | ^^^
      |
      = help: add a line such as `title = "…"`

    Nothing was published: 4 errors, 0 warnings.
    "#);
}

#[test]
fn an_unknown_key_is_a_warning_with_the_nearest_name() {
    assert_snapshot!(warnings("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
autors = ['olena']
weather = 'сніг'
image = { src = '/a.jpg', alt = '', captoin = 'Зала' }

[[sources]]
name = 'Reuters'
link = 'https://reuters.com'
+++
-- static/a.jpg --
"), @r#"
    warning[unknown-key]: unknown key `autors`
     --> content/ua/talks.md:4:1
      |
    4 | autors = ['olena']
      | ^^^^^^
      |
      = help: did you mean `authors`?

    warning[unknown-key]: unknown key `weather`
     --> content/ua/talks.md:5:1
      |
    5 | weather = 'сніг'
      | ^^^^^^^
      |
      = help: remove it, or put it into `[extra]` if a template reads it

    warning[missing-credit]: nobody is named as the author of the lead picture
     --> content/ua/talks.md:6:17
      |
    6 | image = { src = '/a.jpg', alt = '', captoin = 'Зала' }
      |                 ^^^^^^^^
      |
      = help: add `credit = "…"`; `credit = ""` if nobody is to be named

    warning[unknown-key]: unknown key `image.captoin`
     --> content/ua/talks.md:6:37
      |
    6 | image = { src = '/a.jpg', alt = '', captoin = 'Зала' }
      |                                     ^^^^^^^
      |
      = help: did you mean `caption`?

    warning[unknown-key]: unknown key `sources.link`
      --> content/ua/talks.md:10:1
       |
    10 | link = 'https://reuters.com'
       | ^^^^
       |
       = help: remove it; what may stand here is `name`, `url`

    warning[bad-picture]: this picture cannot be read: its size is unknown
    --> static/a.jpg
     = help: save it again as JPEG, PNG, WebP, AVIF, GIF or SVG
    "#);
}

#[test]
fn values_of_the_wrong_type() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 5
date = true
draft = 'yes'
tags = 'florida'
authors = [1]
image = '/a.jpg'
sources = { name = 'Reuters' }
extra = 1
+++
"), @r#"
    error[wrong-type]: `title` must be a text, not a number
     --> content/ua/talks.md:2:9
      |
    2 | title = 5
      |         ^
      |
      = help: write `title = "…"`

    error[wrong-type]: `date` must be a date, not true or false
     --> content/ua/talks.md:3:8
      |
    3 | date = true
      |        ^^^^
      |
      = help: write `2025-12-19T20:31:00`, `2025-12-19T20:31:00+02:00` or `2025-12-19`, without quotes

    error[wrong-type]: `draft` must be true or false, not a text
     --> content/ua/talks.md:4:9
      |
    4 | draft = 'yes'
      |         ^^^^^
      |
      = help: write `draft = true`

    error[wrong-type]: `authors` must be a list of texts, not a number
     --> content/ua/talks.md:6:12
      |
    6 | authors = [1]
      |            ^
      |
      = help: write `authors = ["…", "…"]`

    error[wrong-type]: `image` must be a table, not a text
     --> content/ua/talks.md:7:9
      |
    7 | image = '/a.jpg'
      |         ^^^^^^^^
      |
      = help: write `image = { src = "…", alt = "…" }`

    error[wrong-type]: `sources` must be a list of tables, not a table
     --> content/ua/talks.md:8:11
      |
    8 | sources = { name = 'Reuters' }
      |           ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `sources = [{ name = "…", url = "…" }]`

    error[wrong-type]: `extra` must be a table, not a number
     --> content/ua/talks.md:9:9
      |
    9 | extra = 1
      |         ^
      |
      = help: write `[extra]`

    Nothing was published: 7 errors, 0 warnings.
    "#);
}

#[test]
fn dates_that_are_not_in_the_calendar_or_no_dates_at_all() {
    assert_snapshot!(errors("
-- content/ua/day.md --
+++
title = 'День'
date = 2025-02-30
+++
-- content/ua/order.md --
+++
title = 'Порядок'
date = '19.12.2025'
+++
-- content/ua/time.md --
+++
title = 'Час'
date = 20:31:00
+++
-- content/ua/words.md --
+++
title = 'Слова'
date = учора
updated = '2025-13-01'
+++
"), @r#"
    error[bad-date]: `2025-02-30` is not in the calendar
     --> content/ua/day.md:3:8
      |
    3 | date = 2025-02-30
      |        ^^^^^^^^^^
      |
      = help: check the day, the month and the time

    error[bad-date]: `19.12.2025` in `date` is not a date
     --> content/ua/order.md:3:8
      |
    3 | date = '19.12.2025'
      |        ^^^^^^^^^^^^
      |
      = help: write `2025-12-19T20:31:00`, `2025-12-19T20:31:00+02:00` or `2025-12-19`, without quotes

    error[bad-date]: `date` has a time but no date
     --> content/ua/time.md:3:8
      |
    3 | date = 20:31:00
      |        ^^^^^^^^
      |
      = help: write `2025-12-19T20:31:00`, `2025-12-19T20:31:00+02:00` or `2025-12-19`, without quotes

    error[toml]: a text stands here without quotes
     --> content/ua/words.md:3:8
      |
    3 | date = учора
      |        ^^^^^
      |
      = help: put texts in straight quotes: `date = "…"`

    error[bad-date]: `2025-13-01` in `updated` is not a date
     --> content/ua/words.md:4:11
      |
    4 | updated = '2025-13-01'
      |           ^^^^^^^^^^^^
      |
      = help: write `2025-12-19T20:31:00`, `2025-12-19T20:31:00+02:00` or `2025-12-19`, without quotes

    Nothing was published: 5 errors, 0 warnings.
    "#);
}

#[test]
fn a_local_time_that_daylight_saving_skips_is_an_error() {
    assert_snapshot!(errors("
-- content/ua/spring.md --
+++
title = 'Весна'
date = 2026-03-29T03:30:00
+++
"), @r"
    error[skipped-time]: the local time `2026-03-29T03:30:00` does not exist: daylight saving skips it that night
     --> content/ua/spring.md:3:8
      |
    3 | date = 2026-03-29T03:30:00
      |        ^^^^^^^^^^^^^^^^^^^
      |
      = help: write a time an hour earlier or later, or add the offset

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_local_time_that_happens_twice_is_a_warning_and_the_earlier_is_taken() {
    let site = TestSite::new(
        "
-- content/ua/autumn.md --
+++
title = 'Осінь'
date = 2026-10-25T03:30:00
+++
",
    );
    assert_snapshot!(site.build(&["--future"]).problems(0), @r"
    warning[repeated-time]: `2026-10-25T03:30:00` happens twice that day, because daylight saving ends; the earlier is taken
     --> content/ua/autumn.md:3:8
      |
    3 | date = 2026-10-25T03:30:00
      |        ^^^^^^^^^^^^^^^^^^^
      |
      = help: add the offset to say which: `2026-10-25T03:30:00+03:00` or `2026-10-25T03:30:00+02:00`
    ");
    let published = site.page("/ua/autumn/").attributes("article .meta time", "datetime");
    assert_eq!(published, ["2026-10-25T03:30:00+03:00"]);
}

#[test]
fn slugs_and_aliases_that_could_leave_their_place() {
    assert_snapshot!(errors(r#"
-- content/ua/a.md --
+++
title = "А"
date = 2025-12-01
slug = "talks/rubio"
aliases = ["../../etc/passwd", "/a\\b", "/a\u0000b"]
+++
-- content/ua/b.md --
+++
title = "Б"
date = 2025-12-01
slug = ".."
aliases = ["https://old.example.org/1", "/a//b"]
+++
-- content/ua/c.md --
+++
title = "В"
date = 2025-12-01
slug = "a\\b"
+++
-- content/ua/d.md --
+++
title = "Г"
date = 2025-12-01
slug = "a\u0000b"
+++
-- content/ua/e.md --
+++
title = "Ґ"
date = 2025-12-01
slug = "мирні переговори"
+++
-- content/ua/f.md --
+++
title = "Д"
date = 2025-12-01
slug = ""
+++
"#), @r#"
    error[bad-slug]: the slug `talks/rubio` contains a slash: it is one segment of the address
     --> content/ua/a.md:4:8
      |
    4 | slug = "talks/rubio"
      |        ^^^^^^^^^^^^^
      |
      = help: use one word or several joined by hyphens: `slug = "rubio-joins-talks"`

    error[bad-alias]: the alias `../../etc/passwd` leads out of the site
     --> content/ua/a.md:5:12
      |
    5 | aliases = ["../../etc/passwd", "/a\\b", "/a\u0000b"]
      |            ^^^^^^^^^^^^^^^^^^
      |
      = help: write the old address as a path of this site: `/news/12345/`

    error[bad-alias]: the alias `/a\\b` contains a backslash
     --> content/ua/a.md:5:32
      |
    5 | aliases = ["../../etc/passwd", "/a\\b", "/a\u0000b"]
      |                                ^^^^^^^
      |
      = help: write the old address as a path of this site: `/news/12345/`

    error[bad-alias]: the alias `/a\0b` contains the character NUL
     --> content/ua/a.md:5:41
      |
    5 | aliases = ["../../etc/passwd", "/a\\b", "/a\u0000b"]
      |                                         ^^^^^^^^^^^
      |
      = help: write the old address as a path of this site: `/news/12345/`

    error[bad-slug]: the slug `..` would lead out of its folder
     --> content/ua/b.md:4:8
      |
    4 | slug = ".."
      |        ^^^^
      |
      = help: use one word or several joined by hyphens: `slug = "rubio-joins-talks"`

    error[bad-alias]: the alias `https://old.example.org/1` is an address of another site
     --> content/ua/b.md:5:12
      |
    5 | aliases = ["https://old.example.org/1", "/a//b"]
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the old address as a path of this site: `/news/12345/`

    error[bad-alias]: the alias `/a//b` has an empty part
     --> content/ua/b.md:5:41
      |
    5 | aliases = ["https://old.example.org/1", "/a//b"]
      |                                         ^^^^^^^
      |
      = help: write the old address as a path of this site: `/news/12345/`

    error[bad-slug]: the slug `a\\b` contains a backslash: it is one segment of the address
     --> content/ua/c.md:4:8
      |
    4 | slug = "a\\b"
      |        ^^^^^^
      |
      = help: use one word or several joined by hyphens: `slug = "rubio-joins-talks"`

    error[bad-slug]: the slug `a\0b` contains the character NUL
     --> content/ua/d.md:4:8
      |
    4 | slug = "a\u0000b"
      |        ^^^^^^^^^^
      |
      = help: use one word or several joined by hyphens: `slug = "rubio-joins-talks"`

    error[bad-slug]: the slug `мирні переговори` contains a space
     --> content/ua/e.md:4:8
      |
    4 | slug = "мирні переговори"
      |        ^^^^^^^^^^^^^^^^^^
      |
      = help: use one word or several joined by hyphens: `slug = "rubio-joins-talks"`

    error[bad-slug]: the slug is empty
     --> content/ua/f.md:4:8
      |
    4 | slug = ""
      |        ^^
      |
      = help: use one word or several joined by hyphens: `slug = "rubio-joins-talks"`

    Nothing was published: 11 errors, 0 warnings.
    "#);
}

#[test]
fn an_original_language_that_the_site_does_not_have() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
original = 'uk'
+++
"), @r"
    error[unknown-language]: `uk` is no language of this site
     --> content/ua/talks.md:4:12
      |
    4 | original = 'uk'
      |            ^^^^
      |
      = help: did you mean `ua`?

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_source_whose_address_is_no_web_address() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
sources = [{ name = 'Reuters', url = 'reuters.com' }, { url = 'https://politico.eu' }]
+++
"), @r#"
    error[bad-web-address]: `reuters.com` is not a web address
     --> content/ua/talks.md:4:38
      |
    4 | sources = [{ name = 'Reuters', url = 'reuters.com' }, { url = 'https://politico.eu' }]
      |                                      ^^^^^^^^^^^^^
      |
      = help: begin it with `https://`, or leave `url` out

    error[missing-key]: `sources.name` is missing
     --> content/ua/talks.md:4:55
      |
    4 | sources = [{ name = 'Reuters', url = 'reuters.com' }, { url = 'https://politico.eu' }]
      |                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `{ name = "Reuters", url = "…" }`

    Nothing was published: 2 errors, 0 warnings.
    "#);
}

#[test]
fn two_editions_of_a_story_in_one_language() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
-- content/ua/talks/index.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
"), @r"
    error[duplicate-edition]: the story `talks` has two editions in `ua`
    --> content/ua/talks/index.md
     = note: this is one
    ::: content/ua/talks.md
     = note: this is the other
     = help: remove one of them, or give one another `story`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors("
-- content/ua/first.md --
+++
title = 'Перемовини'
date = 2025-12-01
story = 'florida-talks'
+++
-- content/ua/second.md --
+++
title = 'Переговори'
date = 2025-12-01
translationKey = 'florida-talks'
+++
"), @r"
    error[duplicate-edition]: the story `florida-talks` has two editions in `ua`
     --> content/ua/second.md:4:18
      |
    4 | translationKey = 'florida-talks'
      |                  ^^^^^^^^^^^^^^^ this is one
     ::: content/ua/first.md
      = note: this is the other
      = help: remove one of them, or give one another `story`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn editions_of_a_story_that_contradict_each_other() {
    assert_snapshot!(warnings("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
section = 'politics'
original = 'ua'
image = { src = '/a.svg', alt = '' }
+++
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-02
section = 'culture'
original = 'en'
image = { src = '/b.svg', alt = '' }
+++
-- content/ru/talks.md --
+++
title = 'Переговоры'
date = 2025-12-01
+++
-- static/a.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
-- static/b.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
"), @r"
    warning[editions-differ]: the date differs from the edition in `ua`
     --> content/en/talks.md:3:8
      |
    3 | date = 2025-12-02
      |        ^^^^^^^^^^
      |
     ::: content/ua/talks.md:3:8
      |
    3 | date = 2025-12-01
      |        ----------
      |
      = help: give all editions of a story the same one

    warning[editions-differ]: the section differs from the edition in `ua`
     --> content/en/talks.md:4:11
      |
    4 | section = 'culture'
      |           ^^^^^^^^^
      |
     ::: content/ua/talks.md:4:11
      |
    4 | section = 'politics'
      |           ----------
      |
      = help: give all editions of a story the same one

    warning[editions-differ]: the language of the original differs from the edition in `ua`
     --> content/en/talks.md:5:12
      |
    5 | original = 'en'
      |            ^^^^
      |
     ::: content/ua/talks.md:5:12
      |
    5 | original = 'ua'
      |            ----
      |
      = help: give all editions of a story the same one

    warning[editions-differ]: the lead picture differs from the edition in `ua`
     --> content/en/talks.md:6:17
      |
    6 | image = { src = '/b.svg', alt = '' }
      |                 ^^^^^^^^
      |
     ::: content/ua/talks.md:6:17
      |
    6 | image = { src = '/a.svg', alt = '' }
      |                 --------
      |
      = help: give all editions of a story the same one

    warning[editions-differ]: the section is missing, but the edition in `ua` has one
     --> content/ru/talks.md
      |
     ::: content/ua/talks.md:4:11
      |
    4 | section = 'politics'
      |           ----------
      |
      = help: give all editions of a story the same one
    ");
}

#[test]
fn a_story_without_an_edition_in_a_required_language() {
    let site = TestSite::new(
        "
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
+++
-- content/en/secret.md --
+++
title = 'Secret'
date = 2025-12-01
draft = true
+++
",
    );
    site.edit("site.toml", "locale = \"uk_UA\"", "locale = \"uk_UA\"\nrequired = true");
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[missing-edition]: the story `talks` has no published edition in `ua`, which is required
    --> content/en/talks.md
     = help: add `content/ua/talks.md`
    ");
}

#[test]
fn a_picture_without_a_text_for_those_who_cannot_see_it() {
    assert_snapshot!(warnings("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
image = { src = '/a.svg' }
+++
-- static/a.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
"), @r#"
    warning[missing-alt]: `image.alt` is missing
     --> content/ua/talks.md:4:17
      |
    4 | image = { src = '/a.svg' }
      |                 ^^^^^^^^
      |
      = help: say what the picture shows; `alt = ""` if it only decorates
    "#);
}

#[test]
fn a_correction_says_when_and_what() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
corrections = [{ text = 'Виправлено.' }, { date = 2025-12-02, txt = 'Виправлено.' }]
+++
"), @r#"
    error[missing-key]: `corrections.date` is missing
     --> content/ua/talks.md:4:16
      |
    4 | corrections = [{ text = 'Виправлено.' }, { date = 2025-12-02, txt = 'Виправлено.' }]
      |                ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `{ date = 2025-12-20, text = "…" }`: when it was corrected, and what

    error[missing-key]: `corrections.text` is missing
     --> content/ua/talks.md:4:42
      |
    4 | corrections = [{ text = 'Виправлено.' }, { date = 2025-12-02, txt = 'Виправлено.' }]
      |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `{ date = 2025-12-20, text = "…" }`: when it was corrected, and what

    warning[unknown-key]: unknown key `corrections.txt`
     --> content/ua/talks.md:4:63
      |
    4 | corrections = [{ text = 'Виправлено.' }, { date = 2025-12-02, txt = 'Виправлено.' }]
      |                                                               ^^^
      |
      = help: did you mean `text`?

    Nothing was published: 2 errors, 1 warning.
    "#);
}
