//! The stream of events of an open page: the page itself when its bytes have changed, files that it may
//! show, and what is wrong.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tokio::sync::watch::Receiver;

use super::server::Server;
use super::snapshot::Snapshot;
use crate::diagnostic::{Diagnostic, Severity, print};

/// What a page says of itself when it asks for its events.
#[derive(Debug, Deserialize)]
pub(super) struct OpenPage {
    /// Its path and query, as in the address bar.
    url: String,
    /// [`super::page::Page::version`] of its bytes, as the script's element says it.
    version: String,
    /// The number that came with the last event; before the first, that of the snapshot that it was made from, as
    /// the script's element says it.
    told: u64,
    /// Whether its bytes are wanted once more: scripts may have changed what the browser has.
    sent: Option<Wanted>,
}

/// That something is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    Wanted,
}

/// An error, for the page that shows it over the last good page.
#[derive(Serialize)]
struct Problem<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    /// As on the terminal.
    text: String,
}

/// What an event says.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum News<'a> {
    /// The bytes that the browser was sent.
    Sent(&'a str),
    /// The page's new bytes.
    Page { version: &'a str, html: &'a str },
    /// URLs of files that have changed.
    Files(&'a [&'a String]),
    /// All errors.
    Problems(&'a [Problem<'a>]),
}

/// The data of an event.
#[derive(Serialize)]
struct Message<'a> {
    /// Of the snapshot that it tells of.
    number: u64,
    #[serde(flatten)]
    news: News<'a>,
}

/// One open page.
struct Stream {
    server: Arc<Server>,
    snapshots: Receiver<Snapshot>,
    url: Uri,
    /// Of the bytes that the browser has.
    version: String,
    sent: Option<Wanted>,
    /// The problems that the browser was told.
    problems: Option<Vec<Diagnostic>>,
    /// The number of the snapshot up to which changes of files were told.
    told: u64,
    events: VecDeque<Event>,
}

/// Answers with the events of an open page, until it is closed.
pub(super) fn stream(server: Arc<Server>, page: OpenPage, headers: &HeaderMap) -> Option<Response> {
    // After a break the browser repeats the address of the first time, and says what it heard last.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let version = last.map_or(page.version, str::to_owned);
    let mut snapshots = server.snapshots.clone();
    snapshots.mark_changed();
    let now = snapshots.borrow().number;
    // A preview that was started again counts anew.
    let told = if page.told > now { 0 } else { page.told };
    let state = Stream {
        server,
        snapshots,
        url: page.url.parse().ok()?,
        version,
        sent: page.sent,
        problems: None,
        told,
        events: VecDeque::from([Event::default().retry(RETRY).comment("visti")]),
    };
    let events = stream::unfold(state, |mut state| async move {
        let event = state.next().await?;
        Some((Ok::<_, Infallible>(event), state))
    });
    Some(Sse::new(events).keep_alive(KeepAlive::new()).into_response())
}

/// How soon a browser asks again when the preview has ended or was started again.
const RETRY: Duration = Duration::from_millis(400);

impl Stream {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(event);
            }
            self.snapshots.changed().await.ok()?;
            let snapshot = self.snapshots.borrow_and_update().clone();
            let (server, url, of) = (self.server.clone(), self.url.clone(), snapshot.clone());
            let document = tokio::task::spawn_blocking(move || server.document(&of, &url));
            let document = document.await.expect("rendering does not panic");
            self.tell(&snapshot, &document);
        }
    }

    fn tell(&mut self, snapshot: &Snapshot, document: &super::page::Document) {
        let number = snapshot.number;
        let version = format!("{:016x}", document.version);
        let html = &String::from_utf8_lossy(&document.html);
        if self.sent.take().is_some() && version == self.version {
            self.push(Event::default().event("sent"), number, News::Sent(html));
        }
        if document.is_good && version != self.version {
            let news = News::Page { version: &version, html };
            self.push(Event::default().event("page").id(&version), number, news);
            self.version = version;
        }
        let changed = snapshot.files.iter().filter(|(_, number)| **number > self.told);
        let changed: Vec<&String> = changed.map(|(url, _)| url).collect();
        if !changed.is_empty() {
            self.push(Event::default().event("files"), number, News::Files(&changed));
        }
        self.told = number;
        let all = document.problems.iter().chain(snapshot.problems.iter());
        let errors: Vec<Diagnostic> = all
            .filter(|problem| problem.severity == Severity::Error && !document.is_panel)
            .cloned()
            .collect();
        if self.problems.as_ref() != Some(&errors) {
            let shown: Vec<Problem<'_>> = errors.iter().map(Problem::new).collect();
            self.push(Event::default().event("problems"), number, News::Problems(&shown));
            self.problems = Some(errors);
        }
    }

    fn push(&mut self, event: Event, number: u64, news: News<'_>) {
        let json = serde_json::to_string(&Message { number, news });
        self.events.push_back(event.data(json.expect("texts and numbers have a form in JSON")));
    }
}

impl<'a> Problem<'a> {
    fn new(problem: &'a Diagnostic) -> Self {
        let first = problem.labels.first();
        Self {
            file: first.map(|label| label.file.as_str()),
            line: first.and_then(|label| label.place.as_ref()).map(|place| place.line),
            text: print::for_people(problem, print::Style::Plain),
        }
    }
}
