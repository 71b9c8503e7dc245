//! Gives the program a name for its own source code: pages that an older one rendered are stale.

#![allow(clippy::expect_used, reason = "a build script fails by panicking")]

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut files = vec![PathBuf::from("Cargo.toml"), PathBuf::from("Cargo.lock")];
    collect(Path::new("src"), &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        // A package from a registry may come without its lock file.
        (file.to_string_lossy().replace('\\', "/"), fs::read(&file).unwrap_or_default())
            .hash(&mut hasher);
    }
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rustc-env=VISTI_PROGRAM={}", hasher.finish());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source code is readable") {
        let path = entry.expect("the source code is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
