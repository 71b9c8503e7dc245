//! What is made of pictures, and how pages offer it.

use std::collections::BTreeMap;

use insta::assert_snapshot;

use crate::support::pictures::{animation, camera_segment, file, jpeg, letters, photo, quarters};
use crate::support::{Page, TestSite};

/// A site with small widths, and an article of this front matter and text.
fn site(front_matter: &str, text: &str) -> TestSite {
    let site = TestSite::new("");
    let settings = "\n[pictures]\nwidths = [40, 80]\nsizes = '38rem'\n";
    site.put("site.toml", site.text("site.toml") + settings);
    let article = format!("+++\ntitle = 'Зала'\ndate = 2025-12-01\n{front_matter}\n+++\n{text}\n");
    site.put("content/ua/hall.md", article);
    site
}

/// A site whose text shows `static/hall.jpg`, 100 × 60 pixels.
fn site_with_photo() -> TestSite {
    let site = site("", "![Зала засідань](/hall.jpg)");
    site.put("static/hall.jpg", jpeg(&quarters(100, 60), &[]));
    site
}

/// Every URL that the pictures of a page name, with its width; 0 for `src`.
fn offered(page: &Page) -> Vec<(String, u32)> {
    let srcsets = page.attributes("source, img", "srcset");
    let candidates = srcsets.iter().flat_map(|srcset| srcset.split(", "));
    let with_width = candidates.map(|candidate| {
        let (url, width) = candidate.split_once(' ').unwrap();
        (url.to_owned(), width.strip_suffix('w').unwrap().parse().unwrap())
    });
    with_width.chain(page.attributes("img", "src").into_iter().map(|src| (src, 0))).collect()
}

/// The published file at a URL of plain letters.
fn published(site: &TestSite, url: &str) -> Vec<u8> {
    std::fs::read(site.root().join(format!("public{url}"))).unwrap_or_else(|e| panic!("{url}: {e}"))
}

fn size(bytes: &[u8]) -> (usize, usize) {
    let size = imagesize::blob_size(bytes).unwrap();
    (size.width, size.height)
}

/// The files of the shelf with their inodes' times: one that is written again has another.
fn shelf(site: &TestSite) -> BTreeMap<std::path::PathBuf, std::time::SystemTime> {
    walkdir::WalkDir::new(site.root().join(".visti/pictures"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap()))
        .collect()
}

