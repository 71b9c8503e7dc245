//! What pages say of themselves to search engines: the graph that `structured_data()` prints.

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Page, TestSite};
use crate::{DRAWING, add_days};

const DATA: &str = "script[type='application/ld+json']";

/// A site whose pages have structured data in their heads.
fn site_with_data(files: &str) -> TestSite {
    let hook = "{{ structured_data(news=t(key=\"news\"), tags=t(key=\"tags\")) }}\n";
    let site = TestSite::new(files);
    site.put("templates/hooks/head.html", hook);
    site
}

/// The things that a page describes.
fn graph(page: &Page) -> Vec<Value> {
    let data = page.select(DATA);
    let text = data.split_once('>').and_then(|(_, rest)| rest.split_once("</script>"));
    let (text, rest) = text.expect("structured data");
    assert_eq!(rest, "", "one element");
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(value["@context"], "https://schema.org");
    value["@graph"].as_array().expect("a list").clone()
}

/// The one thing of a type that a page describes.
fn thing(page: &Page, types: &str) -> Value {
    let graph = graph(page);
    let found: Vec<&Value> = graph.iter().filter(|thing| thing["@type"] == types).collect();
    assert_eq!(found.len(), 1, "{types} in {graph:#?}");
    found[0].clone()
}

/// The values of a field of some things.
fn field(things: &Value, name: &str) -> Vec<String> {
    let things = things.as_array().expect("a list").iter();
    things.map(|thing| thing[name].as_str().unwrap_or_default().to_owned()).collect()
}

/// Three editions of a story.
const TALKS: &str = "
-- content/ua/talks.md --
+++
title = 'Перемовини «тривають» & тривають'
date = 2025-12-19T20:31:00
section = 'politics'
tags = ['peace-talks', 'florida']
authors = ['olena']
+++
Текст.
-- content/en/talks.md --
+++
title = 'Talks go on'
date = 2025-12-19T20:31:00
section = 'politics'
+++
-- content/ru/talks.md --
+++
title = 'Переговоры идут'
date = 2025-12-19T20:31:00
section = 'politics'
+++";

#[test]
fn an_article_says_what_its_page_shows() {
    let site = site_with_data(TALKS);
    let page = site.page("/ua/talks/");
    let article = thing(&page, "NewsArticle");
    assert_eq!(article["headline"], page.texts("h1")[0]);
    assert_eq!(article["mainEntityOfPage"], "https://news.example.org/ua/talks/");
    assert_eq!(article["inLanguage"], "uk");
    assert_eq!(article["articleSection"], "Політика");
    assert_eq!(article["keywords"], serde_json::json!(["Мирні переговори", "Флорида"]));
    assert_eq!(article["author"][0]["name"], "Олена Гнатюк");
    assert_eq!(article["author"][0]["url"], "https://news.example.org/ua/authors/olena/");
    assert_eq!(article["datePublished"], "2025-12-19T20:31:00+02:00");
    assert_eq!(article["dateModified"], "2025-12-19T20:31:00+02:00");
}

#[test]
fn what_an_article_does_not_have_is_left_out() {
    let site = site_with_data("-- content/ua/a.md --\n+++\ntitle = 'А'\ndate = 2025-12-19\n+++\n");
    let article = thing(&site.page("/ua/a/"), "NewsArticle");
    let keys: Vec<&str> = article.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "@id",
            "@type",
            "author",
            "dateModified",
            "datePublished",
            "headline",
            "inLanguage",
            "isAccessibleForFree",
            "mainEntityOfPage",
            "publisher",
            "url",
        ]
    );
    // A bare day begins at midnight.
    assert_eq!(article["datePublished"], "2025-12-19T00:00:00+02:00");
    // Nobody has signed it, so the newspaper speaks.
    assert_eq!(article["author"][0]["@id"], "https://news.example.org/#publisher");
}

#[test]
fn an_author_without_a_page_is_known_by_the_website() {
    let site = site_with_data(TALKS);
    site.edit("site.toml", "per_page = 2", "per_page = 2\nurls = { author = false }");
    site.edit("content/authors.toml", "[olena]", "[olena]\nurl = 'https://olena.example.org/'");
    let author = &thing(&site.page("/ua/talks/"), "NewsArticle")["author"][0];
    assert_eq!(author["url"], "https://olena.example.org/");
    assert_eq!(author.get("@id"), None);
}

