//! What social networks and messengers show of a page: `page.share_image`, and Open Graph in the default
//! theme.

use crate::DRAWING;
use crate::support::{TestSite, png};

const SHARE_IMAGES: &str = "per_page = 2
[publisher]
share_image = { ua = '/share/ua.png', en = '/share/en.png', ru = '/share/en.png' }
";

/// A site with an article without a picture, one with a drawing, and one with a photograph.
fn site() -> TestSite {
    let article = |title: &str, image: &str| {
        format!("+++\ntitle = '{title}'\ndate = 2025-12-19\nsection = 'politics'\n{image}\n+++\n")
    };
    let site = TestSite::new("");
    site.edit("site.toml", "per_page = 2", SHARE_IMAGES);
    site.put("static/share/ua.png", png(1200, 630));
    site.put("static/share/en.png", png(1300, 700));
    site.put("static/photo.PNG", png(1600, 900));
    site.put("static/drawing.svg", DRAWING);
    site.put("content/ua/plain.md", article("Без картинки", ""));
    site.put(
        "content/ua/drawn.md",
        article("Малюнок", "image = { src = '/drawing.svg', alt = 'Дім' }"),
    );
    site.put(
        "content/ua/photo.md",
        article("Знімок", "image = { src = '/photo.PNG', alt = 'Міст' }"),
    );
    site.put(
        "templates/hooks/head.html",
        "{% if page.share_image %}{% set image = page.share_image %}<meta property=\"og:image\" \
         content=\"{{ image.url }} {{ image.media_type }} {{ image.width }} {{ image.height }} \
         {{ image.alt }}\">{% endif %}\n{{ structured_data() }}",
    );
    site
}

/// The picture of a page: URL, type, size, alternative text.
fn share_image(site: &TestSite, url: &str) -> Vec<String> {
    site.page(url).attributes("meta[property='og:image']", "content")
}

const OF_SITE: &str = "https://news.example.org/share/ua.png image/png 1200 630 Вісник";

#[test]
fn an_article_is_shared_with_its_own_picture_if_networks_show_it() {
    let site = site();
    let photo = "https://news.example.org/photo.PNG image/png 1600 900 Міст";
    assert_eq!(share_image(&site, "/ua/photo/"), [photo]);
    assert_eq!(share_image(&site, "/ua/drawn/"), [OF_SITE]);
    assert_eq!(share_image(&site, "/ua/plain/"), [OF_SITE]);
}

#[test]
fn search_engines_are_given_the_same_pictures() {
    let site = site();
    for (url, picture) in [("/ua/photo/", "photo.PNG"), ("/ua/drawn/", "share/ua.png")] {
        let data = site.page(url).select("script[type='application/ld+json']");
        let picture = format!("\"contentUrl\":\"https://news.example.org/{picture}\"");
        assert!(data.contains(&picture), "{data}");
    }
}

#[test]
fn lists_and_front_pages_are_shared_with_the_picture_of_their_language() {
    let site = site();
    for url in ["/", "/ua/", "/ua/news/", "/ua/sections/politics/"] {
        assert_eq!(share_image(&site, url), [OF_SITE], "{url}");
    }
    let english = "https://news.example.org/share/en.png image/png 1300 700 Herald";
    assert_eq!(share_image(&site, "/en/news/"), [english]);
}

#[test]
fn a_front_page_has_the_picture_of_its_lead_where_there_is_none_for_the_site() {
    let site = site();
    site.edit("site.toml", "share_image =", "# share_image =");
    site.remove("content/ua/drawn.md");
    let photo = "https://news.example.org/photo.PNG image/png 1600 900 Міст";
    assert_eq!(share_image(&site, "/ua/"), [photo]);
    assert_eq!(share_image(&site, "/ua/news/"), [""; 0]);
}

#[test]
fn another_size_of_the_picture_changes_the_pages_that_say_it() {
    let site = site();
    site.build(&[]).succeeded();
    site.put("static/share/ua.png", png(1240, 650));
    site.build(&[]).succeeded();
    let picture = "https://news.example.org/share/ua.png image/png 1240 650 Вісник";
    assert_eq!(share_image(&site, "/ua/plain/"), [picture]);
    assert_eq!(share_image(&site, "/ua/news/"), [picture]);
}

/// The sample's theme with a site of one story in two languages.
fn site_of_default_theme() -> TestSite {
    let site = TestSite::of_repository(&["site.toml", "templates", "static"]);
    site.put(
        "content/sections.toml",
        "[politics]\nname = { ua = 'Політика', en = 'Politics', ru = 'Политика' }\n",
    );
    site.put("content/authors.toml", "[olena]\nname = 'Олена'\n[guest]\nname = 'Гість'\n");
    for code in ["ua", "ru"] {
        let text = "+++\ntitle = 'Перемовини: «100 % & далі»'\ndate = 2025-12-19\nsection = 'politics'\n\
                    authors = ['olena', 'guest']\ncorrections = [{ date = 2025-12-20T10:00:00, text = 'Було не так.' }]\n\
                    image = { src = '/pictures/snow-train.jpg', alt = 'Потяг', caption = 'Уночі', credit = 'О. Г.' }\n\
                    +++\nТекст.\n\n> Цитата.\n";
        site.put(&format!("content/{code}/2025/12/talks.md"), text);
    }
    site
}

