//! Templates and interface words.

use insta::assert_snapshot;

use crate::support::TestSite;
use crate::{errors, warnings};

const ARTICLE: &str = "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Текст.
";

/// What is said about an article page whose `main` is this.
#[track_caller]
fn errors_of(main: &str) -> String {
    let template = "{% extends \"base.html\" %}\n{% block main %}\n";
    errors(&format!(
        "{ARTICLE}-- templates/article.html --\n{template}{main}\n{{% endblock main %}}\n"
    ))
}

#[test]
fn syntax_errors_are_all_reported_with_their_lines() {
    assert_snapshot!(errors("
-- templates/article.html --
<h1>{{ article.title </h1>
-- templates/front.html --
{% block main %}
<h1>{% if front.lead %}</h1>
{% endblock main %}
-- templates/components/cards.html --
{% component cards(cards: array) %}
{% for card in %}
{% endcomponent cards %}
"), @r"
    error[template]: `}}` is expected here, not `</`
     --> templates/article.html:1:22
      |
    1 | <h1>{{ article.title </h1>
      |                      ^^
      |
      = help: docs/templates.md describes variables, functions and filters

    error[template]: a value is expected here, not `%}`
     --> templates/components/cards.html:2:16
      |
    2 | {% for card in %}
      |                ^^
      |
      = help: docs/templates.md describes variables, functions and filters

    error[template]: `endblock` does not belong here
     --> templates/front.html:3:4
      |
    3 | {% endblock main %}
      |    ^^^^^^^^
      |
      = help: a tag before it is not closed, or closed twice

    Nothing was published: 3 errors, 0 warnings.
    ");
}

#[test]
fn a_field_or_variable_that_is_not_there_names_the_page() {
    assert_snapshot!(errors_of("<h1>{{ article.titel }}</h1>"), @r"
    error[template]: `titel` is not defined
     --> templates/article.html:3:16
      |
    3 | <h1>{{ article.titel }}</h1>
      |                ^^^^^ while rendering `/ua/talks/`
      |
      = help: did you mean `title`?

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("<h1>{{ artikel.title }}</h1>"), @r"
    error[template]: `artikel` is not defined
     --> templates/article.html:3:8
      |
    3 | <h1>{{ artikel.title }}</h1>
      |        ^^^^^^^ while rendering `/ua/talks/`
      |
      = help: did you mean `article`?

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("<h1>{{ article.section.name }}</h1>"), @r#"
    error[template]: `name` is not defined
     --> templates/article.html:3:24
      |
    3 | <h1>{{ article.section.name }}</h1>
      |                        ^^^^ while rendering `/ua/talks/`
      |
      = help: what stands before the dot has no fields here: write `?.name or ""`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("<h1>{{ article.image?.url }}</h1>"), @r#"
    error[template]: this is not defined here
     --> templates/article.html:3:23
      |
    3 | <h1>{{ article.image?.url }}</h1>
      |                       ^^^ while rendering `/ua/talks/`
      |
      = help: write `{{ x or "" }}` where it may be absent, or test it with `{% if %}`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn unknown_functions_filters_components_and_arguments() {
    assert_snapshot!(errors_of("{{ storys(limit=5) }}\n{{ article.title | uppercase }}"), @r"
    error[template]: there is no function `storys`
     --> templates/article.html:3:4
      |
    3 | {{ storys(limit=5) }}
      |    ^^^^^^
      |
      = help: did you mean `story`?

    error[template]: there is no filter `uppercase`
     --> templates/article.html:4:20
      |
    4 | {{ article.title | uppercase }}
      |                    ^^^^^^^^^
      |
      = help: docs/templates.md lists the filters

    Nothing was published: 2 errors, 0 warnings.
    ");
    assert_snapshot!(errors_of("{{ <crads cards={[]}/> }}"), @r"
    error[template]: there is no component `crads`
     --> templates/article.html:3:5
      |
    3 | {{ <crads cards={[]}/> }}
      |     ^^^^^
      |
      = help: did you mean `cards`?

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{{ <cards card={[]}/> }}"), @r"
    error[template]: the component has no argument `card`
     --> templates/article.html:3:4
      |
    3 | {{ <cards card={[]}/> }}
      |    ^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: it has `cards`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{{ <cards cards=\"a\"/> }}"), @r#"
    error[template]: the argument `cards` must be a list, not a text
     --> templates/article.html:3:4
      |
    3 | {{ <cards cards="a"/> }}
      |    ^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn functions_with_wrong_arguments() {
    assert_snapshot!(errors_of("{{ url() }}"), @r"
    error[template]: `url` needs `page`, `section`, `tag`, `author`, `month` or `standalone`
     --> templates/article.html:3:4
      |
    3 | {{ url() }}
      |    ^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{{ url(page=\"new\") }}"), @r#"
    error[template]: `url` knows the pages `front`, `news`, `tags` and `fresh`, and the feeds `atom`, `rss` and `json`, not `new`
     --> templates/article.html:3:4
      |
    3 | {{ url(page="new") }}
      |    ^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ url(section=\"politic\") }}"), @r#"
    error[template]: there is no section `politic`
     --> templates/article.html:3:4
      |
    3 | {{ url(section="politic") }}
      |    ^^^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: did you mean `politics`?

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ url(month=\"December\") }}"), @r#"
    error[template]: `December` is not a month
     --> templates/article.html:3:4
      |
    3 | {{ url(month="December") }}
      |    ^^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: write `month="2025-12"`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ url(page=\"news\", language=\"uk\") }}"), @r#"
    error[template]: `uk` is no language of this site
     --> templates/article.html:3:4
      |
    3 | {{ url(page="news", language="uk") }}
      |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: it has `ua`, `en`, `ru`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ asset(path=\"stlye.css\") }}"), @r#"
    error[template]: there is no file `static/stlye.css`
     --> templates/article.html:3:4
      |
    3 | {{ asset(path="stlye.css") }}
      |    ^^^^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: put it there, or correct the path

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ asset() }}"), @r"
    error[template]: the argument `path` is missing
     --> templates/article.html:3:4
      |
    3 | {{ asset() }}
      |    ^^^^^^^ while rendering `/ua/talks/`
      |
      = help: add `path=…`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{{ t(key=\"tag\") }}"), @r#"
    error[template]: no string is named `tag`
     --> templates/article.html:3:4
      |
    3 | {{ t(key="tag") }}
      |    ^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: did you mean `tags`?

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ t(key=\"story-count\") }}"), @r#"
    error[template]: the string `story-count` needs the argument `n`
     --> templates/article.html:3:4
      |
    3 | {{ t(key="story-count") }}
      |    ^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ t(key=\"story-count\", n=article.tags) }}"), @r#"
    error[template]: the argument `n` of `t` must be a text or a number
     --> templates/article.html:3:4
      |
    3 | {{ t(key="story-count", n=article.tags) }}
      |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{% for card in stories() %}{% endfor %}"), @r"
    error[template]: `stories` needs a `limit`, such as `stories(limit=5)`
     --> templates/article.html:3:16
      |
    3 | {% for card in stories() %}{% endfor %}
      |                ^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{% for card in stories(limit=1000) %}{% endfor %}"), @r"
    error[template]: `stories` gives at most 100, not 1000
     --> templates/article.html:3:16
      |
    3 | {% for card in stories(limit=1000) %}{% endfor %}
      |                ^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{% for card in stories(limit=\"5\") %}{% endfor %}"), @r#"
    error[template]: an argument must be a whole number, not a text
     --> templates/article.html:3:16
      |
    3 | {% for card in stories(limit="5") %}{% endfor %}
      |                ^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{% for entry in terms(kind=\"tags\") %}{% endfor %}"), @r#"
    error[template]: `terms` knows the kinds `section`, `tag` and `author`, not `tags`
     --> templates/article.html:3:17
      |
    3 | {% for entry in terms(kind="tags") %}{% endfor %}
      |                 ^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ article.title | date }}"), @r"
    error[template]: `Перемовини` is not a date: `date` takes the dates of cards and articles
     --> templates/article.html:3:20
      |
    3 | {{ article.title | date }}
      |                    ^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors_of("{{ article.published | date(style=\"year\") }}"), @r#"
    error[template]: `date` knows the styles `time`, `day`, `clock`, `weekday` and `month`, not `year`
     --> templates/article.html:3:24
      |
    3 | {{ article.published | date(style="year") }}
      |                        ^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors_of("{{ article.published | date(pattern=\"d MMMM LLLL\") }}"), @r#"
    error[template]: `d MMMM LLLL` is not a CLDR date pattern: `LLLL` and another form of the same field cannot stand in one pattern
     --> templates/article.html:3:24
      |
    3 | {{ article.published | date(pattern="d MMMM LLLL") }}
      |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
      |
      = help: docs/templates.md describes variables, functions and filters

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn a_mistake_in_a_component_or_parent_names_its_own_file() {
    assert_snapshot!(errors(&format!("{ARTICLE}
-- templates/components/cards.html --
{{% component cards(cards: array) %}}
{{% for card in cards %}}{{{{ card.headline }}}}{{% endfor %}}
{{% endcomponent cards %}}
")), @r"
    error[template]: `headline` is not defined
     --> templates/components/cards.html:2:32
      |
    2 | {% for card in cards %}{{ card.headline }}{% endfor %}
      |                                ^^^^^^^^ while rendering `/ua/news/`, and 1 more page
      |
      = help: docs/templates.md lists what each kind of page has; a component has only its arguments

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(errors("
-- templates/hooks/head.html --
<meta name='token' content='{{ site.extra.token }}'>
"), @r#"
    error[template]: `token` is not defined
     --> templates/hooks/head.html:1:43
      |
    1 | <meta name='token' content='{{ site.extra.token }}'>
      |                                           ^^^^^ while rendering `/`, and 19 more pages
      |
      = help: what stands before the dot has no fields here: write `?.token or ""`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn a_required_template_that_is_missing() {
    let site = TestSite::new("");
    site.remove("templates/archive.html");
    site.remove("templates/404.html");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[missing-template]: there is no template `404.html`
    --> templates/404.html
     = help: copy it from the default theme

    error[missing-template]: there is no template `archive.html`
    --> templates/archive.html
     = help: copy it from the default theme

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn a_parent_or_part_that_is_missing() {
    assert_snapshot!(errors("
-- templates/404.html --
{% extends \"bose.html\" %}
"), @r#"
    error[template]: there is no template `bose.html`
     --> templates/404.html:1:13
      |
    1 | {% extends "bose.html" %}
      |             ^^^^^^^^^
      |
      = help: did you mean `base.html`?

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors("
-- templates/404.html --
{% include \"parts/weather.html\" %}
"), @r#"
    error[template]: there is no template `parts/weather.html`
     --> templates/404.html:1:13
      |
    1 | {% include "parts/weather.html" %}
      |             ^^^^^^^^^^^^^^^^^^
      |
      = help: name it by its path below `templates/`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn templates_that_include_or_extend_each_other_in_a_circle() {
    assert_snapshot!(errors("
-- templates/hooks/head.html --
{% include \"parts/a.html\" %}
-- templates/parts/a.html --
{% include \"parts/b.html\" %}
-- templates/parts/b.html --
{% include \"parts/a.html\" %}
"), @r#"
    error[template]: templates include or extend each other: parts/a.html → parts/b.html → parts/a.html
     --> templates/parts/a.html:1:13
      |
    1 | {% include "parts/b.html" %}
      |             ^^^^^^^^^^^^
      |
      = help: remove one of these `include` or `extends`

    Nothing was published: 1 error, 0 warnings.
    "#);
    assert_snapshot!(errors("
-- templates/base.html --
{% extends \"404.html\" %}
"), @r#"
    error[template]: templates include or extend each other: 404.html → base.html → 404.html
     --> templates/404.html:1:13
      |
    1 | {% extends "base.html" %}
      |             ^^^^^^^^^
      |
      = help: remove one of these `include` or `extends`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

#[test]
fn a_component_that_calls_itself_without_end() {
    assert_snapshot!(errors(&format!("{ARTICLE}
-- templates/components/cards.html --
{{% component cards(cards: array) %}}
{{{{ <cards cards={{cards}}/> }}}}
{{% endcomponent cards %}}
")), @r"
    error[template]: a component calls itself without end
     --> templates/components/cards.html:2:4
      |
    2 | {{ <cards cards={cards}/> }}
      |    ^^^^^^ while rendering `/`, and 13 more pages
      |
      = help: give it a condition under which it does not call itself

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn two_components_of_one_name() {
    assert_snapshot!(errors("
-- templates/components/cards2.html --
{% component cards(cards: array) %}{% endcomponent cards %}
"), @r"
    error[template]: two components have the name `cards`
     --> templates/components/cards2.html:1:14
      |
    1 | {% component cards(cards: array) %}{% endcomponent cards %}
      |              ^^^^^ this is one
      |
     ::: templates/components/cards.html:1:14
      |
    1 | {% component cards(cards: array) -%}
      |              ----- this is the other
      |
      = help: give one of them another name

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn words_that_are_missing_or_broken() {
    let site = TestSite::new("");
    site.edit("templates/strings/en.ftl", "newer = Newer\n", "");
    site.edit("templates/strings/ru.ftl", "older = Старше\n", "oldr = Старше\n");
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[missing-string]: `templates/strings/en.ftl` lacks 2 strings: `newer`, `oldr`
    --> templates/strings/en.ftl
     = help: copy them from `templates/strings/ua.ftl` and translate them

    warning[missing-string]: `older` is missing in `templates/strings/ru.ftl`
     --> templates/strings/ru.ftl
      |
     ::: templates/strings/ua.ftl:4:1
      |
    4 | older = Старіші
      | ----- defined here
      |
      = help: add `older = …` to `templates/strings/ru.ftl`

    warning[missing-string]: `oldr` is missing in `templates/strings/ua.ftl`
     --> templates/strings/ua.ftl
      |
     ::: templates/strings/ru.ftl:4:1
      |
    4 | oldr = Старше
      | ---- defined here
      |
      = help: add `oldr = …` to `templates/strings/ua.ftl`
    ");

    assert_snapshot!(errors("
-- templates/strings/en.ftl --
tags = Topics
news News
tags = Tags
newer = { older
older = { -brand } { other }
"), @r#"
    error[strings-syntax]: expected `name = text`
     --> templates/strings/en.ftl:2:6
      |
    2 | news News
      |      ^
      |
      = help: name strings with Latin letters, digits and hyphens; indent a line that continues a text

    error[duplicate-string]: `tags` is defined twice
     --> templates/strings/en.ftl:3:1
      |
    3 | tags = Tags
      | ^^^^ the second time
      |
     ::: templates/strings/en.ftl:1:1
      |
    1 | tags = Topics
      | ---- the first time
      |
      = help: remove one of them, or give it another name; a message and a term need different ones

    error[strings-syntax]: expected `}`
     --> templates/strings/en.ftl:4:16
      |
    4 | newer = { older
      |                ^
      |
      = help: close the brace; one that belongs to the text is written `{ "{" }`

    Nothing was published: 3 errors, 0 warnings.
    "#);

    let site = TestSite::new("");
    site.remove("templates/strings/ru.ftl");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[missing-strings]: there are no interface words for `ru`
    --> templates/strings/ru.ftl
     = help: copy another language's file and translate it

    Nothing was published: 1 error, 0 warnings.
    ");

    assert_snapshot!(warnings("
-- templates/strings/pl.ftl --
tags = Tematy
"), @"");
}

#[test]
fn an_empty_file_of_words_lacks_them_all() {
    assert_snapshot!(warnings("
-- templates/strings/ru.ftl --
"), @r"
    warning[missing-string]: `templates/strings/ru.ftl` lacks 11 strings: `back-to-reference`, `footnotes`, `newer`, `news`, `not-available`, `not-found`, …
    --> templates/strings/ru.ftl
     = help: copy them from `templates/strings/ua.ftl` and translate them
    ");
}
