//! Sections, tags and authors.

use insta::assert_snapshot;

use crate::{errors, warnings};

#[test]
fn an_unknown_section_is_an_error_with_the_nearest_name() {
    assert_snapshot!(errors("
-- content/ua/near.md --
+++
title = 'Близько'
date = 2025-12-01
section = 'Полтика'
+++
-- content/ua/far.md --
+++
title = 'Далеко'
date = 2025-12-01
section = 'Спорт'
+++
-- content/ua/empty.md --
+++
title = 'Порожньо'
date = 2025-12-01
section = ''
+++
"), @r"
    error[empty-term]: a section has no name
     --> content/ua/empty.md:4:11
      |
    4 | section = ''
      |           ^^
      |
      = help: remove it, or name a section

    error[unknown-section]: there is no section `Спорт`
     --> content/ua/far.md:4:11
      |
    4 | section = 'Спорт'
      |           ^^^^^^^
      |
      = help: add `[Спорт]` to `content/sections.toml`, or use one that is there

    error[unknown-section]: there is no section `Полтика`
     --> content/ua/near.md:4:11
      |
    4 | section = 'Полтика'
      |           ^^^^^^^^^
      |
      = help: did you mean `Політика`?

    Nothing was published: 3 errors, 0 warnings.
    ");
}

#[test]
fn undeclared_tags_and_authors_are_said_once() {
    assert_snapshot!(warnings("
-- content/ua/one.md --
+++
title = 'Один'
date = 2025-12-01
tags = ['Флоріда', 'Санкції']
authors = ['Іван Франко']
+++
-- content/ua/two.md --
+++
title = 'Два'
date = 2025-12-01
tags = ['санкції']
+++
"), @r"
    warning[undeclared-term]: the tag `Флоріда` is not declared
     --> content/ua/one.md:4:9
      |
    4 | tags = ['Флоріда', 'Санкції']
      |         ^^^^^^^^^
      |
      = help: did you mean `Флорида`? Else declare it in `content/tags.toml`

    warning[undeclared-term]: the tag `Санкції` is not declared (and 1 more)
     --> content/ua/one.md:4:20
      |
    4 | tags = ['Флоріда', 'Санкції']
      |                    ^^^^^^^^^
      |
      = help: declare it in `content/tags.toml`, with its name in every language

    warning[undeclared-term]: the author `Іван Франко` is not declared
     --> content/ua/one.md:5:12
      |
    5 | authors = ['Іван Франко']
      |            ^^^^^^^^^^^^^
      |
      = help: declare it in `content/authors.toml`, with its name in every language
    ");
}

#[test]
fn a_name_that_two_tags_have_is_an_error() {
    assert_snapshot!(errors("
-- content/tags.toml --
[georgia-state]
name = { ua = 'Джорджія', en = 'Georgia', ru = 'Джорджия' }

[georgia-country]
name = { ua = 'Грузія', en = 'Georgia', ru = 'Грузия' }
-- content/en/vote.md --
+++
title = 'The vote'
date = 2025-12-01
tags = ['Georgia']
+++
"), @r"
    error[ambiguous-term]: `Georgia` is the name of more than one tag
     --> content/en/vote.md:4:9
      |
    4 | tags = ['Georgia']
      |         ^^^^^^^^^
      |
      = help: name it by id: `georgia-state` or `georgia-country`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn problems_of_the_vocabulary_itself() {
    assert_snapshot!(errors("
-- content/tags.toml --
[nato]
name = { ua = 'НАТО', en = 'NATO', pl = 'NATO' }
slug = { ua = 'нато/альянс' }
color = 'blue'

[florida]
nmae = { ua = 'Флорида' }

[FLORIDA]
name = 'Флорида'

talks = 'Переговори'
-- content/authors.toml --
[olena]
name = { ua = 'Олена Гнатюк', en = 'Olena Hnatiuk', ru = 'Елена Гнатюк' }
photo = '/olena.jpg'
url = 'olena'
"), @r#"
    error[missing-picture]: the photo `/olena.jpg` of `olena` does not exist
    --> content/authors.toml
     = help: a path with a leading slash is in `static/`, any other beside the article

    warning[missing-name]: `nato` has no name in `ru`
     --> content/tags.toml:1:2
      |
    1 | [nato]
      |  ^^^^
      |
      = help: add `ru = "…"` to its `name`

    warning[unknown-language]: `pl` is no language of this site
     --> content/tags.toml:2:36
      |
    2 | name = { ua = 'НАТО', en = 'NATO', pl = 'NATO' }
      |                                    ^^
      |
      = help: the languages are `ua`, `en`, `ru`

    error[bad-slug]: the slug `нато/альянс` contains a slash: it is one segment of the URL
     --> content/tags.toml:3:15
      |
    3 | slug = { ua = 'нато/альянс' }
      |               ^^^^^^^^^^^^^
      |
      = help: use lower-case letters, digits and hyphens

    warning[unknown-key]: unknown key `nato.color`
     --> content/tags.toml:4:1
      |
    4 | color = 'blue'
      | ^^^^^
      |
      = help: remove it, or put it into `[extra]` if a template reads it

    warning[missing-name]: `florida` has no name in `en`
     --> content/tags.toml:6:2
      |
    6 | [florida]
      |  ^^^^^^^
      |
      = help: add `en = "…"` to its `name`

    warning[missing-name]: `florida` has no name in `ru`
     --> content/tags.toml:6:2
      |
    6 | [florida]
      |  ^^^^^^^
      |
      = help: add `ru = "…"` to its `name`

    warning[missing-name]: `florida` has no name in `ua`
     --> content/tags.toml:6:2
      |
    6 | [florida]
      |  ^^^^^^^
      |
      = help: add `ua = "…"` to its `name`

    warning[unknown-key]: unknown key `florida.nmae`
     --> content/tags.toml:7:1
      |
    7 | nmae = { ua = 'Флорида' }
      | ^^^^
      |
      = help: did you mean `name`?

    warning[unknown-key]: unknown key `FLORIDA.talks`
      --> content/tags.toml:12:1
       |
    12 | talks = 'Переговори'
       | ^^^^^
       |
       = help: remove it, or put it into `[extra]` if a template reads it

    Nothing was published: 2 errors, 8 warnings.
    "#);
}
