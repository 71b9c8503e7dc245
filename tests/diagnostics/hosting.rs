//! What is wrong with what `site.toml` says of hosts, and what hosts will not take.

use insta::assert_snapshot;

use crate::support::TestSite;

/// A site with more in its `site.toml`.
fn site_with(settings: &str) -> TestSite {
    let site = TestSite::new("");
    site.edit("site.toml", "[languages.ua]", &format!("{settings}\n[languages.ua]"));
    site
}

/// What is said of such a site, when that is an error.
#[track_caller]
fn errors_with(settings: &str) -> String {
    site_with(settings).build(&[]).problems(1).to_owned()
}

/// A story with so many old addresses, each as long as `padding` makes it.
fn put_aliases(site: &TestSite, n: usize, padding: &str) {
    let aliases: Vec<String> = (0..n).map(|n| format!("'/news/{n}{padding}/'")).collect();
    let aliases = aliases.join(", ");
    site.put(
        "content/ua/old.md",
        format!("+++\ntitle = 'Стара'\ndate = 2025-12-01\naliases = [{aliases}]\n+++\n"),
    );
}

#[test]
fn hosts_and_forms_that_nobody_knows() {
    let settings = "output.host = 'netlfy'
redirects.formats = ['html', 'ngnix', 'web.config', 'netlify', 'cloudflare']";
    assert_snapshot!(errors_with(settings), @r"
    error[bad-choice]: `output.host` cannot be `netlfy`
     --> site.toml:7:15
      |
    7 | output.host = 'netlfy'
      |               ^^^^^^^^
      |
      = help: use `other` or `netlify` or `cloudflare-pages` or `github-pages` or `gitlab-pages` or `nginx` or `apache` or `s3`

    error[bad-redirects]: old addresses cannot become `ngnix`
     --> site.toml:8:30
      |
    8 | redirects.formats = ['html', 'ngnix', 'web.config', 'netlify', 'cloudflare']
      |                              ^^^^^^^
      |
      = help: did you mean `nginx`?

    error[bad-redirects]: old addresses cannot become `web.config`
     --> site.toml:8:39
      |
    8 | redirects.formats = ['html', 'ngnix', 'web.config', 'netlify', 'cloudflare']
      |                                       ^^^^^^^^^^^^
      |
      = help: use one or more of `html`, `netlify`, `cloudflare`, `gitlab`, `nginx`, `apache`, `json`

    error[bad-redirects]: `cloudflare` is the second form of the one file `/_redirects`
     --> site.toml:8:64
      |
    8 | redirects.formats = ['html', 'ngnix', 'web.config', 'netlify', 'cloudflare']
      |                                                                ^^^^^^^^^^^^
      |
      = help: name the host at which the site stands; for two hosts, build twice

    Nothing was published: 4 errors, 0 warnings.
    ");
}

#[test]
fn headers_that_cannot_be() {
    let settings = "[headers]
referrer_policy = 'never'
permissions_policy = \"камера=()\"
hsts_days = -1
page_seconds = 'short'
[headers.csp]
script-src = [\"https://a.example; script-src *\", '']
skript-src = 'https://a.example'
";
    assert_snapshot!(errors_with(settings), @r#"
    error[bad-choice]: `headers.referrer_policy` cannot be `never`
     --> site.toml:8:19
      |
    8 | referrer_policy = 'never'
      |                   ^^^^^^^
      |
      = help: use `strict-origin-when-cross-origin` or `no-referrer` or `no-referrer-when-downgrade` or `origin` or `origin-when-cross-origin` or `same-origin` or `strict-origin` or `unsafe-url`

    error[bad-header]: `headers.permissions_policy` has a character that a header cannot have
     --> site.toml:9:22
      |
    9 | permissions_policy = "камера=()"
      |                      ^^^^^^^^^^^
      |
      = help: write it as `camera=(), geolocation=(), microphone=()`

    error[bad-header]: `headers.hsts_days` must be 0 or more
      --> site.toml:10:13
       |
    10 | hsts_days = -1
       |             ^^
       |
       = help: 365 is usual

    error[wrong-type]: `headers.page_seconds` must be a whole number, not a text
      --> site.toml:11:16
       |
    11 | page_seconds = 'short'
       |                ^^^^^^^
       |
       = help: write it without quotes

    error[bad-header]: `https://a.example; script-src *` is no source of a policy
      --> site.toml:13:15
       |
    13 | script-src = ["https://a.example; script-src *", '']
       |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write one source, such as `https://www.youtube.com`, between the quotes

    error[bad-header]: `` is no source of a policy
      --> site.toml:13:50
       |
    13 | script-src = ["https://a.example; script-src *", '']
       |                                                  ^^
       |
       = help: write one source, such as `https://www.youtube.com`, between the quotes

    warning[unknown-key]: unknown key `headers.csp.skript-src`
      --> site.toml:14:1
       |
    14 | skript-src = 'https://a.example'
       | ^^^^^^^^^^
       |
       = help: did you mean `script-src`?

    Nothing was published: 6 errors, 1 warning.
    "#);
}

#[test]
fn more_redirects_than_cloudflare_reads() {
    let site = site_with("output.host = 'cloudflare-pages'");
    put_aliases(&site, 1_000, "");
    assert_eq!(site.build(&[]).problems(0), "");
    put_aliases(&site, 1_001, "");
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[host-limit]: `/_redirects` has 2002 rules, of which Cloudflare reads 2000
     --> site.toml:7:15
      |
    7 | output.host = 'cloudflare-pages'
      |               ^^^^^^^^^^^^^^^^^^
      |
      = help: let `formats` of `[redirects]` have `html` instead, or remove the oldest `aliases`
    ");
    assert!(site.build(&[]).problems(0).contains("host-limit"), "said again as long as it is so");
    site.build(&["--strict"]).problems(1);
}

#[test]
fn a_redirect_longer_than_cloudflare_reads() {
    let site = site_with("redirects.formats = ['cloudflare', 'json']");
    put_aliases(&site, 1, &"ї".repeat(120));
    assert_eq!(site.build(&[]).problems(0), "");
    put_aliases(&site, 1, &"ї".repeat(170));
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[host-limit]: a rule of `/_redirects` is longer than the 1000 characters that Cloudflare reads: `/news/0%D1%97%D1%97%D1%97%D1%97%D1%97%D1%97%D1%97%D1%97%D1%9…`
     --> site.toml:7:21
      |
    7 | redirects.formats = ['cloudflare', 'json']
      |                     ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: let `formats` of `[redirects]` have `html` instead, or remove the oldest `aliases`
    ");
}

#[test]
fn more_redirects_than_gitlab_reads() {
    let site = site_with("output.host = 'gitlab-pages'");
    put_aliases(&site, 1_001, &"z".repeat(40));
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[host-limit]: `/_redirects` has 1001 rules, of which GitLab reads 1000
     --> site.toml:7:15
      |
    7 | output.host = 'gitlab-pages'
      |               ^^^^^^^^^^^^^^
      |
      = help: let `formats` of `[redirects]` have `html` instead, or remove the oldest `aliases`
    ");
}

#[test]
fn more_headers_than_cloudflare_reads() {
    let site = site_with("output.host = 'cloudflare-pages'");
    for n in 0..100 {
        site.put(&format!("static/{n}.css"), format!("p {{ margin: {n}px }}\n"));
    }
    let scripts: String = (0..40).map(|n| format!("<script>f({n})</script>\n")).collect();
    site.put("templates/hooks/head.html", scripts);
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[host-limit]: `/_headers` has 101 rules, of which Cloudflare reads 100
     --> site.toml:7:15
      |
    7 | output.host = 'cloudflare-pages'
      |               ^^^^^^^^^^^^^^^^^^
      |
      = help: put style sheets and scripts into fewer files

    warning[host-limit]: a line of `/_headers` is longer than the 2000 characters that Cloudflare reads
     --> site.toml:7:15
      |
    7 | output.host = 'cloudflare-pages'
      |               ^^^^^^^^^^^^^^^^^^
      |
      = help: move scripts from templates to files in `static/`, or shorten `[headers.csp]`
    ");
}

#[test]
fn files_on_request_that_cannot_be() {
    let settings = "[output]
cname = 'www.news.example.org'
icon = ['/a.png', '/b.png', '/favicon.ico', '/c.svg']
nojekyll = 'yes'
[output.manifest]
theme_color = 'red'
background_color = '#12'
display = 'app'
[output.security_txt]
contact = ['security@news.example.org', 'ftp://example.org', 'mailto:a b@example.org']
policy = 'http://example.org'
";
    assert_snapshot!(errors_with(settings), @r"
    error[bad-output]: `output.cname` is another host than that of `base_url`, `news.example.org`
     --> site.toml:8:9
      |
    8 | cname = 'www.news.example.org'
      |         ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `cname = true`

    error[bad-output]: one picture and one drawing are enough for all icons
     --> site.toml:9:19
      |
    9 | icon = ['/a.png', '/b.png', '/favicon.ico', '/c.svg']
      |                   ^^^^^^^^
      |
      = help: remove the others

    error[bad-output]: icons cannot be made of `/favicon.ico`
     --> site.toml:9:29
      |
    9 | icon = ['/a.png', '/b.png', '/favicon.ico', '/c.svg']
      |                             ^^^^^^^^^^^^^^
      |
      = help: name a square picture of 512 dots or more in `static/`: a PNG, JPEG or WebP, or an SVG, which is shown as it is

    error[wrong-type]: `output.nojekyll` must be true or false, not a text
      --> site.toml:10:12
       |
    10 | nojekyll = 'yes'
       |            ^^^^^
       |
       = help: write `nojekyll = true`

    error[bad-output]: `red` is no colour
      --> site.toml:12:15
       |
    12 | theme_color = 'red'
       |               ^^^^^
       |
       = help: write it as `#b00020`

    error[bad-output]: `#12` is no colour
      --> site.toml:13:20
       |
    13 | background_color = '#12'
       |                    ^^^^^
       |
       = help: write it as `#b00020`

    error[bad-choice]: `output.manifest.display` cannot be `app`
      --> site.toml:14:11
       |
    14 | display = 'app'
       |           ^^^^^
       |
       = help: use `browser` or `minimal-ui` or `standalone` or `fullscreen`

    error[missing-key]: `output.security_txt.expires` is missing
      --> site.toml:15:1
       |
    15 | [output.security_txt]
       | ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write until when it holds, less than a year ahead

    error[bad-output]: `security@news.example.org` is no address of `Contact`
      --> site.toml:16:12
       |
    16 | contact = ['security@news.example.org', 'ftp://example.org', 'mailto:a b@example.org']
       |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write `mailto:security@news.example.org`

    error[bad-output]: `ftp://example.org` is no address of `Contact`
      --> site.toml:16:41
       |
    16 | contact = ['security@news.example.org', 'ftp://example.org', 'mailto:a b@example.org']
       |                                         ^^^^^^^^^^^^^^^^^^^
       |
       = help: begin it with `mailto:` or `https://` or `tel:`

    error[bad-output]: `mailto:a b@example.org` is no address of `Contact`
      --> site.toml:16:62
       |
    16 | contact = ['security@news.example.org', 'ftp://example.org', 'mailto:a b@example.org']
       |                                                              ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: begin it with `mailto:` or `https://` or `tel:`

    error[bad-output]: `http://example.org` is no address of `Policy`
      --> site.toml:17:10
       |
    17 | policy = 'http://example.org'
       |          ^^^^^^^^^^^^^^^^^^^^
       |
       = help: begin it with `https://`

    Nothing was published: 12 errors, 0 warnings.
    ");
}

#[test]
fn icons_that_are_not_there() {
    let site = site_with("output.icon = ['/ikon.png', '/drawing.svg']");
    site.put("static/icon.png", "");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[bad-icon]: icons cannot be made of this picture: No such file or directory (os error 2)
     --> site.toml:7:16
      |
    7 | output.icon = ['/ikon.png', '/drawing.svg']
      |                ^^^^^^^^^^^
      |
      = help: save it again as PNG

    error[missing-picture]: the icon `/ikon.png` does not exist
     --> site.toml:7:16
      |
    7 | output.icon = ['/ikon.png', '/drawing.svg']
      |                ^^^^^^^^^^^
      |
      = help: did you mean `/icon.png`?

    error[missing-picture]: the icon `/drawing.svg` does not exist
     --> site.toml:7:29
      |
    7 | output.icon = ['/ikon.png', '/drawing.svg']
      |                             ^^^^^^^^^^^^^^
      |
      = help: put it into `static/`, and write its path there

    Nothing was published: 3 errors, 0 warnings.
    ");
}

#[test]
fn a_domain_of_ones_own_has_no_folder() {
    let site = site_with("output.cname = true");
    site.edit("site.toml", "news.example.org", "example.org/herald");
    assert_snapshot!(site.build(&[]).problems(1), @r#"
    error[bad-output]: a host of one's own has neither a port nor a folder in `base_url`
     --> site.toml:7:16
      |
    7 | output.cname = true
      |                ^^^^
      |
      = help: write `base_url = "https://news.example.org"`

    Nothing was published: 1 error, 0 warnings.
    "#);
}

/// A white picture.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::GrayImage::from_pixel(width, height, image::Luma([255]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a Vec takes everything");
    bytes.into_inner()
}

#[test]
fn pictures_that_icons_cannot_be_made_of() {
    let site = site_with("output.icon = '/icon.png'");
    site.put("static/icon.png", "not a picture");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[bad-icon]: icons cannot be made of this picture: Format error decoding Png: Invalid PNG signature.
     --> site.toml:7:15
      |
    7 | output.icon = '/icon.png'
      |               ^^^^^^^^^^^
      |
      = help: save it again as PNG

    Nothing was published: 1 error, 0 warnings.
    ");
    site.put("static/icon.png", picture(600, 400));
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[bad-icon]: the icon must be square, and is 600 by 400 dots
     --> site.toml:7:15
      |
    7 | output.icon = '/icon.png'
      |               ^^^^^^^^^^^
      |
      = help: cut it, or add a margin

    Nothing was published: 1 error, 0 warnings.
    ");
    site.put("static/icon.png", picture(5000, 5000));
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[bad-icon]: icons cannot be made of this picture: Image size exceeds limit
     --> site.toml:7:15
      |
    7 | output.icon = '/icon.png'
      |               ^^^^^^^^^^^
      |
      = help: save it again as PNG

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_eq!(site.published(), [""; 0]);
    site.put("static/icon.png", picture(64, 64));
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[small-icon]: the icon is only 64 dots wide, and will be blurred
     --> site.toml:7:15
      |
    7 | output.icon = '/icon.png'
      |               ^^^^^^^^^^^
      |
      = help: draw it 512 dots wide or more
    ");
    assert!(site.build(&[]).problems(0).contains("small-icon"), "as long as it is so");
}

#[test]
fn more_and_larger_files_than_cloudflare_takes() {
    let site = site_with("output.host = 'cloudflare-pages'");
    site.put("static/film.mp4", vec![0; 25 * 1024 * 1024]);
    assert_eq!(site.build(&[]).problems(0), "");
    site.put("static/film.mp4", vec![0; 25 * 1024 * 1024 + 1]);
    for n in 0..20_000 {
        site.put(&format!("static/data/{n}.txt"), "");
    }
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[host-limit]: the site has 20031 files, and Cloudflare takes 20000 for free
     --> site.toml:7:15
      |
    7 | output.host = 'cloudflare-pages'
      |               ^^^^^^^^^^^^^^^^^^
      |
      = help: take a paid plan, or another host; switch kinds of pages off in `[urls]`

    warning[host-limit]: this file is larger than the 25 MiB that Cloudflare takes
    --> static/film.mp4
     = help: make it smaller, or keep it elsewhere and link to it
    ");
    assert_eq!(site.build(&[]).problems(0).matches("host-limit").count(), 2, "as long as it is so");
}
