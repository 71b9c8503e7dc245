//! Addresses: what joins editions, slugs, URL patterns, base paths, old addresses, pictures.

use super::{DRAWING, HOST, canonical, headlines, hreflangs, switcher};
use crate::support::TestSite;

#[test]
fn editions_of_equal_paths_are_one_story() {
    let site = TestSite::new(
        "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
-- content/en/2025/12/talks/index.md --
+++
title = 'Talks'
date = 2025-12-01
+++
-- content/ru/2025/talks.md --
+++
title = 'Переговоры'
date = 2025-12-01
+++
",
    );
    assert_eq!(
        hreflangs(&site.page("/ua/2025/12/talks/")),
        ["uk /ua/2025/12/talks/", "en /en/2025/12/talks/", "x-default /ua/2025/12/talks/"]
    );
    assert_eq!(hreflangs(&site.page("/ru/2025/talks/")).len(), 2);
}

#[test]
fn a_story_key_joins_files_of_different_names() {
    let site = TestSite::new(
        "
-- content/ua/peremovyny.md --
+++
title = 'Перемовини'
date = 2025-12-01
story = 'florida'
+++
-- content/en/talks.md --
+++
title = 'Talks'
date = 2025-12-01
translationKey = 'florida'
+++
-- content/ru/florida.md --
+++
title = 'Переговоры'
date = 2025-12-01
+++
",
    );
    assert_eq!(
        switcher(&site.page("/en/talks/")),
        ["УКР → /ua/peremovyny/", "ENG → /en/talks/ (this page)", "РУС → /ru/florida/"]
    );
}

#[test]
fn a_slug_replaces_the_last_part_of_the_path() {
    let site = TestSite::new(
        "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
slug = 'peremovyny-u-florydi'
+++
-- content/en/2025/12/talks.md --
+++
title = 'Talks'
date = 2025-12-01
+++
",
    );
    assert_eq!(site.page("/ua/2025/12/peremovyny-u-florydi/").texts("h1"), ["Перемовини"]);
    assert_eq!(
        switcher(&site.page("/en/2025/12/talks/"))[0],
        "УКР → /ua/2025/12/peremovyny-u-florydi/"
    );
}

#[test]
fn cyrillic_addresses_are_percent_encoded_in_links() {
    let site = TestSite::new(
        "
-- content/ua/київ.md --
+++
title = 'Київ'
date = 2025-12-01
+++
",
    );
    assert_eq!(site.page("/ua/київ/").texts("h1"), ["Київ"]);
    assert_eq!(
        site.page("/ua/").attributes("h2.lead a", "href"),
        ["/ua/%D0%BA%D0%B8%D1%97%D0%B2/"]
    );
}

#[test]
fn a_folder_edition_is_published_with_its_pictures() {
    let site = TestSite::new(
        "
-- content/ua/talks/index.md --
+++
title = 'Перемовини'
date = 2025-12-01
slug = 'peremovyny'
image = { src = 'lead.svg', alt = 'Зала' }
+++
![Стіл](more/table.svg)
",
    );
    site.put("content/ua/talks/lead.svg", DRAWING);
    site.put("content/ua/talks/more/table.svg", DRAWING);
    let page = site.page("/ua/peremovyny/");
    assert_eq!(
        page.attributes("img", "src"),
        ["/ua/peremovyny/lead.svg", "/ua/peremovyny/more/table.svg"]
    );
    assert_eq!(page.attributes("figure.lead img", "width"), ["4"]);
    assert_eq!(page.attributes("figure.lead img", "height"), ["3"]);
    assert!(site.published().contains(&"ua/peremovyny/lead.svg".to_owned()));
    assert!(site.published().contains(&"ua/peremovyny/more/table.svg".to_owned()));
}

#[test]
fn a_picture_beside_a_single_file_article_is_published_beside_it() {
    let site = TestSite::new(
        "
-- content/ua/2025/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
image = { src = 'hall.svg', alt = 'Зала' }
+++
![Зала](../2025/hall.svg)
",
    );
    site.put("content/ua/2025/hall.svg", DRAWING);
    assert_eq!(
        site.page("/ua/2025/talks/").attributes("img", "src"),
        ["/ua/2025/hall.svg", "/ua/2025/hall.svg"]
    );
    assert!(site.published().contains(&"ua/2025/hall.svg".to_owned()));
}

#[test]
fn a_picture_with_a_leading_slash_is_from_static() {
    let site = TestSite::new(
        "
-- content/ua/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
image = { src = '/pictures/hall.svg', alt = 'Зала', caption = 'Зала засідань', credit = 'О. Гнатюк' }
+++
",
    );
    site.put("static/pictures/hall.svg", DRAWING);
    let page = site.page("/ua/talks/");
    assert_eq!(page.attributes("img", "src"), ["/pictures/hall.svg"]);
    assert_eq!(page.texts("figcaption"), ["Зала засідань О. Гнатюк"]);
}

