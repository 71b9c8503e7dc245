//! The text of articles: links to other articles, raw HTML, summaries, files from other systems.

use super::DRAWING;
use crate::support::{Page, TestSite};

fn links(page: &Page) -> Vec<String> {
    page.attributes(".text a", "href")
}

/// Stories in several languages, for links between them.
const STORIES: &str = "
-- content/ua/2025/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
## Тло
-- content/en/2025/negotiations.md --
+++
title = 'Talks'
date = 2025-12-01
story = '2025/talks'
+++
## Background
-- content/ua/2025/opera.md --
+++
title = 'Опера'
date = 2025-12-01
+++
-- content/ru/2025/ballet.md --
+++
title = 'Балет'
date = 2025-12-01
original = 'en'
+++
-- content/en/2025/ballet.md --
+++
title = 'Ballet'
date = 2025-12-01
original = 'en'
+++
";

/// Adds a story with this text in a language; gives its page.
fn page_with(language: &str, text: &str) -> Page {
    let site = TestSite::new(STORIES);
    site.put(
        &format!("content/{language}/2025/links.md"),
        format!("+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n{text}\n"),
    );
    site.build(&["--strict"]).succeeded();
    site.page(&format!("/{language}/2025/links/"))
}

#[test]
fn a_link_to_an_article_leads_to_its_edition_in_the_pages_language() {
    for destination in [
        "negotiations.md",
        "./negotiations.md",
        "../2025/negotiations.md",
        "/2025/negotiations.md",
        // The file of another language's edition, and its path here.
        "/ua/2025/talks.md",
        "../../ua/2025/talks.md",
        "/2025/talks.md",
        "talks.md",
    ] {
        let page = page_with("en", &format!("[talks]({destination})"));
        assert_eq!(links(&page), ["/en/2025/negotiations/"], "{destination}");
        assert_eq!(page.attributes(".text a", "hreflang"), [""; 0]);
    }
}

#[test]
fn a_link_to_an_article_keeps_its_fragment() {
    let page = page_with("en", "[talks](negotiations.md#background) [here](#end)\n\n## End");
    assert_eq!(links(&page), ["/en/2025/negotiations/#background", "#end"]);
}

