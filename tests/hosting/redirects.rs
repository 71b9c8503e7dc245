//! Old addresses in the form that each host reads.

use insta::assert_snapshot;

use crate::site_with;
use crate::support::TestSite;

/// A published file without the lines of comment at its beginning.
fn rules(site: &TestSite, path: &str) -> String {
    site.build(&[]).succeeded();
    let text = site.text(&format!("public/{path}"));
    text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n")
}

fn has_page(site: &TestSite, path: &str) -> bool {
    site.published().contains(&format!("{path}/index.html"))
}

#[test]
fn old_addresses_are_pages_unless_another_form_is_asked_for() {
    let site = site_with("");
    site.build(&[]).succeeded();
    assert!(has_page(&site, "news/12345"));
    for path in ["_redirects", "_headers", ".htaccess", "redirects.json", "_nginx/http.conf"] {
        assert!(!site.published().contains(&path.to_owned()), "{path}");
    }
    assert_snapshot!(site.page("/news/12345/").html, @r#"
    <!doctype html>
    <html lang="uk">
    <head>
    <meta charset="utf-8">
    <title>Перемовини</title>
    <link rel="canonical" href="https://news.example.org/ua/talks/">
    <meta name="robots" content="noindex">
    <meta http-equiv="refresh" content="0; url=/ua/talks/">
    </head>
    <body>
    <p><a href="/ua/talks/">Перемовини</a></p>
    </body>
    </html>
    "#);
}

#[test]
fn netlify_reads_encoded_addresses_and_the_404_page_of_each_language() {
    let site = site_with("redirects.formats = ['netlify']");
    assert_snapshot!(rules(&site, "_redirects"), @r"
    /a/b'c&d/ /ua/talks/ 301
    /news/12345/ /ua/talks/ 301
    /old.html /ua/talks/ 301
    /price/ /en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/ 301
    /%D1%81%D1%82%D0%B0%D1%80%D0%B5/$x;%7By%7D/ /ua/talks/ 301
    /ua/* /ua/404.html 404
    /en/* /en/404.html 404
    /ru/* /ru/404.html 404
    ");
    assert!(!has_page(&site, "news/12345"), "a page would hide the redirect");
}

#[test]
fn netlify_is_forced_to_redirect_where_there_are_pages_too() {
    let site = site_with("redirects.formats = ['netlify', 'html']");
    assert!(rules(&site, "_redirects").contains("/news/12345/ /ua/talks/ 301!\n"));
    assert!(has_page(&site, "news/12345"));
}

#[test]
fn cloudflare_wants_a_folder_with_and_without_its_slash() {
    let site = site_with("redirects.formats = ['cloudflare']");
    assert_snapshot!(rules(&site, "_redirects"), @r"
    /a/b'c&d/ /ua/talks/ 301
    /a/b'c&d /ua/talks/ 301
    /news/12345/ /ua/talks/ 301
    /news/12345 /ua/talks/ 301
    /old.html /ua/talks/ 301
    /price/ /en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/ 301
    /price /en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/ 301
    /%D1%81%D1%82%D0%B0%D1%80%D0%B5/$x;%7By%7D/ /ua/talks/ 301
    /%D1%81%D1%82%D0%B0%D1%80%D0%B5/$x;%7By%7D /ua/talks/ 301
    ");
}

#[test]
fn gitlab_compares_decoded_addresses() {
    let site = site_with("redirects.formats = 'gitlab'");
    assert_snapshot!(rules(&site, "_redirects"), @r"
    /a/b'c&d/ /ua/talks/ 301
    /news/12345/ /ua/talks/ 301
    /old.html /ua/talks/ 301
    /price/ /en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/ 301
    /старе/$x;{y}/ /ua/talks/ 301
    ");
}

#[test]
fn nginx_has_a_map_of_decoded_addresses() {
    let site = site_with("redirects.formats = ['nginx']");
    let text = rules(&site, "_nginx/http.conf");
    assert_snapshot!(text.split("\n\n").next().unwrap(), @r#"
    map $uri $visti_news_example_org_moved {
        default "";
        "/a/b'c&d/" "/ua/talks/";
        "/a/b'c&d" "/ua/talks/";
        "/news/12345/" "/ua/talks/";
        "/news/12345" "/ua/talks/";
        "/old.html" "/ua/talks/";
        "/price/" "/en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/";
        "/price" "/en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/";
        "/старе/$x;{y}/" "/ua/talks/";
        "/старе/$x;{y}" "/ua/talks/";
    }
    "#);
}

#[test]
fn apache_has_rules_of_which_nothing_is_a_pattern() {
    let site = site_with("redirects.formats = ['apache']");
    let text = rules(&site, ".htaccess");
    let text = text.split_once("<IfModule mod_rewrite.c>").unwrap().1;
    assert_snapshot!(text.split("</IfModule>").next().unwrap(), @r#"
    RewriteEngine On
    RewriteRule "^a/b\'c\&d/?$" "/ua/talks/" [R=301,L,NE]
    RewriteRule "^news/12345/?$" "/ua/talks/" [R=301,L,NE]
    RewriteRule "^old\.html$" "/ua/talks/" [R=301,L,NE]
    RewriteRule "^price/?$" "/en/\%D1\%86\%D1\%96\%D0\%BD\%D0\%B0-\$1;\%7B2\%7D/" [R=301,L,NE]
    RewriteRule "^старе/\$x\;\{y\}/?$" "/ua/talks/" [R=301,L,NE]
    "#);
}

#[test]
fn programs_read_a_list() {
    let site = site_with("redirects.formats = ['json']");
    assert_snapshot!(rules(&site, "redirects.json"), @r#"
    [
    {"from":"/a/b%27c%26d/","to":"/ua/talks/"},
    {"from":"/news/12345/","to":"/ua/talks/"},
    {"from":"/old.html","to":"/ua/talks/"},
    {"from":"/price/","to":"/en/%D1%86%D1%96%D0%BD%D0%B0-$1;%7B2%7D/"},
    {"from":"/%D1%81%D1%82%D0%B0%D1%80%D0%B5/$x;%7By%7D/","to":"/ua/talks/"}
    ]
    "#);
}

#[test]
fn a_site_in_a_folder_of_its_host_has_the_folder_in_all_addresses() {
    let site = site_with("redirects.formats = ['netlify', 'nginx', 'apache', 'json']");
    site.edit("site.toml", "news.example.org", "example.org/вісник");
    assert_snapshot!(rules(&site, "_redirects"), @r"
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/a/b'c&d/ /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/talks/ 301
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/news/12345/ /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/talks/ 301
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/old.html /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/talks/ 301
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/price/ /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/en/%D1%86%D1%96%D0%BD%D0%B0-%241;%7B2%7D/ 301
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/%D1%81%D1%82%D0%B0%D1%80%D0%B5/$x;%7By%7D/ /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/talks/ 301
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/* /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/404.html 404
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/en/* /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/en/404.html 404
    /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ru/* /%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ru/404.html 404
    ");
    let nginx = site.text("public/_nginx/http.conf");
    let to = "\"/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/ua/talks/\";";
    assert!(nginx.contains(&format!("    \"/вісник/news/12345/\" {to}\n")), "{nginx}");
    let apache = site.text("public/.htaccess");
    let to = to.trim_end_matches(';').replace('%', "\\%");
    assert!(apache.contains(&format!("RewriteRule \"^news/12345/?$\" {to} ")), "{apache}");
}

#[test]
fn several_forms_are_made_at_once() {
    let site = site_with("redirects.formats = ['json', 'nginx', 'html', 'apache']");
    site.build(&[]).succeeded();
    for path in ["redirects.json", "_nginx/http.conf", ".htaccess", "news/12345/index.html"] {
        assert!(site.published().contains(&path.to_owned()), "{path}");
    }
}

#[test]
fn naming_the_host_is_enough() {
    for (host, file) in [
        ("netlify", "_redirects"),
        ("cloudflare-pages", "_redirects"),
        ("gitlab-pages", "_redirects"),
        ("nginx", "_nginx/http.conf"),
        ("apache", ".htaccess"),
        ("github-pages", "news/12345/index.html"),
        ("s3", "news/12345/index.html"),
        ("other", "news/12345/index.html"),
    ] {
        let site = site_with(&format!("output.host = '{host}'"));
        site.build(&[]).succeeded();
        let published = site.published();
        assert!(published.contains(&file.to_owned()), "{host}: {published:?}");
        assert_eq!(has_page(&site, "news/12345"), file.ends_with(".html"), "{host}");
    }
}

#[test]
fn a_file_of_the_newsrooms_own_replaces_the_one_that_is_made() {
    let site = site_with("redirects.formats = ['netlify', 'apache']");
    site.put("static/_redirects", "/a /b\n");
    site.put("static/.htaccess", "# own\n");
    site.build(&[]).succeeded();
    assert_eq!(site.text("public/_redirects"), "/a /b\n");
    assert_eq!(site.text("public/.htaccess"), "# own\n");
}

#[test]
fn an_old_address_of_an_edition_that_is_not_public_leads_nowhere() {
    let site = site_with("redirects.formats = ['json']");
    site.edit("content/ua/talks.md", "date =", "draft = true\ndate =");
    assert_snapshot!(rules(&site, "redirects.json"), @r#"
    [
    {"from":"/price/","to":"/en/%D1%86%D1%96%D0%BD%D0%B0-$1;%7B2%7D/"}
    ]
    "#);
}

#[test]
fn a_link_to_an_old_address_leads_to_the_new_one() {
    for formats in ["html", "nginx"] {
        let site = site_with(&format!("redirects.formats = '{formats}'"));
        site.put(
            "content/ua/link.md",
            "+++\ntitle = 'Посилання'\ndate = 2025-12-02\n+++\n[Ціна](/price/#x)\n",
        );
        site.build(&[]).succeeded();
        let links = site.page("/ua/link/").attributes(".text a", "href");
        assert_eq!(links, ["/en/%D1%86%D1%96%D0%BD%D0%B0-$1;%7B2%7D/#x"], "{formats}");
    }
}

#[test]
fn a_new_alias_changes_the_file_and_another_article_does_not() {
    let site = site_with("redirects.formats = ['netlify']");
    let before = rules(&site, "_redirects");
    site.put("content/ua/other.md", "+++\ntitle = 'Інше'\ndate = 2025-12-03\n+++\n");
    assert_eq!(rules(&site, "_redirects"), before);
    site.edit("content/ua/other.md", "date", "aliases = '/x'\ndate");
    assert!(rules(&site, "_redirects").contains("/x/ /ua/other/ 301"));
    site.edit("content/ua/other.md", "date", "slug = 'new'\ndate");
    assert!(rules(&site, "_redirects").contains("/x/ /ua/new/ 301"));
}