#[test]
fn open_graph_of_an_article_is_complete() {
    let site = site_of_default_theme();
    let page = site.page("/ua/2025/12/talks/");
    let meta = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
    let url = "https://news.example.org/ua/2025/12/talks/";
    for (name, values) in [
        ("og:type", &["article"][..]),
        ("og:url", &[url]),
        ("og:title", &["Перемовини: «100\u{a0}% & далі»"]),
        ("og:site_name", &["Північний вісник"]),
        ("og:locale", &["uk_UA"]),
        // There is no English edition.
        ("og:locale:alternate", &["ru_RU"]),
        ("og:image", &["https://news.example.org/pictures/snow-train.jpg"]),
        ("og:image:type", &["image/jpeg"]),
        ("og:image:width", &["1440"]),
        ("og:image:height", &["810"]),
        ("og:image:alt", &["Потяг"]),
        ("article:published_time", &["2025-12-19T00:00:00+02:00"]),
        ("article:modified_time", &["2025-12-20T10:00:00+02:00"]),
        ("article:section", &["Політика"]),
        (
            "article:author",
            &[
                "https://news.example.org/ua/authors/olena/",
                "https://news.example.org/ua/authors/hist/",
            ],
        ),
    ] {
        assert_eq!(meta(name), values, "{name}");
    }
    let named = |name: &str| page.attributes(&format!("meta[name='{name}']"), "content");
    assert_eq!(named("twitter:card"), ["summary_large_image"]);
    assert_eq!(named("author"), ["Олена", "Гість"]);
}

#[test]
fn an_authors_page_is_a_profile_and_a_list_a_website() {
    let site = site_of_default_theme();
    let types = |url: &str| site.page(url).attributes("meta[property='og:type']", "content");
    assert_eq!(types("/ua/authors/olena/"), ["profile"]);
    assert_eq!(types("/ua/news/"), ["website"]);
}

#[test]
fn an_article_is_marked_up_as_messengers_want_it_for_their_own_reader() {
    let page = site_of_default_theme().page("/ua/2025/12/talks/");
    assert_eq!(page.texts("article").len(), 1);
    assert_eq!(page.texts("article h1").len(), 1);
    assert_eq!(page.texts("article address a[rel=author]"), ["Олена", "Гість"]);
    assert_eq!(page.attributes("article header time", "datetime"), ["2025-12-19"]);
    assert_eq!(page.texts("article figure figcaption"), ["Уночі (Фото: О. Г.)"]);
    assert_eq!(page.texts("article blockquote"), ["Цитата."]);
}

#[test]
fn links_for_sharing_carry_address_and_headline_whole() {
    let page = site_of_default_theme().page("/ua/2025/12/talks/");
    let links = page.attributes(".share a", "href");
    let telegram = links[0].strip_prefix("https://t.me/share/url?").expect("Telegram is the first");
    let (url, text) = telegram.split_once("&text=").unwrap();
    let decoded =
        |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    assert_eq!(decoded(url), "url=https://news.example.org/ua/2025/12/talks/");
    assert_eq!(decoded(text), "Перемовини: «100\u{a0}% & далі»");
    for link in &links {
        let (_, query) = link.split_once('?').unwrap();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~%=&".contains(c);
        assert!(query.chars().all(is_plain), "{link}");
    }
}

#[test]
fn readers_are_told_of_every_genre_but_news() {
    let site = site_of_default_theme();
    let genres = || site.page("/ua/2025/12/talks/").texts(".kicker .genre");
    assert_eq!(genres(), [""; 0]);
    for code in ["ua", "ru"] {
        site.edit(&format!("content/{code}/2025/12/talks.md"), "date", "genre = 'opinion'\ndate");
    }
    site.build(&[]).succeeded();
    assert_eq!(genres(), ["Думка"]);
}

/// The template for Telegram's Instant View that the manual has.
fn instant_view_template() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/publishing.md");
    let manual = std::fs::read_to_string(path).unwrap();
    let (_, rest) = manual.split_once("~version").expect("a template");
    rest.split_once("```").unwrap().0.to_owned()
}

#[test]
fn the_template_for_instant_view_names_what_articles_have() {
    let site = site_of_default_theme();
    let sources = "summary = 'Лід.'\nsources = [{ name = 'Reuters' }]\ndate";
    site.edit("content/ua/2025/12/talks.md", "date", sources);
    let page = site.page("/ua/2025/12/talks/");
    let template = instant_view_template();
    let between = |begin: &str, end: &str| -> Vec<&str> {
        let parts = template.split(begin).skip(1);
        parts.map(|part| part.split_once(end).expect("an end").0).collect()
    };
    let classes = between("has-class(\"", "\")");
    assert!(classes.len() > 5, "{classes:?}");
    for class in classes {
        let found = page.select(&format!("article .{class}, article.{class}"));
        assert!(!found.is_empty(), "{class}");
    }
    for property in between("@property=\"", "\"]") {
        let found = page.attributes(&format!("meta[property='{property}']"), "content");
        assert_eq!(found.len(), 1, "{property}");
    }
}
