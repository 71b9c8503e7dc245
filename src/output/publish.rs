//! From a staged build to a published one: first everything that could be in the way is looked at,
//! then files are moved. See the module's documentation for order and journal.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::Ordering;

use rayon::slice::ParallelSliceMut;
use walkdir::WalkDir;

use super::changed_list;
use super::manifest::{JOURNAL, MANIFEST, journal_text, manifest_text};
use super::staging::{Layout, join, rename};
use super::{Claim, Digest, Kind, Output, OutputPath, Staged, Summary, is_nothing_there, shown};
use crate::diagnostic::Diagnostic;

/// Asked before every change of the published files: a test can stop there.
type Step<'a> = dyn FnMut() -> io::Result<()> + 'a;

/// A staged file, and where it goes.
struct Move<'a> {
    path: &'a OutputPath,
    number: u32,
    phase: Phase,
    /// The path of a file where a folder is needed, or of a folder where this file goes. All that is
    /// in it was published by the last build, and is not in this one.
    in_the_way: Option<String>,
}

/// The order of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Assets,
    /// Files that nothing can link to yet.
    NewFiles,
    ReplacedPages,
    ReplacedFeeds,
}

/// What is at a path of the output folder.
#[derive(Debug, PartialEq, Eq)]
enum Standing {
    Nothing,
    File,
    Link,
    Folder,
    /// The file at this shorter path.
    InFile(String),
}

/// Publishes a build; see [`Output::commit`].
pub(super) fn publish(
    output: Output,
    changed_list: Option<&Path>,
    step: &mut Step<'_>,
) -> Result<Summary, Diagnostic> {
    let mut claims = std::mem::take(
        &mut *output.claims.lock().expect("nothing panics while it holds the claims"),
    );
    claims.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    if claims.is_empty() && output.is_as_it_was() {
        let n_unchanged = output.previous.entries.len();
        let summary = Summary { n_unchanged, ..Summary::default() };
        output.write_changed_list(changed_list, &summary)?;
        return Ok(summary);
    }

    let contents = output.contents(&claims);
    output.refuse_conflicts(&contents)?;
    let manifest = manifest_text(&contents);
    let summary = output.summary(&claims, contents.len());
    drop(contents);

    let listed = |output: &Output| output.write_changed_list(changed_list, &summary);
    match output.staging.layout {
        Layout::Aside => {
            listed(&output)?;
            output.publish_whole(&manifest, step)?;
        }
        Layout::Inside => output.publish_changes(&claims, &manifest, &listed, step)?,
    }
    Ok(summary)
}

impl Output {
    /// Whether every file of the last build is in this one, and the last one came to its end.
    fn is_as_it_was(&self) -> bool {
        let previous = &self.previous;
        self.staging.layout == Layout::Inside
            && !previous.unfinished
            && !previous.incomplete
            && !previous.entries.is_empty()
            && self.claimed.iter().all(|claimed| claimed.load(Ordering::Relaxed))
    }

    fn write_changed_list(&self, file: Option<&Path>, summary: &Summary) -> Result<(), Diagnostic> {
        let Some(file) = file else { return Ok(()) };
        changed_list::write(file, summary)
            .map_err(|error| Diagnostic::io("write the list of changes", file, &error))
    }

