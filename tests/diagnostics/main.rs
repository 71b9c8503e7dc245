//! What an editor reads when something is wrong with the site. Every message has a snapshot here;
//! reading it as somebody who is in a hurry to publish is the review.

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod articles;
mod command_line;
mod components;
mod files;
mod hosting;
mod law;
mod links;
mod odd;
mod output;
mod publisher;
mod report;
mod settings;
mod templates;
mod vanished;
mod vocabulary;

use support::TestSite;

/// Builds a site that has errors: what is said about them. Nothing may have been written.
#[track_caller]
fn errors(files: &str) -> String {
    let site = TestSite::new(files);
    let run = site.build(&[]);
    assert_eq!(site.published(), [""; 0]);
    run.problems(1).to_owned()
}

/// Builds a site that has warnings only: what is said about them.
#[track_caller]
fn warnings(files: &str) -> String {
    TestSite::new(files).build(&[]).problems(0).to_owned()
}
