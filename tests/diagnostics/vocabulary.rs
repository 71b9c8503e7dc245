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
    error[empty-term]: this section is empty
     --> content/ua/empty.md:4:11
      |
    4 | section = ''
      |           ^^
      |
      = help: remove it, or write an id or a name between the quotes

    error[unknown-section]: there is no section `Спорт`
     --> content/ua/far.md:4:11
      |
    4 | section = 'Спорт'
      |           ^^^^^^^
      |
      = help: use `politics`, `culture`, or declare it in `content/sections.toml`

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
      = help: did you mean `Флорида`? If not, declare it in `content/tags.toml`

    warning[undeclared-term]: the tag `Санкції` is not declared, but used 2 times
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
    error[missing-picture]: the photo `/olena.jpg` does not exist
     --> content/authors.toml:3:9
      |
    3 | photo = '/olena.jpg'
      |         ^^^^^^^^^^^^
      |
      = help: put it into `static/`, and write its path there with a leading slash

    error[bad-web-address]: `olena` is not a web address
     --> content/authors.toml:4:7
      |
    4 | url = 'olena'
      |       ^^^^^^^
      |
      = help: begin it with `https://`, or leave `url` out

    warning[missing-name]: `nato` has no name in `ru`
     --> content/tags.toml:1:2
      |
    1 | [nato]
      |  ^^^^
      |
      = help: write `name = { ua = "…", en = "…" }`, with every language of the site

    warning[unknown-language]: `pl` is no language of this site
     --> content/tags.toml:2:36
      |
    2 | name = { ua = 'НАТО', en = 'NATO', pl = 'NATO' }
      |                                    ^^
      |
      = help: the languages are `ua`, `en`, `ru`

    error[bad-slug]: the slug `нато/альянс` contains a slash: it is one segment of the address
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
      = help: remove it; what may stand here is `name`, `slug`, `description`

    warning[unknown-key]: unknown key `florida.nmae`
     --> content/tags.toml:7:1
      |
    7 | nmae = { ua = 'Флорида' }
      | ^^^^
      |
      = help: did you mean `name`?

    error[duplicate-term]: `FLORIDA` and `florida` are the same tag id
     --> content/tags.toml:9:2
      |
    9 | [FLORIDA]
      |  ^^^^^^^
      |
      = help: capital and small letters are not told apart: remove one of the two

    warning[unknown-key]: unknown key `FLORIDA.talks`
      --> content/tags.toml:12:1
       |
    12 | talks = 'Переговори'
       | ^^^^^
       |
       = help: remove it; what may stand here is `name`, `slug`, `description`

    Nothing was published: 4 errors, 5 warnings.
    "#);
}
