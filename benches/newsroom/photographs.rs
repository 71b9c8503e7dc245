//! What it costs to make smaller pictures of photographs, and what the next build costs.

use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::corpus;
use crate::process::{self, Usage};

/// What came of photographs, each in the text of an article.
pub(crate) struct Photographs {
    pub(crate) n: usize,
    /// Files that were made of them.
    pub(crate) n_made: usize,
    pub(crate) first: Usage,
    pub(crate) again: Usage,
}

/// Builds a site of all photographs in a folder twice, in a new or empty folder.
pub(crate) fn measure(
    site: &Path,
    from: &Path,
    build: impl Fn() -> Command,
) -> io::Result<Photographs> {
    corpus::generate(site, 0, corpus::Theme::Plain)?;
    let settings = std::fs::read_to_string(site.join("site.toml"))?;
    corpus::write(&site.join("site.toml"), &settings.replace("process = false", "process = true"))?;
    let photos = site.join("static/photos");
    std::fs::create_dir_all(&photos)?;
    let mut n = 0;
    let unreadable = |error| io::Error::other(format!("{}: {error}", from.display()));
    for entry in std::fs::read_dir(from).map_err(unreadable)? {
        let file = entry?.path();
        let extension = file.extension().and_then(|extension| extension.to_str());
        let Some(extension @ ("jpg" | "jpeg" | "png" | "webp")) = extension else { continue };
        std::fs::copy(&file, photos.join(format!("{n}.{extension}")))?;
        let text = format!(
            "+++\ntitle = \"{n}\"\ndate = 2025-12-01\n+++\n![{n}](/photos/{n}.{extension})\n"
        );
        corpus::write(&site.join(format!("content/ua/photos/{n}.md")), &text)?;
        n += 1;
    }
    if n == 0 {
        return Err(io::Error::other(format!("no photographs are in {}", from.display())));
    }
    // What was written less than two seconds before a build is read again by the next.
    std::thread::sleep(Duration::from_secs(3));
    let first = process::run(&mut build())?;
    let again = process::run(&mut build())?;
    let n_made = std::fs::read_dir(site.join("public/photos"))?.count() - n;
    Ok(Photographs { n, n_made, first, again })
}
