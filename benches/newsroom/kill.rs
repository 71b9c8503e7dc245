//! Builds that are killed at random moments: what is left must be whole, lead everywhere it says, and
//! be completed by the next build.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::corpus::{self, Random};

/// Files by their paths with `/`, without our own account of them.
type Tree = BTreeMap<String, Vec<u8>>;

/// What became of the builds that were killed.
#[derive(Debug, Default)]
pub(crate) struct Killed {
    pub(crate) n_early: usize,
    /// While files were being moved.
    pub(crate) n_publishing: usize,
    /// The build was done first.
    pub(crate) n_late: usize,
}

/// Goes to and fro between two states of a site, killing every build on its way, and checks what it
/// left; then builds to the end, and compares with a clean build.
pub(crate) fn kill(
    site: &Path,
    n_stories: u32,
    n_kills: usize,
    build: impl Fn() -> Command,
) -> io::Result<Killed> {
    let public = site.join("public");
    let clean = |name: &str| -> io::Result<Tree> {
        let output = site.join(name);
        let clean = build().args(["--no-cache", "--output"]).arg(&output).status()?;
        let tree = tree_of(&output)?;
        std::fs::remove_dir_all(&output)?;
        if clean.success() { Ok(tree) } else { Err(io::Error::other("a clean build failed")) }
    };
    corpus::rearrange(site, n_stories, true)?;
    let one = clean("one")?;
    run(&mut build())?;
    corpus::rearrange(site, n_stories, false)?;
    let trees = [clean("other")?, one];
    let start = Instant::now();
    run(&mut build())?;
    let usual = start.elapsed();

    let mut random = Random::new(17, 17);
    let mut killed = Killed::default();
    for n in 0..n_kills {
        let (old, new) = (&trees[n % 2], &trees[1 - n % 2]);
        corpus::rearrange(site, n_stories, n % 2 == 0)?;
        let mut child = build().stdout(Stdio::null()).spawn()?;
        // Half of them at any moment, half as soon as files begin to move, which takes no time.
        if n / 2 % 2 == 0 {
            std::thread::sleep(random_part(&mut random, usual));
        } else {
            let journal = public.join(".visti-unfinished");
            while !journal.exists() && child.try_wait()?.is_none() {}
            std::thread::sleep(random_part(&mut random, PUBLISHING));
        }
        child.kill()?;
        let was_done = child.wait()?.success();
        let is_publishing = public.join(".visti-unfinished").exists();
        *match (was_done, is_publishing) {
            (true, _) => &mut killed.n_late,
            (false, true) => &mut killed.n_publishing,
            (false, false) => &mut killed.n_early,
        } += 1;
        let left = tree_of(&public)?;
        check(&left, old, new).map_err(|wrong| io::Error::other(format!("kill {n}: {wrong}")))?;
        run(&mut build())?;
        let healed = tree_of(&public)?;
        if let Some(path) = first_difference(&healed, new) {
            return Err(io::Error::other(format!("kill {n}: {path} is not as a clean build's")));
        }
    }
    Ok(killed)
}

/// About as long as it takes to move the files of one story.
const PUBLISHING: Duration = Duration::from_millis(4);

fn random_part(random: &mut Random, whole: Duration) -> Duration {
    let longest = u64::try_from(whole.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(random.below(longest))
}

fn run(build: &mut Command) -> io::Result<()> {
    let status = build.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{build:?}: {status}"))) }
}

/// Every file is that of one state or the other, whole; and whatever a reader can reach from a front
/// page, or knew before, leads to what is there.
fn check(left: &Tree, old: &Tree, new: &Tree) -> Result<(), String> {
    for (path, bytes) in left {
        let is_whole = [old, new].iter().any(|tree| tree.get(path) == Some(bytes));
        if !is_whole {
            return Err(format!("{path} is neither the old file nor the new one"));
        }
    }
    let is_front = |path: &&String| path.matches('/').count() <= 1 && path.ends_with("index.html");
    let known = old.keys().filter(|path| left.contains_key(*path));
    let mut to_read: Vec<&str> =
        known.chain(left.keys().filter(is_front)).map(String::as_str).collect();
    let mut seen = BTreeSet::new();
    while let Some(path) = to_read.pop() {
        if !seen.insert(path.to_owned()) || !path.ends_with(".html") {
            continue;
        }
        let html = String::from_utf8_lossy(&left[path]);
        for link in links(&html) {
            match left.get_key_value(&link) {
                Some((link, _)) => to_read.push(link),
                None => return Err(format!("{path} leads to {link}, which is not there")),
            }
        }
    }
    Ok(())
}

/// The files that the root-relative links and sources of a page lead to.
fn links(html: &str) -> BTreeSet<String> {
    let pieces = ["href=\"/", "src=\"/"].into_iter().flat_map(|mark| html.split(mark).skip(1));
    pieces
        .filter_map(|rest| rest.split(['"', '#', '?']).next())
        .map(|path| {
            if path.is_empty() || path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.to_owned()
            }
        })
        .collect()
}

fn tree_of(folder: &Path) -> io::Result<Tree> {
    let mut tree = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(&inner)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(".visti") {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                let below = path.strip_prefix(folder).map_err(io::Error::other)?;
                let name = below.to_string_lossy().replace('\\', "/");
                tree.insert(name, std::fs::read(&path)?);
            }
        }
    }
    Ok(tree)
}

fn first_difference<'a>(one: &'a Tree, other: &'a Tree) -> Option<&'a String> {
    one.keys().chain(other.keys()).find(|path| one.get(*path) != other.get(*path))
}
