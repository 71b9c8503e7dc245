//! One build at a time for one output folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::WhenLocked;
use crate::diagnostic::Diagnostic;
use crate::project::make_state_folder;

/// Held as long as it lives. The system lets go of it also when the process is killed; the file
/// stays, because removing it would let a third process lock a new one while a second still waits.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file does not do: a child process that is just being started has it open too.
        // An error here means that the lock is gone already.
        drop(self.file.unlock());
    }
}

/// Locks the resolved folder `output`, which messages call `shown`, by a file in the folder `state`.
pub(super) fn take(
    state: &Path,
    output: &Path,
    shown: &Path,
    when_locked: WhenLocked,
) -> Result<Lock, Diagnostic> {
    let file_name = format!("output-{:016x}.lock", xxh3_64(output.as_os_str().as_encoded_bytes()));
    let path = state.join(file_name);
    let in_state = |error: io::Error| Diagnostic::io("lock the output folder", &path, &error);

    make_state_folder(state).map_err(in_state)?;
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(in_state)?;
    match (file.try_lock(), when_locked) {
        (Ok(()), _) => {}
        (Err(TryLockError::WouldBlock), WhenLocked::Wait) => file.lock().map_err(in_state)?,
        (Err(TryLockError::WouldBlock), WhenLocked::Fail) => return Err(locked(file, shown)),
        (Err(TryLockError::Error(error)), _) => return Err(in_state(error)),
    }
    file.set_len(0)
        .and_then(|()| file.write_all(std::process::id().to_string().as_bytes()))
        .map_err(in_state)?;
    Ok(Lock { file })
}

fn locked(mut file: File, shown: &Path) -> Diagnostic {
    let mut written = String::new();
    // Windows refuses to read a locked file, and the process may not have written its number yet.
    let holder = match file.read_to_string(&mut written) {
        Ok(_) if written.parse::<u32>().is_ok() => format!("process {written}"),
        _ => "another process".to_owned(),
    };
    Diagnostic::error("output-locked", format!("{holder} is building into this folder"))
        .in_file(super::shown(shown))
        .help("let it finish, or run with `--wait`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_build_into_the_same_folder_is_told_which_process_holds_it() {
        let state = tempfile::tempdir().unwrap();
        let shown = Path::new("public");
        let first = take(state.path(), Path::new("/a"), shown, WhenLocked::Fail).unwrap();
        let other = take(state.path(), Path::new("/b"), shown, WhenLocked::Fail);
        assert!(other.is_ok(), "another output folder has its own lock");

        let second = take(state.path(), Path::new("/a"), shown, WhenLocked::Fail).unwrap_err();
        assert_eq!(second.id, "output-locked");
        let holder = format!("process {} is building into this folder", std::process::id());
        assert_eq!(second.message, holder);

        drop(first);
        assert!(take(state.path(), Path::new("/a"), shown, WhenLocked::Fail).is_ok());
    }

    #[test]
    fn a_build_that_waits_gets_the_folder_when_the_first_is_done() {
        let state = tempfile::tempdir().unwrap();
        let shown = Path::new("public");
        let first = take(state.path(), Path::new("/a"), shown, WhenLocked::Fail).unwrap();
        std::thread::scope(|scope| {
            let second =
                scope.spawn(|| take(state.path(), Path::new("/a"), shown, WhenLocked::Wait));
            drop(first);
            assert!(second.join().unwrap().is_ok());
        });
    }
}
