//! What the file system alone costs: reading every source, and writing as many files of the same sizes.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// As many threads as the build uses unless told otherwise.
pub(crate) fn n_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The shape of a folder: paths below it, and sizes.
pub(crate) struct Tree {
    folders: Vec<PathBuf>,
    files: Vec<(PathBuf, u64)>,
}

impl Tree {
    pub(crate) fn of(root: &Path) -> io::Result<Self> {
        let mut tree = Self { folders: Vec::new(), files: Vec::new() };
        tree.walk(root, Path::new(""))?;
        Ok(tree)
    }

    fn walk(&mut self, root: &Path, below: &Path) -> io::Result<()> {
        for entry in std::fs::read_dir(root.join(below))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.folders.push(path.clone());
                self.walk(root, &path)?;
            } else {
                self.files.push((path, entry.metadata()?.len()));
            }
        }
        Ok(())
    }

    pub(crate) fn n_files(&self) -> usize {
        self.files.len()
    }

    pub(crate) fn n_bytes(&self) -> u64 {
        self.files.iter().map(|(_, size)| size).sum()
    }

    /// How long it takes to write a tree like this one.
    pub(crate) fn write(&self, to: &Path) -> io::Result<Duration> {
        let longest = self.files.iter().map(|(_, size)| *size).max().unwrap_or(0);
        let bytes = vec![b'x'; usize::try_from(longest).map_err(io::Error::other)?];
        let start = Instant::now();
        std::fs::create_dir_all(to)?;
        for folder in &self.folders {
            std::fs::create_dir(to.join(folder))?;
        }
        share(&self.files, |(path, size)| {
            let size = usize::try_from(*size).map_err(io::Error::other)?;
            std::fs::File::create(to.join(path))?.write_all(bytes.get(..size).unwrap_or(&bytes))
        })?;
        Ok(start.elapsed())
    }
}

/// How long it takes to find and read every file of a folder.
pub(crate) fn read(root: &Path) -> io::Result<Duration> {
    let start = Instant::now();
    let tree = Tree::of(root)?;
    share(&tree.files, |(path, size)| {
        let mut bytes = Vec::with_capacity(usize::try_from(*size).unwrap_or(0) + 1);
        std::fs::File::open(root.join(path))?.read_to_end(&mut bytes)?;
        Ok(())
    })?;
    Ok(start.elapsed())
}

/// Does something with every item, on all processors.
fn share<T: Sync>(items: &[T], work: impl Fn(&T) -> io::Result<()> + Sync) -> io::Result<()> {
    // Enough items at a time that threads do not meet, few enough that they end together.
    const AT_ONCE: usize = 32;
    let next = AtomicUsize::new(0);
    let some = || -> io::Result<()> {
        loop {
            let first = next.fetch_add(AT_ONCE, Ordering::Relaxed);
            let Some(rest) = items.get(first..).filter(|rest| !rest.is_empty()) else {
                return Ok(());
            };
            rest.iter().take(AT_ONCE).try_for_each(&work)?;
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads()).map(|_| scope.spawn(some)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("`some` never panics"))
    })
}
