//! The files themselves: their bytes, names and places.

use insta::assert_snapshot;

use crate::support::TestSite;
use crate::{errors, warnings};

#[test]
fn text_that_is_not_utf8_names_the_byte_and_guesses_the_encoding() {
    let site = TestSite::new("");
    // «Привіт, світе» in windows-1251.
    let body = b"\xcf\xf0\xe8\xe2\xb3\xf2, \xf1\xe2\xb3\xf2\xe5";
    let front = "+++\ntitle = 'Привіт'\ndate = 2025-12-01\n+++\n".as_bytes();
    site.put("content/ua/body.md", [front, body].concat());
    site.put("content/ua/all.md", [b"+++\ntitle = '", body.as_slice(), b"'\n+++\n"].concat());
    site.put("content/ua/damaged.md", [front, "Сві\u{442}".as_bytes(), b"\xd1"].concat());
    site.put("content/tags.toml", b"[x]\nname = '\xff'\n");
    site.put("templates/article.html", b"<p>\xff</p>");
    site.put("templates/strings/en.ftl", b"tags = \xff\n");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[not-utf8]: this file is not UTF-8: its byte 12 fits no character
     --> content/tags.toml:2:9
      |
    2 | name = '�'
      |         ^
      |
      = help: save the file as UTF-8

    error[not-utf8]: this file is not UTF-8: its byte 13 fits no character
     --> content/ua/all.md:2:10
      |
    2 | title = '�����, ����'
      |          ^
      |
      = help: it looks like windows-1251: open it in an editor as that and save it as UTF-8

    error[not-utf8]: this file is not UTF-8: its byte 49 fits no character
     --> content/ua/body.md:5:1
      |
    5 | �����, ����
      | ^
      |
      = help: save the file as UTF-8

    error[not-utf8]: this file is not UTF-8: its byte 57 fits no character
     --> content/ua/damaged.md:5:5
      |
    5 | Світ�
      |     ^
      |
      = help: save the file as UTF-8

    error[not-utf8]: this file is not UTF-8: its byte 3 fits no character
     --> templates/article.html:1:4
      |
    1 | <p>�</p>
      |    ^
      |
      = help: save the file as UTF-8

    error[not-utf8]: this file is not UTF-8: its byte 7 fits no character
     --> templates/strings/en.ftl:1:8
      |
    1 | tags = �
      |        ^
      |
      = help: save the file as UTF-8

    Nothing was published: 6 errors, 0 warnings.
    ");
}

