//! What changes on the disk: told by the system, or found by looking.
//!
//! In: the site's folder. Out: the names of files that changed, one set for everything that happens
//! within 15 ms of each other: a save of many files, or a `git checkout`, is one change. The output
//! folder, hidden files and editors' litter are passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, EventKind};
use notify::{ErrorKind, Event, RecursiveMode, Watcher};
use walkdir::WalkDir;

use super::live::Change;
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::project::{self, FOR_HOSTS, Stamp};

/// How long nothing must happen until what happened counts as one change.
const QUIET: Duration = Duration::from_millis(15);

/// Something that never becomes quiet counts as one change after so long.
const MOST: Duration = Duration::from_secs(2);

/// How often files are looked at, when the system does not tell; at most a tenth of the time.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The folders that a site is made of.
const FOLDERS: [&str; 3] = ["content", "static", "templates"];

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The system tells; where it cannot, files are looked at.
    Told,
    /// Files are looked at every second: for network folders and virtual machines, of which the system
    /// does not tell.
    Looking,
}

/// What the system says.
enum Word {
    Changed(PathBuf),
    /// Some changes were not told.
    Lost,
    /// There is no room for more watches.
    Full,
}

/// Starts what the system tells of a folder. Tests take another one.
type Start = fn(Sender<Word>) -> notify::Result<Box<dyn Watcher + Send>>;

/// Watches a site's folder.
pub(super) struct Watch {
    root: PathBuf,
    /// Without symbolic links.
    real_root: PathBuf,
    start: Start,
    words: Receiver<Word>,
    /// Dropping it ends the watch.
    watcher: Option<Box<dyn Watcher + Send>>,
    /// What symbolic links in the folders lead to, with their names.
    links: Vec<(PathBuf, String)>,
    looking: Option<Looking>,
    notice: Notice,
}

/// Files that are looked at.
struct Looking {
    stamps: BTreeMap<String, Option<Stamp>>,
    next: Instant,
}

impl Watch {
    /// A watch that has not begun.
    pub(super) fn new(root: &Path, notice: Notice) -> Self {
        Self::with(root, notice, start_system)
    }

    fn with(root: &Path, notice: Notice, start: Start) -> Self {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let real_root = root.canonicalize().unwrap_or_else(|_| root.clone());
        let (_, words) = channel();
        Self {
            root,
            real_root,
            start,
            words,
            watcher: None,
            links: Vec::new(),
            looking: None,
            notice,
        }
    }

    /// Begins to watch, or begins anew, for folders that came or came again. What happened before, and
    /// meanwhile, is not told. Gives a warning when the system cannot tell of everything.
    pub(super) fn begin(&mut self) -> Option<Diagnostic> {
        self.links = links(&self.root);
        if self.notice == Notice::Looking {
            self.look_from_now_on();
            return None;
        }
        match self.listen() {
            Ok(()) => {
                self.looking = None;
                None
            }
            Err(problem) => {
                self.watcher = None;
                self.look_from_now_on();
                Some(problem)
            }
        }
    }