#[test]
fn a_correction_is_told_and_changes_the_date() {
    let site = site_with_data(TALKS);
    site.edit(
        "content/ua/talks.md",
        "section =",
        "updated = 2025-12-19T21:00:00\n\
         corrections = [{ date = 2025-12-20, text = 'Було п’ять.' }]\nsection =",
    );
    let article = thing(&site.page("/ua/talks/"), "NewsArticle");
    assert_eq!(article["dateModified"], "2025-12-20T00:00:00+02:00");
    assert_eq!(article["correction"][0]["@type"], "CorrectionComment");
    assert_eq!(article["correction"][0]["text"], "Було п’ять.");
    assert_eq!(article["correction"][0]["datePublished"], "2025-12-20T00:00:00+02:00");
}

#[test]
fn a_source_is_cited() {
    let sources =
        "sources = [{ name = 'Reuters', url = 'https://www.reuters.com/' }, { name = 'Politico' }]";
    let site = site_with_data(TALKS);
    site.edit("content/ua/talks.md", "section =", &format!("{sources}\nsection ="));
    let cited = &thing(&site.page("/ua/talks/"), "NewsArticle")["citation"];
    assert_eq!(field(cited, "name"), ["Reuters", "Politico"]);
    assert_eq!(field(cited, "url"), ["https://www.reuters.com/", ""]);
    assert!(cited[1].get("url").is_none());
}

const UA: &str = "https://news.example.org/ua/talks/#article";
const EN: &str = "https://news.example.org/en/talks/#article";
const RU: &str = "https://news.example.org/ru/talks/#article";

#[test]
fn the_original_knows_its_translations_and_they_know_the_original() {
    let site = site_with_data(TALKS);
    site.edit("content/ua/talks.md", "section =", "original = 'en'\nsection =");
    let original = thing(&site.page("/en/talks/"), "NewsArticle");
    assert_eq!(field(&original["workTranslation"], "@id"), [UA, RU]);
    assert!(original.get("translationOfWork").is_none());
    for url in ["/ua/talks/", "/ru/talks/"] {
        let translation = thing(&site.page(url), "NewsArticle");
        assert_eq!(translation["translationOfWork"]["@id"], EN);
        assert!(translation.get("workTranslation").is_none());
    }
}

#[test]
fn without_a_known_original_the_editions_are_translations_of_each_other() {
    let site = site_with_data(TALKS);
    let article = |url: &str| thing(&site.page(url), "NewsArticle");
    assert_eq!(field(&article("/ua/talks/")["workTranslation"], "@id"), [EN, RU]);
    assert_eq!(field(&article("/ru/talks/")["workTranslation"], "@id"), [UA, EN]);
    assert!(article("/ru/talks/").get("translationOfWork").is_none());
}

#[test]
fn a_draft_is_not_named_as_the_original() {
    let site = site_with_data(TALKS);
    site.edit("content/en/talks.md", "section =", "original = 'en'\ndraft = true\nsection =");
    let article = thing(&site.page("/ua/talks/"), "NewsArticle");
    assert!(article.get("translationOfWork").is_none());
    assert_eq!(field(&article["workTranslation"], "@id"), [RU]);
}

#[test]
fn the_genre_of_an_article_is_its_type() {
    for (genre, types) in [
        ("news", "NewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("reportage", "ReportageNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
    ] {
        let site =
            site_with_data("-- content/ua/a.md --\n+++\ntitle = 'А'\ndate = 2025-12-19\n+++\n");
        site.edit("content/ua/a.md", "date", &format!("genre = '{genre}'\ndate"));
        assert_eq!(thing(&site.page("/ua/a/"), types)["headline"], "А");
    }
}

#[test]
fn the_way_to_a_page_begins_at_the_front_page_and_ends_with_it() {
    let site = site_with_data(TALKS);
    add_days(&site, 1..=5);
    let way = |url: &str| {
        let steps = thing(&site.page(url), "BreadcrumbList")["itemListElement"].clone();
        let positions: Vec<i64> = steps
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step["position"].as_i64().unwrap())
            .collect();
        assert_eq!(positions, (1..=positions.len() as i64).collect::<Vec<_>>());
        let host = "https://news.example.org";
        let urls = field(&steps, "item").into_iter();
        let urls = urls.map(|url| url.strip_prefix(host).unwrap().to_owned());
        let steps: Vec<String> =
            field(&steps, "name").into_iter().zip(urls).map(|(n, u)| format!("{n} {u}")).collect();
        steps.join(" → ")
    };
    let front = "Вісник /ua/ → ";
    let politics = format!("{front}Політика /ua/sections/politics/");
    assert_eq!(
        way("/ua/talks/"),
        format!("{politics} → Перемовини «тривають» & тривають /ua/talks/")
    );
    assert_eq!(way("/ua/sections/politics/"), politics);
    // A numbered page is a part of its list.
    assert_eq!(way("/ua/sections/politics/page/1/"), politics);
    assert_eq!(way("/ua/news/"), format!("{front}Новини /ua/news/"));
    assert_eq!(
        way("/ua/tags/florida/"),
        format!("{front}Теми /ua/tags/ → Флорида /ua/tags/florida/")
    );
    assert_eq!(way("/ua/archive/2025-12/"), format!("{front}Грудень 2025 /ua/archive/2025-12/"));
}

