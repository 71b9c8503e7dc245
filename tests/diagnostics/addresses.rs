//! Two things at one address.

use insta::assert_snapshot;

use crate::errors;
use crate::support::TestSite;

#[test]
fn a_slug_that_is_another_articles_file_name() {
    assert_snapshot!(errors("
-- content/en/2025/12/rubio.md --
+++
title = 'Rubio'
date = 2025-12-01
+++
-- content/en/2025/12/rubio-joins-talks.md --
+++
title = 'Rubio joins talks'
date = 2025-12-01
slug = 'rubio'
+++
"), @r"
    error[url-conflict]: two things claim the URL `/en/2025/12/rubio/`
     --> content/en/2025/12/rubio-joins-talks.md:4:8
      |
    4 | slug = 'rubio'
      |        ^^^^^^^ claimed by this slug
     ::: content/en/2025/12/rubio.md
      = note: claimed by this file name
      = help: give one of them another `slug`, or rename its file

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn addresses_that_differ_by_case_only() {
    assert_snapshot!(errors("
-- content/en/NATO.md --
+++
title = 'NATO'
date = 2025-12-01
+++
-- content/en/alliance.md --
+++
title = 'Alliance'
date = 2025-12-01
slug = 'nato'
+++
"), @r"
    error[url-conflict]: the URLs `/en/nato/` and `/en/NATO/` differ only by case or Unicode form
     --> content/en/alliance.md:4:8
      |
    4 | slug = 'nato'
      |        ^^^^^^ claimed by this slug
     ::: content/en/NATO.md
      = note: claimed by this file name
      = help: give one of them another `slug`, or rename its file

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_static_file_where_a_page_is() {
    assert_snapshot!(errors("
-- static/ua/talks/index.html --
<p>By hand</p>
-- static/en --
A file without an extension.
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
"), @r"
    error[url-conflict]: two things claim the URL `/ua/talks/`
    --> content/ua/talks.md
     = note: claimed by this file name
    ::: static/ua/talks/index.html
     = note: claimed by this file
     = help: rename the file, or remove it

    error[url-conflict]: `/en` is a file, but other URLs need a folder there
    --> static/en
     = note: claimed by this file
     = help: rename it, or change the pattern in `[urls]`

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn a_static_file_where_a_sitemap_is() {
    assert_snapshot!(errors("
-- static/sitemap.xml --
<urlset/>
"), @r"
    error[url-conflict]: two things claim the URL `/sitemap.xml`
    --> static/sitemap.xml
     = note: claimed by this file
    ::: site.toml
     = note: claimed by a sitemap
     = help: remove the file, or make no sitemaps: `[sitemaps]` with `enabled = false`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn an_alias_where_a_page_is() {
    assert_snapshot!(errors("
-- content/ua/a.md --
+++
title = 'Перша'
date = 2025-12-01
+++
-- content/ua/b.md --
+++
title = 'Друга'
date = 2025-12-01
aliases = ['/ua/a/', '/old', '/old/']
+++
"), @r"
    error[url-conflict]: two things claim the URL `/ua/a/`
     --> content/ua/b.md:4:12
      |
    4 | aliases = ['/ua/a/', '/old', '/old/']
      |            ^^^^^^^^ claimed by this alias
     ::: content/ua/a.md
      = note: claimed by this file name
      = help: remove this alias

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn two_terms_with_one_slug() {
    assert_snapshot!(errors("
-- content/sections.toml --
[politics]
name = { ua = 'Політика', en = 'Politics', ru = 'Политика' }

[world]
name = { ua = 'Світ', en = 'World', ru = 'Мир' }
slug = { en = 'politics' }
"), @r"
    error[url-conflict]: two things claim the URL `/en/sections/politics/`
     --> content/sections.toml:6:15
      |
    6 | slug = { en = 'politics' }
      |               ^^^^^^^^^^ claimed by the section `world` in `en`
      |
     ::: content/sections.toml:1:2
      |
    1 | [politics]
      |  -------- claimed by the section `politics` in `en`
      |
      = help: give one of them another `slug`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn an_article_where_the_program_has_a_page_of_its_own() {
    assert_snapshot!(errors("
-- content/ua/news.md --
+++
title = 'Новини'
date = 2025-12-01
+++
"), @r"
    error[url-conflict]: two things claim the URL `/ua/news/`
    --> content/ua/news.md
     = note: claimed by this file name
    ::: site.toml
     = note: claimed by the list of all news of `ua`
     = help: give the article another `slug`, or change the other address in `[urls]`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_pattern_that_gives_many_articles_one_address_names_each_of_them_once() {
    let site = TestSite::new(
        "
-- content/ua/one/report.md --
+++
title = 'Звіт'
date = 2025-12-01
+++
-- content/ua/two/report.md --
+++
title = 'Звіт'
date = 2025-12-01
+++
-- content/ua/three/report.md --
+++
title = 'Звіт'
date = 2025-12-01
+++
",
    );
    site.edit("site.toml", "per_page = 2", "per_page = 2\nurls.article = '/{language}/{slug}/'");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[url-conflict]: two things claim the URL `/ua/report/`
    --> content/ua/three/report.md
     = note: claimed by this file name
    ::: content/ua/one/report.md
     = note: claimed by this file name
     = help: give one of them another `slug`, or rename its file

    error[url-conflict]: two things claim the URL `/ua/report/`
    --> content/ua/two/report.md
     = note: claimed by this file name
    ::: content/ua/one/report.md
     = note: claimed by this file name
     = help: give one of them another `slug`, or rename its file

    Nothing was published: 2 errors, 0 warnings.
    ");
}
#[test]
fn a_file_name_in_decomposed_form_is_published_in_composed_form() {
    let site = TestSite::new(
        "
-- content/ua/и\u{306}/index.md --
+++
title = 'Розкладене'
date = 2025-12-01
image = { src = 'и\u{306}.svg', alt = '' }
+++
-- content/ua/и\u{306}/и\u{306}.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
-- static/и\u{306}.svg --
<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>
",
    );
    assert_eq!(site.build(&[]).succeeded().stderr, "");
    for path in ["ua/й/index.html", "ua/й/й.svg", "й.svg"] {
        assert!(site.published().contains(&path.to_owned()), "{:?}", site.published());
    }
}

#[test]
fn addresses_that_differ_by_unicode_form_only() {
    assert_snapshot!(errors("
-- content/ua/й.md --
+++
title = 'Складене'
date = 2025-12-01
+++
-- content/ua/и\u{306}.md --
+++
title = 'Розкладене'
date = 2025-12-01
+++
"), @r"
    error[duplicate-edition]: the story `й` has two editions in `ua`
    --> content/ua/й.md
     = note: this is one
    ::: content/ua/й.md
     = note: this is the other
     = help: two files have this name, which the computer writes in two ways (Unicode NFC and NFD): remove one of them

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn two_articles_with_one_headline_where_addresses_are_made_of_headlines() {
    let site = TestSite::new(
        "
-- content/ua/a.md --
+++
title = 'Сніг'
date = 2025-12-01
+++
-- content/ua/b.md --
+++
title = '«Сніг»!'
date = 2025-12-01
+++
-- content/ru/c.md --
+++
title = 'Сниг'
date = 2025-12-01
+++
",
    );
    site.edit("site.toml", "per_page = 2", "per_page = 2\nslug_from = 'title'");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[url-conflict]: two things claim the URL `/ua/snih/`
     --> content/ua/b.md:2:9
      |
    2 | title = '«Сніг»!'
      |         ^^^^^^^^^ claimed by this title
      |
     ::: content/ua/a.md:2:9
      |
    2 | title = 'Сніг'
      |         ------ claimed by this title
      |
      = help: give one of them another `slug`, or rename its file

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn old_addresses_clash_whatever_they_become() {
    for format in ["netlify", "cloudflare", "gitlab", "nginx", "apache", "json"] {
        let site = TestSite::new(
            "
-- content/ua/a.md --
+++
title = 'Перша'
date = 2025-12-01
aliases = ['/ua/c/', '/old', '/same/']
+++
-- content/ua/b.md --
+++
title = 'Друга'
date = 2025-12-01
aliases = ['/same', '/ua/A/', '/style.css']
+++
-- content/ua/c.md --
+++
title = 'Третя'
date = 2025-12-01
+++
-- static/style.css --
p { margin: 0 }
-- static/old --
A file without an extension.
",
        );
        let setting = format!("redirects.formats = '{format}'\nper_page = 2");
        site.edit("site.toml", "per_page = 2", &setting);
        let run = site.build(&[]);
        assert_eq!(site.published(), [""; 0], "{format}");
        let problems = run.problems(1);
        if format == "json" {
            assert_snapshot!(problems, @r"
            error[url-conflict]: two things claim the URL `/ua/c/`
             --> content/ua/a.md:4:12
              |
            4 | aliases = ['/ua/c/', '/old', '/same/']
              |            ^^^^^^^^ claimed by this alias
             ::: content/ua/c.md
              = note: claimed by this file name
              = help: remove this alias

            error[url-conflict]: two things claim the URL `/same/`
             --> content/ua/b.md:4:12
              |
            4 | aliases = ['/same', '/ua/A/', '/style.css']
              |            ^^^^^^^ claimed by this alias
              |
             ::: content/ua/a.md:4:30
              |
            4 | aliases = ['/ua/c/', '/old', '/same/']
              |                              -------- claimed by this alias
              |
              = help: remove this alias

            error[url-conflict]: the URLs `/ua/A/` and `/ua/a/` differ only by case or Unicode form
             --> content/ua/b.md:4:21
              |
            4 | aliases = ['/same', '/ua/A/', '/style.css']
              |                     ^^^^^^^^ claimed by this alias
             ::: content/ua/a.md
              = note: claimed by this file name
              = help: remove this alias

            error[url-conflict]: two things claim the URL `/style.css`
             --> content/ua/b.md:4:31
              |
            4 | aliases = ['/same', '/ua/A/', '/style.css']
              |                               ^^^^^^^^^^^^ claimed by this alias
             ::: static/style.css
              = note: claimed by this file
              = help: remove this alias

            error[url-conflict]: `/old` is a file, but other URLs need a folder there
            --> static/old
             = note: claimed by this file
             = help: rename it, or change the pattern in `[urls]`

            Nothing was published: 5 errors, 0 warnings.
            ");
        } else {
            assert_eq!(problems.matches("error[url-conflict]").count(), 5, "{format}: {problems}");
        }
    }
}

#[test]
fn an_alias_that_is_the_pages_own_address_is_no_loop() {
    let site = TestSite::new(
        "
-- content/ua/a.md --
+++
title = 'Перша'
date = 2025-12-01
aliases = ['/ua/a', '/ua/a/', '/b/', '/b']
+++
",
    );
    site.edit("site.toml", "per_page = 2", "redirects.formats = 'json'\nper_page = 2");
    assert_eq!(site.build(&[]).problems(0), "");
    assert_eq!(site.text("public/redirects.json"), "[\n{\"from\":\"/b/\",\"to\":\"/ua/a/\"}\n]\n");
}