    /// All files of this build, sorted by path.
    fn contents<'a>(&'a self, claims: &'a [Claim]) -> Vec<(&'a OutputPath, Digest)> {
        let mut contents = Vec::with_capacity(claims.len() + self.previous.entries.len());
        let mut claims = claims.iter().map(|claim| (&claim.path, claim.digest)).peekable();
        for (entry, claimed) in self.previous.entries.iter().zip(&self.claimed) {
            while let Some(claim) = claims.next_if(|(path, _)| **path < entry.path) {
                contents.push(claim);
            }
            // A claim says more than the manifest does.
            if claims.peek().is_none_or(|(path, _)| **path != entry.path)
                && claimed.load(Ordering::Relaxed)
            {
                let digest = entry.published.expect("only a claim keeps a file by its contents");
                contents.push((&entry.path, digest));
            }
        }
        contents.extend(claims);
        contents
    }

    /// An error if a path is both a file and a folder, a panic if there are two of it.
    fn refuse_conflicts(&self, contents: &[(&OutputPath, Digest)]) -> Result<(), Diagnostic> {
        // The paths seen so far that the next one starts with: sorted, these are always on top.
        let mut beginnings: Vec<&OutputPath> = Vec::new();
        for (path, _) in contents {
            while beginnings.pop_if(|it| !path.as_str().starts_with(it.as_str())).is_some() {}
            for beginning in &beginnings {
                match path.as_str().as_bytes().get(beginning.as_str().len()) {
                    Some(b'/') => return Err(self.conflict(beginning)),
                    Some(_) => {}
                    None => panic!("the site's routes give `{path}` twice"),
                }
            }
            beginnings.push(path);
        }
        Ok(())
    }

    /// Replaces the empty or missing output folder by the one that was made aside.
    fn publish_whole(&self, manifest: &str, step: &mut Step<'_>) -> Result<(), Diagnostic> {
        let made = &self.staging.folder;
        self.staging
            .write_whole(&made.join(MANIFEST), manifest)
            .and_then(|()| step())
            .and_then(|()| match rename(made, &self.folder) {
                // Windows does not replace a folder, however empty.
                Err(_) if cfg!(windows) && fs::remove_dir(&self.folder).is_ok() => {
                    rename(made, &self.folder)
                }
                renamed => renamed,
            })
            .map_err(|error| Diagnostic::io("publish the output folder", &self.shown, &error))
    }

    /// Moves what differs into the output folder.
    fn publish_changes(
        &self,
        claims: &[Claim],
        manifest: &str,
        listed: &dyn Fn(&Self) -> Result<(), Diagnostic>,
        step: &mut Step<'_>,
    ) -> Result<(), Diagnostic> {
        let removals = self.left_over().collect::<Vec<_>>();
        let moves = self.moves(claims, &removals)?;
        self.refuse_links_above(&removals)?;
        if moves.is_empty() && removals.is_empty() && self.is_manifest(manifest) {
            return listed(self);
        }
        // Also what was only compared: the old manifest does not vouch for it.
        let mut touched: Vec<&OutputPath> = claims.iter().map(|claim| &claim.path).collect();
        touched.extend(&removals);
        touched.sort_unstable();
        self.write_our_own(JOURNAL, &journal_text(&touched), step)?;

        let mut made_room = BTreeSet::new();
        for file in &moves {
            self.move_into_place(file, &mut made_room, step)
                .map_err(|error| self.half_done("publish this file", file.path, &error))?;
        }
        for path in in_order_of_deletion(&removals) {
            self.delete(path, step)
                .map_err(|error| self.half_done("delete this file", path, &error))?;
        }
        listed(self)?;
        self.write_our_own(MANIFEST, manifest, step)?;
        step()
            .and_then(|()| fs::remove_file(self.folder.join(JOURNAL)))
            .map_err(|error| self.half_done_own(JOURNAL, &error))
    }

    /// What was staged, in the order of publication, if all of it can be published.
    fn moves<'a>(
        &self,
        claims: &'a [Claim],
        removals: &[&OutputPath],
    ) -> Result<Vec<Move<'a>>, Diagnostic> {
        let mut eye = Eye { output: self, known_folder: String::new() };
        let mut moves = Vec::new();
        for claim in claims {
            let Some(Staged { number, kind }) = claim.staged else { continue };
            let standing = eye.look(&claim.path)?;
            let phase = match (kind, &standing) {
                (Kind::Asset, _) => Phase::Assets,
                (Kind::Page, Standing::File | Standing::Link) => Phase::ReplacedPages,
                (Kind::Feed, Standing::File | Standing::Link) => Phase::ReplacedFeeds,
                (Kind::Page | Kind::Feed, _) => Phase::NewFiles,
            };
            let in_the_way = self.obstacle(&claim.path, standing, removals)?;
            moves.push(Move { path: &claim.path, number, phase, in_the_way });
        }
        // Among new files the deepest come first: articles before the sections that list them.
        moves.sort_by_key(|file| (file.phase, std::cmp::Reverse(file.path.depth())));
        Ok(moves)
    }

    /// What has to give way to a file; an error if that is not ours.
    fn obstacle(
        &self,
        path: &OutputPath,
        standing: Standing,
        removals: &[&OutputPath],
    ) -> Result<Option<String>, Diagnostic> {
        let goes = |path: &str| {
            let found = removals.binary_search_by(|removal| removal.as_str().cmp(path));
            found.is_ok()
        };
        match standing {
            Standing::Nothing | Standing::Link => Ok(None),
            Standing::File if self.previous.incomplete || self.previous.find(path).is_some() => {
                Ok(None)
            }
            Standing::File => Err(self.foreign(path.as_str())),
            Standing::InFile(file) if goes(&file) => Ok(Some(file)),
            Standing::InFile(file) => Err(self.foreign(&file)),
            Standing::Folder => {
                for entry in WalkDir::new(join(&self.folder, path)).sort_by_file_name() {
                    let entry = entry.map_err(|error| {
                        self.io("read this folder", path, &io::Error::from(error))
                    })?;
                    let inner = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
                    let inner = shown(inner);
                    if !entry.file_type().is_dir() && !goes(&inner) {
                        return Err(self.foreign(&inner));
                    }
                }
                Ok(Some(path.as_str().to_owned()))
            }
        }
    }

    fn refuse_links_above(&self, removals: &[&OutputPath]) -> Result<(), Diagnostic> {
        let mut eye = Eye { output: self, known_folder: String::new() };
        for path in removals {
            eye.look(path)?;
        }
        Ok(())
    }

    fn move_into_place<'a>(
        &self,
        file: &'a Move<'_>,
        made_room: &mut BTreeSet<&'a str>,
        step: &mut Step<'_>,
    ) -> io::Result<()> {
        if let Some(obstacle) = &file.in_the_way
            && made_room.insert(obstacle)
        {
            step()?;
            // Away in one piece, and swept with the staging folder.
            let away = format!("in-the-way-{}", made_room.len());
            rename(&self.folder.join(obstacle), &self.staging.folder.join(away))?;
        }
        let target = join(&self.folder, file.path);
        step()?;
        let staged = self.staging.numbered(file.number);
        match rename(&staged, &target) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.staging.make_folders_of(&target)?;
                step()?;
                rename(&staged, &target)
            }
            moved => moved,
        }
    }

    /// Deletes a file or link, and the folders that this leaves empty. What is gone already, or has
    /// become a folder, is fine.
    fn delete(&self, path: &OutputPath, step: &mut Step<'_>) -> io::Result<()> {
        let target = join(&self.folder, path);
        match target.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => return Ok(()),
            Ok(_) => {
                step()?;
                fs::remove_file(&target)?;
            }
            Err(error) if is_nothing_there(&error) => {}
            Err(error) => return Err(error),
        }
        for folder in path.folders().rev() {
            match fs::remove_dir(self.folder.join(folder)) {
                Ok(()) => {}
                // A killed build may have removed the inner folder only.
                Err(error) if is_nothing_there(&error) => {}
                // Not empty; or not ours to remove, which harms nobody.
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn is_manifest(&self, text: &str) -> bool {
        !self.previous.unfinished
            && fs::read(self.folder.join(MANIFEST)).is_ok_and(|bytes| bytes == text.as_bytes())
    }

    fn write_our_own(&self, name: &str, text: &str, step: &mut Step<'_>) -> Result<(), Diagnostic> {
        step()
            .and_then(|()| self.staging.write_whole(&self.folder.join(name), text))
            .map_err(|error| self.half_done_own(name, &error))
    }

    fn summary(&self, claims: &[Claim], n_contents: usize) -> Summary {
        let mut summary = Summary::default();
        for claim in claims {
            summary.n_written += usize::from(claim.staged.is_some());
            let entry = self.previous.find(&claim.path).map(|at| &self.previous.entries[at]);
            match entry.and_then(|entry| entry.published) {
                Some(digest) if digest == claim.digest => {}
                Some(_) => summary.modified.push(claim.path.clone()),
                None => summary.added.push(claim.path.clone()),
            }
        }
        summary.n_unchanged = n_contents - summary.n_written;
        let entries = self.previous.entries.iter().zip(&self.claimed);
        summary.deleted = entries
            .filter(|(entry, claimed)| {
                entry.published.is_some() && !claimed.load(Ordering::Relaxed)
            })
            .map(|(entry, _)| entry.path.clone())
            .collect();
        summary
    }

    fn half_done(&self, doing: &str, path: &OutputPath, error: &io::Error) -> Diagnostic {
        self.io(doing, path, error).help(COMPLETED_NEXT_TIME)
    }

    fn half_done_own(&self, name: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::io("write the list of published files", &self.shown.join(name), error)
            .help(COMPLETED_NEXT_TIME)
    }

    fn foreign(&self, path: &str) -> Diagnostic {
        Diagnostic::error(
            "output-foreign-file",
            "a file that Visti did not make is where the site needs its own",
        )
        .in_file(shown(&self.shown.join(path)))
        .help("move it away; if it belongs to the site, put it into the folder of static files")
    }
}

const COMPLETED_NEXT_TIME: &str =
    "put that right and build again: the next build completes what this one could not";

/// Pages first, and of them the outermost, which list the others.
fn in_order_of_deletion<'a>(removals: &[&'a OutputPath]) -> Vec<&'a OutputPath> {
    let mut ordered = removals.to_vec();
    ordered.sort_by_key(|path| (!path.as_str().ends_with(".html"), path.depth()));
    ordered
}

