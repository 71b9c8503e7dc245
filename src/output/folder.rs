//! Which folder may be an output folder.
//!
//! A build deletes files, so a slip in `site.toml` or on the command line must not make it delete
//! the wrong ones (other generators lost home folders and sources this way). A folder is refused
//! when it could not be meant, and when it holds files that no manifest of ours accounts for.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Folders;
use super::manifest::{JOURNAL, MANIFEST};
use crate::diagnostic::Diagnostic;

/// What stands where the output will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Missing,
    /// A folder without any entry.
    Empty,
    /// A folder with entries like `.git` only.
    DotEntries,
    /// A folder with our manifest, or with the journal of a first build that was killed.
    Marked,
}

/// The output folder, with every link on the way resolved, and what is there.
pub(super) fn accept(folders: &Folders<'_>) -> Result<(PathBuf, Found), Diagnostic> {
    let resolve = |path: &Path| {
        resolve(path).map_err(|error| {
            Diagnostic::io("use this folder", super::relative_to(folders.root, path), &error)
        })
    };
    let output = resolve(folders.output)?;
    let root = resolve(folders.root)?;
    let shown = folders.output_shown();
    let refuse = |why: String| Err(refused(&shown, why));

    if output.parent().is_none() {
        return refuse("the whole file system cannot be the output folder".to_owned());
    }
    // A home folder that is not there, or is closed to us, is still one to keep out of.
    if let Some(home) = folders.home
        && resolve(home).unwrap_or_else(|_| home.to_owned()).starts_with(&output)
    {
        return refuse("the home folder cannot be in the output folder".to_owned());
    }
    if root.starts_with(&output) {
        return refuse("the site's own folder cannot be in the output folder".to_owned());
    }
    for source in folders.sources.iter().map(PathBuf::as_path).chain([folders.state]) {
        let resolved = resolve(source)?;
        let name = super::shown(super::relative_to(folders.root, source));
        if resolved.starts_with(&output) {
            return refuse(format!("the output folder holds `{name}`"));
        }
        if output.starts_with(&resolved) {
            return refuse(format!("the output folder lies in `{name}`"));
        }
    }
    let found = look(&output, &shown)?;
    Ok((output, found))
}

fn look(output: &Path, shown: &Path) -> Result<Found, Diagnostic> {
    let entries = match std::fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Missing),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(refused(shown, "the output is not a folder".to_owned()));
        }
        Err(error) => return Err(Diagnostic::io("read the output folder", shown, &error)),
    };
    if [MANIFEST, JOURNAL].iter().any(|name| is_plain_file(&output.join(name))) {
        return Ok(Found::Marked);
    }
    let mut found = Found::Empty;
    for entry in entries {
        let entry =
            entry.map_err(|error| Diagnostic::io("read the output folder", shown, &error))?;
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            return Err(refused(
                shown,
                format!(
                    "the output folder has files that Visti did not make, such as `{}`",
                    name.display()
                ),
            ));
        }
        found = Found::DotEntries;
    }
    Ok(found)
}

fn is_plain_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

fn refused(shown: &Path, why: String) -> Diagnostic {
    Diagnostic::error("output-refused", why)
        .in_file(super::shown(shown))
        .help("choose a folder that is new, empty, or was made by Visti")
}

