//! Feeds: which there are, what stands in them, and where they are announced.

use roxmltree::{Document, Node};
use serde_json::Value;

use crate::HOST;
use crate::support::TestSite;

const TALKS: &str = "
-- content/ua/2025/12/talks.md --
+++
title = 'Перемовини'
date = 2025-12-19T20:31:00
updated = 2025-12-20T08:00:00
summary = 'Делегації зустрінуться в суботу.'
section = 'politics'
tags = ['peace-talks', 'florida']
authors = ['olena']
image = { src = '/pictures/table.svg', alt = 'Стіл', caption = 'Стіл перемовин.', credit = 'Вісник' }
+++
Текст.
-- content/en/2025/12/talks.md --
+++
title = 'Talks'
date = 2025-12-19T20:31:00
section = 'politics'
+++
Text.
-- static/pictures/table.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"900\"/>
";

/// A site with the usual feeds.
fn site(files: &str) -> TestSite {
    site_with("", files)
}

/// A site with feeds, and `[feeds]` as given.
fn site_with(feeds: &str, files: &str) -> TestSite {
    let site = TestSite::new(files);
    site.edit("site.toml", "[feeds]\nenabled = false", &format!("[feeds]\n{feeds}"));
    site.edit(
        "templates/base.html",
        "{% include \"hooks/head.html\" %}",
        "{% for feed in page.feeds -%}
<link rel=\"alternate\" type=\"{{ feed.media_type }}\" title=\"{{ feed.title }} ({{ feed.format }})\" href=\"{{ feed.url }}\">
{% endfor -%}
{% include \"hooks/head.html\" %}",
    );
    site.put("templates/hooks/head.html", "");
    site
}

/// So many stories, an hour after another.
fn stories(n: usize) -> String {
    let story = |hour: usize| {
        format!(
            "-- content/ua/{hour}.md --\n+++\ntitle = 'Новина {hour}'\ndate = 2025-12-01T{hour:02}:00:00\n+++\n"
        )
    };
    (0..n).map(story).collect()
}

/// The feeds that were published.
fn feeds(site: &TestSite) -> Vec<String> {
    let is_feed = |path: &String| {
        ["atom.xml", "rss.xml", "feed.json"].iter().any(|name| path.ends_with(name))
    };
    site.published().into_iter().filter(is_feed).collect()
}

/// The texts of the elements with a name, in order.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let named = document.descendants().filter(|node| node.tag_name().name() == name);
    named.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

/// The `link` elements of a feed itself, as `rel hreflang href` without the host.
fn links(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let is_link = |node: &Node<'_, '_>| {
        let parent = node.parent_element().map(|parent| parent.tag_name().name());
        node.has_tag_name(("http://www.w3.org/2005/Atom", "link")) && parent != Some("entry")
    };
    let shown = |node: Node<'_, '_>| {
        let attribute = |name| node.attribute(name).unwrap_or("-").replace(HOST, "");
        format!("{} {} {}", attribute("rel"), attribute("hreflang"), attribute("href"))
    };
    document.descendants().filter(is_link).map(shown).collect()
}

fn items(json: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(json).unwrap();
    document["items"].as_array().unwrap().clone()
}

#[test]
fn languages_have_feeds_in_three_formats_and_lists_have_one_where_they_have_a_page() {
    let site = site(TALKS);
    site.build(&[]).succeeded();
    insta::assert_snapshot!(feeds(&site).join("\n"), @r"
    en/atom.xml
    en/feed.json
    en/rss.xml
    en/sections/culture/atom.xml
    en/sections/politics/atom.xml
    ru/atom.xml
    ru/feed.json
    ru/rss.xml
    ru/sections/culture/atom.xml
    ru/sections/politics/atom.xml
    ua/atom.xml
    ua/authors/olena/atom.xml
    ua/feed.json
    ua/rss.xml
    ua/sections/culture/atom.xml
    ua/sections/politics/atom.xml
    ua/tags/florida/atom.xml
    ua/tags/peace-talks/atom.xml
    ");
}

#[test]
fn settings_say_which_lists_have_feeds_in_which_formats() {
    let settings =
        "language = ['json']\nsection = []\ntag = ['rss', 'atom', 'rss']\nauthor = 'rss'";
    let site = site_with(settings, TALKS);
    site.build(&[]).succeeded();
    insta::assert_snapshot!(feeds(&site).join("\n"), @r"
    en/feed.json
    ru/feed.json
    ua/authors/olena/rss.xml
    ua/feed.json
    ua/tags/florida/atom.xml
    ua/tags/florida/rss.xml
    ua/tags/peace-talks/atom.xml
    ua/tags/peace-talks/rss.xml
    ");
    let announced = site.page("/ua/tags/florida/").attributes("link[title]", "href");
    assert_eq!(
        announced,
        ["/ua/tags/florida/rss.xml", "/ua/tags/florida/atom.xml", "/ua/feed.json"]
    );
}

#[test]
fn feeds_can_be_switched_off() {
    let site = site_with("enabled = false\ntag = ['rss']", TALKS);
    site.build(&[]).succeeded();
    assert_eq!(feeds(&site), [""; 0]);
    assert_eq!(site.page("/ua/").attributes("link[title]", "href"), [""; 0]);
}

#[test]
fn a_page_announces_its_own_feed_and_those_of_its_language() {
    let site = site(TALKS);
    site.build(&[]).succeeded();
    let language = ["/ua/atom.xml", "/ua/rss.xml", "/ua/feed.json"];
    for (page, own) in [
        ("/ua/", None),
        ("/", None),
        ("/ua/2025/12/talks/", None),
        ("/ua/news/", None),
        ("/ua/archive/2025-12/", None),
        ("/ua/404.html", None),
        ("/ua/sections/politics/", Some("/ua/sections/politics/atom.xml")),
        ("/ua/tags/florida/", Some("/ua/tags/florida/atom.xml")),
        ("/ua/authors/olena/", Some("/ua/authors/olena/atom.xml")),
    ] {
        let announced = site.page(page).attributes("link[title]", "href");
        let expected: Vec<&str> = own.into_iter().chain(language).collect();
        assert_eq!(announced, expected, "{page}");
        for url in announced {
            assert!(site.root().join(format!("public{url}")).is_file(), "{url}");
        }
    }
    insta::assert_snapshot!(site.page("/ua/sections/politics/").select("link[title]"), @r#"
    <link href="/ua/sections/politics/atom.xml" rel="alternate" title="Вісник: Політика (Atom)" type="application/atom+xml">
    <link href="/ua/atom.xml" rel="alternate" title="Вісник (Atom)" type="application/atom+xml">
    <link href="/ua/rss.xml" rel="alternate" title="Вісник (RSS)" type="application/rss+xml">
    <link href="/ua/feed.json" rel="alternate" title="Вісник (JSON)" type="application/feed+json">
    "#);
}

#[test]
fn a_language_has_its_feed_without_a_list_of_all_news_and_a_term_none_without_its_page() {
    let site = site(TALKS);
    site.edit("site.toml", "[feeds]", "[urls]\nnews = false\ntag = false\n[feeds]");
    site.build(&[]).succeeded();
    let xml = site.page("/ua/atom.xml").html;
    assert_eq!(links(&xml)[1], "alternate uk /ua/");
    assert!(feeds(&site).iter().all(|path| !path.contains("tags")), "{:?}", feeds(&site));
}

#[test]
fn feeds_lead_to_the_same_feeds_in_the_other_languages() {
    let site =
        site_with("hub = 'https://hub.example.org/'\nsection = ['atom', 'rss', 'json']", TALKS);
    site.build(&[]).succeeded();
    insta::assert_snapshot!(links(&site.page("/en/sections/politics/atom.xml").html).join("\n"), @r"
    self - /en/sections/politics/atom.xml
    alternate en /en/sections/politics/
    alternate uk /ua/sections/politics/atom.xml
    alternate ru /ru/sections/politics/atom.xml
    hub - https://hub.example.org/
    ");
    insta::assert_snapshot!(links(&site.page("/en/sections/politics/rss.xml").html).join("\n"), @r"
    self - /en/sections/politics/rss.xml
    alternate uk /ua/sections/politics/rss.xml
    alternate ru /ru/sections/politics/rss.xml
    hub - https://hub.example.org/
    ");
    let json: Value = serde_json::from_str(&site.page("/en/feed.json").html).unwrap();
    insta::assert_snapshot!(format!("{}\n{}", json["hubs"], json["_other_languages"]), @r#"
    [{"type":"WebSub","url":"https://hub.example.org/"}]
    [{"feed_url":"https://news.example.org/ua/feed.json","language":"uk"},{"feed_url":"https://news.example.org/ru/feed.json","language":"ru"}]
    "#);
    // No article in English or Russian names this tag.
    insta::assert_snapshot!(links(&site.page("/ua/tags/florida/atom.xml").html).join("\n"), @r"
    self - /ua/tags/florida/atom.xml
    alternate uk /ua/tags/florida/
    hub - https://hub.example.org/
    ");
}

#[test]
fn a_feed_has_the_newest_articles_newest_first() {
    let site = site_with("limit = 3", &stories(6));
    site.build(&[]).succeeded();
    let newest = ["Новина 5", "Новина 4", "Новина 3"];
    assert_eq!(texts(&site.page("/ua/atom.xml").html, "title")[1..], newest);
    assert_eq!(texts(&site.page("/ua/rss.xml").html, "title")[1..], newest);
    let json = items(&site.page("/ua/feed.json").html);
    assert_eq!(json.iter().map(|item| &item["title"]).collect::<Vec<_>>(), newest);
}

#[test]
fn what_is_not_published_is_in_no_feed() {
    let site = site(
        "
-- content/ua/draft.md --
+++
title = 'Чернетка'
date = 2025-12-01
draft = true
+++
-- content/ua/later.md --
+++
title = 'Пізніше'
date = 2026-02-01
+++
",
    );
    site.build(&[]).succeeded();
    assert_eq!(texts(&site.page("/ua/atom.xml").html, "entry"), [""; 0]);
}

#[test]
fn a_feed_without_articles_is_valid_and_knows_no_clock() {
    let site = site("");
    site.build(&[]).succeeded();
    let xml = site.page("/ru/atom.xml").html;
    assert_eq!(texts(&xml, "updated"), ["1970-01-01T00:00:00+00:00"]);
    assert_eq!(texts(&site.page("/ru/rss.xml").html, "lastBuildDate"), [""; 0]);
    assert_eq!(items(&site.page("/ru/feed.json").html), [Value::Null; 0]);
}

#[test]
fn a_feed_says_when_the_newest_of_its_articles_was_published_or_changed() {
    let site = site(TALKS);
    site.build(&[]).succeeded();
    let xml = site.page("/ua/atom.xml").html;
    assert_eq!(texts(&xml, "updated"), ["2025-12-20T08:00:00+02:00"; 2]);
    assert_eq!(texts(&xml, "published"), ["2025-12-19T20:31:00+02:00"]);
    let xml = site.page("/ua/rss.xml").html;
    assert_eq!(texts(&xml, "lastBuildDate"), ["Sat, 20 Dec 2025 08:00:00 +0200"]);
    assert_eq!(texts(&xml, "pubDate"), ["Fri, 19 Dec 2025 20:31:00 +0200"]);
    let modified =
        |site: &TestSite| items(&site.page("/ua/feed.json").html)[0]["date_modified"].clone();
    assert_eq!(modified(&site), "2025-12-20T08:00:00+02:00");
    let correction = "corrections = [{ date = 2025-12-21T09:00:00, text = 'Делегацій дві.' }]";
    site.edit("content/ua/2025/12/talks.md", "section =", &format!("{correction}\nsection ="));
    site.build(&[]).succeeded();
    assert_eq!(modified(&site), "2025-12-21T09:00:00+02:00");
}

#[test]
fn an_article_keeps_its_id_when_its_address_changes() {
    let site = site(TALKS);
    let ids = || {
        site.build(&[]).succeeded();
        let json = items(&site.page("/ua/feed.json").html);
        [
            texts(&site.page("/ua/atom.xml").html, "id").pop().unwrap(),
            texts(&site.page("/ua/rss.xml").html, "guid").pop().unwrap(),
            json[0]["id"].as_str().unwrap().to_owned(),
        ]
    };
    let before = ids();
    assert_eq!(before, ["tag:news.example.org,2025:ua/2025/12/talks"; 3]);
    site.edit("content/ua/2025/12/talks.md", "+++\n", "+++\nslug = 'peremovyny'\n");
    site.edit("content/ua/2025/12/talks.md", "Перемовини", "Перемовини почалися");
    assert_eq!(ids(), before);
    assert!(site.page("/ua/atom.xml").html.contains("/ua/2025/12/peremovyny/"));
}

#[test]
fn an_id_has_the_year_of_publication_and_nothing_that_a_uri_may_not_have() {
    let site = site(
        "
-- content/ua/a.md --
+++
title = 'Новина'
date = 2024-12-31T23:30:00Z
story = 'Ґанок, 5 #1'
+++
",
    );
    site.edit("site.toml", "https://news.example.org", "https://вісник.укр:8443/herald");
    site.build(&[]).succeeded();
    let ids = texts(&site.page("/ua/atom.xml").html, "id");
    // In Kyiv it was 2025 already.
    let id = "tag:xn--b1amgkt9j.xn--j1amh,2025:ua/%D2%90%D0%B0%D0%BD%D0%BE%D0%BA,%205%20%231";
    assert_eq!(ids, ["https://вісник.укр:8443/herald/ua/atom.xml", id]);
}

#[test]
fn the_lead_picture_comes_with_its_type_its_length_and_who_made_it() {
    let site = site(TALKS);
    site.build(&[]).succeeded();
    let byte_len = site.text("static/pictures/table.svg").len().to_string();
    for path in ["/ua/atom.xml", "/ua/rss.xml"] {
        let xml = site.page(path).html;
        let document = Document::parse(&xml).unwrap();
        let media = |name| {
            document
                .descendants()
                .find(|node| node.has_tag_name(("http://search.yahoo.com/mrss/", name)))
        };
        let content = media("content").unwrap();
        let of = |name| content.attribute(name).unwrap();
        assert_eq!(of("url"), "https://news.example.org/pictures/table.svg");
        let measures = [of("type"), of("fileSize"), of("width"), of("height")];
        assert_eq!(measures, ["image/svg+xml", &byte_len, "1600", "900"]);
        assert_eq!(media("description").unwrap().text(), Some("Стіл перемовин."));
        assert_eq!(media("credit").unwrap().text(), Some("Вісник"));
    }
    let xml = site.page("/ua/rss.xml").html;
    let document = Document::parse(&xml).unwrap();
    let enclosure = document.descendants().find(|node| node.has_tag_name("enclosure")).unwrap();
    assert_eq!(enclosure.attribute("length"), Some(&*byte_len));
    let item = &items(&site.page("/ua/feed.json").html)[0];
    assert_eq!(item["image"], "https://news.example.org/pictures/table.svg");
    assert_eq!(item["attachments"][0]["title"], "Стіл перемовин. (Вісник)");
    assert_eq!(item["attachments"][0]["size_in_bytes"].to_string(), byte_len);
}

#[test]
fn a_picture_that_does_not_show_the_event_says_so_in_feeds_too() {
    let site = site(TALKS);
    site.edit(
        "content/ua/2025/12/talks.md",
        "credit = 'Вісник'",
        "credit = 'Вісник', illustrative = true",
    );
    site.put(
        "templates/strings/ua.ftl",
        site.text("templates/strings/ua.ftl") + "illustration-credit = Ілюстрація: { $credit }\n",
    );
    site.build(&[]).succeeded();
    assert_eq!(texts(&site.page("/ua/atom.xml").html, "credit"), ["Ілюстрація: Вісник"]);
}

#[test]
fn authors_have_their_pages_or_an_address_of_their_own() {
    let site = site(TALKS);
    site.edit("content/authors.toml", "[olena]\n", "[olena]\nurl = 'https://olena.example.org/'\n");
    site.build(&[]).succeeded();
    let uris = |site: &TestSite| texts(&site.page("/ua/atom.xml").html, "uri");
    assert_eq!(uris(&site)[1], "https://news.example.org/ua/authors/olena/");
    site.edit("site.toml", "[feeds]", "[urls]\nauthor = false\n[feeds]");
    site.build(&[]).succeeded();
    assert_eq!(uris(&site)[1], "https://olena.example.org/");
}

const WHOLE: &str = "
-- content/ua/talks/index.md --
+++
title = 'Перемовини'
date = 2025-12-19T20:31:00
+++
Про це [писали](/before.md) і [тут](#dani).[^1] А ще [на порталі](https://example.org/a?b&c).

![Зала](hall.svg)

<video src=\"/film.mp4\" poster=\"/pictures/table.svg\"></video>

## Дані

`<a href=\"/ua/\">`

[^1]: Примітка.
-- content/ua/talks/hall.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>
-- content/ua/before.md --
+++
title = 'Раніше'
date = 2025-12-18T20:31:00
+++
-- static/film.mp4 --
-- static/pictures/table.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"900\"/>
";

#[test]
fn a_whole_text_has_absolute_links_and_pictures() {
    let site = site_with("content = 'full'", WHOLE);
    site.edit("site.toml", "https://news.example.org", "https://news.example.org/herald");
    site.build(&[]).succeeded();
    let json = items(&site.page("/ua/feed.json").html);
    let html = json[0]["content_html"].as_str().unwrap();
    insta::assert_snapshot!(html, @r#"
    <p>Про це <a href="https://news.example.org/herald/ua/before/">писали</a> і&nbsp;<a href="https://news.example.org/herald/ua/talks/#dani">тут</a>.<sup class="footnote-reference"><a href="https://news.example.org/herald/ua/talks/#fn:1" id="fnref:1" role="doc-noteref">1</a></sup> А&nbsp;ще <a href="https://example.org/a?b&amp;c" rel="noopener">на&nbsp;порталі</a>.</p>
    <figure>
    <img src="https://news.example.org/herald/ua/talks/hall.svg" alt="Зала" width="4" height="3" loading="lazy" decoding="async">
    </figure>
    <p><video src="https://news.example.org/herald/film.mp4" poster="https://news.example.org/herald/pictures/table.svg"></video></p>
    <h2 id="dani">Дані</h2>
    <p><code>&lt;a href="/ua/"&gt;</code></p>
    <section class="footnotes" aria-label="Примітки">
    <ol>
    <li id="fn:1">
    <p>Примітка. <a class="footnote-back" href="https://news.example.org/herald/ua/talks/#fnref:1" aria-label="Назад до тексту 1">↩︎</a></p>
    </li>
    </ol>
    </section>
    "#);
    assert_eq!(texts(&site.page("/ua/rss.xml").html, "encoded")[0], html);
    let xml = site.page("/ua/atom.xml").html;
    assert!(texts(&xml, "content").iter().any(|text| text == html), "{xml}");
}

#[test]
fn a_mistake_in_a_text_is_reported_once_though_it_stands_in_many_feeds() {
    let site = site_with("content = 'full'\nsection = ['rss', 'atom']", TALKS);
    site.edit("content/ua/2025/12/talks.md", "Текст.", "[Тут](nothing.md) і [там](x:y).");
    let problems = site.build(&[]);
    assert_eq!(problems.stderr.matches("broken-link").count(), 1, "{}", problems.stderr);
    assert_eq!(problems.stderr.matches("link-scheme").count(), 1, "{}", problems.stderr);
}

#[test]
fn whatever_a_headline_says_a_feed_is_well_formed() {
    let site = site(
        r#"
-- content/ua/a.md --
+++
title = "]]> </script> & <b> \u0001\u001B\uFFFF 👩‍🚒 \u202E \" '"
summary = "]]> <!-- &amp; \u000B"
date = 2025-12-01
tags = ["<&\u0002>"]
authors = ["]]>\u0003"]
+++
"#,
    );
    site.build(&[]).succeeded();
    for path in ["/ua/atom.xml", "/ua/rss.xml"] {
        let title = texts(&site.page(path).html, "title").pop().unwrap();
        assert!(title.starts_with("]]> </script> & <b> "), "{title}");
        assert!(
            !title.contains(['\u{1}', '\u{1b}', '\u{ffff}']) && title.contains("👩‍🚒"),
            "{title}"
        );
    }
    let item = &items(&site.page("/ua/feed.json").html)[0];
    assert!(item["title"].as_str().unwrap().contains("\u{1}\u{1b}\u{ffff}"), "{item}");
}

#[test]
fn two_lists_at_one_address_are_reported_without_their_feeds() {
    let site = site(TALKS);
    site.edit("content/tags.toml", "slug = \"florida\"", "slug = \"peace-talks\"");
    let problems = site.build(&[]).problems(1).to_owned();
    assert_eq!(problems.matches("url-conflict").count(), 1, "{problems}");
}

#[test]
fn an_address_of_a_feed_belongs_to_it() {
    let site = site(TALKS);
    site.put("static/ua/atom.xml", "<feed/>");
    insta::assert_snapshot!(site.build(&[]).problems(1), @r"
    error[url-conflict]: two things claim the URL `/ua/atom.xml`
    --> static/ua/atom.xml
     = note: claimed by this file
    ::: site.toml
     = note: claimed by the feed `/ua/atom.xml`
     = help: rename the file, or remove it

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn what_feeds_cannot_be_is_said() {
    let settings =
        "limit = 0\ncontent = 'all'\nhub = 'pubsubhubbub'\ntag = ['atm', 'xml']\nlanguages = []";
    insta::assert_snapshot!(site_with(settings, "").build(&[]).problems(1), @r"
    error[bad-feeds]: `feeds.limit` must be from 1 to 500
      --> site.toml:26:9
       |
    26 | limit = 0
       |         ^
       |
       = help: 50 is usual; `feeds.enabled = false` switches feeds off

    error[bad-choice]: `feeds.content` cannot be `all`
      --> site.toml:27:11
       |
    27 | content = 'all'
       |           ^^^^^
       |
       = help: use `summary` or `full`

    error[bad-feeds]: `pubsubhubbub` in `feeds.hub` is not the address of a hub
      --> site.toml:28:7
       |
    28 | hub = 'pubsubhubbub'
       |       ^^^^^^^^^^^^^^
       |
       = help: write its whole address, such as `https://pubsubhubbub.appspot.com/`, or remove `hub`

    error[bad-feeds]: there are no feeds in the format `atm`
      --> site.toml:29:8
       |
    29 | tag = ['atm', 'xml']
       |        ^^^^^
       |
       = help: did you mean `atom`?

    error[bad-feeds]: there are no feeds in the format `xml`
      --> site.toml:29:15
       |
    29 | tag = ['atm', 'xml']
       |               ^^^^^
       |
       = help: the formats are `atom`, `rss` and `json`

    warning[unknown-key]: unknown key `feeds.languages`
      --> site.toml:30:1
       |
    30 | languages = []
       | ^^^^^^^^^
       |
       = help: did you mean `language`?

    Nothing was published: 5 errors, 1 warning.
    ");
}
