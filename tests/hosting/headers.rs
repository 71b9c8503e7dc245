//! What browsers are told beside the pages.

use insta::assert_snapshot;

use crate::support::TestSite;
use crate::{add_settings, site_with};

/// `/_headers` as rules: a path and its headers.
fn parsed(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("  ") {
            None => rules.push((line.to_owned(), Vec::new())),
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    rules
}

/// The content security policy, by directive.
fn policy(site: &TestSite) -> Vec<String> {
    let rules = parsed(&site.text("public/_headers"));
    let headers = &rules[0].1;
    let policy = headers.iter().find(|(name, _)| name == "Content-Security-Policy");
    policy.map_or(Vec::new(), |(_, value)| value.split("; ").map(str::to_owned).collect())
}

#[test]
fn headers_of_a_site_on_netlify() {
    let site = site_with("[output]\nhost = 'netlify'\n[headers]\nhsts_days = 365");
    site.put("static/css/main.css", "p { margin: 0 }\n");
    site.build(&[]).succeeded();
    assert_snapshot!(site.text("public/_headers"), @r"
    # Made by Visti from site.toml and the aliases of articles. What is written here by hand is lost;
    # a file of this name in static/ replaces it.
    /*
      Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: https:; media-src 'self' https:; object-src 'none'; base-uri 'self'; frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com https://t.me; form-action 'self'; frame-ancestors 'self'; upgrade-insecure-requests
      Permissions-Policy: camera=(), geolocation=(), microphone=()
      Referrer-Policy: strict-origin-when-cross-origin
      Strict-Transport-Security: max-age=31536000
      X-Content-Type-Options: nosniff
    /css/main.dd632fd5.css
      Cache-Control: public, max-age=31536000, immutable
    ");
}

#[test]
fn what_is_told_can_be_changed() {
    let site = site_with(
        "[output]
host = 'cloudflare-pages'
[headers]
referrer_policy = 'no-referrer'
permissions_policy = ''
[headers.csp]
script-src = ['https://plausible.io']
frame-src = ['https://maps.example.com']
connect-src = ['https://plausible.io']
object-src = [\"'self'\"]
",
    );
    site.build(&[]).succeeded();
    let text = site.text("public/_headers");
    assert!(text.contains("\n  Referrer-Policy: no-referrer\n"), "{text}");
    assert!(!text.contains("Permissions-Policy"), "{text}");
    assert_snapshot!(policy(&site).join("\n"), @r"
    default-src 'self'
    script-src 'self' https://plausible.io
    style-src 'self'
    style-src-attr 'unsafe-inline'
    img-src 'self' data: https:
    media-src 'self' https:
    object-src 'self'
    base-uri 'self'
    frame-src 'self' https://www.youtube-nocookie.com https://player.vimeo.com https://t.me https://maps.example.com
    form-action 'self'
    frame-ancestors 'self'
    connect-src 'self' https://plausible.io
    upgrade-insecure-requests
    ");
}

#[test]
fn without_a_policy_there_is_none_and_plain_http_asks_for_no_https() {
    let site = site_with("output.host = 'netlify'\nheaders = { csp = false, hsts_days = 1 }");
    site.edit("site.toml", "https://", "http://");
    site.build(&[]).succeeded();
    assert_eq!(policy(&site), [""; 0]);
    assert!(!site.text("public/_headers").contains("Strict-Transport-Security"));
}

/// The SHA-256 of a text as a policy names it, by another program.
fn sha256(text: &str) -> Option<String> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let script = "const c = require('crypto'), f = require('fs'); process.stdout.write(\
                  c.createHash('sha256').update(f.readFileSync(0)).digest('base64'))";
    let mut node = Command::new("node")
        .args(["-e", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    node.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = node.wait_with_output().ok()?;
    Some(format!("'sha256-{}'", String::from_utf8(output.stdout).ok()?))
}

#[test]
fn the_policy_allows_just_the_scripts_that_stand_in_pages() {
    let site = site_with("output.host = 'netlify'");
    site.put(
        "templates/hooks/head.html",
        "{# <script>no()</script> #}<script>\r\n  window.editions = 'три';\r\n</script>
<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\"}</script>
<style>p { color: red }</style>
",
    );
    site.build(&[]).succeeded();
    let page = site.page("/ua/talks/");
    let inner = |selector: &str| page.select(selector);
    let script = inner("script:not([type])");
    let script = script.strip_prefix("<script>").unwrap().strip_suffix("</script>").unwrap();
    let style = inner("style");
    let style = style.strip_prefix("<style>").unwrap().strip_suffix("</style>").unwrap();
    let policy = policy(&site);
    let Some(hash) = sha256(script) else {
        return crate::say("there is no Node.js here, so hashes are not compared");
    };
    assert_eq!(policy[1], format!("script-src 'self' {hash}"));
    assert_eq!(policy[2], format!("style-src 'self' {}", sha256(style).unwrap()));
}

#[test]
fn a_new_script_in_a_template_changes_the_policy() {
    let site = site_with("output.host = 'netlify'");
    site.put("templates/hooks/head.html", "<script>one()</script>\n");
    site.build(&[]).succeeded();
    let before = policy(&site);
    site.put("templates/hooks/head.html", "<script>two()</script>\n");
    site.build(&[]).succeeded();
    assert_ne!(policy(&site), before);
    site.put("static/app.js", "three();\n");
    site.build(&[]).succeeded();
    assert!(site.text("public/_headers").contains("\n/app."), "a fingerprinted name is new");
}

#[test]
fn what_the_policy_cannot_allow_is_said_at_its_place() {
    let site = site_with("output.host = 'nginx'");
    site.put(
        "templates/hooks/head.html",
        "<script>page = '{{ page.url }}';</script>
<style>{% if page.is_indexed %}p { color: red }{% endif %}</style>
<script src=\"https://cdn.example.com/x.js\"></script>
<link rel=\"stylesheet\" href=\"//fonts.example.com/a.css\">
",
    );
    site.put(
        "templates/hooks/body-end.html",
        "<button onclick=\"go()\">→</button><p style=\"color: red\">!</p>\n",
    );
    assert_snapshot!(site.build(&[]).problems(0), @r#"
    warning[csp-blocked]: browsers will not run `onclick`: the policy allows no code in attributes
     --> templates/hooks/body-end.html:1:9
      |
    1 | <button onclick="go()">→</button><p style="color: red">!</p>
      |         ^^^^^^^^^^^^^^
      |
      = help: listen for the event in a script of `static/`

    warning[csp-blocked]: browsers will ignore this script: it may differ from page to page, which a policy cannot allow
     --> templates/hooks/head.html:1:1
      |
    1 | <script>page = '{{ page.url }}';</script>
      | ^^^^^^^^
      |
      = help: move it to a file in `static/`, and what differs to `data-` attributes or classes

    warning[csp-blocked]: browsers will ignore this style sheet: it may differ from page to page, which a policy cannot allow
     --> templates/hooks/head.html:2:1
      |
    2 | <style>{% if page.is_indexed %}p { color: red }{% endif %}</style>
      | ^^^^^^^
      |
      = help: move it to a file in `static/`, and what differs to `data-` attributes or classes

    warning[csp-blocked]: browsers will not load this: the policy does not allow `https://cdn.example.com`
     --> templates/hooks/head.html:3:14
      |
    3 | <script src="https://cdn.example.com/x.js"></script>
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `script-src = ["https://cdn.example.com"]` below `[headers.csp]` in site.toml

    warning[csp-blocked]: browsers will not load this: the policy does not allow `https://fonts.example.com`
     --> templates/hooks/head.html:4:30
      |
    4 | <link rel="stylesheet" href="//fonts.example.com/a.css">
      |                              ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `style-src = ["https://fonts.example.com"]` below `[headers.csp]` in site.toml
    "#);
    add_settings(
        &site,
        "[headers.csp]\nscript-src = ['https://cdn.example.com']\nstyle-src = ['*.example.com']",
    );
    let run = site.build(&[]);
    assert!(!run.problems(0).contains("will not load"), "{}", run.stderr);
}

#[test]
fn nobody_is_warned_of_a_policy_that_there_is_not() {
    let site = site_with("");
    site.put("templates/hooks/head.html", "<script>page = '{{ page.url }}';</script>\n");
    assert_eq!(site.build(&[]).problems(0), "");
    add_settings(&site, "output.host = 'nginx'\nheaders.csp = false");
    assert_eq!(site.build(&[]).problems(0), "");
}

#[test]
fn the_theme_needs_nothing_that_the_policy_does_not_allow() {
    let site = TestSite::of_repository(&["site.toml", "content", "static", "templates"]);
    site.edit("site.toml", "host = \"other\"", "host = 'netlify'");
    site.edit("site.toml", "formats = [\"html\"]", "");
    site.build(&["--strict"]).succeeded();
    assert_eq!(policy(&site)[1..3], ["script-src 'self'", "style-src 'self'"]);
}