/// Looks at paths of the output folder, in their order.
struct Eye<'a> {
    output: &'a Output,
    /// A folder that was seen to be one, with those above it.
    known_folder: String,
}

impl Eye<'_> {
    /// What is at this path. An error if a folder above it is a link: what is below that is not ours.
    fn look(&mut self, path: &OutputPath) -> Result<Standing, Diagnostic> {
        for folder in path.folders() {
            if Path::new(&self.known_folder).starts_with(folder) {
                continue;
            }
            match self.at(folder, path)? {
                Standing::Folder => folder.clone_into(&mut self.known_folder),
                Standing::Nothing => return Ok(Standing::Nothing),
                Standing::Link => return Err(self.link(folder)),
                Standing::File | Standing::InFile(_) => {
                    return Ok(Standing::InFile(folder.to_owned()));
                }
            }
        }
        self.at(path.as_str(), path)
    }

    fn at(&self, part: &str, path: &OutputPath) -> Result<Standing, Diagnostic> {
        match self.output.folder.join(part).symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => Ok(Standing::Folder),
            Ok(metadata) if metadata.is_symlink() => Ok(Standing::Link),
            Ok(_) => Ok(Standing::File),
            Err(error) if is_nothing_there(&error) => Ok(Standing::Nothing),
            Err(error) => Err(self.output.io("look at this file", path, &error)),
        }
    }

    fn link(&self, folder: &str) -> Diagnostic {
        Diagnostic::error(
            "output-link",
            "a folder of the output is a link, and nothing is written or deleted through links",
        )
        .in_file(shown(&self.output.shown.join(folder)))
        .help("replace the link by a folder; the output folder itself may be a link")
    }
}