/// The path without links, `.` and `..`; its end may be missing.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut existing = absolute.as_path();
    let mut missing = Vec::new();
    loop {
        let error = match existing.canonicalize() {
            Ok(mut resolved) => {
                resolved.extend(missing.iter().rev());
                return Ok(resolved);
            }
            Err(error) => error,
        };
        // A link that leads nowhere is a mistake; so is `..` behind a folder that is not there.
        match (existing.parent(), existing.file_name()) {
            (Some(parent), Some(name))
                if error.kind() == ErrorKind::NotFound && !existing.is_symlink() =>
            {
                missing.push(name);
                existing = parent;
            }
            _ => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::sandbox::Sandbox;
    use super::*;

    fn refusal(sandbox: &Sandbox, output: &Path) -> String {
        let error = accept(&sandbox.folders_to(output)).expect_err("must be refused");
        assert_eq!(error.id, "output-refused", "{error:?}");
        error.message
    }

    #[test]
    fn a_folder_that_cannot_be_meant_is_refused() {
        let sandbox = Sandbox::new();
        let root = sandbox.root();
        let home = sandbox.home();
        for (output, why) in [
            (Path::new("/"), "the whole file system cannot be the output folder"),
            (home, "the home folder cannot be in the output folder"),
            (home.parent().unwrap(), "the home folder cannot be in the output folder"),
            (root, "the site's own folder cannot be in the output folder"),
            (&root.join("content/.."), "the site's own folder cannot be in the output folder"),
            (&root.join("content"), "the output folder holds `content`"),
            (&root.join("content/ua/public"), "the output folder lies in `content`"),
            (&root.join("site.toml"), "the output folder holds `site.toml`"),
            (&root.join(".visti"), "the output folder holds `.visti`"),
        ] {
            assert_eq!(refusal(&sandbox, output), why, "{}", output.display());
        }
    }

    #[test]
    fn an_ancestor_of_the_root_is_refused() {
        let sandbox = Sandbox::new();
        let nested = sandbox.root().join("nested/site");
        fs::create_dir_all(&nested).unwrap();
        let folders = Folders {
            root: &nested,
            output: nested.parent().unwrap(),
            sources: &[],
            state: &nested.join(".visti"),
            home: None,
        };
        let error = accept(&folders).unwrap_err();
        assert_eq!(error.message, "the site's own folder cannot be in the output folder");
    }

    #[test]
    fn a_folder_with_files_that_no_manifest_accounts_for_is_refused_and_left_alone() {
        let sandbox = Sandbox::new();
        sandbox.put("public/thesis.doc", "years of work");
        let why = "the output folder has files that Visti did not make, such as `thesis.doc`";
        assert_eq!(refusal(&sandbox, sandbox.output()), why);
        assert_eq!(sandbox.tree(), [("thesis.doc".to_owned(), "years of work".to_owned())]);
    }

    #[test]
    fn a_file_is_refused_as_an_output_folder() {
        let sandbox = Sandbox::new();
        sandbox.put("public", "a file");
        assert_eq!(refusal(&sandbox, sandbox.output()), "the output is not a folder");
    }

    #[test]
    fn what_may_become_the_output_is_told_apart() {
        let sandbox = Sandbox::new();
        let found = || accept(&sandbox.folders()).unwrap().1;
        assert_eq!(found(), Found::Missing);
        fs::create_dir(sandbox.output()).unwrap();
        assert_eq!(found(), Found::Empty);
        sandbox.put("public/.git/HEAD", "ref: refs/heads/main");
        assert_eq!(found(), Found::DotEntries);
        sandbox.put("public/.visti-manifest", "");
        sandbox.put("public/index.html", "");
        assert_eq!(found(), Found::Marked);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_is_resolved_and_one_that_leads_nowhere_is_an_error() {
        let sandbox = Sandbox::new();
        let elsewhere = sandbox.root().join("releases/7");
        fs::create_dir_all(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, sandbox.output()).unwrap();
        let (folder, found) = accept(&sandbox.folders()).unwrap();
        assert_eq!((folder, found), (elsewhere.canonicalize().unwrap(), Found::Empty));

        fs::remove_dir(&elsewhere).unwrap();
        assert_eq!(accept(&sandbox.folders()).unwrap_err().id, "io");

        fs::remove_file(sandbox.output()).unwrap();
        std::os::unix::fs::symlink(sandbox.root().join("content"), sandbox.output()).unwrap();
        assert_eq!(refusal(&sandbox, sandbox.output()), "the output folder holds `content`");
    }
}
