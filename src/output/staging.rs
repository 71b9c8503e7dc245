//! Where files are written before they are published.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::OutputPath;
use super::folder::Found;

/// The folder for staged files in an output folder that has something in it already.
const INSIDE: &str = ".visti-staging";

/// Everybody may read: the web server is rarely the user who builds.
const FILE_MODE: u32 = 0o644;
const FOLDER_MODE: u32 = 0o755;

/// A folder for files that are not published yet, gone when this is dropped.
#[derive(Debug)]
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    pub(super) layout: Layout,
    next_number: AtomicU32,
    modes: Modes,
}

/// How staged files lie in their folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Beside the output folder, each at its path: the folder is renamed as a whole.
    Aside,
    /// In the output folder, under numbers: each file is renamed alone.
    Inside,
}

/// Whether files and folders get the modes 0644 and 0755 right when they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modes {
    AsAsked,
    /// The umask takes some bits away, so they are set afterwards: two system calls a page.
    SetAfterwards,
}

impl Staging {
    /// Sweeps what a killed build left, and makes the folder for this one. `output` is resolved.
    pub(super) fn begin(output: &Path, found: Found) -> io::Result<Self> {
        let aside = aside_of(output);
        if let Some(aside) = &aside {
            // Somebody else's parent folder: then there is nothing of ours to sweep in it.
            sweep(aside).or_else(|error| ignore_denied(found, error))?;
        }
        match (found, aside) {
            (Found::Missing, Some(aside)) => {
                if let Some(parent) = output.parent() {
                    fs::create_dir_all(parent)?;
                }
                Self::make(aside, Layout::Aside)
            }
            (Found::Empty, Some(aside)) if can_be_replaced(output, &aside) => {
                Self::make(aside, Layout::Aside)
            }
            _ => {
                let inside = output.join(INSIDE);
                sweep(&inside)?;
                Self::make(inside, Layout::Inside)
            }
        }
    }

    fn make(folder: PathBuf, layout: Layout) -> io::Result<Self> {
        let mut modes = Modes::AsAsked;
        make_folder(&folder, modes)?;
        if !has_folder_mode(&folder)? {
            modes = Modes::SetAfterwards;
            set_mode(&folder, FOLDER_MODE)?;
        }
        Ok(Self { folder, layout, next_number: AtomicU32::new(0), modes })
    }

    /// Makes an empty file that will be published at `path`, below folders that are made as needed.
    /// Gives the number by which [`Staging::numbered`] finds it again in the layout `Inside`.
    pub(super) fn create(&self, path: &OutputPath) -> io::Result<(File, u32)> {
        let number = self.next_number.fetch_add(1, Ordering::Relaxed);
        let target = match self.layout {
            Layout::Aside => {
                let target = join(&self.folder, path);
                self.make_folders_of(&target)?;
                target
            }
            Layout::Inside => self.numbered(number),
        };
        let file = create_file(&target)?;
        if self.modes == Modes::SetAfterwards {
            set_mode(&target, FILE_MODE)?;
        }
        Ok((file, number))
    }

    /// Where the file with this number is, in the layout `Inside`.
    pub(super) fn numbered(&self, number: u32) -> PathBuf {
        self.folder.join(format!("{number:x}"))
    }

    /// Makes the folder of `target` and those above it, with their mode, also outside of staging.
    ///
    /// Most pages have a folder of their own, so making it without asking first is one system call a
    /// page; remembering the folders made would need memory for every page and save nothing.
    pub(super) fn make_folders_of(&self, target: &Path) -> io::Result<()> {
        let Some(folder) = target.parent() else { return Ok(()) };
        match make_folder(folder, self.modes) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.make_folders_of(folder)?;
                make_folder(folder, self.modes)
            }
            made => made,
        }
    }

    /// Writes one of our own files: whole, or not at all.
    pub(super) fn write_whole(&self, target: &Path, text: &str) -> io::Result<()> {
        let number = self.next_number.fetch_add(1, Ordering::Relaxed);
        let temporary = self.folder.join(format!(".visti-{number:x}"));
        #[expect(clippy::disallowed_methods, reason = "this is `output`")]
        fs::write(&temporary, text)?;
        set_mode(&temporary, FILE_MODE)?;
        rename(&temporary, target)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays is swept at the next start; after a publication aside there is nothing.
        drop(sweep(&self.folder));
    }
}

/// `folder/path`, in one allocation.
pub(super) fn join(folder: &Path, path: &OutputPath) -> PathBuf {
    let mut joined = PathBuf::with_capacity(folder.as_os_str().len() + 1 + path.as_str().len());
    joined.push(folder);
    joined.push(path.as_str());
    joined
}

/// A rename that replaces what is there. On Windows a file that a virus scanner or an editor holds
/// open for a moment cannot be replaced, so there it is tried for a second.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let mut n_retries = if cfg!(windows) { 20 } else { 0 };
    loop {
        match fs::rename(from, to) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied && n_retries > 0 => {
                n_retries -= 1;
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

/// `.NAME.visti-building` beside the output folder, and so on the same file system, unless the
/// output is a mount point.
fn aside_of(output: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name()?);
    name.push(".visti-building");
    Some(output.with_file_name(name))
}

/// Whether an empty folder can be replaced by another: neither for a mount point, nor in a folder
/// that is closed to us. It is tried with a folder as empty as itself, because asking at the end of
/// a long build would be too late.
fn can_be_replaced(output: &Path, aside: &Path) -> bool {
    if make_folder(aside, Modes::AsAsked).is_err() {
        return false;
    }
    if fs::rename(aside, output).is_ok() {
        return true;
    }
    drop(sweep(aside));
    false
}

fn sweep(folder: &Path) -> io::Result<()> {
    // A link by this name is removed itself, not what it leads to.
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        swept => swept,
    }
}

fn ignore_denied(found: Found, error: io::Error) -> io::Result<()> {
    match (found, error.kind()) {
        (Found::Missing, _) => Err(error),
        (_, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(()),
        _ => Err(error),
    }
}

/// Makes a folder, unless it is there.
fn make_folder(folder: &Path, modes: Modes) -> io::Result<()> {
    match create_folder(folder) {
        Ok(()) if modes == Modes::SetAfterwards => set_mode(folder, FOLDER_MODE),
        // If it is no folder but a file, then opening a file in it says so.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

#[cfg(unix)]
fn create_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(FOLDER_MODE).create(folder)
}

#[cfg(unix)]
fn create_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(FILE_MODE).open(path)
}

#[cfg(unix)]
fn has_folder_mode(folder: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(folder.metadata()?.permissions().mode() & 0o777 == FOLDER_MODE)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

// Where there are no such modes, everything is as asked.

#[cfg(not(unix))]
fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(not(unix))]
fn create_file(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

#[cfg(not(unix))]
fn has_folder_mode(_: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