    fn listen(&mut self) -> Result<(), Diagnostic> {
        let (sender, words) = channel();
        let mut watcher = (self.start)(sender).map_err(|error| untold(&error))?;
        self.words = words;
        let mut watch = |path: &Path, mode| watcher.watch(path, mode).map_err(|e| untold(&e));
        watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.iter().map(|name| self.root.join(name)).filter(|path| path.is_dir()) {
            watch(&folder, RecursiveMode::Recursive)?;
        }
        for (target, _) in &self.links {
            // Folders behind links are watched with the folder in which the link is.
            if target.is_file()
                && let Some(folder) = target.parent()
            {
                watch(folder, RecursiveMode::NonRecursive)?;
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    fn look_from_now_on(&mut self) {
        let stamps = stamps(&self.root);
        self.looking = Some(Looking { stamps, next: Instant::now() + LOOK_EVERY });
    }

    /// Whether the watch has to begin anew because of a change: a folder or link came or went, or the
    /// system did not tell of changes so far, and may do so now.
    pub(super) fn must_begin(&self, change: &Change) -> bool {
        let is_limited = self.looking.is_some() && self.notice == Notice::Told;
        is_limited
            || match change {
                Change::Files(names) => names.iter().any(|name| {
                    let metadata = self.root.join(name).symlink_metadata();
                    metadata.map_or(!name.contains('/'), |metadata| !metadata.is_file())
                }),
                Change::Everything | Change::Time => false,
            }
    }

    /// Waits for the next change, at most until `deadline`; with what has to be said about watching.
    pub(super) fn next(
        &mut self,
        deadline: Option<Instant>,
    ) -> (Option<Change>, Option<Diagnostic>) {
        if self.looking.is_some() {
            return (self.look(deadline), None);
        }
        let mut names = BTreeSet::new();
        let mut quiet_from: Option<Instant> = None;
        let mut first: Option<Instant> = None;
        loop {
            let until = match (quiet_from, first) {
                (Some(quiet), Some(first)) => Some((quiet + QUIET).min(first + MOST)),
                _ => deadline,
            };
            let word = match until {
                Some(until) => {
                    self.words.recv_timeout(until.saturating_duration_since(Instant::now()))
                }
                None => self.words.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match word {
                Ok(Word::Changed(path)) => {
                    let found = self.names(&path);
                    if !found.is_empty() {
                        let now = Instant::now();
                        quiet_from = Some(now);
                        first.get_or_insert(now);
                        names.extend(found);
                    }
                }
                Ok(Word::Lost) => return (Some(Change::Everything), Some(lost())),
                Ok(Word::Full) => {
                    self.watcher = None;
                    self.look_from_now_on();
                    return (Some(Change::Everything), Some(full()));
                }
                Err(RecvTimeoutError::Timeout) if names.is_empty() => return (None, None),
                Err(RecvTimeoutError::Timeout) => return (Some(Change::Files(names)), None),
                // The system's own thread has ended.
                Err(RecvTimeoutError::Disconnected) => {
                    self.watcher = None;
                    self.look_from_now_on();
                    return (Some(Change::Everything), Some(lost()));
                }
            }
        }
    }

    /// Looks at every file, until one has changed or the deadline is there.
    fn look(&mut self, deadline: Option<Instant>) -> Option<Change> {
        loop {
            let looking = self.looking.as_mut().expect("asked for while looking");
            let until = deadline.map_or(looking.next, |deadline| deadline.min(looking.next));
            std::thread::sleep(until.saturating_duration_since(Instant::now()));
            if until < looking.next {
                return None;
            }
            let begun = Instant::now();
            let now = stamps(&self.root);
            looking.next = Instant::now() + LOOK_EVERY.max(begun.elapsed() * 10);
            let before = std::mem::replace(&mut looking.stamps, now);
            let names = differing(&before, &looking.stamps);
            if !names.is_empty() {
                return Some(Change::Files(names));
            }
        }
    }

    /// The names, relative to the root, of what the system tells of: more than one if links lead to it.
    fn names(&self, path: &Path) -> Vec<String> {
        let mut names = Vec::new();
        if path.starts_with(&self.root) {
            names.push(project::name_of(&self.root, path));
        }
        if !self.links.is_empty() || names.is_empty() {
            let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
            let real = folder.zip(path.file_name()).map(|(folder, name)| folder.join(name));
            let real = real.unwrap_or_else(|| path.to_owned());
            if real.starts_with(&self.real_root) {
                names.push(project::name_of(&self.real_root, &real));
            }
            for (target, name) in &self.links {
                if let Ok(below) = real.strip_prefix(target) {
                    let below = project::name_of(Path::new(""), below);
                    names.push(format!("{name}/{below}").trim_end_matches('/').to_owned());
                }
            }
        }
        names.retain(|name| is_of_the_site(name));
        names
    }
}

fn start_system(words: Sender<Word>) -> notify::Result<Box<dyn Watcher + Send>> {
    let tell = move |event: notify::Result<Event>| {
        let send = |word| {
            // The watch may have been given up meanwhile.
            let (Ok(()) | Err(_)) = words.send(word);
        };
        match event {
            Ok(event) if event.need_rescan() => send(Word::Lost),
            // Reading is not a change, and the preview itself reads.
            Ok(event) if matches!(event.kind, EventKind::Access(kind) if !is_written(kind)) => {}
            Ok(event) => event.paths.into_iter().for_each(|path| send(Word::Changed(path))),
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => send(Word::Full),
            Err(_) => send(Word::Lost),
        }
    };
    Ok(Box::new(notify::recommended_watcher(tell)?))
}

fn is_written(kind: AccessKind) -> bool {
    matches!(kind, AccessKind::Close(notify::event::AccessMode::Write))
}

/// Whether a name is that of a file or folder that a site is made of; the root itself has none.
fn is_of_the_site(name: &str) -> bool {
    let mut parts = name.split('/');
    let top = parts.next().unwrap_or_default();
    name.is_empty()
        || name == config::FILE
        || FOLDERS.contains(&top)
            && parts.all(|part| !project::is_litter_name(part, &FOR_HOSTS[..]))
}

/// What the symbolic links in the site's folders lead to, as far as it is in the site, with the names
/// of the links.
fn links(root: &Path) -> Vec<(PathBuf, String)> {
    let mut links = Vec::new();
    for folder in FOLDERS {
        for entry in WalkDir::new(root.join(folder)).into_iter().filter_map(Result::ok) {
            if entry.path_is_symlink()
                && let Ok(target) = entry.path().canonicalize()
            {
                links.push((target, project::name_of(root, entry.path())));
            }
        }
    }
    links
}

/// All files of the site.
fn stamps(root: &Path) -> BTreeMap<String, Option<Stamp>> {
    let folders = FOLDERS.iter().flat_map(|folder| project::walk(root, folder, &FOR_HOSTS).value);
    let names = folders.chain([config::FILE.to_owned()]);
    names.map(|name| (name.clone(), Stamp::of(&root.join(&name)))).collect()
}

/// The names that do not have the same stamp in both.
fn differing(
    before: &BTreeMap<String, Option<Stamp>>,
    now: &BTreeMap<String, Option<Stamp>>,
) -> BTreeSet<String> {
    let is_same = |name: &&String| before.get(*name) == now.get(*name);
    before.keys().chain(now.keys()).filter(|name| !is_same(name)).cloned().collect()
}

const LOOKING_INSTEAD: &str = "changes are looked for every second instead, which is slower";

fn full() -> Diagnostic {
    Diagnostic::warning(
        "watch-limit",
        format!("the system watches no more folders for this user; {LOOKING_INSTEAD}"),
    )
    .help("allow more, on Linux with `sudo sysctl fs.inotify.max_user_watches=524288`")
}

fn lost() -> Diagnostic {
    Diagnostic::warning(
        "watch-lost",
        "the system did not tell of all changes; the whole site is read again",
    )
    .help("if it happens again, start the preview with `--poll`")
}

fn untold(error: &notify::Error) -> Diagnostic {
    let why = match &error.kind {
        ErrorKind::MaxFilesWatch => return full(),
        ErrorKind::PathNotFound => "a folder is not there".to_owned(),
        ErrorKind::Io(io) => io.to_string().to_lowercase(),
        other => format!("{other:?}"),
    };
    let why = why.split(" (os error").next().unwrap_or_default();
    let message = format!("the system does not tell of changes: {why}; {LOOKING_INSTEAD}");
    Diagnostic::warning("watch-refused", message)
        .help("restore the folder, or allow this user to read it")
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files")]
mod tests {
    use std::fs;
    use std::sync::Mutex;

    use notify::{Config, EventHandler, WatcherKind};

    use super::*;
    use crate::diagnostic::print;

    /// A system that has no room for more watches.
    struct Crowded;

    impl Watcher for Crowded {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            Ok(Self)
        }

        fn watch(&mut self, path: &Path, _: RecursiveMode) -> notify::Result<()> {
            Err(notify::Error::new(ErrorKind::MaxFilesWatch).add_path(path.to_owned()))
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Ok(())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    /// A system that tells what a test tells it to.
    struct Told;

    static WORDS: Mutex<Vec<Sender<Word>>> = Mutex::new(Vec::new());

    impl Watcher for Told {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            Ok(Self)
        }

        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            Ok(())
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Ok(())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    fn site() -> tempfile::TempDir {
        let site = tempfile::Builder::new().prefix("site").tempdir().unwrap();
        fs::create_dir_all(site.path().join("content/ua")).unwrap();
        fs::write(site.path().join("content/ua/a.md"), "one").unwrap();
        site
    }

    fn files(names: &[&str]) -> Change {
        Change::Files(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn where_the_system_watches_no_more_folders_files_are_looked_at() {
        let site = site();
        let mut watch = Watch::with(site.path(), Notice::Told, |_| Ok(Box::new(Crowded)));
        let warning = print::for_people(&watch.begin().unwrap(), print::Style::Plain);
        insta::assert_snapshot!(warning, @r"
        warning[watch-limit]: the system watches no more folders for this user; changes are looked for every second instead, which is slower
         |
         = help: allow more, on Linux with `sudo sysctl fs.inotify.max_user_watches=524288`
        ");
        fs::write(site.path().join("content/ua/a.md"), "another").unwrap();
        fs::write(site.path().join("content/ua/b.md"), "new").unwrap();
        let (change, problem) = watch.next(None);
        assert_eq!(change, Some(files(&["content/ua/a.md", "content/ua/b.md"])));
        assert_eq!(problem, None);
        assert!(watch.must_begin(&change.unwrap()), "there may be room again");
    }

    #[test]
    fn what_the_system_says_becomes_changes_of_the_site() {
        let site = site();
        let root = site.path().canonicalize().unwrap();
        let mut watch = Watch::with(&root, Notice::Told, |words| {
            WORDS.lock().unwrap().push(words);
            Ok(Box::new(Told))
        });
        assert_eq!(watch.begin(), None);
        let say = |word| WORDS.lock().unwrap().last().unwrap().send(word).unwrap();
        let changed = |name: &str| say(Word::Changed(root.join(name)));

        for name in [
            "content/ua/a.md",
            "public/ua/index.html",
            ".visti/x",
            "content/ua/.a.md.swp",
            "content/ua/a.md~",
            "static/.well-known/x",
            "static/.DS_Store",
            "notes.md",
            "site.toml",
            "templates/base.html",
        ] {
            changed(name);
        }
        let all = ["content/ua/a.md", "site.toml", "static/.well-known/x", "templates/base.html"];
        assert_eq!(watch.next(None), (Some(files(&all)), None));

        // Nothing of the site, until the deadline.
        changed("public/ua/index.html");
        assert_eq!(watch.next(Some(Instant::now() + QUIET)), (None, None));

        say(Word::Lost);
        let (change, problem) = watch.next(None);
        assert_eq!(change, Some(Change::Everything));
        insta::assert_snapshot!(print::for_people(&problem.unwrap(), print::Style::Plain), @r"
        warning[watch-lost]: the system did not tell of all changes; the whole site is read again
         |
         = help: if it happens again, start the preview with `--poll`
        ");

        say(Word::Full);
        let (change, problem) = watch.next(None);
        assert_eq!(
            (change, problem.map(|p| p.id)),
            (Some(Change::Everything), Some("watch-limit".into()))
        );
        fs::write(root.join("content/ua/a.md"), "another").unwrap();
        assert_eq!(watch.next(None), (Some(files(&["content/ua/a.md"])), None));
    }
}