/// A site with all kinds of pages, for tests of `[urls]` and `base_url`.
fn full_site() -> TestSite {
    let site = TestSite::new(
        "
-- content/ua/2025/talks.md --
+++
title = 'Перемовини'
date = 2025-12-02T00:30:00
section = 'politics'
tags = ['florida']
authors = ['olena']
image = { src = '/hall.svg', alt = 'Зала' }
+++
[Опера](opera.md#zal), [про нас](/pages/about.md), [карта](/hall.svg), [новини](/ua/news/),
![Зала](/hall.svg)
-- content/ua/2025/opera.md --
+++
title = 'Опера'
date = 2025-12-01
section = 'culture'
aliases = ['/old/opera']
+++
## Зал
-- content/ua/pages/about.md --
+++
title = 'Про нас'
+++
-- templates/hooks/head.html --
<link rel='stylesheet' href='{{ asset(path=\"style.css\") }}'>
-- static/style.css --
body { color: black }
",
    );
    site.put("static/hall.svg", DRAWING);
    site
}

#[test]
fn every_kind_of_page_has_its_pattern() {
    let site = full_site();
    site.edit("content/ua/2025/talks.md", "/ua/news/", "/ua/all/");
    site.edit(
        "site.toml",
        "[languages.ua]",
        "[urls]
article = '/{language}/{section}/{year}/{month}/{day}/{slug}/'
page = '/{language}/info/{slug}/'
news = '/{language}/all/'
section = '/{language}/{slug}/'
tag = '/{language}/topics/{slug}/'
tags = '/{language}/topics/'
author = '/people/{language}/{slug}/'
month = '/{language}/{year}/{month}/'

[languages.ua]",
    );
    // The day is that of the site's zone.
    let page = site.page("/ua/politics/2025/12/02/talks/");
    assert_eq!(page.attributes("a.section", "href"), ["/ua/politics/"]);
    assert_eq!(page.attributes("a.tag", "href"), ["/ua/topics/florida/"]);
    assert_eq!(page.attributes("a.author", "href"), ["/people/ua/olena/"]);
    assert_eq!(page.attributes("a.month", "href"), ["/ua/2025/12/"]);
    assert_eq!(site.page("/ua/info/about/").texts("h1"), ["Про нас"]);
    assert_eq!(headlines(&site.page("/ua/all/")), ["Перемовини", "Опера"]);
    assert_eq!(site.page("/ua/topics/").texts(".tags li"), ["Флорида 1"]);
}

#[test]
fn articles_may_be_files_instead_of_folders() {
    let site = full_site();
    site.edit(
        "site.toml",
        "[languages.ua]",
        "[urls]\narticle = '/{language}/{path}.html'\n\n[languages.ua]",
    );
    site.put("content/ua/2025/opera/index.md", site.text("content/ua/2025/opera.md"));
    site.edit("content/ua/2025/opera/index.md", "## Зал", "## Зал\n\n![Зал](hall.svg)\n");
    site.put("content/ua/2025/opera/hall.svg", DRAWING);
    site.remove("content/ua/2025/opera.md");
    let talks = site.page("/ua/2025/talks.html");
    assert_eq!(talks.attributes(".text a", "href")[0], "/ua/2025/opera.html#zal");
    assert_eq!(canonical(&talks), "/ua/2025/talks.html");
    assert_eq!(
        site.page("/ua/2025/opera.html").attributes("img", "src"),
        ["/ua/2025/opera/hall.svg"]
    );
    assert!(site.published().contains(&"ua/2025/opera/hall.svg".to_owned()));
}

#[test]
fn kinds_of_pages_can_be_switched_off() {
    let site = full_site();
    site.edit("content/ua/2025/talks.md", "[про нас](/pages/about.md), ", "");
    site.edit("content/ua/2025/talks.md", "[новини](/ua/news/),", "");
    site.edit(
        "site.toml",
        "[languages.ua]",
        "[urls]
page = false
news = false
section = false
tag = false
tags = false
author = false
month = false

[languages.ua]",
    );
    let page = site.page("/ua/2025/talks/");
    assert_eq!(
        page.texts("span.section, span.author, span.tag"),
        ["Політика", "Олена Гнатюк", "Флорида"]
    );
    assert_eq!(page.texts("a.section, a.author, a.tag, a.month"), [""; 0]);
    assert_eq!(
        site.published().into_iter().filter(|path| path.starts_with("ua/")).collect::<Vec<_>>(),
        ["ua/2025/opera/index.html", "ua/2025/talks/index.html", "ua/404.html", "ua/index.html"]
    );
}

#[test]
fn a_base_path_stands_before_every_address() {
    let site = full_site();
    site.edit("site.toml", HOST, "https://example.github.io/herald/");
    site.build(&[]).succeeded();
    let mut n_addresses = 0;
    for path in site.published().iter().filter(|path| path.ends_with(".html")) {
        let page = site.page(&format!("/{path}"));
        for attribute in ["href", "src"] {
            for url in page.attributes(&format!("[{attribute}]"), attribute) {
                let is_below = url.starts_with("/herald/")
                    || url.starts_with("https://example.github.io/herald/");
                assert!(is_below, "{path}: {url}");
                n_addresses += 1;
            }
        }
    }
    assert!(n_addresses > 100, "{n_addresses}");
    let talks = site.page("/ua/2025/talks/");
    assert_eq!(
        talks.attributes(".text a", "href"),
        ["/herald/ua/2025/opera/#zal", "/herald/ua/about/", "/herald/hall.svg", "/herald/ua/news/"]
    );
    assert_eq!(talks.attributes(".text img", "src"), ["/herald/hall.svg"]);
    assert_eq!(
        site.page("/ua/2025/opera/").attributes("link[hreflang=uk]", "href"),
        ["https://example.github.io/herald/ua/2025/opera/"]
    );
}

#[test]
fn the_base_url_of_the_command_line_wins() {
    let site = full_site();
    site.build(&["--base-url", "http://localhost:8000/preview"]).succeeded();
    let page = site.page("/ua/");
    assert_eq!(
        page.attributes("link[rel=canonical]", "href"),
        ["http://localhost:8000/preview/ua/"]
    );
    assert_eq!(page.attributes("h2.lead a", "href"), ["/preview/ua/2025/talks/"]);
}

#[test]
fn an_alias_is_a_page_that_leads_to_the_new_address() {
    let site = full_site();
    let page = site.page("/old/opera/");
    assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), ["0; url=/ua/2025/opera/"]);
    assert_eq!(canonical(&page), "/ua/2025/opera/");
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(page.attributes("html", "lang"), ["uk"]);
    assert_eq!(page.attributes("a", "href"), ["/ua/2025/opera/"]);
    assert_eq!(page.texts("title, a"), ["Опера", "Опера"]);
}

