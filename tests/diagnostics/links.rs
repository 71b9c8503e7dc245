//! Links and pictures in the text of articles.

use insta::assert_snapshot;

use crate::support::TestSite;
use crate::{errors, warnings};

#[test]
fn broken_links_are_errors_at_their_place() {
    assert_snapshot!(errors("
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Було [раніше](../11/nothing.md), і [ще](tlaks.md), і [там](/2025/12/nothing.md).

Є [сторінка](/ua/nothing/), [без риски](/ua/news), [файл](notes.pdf), [поза](../../../../../../etc/passwd).
"), @r"
    error[broken-link]: there is no article `../11/nothing.md`
     --> content/ua/2025/12/talks.md:5:6
      |
    5 | Було [раніше](../11/nothing.md), і [ще](tlaks.md), і [там](/2025/12/nothing.md).
      |      ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder

    error[broken-link]: there is no article `tlaks.md`
     --> content/ua/2025/12/talks.md:5:36
      |
    5 | Було [раніше](../11/nothing.md), і [ще](tlaks.md), і [там](/2025/12/nothing.md).
      |                                    ^^^^^^^^^^^^^^
      |
      = help: did you mean `/2025/12/talks.md`?

    error[broken-link]: there is no article `/2025/12/nothing.md`
     --> content/ua/2025/12/talks.md:5:54
      |
    5 | Було [раніше](../11/nothing.md), і [ще](tlaks.md), і [там](/2025/12/nothing.md).
      |                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder

    error[broken-link]: nothing is published at `/ua/nothing/`
     --> content/ua/2025/12/talks.md:7:3
      |
    7 | Є [сторінка](/ua/nothing/), [без риски](/ua/news), [файл](notes.pdf), [поза](../../../../../../etc/passwd).
      |   ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name an article by its file, `/2025/12/name.md`, so that the link follows it

    error[broken-link]: nothing is published at `/ua/news`
     --> content/ua/2025/12/talks.md:7:29
      |
    7 | Є [сторінка](/ua/nothing/), [без риски](/ua/news), [файл](notes.pdf), [поза](../../../../../../etc/passwd).
      |                             ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `/ua/news/`?

    error[broken-link]: there is no file `notes.pdf` beside this article
     --> content/ua/2025/12/talks.md:7:52
      |
    7 | Є [сторінка](/ua/nothing/), [без риски](/ua/news), [файл](notes.pdf), [поза](../../../../../../etc/passwd).
      |                                                    ^^^^^^^^^^^^^^^^^
      |
      = help: link to an article as `name.md`, to a file by its name

    error[broken-link]: there is no file `../../../../../../etc/passwd` beside this article
     --> content/ua/2025/12/talks.md:7:71
      |
    7 | Є [сторінка](/ua/nothing/), [без риски](/ua/news), [файл](notes.pdf), [поза](../../../../../../etc/passwd).
      |                                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to an article as `name.md`, to a file by its name

    Nothing was published: 7 errors, 0 warnings.
    ");
}

#[test]
fn stories_that_are_not_there_and_own_addresses_of_nothing_are_errors_too() {
    assert_snapshot!(errors("
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Було [раніше](story:2025/12/tlaks), [ще](story:talks.md), [ніде](story:zzz) і [там](https://news.example.org/ua/nothing/).

![Зала](https://news.example.org/hall.jpg)
"), @"
    error[broken-link]: there is no story `2025/12/tlaks`
     --> content/ua/2025/12/talks.md:5:6
      |
    5 | Було [раніше](story:2025/12/tlaks), [ще](story:talks.md), [ніде](story:zzz) і [там](https://news.example.org/ua/nothing/).
      |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `story:2025/12/talks`?

    error[broken-link]: there is no story `talks.md`
     --> content/ua/2025/12/talks.md:5:37
      |
    5 | Було [раніше](story:2025/12/tlaks), [ще](story:talks.md), [ніде](story:zzz) і [там](https://news.example.org/ua/nothing/).
      |                                     ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `story:2025/12/talks`?

    error[broken-link]: there is no story `zzz`
     --> content/ua/2025/12/talks.md:5:59
      |
    5 | Було [раніше](story:2025/12/tlaks), [ще](story:talks.md), [ніде](story:zzz) і [там](https://news.example.org/ua/nothing/).
      |                                                           ^^^^^^^^^^^^^^^^^
      |
      = help: name a story by the path of its file below the language's folder, without `.md`, or by its `story`

    error[broken-link]: nothing is published at `/ua/nothing/`
     --> content/ua/2025/12/talks.md:5:79
      |
    5 | Було [раніше](story:2025/12/tlaks), [ще](story:talks.md), [ніде](story:zzz) і [там](https://news.example.org/ua/nothing/).
      |                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name an article by its file, `/2025/12/name.md`, so that the link follows it

    error[missing-picture]: the picture `/hall.jpg` does not exist
     --> content/ua/2025/12/talks.md:7:1
      |
    7 | ![Зала](https://news.example.org/hall.jpg)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a path with a leading slash is in `static/`, any other beside the article

    Nothing was published: 5 errors, 0 warnings.
    ");
}

#[test]
fn addresses_in_html_are_checked_as_those_of_markdown_are() {
    assert_snapshot!(errors("
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Було <a href=\"tlaks.md\">раніше</a> і <a class=\"x\" href=\"javascript&colon;x()\">ще</a>.

<div>
  <img src=\"hall.jpg\">
  <img srcset=\"/hall.jpg 400w\" alt=\"\">
  <video src=\"film.mp4\"
    poster=\"https://news.example.org/hall.jpg\"></video>
</div>
"), @r#"
    error[broken-link]: there is no article `tlaks.md`
     --> content/ua/2025/12/talks.md:5:6
      |
    5 | Було <a href="tlaks.md">раніше</a> і <a class="x" href="javascript&colon;x()">ще</a>.
      |      ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `/2025/12/talks.md`?

    warning[link-scheme]: an address with `javascript:` is not published
     --> content/ua/2025/12/talks.md:5:38
      |
    5 | Було <a href="tlaks.md">раніше</a> і <a class="x" href="javascript&colon;x()">ще</a>.
      |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: use one of http, https, mailto, tel, or remove the address

    warning[unsafe-html]: `<a>` loses `class`
     --> content/ua/2025/12/talks.md:5:38
      |
    5 | Було <a href="tlaks.md">раніше</a> і <a class="x" href="javascript&colon;x()">ще</a>.
      |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted

    error[missing-picture]: the picture `hall.jpg` does not exist
     --> content/ua/2025/12/talks.md:8:3
      |
    8 |   <img src="hall.jpg">
      |   ^^^^^^^^^^^^^^^^^^^^
      |
      = help: a path with a leading slash is in `static/`, any other beside the article

    warning[missing-alt]: the picture has no alternative text
     --> content/ua/2025/12/talks.md:8:3
      |
    8 |   <img src="hall.jpg">
      |   ^^^^^^^^^^^^^^^^^^^^
      |
      = help: add `alt="…"`, which says what the picture shows, or `alt=""` if it only decorates

    error[missing-picture]: the picture `/hall.jpg` does not exist
     --> content/ua/2025/12/talks.md:9:3
      |
    9 |   <img srcset="/hall.jpg 400w" alt="">
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a path with a leading slash is in `static/`, any other beside the article

    error[broken-link]: there is no file `film.mp4` beside this article
      --> content/ua/2025/12/talks.md:10:3
       |
    10 |   <video src="film.mp4"
       |   ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to an article as `name.md`, to a file by its name

    error[missing-picture]: the picture `/hall.jpg` does not exist
      --> content/ua/2025/12/talks.md:10:3
       |
    10 |   <video src="film.mp4"
       |   ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: a path with a leading slash is in `static/`, any other beside the article

    Nothing was published: 5 errors, 3 warnings.
    "#);
}

#[test]
fn a_link_to_a_story_that_is_not_public_becomes_plain_text_with_a_warning() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Читайте [завтра](story:tomorrow) і [чернетку](draft.md).
-- content/ua/tomorrow.md --
+++
title = 'Завтра'
date = 2026-01-16
+++
-- content/ua/draft.md --
+++
title = 'Чернетка'
date = 2025-12-01
draft = true
+++
",
    );
    assert_snapshot!(site.build(&[]).problems(0), @"
    warning[unpublished-link]: the story `tomorrow` is not published, so the link is left out
     --> content/ua/talks.md:5:9
      |
    5 | Читайте [завтра](story:tomorrow) і [чернетку](draft.md).
      |         ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: publish it, or remove the link

    warning[unpublished-link]: the story `draft` is not published, so the link is left out
     --> content/ua/talks.md:5:36
      |
    5 | Читайте [завтра](story:tomorrow) і [чернетку](draft.md).
      |                                    ^^^^^^^^^^^^^^^^^^^^
      |
      = help: publish it, or remove the link
    ");
    let text = site.page("/ua/talks/").select(".text p");
    assert_eq!(text, "<p>Читайте завтра і&nbsp;чернетку.</p>");
}

#[test]
fn a_link_to_a_file_with_an_error_is_not_an_error_too() {
    assert_snapshot!(errors("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Читайте [це](broken.md).
-- content/ua/broken.md --
+++
date = 2025-12-01
+++
"), @r#"
    error[missing-key]: `title` is missing
     --> content/ua/broken.md:1:1
      |
    1 | +++
      | ^^^
      |
      = help: add a line such as `title = "…"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn missing_pictures_are_errors() {
    assert_snapshot!(errors("
-- static/pictures/florida.jpg --
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
image = { src = '/pictures/flordia.jpg', alt = '' }
+++
![Зала](hall.jpg)

![Дім](/house.jpg \"Дім\")
-- content/authors.toml --
[olena]
name = { ua = 'Олена Гнатюк', en = 'Olena Hnatiuk', ru = 'Елена Гнатюк' }
photo = '/olena.jpg'
"), @r#"
    error[missing-picture]: the photo `/olena.jpg` does not exist
     --> content/authors.toml:3:9
      |
    3 | photo = '/olena.jpg'
      |         ^^^^^^^^^^^^
      |
      = help: put it into `static/`, and write its path there with a leading slash

    error[missing-picture]: the picture `/pictures/flordia.jpg` does not exist
     --> content/ua/talks.md:4:17
      |
    4 | image = { src = '/pictures/flordia.jpg', alt = '' }
      |                 ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `/pictures/florida.jpg`?

    error[missing-picture]: the picture `hall.jpg` does not exist
     --> content/ua/talks.md:6:1
      |
    6 | ![Зала](hall.jpg)
      | ^^^^^^^^^^^^^^^^^
      |
      = help: a path with a leading slash is in `static/`, any other beside the article

    error[missing-picture]: the picture `/house.jpg` does not exist
     --> content/ua/talks.md:8:1
      |
    8 | ![Дім](/house.jpg "Дім")
      | ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a path with a leading slash is in `static/`, any other beside the article

    Nothing was published: 4 errors, 0 warnings.
    "#);
}

#[test]
fn photographs_without_a_credit_and_braces_that_say_nothing() {
    assert_snapshot!(warnings("
-- static/hall.webp --
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01

[image]
src = '/hall.webp'
alt = 'Зала'
caption = 'Зала засідань.'
+++
![Зала](/hall.webp \"Зала вдень.\")

![Зала](/hall.webp){author=\"О. Гнатюк\" ilustrative=true}

![Зала](/hall.webp){credit=“О. Гнатюк”}

Тут ![зала](/hall.webp){credit=\"О. Гнатюк\"} і {credit=\"AFP\"}.
"), @r#"
    warning[missing-credit]: nobody is named as the author of the lead picture
     --> content/ua/2025/12/talks.md:6:7
      |
    6 | src = '/hall.webp'
      |       ^^^^^^^^^^^^
      |
      = help: add `credit = "…"`; `credit = ""` if nobody is to be named

    warning[missing-credit]: nobody is named as the author of the picture
      --> content/ua/2025/12/talks.md:10:1
       |
    10 | ![Зала](/hall.webp "Зала вдень.")
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write `{credit="…"}` behind it; `{credit=""}` if nobody is to be named

    warning[missing-credit]: nobody is named as the author of the picture
      --> content/ua/2025/12/talks.md:12:1
       |
    12 | ![Зала](/hall.webp){author="О. Гнатюк" ilustrative=true}
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write `{credit="…"}` behind it; `{credit=""}` if nobody is to be named

    warning[picture-attributes]: nothing about a picture is called `author`
      --> content/ua/2025/12/talks.md:12:21
       |
    12 | ![Зала](/hall.webp){author="О. Гнатюк" ilustrative=true}
       |                     ^^^^^^^^^^^^^^^^^^
       |
       = help: use alt, credit, illustrative

    warning[picture-attributes]: nothing about a picture is called `ilustrative`
      --> content/ua/2025/12/talks.md:12:40
       |
    12 | ![Зала](/hall.webp){author="О. Гнатюк" ilustrative=true}
       |                                        ^^^^^^^^^^^^^^^^
       |
       = help: did you mean `illustrative`?

    warning[picture-attributes]: the braces behind the picture cannot be read
      --> content/ua/2025/12/talks.md:14:20
       |
    14 | ![Зала](/hall.webp){credit=“О. Гнатюк”}
       |                    ^
       |
       = help: write `{credit="…"}`, with straight quotation marks and on one line

    warning[picture-attributes]: a picture among words has no place for a credit
      --> content/ua/2025/12/talks.md:16:5
       |
    16 | Тут ![зала](/hall.webp){credit="О. Гнатюк"} і {credit="AFP"}.
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put the picture into a paragraph of its own

    warning[picture-attributes]: the braces belong to no picture
      --> content/ua/2025/12/talks.md:16:47
       |
    16 | Тут ![зала](/hall.webp){credit="О. Гнатюк"} і {credit="AFP"}.
       |                                               ^
       |
       = help: put them right behind it, without a space: `![…](…){credit="…"}`

    warning[bad-picture]: this picture cannot be read: its size is unknown
    --> static/hall.webp
     = help: save it again as JPEG, PNG, WebP, AVIF, GIF or SVG
    "#);
}

#[test]
fn addresses_that_are_not_published() {
    assert_snapshot!(warnings("
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
[Скрипт](javascript:alert), [порожнє](), [без схеми](//example.org/), [якір](#nowhere).
"), @r"
    warning[link-scheme]: an address with `javascript:` is not published
     --> content/ua/talks.md:5:1
      |
    5 | [Скрипт](javascript:alert), [порожнє](), [без схеми](//example.org/), [якір](#nowhere).
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: use one of http, https, mailto, tel, or remove the address

    warning[empty-link]: the link leads nowhere
     --> content/ua/talks.md:5:29
      |
    5 | [Скрипт](javascript:alert), [порожнє](), [без схеми](//example.org/), [якір](#nowhere).
      |                             ^^^^^^^^^^^
      |
      = help: write where it leads between the parentheses, or remove the link

    warning[link-scheme]: the address `//example.org/` has no scheme
     --> content/ua/talks.md:5:42
      |
    5 | [Скрипт](javascript:alert), [порожнє](), [без схеми](//example.org/), [якір](#nowhere).
      |                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `https://` in front of an address outside the site, and one slash in front of one inside

    warning[missing-anchor]: no heading here is `#nowhere`
     --> content/ua/talks.md:5:71
      |
    5 | [Скрипт](javascript:alert), [порожнє](), [без схеми](//example.org/), [якір](#nowhere).
      |                                                                       ^^^^^^^^^^^^^^^^
      |
      = help: write `{#…}` behind the heading that is meant
    ");
}

#[test]
fn stories_to_read_also_that_are_not_there_or_not_public() {
    assert_snapshot!(errors("
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
related = ['2025/12/tlaks', '', '2025/12/budget', '2025/12/talks', 'nothing like it']
+++
-- content/ua/2025/12/budget.md --
+++
title = 'Бюджет'
date = 2025-12-01
draft = true
+++
"), @r"
    error[unknown-story]: there is no story `2025/12/tlaks`
     --> content/ua/2025/12/talks.md:4:12
      |
    4 | related = ['2025/12/tlaks', '', '2025/12/budget', '2025/12/talks', 'nothing like it']
      |            ^^^^^^^^^^^^^^^
      |
      = help: did you mean `2025/12/talks`?

    warning[unpublished-story]: the story `2025/12/budget` is not public now, so it is left out
     --> content/ua/2025/12/talks.md:4:33
      |
    4 | related = ['2025/12/tlaks', '', '2025/12/budget', '2025/12/talks', 'nothing like it']
      |                                 ^^^^^^^^^^^^^^^^
      |
      = help: it will stand among those to read also when it is published

    warning[related-to-itself]: an article names itself among those to read also
     --> content/ua/2025/12/talks.md:4:51
      |
    4 | related = ['2025/12/tlaks', '', '2025/12/budget', '2025/12/talks', 'nothing like it']
      |                                                   ^^^^^^^^^^^^^^^
      |
      = help: remove it

    error[unknown-story]: there is no story `nothing like it`
     --> content/ua/2025/12/talks.md:4:68
      |
    4 | related = ['2025/12/tlaks', '', '2025/12/budget', '2025/12/talks', 'nothing like it']
      |                                                                    ^^^^^^^^^^^^^^^^^
      |
      = help: name a story by the path of its file below the language's folder, without `.md`, or by its `story`

    Nothing was published: 2 errors, 2 warnings.
    ");
}
