//! Whatever stands in `site.toml`, it is read to its end: with a message, never a panic.

#![no_main]

use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match visti::config::parse(PathBuf::from("/site"), text, None) {
        Ok((config, _)) => {
            assert!(!config.languages.is_empty());
            let url = format!("{}{}/x", config.base_url.origin, config.base_url.path);
            assert_eq!(config.below_own(&url), Some("/x"));
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
});