#[test]
fn a_link_to_an_article_without_an_edition_here_leads_to_the_original_and_is_marked() {
    let page = page_with("ua", "[балет](ballet.md)");
    insta::assert_snapshot!(page.select(".text a"), @r#"<a href="/en/2025/ballet/" hreflang="en">балет&nbsp;<span class="language-mark" lang="en">(ENG)</span></a>"#);
}

#[test]
fn a_link_leads_to_the_default_language_where_nobody_names_an_original() {
    let page = page_with("ru", "[опера](opera.md) [переговоры](/2025/talks.md)");
    assert_eq!(links(&page), ["/ua/2025/opera/", "/ua/2025/talks/"]);
    assert_eq!(page.attributes(".text a", "hreflang"), ["uk", "uk"]);
}

#[test]
fn a_link_leads_to_the_first_edition_where_there_is_no_better_one() {
    let site = TestSite::new(STORIES);
    for code in ["en", "ru"] {
        site.edit(&format!("content/{code}/2025/ballet.md"), "original = 'en'\n", "");
    }
    site.put(
        "content/ua/links.md",
        "+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n[балет](2025/ballet.md)\n",
    );
    assert_eq!(links(&site.page("/ua/links/")), ["/en/2025/ballet/"]);
}

#[test]
fn a_link_to_an_article_whose_file_has_an_error_is_no_second_error() {
    let site = TestSite::new(STORIES);
    site.edit("content/ua/2025/opera.md", "title = 'Опера'\n", "");
    for code in ["ua", "ru"] {
        site.put(
            &format!("content/{code}/2025/links.md"),
            "+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n[Опера](opera.md)\n",
        );
    }
    let run = site.build(&[]);
    assert_eq!(run.status, 1);
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
}

#[test]
fn a_link_may_name_a_page_or_a_file_by_its_address() {
    let site = TestSite::new(STORIES);
    site.put("static/report.pdf", "%PDF-1.4");
    site.put("content/ua/2025/plan.pdf", "%PDF-1.4");
    site.put(
        "content/ua/2025/links.md",
        "+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n\
         [a](/ua/news/?x=1#top) [b](/report.pdf) [c](plan.pdf#page=2) [d](https://example.org/)\n",
    );
    assert_eq!(
        links(&site.page("/ua/2025/links/")),
        ["/ua/news/?x=1#top", "/report.pdf", "/ua/2025/plan.pdf#page=2", "https://example.org/"]
    );
}

#[test]
fn a_link_may_name_a_story_by_its_key_or_by_the_path_of_one_of_its_files() {
    for destination in ["story:2025/talks", "story:2025/negotiations", "STORY:2025/talks"] {
        let page = page_with("en", &format!("[talks]({destination}#background)"));
        assert_eq!(links(&page), ["/en/2025/negotiations/#background"], "{destination}");
    }
    let page = page_with("ua", "[балет](story:2025/ballet)");
    insta::assert_snapshot!(page.select(".text a"), @r#"<a href="/en/2025/ballet/" hreflang="en">балет&nbsp;<span class="language-mark" lang="en">(ENG)</span></a>"#);
}

#[test]
fn the_sites_own_absolute_address_is_a_link_within_the_site() {
    let site = TestSite::new(STORIES);
    site.put("static/a.svg", DRAWING);
    site.put(
        "content/ua/links.md",
        "+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n\
         [a](https://news.example.org/ua/news/?x#top) <http://NEWS.example.org> [c](https://example.org/ua/)\n\n\
         ![d](https://news.example.org/a.svg)\n",
    );
    let paths = ["/ua/news/?x#top", "/"];
    let here = |base: &str| paths.map(|path| format!("{base}{path}"));
    let site_at = |arguments: &[&str]| {
        site.build(arguments).succeeded();
        let page = site.page("/ua/links/");
        assert_eq!(page.attributes(".text a[rel=noopener]", "href"), ["https://example.org/ua/"]);
        (page.attributes(".text a:not([rel])", "href"), page.attributes(".text img", "src"))
    };
    assert_eq!(site_at(&[]), (here("").to_vec(), vec!["/a.svg".to_owned()]));
    // In a preview elsewhere it is the site's own address still.
    let elsewhere = site_at(&["--base-url", "http://localhost:8000/preview"]);
    assert_eq!(elsewhere, (here("/preview").to_vec(), vec!["/preview/a.svg".to_owned()]));
}

#[test]
fn the_path_that_a_site_has_on_its_host_may_be_written_or_left_out() {
    let site = TestSite::new(STORIES);
    site.edit("site.toml", "https://news.example.org", "https://example.github.io/herald");
    site.put("static/a.svg", DRAWING);
    site.put(
        "content/ua/links.md",
        "+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n\
         [a](/ua/news/) [b](/herald/ua/news/) [c](https://example.github.io/herald/ua/news/) \
         [d](https://example.github.io/other/) ![e](/herald/a.svg) <img src=\"/a.svg\" alt=\"f\"> \
         <a href=\"/ua/news/\">g</a>\n",
    );
    let page = site.page("/ua/links/");
    let own = "/herald/ua/news/";
    assert_eq!(links(&page), [own, own, own, "https://example.github.io/other/", own]);
    assert_eq!(page.attributes(".text img", "src"), ["/herald/a.svg", "/herald/a.svg"]);
}

#[test]
fn addresses_in_html_lead_where_those_of_markdown_would() {
    let site = TestSite::new(STORIES);
    site.put("static/a.svg", DRAWING);
    site.put("content/ua/2025/b.svg", DRAWING);
    site.put("static/film.mp4", "film");
    site.put(
        "content/ua/2025/links.md",
        "+++\ntitle = 'Links'\ndate = 2025-12-01\n+++\n\
         Читайте <a href=\"talks.md\">тут</a>, <a href='story:2025/ballet'>там</a> і \
         <a href=\"https://example.org/?a&amp;b\" rel=\"sponsored\">деінде</a>.\n\n\
         <p><img src=\"b.svg\" srcset=\"/a.svg 400w, b.svg 800w\" alt=\"\"></p>\n\n\
         <video src=\"/film.mp4\" poster=\"/a.svg\"></video>\n",
    );
    site.build(&["--strict"]).succeeded();
    insta::assert_snapshot!(site.page("/ua/2025/links/").select(".text p, .text video"), @r#"
    <p>Читайте <a href="/ua/2025/talks/">тут</a>, <a href="/en/2025/ballet/" hreflang="en">там&nbsp;<span class="language-mark" lang="en">(ENG)</span></a> і&nbsp;<a href="https://example.org/?a&amp;b" rel="sponsored noopener">деінде</a>.</p>
    <p><img alt="" height="3" src="/ua/2025/b.svg" srcset="/a.svg 400w, /ua/2025/b.svg 800w" width="4"></p>
    <p><video poster="/a.svg" src="/film.mp4"></video></p>
    <video poster="/a.svg" src="/film.mp4"></video>
    "#);
}

#[test]
fn an_image_alone_in_its_paragraph_is_a_figure_of_known_size() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
Перший абзац.

![Зала засідань](/hall.svg \"Зала. Фото: О. Гнатюк\")
",
    );
    site.put("static/hall.svg", DRAWING);
    let page = site.page("/ua/talks/");
    assert_eq!(page.texts(".text figure figcaption"), ["Зала. Фото: О. Гнатюк"]);
    assert_eq!(page.attributes(".text figure img", "alt"), ["Зала засідань"]);
    assert_eq!(page.attributes(".text figure img", "width"), ["4"]);
    assert_eq!(page.attributes(".text figure img", "height"), ["3"]);
}

#[test]
fn a_figure_says_in_the_words_of_its_language_who_made_the_picture() {
    let site =
        TestSite::of_repository(&["site.toml", "templates", "static", "content/sections.toml"]);
    for code in ["ua", "en", "ru"] {
        site.put(
            &format!("content/{code}/talks.md"),
            "+++\ntitle = 'X'\ndate = 2025-12-01\nsection = 'politics'\n+++\n\
             ![a](/pictures/night-bakery.jpg \"Y\"){credit=\"AFP\"}\n\n\
             ![a](/pictures/night-bakery.jpg){credit=\"AFP\" illustrative=true}\n\n\
             ![a](/pictures/night-bakery.jpg){illustrative=true credit=\"\"}\n\nText.\n",
        );
    }
    site.build(&["--strict"]).succeeded();
    let captions = |code: &str| site.page(&format!("/{code}/talks/")).texts(".text figcaption");
    let ua = ["Y (Фото: AFP)", "(Ілюстрація: AFP)", "(Ілюстративне зображення)"];
    let en = ["Y (Photo: AFP)", "(Illustration: AFP)", "(Illustrative image)"];
    let ru = ["Y (Фото: AFP)", "(Иллюстрация: AFP)", "(Иллюстративное изображение)"];
    assert_eq!([captions("ua"), captions("en"), captions("ru")], [ua, en, ru]);
    assert_eq!(site.page("/en/talks/").attributes("meta[name=description]", "content"), ["Text."]);
}

#[test]
fn a_theme_without_the_words_for_credits_shows_the_name() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
![Зала](/hall.svg){credit=\"О. Гнатюк\"}
",
    );
    site.put("static/hall.svg", DRAWING);
    assert_eq!(site.page("/ua/talks/").texts(".text figcaption"), ["(О. Гнатюк)"]);
}

#[test]
fn the_newsroom_may_do_without_credits() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
image = { src = '/hall.jpg', alt = '' }
+++
![Зала](/hall.jpg)
",
    );
    site.put("static/hall.jpg", DRAWING);
    let n_missing = || site.build(&[]).succeeded().stderr.matches("[missing-credit]").count();
    assert_eq!(n_missing(), 2);
    site.edit("content/ua/talks.md", "alt = ''", "alt = '', credit = ''");
    assert_eq!(n_missing(), 1);
    // A warning of a page that is not rendered again is shown again.
    assert_eq!(n_missing(), 1);
    site.edit(
        "site.toml",
        "[languages.ua]",
        "[article]\nrequire_credits = false\n\n[languages.ua]",
    );
    assert_eq!(n_missing(), 0);
}

