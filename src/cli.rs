//! The command line as types; no logic. `visti --help` is made from here.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;

use crate::config::BaseUrl;

/// Visti turns a folder of Markdown articles into a news site in several languages.
#[derive(Debug, Parser)]
#[command(name = "visti", version, about, max_term_width = 90, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the whole site to a folder that any web server can publish
    ///
    /// Reads site.toml, content/, templates/ and static/. If anything is wrong, says where and what
    /// to do, and leaves what is published as it is.
    Build(BuildArgs),
    /// Show the site in a browser while it is being written
    ///
    /// Renders each page when it is asked for, and writes nothing. Problems are shown here and in the
    /// browser. Ends with Ctrl-C.
    Serve(ServeArgs),
    /// Say which stories there are in which languages, and which translations are out of date
    ///
    /// An asterisk marks the original. A translation is stale if the original's text changed after it
    /// was made.
    Status(StatusArgs),
    /// Say when the site changes next without an edit, for a timer to build then
    ///
    /// Prints one moment, or nothing if nothing is due: an article comes out or is withdrawn, a pin or
    /// breaking news end, or a news sitemap drops what is two days old.
    Next(NextArgs),
}

/// Options of `visti next`.
#[derive(Debug, Args)]
pub struct NextArgs {
    /// The site's folder, which holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Where the site is built to: what that build left makes the answer quick [default: public in the
    /// site's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// As if drafts were published
    #[arg(long)]
    pub drafts: bool,
    /// As if articles were published whose date is still to come
    #[arg(long)]
    pub future: bool,
    /// Take this moment for now, such as 2025-12-19T20:31:00+02:00
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<Timestamp>,
    /// Answer as one JSON object, which says what happens then
    #[arg(long)]
    pub json: bool,
}

/// Options of `visti status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// The site's folder, which holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Only stories without an edition in this language, named by its folder
    #[arg(long, value_name = "LANG")]
    pub missing: Option<String>,
    /// Only stories with a translation that is out of date
    #[arg(long)]
    pub stale: bool,
    /// Note in a translation's front matter that it was made from the original as it is now
    #[arg(long, value_name = "PATH")]
    pub mark: Vec<PathBuf>,
    /// Answer as one JSON object
    #[arg(long)]
    pub json: bool,
    /// Take this moment for now, such as 2025-12-19T20:31:00+02:00
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<Timestamp>,
}

/// Options of `visti build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// The site's folder, which holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Where to write the site [default: public in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address the site will have, instead of base_url in site.toml
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    pub base_url: Option<BaseUrl>,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Publish articles too whose date is still to come
    #[arg(long)]
    pub future: bool,
    /// Build as if it were this moment, such as 2025-12-19T20:31:00+02:00
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<Timestamp>,
    /// Use nothing of the last build: read and render everything, and compare every published file
    #[arg(long)]
    pub no_cache: bool,
    /// Say why a page was rendered again: a URL, or a path in the output folder
    #[arg(long, value_name = "PAGE")]
    pub explain: Option<String>,
    /// Write the changed and deleted paths to a file, for rsync, object stores and CDNs
    ///
    /// A line for each path: A (added), M (modified) or D (deleted), a tab, the path in the output
    /// folder. Old names of fingerprinted style sheets and scripts come last.
    #[arg(long, value_name = "FILE")]
    pub changed_list: Option<PathBuf>,
    /// Leave articles with errors out, like drafts, and publish everything else
    ///
    /// The errors are reported all the same, and the exit status is 1. Errors of templates, site.toml
    /// or the vocabulary still keep everything from being published, and so do errors in more than a
    /// tenth of all articles.
    #[arg(long, conflicts_with = "strict")]
    pub skip_broken: bool,
    /// Say where the time went: stages, and the slowest templates, queries and pages
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "table"
    )]
    pub profile: Option<ProfileFormat>,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// How many threads to use [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// If another build is writing to the same folder, wait for it instead of giving up
    #[arg(long)]
    pub wait: bool,
    /// How to report problems
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = MessageFormat::Human)]
    pub message_format: MessageFormat,
    /// Say nothing but problems
    #[arg(long, short)]
    pub quiet: bool,
}

/// Options of `visti serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The site's folder, which holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Show changes in open pages as soon as a file is saved
    #[arg(long)]
    pub watch: bool,
    /// With --watch: look for changes every second, where the system does not tell of them
    ///
    /// For folders on a network, and in some virtual machines.
    #[arg(long, requires = "watch")]
    pub poll: bool,
    /// The port to listen at [default: 1111, or the next that is free]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The address to listen at; 0.0.0.0 shows the preview to the whole network
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
    pub host: IpAddr,
    /// Open the preview in a browser
    #[arg(long)]
    pub open: bool,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Show articles too whose date is still to come
    #[arg(long)]
    pub future: bool,
    /// The address under which browsers reach the preview, if another server stands in between
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    pub base_url: Option<BaseUrl>,
    /// A name under which browsers may reach the preview, beside localhost; may be given again
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
}

/// An address of this computer, with a message for people.
fn host(text: &str) -> Result<IpAddr, &'static str> {
    match text {
        "localhost" => Ok(Ipv4Addr::LOCALHOST.into()),
        _ => text.parse().map_err(|_| "write an address such as 127.0.0.1, or 0.0.0.0 for all"),
    }
}

/// A moment, with a message for people.
fn moment(text: &str) -> Result<Timestamp, &'static str> {
    text.parse().map_err(|_| "write date, time and offset, such as 2025-12-19T20:31:00+02:00")
}

/// How problems are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// With excerpts, for people, on the standard error stream
    Human,
    /// One JSON object a line, on the standard output
    Json,
}

/// How a profile is shown, on the standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ProfileFormat {
    /// As a table, for people
    Table,
    /// As one JSON object on one line
    Json,
}
