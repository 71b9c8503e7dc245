//! Components in the text of articles, and what templates say of theirs.

use insta::assert_snapshot;

use crate::support::TestSite;
use crate::support::pictures::photo;
use crate::{errors, warnings};

/// A theme with some components, and two pictures.
const THEME: &str = "
-- templates/components/quote.html --
{% component quote(person: string, role: string = \"\") {\"block\": \"markdown\"} -%}
<blockquote>{{ body }}{{ person }}{{ role }}</blockquote>
{%- endcomponent quote %}
-- templates/components/gallery.html --
{% component gallery(pictures: array, columns: integer = 2, is_wide: bool = false) {\"block\": \"arguments\", \"kinds\": {\"pictures\": [\"picture\"]}} -%}
{% for picture in pictures %}<img src=\"{{ picture.url }}\" alt=\"{{ picture.alt }}\">{% endfor %}
{%- endcomponent gallery %}
-- templates/components/read_also.html --
{% component read_also(stories: array) {\"block\": \"arguments\", \"kinds\": {\"stories\": [\"story\"]}} -%}
{% for story in stories %}<a href=\"{{ story.url }}\">{{ story.title }}</a>{% endfor %}
{%- endcomponent read_also %}
-- templates/components/video.html --
{% component video(url: map = {}, file: string = \"\") {\"block\": \"arguments\", \"kinds\": {\"url\": \"video\", \"file\": \"file\"}, \"embeds\": \"url\"} -%}
{% if not url and not file %}{{ throw(message=\"give it a `url` or a `file`\") }}{% endif -%}
<p>{{ url }}{{ file }}</p>
{%- endcomponent video %}
-- templates/components/events.html --
{% component events(events: array, from: string) {\"block\": \"arguments\", \"kinds\": {\"from\": \"date\", \"events\": [{\"when\": \"text\", \"text?\": \"markdown\"}]}} -%}
{% for event in events %}<p>{{ event.when }} {{ event.text }}</p>{% endfor %}
{%- endcomponent events %}
-- templates/components/table.html --
{% component table(table: map, caption: string = \"\") {\"block\": \"csv\"} -%}
<p>{{ caption }} {{ table.rows | length }}</p>
{%- endcomponent table %}
-- templates/components/byline.html --
{% component byline(name: string) -%}
<p>{{ name }}</p>
{%- endcomponent byline %}
-- static/pictures/hall.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
";

/// An article with this text.
fn article(text: &str) -> String {
    format!("{THEME}-- content/ua/talks.md --\n+++\ntitle = 'Т'\ndate = 2025-12-01\n+++\n{text}\n")
}

#[test]
fn unknown_and_missing_arguments_are_errors_at_their_lines() {
    assert_snapshot!(errors(&article("
```quote
persn = 'Мер'
colour = 'red'
+++
Так.
```

```quote
Ні.
```

```gallery
```
")), @r#"
    error[missing-argument]: the component `quote` needs `person`
     --> content/ua/talks.md:6:1
      |
    6 | ```quote
      | ^^^^^^^^
      |
      = help: add `person = "…"` at the top of the block, and a line `+++` behind the arguments

    error[unknown-argument]: the component `quote` has no argument `persn`
     --> content/ua/talks.md:7:1
      |
    7 | persn = 'Мер'
      | ^^^^^
      |
      = help: did you mean `person`?

    error[unknown-argument]: the component `quote` has no argument `colour`
     --> content/ua/talks.md:8:1
      |
    8 | colour = 'red'
      | ^^^^^^
      |
      = help: remove it; what may stand here is `person`, `role`

    error[missing-argument]: the component `quote` needs `person`
      --> content/ua/talks.md:13:1
       |
    13 | ```quote
       | ^^^^^^^^
       |
       = help: add `person = "…"` at the top of the block, and a line `+++` behind the arguments

    error[missing-argument]: the component `gallery` needs `pictures`
      --> content/ua/talks.md:17:1
       |
    17 | ```gallery
       | ^^^^^^^^^^
       |
       = help: add `pictures = [{ … }, { … }]`

    Nothing was published: 5 errors, 0 warnings.
    "#);
}

#[test]
fn arguments_of_the_wrong_type_are_errors_at_their_values() {
    assert_snapshot!(errors(&article("
```gallery
pictures = '/pictures/hall.svg'
columns = 'two'
is_wide = 1
```

```gallery
columns = 2.5
pictures = ['/pictures/hall.svg', { src = 5, alt = 'Зала', credit = 'О.' }]
```

```events
from = 'учора'
events = [{ when = 2025 }, { text = 'x' }]
```

```quote
person = ['Мер']
+++
Так.
```
")), @r#"
    error[wrong-type]: `pictures` must be a list of tables, not a text
     --> content/ua/talks.md:7:12
      |
    7 | pictures = '/pictures/hall.svg'
      |            ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `pictures = [{ … }, { … }]`

    error[wrong-type]: `columns` must be a whole number, not a text
     --> content/ua/talks.md:8:11
      |
    8 | columns = 'two'
      |           ^^^^^
      |
      = help: write `columns = 1`, without quotes

    error[wrong-type]: `is_wide` must be true or false, not a number
     --> content/ua/talks.md:9:11
      |
    9 | is_wide = 1
      |           ^
      |
      = help: write `is_wide = true`, without quotes

    error[wrong-type]: `columns` must be a whole number, not a fraction
      --> content/ua/talks.md:13:11
       |
    13 | columns = 2.5
       |           ^^^
       |
       = help: write `columns = 1`, without quotes

    error[wrong-type]: `pictures` must be a picture, not a text
      --> content/ua/talks.md:14:13
       |
    14 | pictures = ['/pictures/hall.svg', { src = 5, alt = 'Зала', credit = 'О.' }]
       |             ^^^^^^^^^^^^^^^^^^^^
       |
       = help: write `{ src = "…", alt = "…", credit = "…" }`

    error[wrong-type]: `pictures.src` must be the path of a picture, not a number
      --> content/ua/talks.md:14:43
       |
    14 | pictures = ['/pictures/hall.svg', { src = 5, alt = 'Зала', credit = 'О.' }]
       |                                           ^
       |
       = help: write `src = "/pictures/…"`

    error[wrong-type]: `from` must be a day, not a text
      --> content/ua/talks.md:18:8
       |
    18 | from = 'учора'
       |        ^^^^^^^
       |
       = help: write `from = 2025-12-19`, without quotes

    error[wrong-type]: `events.when` must be a text, not a number
      --> content/ua/talks.md:19:20
       |
    19 | events = [{ when = 2025 }, { text = 'x' }]
       |                    ^^^^
       |
       = help: write `when = "…"`

    error[missing-argument]: the component `events` needs `events.when`
      --> content/ua/talks.md:19:28
       |
    19 | events = [{ when = 2025 }, { text = 'x' }]
       |                            ^^^^^^^^^^^^^^
       |
       = help: add `when = "…"`

    error[wrong-type]: `person` must be a text, not a list
      --> content/ua/talks.md:23:10
       |
    23 | person = ['Мер']
       |          ^^^^^^^
       |
       = help: write `person = "…"`

    Nothing was published: 10 errors, 0 warnings.
    "#);
}

#[test]
fn pictures_files_and_stories_of_components_must_be_there() {
    assert_snapshot!(errors(&article("
```gallery
[[pictures]]
src = '/pictures/hal.svg'
alt = 'Зала'
credit = 'О. Гнатюк'

[[pictures]]
src = 'https://elsewhere.example/a.jpg'
alt = 'Зала'
captoin = 'Зала'
credit = 'О. Гнатюк'
```

```read-also
stories = ['tlaks', 'other']
```

```video
file = '/videos/choir.mp4'
```

```video
file = '//elsewhere.example/choir.mp4'
```
")), @r"
    error[missing-picture]: the picture `/pictures/hal.svg` does not exist
     --> content/ua/talks.md:8:7
      |
    8 | src = '/pictures/hal.svg'
      |       ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `/pictures/hall.svg`?

    error[not-own-file]: `https://elsewhere.example/a.jpg` is no file of this site
      --> content/ua/talks.md:13:7
       |
    13 | src = 'https://elsewhere.example/a.jpg'
       |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put the file into `static/` and write its path there, with a slash before it; or put it beside the article and write its name

    error[unknown-argument]: the component `gallery` has no argument `pictures.captoin`
      --> content/ua/talks.md:15:1
       |
    15 | captoin = 'Зала'
       | ^^^^^^^
       |
       = help: did you mean `caption`?

    error[unknown-story]: there is no story `tlaks`
      --> content/ua/talks.md:20:12
       |
    20 | stories = ['tlaks', 'other']
       |            ^^^^^^^
       |
       = help: did you mean `talks`?

    error[unknown-story]: there is no story `other`
      --> content/ua/talks.md:20:21
       |
    20 | stories = ['tlaks', 'other']
       |                     ^^^^^^^
       |
       = help: name a story by the path of its file below the language's folder, without `.md`, or by its `story`

    error[broken-link]: nothing is published at `/videos/choir.mp4`
      --> content/ua/talks.md:24:8
       |
    24 | file = '/videos/choir.mp4'
       |        ^^^^^^^^^^^^^^^^^^^
       |
       = help: put the file into `static/` and write its path there, with a slash before it; or put it beside the article and write its name

    error[not-own-file]: `//elsewhere.example/choir.mp4` is no file of this site
      --> content/ua/talks.md:28:8
       |
    28 | file = '//elsewhere.example/choir.mp4'
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put the file into `static/` and write its path there, with a slash before it; or put it beside the article and write its name

    Nothing was published: 7 errors, 0 warnings.
    ");
}

#[test]
fn a_picture_without_words_or_author_is_a_warning() {
    let site = TestSite::new(&article(
        "
```gallery
[[pictures]]
src = '/pictures/hall.jpg'

[[pictures]]
src = '/pictures/hall.svg'
alt = 'A drawing needs no author'
```
",
    ));
    site.put("static/pictures/hall.jpg", photo(16, 12, [90, 120, 60]));
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[missing-alt]: the picture has no alternative text
     --> content/ua/talks.md:7:1
      |
    7 | [[pictures]]
      | ^^^^^^^^^^^^
      |
      = help: say in `alt = "…"` what the picture shows

    warning[missing-credit]: nobody is named as the author of the picture
     --> content/ua/talks.md:7:1
      |
    7 | [[pictures]]
      | ^^^^^^^^^^^^
      |
      = help: add `credit = "…"`
    "#);
}

#[test]
fn what_is_not_toml_is_shown_in_its_line() {
    assert_snapshot!(errors(&article("
```gallery
pictures: [1]
```

```quote
person = Мер
+++
Так.
```
")), @r#"
    error[toml]: a colon does not join key and value
     --> content/ua/talks.md:7:11
      |
    7 | pictures: [1]
      |           ^
      |
      = help: write `=` instead: `title = "…"`

    error[toml]: a text stands here without quotes
      --> content/ua/talks.md:11:10
       |
    11 | person = Мер
       |          ^^^
       |
       = help: put texts in straight quotes: `person = "…"`

    Nothing was published: 2 errors, 0 warnings.
    "#);
}

#[test]
fn an_address_that_is_no_video_is_an_error() {
    assert_snapshot!(errors(&article("
```video
url = 'https://youtube.com.evil.example/watch?v=aB3_-56789x'
```

```video
url = 'javascript:alert(1)'
```
")), @r"
    error[bad-embed]: `url` is not the address of a video on YouTube or Vimeo
     --> content/ua/talks.md:7:7
      |
    7 | url = 'https://youtube.com.evil.example/watch?v=aB3_-56789x'
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: copy the video's address from the browser, such as `https://www.youtube.com/watch?v=…`

    error[bad-embed]: `url` is not the address of a video on YouTube or Vimeo
      --> content/ua/talks.md:11:7
       |
    11 | url = 'javascript:alert(1)'
       |       ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: copy the video's address from the browser, such as `https://www.youtube.com/watch?v=…`

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn a_template_may_refuse_its_arguments() {
    assert_snapshot!(errors(&article("
```video
```
")), @r"
    error[component-refused]: the component `video` says: give it a `url` or a `file`
     --> content/ua/talks.md:6:1
      |
    6 | ```video
      | ^^^^^^^^
      |
      = help: change its arguments

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_component_stands_by_itself_and_not_deep_in_others() {
    assert_snapshot!(errors(&article("
```video file='a.mp4'
```

> ```quote
> person = 'Мер'
> +++
> Так.
> ```

* ```quote
  Так.
  ```

``````quote
person = '1'
+++
`````quote
person = '2'
+++
````quote
person = '3'
+++
```quote
person = '4'
+++
Так.
```
````
`````
``````
")), @r"
    error[component-place]: something stands behind the name of the component `video`
     --> content/ua/talks.md:6:1
      |
    6 | ```video file='a.mp4'
      | ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write arguments below it, one `key = value` a line

    error[component-place]: the component `quote` stands in a list, quotation or footnote
     --> content/ua/talks.md:9:3
      |
    9 | > ```quote
      |   ^^^^^^^^
      |
      = help: put it before or behind that, at the left margin

    error[component-place]: the component `quote` stands in a list, quotation or footnote
      --> content/ua/talks.md:15:3
       |
    15 | * ```quote
       |   ^^^^^^^^
       |
       = help: put it before or behind that, at the left margin

    error[component-place]: the component `quote` stands too deep in others
      --> content/ua/talks.md:28:1
       |
    28 | ```quote
       | ^^^^^^^^
       |
       = help: take it out of the component around it

    Nothing was published: 4 errors, 0 warnings.
    ");
}

#[test]
fn problems_in_the_text_of_a_component_have_their_own_lines() {
    assert_snapshot!(errors(&article("
```quote
person = 'Мер'
+++
Є [угода](nothing.md) і <script>alert(1)</script>.

[Далі](#nowhere)[^1]
```

```events
from = 2025-12-01
events = [
  { when = 'сьогодні', text = '[угода](nothing.md)' },
  { when = 'завтра', text = \"\\u0041 [угода](nothing.md)\" },
]
```
")), @r#"
    error[broken-link]: there is no article `nothing.md`
     --> content/ua/talks.md:9:3
      |
    9 | Є [угода](nothing.md) і <script>alert(1)</script>.
      |   ^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder

    warning[unsafe-html]: `<script>` is left out, with all that is in it
     --> content/ua/talks.md:9:25
      |
    9 | Є [угода](nothing.md) і <script>alert(1)</script>.
      |                         ^^^^^^^^
      |
      = help: write it in Markdown, or set `markdown.html = "allow"` if all who write are trusted

    warning[missing-anchor]: no heading here is `#nowhere`
      --> content/ua/talks.md:11:1
       |
    11 | [Далі](#nowhere)[^1]
       | ^^^^^^^^^^^^^^^^
       |
       = help: write `{#…}` behind the heading that is meant

    warning[missing-footnote]: the footnote `[^1]` is not defined
      --> content/ua/talks.md:11:17
       |
    11 | [Далі](#nowhere)[^1]
       |                 ^^^^
       |
       = help: write `[^1]: …` on a line of its own

    error[broken-link]: there is no article `nothing.md`
      --> content/ua/talks.md:17:32
       |
    17 |   { when = 'сьогодні', text = '[угода](nothing.md)' },
       |                                ^^^^^^^^^^^^^^^^^^^
       |
       = help: link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder

    error[broken-link]: there is no article `nothing.md`
      --> content/ua/talks.md:18:29
       |
    18 |   { when = 'завтра', text = "\u0041 [угода](nothing.md)" },
       |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to a file that exists: relative to this one, or `/2025/12/name.md` from the language's folder

    Nothing was published: 3 errors, 3 warnings.
    "#);
}

#[test]
fn a_table_has_as_many_cells_in_every_row() {
    assert_snapshot!(errors(&article("
```table
caption = 'Сніг'
+++
Місто,Сніг
Київ,12
Львів,5,0
```

```table
```
")), @r#"
    error[bad-csv]: this row has 3 cells, the head has 2
      --> content/ua/talks.md:11:1
       |
    11 | Львів,5,0
       | ^^^^^^^^^
       |
       = help: give every row as many cells as the head has; a cell with the separator in it stands in "quotes"

    error[bad-csv]: the table is empty
      --> content/ua/talks.md:14:1
       |
    14 | ```table
       | ^^^^^^^^
       |
       = help: write a line with the headings of the columns, and below it the rows

    Nothing was published: 2 errors, 0 warnings.
    "#);
}

#[test]
fn a_name_that_may_be_a_slip_is_a_warning_and_the_block_is_code() {
    assert_snapshot!(warnings(&article("
```qoute
Так.
```

```Gallery
```

```read_also
```

```цитата
Так.
```
")), @r"
    warning[unknown-component]: there is no component `qoute`, so the block is printed as it is
     --> content/ua/talks.md:6:1
      |
    6 | ```qoute
      | ^^^^^^^^
      |
      = help: did you mean `quote`?

    warning[unknown-component]: there is no component `Gallery`, so the block is printed as it is
      --> content/ua/talks.md:10:1
       |
    10 | ```Gallery
       | ^^^^^^^^^^
       |
       = help: did you mean `gallery`?

    warning[unknown-component]: there is no component `read_also`, so the block is printed as it is
      --> content/ua/talks.md:13:1
       |
    13 | ```read_also
       | ^^^^^^^^^^^^
       |
       = help: did you mean `read-also`?

    warning[unknown-component]: there is no component `цитата`, so the block is printed as it is
      --> content/ua/talks.md:16:1
       |
    16 | ```цитата
       | ^^^^^^^^^
       |
       = help: there are `events`, `gallery`, `quote`, `read-also`, `table`, `video`
    ");
}

#[test]
fn blocks_of_code_are_code() {
    let languages = [
        "",
        "rust",
        "json",
        "toml",
        "html",
        "css",
        "js",
        "ts",
        "tsx",
        "python",
        "py",
        "sql",
        "bash",
        "sh",
        "c",
        "cpp",
        "c++",
        "csharp",
        "go",
        "java",
        "kotlin",
        "swift",
        "ruby",
        "php",
        "perl",
        "lua",
        "r",
        "text",
        "txt",
        "plain",
        "diff",
        "yaml",
        "yml",
        "xml",
        "latex",
        "tex",
        "scala",
        "haskell",
        "ocaml",
        "elixir",
        "erlang",
        "dart",
        "julia",
        "matlab",
        "vue",
        "svelte",
        "svg",
        "graphql",
        "make",
        "makefile",
        "docker",
        "dockerfile",
        "nginx",
        "ini",
        "csv",
        "markdown",
        "md",
        "mermaid",
        "console",
        "shell-session",
        "objective-c",
        "batch",
        "powershell",
        "vim",
        "zig",
        "nim",
        "wasm",
        "byline",
        "math",
        "ada",
        "cobol",
        "fortran",
        "lisp",
        "scheme",
    ];
    let blocks: String = languages.iter().map(|name| format!("```{name}\nx\n```\n\n")).collect();
    let site = TestSite::new(&article(&blocks));
    site.build(&["--strict"]).succeeded();
    assert_eq!(site.page("/ua/talks/").texts(".text pre").len(), languages.len());
}

#[test]
fn a_story_that_is_not_public_is_left_out_of_a_component() {
    let text = "
```read-also
stories = ['draft', 'other', 'talks']
```
-- content/ua/draft.md --
+++
title = 'Чернетка'
date = 2025-12-01
draft = true
+++
-- content/ua/other.md --
+++
title = 'Інше'
date = 2025-12-01
+++
";
    let site = TestSite::new(&article(text));
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[unpublished-story]: the story `draft` is not public now, so it is left out
     --> content/ua/talks.md:7:12
      |
    7 | stories = ['draft', 'other', 'talks']
      |            ^^^^^^^
      |
      = help: it will stand here when it is published

    warning[related-to-itself]: an article names itself among those to read also
     --> content/ua/talks.md:7:30
      |
    7 | stories = ['draft', 'other', 'talks']
      |                              ^^^^^^^
      |
      = help: remove it
    ");
    assert_eq!(site.page("/ua/talks/").attributes(".text a", "href"), ["/ua/other/"]);
}

#[test]
fn what_a_template_says_of_its_component_must_be_known() {
    assert_snapshot!(errors("
-- templates/components/a.html --
{% component a(x: string) {\"block\": \"markdwn\"} -%}
{%- endcomponent a %}
-- templates/components/b.html --
{% component b(x: string) {\"block\": \"arguments\", \"style\": [\"b.css\"]} -%}
{%- endcomponent b %}
-- templates/components/c.html --
{% component c(x: string) {\"block\": \"arguments\", \"kinds\": {\"x\": \"pictur\"}} -%}
{%- endcomponent c %}
-- templates/components/d.html --
{% component d(x: string) {\"block\": \"arguments\", \"kinds\": {\"x\": \"picture\"}} -%}
{%- endcomponent d %}
-- templates/components/e.html --
{% component e(x: string) {\"block\": \"arguments\", \"kinds\": {\"y\": \"text\"}} -%}
{%- endcomponent e %}
-- templates/components/f.html --
{% component f(x: string) {\"block\": \"csv\"} -%}
{%- endcomponent f %}
-- templates/components/g.html --
{% component g(x: string) {\"block\": \"arguments\", \"scripts\": \"g.js\"} -%}
{%- endcomponent g %}
"), @r#"
    error[template]: `block` cannot be `markdwn`
     --> templates/components/a.html:1:14
      |
    1 | {% component a(x: string) {"block": "markdwn"} -%}
      |              ^
      |
      = help: did you mean `markdown`?

    error[template]: there is no `style` in what a component says of itself
     --> templates/components/b.html:1:14
      |
    1 | {% component b(x: string) {"block": "arguments", "style": ["b.css"]} -%}
      |              ^
      |
      = help: did you mean `styles`?

    error[template]: there is no kind `pictur`
     --> templates/components/c.html:1:14
      |
    1 | {% component c(x: string) {"block": "arguments", "kinds": {"x": "pictur"}} -%}
      |              ^
      |
      = help: did you mean `picture`?

    error[template]: `x` is of the type `string`, but of a kind that is `map`
     --> templates/components/d.html:1:14
      |
    1 | {% component d(x: string) {"block": "arguments", "kinds": {"x": "picture"}} -%}
      |              ^
      |
      = help: write `x: map`

    error[template]: `kinds` names the argument `y`, which there is not
     --> templates/components/e.html:1:14
      |
    1 | {% component e(x: string) {"block": "arguments", "kinds": {"y": "text"}} -%}
      |              ^
      |
      = help: did you mean `x`?

    error[template]: a component with a table has no argument for it
     --> templates/components/f.html:1:14
      |
    1 | {% component f(x: string) {"block": "csv"} -%}
      |              ^
      |
      = help: add the argument `table: map`

    error[template]: `scripts` must be a list of files
     --> templates/components/g.html:1:14
      |
    1 | {% component g(x: string) {"block": "arguments", "scripts": "g.js"} -%}
      |              ^
      |
      = help: write `"scripts": ["file"]`, paths in `static/`

    Nothing was published: 7 errors, 0 warnings.
    "#);
}

#[test]
fn a_mistake_in_the_template_of_a_component_is_shown_there() {
    let text = article(
        "
```quote
person = 'Мер'
+++
Так.
```
",
    );
    let text = text.replace("{{ person }}", "{{ persn }}");
    assert_snapshot!(errors(&text), @r"
    error[template]: `persn` is not defined
     --> templates/components/quote.html:2:26
      |
    2 | <blockquote>{{ body }}{{ persn }}{{ role }}</blockquote>
      |                          ^^^^^ while rendering `/ua/talks/`
      |
      = help: did you mean `person`?

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_style_sheet_of_a_component_must_be_there() {
    let text = article(
        "
```quote
person = 'Мер'
+++
Так.
```
",
    );
    let text = text.replace(
        "{\"block\": \"markdown\"",
        "{\"block\": \"markdown\", \"styles\": [\"quotes.css\"]",
    );
    let base = TestSite::new("").text("templates/base.html");
    let links = "{% for style in page.styles %}<link href=\"{{ asset(path=style) }}\">{% endfor %}";
    let base = base.replace("</head>", &format!("{links}\n</head>"));
    assert_snapshot!(errors(&format!("{text}-- templates/base.html --\n{base}")), @r#"
    error[template]: there is no file `static/quotes.css`
      --> templates/base.html:17:46
       |
    17 | {% for style in page.styles %}<link href="{{ asset(path=style) }}">{% endfor %}
       |                                              ^^^^^^^^^^^^^^^^^ while rendering `/ua/talks/`
       |
       = help: put it there, or correct the path

    Nothing was published: 1 error, 0 warnings.
    "#);
}