const RAW_HTML: &str = "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
<p onclick=\"steal()\">Текст <script>steal()</script><b>важливий</b> <a href=\"javascript:steal()\">сюди</a></p>
";

#[test]
fn raw_html_is_sanitized() {
    let site = TestSite::new(RAW_HTML);
    let run = site.build(&[]).succeeded();
    assert!(run.stderr.contains("warning[unsafe-html]"), "{}", run.stderr);
    let page = site.page("/ua/talks/");
    assert_eq!(page.select(".text b"), "<b>важливий</b>");
    assert!(!page.html.contains("steal"), "{}", page.html);
    assert!(!page.html.contains("<script"), "{}", page.html);
}

#[test]
fn raw_html_is_shown_as_text_where_the_newsroom_says_so() {
    let site = TestSite::new(RAW_HTML);
    site.edit("site.toml", "[languages.ua]", "[markdown]\nhtml = 'escape'\n\n[languages.ua]");
    let page = site.page("/ua/talks/");
    assert_eq!(page.select(".text b, .text script, .text a"), "");
    assert!(page.html.contains("&lt;script&gt;"), "{}", page.html);
}

#[test]
fn raw_html_is_trusted_where_the_newsroom_says_so() {
    let site = TestSite::new(RAW_HTML);
    site.edit("site.toml", "[languages.ua]", "[markdown]\nhtml = 'allow'\n\n[languages.ua]");
    assert_eq!(site.page("/ua/talks/").texts(".text script"), ["steal()"]);
}

