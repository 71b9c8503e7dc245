//! What `[output]` asks for: icons, the manifest, `security.txt`, `.nojekyll`, `CNAME`.

use image::{GenericImageView as _, ImageFormat, Rgba, RgbaImage};
use insta::assert_snapshot;

use crate::site_with;
use crate::support::TestSite;

/// A blue disc on nothing, with so many dots in width.
fn disc(side: u32, format: ImageFormat) -> Vec<u8> {
    let middle = f64::from(side - 1) / 2.0;
    let picture = RgbaImage::from_fn(side, side, |x, y| {
        let (x, y) = (f64::from(x) - middle, f64::from(y) - middle);
        let is_inside = x.hypot(y) < f64::from(side) * 0.45;
        if is_inside { Rgba([0, 0, 255, 255]) } else { Rgba([0, 0, 0, 0]) }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => {
            image::DynamicImage::from(picture).into_rgb8().write_to(&mut bytes, format).unwrap();
        }
        _ => picture.write_to(&mut bytes, format).unwrap(),
    }
    bytes.into_inner()
}

fn published_picture(site: &TestSite, path: &str) -> image::DynamicImage {
    image::open(site.root().join("public").join(path)).unwrap()
}

fn site_with_icon(settings: &str) -> TestSite {
    let site = site_with(settings);
    site.put("static/logo.png", disc(640, ImageFormat::Png));
    site
}

#[test]
fn nothing_is_made_that_was_not_asked_for() {
    let site = site_with("");
    site.build(&[]).succeeded();
    for path in [
        ".nojekyll",
        "CNAME",
        ".well-known/security.txt",
        "site.webmanifest",
        "favicon.ico",
        "icon-192.png",
    ] {
        assert!(!site.published().contains(&path.to_owned()), "{path}");
    }
}

#[test]
fn one_picture_becomes_every_icon() {
    let site = site_with_icon("output.icon = '/logo.png'");
    site.build(&[]).succeeded();
    for (path, side) in [
        ("apple-touch-icon.png", 180),
        ("icon-192.png", 192),
        ("icon-512.png", 512),
        ("icon-maskable-512.png", 512),
    ] {
        let picture = published_picture(&site, path);
        assert_eq!(picture.dimensions(), (side, side), "{path}");
        assert_eq!(picture.get_pixel(side / 2, side / 2), Rgba([0, 0, 255, 255]), "{path}");
    }
    assert_eq!(published_picture(&site, "icon-512.png").get_pixel(0, 0)[3], 0, "nothing");
    let maskable = published_picture(&site, "icon-maskable-512.png");
    // A disc of 90 % of 80 % of the width: telephones may cut off all that is outside.
    assert_eq!(maskable.get_pixel(60, 256), Rgba([255, 255, 255, 255]));
    assert_eq!(maskable.get_pixel(85, 256), Rgba([0, 0, 255, 255]));
    let touch = published_picture(&site, "apple-touch-icon.png");
    assert!(!touch.color().has_alpha(), "an iPhone shows what is clear as black");
    let favicon = site.tree("public").remove("favicon.ico").unwrap();
    let sides: Vec<u8> = (0..usize::from(favicon[4])).map(|n| favicon[6 + 16 * n]).collect();
    assert_eq!(sides, [16, 32, 48]);
    assert_eq!(published_picture(&site, "favicon.ico").dimensions(), (48, 48));
}

#[test]
fn the_edge_of_a_transparent_icon_keeps_its_colour() {
    let site = site_with_icon("output.icon = '/logo.png'");
    site.build(&[]).succeeded();
    let small = published_picture(&site, "icon-192.png").into_rgba8();
    let edge: Vec<_> = small.pixels().filter(|dot| (32..224).contains(&dot[3])).collect();
    assert!(edge.len() > 100);
    for dot in edge {
        assert!(dot[2] > 245, "{dot:?}: the black of what is clear would show as a dark rim");
    }
}

#[test]
fn icons_are_made_again_only_of_another_picture() {
    let site = site_with_icon("output.icon = '/logo.png'");
    site.build(&[]).succeeded();
    let icon = || site.tree("public").remove("icon-192.png").unwrap();
    let before = icon();
    let run = site.build(&[]);
    assert!(run.stdout.contains("0 pages rendered, 0 written"), "{}", run.stdout);
    site.put("static/logo.png", disc(700, ImageFormat::Png));
    site.build(&[]).succeeded();
    assert_ne!(icon(), before);
}

#[test]
fn jpeg_and_webp_are_pictures_too() {
    for (extension, format) in [("jpg", ImageFormat::Jpeg), ("webp", ImageFormat::WebP)] {
        let site = site_with(&format!("output.icon = 'logo.{extension}'"));
        site.put(&format!("static/logo.{extension}"), disc(512, format));
        site.build(&["--strict"]).succeeded();
        assert_eq!(published_picture(&site, "icon-192.png").dimensions(), (192, 192));
    }
}

#[test]
fn an_own_favicon_replaces_the_one_that_is_made() {
    let site = site_with_icon("output.icon = '/logo.png'");
    site.put("static/favicon.ico", "own");
    site.build(&[]).succeeded();
    assert_eq!(site.text("public/favicon.ico"), "own");
}

#[test]
fn the_manifest_is_in_the_default_language() {
    let site = site_with_icon(
        "[output]
icon = ['/logo.png', '/favicon.svg']
[output.manifest]
short_name = 'В\"існик'
theme_color = '#B02'
background_color = '#102030'
display = 'standalone'
",
    );
    site.put("static/favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>");
    site.edit("site.toml", "news.example.org", "example.org/вісник");
    site.build(&[]).succeeded();
    assert_snapshot!(site.text("public/site.webmanifest"), @r##"
    {
      "background_color": "#102030",
      "dir": "ltr",
      "display": "standalone",
      "icons": [
        {
          "sizes": "any",
          "src": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/favicon.svg",
          "type": "image/svg+xml"
        },
        {
          "purpose": "any",
          "sizes": "192x192",
          "src": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/icon-192.png",
          "type": "image/png"
        },
        {
          "purpose": "any",
          "sizes": "512x512",
          "src": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/icon-512.png",
          "type": "image/png"
        },
        {
          "purpose": "maskable",
          "sizes": "512x512",
          "src": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/icon-maskable-512.png",
          "type": "image/png"
        }
      ],
      "id": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/",
      "lang": "uk",
      "name": "Вісник",
      "scope": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/",
      "short_name": "В\"існик",
      "start_url": "/%D0%B2%D1%96%D1%81%D0%BD%D0%B8%D0%BA/",
      "theme_color": "#bb0022"
    }
    "##);
    let touch = published_picture(&site, "apple-touch-icon.png");
    assert_eq!(touch.get_pixel(0, 0), Rgba([0x10, 0x20, 0x30, 255]));
}

#[test]
fn a_manifest_of_a_language_that_is_written_from_the_right_says_so() {
    let site = TestSite::new("");
    site.edit("site.toml", "tag = \"uk\"", "tag = \"ar\"");
    site.edit("site.toml", "[languages.ua]", "output.manifest = true\n[languages.ua]");
    site.build(&[]).succeeded();
    let manifest = site.text("public/site.webmanifest");
    assert!(manifest.contains("\"dir\": \"rtl\""), "{manifest}");
    assert!(!manifest.contains("icons"), "{manifest}");
}

#[test]
fn the_theme_links_to_the_icons_and_the_manifest() {
    let site = TestSite::of_repository(&["site.toml", "content", "static", "templates"]);
    site.build(&["--strict"]).succeeded();
    let page = site.page("/en/");
    let icons = page.select("link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]");
    assert_snapshot!(icons, @r#"
    <link href="/favicon.ico" rel="icon" sizes="48x48">
    <link href="/icon-192.png" rel="icon" sizes="192x192" type="image/png">
    <link href="/apple-touch-icon.png" rel="apple-touch-icon">
    <link href="/favicon.svg" rel="icon" type="image/svg+xml">
    <link href="/site.webmanifest" rel="manifest">
    "#);
    for url in page.attributes("link[rel~=icon], link[rel=manifest]", "href") {
        assert!(site.root().join("public").join(url.trim_start_matches('/')).is_file(), "{url}");
    }
    let text = site.text("site.toml");
    let kept =
        text.lines().filter(|line| !line.starts_with("icon =") && !line.starts_with("manifest ="));
    site.put("site.toml", kept.map(|line| format!("{line}\n")).collect::<String>());
    site.build(&["--strict"]).succeeded();
    let icons =
        site.page("/en/").select("link[rel=icon], link[rel=manifest], meta[name=theme-color]");
    assert_eq!(icons, "<link href=\"/favicon.svg\" rel=\"icon\" type=\"image/svg+xml\">");
}

#[test]
fn security_txt_says_whom_to_tell() {
    let site = site_with(
        "[output.security_txt]
contact = ['mailto:security@news.example.org', 'https://news.example.org/en/about/']
expires = 2026-12-31
encryption = 'https://news.example.org/key.txt'
policy = 'https://news.example.org/en/policy/'
",
    );
    assert_eq!(site.build(&[]).problems(0), "");
    assert_snapshot!(site.text("public/.well-known/security.txt"), @r"
    Contact: mailto:security@news.example.org
    Contact: https://news.example.org/en/about/
    Encryption: https://news.example.org/key.txt
    Policy: https://news.example.org/en/policy/
    Expires: 2026-12-30T22:00:00Z
    Preferred-Languages: uk, en, ru
    Canonical: https://news.example.org/.well-known/security.txt
    ");
}

#[test]
fn security_txt_is_said_to_expire_but_does_not_change_with_the_day() {
    let site = site_with(
        "[output.security_txt]
contact = 'mailto:a@example.org'
expires = 2026-12-31T00:00:00+02:00
",
    );
    let on = |day: &str| site.build(&["--now", &format!("{day}T12:00:00+02:00")]);
    assert_eq!(on("2026-12-01").problems(0).matches("security-txt-expires").count(), 1);
    let text = site.text("public/.well-known/security.txt");
    assert_eq!(on("2026-11-30").problems(0), "");
    assert_snapshot!(on("2026-12-10").problems(0), @r"
    warning[security-txt-expires]: `security.txt` holds for less than 30 days
     --> site.toml:9:11
      |
    9 | expires = 2026-12-31T00:00:00+02:00
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: check that the contacts are still right, and write a day in the coming year
    ");
    assert_snapshot!(on("2027-01-02").problems(0), @r"
    warning[security-txt-expires]: `security.txt` holds no longer
     --> site.toml:9:11
      |
    9 | expires = 2026-12-31T00:00:00+02:00
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: check that the contacts are still right, and write a day in the coming year
    ");
    assert_eq!(site.text("public/.well-known/security.txt"), text);
}

#[test]
fn github_pages_with_a_domain_of_ones_own() {
    let site = site_with("output = { host = 'github-pages', cname = true }");
    site.build(&[]).succeeded();
    assert_eq!(site.text("public/CNAME"), "news.example.org\n");
    assert_eq!(site.text("public/.nojekyll"), "");
    // A preview or a trial elsewhere does not change the name.
    site.build(&["--base-url", "http://localhost:8000"]).succeeded();
    assert_eq!(site.text("public/CNAME"), "news.example.org\n");
}
