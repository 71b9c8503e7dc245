//! Components in the text of articles, as the default theme shows them; and one that a web developer adds.

use crate::support::{Page, TestSite};

/// The default theme, the sample's sections and two stories.
fn themed() -> TestSite {
    let site = TestSite::of_repository(&["templates", "static", "site.toml"]);
    for name in ["sections", "tags", "authors"] {
        let file = format!("content/{name}.toml");
        site.copy_of_repository(&file, &file);
    }
    site.put(
        "content/ua/other.md",
        "+++\ntitle = 'Інше'\ndate = 2025-12-01\nsection = 'culture'\n+++\n",
    );
    site
}

fn put(site: &TestSite, text: &str) {
    let head = "+++\ntitle = 'Стаття'\ndate = 2025-12-02\nsection = 'culture'\n+++\n";
    site.put("content/ua/article.md", format!("{head}{text}\n"));
}

fn page(site: &TestSite) -> Page {
    site.build(&[]).succeeded();
    site.page("/ua/article/")
}

#[test]
fn no_argument_can_bring_markup_or_a_script_into_the_page() {
    let evil = r#"\"><script>alert(1)</script><img src=/pictures/fen-mist.jpg onerror=alert(1)>'"#;
    let site = themed();
    put(
        &site,
        &format!(
            r#"
```quote
person = "{evil}"
role = "{evil}"
+++
<img src=/pictures/fen-mist.jpg onerror=alert(1)> <a href="javascript:alert(1)">a</a> [b](javascript:alert(1)) <script>alert(1)</script>
```

```key-points
points = ["{evil}"]
```

```factbox
title = "{evil}"
+++
<svg onload=alert(1)>
```

```gallery
title = "{evil}"
pictures = [{{ src = "/pictures/fen-mist.jpg", alt = "{evil}", caption = "{evil}", credit = "{evil}" }}]
```

```timeline
title = "{evil}"
events = [{{ when = "{evil}", title = "{evil}", text = "{evil}" }}]
```

```table
caption = "{evil}"
source = "{evil}"
+++
<script>alert(1)</script>,b
"<img src=/pictures/fen-mist.jpg onerror=alert(1)>",c
```

```video
url = "https://youtu.be/aB3_-56789x"
title = "{evil}"
caption = "{evil}"
credit = "{evil}"
```

```video
file = "/pictures/fen-mist.jpg"
title = "{evil}"
```

```telegram
url = "https://t.me/visti_test/42"
author = "{evil}"
text = "{evil}"
```
"#
        ),
    );
    let page = page(&site);
    let in_text = |selector: &str| page.select(&format!(".text {selector}"));
    assert_eq!(in_text("script"), "");
    assert_eq!(in_text("svg"), "");
    let handlers = ["[onerror]", "[onload]", "[onclick]", "[href^=javascript]", "[src=x][onerror]"];
    for selector in handlers {
        assert_eq!(in_text(selector), "", "{selector}");
    }
    // Markdown may have pictures of its own; what stands in arguments became none.
    assert_eq!(
        page.attributes(".text figcaption img, .text caption img, .text h2 img", "src"),
        [""; 0]
    );
    assert_eq!(page.attributes(".text iframe", "src"), [""; 0]);
    assert_eq!(
        page.attributes("[data-embed]", "data-embed"),
        [
            "https://www.youtube-nocookie.com/embed/aB3_-56789x?autoplay=1",
            "https://t.me/visti_test/42?embed=1",
        ]
    );
}

#[test]
fn a_page_asks_nothing_of_other_websites() {
    let site = themed();
    put(
        &site,
        "https://youtu.be/aB3_-56789x\n\nhttps://vimeo.com/123456\n\nhttps://t.me/visti_test/42",
    );
    let page = page(&site);
    let loaded = [
        page.attributes("[src]", "src"),
        page.attributes("[poster]", "poster"),
        page.attributes("link[rel=stylesheet], link[rel=preload], link[rel=preconnect]", "href"),
    ];
    let elsewhere: Vec<String> = loaded
        .concat()
        .into_iter()
        .filter(|url| !url.starts_with('/') || url.starts_with("//"))
        .collect();
    assert_eq!(elsewhere, [""; 0]);
    assert_eq!(
        page.attributes(".text figure a", "href"),
        [
            "https://www.youtube.com/watch?v=aB3_-56789x",
            "https://vimeo.com/123456",
            "https://t.me/visti_test/42",
        ]
    );
}