#[test]
fn front_matter_is_text_and_no_html() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини <script>steal()</script> & \"мир\"'
date = 2025-12-01
summary = '<b>Зведення</b>'
+++
",
    );
    let page = site.page("/ua/talks/");
    assert_eq!(page.texts("h1"), ["Перемовини <script>steal()</script> & «мир»"]);
    assert_eq!(page.texts(".summary"), ["<b>Зведення</b>"]);
    assert_eq!(page.select("script"), "");
}

#[test]
fn a_summary_is_made_from_the_first_paragraph_where_the_editor_wrote_none() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
## Заголовок

Перший *абзац* із [посиланням](/talks.md) & знаком.

Другий абзац.
-- content/ua/opera.md --
+++
title = 'Опера'
date = 2025-12-01
summary = 'Своє зведення.'
+++
Абзац.
",
    );
    let talks = site.page("/ua/talks/");
    assert_eq!(talks.texts(".summary"), ["Перший абзац із посиланням & знаком."]);
    assert_eq!(
        talks.attributes("meta[name=description]", "content"),
        ["Перший абзац із\u{a0}посиланням & знаком."]
    );
    assert_eq!(site.page("/ua/opera/").texts(".summary"), ["Своє зведення."]);
}

#[test]
fn files_with_crlf_and_a_byte_order_mark_give_the_same_site() {
    let files = "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
summary = '''
Перший рядок.
Другий рядок.'''
sources = [{ name = 'Reuters', url = 'https://www.reuters.com/' }]
+++
Перший абзац,
другий рядок.  
Новий рядок.

```
код
  ще
```

<details><summary>Більше</summary>
Сире
</details>

| a | b |
|---|---|
| c | d |

Примітка[^1].

[^1]: Текст
    примітки.
";
    let plain = TestSite::new(files);
    let from_windows = TestSite::new(files);
    for (path, bytes) in from_windows.tree(".") {
        let text = String::from_utf8(bytes).unwrap();
        from_windows.put(&path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    let text = from_windows.text("content/ua/talks.md").replace("+++\r\n", "+++ \t\r\n");
    from_windows.put("content/ua/talks.md", text);
    plain.build(&["--strict"]).succeeded();
    from_windows.build(&["--strict"]).succeeded();
    let (plain, from_windows) = (plain.tree("public"), from_windows.tree("public"));
    assert!(plain.keys().eq(from_windows.keys()));
    for (path, bytes) in plain.iter().filter(|(path, _)| path.starts_with("ua/talks")) {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        // What templates hold outside of `{{ … }}` is printed as it is.
        let expected = text(bytes);
        let got = text(&from_windows[path]).replace("\r\n", "\n");
        assert_eq!(got, expected, "{path}");
    }
}

#[test]
fn an_article_owns_up_to_its_corrections() {
    let site = TestSite::new(
        "
-- templates/article.html --
{% for correction in article.corrections %}<p><time>{{ correction.date | date }}</time> {{ correction.text }}</p>{% endfor %}
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
corrections = [
  { date = 2025-12-02, text = 'Зустріч була у вівторок & <не> у середу.' },
  { date = 2025-12-03T08:00:00, text = 'Виправлено ім’я.' },
]
+++
",
    );
    let page = site.page("/ua/talks/");
    assert_eq!(
        page.texts("p"),
        [
            "2 грудня 2025 Зустріч була у вівторок & <не> у середу.",
            "3 грудня 2025, 08:00 Виправлено ім’я.",
        ]
    );
}

#[test]
fn a_text_can_be_a_part_of_another_address() {
    let site = TestSite::new(
        "
-- templates/article.html --
<a href='https://t.me/share/url?url={{ page.canonical | urlencode }}&text={{ article.title | urlencode }}'>Telegram</a>
-- content/ua/talks.md --
+++
title = 'Ґ & 100 %'
date = 2025-12-01
+++
",
    );
    assert_eq!(
        site.page("/ua/talks/").attributes("a", "href"),
        ["https://t.me/share/url?url=https%3A%2F%2Fnews.example.org%2Fua%2Ftalks%2F\
          &text=%D2%90%20%26%20100%C2%A0%25"]
    );
}
