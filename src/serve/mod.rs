//! `visti serve`: one route per request, rendered when it is asked for.
//!
//! In: a root folder and [`Options`]. Out: pages over HTTP, until the program is ended; nothing is
//! written. A site is read (`live`), and kept as it is on the disk when it is watched; of every
//! moment there is one immutable `snapshot`, which the server answers from.

mod address;
mod events;
mod follow;
mod guard;
mod live;
mod lookup;
mod page;
mod panel;
mod pictures;
mod server;
mod snapshot;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::BaseUrl;
use crate::content::Doubts;
use crate::diagnostic::Diagnostic;
use crate::site::{Drafts, Scheduled};
use follow::Follower;
use guard::Hosts;
use live::{Change, Live};
use server::{Script, Server};
use watch::Watch;

pub use watch::Notice;

/// What a preview is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds `site.toml`.
    pub root: PathBuf,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port to listen at.
    pub port: Port,
    /// Replaces `base_url` of `site.toml`; the address of the preview unless given.
    pub base_url: Option<BaseUrl>,
    /// Names under which browsers may ask for the preview, beside its own.
    pub allowed_hosts: Vec<String>,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether editions dated later than now are shown.
    pub scheduled: Scheduled,
    /// Whether changes of files are shown, and how they are noticed.
    pub watched: Option<Notice>,
    /// The clock.
    pub clock: fn() -> Timestamp,
}

/// The port to listen at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Port {
    /// The usual one, or the next that is free.
    Usual,
    /// This one and no other; 0 is any that is free.
    Exactly(u16),
}

/// Where a preview is to be found.
#[derive(Debug, Clone)]
pub struct Ready {
    /// What the server listens at.
    pub address: SocketAddr,
    /// What to open in a browser on this computer.
    pub url: String,
    /// What others open, if that was said with `--base-url`.
    pub elsewhere: Option<String>,
    /// The usual port, if another program has it.
    pub busy: Option<u16>,
}

/// Told what happens; called from several threads.
pub trait Reporter: Send + Sync {
    /// The preview can be opened.
    fn ready(&self, ready: &Ready);
    /// Problems that were not there before; may be none.
    fn found(&self, problems: &[Diagnostic]);
    /// What had an error has none any more.
    fn mended(&self);
}

/// Serves a site until the program is ended with Ctrl-C.
///
/// # Errors
/// What kept it from beginning.
pub fn serve(options: &Options, reporter: Arc<dyn Reporter>) -> Result<(), Vec<Diagnostic>> {
    let (listener, busy) = address::listen(options.host, options.port).map_err(|p| vec![p])?;
    let address = listener.local_addr().map_err(|error| vec![address::refused(&error)])?;
    let origin = address::origin(address);
    let mut live = Live::new(options, origin.clone());
    let first = live.update(&Change::Everything, Doubts::Believe).snapshot.unwrap_or_default();
    if !first.is_readable() && options.watched.is_none() {
        return Err(first.problems.to_vec());
    }
    reporter.found(&first.problems);
    let path = first.site().map_or("/".to_owned(), |site| site.url_of_path("/"));
    let elsewhere = options.base_url.as_ref().map(|base| format!("{}{path}", base.origin));
    let ready = Ready { address, url: format!("{origin}{path}"), elsewhere, busy };
    let (snapshots, receiver) = tokio::sync::watch::channel(first);
    let script = if options.watched.is_some() { Script::Added } else { Script::Absent };
    let hosts = Hosts::new(address.ip(), options);
    let server = Server::new(receiver, hosts, script, options.clock, reporter.clone());
    if let Some(notice) = options.watched {
        let (watch, clock) = (Watch::new(&options.root, notice), options.clock);
        let follower = Follower { live, watch, clock, snapshots, reporter: reporter.clone() };
        std::thread::spawn(|| follower.run());
    }
    server.run(listener, || reporter.ready(&ready)).map_err(|error| vec![address::refused(&error)])
}