#[test]
fn an_alias_may_name_a_file() {
    let site = full_site();
    site.edit("content/ua/2025/opera.md", "'/old/opera'", "'news/12345.html', '/old/opera/'");
    assert_eq!(site.page("/news/12345.html").attributes("a", "href"), ["/ua/2025/opera/"]);
    assert_eq!(site.page("/old/opera/").attributes("a", "href"), ["/ua/2025/opera/"]);
}

/// The published pages of articles, sections and tags, without lists of months and the like.
fn addresses(site: &TestSite, of: &[&str]) -> Vec<String> {
    site.build(&[]).succeeded();
    let is_one_of = |path: &String| of.iter().any(|part| path.contains(part));
    let paths = site.published().into_iter().filter(is_one_of);
    paths.map(|path| path.trim_end_matches("index.html").to_owned()).collect()
}

const KYIV: &str = "
-- content/ua/2025/a.md --
+++
title = 'Знам’янка: \"зграя\" їжаків у Києві'
date = 2025-12-01
tags = ['kyiv', 'Підйом']
+++
-- content/ru/2025/a.md --
+++
title = 'Съезд: стая ежей в Киеве'
date = 2025-12-01
slug = 'ezhi'
tags = ['kyiv']
+++
-- content/ua/pages/about.md --
+++
title = 'Про нас'
+++
-- content/tags.toml --
[kyiv]
name = { ua = 'Київ і Згурівка', en = 'Kyiv', ru = 'Киев и Згуровка' }
";

#[test]
fn names_of_terms_are_transliterated_by_the_rules_of_their_language() {
    let site = TestSite::new(KYIV);
    assert_eq!(
        addresses(&site, &["/tags/"]),
        [
            "en/tags/",
            "ru/tags/",
            "ru/tags/kiev-i-zgurovka/",
            "ua/tags/",
            "ua/tags/kyiv-i-zghurivka/",
            "ua/tags/pidiom/"
        ]
    );
}

#[test]
fn an_article_may_take_its_address_from_its_headline() {
    let site = TestSite::new(KYIV);
    assert_eq!(
        addresses(&site, &["/2025/", "/about"]),
        ["ru/2025/ezhi/", "ua/2025/a/", "ua/about/"]
    );
    site.edit("site.toml", "per_page = 2", "per_page = 2\nslug_from = 'title'");
    assert_eq!(
        addresses(&site, &["/2025/", "/about"]),
        ["ru/2025/ezhi/", "ua/2025/znamianka-zghraia-yizhakiv-u-kyievi/", "ua/about/"]
    );
}

#[test]
fn addresses_may_keep_their_letters() {
    let site = TestSite::new(KYIV);
    let settings = "per_page = 2\nslug_from = 'title'\nurl_style = 'unicode'";
    site.edit("site.toml", "per_page = 2", settings);
    assert_eq!(
        addresses(&site, &["/2025/", "ua/tags/"]),
        [
            "ru/2025/ezhi/",
            "ua/2025/знамянка-зграя-їжаків-у-києві/",
            "ua/tags/",
            "ua/tags/київ-і-згурівка/",
            "ua/tags/підйом/"
        ]
    );
    let links = site.page("/ua/").attributes("main a", "href");
    let encoded =
        "/ua/2025/%D0%B7%D0%BD%D0%B0%D0%BC%D1%8F%D0%BD%D0%BA%D0%B0-%D0%B7%D0%B3%D1%80%D0%B0%D1%8F-";
    assert!(links.iter().all(|link| link.starts_with(encoded)), "{links:?}");
}
