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
fn a_link_to_a_story_that_is_not_public_becomes_plain_text_with_a_warning() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Читайте [завтра](tomorrow.md) і [чернетку](draft.md).
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
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[unpublished-link]: the story `tomorrow` is not published, so the link is left out
     --> content/ua/talks.md:5:9
      |
    5 | Читайте [завтра](tomorrow.md) і [чернетку](draft.md).
      |         ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: publish it, or remove the link

    warning[unpublished-link]: the story `draft` is not published, so the link is left out
     --> content/ua/talks.md:5:33
      |
    5 | Читайте [завтра](tomorrow.md) і [чернетку](draft.md).
      |                                 ^^^^^^^^^^^^^^^^^^^^
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