#[test]
fn a_picture_in_a_text_is_offered_in_better_formats_and_smaller() {
    let page = site_with_photo().page("/ua/hall/");
    assert_snapshot!(page.select(".text figure"), @r##"
    <figure>
    <picture><source sizes="38rem" srcset="/hall.b6807563-40w.avif 40w, /hall.b6807563-80w.avif 80w" type="image/avif"><source sizes="38rem" srcset="/hall.b6807563-40w.webp 40w, /hall.b6807563-80w.webp 80w" type="image/webp"><img alt="Зала засідань" decoding="async" height="60" loading="lazy" sizes="38rem" src="/hall.b6807563-80w.jpg" srcset="/hall.b6807563-40w.jpg 40w, /hall.b6807563-80w.jpg 80w" style="background-color:#7f7f7f" width="100"></picture>
    </figure>
    "##);
}

#[test]
fn every_file_that_a_page_offers_is_there_in_its_size_and_as_small_as_it_says() {
    let site = site_with_photo();
    let page = site.page("/ua/hall/");
    let offered = offered(&page);
    assert_eq!(offered.len(), 3 * 2 + 1);
    for (url, width) in offered {
        let bytes = published(&site, &url);
        let (real_width, real_height) = size(&bytes);
        assert!(width == 0 || width as usize == real_width, "{url}");
        assert_eq!(real_height, real_width * 60 / 100, "{url}");
        if !url.ends_with(".avif") {
            assert_eq!(letters(&bytes), "RGBW", "{url}");
        }
    }
    // The picture itself stays where it was.
    assert_eq!(published(&site, "/hall.jpg"), jpeg(&quarters(100, 60), &[]));
}

#[test]
fn the_size_of_a_photograph_that_stays_as_it_is_is_that_of_the_camera_as_it_was_held() {
    let site = site("", "![Зала засідань](/held.jpg)");
    site.put("static/held.jpg", jpeg(&quarters(100, 60), &[camera_segment(6, "Olena")]));
    site.edit("site.toml", "[pictures]", "[pictures]\nprocess = false");
    let page = site.page("/ua/hall/");
    assert_eq!(page.attributes(".text img", "width"), ["60"]);
    assert_eq!(page.attributes(".text img", "height"), ["100"]);
}

#[test]
fn a_small_picture_is_not_made_larger() {
    let site = site("", "![Значок](/badge.png)");
    site.put("static/badge.png", file(&quarters(30, 30), image::ImageFormat::Png));
    let widths: Vec<u32> =
        offered(&site.page("/ua/hall/")).iter().map(|(_, width)| *width).collect();
    assert_eq!(widths, [30, 30, 30, 0]);
}

#[test]
fn a_photograph_is_shown_as_the_camera_was_held_names_its_author_and_tells_no_place() {
    let site = site("image = { src = '/held.jpg', alt = 'Зала' }", "");
    site.put("static/held.jpg", jpeg(&quarters(100, 60), &[camera_segment(6, "Olena")]));
    site.put(
        "templates/components/figure.html",
        "{% component figure(image: map) -%}\n<figure class=\"lead\"><img src=\"{{ image.src }}\" \
         srcset=\"{{ image.srcset }}\" width=\"{{ image.width }}\" height=\"{{ image.height }}\">\
         {{ image.credit }}</figure>\n{%- endcomponent figure %}\n",
    );
    let built = site.build(&[]).succeeded();
    assert_snapshot!(built.stderr.trim_end(), @r"
    warning[picture-place]: this photograph says where it was taken, to whoever downloads the file
    --> static/held.jpg
     = help: remove the place before publishing: `exiftool -gps:all= -xmp:geotag= FILE`; what Visti makes of photographs has none
    ");
    let page = site.page("/ua/hall/");
    assert_eq!(page.texts("figure"), ["Olena"]);
    assert_eq!(page.attributes("figure img", "width"), ["60"]);
    assert_eq!(page.attributes("figure img", "height"), ["100"]);
    for path in site.published().iter().filter(|path| path.starts_with("held.") && path.len() > 8) {
        let bytes = published(&site, &format!("/{path}"));
        if path.ends_with(".jpg")
            && !path.contains("1x1")
            && !path.contains("4x3")
            && !path.contains("16x9")
        {
            assert_eq!(letters(&bytes), "BRWG", "{path}");
        }
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        // 0x8825 is the tag of the place, 50 degrees its value.
        assert!(!has(b"\x88\x25") || path.ends_with(".avif"), "{path}");
        assert!(!has(&[0, 0, 0, 50, 0, 0, 0, 1, 0, 0, 0, 27]), "{path}");
        assert!(has(b"Olena"), "{path}");
    }
}

#[test]
fn a_credit_that_an_editor_wrote_wins_over_the_files_own() {
    let site = site("image = { src = '/held.jpg', alt = 'Зала', credit = 'УНІАН' }", "");
    site.put("static/held.jpg", jpeg(&quarters(100, 60), &[camera_segment(1, "Olena")]));
    assert_eq!(site.page("/ua/hall/").texts("figure.lead figcaption"), ["УНІАН"]);
}

#[test]
fn a_picture_in_the_text_or_in_a_gallery_names_the_author_of_its_file_unless_the_caption_does() {
    let text = "![Зала](/held.jpg \"Зала.\")\n\n![Зала](/held.jpg \"Фото: музей\")\n\n\
                ![Зала](/held.jpg){credit=\"УНІАН\"}\n\n![Зала](/held.jpg){credit=\"\"}\n\n\
                ```row\npictures = [{ src = '/held.jpg', alt = 'Зала' }, \
                { src = '/held.jpg', alt = 'Зала', caption = 'Фото: музей' }]\n```\n";
    let site = site("", text);
    site.put("static/held.jpg", jpeg(&quarters(100, 60), &[camera_segment(1, "Olena")]));
    site.put(
        "templates/components/row.html",
        "{% component row(pictures: array) {\"block\": \"arguments\", \"kinds\": {\"pictures\": \
         [\"picture\"]}} -%}\n{% for one in pictures %}<p class=\"one\">{{ one.caption }} \
         {{ one.credit }}</p>{% endfor %}\n{%- endcomponent row %}\n",
    );
    for language in ["ua", "en", "ru"] {
        let words = format!("templates/strings/{language}.ftl");
        site.put(&words, site.text(&words) + "photo-credit = Фото: { $credit }\n");
    }
    let stderr = site.build(&[]).succeeded().stderr;
    assert!(!stderr.contains("missing-credit"), "{stderr}");
    let page = site.page("/ua/hall/");
    let captions = ["Зала. (Фото: Olena)", "Фото: музей", "(Фото: УНІАН)"];
    assert_eq!(page.texts(".text figcaption"), captions);
    assert_eq!(page.texts(".one"), ["Olena", "Фото: музей"]);
}

#[test]
fn a_caption_that_names_the_author_is_enough_for_readers_but_not_for_search_engines() {
    let site = site("image = { src = '/held.jpg', alt = 'Зала', caption = 'Фото: музей' }", "");
    site.put("static/held.jpg", jpeg(&quarters(100, 60), &[camera_segment(1, "Olena")]));
    site.put("templates/hooks/head.html", "{{ structured_data(news='N', tags='T') }}\n");
    let words = "templates/strings/ua.ftl";
    site.put(words, site.text(words) + "photo-credit = Фото: { $credit }\n");
    let page = site.page("/ua/hall/");
    assert!(!page.texts("figure.lead").concat().contains("Olena"), "{}", page.html);
    assert!(page.html.contains("\"creditText\":\"Olena\""), "{}", page.html);
}

#[test]
fn search_engines_and_feeds_get_the_files_own_credit_too_and_search_engines_three_crops() {
    let site = site("image = { src = '/held.jpg', alt = 'Зала' }", "");
    site.put("static/held.jpg", jpeg(&quarters(160, 100), &[camera_segment(1, "Olena")]));
    site.edit("site.toml", "[feeds]\nenabled = false", "[feeds]\nenabled = true");
    site.put("templates/hooks/head.html", "{{ structured_data(news='N', tags='T') }}\n");
    let page = site.page("/ua/hall/").html;
    assert_eq!(page.matches("\"creditText\":\"Olena\"").count(), 3, "{page}");
    for ratio in ["16x9", "4x3", "1x1"] {
        assert!(page.contains(&format!("-{ratio}-")), "{ratio}: {page}");
    }
    let feed = site.page("/ua/atom.xml").html;
    assert!(feed.contains("<media:credit>Olena</media:credit>"), "{feed}");
}

#[test]
fn crops_are_made_around_the_focus() {
    let crops = |focus: &str| {
        let site = site(&format!("image = {{ src = '/hall.jpg', alt = 'Зала'{focus} }}"), "");
        site.put("static/hall.jpg", jpeg(&quarters(120, 40), &[]));
        site.put(
            "templates/components/figure.html",
            "{% component figure(image: map) -%}\n<img src=\"{{ image.square.src }}\" \
             width=\"{{ image.square.width }}\"><img src=\"{{ image.classic.src }}\"><img src=\"\
             {{ image.wide.src }}\">\n{%- endcomponent figure %}\n",
        );
        let page = site.page("/ua/hall/");
        assert_eq!(page.attributes("img", "width"), ["40"]);
        let files = page.attributes("img", "src");
        let shown =
            files.iter().map(|src| (letters(&published(&site, src)), size(&published(&site, src))));
        shown.collect::<Vec<_>>()
    };
    let in_the_middle = crops("");
    assert_eq!(in_the_middle[0], ("RGBW".to_owned(), (40, 40)));
    assert_eq!(in_the_middle[1], ("RGBW".to_owned(), (53, 40)));
    assert_eq!(in_the_middle[2], ("RGBW".to_owned(), (71, 40)));
    assert_eq!(crops(", focus = [0, 0.5]")[0].0, "RRBB");
    assert_eq!(crops(", focus = [0.9, 0.5]")[1].0, "GGWW");
}

#[test]
fn drawings_and_animations_are_shown_as_they_are() {
    let site = site("", "![Мапа](/map.svg)\n\n![Рух](/move.gif)");
    site.put("static/map.svg", crate::DRAWING);
    site.put("static/move.gif", animation());
    assert_snapshot!(site.page("/ua/hall/").select(".text img"), @r#"
    <img alt="Мапа" decoding="async" height="3" loading="lazy" src="/map.svg" width="4">
    <img alt="Рух" decoding="async" height="6" loading="lazy" src="/move.gif" width="8">
    "#);
    assert!(shelf(&site).iter().all(|(path, _)| path.to_str().unwrap().contains(".look-")));
}

#[test]
fn pictures_stay_as_they_are_where_that_is_wanted() {
    let site = site_with_photo();
    site.edit("site.toml", "[pictures]", "[pictures]\nprocess = false");
    assert_snapshot!(site.page("/ua/hall/").select(".text img"), @r#"<img alt="Зала засідань" decoding="async" height="60" loading="lazy" src="/hall.jpg" width="100">"#);
    assert!(!site.root().join(".visti/pictures").exists());
}

#[test]
fn a_picture_that_one_can_see_through_has_png_for_old_browsers_and_no_colour_in_its_place() {
    let site = site("", "![Знак](/sign.png)");
    let glass = image::RgbaImage::from_pixel(60, 60, image::Rgba([255, 0, 0, 120]));
    let mut png = std::io::Cursor::new(Vec::new());
    glass.write_to(&mut png, image::ImageFormat::Png).unwrap();
    site.put("static/sign.png", png.into_inner());
    let page = site.page("/ua/hall/");
    assert_eq!(page.attributes(".text img", "style"), [""; 0]);
    let src = page.attributes(".text img", "src").remove(0);
    let published = image::load_from_memory(&published(&site, &src)).unwrap();
    assert!(src.ends_with("-60w.png") && published.color().has_alpha());
}

#[test]
fn nothing_is_made_twice() {
    let site = site_with_photo();
    let first = site.build(&[]).succeeded().stdout;
    assert!(first.contains("6 files made of pictures, "), "{first}");
    let made = shelf(&site);
    assert_eq!(made.len(), 6 + 1);
    let is_idle = |arguments: &[&str]| {
        let again = site.build(arguments).succeeded().stdout;
        assert!(!again.contains("made of pictures"), "{again}");
        assert_eq!(shelf(&site), made);
    };
    is_idle(&[]);
    is_idle(&["--no-cache"]);
    is_idle(&["--output", "elsewhere"]);
    site.remove("public");
    is_idle(&[]);
    // Another branch, in which the picture is elsewhere, and back.
    let text = site.text("content/ua/hall.md");
    site.put("content/ua/hall/index.md", text.replace("/hall.jpg", "photo.jpg"));
    site.put("content/ua/hall/photo.jpg", jpeg(&quarters(100, 60), &[]));
    site.remove("content/ua/hall.md");
    is_idle(&[]);
    assert!(site.page("/ua/hall/").attributes("img", "src")[0].starts_with("/ua/hall/photo."));
    assert!(
        !site.published().iter().any(|path| path.starts_with("hall.") && path.ends_with("w.jpg"))
    );
}

#[test]
fn another_picture_under_the_same_name_has_other_addresses() {
    let site = site_with_photo();
    let before = site.page("/ua/hall/").attributes("img", "src");
    site.put("static/hall.jpg", photo(100, 60, [10, 20, 30]));
    site.build(&[]).succeeded();
    let page = site.page("/ua/hall/");
    let after = page.attributes("img", "src");
    assert_ne!(before, after);
    assert_eq!(page.attributes(".text img", "style"), ["background-color:#0a141e"]);
    assert!(!site.root().join(format!("public{}", before[0])).exists());
}

#[test]
fn a_card_and_an_author_have_crops_of_their_pictures() {
    let site = TestSite::of_repository(&["site.toml", "templates", "static/style.css"]);
    for name in ["fresh.js", "favicon.svg", "icon.png", "share"] {
        site.copy_of_repository(&format!("static/{name}"), &format!("static/{name}"));
    }
    site.edit("site.toml", "process = false", "process = true");
    site.edit("site.toml", "formats = [\"avif\", \"webp\"]", "formats = [\"webp\"]");
    site.edit("site.toml", "widths = [320, 640, 1024, 1600]", "widths = [40, 80]");
    for kind in ["sections", "tags"] {
        site.put(&format!("content/{kind}.toml"), "");
    }
    let author = "[o]\nname = 'О.'\nphoto = '/o.jpg'\n";
    site.put("content/authors.toml", author);
    site.put("static/o.jpg", photo(90, 60, [9, 9, 9]));
    site.put("static/hall.jpg", photo(120, 80, [200, 100, 50]));
    site.put(
        "content/ua/hall.md",
        "+++\ntitle = 'Зала'\ndate = 2025-12-01\nauthors = ['o']\nimage = { src = '/hall.jpg', alt = 'А', credit = 'Б' }\n\
         +++\nText.\n\n![Б](/hall.jpg){credit=\"Б\"}\n",
    );
    site.build(&[]).succeeded();
    let front = site.page("/ua/");
    let lead = front.attributes(".lead-story img", "src").remove(0);
    assert!(lead.contains("-16x9-80w.jpg"), "{lead}");
    assert_eq!(size(&published(&site, &lead)), (80, 45));
    let preloaded = front.attributes("link[rel=preload]", "imagesrcset");
    assert_eq!(preloaded, front.attributes(".lead-story source", "srcset"));
    assert_eq!(
        front.attributes("link[rel=preload]", "imagesizes"),
        front.attributes(".lead-story source", "sizes")
    );
    let article = site.page("/ua/hall/");
    assert_eq!(article.attributes(".lead-picture img", "fetchpriority"), ["high"]);
    assert_eq!(article.attributes(".lead-picture img", "loading"), [""; 0]);
    assert_eq!(article.attributes(".text img", "loading"), ["lazy"]);
    assert_eq!(article.attributes("link[rel=preload]", "fetchpriority"), ["high"]);
    assert!(
        article.attributes("meta[property='og:image']", "content")[0].contains("-16x9-80w.jpg")
    );
    let portrait = site.page("/ua/authors/o/").attributes("img.portrait", "src").remove(0);
    assert_eq!(size(&published(&site, &portrait)), (60, 60));
    for page in [&front, &article] {
        for attribute in ["width", "height"] {
            let n_images = page.attributes("img", "src").len();
            assert_eq!(page.attributes("img", attribute).len(), n_images);
        }
        for (url, _) in offered(page) {
            published(&site, &url);
        }
    }
}

#[test]
fn raw_html_beside_a_picture_takes_nothing_from_it() {
    let site = site_with_photo();
    let before = site.page("/ua/hall/").select(".text picture");
    site.edit("content/ua/hall.md", "![", "<details><summary>А</summary>Б</details>\n\n![");
    site.build(&[]).succeeded();
    let after = site.page("/ua/hall/").select(".text picture");
    assert_eq!(before, after);
    assert!(before.contains("srcset") && before.contains("background-color"));
}