#[test]
fn a_component_works_twice_on_a_page_and_on_standalone_pages() {
    let site = themed();
    let block =
        "```key-points\npoints = ['а', 'б']\n```\n\n```factbox\ntitle = 'в'\n+++\n## г\n```\n\n";
    put(&site, &block.repeat(2));
    site.put("content/ua/pages/about.md", format!("+++\ntitle = 'Про нас'\n+++\n{block}"));
    let page = page(&site);
    let mut ids = page.attributes("[id]", "id");
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:?}");
    let about = site.page("/ua/about/");
    assert_eq!(about.texts(".text .key-points li"), ["а", "б"]);
    let styles = about.attributes("link[rel=stylesheet]", "href");
    assert!(styles.iter().any(|url| url.starts_with("/components.")), "{styles:?}");
}

#[test]
fn a_web_developer_adds_a_component_by_adding_its_template() {
    let site = themed();
    let manual = TestSite::of_repository(&["docs/templates.md"]).text("docs/templates.md");
    let chapter = manual.split("\n### Components for articles\n").nth(1).unwrap();
    let example =
        |begin: &str, end: &str| chapter.split(begin).nth(1).unwrap().split(end).next().unwrap();
    site.put("templates/components/poll.html", example("```html\n", "```\n"));
    site.put("static/poll.css", ".poll { margin: 0 }");
    put(&site, example("````markdown\n", "````\n"));
    let page = page(&site);
    insta::assert_snapshot!(page.select(".poll"), @r#"
    <section class="poll">
    <h2>Will there be snow on Friday?</h2>
    <p>Yes</p>
    <p>No <b>three of us</b></p>
    <p>19 грудня 2025</p></section>
    "#);
    let styles = page.attributes("link[rel=stylesheet]", "href");
    assert!(styles.iter().any(|url| url.starts_with("/poll.")), "{styles:?}");
    assert!(!styles.iter().any(|url| url.starts_with("/components.")), "{styles:?}");
}

#[test]
fn the_examples_of_the_manual_work() {
    let site = TestSite::of_repository(&["templates", "static", "site.toml", "content"]);
    let manual = TestSite::of_repository(&["docs/components.md"]).text("docs/components.md");
    let examples: Vec<&str> = manual
        .split("````markdown\n")
        .skip(1)
        .map(|rest| rest.split("````").next().unwrap())
        .collect();
    assert_eq!(examples.len() % 3, 0, "the three languages have as many examples");
    assert!(examples.len() >= 3 * 8);
    for file in ["static/videos/rehearsal.mp4", "static/videos/rehearsal.vtt"] {
        site.put(file, "x");
    }
    site.put("static/pictures/rehearsal.jpg", site.tree("static")["pictures/fen-mist.jpg"].clone());
    for (language, name) in [("en", "story-of-the-second"), ("ua", "druhyi"), ("ru", "vtoroi")] {
        site.put(
            &format!("content/{language}/{name}.md"),
            "+++\ntitle = 'x'\ndate = 2025-12-01\nsection = 'culture'\n+++\n",
        );
    }
    let texts = examples.chunks(examples.len() / 3).zip(["en", "ua", "ru"]);
    for (text, language) in texts {
        let head = "+++\ntitle = 'Examples'\ndate = 2025-12-02\nsection = 'culture'\n+++\n";
        site.put(&format!("content/{language}/examples.md"), format!("{head}{}", text.join("\n")));
    }
    let run = site.build(&[]).succeeded();
    assert!(!run.stderr.contains("examples.md:"), "{}", run.stderr);
    for language in ["en", "ua", "ru"] {
        assert_eq!(site.page(&format!("/{language}/examples/")).select(".text pre"), "");
    }
}

#[test]
fn a_headline_in_read_also_follows_the_story() {
    let site = themed();
    put(&site, "```read-also\nstories = ['other']\n```");
    assert_eq!(page(&site).texts(".text .read-also a"), ["Інше"]);
    site.edit("content/ua/other.md", "'Інше'", "'Інакше'");
    assert_eq!(page(&site).texts(".text .read-also a"), ["Інакше"]);
}

#[test]
fn feeds_have_what_can_be_read_without_script_and_style_sheet() {
    let site = themed();
    site.edit("site.toml", "content = \"summary\"", "content = \"full\"");
    put(&site, "https://youtu.be/aB3_-56789x\n\n```read-also\nstories = ['other']\n```");
    site.build(&[]).succeeded();
    let feed = site.text("public/ua/atom.xml");
    let entry = feed.split("<entry>").find(|entry| entry.contains("Стаття")).unwrap();
    assert!(entry.contains("https://www.youtube.com/watch?v=aB3_-56789x"), "{entry}");
    assert!(entry.contains("https://news.example.org/ua/other/"), "{entry}");
    assert!(!entry.contains("button") && !entry.contains("iframe"), "{entry}");
}