#[test]
fn a_configuration_that_is_not_utf8() {
    let site = TestSite::new("");
    site.put("site.toml", b"title = '\xc2\xe8\xf1\xf2\xe8'\n");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[not-utf8]: this file is not UTF-8: its byte 9 fits no character
     --> site.toml:1:10
      |
    1 | title = '�����'
      |          ^
      |
      = help: it looks like windows-1251: open it in an editor as that and save it as UTF-8

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_folder_of_no_configured_language() {
    assert_snapshot!(errors("
-- content/uk/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
-- content/uk/second.md --
-- content/deutsch/gespraeche.md --
"), @r"
    error[unknown-language]: `deutsch` is no language of this site
    --> content/deutsch
     = help: move it to one of `ua`, `en`, `ru`, or add `[languages.deutsch]` to site.toml

    error[unknown-language]: `uk` is no language of this site
    --> content/uk
     = help: did you mean `content/ua`?

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn files_outside_the_language_folders() {
    assert_snapshot!(errors("
-- content/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
-- content/tag.toml --
-- content/photo.jpg --
-- content/ua/notes.docx --
-- content/ua/TALKS.MD --
"), @r"
    warning[stray-file]: this file is not used
    --> content/photo.jpg
     = help: move it to `static/` to publish it

    warning[stray-file]: this file is not used
    --> content/tag.toml
     = help: did you mean `content/tags.toml`?

    error[unknown-language]: this article is in no language's folder
    --> content/talks.md
     = help: move it to a language's folder, such as `content/ua/`

    warning[stray-file]: this file is neither an article nor a picture: it is not published
    --> content/ua/TALKS.MD
     = help: move it to `static/` to publish it, or out of `content/`

    warning[stray-file]: this file is neither an article nor a picture: it is not published
    --> content/ua/notes.docx
     = help: move it to `static/` to publish it, or out of `content/`

    Nothing was published: 1 error, 4 warnings.
    ");
}

#[test]
fn a_file_name_that_cannot_be_an_address() {
    assert_snapshot!(errors("
-- content/ua/мирні переговори.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
-- content/ua/100%.jpg --
-- static/a:b.txt --
"), @r"
    error[bad-file-name]: the name of this file contains `%`, which an address cannot
    --> content/ua/100%.jpg
     = help: rename it: words joined by hyphens

    error[bad-file-name]: the name of this file contains a space, which an address cannot
    --> content/ua/мирні переговори.md
     = help: rename it: words joined by hyphens

    error[bad-file-name]: this file cannot be published: its path has a colon, which names a drive or a stream on Windows
    --> static/a:b.txt
     = help: rename it

    Nothing was published: 3 errors, 0 warnings.
    ");
}

#[test]
fn what_editors_leave_behind_is_passed_over() {
    let site = TestSite::new(
        "
-- content/ua/.talks.md.swp --
-- content/ua/talks.md~ --
-- content/.DS_Store --
-- content/.obsidian/notes.md --
",
    );
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
}

#[test]
fn a_site_without_its_parts() {
    let site = TestSite::new("");
    site.remove("site.toml");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[missing-site]: there is no `site.toml` in this folder
    --> site.toml
     = help: run visti in the site's folder, or name it with `--root`

    Nothing was published: 1 error, 0 warnings.
    ");
    assert_snapshot!(site.visti(&["build", "--root", "elsewhere"]).problems(1), @r"
    error[missing-site]: there is no folder `elsewhere`
    --> elsewhere
     = help: name the folder that holds `site.toml` with `--root`

    Nothing was published: 1 error, 0 warnings.
    ");

    let site = TestSite::new("");
    site.remove("content");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[missing-folder]: there is no folder `content`
    --> content
     = help: create it, with a folder per language: `ua`, `en`, `ru`

    Nothing was published: 1 error, 0 warnings.
    ");

    let site = TestSite::new("");
    site.remove("templates");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[missing-folder]: there is no folder `templates`
    --> templates
     = help: copy the default theme's `templates` folder here

    Nothing was published: 1 error, 0 warnings.
    ");

    let site = TestSite::new("");
    site.remove("content");
    site.remove("templates");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[missing-folder]: there is no folder `content`
    --> content
     = help: create it, with a folder per language: `ua`, `en`, `ru`

    error[missing-folder]: there is no folder `templates`
    --> templates
     = help: copy the default theme's `templates` folder here

    Nothing was published: 2 errors, 0 warnings.
    ");
}

#[test]
fn a_site_without_articles_words_for_terms_or_static_files_is_fine() {
    let site = TestSite::new("");
    for file in ["sections", "tags", "authors"] {
        site.remove(&format!("content/{file}.toml"));
    }
    assert_eq!(site.build(&["--strict"]).succeeded().stderr, "");
}

#[cfg(unix)]
#[test]
fn symbolic_links_that_lead_out_of_the_project_are_refused() {
    use std::os::unix::fs::symlink;
    let site = TestSite::new("-- static/style.css --\n");
    let outside = tempfile::tempdir().unwrap();
    let secret = TestSite::new("");
    let of = |path: &str| site.root().join(path);
    std::fs::create_dir(of("content/ua")).unwrap();
    symlink(secret.root().join("site.toml"), of("content/ua/article.md")).unwrap();
    symlink(outside.path(), of("content/ua/folder")).unwrap();
    symlink(secret.root().join("site.toml"), of("static/file.txt")).unwrap();
    symlink(outside.path(), of("static/folder")).unwrap();
    symlink(secret.root().join("site.toml"), of("templates/part.html")).unwrap();
    symlink(outside.path(), of("templates/parts")).unwrap();
    symlink(of("nowhere"), of("static/dangling.txt")).unwrap();
    symlink(of("content/ua"), of("content/ua/loop")).unwrap();
    std::fs::remove_file(of("templates/strings/ru.ftl")).unwrap();
    symlink(secret.root().join("templates/strings/ru.ftl"), of("templates/strings/ru.ftl"))
        .unwrap();
    std::fs::remove_file(of("content/tags.toml")).unwrap();
    symlink(secret.root().join("content/tags.toml"), of("content/tags.toml")).unwrap();
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[link-leads-out]: this symbolic link leads out of the project
    --> content/tags.toml
     = help: put the file itself here, or a link to a file of this project

    error[link-leads-out]: this symbolic link leads out of the project
    --> content/ua/article.md
     = help: put the file itself here, or a link to a file of this project

    error[link-leads-out]: this symbolic link leads out of the project
    --> content/ua/folder
     = help: put the file itself here, or a link to a file of this project

    error[link-loop]: this symbolic link leads back to its own folder
    --> content/ua/loop
     = help: remove the link

    error[link-broken]: this symbolic link leads nowhere
    --> static/dangling.txt
     = help: remove the link, or restore what it led to

    error[link-leads-out]: this symbolic link leads out of the project
    --> static/file.txt
     = help: put the file itself here, or a link to a file of this project

    error[link-leads-out]: this symbolic link leads out of the project
    --> static/folder
     = help: put the file itself here, or a link to a file of this project

    error[link-leads-out]: this symbolic link leads out of the project
    --> templates/part.html
     = help: put the file itself here, or a link to a file of this project

    error[link-leads-out]: this symbolic link leads out of the project
    --> templates/parts
     = help: put the file itself here, or a link to a file of this project

    error[link-leads-out]: this symbolic link leads out of the project
    --> templates/strings/ru.ftl
     = help: put the file itself here, or a link to a file of this project

    Nothing was published: 10 errors, 0 warnings.
    ");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_within_the_project_is_followed() {
    let site = TestSite::new(
        "
-- shared/talks.md --
+++
title = 'Перемовини'
date = 2025-12-01
+++
",
    );
    std::fs::create_dir(site.root().join("content/ua")).unwrap();
    std::os::unix::fs::symlink("../../shared/talks.md", site.root().join("content/ua/talks.md"))
        .unwrap();
    assert_eq!(site.build(&[]).succeeded().stderr, "");
    assert_eq!(site.page("/ua/talks/").texts("h1"), ["Перемовини"]);
}

#[test]
fn a_picture_that_cannot_be_read_is_a_warning() {
    assert_snapshot!(warnings("
-- static/broken.jpg --
This is no picture.
-- content/ua/one.md --
+++
title = 'Один'
date = 2025-12-01
image = { src = '/broken.jpg', alt = '' }
+++
-- content/ua/two.md --
+++
title = 'Два'
date = 2025-12-01
+++
![](/broken.jpg)
"), @r#"
    warning[missing-credit]: nobody is named as the author of the lead picture
     --> content/ua/one.md:4:17
      |
    4 | image = { src = '/broken.jpg', alt = '' }
      |                 ^^^^^^^^^^^^^
      |
      = help: add `credit = "…"`; `credit = ""` if nobody is to be named

    warning[missing-alt]: the picture has no alternative text
     --> content/ua/two.md:5:1
      |
    5 | ![](/broken.jpg)
      | ^^^^^^^^^^^^^^^^
      |
      = help: say between the brackets what the picture shows, or write `{alt=""}` behind it if it only decorates

    warning[missing-credit]: nobody is named as the author of the picture
     --> content/ua/two.md:5:1
      |
    5 | ![](/broken.jpg)
      | ^^^^^^^^^^^^^^^^
      |
      = help: write `{credit="…"}` behind it; `{credit=""}` if nobody is to be named

    warning[bad-picture]: this picture cannot be read: its size is unknown
    --> static/broken.jpg
     = help: save it again as JPEG, PNG, WebP, AVIF, GIF or SVG
    "#);
}

#[test]
fn a_picture_that_promises_more_pixels_than_memory_has_is_an_error() {
    let site = TestSite::new(
        "
-- content/ua/one.md --
+++
title = 'Один'
date = 2025-12-01
image = { src = '/bomb.png', alt = '' }
+++
",
    );
    let dot = image::RgbImage::new(1, 1);
    let mut bomb = crate::support::pictures::file(&dot, image::ImageFormat::Png);
    // Width and height, and the checksum of the header with them.
    bomb.splice(16..24, [0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    bomb.splice(29..33, [0xc4, 0xcd, 0xaa, 0x9d]);
    site.put("static/bomb.png", bomb);
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[picture-too-large]: this picture has 50000 × 50000 pixels: more than 64 megapixels
    --> static/bomb.png
     = help: save it smaller: 4000 pixels are enough for any page; or raise `max_megapixels` in `[pictures]`

    Nothing was published: 1 error, 0 warnings.
    ");
}

#[test]
fn a_picture_that_ends_in_the_middle_is_a_warning_and_published_as_it_is() {
    let site = TestSite::new(
        "
-- content/ua/one.md --
+++
title = 'Один'
date = 2025-12-01
+++
![А](/cut.png)
",
    );
    let whole = crate::support::pictures::quarters(64, 64);
    let mut cut = crate::support::pictures::file(&whole, image::ImageFormat::Png);
    cut.truncate(60);
    site.put("static/cut.png", &cut);
    assert_snapshot!(site.build(&[]).problems(0), @r"
    warning[bad-picture]: this picture cannot be decoded, and is published as it is: unexpected end of file
    --> static/cut.png
     = help: save it again as JPEG, PNG, WebP, AVIF, GIF or SVG
    ");
    assert_eq!(site.page("/ua/one/").attributes("img", "src"), ["/cut.png"]);
    assert_eq!(std::fs::read(site.root().join("public/cut.png")).unwrap(), cut);
}

#[test]
fn a_copy_of_what_was_made_of_a_picture_is_in_its_way() {
    let site = TestSite::new(
        "
-- content/ua/one.md --
+++
title = 'Один'
date = 2025-12-01
+++
![А](/hall.jpg){credit=\"Б\"}
",
    );
    site.put("static/hall.jpg", crate::support::pictures::photo(40, 30, [1, 2, 3]));
    let src = site.page("/ua/one/").attributes("img", "src").remove(0);
    site.put(&format!("static{src}"), "copy");
    assert_snapshot!(site.build(&[]).problems(1), @r"
    error[url-conflict]: two things claim the URL `/hall.2add0260-40w.jpg`
    --> static/hall.2add0260-40w.jpg
     = help: rename it, or remove it: that address is of what is made of `static/hall.jpg`

    Nothing was published: 1 error, 0 warnings.
    ");
}