#[cfg(test)]
mod tests {
    use super::super::sandbox::{File, Sandbox, copy_tree};
    use super::*;
    use Kind::{Asset, Feed, Page};

    /// Two states of a site: with an edit that keeps the size, and every change of shape.
    const OLD: &[File<'_>] = &[
        ("style.css", Asset, "old"),
        ("index.html", Page, "old front"),
        ("same.html", Page, "same"),
        ("gone/deep/index.html", Page, "gone"),
        ("gone/deep/map.svg", Asset, "gone"),
        ("feed.xml", Feed, "old feed"),
        ("was-a-file", Page, "file"),
        ("was-a-folder/a.html", Page, "a"),
        ("was-a-folder/b/c.html", Page, "c"),
    ];
    const NEW: &[File<'_>] = &[
        ("style.css", Asset, "new"),
        ("index.html", Page, "new front"),
        ("same.html", Page, "same"),
        ("new/deep/index.html", Page, "new"),
        ("feed.xml", Feed, "new feed"),
        ("was-a-file/a.html", Page, "a"),
        ("was-a-file/b.html", Page, "b"),
        ("was-a-folder", Page, "file"),
    ];

    /// What is left if the build from `before` to `after` is killed, at every moment of it.
    fn killed(before: impl Fn(&Sandbox), after: &[File<'_>]) -> Vec<Sandbox> {
        let sandbox = Sandbox::new();
        before(&sandbox);
        let mut left = Vec::new();
        let mut step = || {
            let copy = Sandbox::new();
            copy_tree(sandbox.output(), copy.output());
            left.push(copy);
            Ok(())
        };
        sandbox.build_stepwise(after, &mut step).unwrap();
        left
    }

    fn clean(files: &[File<'_>]) -> Vec<(String, String)> {
        let sandbox = Sandbox::new();
        sandbox.build(files).unwrap();
        sandbox.tree()
    }

    fn without_git(mut tree: Vec<(String, String)>) -> Vec<(String, String)> {
        tree.retain(|(path, _)| path != ".git/HEAD");
        tree
    }

    #[test]
    fn the_build_after_a_kill_equals_a_clean_one_whenever_it_was_killed() {
        let build_old = |sandbox: &Sandbox| drop(sandbox.build(OLD).unwrap());
        // Also back to the old state: then an old manifest must not vouch for a new file.
        for then in [OLD, NEW, &[]] {
            let left = killed(build_old, NEW);
            assert!(left.len() > 15, "{} steps", left.len());
            for (k, sandbox) in left.iter().enumerate() {
                sandbox.build(then).unwrap();
                assert_eq!(sandbox.tree(), clean(then), "killed at step {k}");
            }
        }
    }

    #[test]
    fn the_build_after_a_killed_first_one_beside_dot_entries_equals_a_clean_one() {
        let put_git = |sandbox: &Sandbox| sandbox.put("public/.git/HEAD", "main");
        for then in [OLD, NEW] {
            for (k, sandbox) in killed(put_git, OLD).iter().enumerate() {
                sandbox.build(then).unwrap();
                assert_eq!(without_git(sandbox.tree()), clean(then), "killed at step {k}");
            }
        }
    }

    #[test]
    fn the_build_after_two_kills_equals_a_clean_one() {
        let build_old = |sandbox: &Sandbox| drop(sandbox.build(OLD).unwrap());
        // Every fourth moment: all of them would take half a minute.
        for (k, once) in killed(build_old, NEW).iter().enumerate().step_by(4) {
            let copy_once = |sandbox: &Sandbox| copy_tree(once.output(), sandbox.output());
            for second in [OLD, NEW] {
                for (l, twice) in killed(copy_once, second).iter().enumerate().step_by(4) {
                    twice.build(OLD).unwrap();
                    assert_eq!(twice.tree(), clean(OLD), "killed at steps {k} and {l}");
                }
            }
        }
    }

    #[test]
    fn the_build_after_one_that_failed_half_way_equals_a_clean_one() {
        for k in 0.. {
            let sandbox = Sandbox::new();
            sandbox.build(OLD).unwrap();
            let mut n_steps = 0;
            let mut fail_at_k = || {
                n_steps += 1;
                if n_steps > k { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
            };
            let result = sandbox.build_stepwise(NEW, &mut fail_at_k);
            match result {
                Ok(_) => break,
                Err(error) => assert_eq!(error.help.as_deref(), Some(COMPLETED_NEXT_TIME)),
            }
            assert!(!sandbox.output().join(".visti-staging").exists());
            sandbox.build(NEW).unwrap();
            assert_eq!(sandbox.tree(), clean(NEW), "failed at step {k}");
        }
    }

    #[test]
    fn at_every_moment_what_a_known_page_leads_to_is_there() {
        // The texts are what the pages link to.
        let old: &[File<'_>] = &[
            ("index.html", Page, "ua/index.html a.css feed.xml"),
            ("ua/index.html", Page, "index.html ua/old/index.html"),
            ("ua/old/index.html", Page, "a.css old.svg"),
            ("feed.xml", Feed, "ua/old/index.html"),
            ("a.css", Asset, ""),
            ("old.svg", Asset, ""),
        ];
        let new: &[File<'_>] = &[
            ("index.html", Page, "ua/index.html b.css feed.xml ua/tag/index.html"),
            ("ua/index.html", Page, "index.html ua/new/index.html"),
            ("ua/new/index.html", Page, "b.css new.svg"),
            ("ua/tag/index.html", Page, "ua/new/index.html ua/tag/feed.xml"),
            ("ua/tag/feed.xml", Feed, "ua/new/index.html"),
            ("feed.xml", Feed, "ua/new/index.html"),
            ("b.css", Asset, ""),
            ("new.svg", Asset, ""),
        ];
        let left = killed(|sandbox| drop(sandbox.build(old).unwrap()), new);
        for (k, sandbox) in left.iter().enumerate() {
            let mut seen = BTreeSet::new();
            let mut to_read: Vec<String> =
                old.iter().map(|(path, ..)| (*path).to_owned()).collect();
            to_read.retain(|path| path == "index.html" || sandbox.output().join(path).exists());
            while let Some(path) = to_read.pop() {
                let text = fs::read_to_string(sandbox.output().join(&path));
                let text = text.unwrap_or_else(|_| panic!("{path} is missing at step {k}"));
                if seen.insert(path) {
                    to_read.extend(text.split_whitespace().map(str::to_owned));
                }
            }
        }
    }

    #[test]
    fn files_that_visti_did_not_make_are_left_alone() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("a/a", Page, "a"), ("b", Page, "b")]).unwrap();
        sandbox.put("public/a/mine", "mine");
        sandbox.put("public/CNAME", "visti.example");
        sandbox.build(&[("b", Page, "b")]).unwrap();
        let paths: Vec<_> = sandbox.published().into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["CNAME", "a/mine", "b"]);
    }

    #[test]
    fn a_foreign_file_in_the_way_is_an_error_before_anything_is_published() {
        for (foreign, needed) in
            [("CNAME", "CNAME"), ("about", "about/index.html"), ("about/mine", "about")]
        {
            let sandbox = Sandbox::new();
            sandbox.build(&[("a", Page, "old")]).unwrap();
            sandbox.put(&format!("public/{foreign}"), "mine");
            let before = sandbox.tree();
            let error = sandbox.build(&[("a", Page, "new"), (needed, Page, "ours")]).unwrap_err();
            assert_eq!(error.id, "output-foreign-file");
            assert_eq!(error.labels[0].file, format!("public/{foreign}"));
            assert_eq!(sandbox.tree(), before);
        }
    }

    #[test]
    fn a_foreign_file_with_the_same_bytes_becomes_ours() {
        let sandbox = Sandbox::new();
        sandbox.put("public/.nojekyll", "");
        sandbox.build(&[(".nojekyll", Asset, ""), ("a", Page, "a")]).unwrap();
        sandbox.build(&[("a", Page, "a")]).unwrap();
        assert_eq!(sandbox.tree(), clean(&[("a", Page, "a")]));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_a_file_is_replaced_and_its_target_left_alone() {
        let sandbox = Sandbox::new();
        sandbox.put("elsewhere", "theirs");
        sandbox.build(&[("a", Page, "ours"), ("b", Page, "b")]).unwrap();
        for name in ["a", "b", "c"] {
            drop(fs::remove_file(sandbox.output().join(name)));
            let target = sandbox.root().join("elsewhere");
            std::os::unix::fs::symlink(target, sandbox.output().join(name)).unwrap();
        }
        let files = &[("a", Page, "ours"), ("c", Page, "new")];
        sandbox.build(files).unwrap();
        assert_eq!(sandbox.tree(), clean(files));
        assert_eq!(fs::read_to_string(sandbox.root().join("elsewhere")).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_or_deleted_through_a_linked_folder() {
        let sandbox = Sandbox::new();
        sandbox.build(&[("ua/a", Page, "old"), ("ua/b", Page, "b")]).unwrap();
        let elsewhere = sandbox.root().join("elsewhere");
        fs::rename(sandbox.output().join("ua"), &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, sandbox.output().join("ua")).unwrap();
        for files in [
            &[("ua/a", Page, "new"), ("ua/b", Page, "b")][..],
            &[("ua/a", Page, "old")],
            &[("ua/a", Page, "old"), ("ua/b", Page, "b"), ("ua/c/d", Page, "new")],
        ] {
            let error = sandbox.build(files).unwrap_err();
            assert_eq!((&*error.id, error.labels[0].file.as_str()), ("output-link", "public/ua"));
        }
        assert_eq!(fs::read_to_string(elsewhere.join("a")).unwrap(), "old");
        assert_eq!(fs::read_to_string(elsewhere.join("b")).unwrap(), "b");
    }

    #[cfg(unix)]
    #[test]
    fn an_output_folder_that_is_a_link_is_published_where_it_leads() {
        let sandbox = Sandbox::new();
        let elsewhere = sandbox.root().join("releases");
        fs::create_dir(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, sandbox.output()).unwrap();
        sandbox.build(OLD).unwrap();
        sandbox.build(NEW).unwrap();
        assert!(sandbox.output().is_symlink());
        assert!(elsewhere.join("index.html").exists());
    }
}
