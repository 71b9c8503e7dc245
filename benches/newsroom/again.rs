//! What the next build costs, in a new process: when nothing changed, when one article was edited, when
//! one story was published in all languages.

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::corpus;
use crate::process::{self, Usage};

/// What the builds after the first cost.
pub(crate) struct Again {
    pub(crate) nothing: Vec<Usage>,
    pub(crate) edited: Vec<Usage>,
    pub(crate) published: Usage,
    /// Files that one story in all languages changed.
    pub(crate) n_changed: usize,
    /// Those of them that belong to pages of lists with a number: lists that rolled over.
    pub(crate) n_numbered: usize,
}

/// Builds several times on top of what is there.
pub(crate) fn measure(
    site: &Path,
    n_stories: u32,
    n_runs: usize,
    build: impl Fn() -> std::process::Command,
) -> io::Result<Again> {
    // What was written less than two seconds before a build is read again by the next.
    std::thread::sleep(Duration::from_secs(3));
    process::run(&mut build())?;
    let nothing = (0..n_runs).map(|_| process::run(&mut build())).collect::<io::Result<_>>()?;
    let edited = (0..n_runs)
        .map(|n| {
            corpus::edit(site, n_stories, n)?;
            process::run(&mut build())
        })
        .collect::<io::Result<_>>()?;
    corpus::publish(site, n_stories)?;
    let list = site.join("changed.txt");
    let published = process::run(build().arg("--changed-list").arg(&list))?;
    let list = std::fs::read_to_string(list)?;
    let numbered = list.lines().filter(|line| line.contains("/page/"));
    let (n_changed, n_numbered) = (list.lines().count(), numbered.count());
    Ok(Again { nothing, edited, published, n_changed, n_numbered })
}