#[test]
fn a_list_names_the_articles_that_it_shows_in_their_order() {
    let site = site_with_data("");
    add_days(&site, 1..=5);
    for url in ["/ua/news/", "/ua/news/page/1/", "/ua/archive/2025-12/"] {
        let page = site.page(url);
        let listed = thing(&page, "CollectionPage")["mainEntity"]["itemListElement"].clone();
        let shown = page.attributes("ol.cards a", "href").into_iter();
        let shown: Vec<String> =
            shown.map(|url| format!("https://news.example.org{url}")).collect();
        assert_eq!(field(&listed, "url"), shown, "{url}");
    }
}

#[test]
fn the_index_of_tags_lists_them_in_the_order_of_the_alphabet() {
    let site = site_with_data(TALKS);
    let tags = thing(&site.page("/ua/tags/"), "CollectionPage");
    assert_eq!(tags["name"], "Теми");
    let tags = &tags["mainEntity"]["itemListElement"];
    assert_eq!(field(tags, "name"), ["Мирні переговори", "Флорида"]);
    assert_eq!(field(tags, "url")[1], "https://news.example.org/ua/tags/florida/");
}

#[test]
fn a_new_tag_changes_the_index_also_where_its_template_shows_none() {
    let site = site_with_data(TALKS);
    site.put("templates/tags.html", "{% extends \"base.html\" %}");
    let names = || {
        let page = thing(&site.page("/ua/tags/"), "CollectionPage");
        field(&page["mainEntity"]["itemListElement"], "name")
    };
    site.edit("content/ua/talks.md", ", 'florida'", "");
    assert_eq!(names(), ["Мирні переговори"]);
    site.edit("content/ua/talks.md", "['peace-talks'", "['peace-talks', 'florida'");
    site.build(&[]).succeeded();
    assert_eq!(names(), ["Мирні переговори", "Флорида"]);
}

#[test]
fn an_authors_page_is_a_profile() {
    let site = site_with_data(TALKS);
    site.put("static/olena.svg", DRAWING);
    site.edit(
        "content/authors.toml",
        "[olena]",
        "[olena]\nphoto = '/olena.svg'\nurl = 'https://olena.example.org/'\n\
         description = { ua = 'Пише про дипломатію.' }",
    );
    let profile = thing(&site.page("/ua/authors/olena/"), "ProfilePage");
    let person = &profile["mainEntity"];
    assert_eq!(person["@type"], "Person");
    assert_eq!(person["name"], "Олена Гнатюк");
    assert_eq!(person["description"], "Пише про дипломатію.");
    assert_eq!(person["image"], "https://news.example.org/olena.svg");
    assert_eq!(person["sameAs"], serde_json::json!(["https://olena.example.org/"]));
    // The same person as the one who signs articles.
    let article = thing(&site.page("/ua/talks/"), "NewsArticle");
    assert_eq!(article["author"][0]["@id"], person["@id"]);
}

const PUBLISHER: &str = "per_page = 2
[publisher]
name = { ua = 'Видавництво', en = 'Publishers', ru = 'Издательство' }
url = 'https://publisher.example.org/'
logo = '/logo.svg'
same_as = ['https://social.example.org/@visnyk']
about = 'about'
contacts = 'contacts'
principles = 'standards'
";

/// Standalone pages whose English editions have other addresses.
const PAGES: &str = "
-- static/logo.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\"/>
-- content/ua/pages/about.md --
+++
title = 'Про нас'
+++
-- content/en/pages/who-we-are.md --
+++
title = 'Who we are'
story = 'pages/about'
+++
-- content/ua/pages/contacts.md --
+++
title = 'Контакти'
+++
-- content/ua/pages/standards.md --
+++
title = 'Наші засади'
+++
-- content/en/pages/how-we-work.md --
+++
title = 'How we work'
story = 'pages/standards'
+++";

#[test]
fn a_front_page_says_what_the_site_is_and_who_publishes_it() {
    let site = site_with_data(PAGES);
    site.edit("site.toml", "per_page = 2", PUBLISHER);
    let page = site.page("/en/");
    let website = thing(&page, "WebSite");
    assert_eq!(website["name"], "Herald");
    assert_eq!(website["inLanguage"], "en");
    let publisher = thing(&page, "NewsMediaOrganization");
    assert_eq!(website["publisher"]["@id"], publisher["@id"]);
    assert_eq!(publisher["name"], "Publishers");
    assert_eq!(publisher["url"], "https://publisher.example.org/");
    assert_eq!(publisher["logo"]["url"], "https://news.example.org/logo.svg");
    assert_eq!(publisher["logo"]["width"], "200");
    assert_eq!(publisher["sameAs"], serde_json::json!(["https://social.example.org/@visnyk"]));
    let principles = "https://news.example.org/en/how-we-work/";
    assert_eq!(publisher["publishingPrinciples"], principles);
    // There is no Russian edition of the principles.
    let russian = thing(&site.page("/ru/"), "NewsMediaOrganization");
    assert!(russian.get("publishingPrinciples").is_none());
    assert_eq!(graph(&site.page("/")), graph(&site.page("/ua/")));
}

#[test]
fn the_pages_that_the_publisher_names_are_known_in_every_language() {
    let site = site_with_data(PAGES);
    site.edit("site.toml", "per_page = 2", PUBLISHER);
    for (url, types) in [
        ("/ua/about/", "AboutPage"),
        ("/en/who-we-are/", "AboutPage"),
        ("/ua/contacts/", "ContactPage"),
        ("/en/how-we-work/", "WebPage"),
    ] {
        let page = thing(&site.page(url), types);
        assert_eq!(page["url"], format!("https://news.example.org{url}"));
    }
}

#[test]
fn without_a_table_the_publisher_is_the_newspaper() {
    let publisher = thing(&site_with_data("").page("/ua/"), "NewsMediaOrganization");
    let expected = serde_json::json!({
        "@type": "NewsMediaOrganization",
        "@id": "https://news.example.org/#publisher",
        "name": "Вісник",
        "url": "https://news.example.org/",
    });
    assert_eq!(publisher, expected);
}

#[test]
fn pages_that_search_engines_leave_out_say_nothing() {
    let site = site_with_data("");
    assert_eq!(site.page("/ua/404.html").select(DATA), "");
}

#[test]
fn a_fragment_is_no_page_to_describe() {
    let site = site_with_data("-- templates/parts/a.html --\n{{ structured_data() }}");
    site.put("templates/hooks/head.html", "{{ fragment(template=\"parts/a.html\") }}");
    let run = site.build(&[]);
    let said = run.problems(1);
    assert!(said.contains("a fragment is none: call it in a page"), "{said}");
}

/// What is dangerous in scripts, JSON or HTML, and what is usual. TOML takes no text without a letter
/// for a headline, so there always is one.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("</script>".to_owned()),
        Just("<!--<script>".to_owned()),
        Just("]]>".to_owned()),
        Just("\\u003c\"'\\".to_owned()),
        Just("&lt;&amp;".to_owned()),
        Just("👩‍👩‍👧‍👦\u{202e}\u{2067}שלום\u{2069}".to_owned()),
        Just("\u{2028}\u{2029}\u{85}\u{1}\u{fffe}\u{1ffff}".to_owned()),
        "[«»а-яґєії ]{0,8}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| format!("а{}я", pieces.concat()))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn whatever_an_editor_writes_is_read_as_it_was_written(all in prop::collection::vec(texts(), 20)) {
        let site = site_with_data("");
        for (number, text) in all.iter().enumerate() {
            let text = quoted(text);
            site.put(
                &format!("content/ua/text-{number}.md"),
                format!(
                    "+++\ntitle = {text}\nsummary = {text}\ntypography = false\ndate = 2025-12-19\n\
                     sources = [{{ name = {text} }}]\n\
                     corrections = [{{ date = 2025-12-20, text = {text} }}]\n+++\n"
                ),
            );
        }
        site.build(&[]).succeeded();
        for (number, text) in all.iter().enumerate() {
            let article = thing(&site.page(&format!("/ua/text-{number}/")), "NewsArticle");
            prop_assert_eq!(&article["headline"], text);
            prop_assert_eq!(&article["description"], text);
            prop_assert_eq!(&article["citation"][0]["name"], text);
            prop_assert_eq!(&article["correction"][0]["text"], text);
        }
    }
}
