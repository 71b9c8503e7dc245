//! Requests → answers. What is at an address [`super::lookup`] says; this is how it is sent.

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Query, Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use tokio::sync::watch::Receiver;
use tower_http::services::ServeFile;

use super::Reporter;
use super::events::{OpenPage, stream};
use super::guard::Hosts;
use super::lookup::{Found, decoded, find};
use super::page::{Document, Pages};
use super::panel::{self, Wanted};
use super::pictures::{self, Pictures};
use super::snapshot::Snapshot;
use crate::diagnostic::has_errors;
use crate::project;
use crate::site::{FileCopy, Route};

/// Everything that requests are answered from.
pub(super) struct Server {
    pub(super) snapshots: Receiver<Snapshot>,
    pages: Pages,
    pictures: Pictures,
    hosts: Hosts,
    script: Script,
    clock: fn() -> Timestamp,
    reporter: Arc<dyn Reporter>,
}

/// Whether pages get the script that keeps them up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// The site may change while it is shown.
    Added,
    /// It is shown as it is.
    Absent,
}

impl Server {
    /// A server that does not listen yet.
    pub(super) fn new(
        snapshots: Receiver<Snapshot>,
        hosts: Hosts,
        script: Script,
        clock: fn() -> Timestamp,
        reporter: Arc<dyn Reporter>,
    ) -> Self {
        let (pages, pictures) = (Pages::default(), Pictures::default());
        Self { snapshots, pages, pictures, hosts, script, clock, reporter }
    }

    /// Answers until Ctrl-C is pressed; says once that it does.
    pub(super) fn run(self, listener: TcpListener, is_ready: impl FnOnce()) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let served = runtime.block_on(async {
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let router = Router::new().fallback(answer).with_state(Arc::new(self));
            let stop = tokio::signal::ctrl_c();
            is_ready();
            tokio::select! {
                served = axum::serve(listener, router) => served,
                stopped = stop => stopped,
            }
        });
        // Streams of events have no end of their own: nobody waits for them.
        runtime.shutdown_background();
        served
    }
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if !server.hosts.allow(request.uri(), request.headers()) {
        refusal(
            StatusCode::FORBIDDEN,
            "This name is not one of the preview's: name it with --allow-host.\n",
        )
    } else if is_read {
        at_address(server, request).await
    } else {
        let mut refused = refusal(StatusCode::METHOD_NOT_ALLOWED, "A preview is only read.\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        refused
    };
    let headers = response.headers_mut();
    // Whatever is shown may change at any moment, and is for pages of the preview only.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn refusal(status: StatusCode, text: &'static str) -> Response {
    (status, text).into_response()
}

/// Where the preview's own pages and scripts are.
const OWN: &str = "/_visti/";

async fn at_address(server: Arc<Server>, request: Request) -> Response {
    let snapshot = server.snapshots.borrow().clone();
    let name = own_name(&snapshot, request.uri().path());
    if name.is_some() && !server.hosts.is_own(request.headers()) {
        return refusal(StatusCode::FORBIDDEN, "This is for pages of the preview only.\n");
    }
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        return own(server, name, &request);
    }
    let path = request.uri().path();
    if own_name(&snapshot, &format!("{path}/")) == Some("") {
        return moved(format!("{path}/"), request.uri());
    }
    let site = snapshot.renderer.as_ref().map(|renderer| renderer.site().clone());
    if let Some(site) = site.as_ref().filter(|_| name.is_none()) {
        match find(site, request.uri().path()) {
            Found::File(copy) => return file(&site.config.root, copy, request).await,
            Found::Moved(url) => return moved(url, request.uri()),
            Found::Nothing(_) if pictures::is_likely(request.uri().path()) => {
                let path = request.uri().path().to_owned();
                if let Some((media_type, bytes)) = made_picture(&server, &snapshot, path).await {
                    return response(StatusCode::OK, media_type, bytes, &request);
                }
            }
            Found::Page(_) | Found::Nothing(_) => {}
        }
    }
    let (worker, uri, number) = (server.clone(), request.uri().clone(), snapshot.number);
    let document = tokio::task::spawn_blocking(move || worker.document(&snapshot, &uri));
    let document = document.await.expect("rendering does not panic");
    let html = match server.script {
        Script::Added if document.is_html() => {
            let base_path = site.as_ref().map_or("", |site| &site.config.base_url.path);
            document.with_script(base_path, number).into()
        }
        Script::Added | Script::Absent => document.html,
    };
    response(document.status, document.media_type, html, &request)
}

/// What is made of a picture, if that is asked for.
async fn made_picture(
    server: &Arc<Server>,
    snapshot: &Snapshot,
    path: String,
) -> Option<(&'static str, Bytes)> {
    let _turn = server.pictures.turns.acquire().await.ok()?;
    let (worker, snapshot) = (server.clone(), snapshot.clone());
    let make = move || {
        let renderer = snapshot.renderer.as_ref()?;
        let picture = renderer.made_picture_at(&decoded(renderer.site(), &path)?)?;
        let bytes = worker.pictures.get(renderer, &picture)?;
        Some((picture.rendition.format.media_type(), bytes))
    };
    tokio::task::spawn_blocking(make).await.expect("making does not panic")
}

/// Sends a browser to another address, with what was asked of this one.
fn moved(url: String, from: &Uri) -> Response {
    let whole = from.query().map_or_else(|| url.clone(), |query| format!("{url}?{query}"));
    let to = HeaderValue::from_str(&whole).or_else(|_| HeaderValue::from_str(&url));
    let to = to.expect("the site's URLs are plain ASCII");
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
}

/// The name below [`OWN`], in the folder of the site on its host or at its root.
fn own_name<'p>(snapshot: &Snapshot, path: &'p str) -> Option<&'p str> {
    let base_path = snapshot.site().map_or("", |site| &site.config.base_url.path);
    let below = path.strip_prefix(base_path).and_then(|below| below.strip_prefix(OWN));
    below.or_else(|| path.strip_prefix(OWN))
}

/// The preview's own pages and scripts.
fn own(server: Arc<Server>, name: &str, request: &Request) -> Response {
    let nothing = || refusal(StatusCode::NOT_FOUND, "The preview has nothing here.\n");
    match name {
        "reload.js" => {
            let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
            ([(header::CONTENT_TYPE, kind)], include_str!("reload.js")).into_response()
        }
        "panel.css" => {
            let kind = HeaderValue::from_static("text/css; charset=utf-8");
            ([(header::CONTENT_TYPE, kind)], panel::STYLE).into_response()
        }
        "source" => {
            let text = Query::<Source>::try_from_uri(request.uri())
                .ok()
                .and_then(|Query(source)| source_text(&server, &source.file));
            text.map_or_else(nothing, IntoResponse::into_response)
        }
        "events" if request.method() == Method::GET => {
            let page = Query::<OpenPage>::try_from_uri(request.uri());
            let stream = page.ok().and_then(|Query(page)| stream(server, page, request.headers()));
            stream.unwrap_or_else(|| refusal(StatusCode::BAD_REQUEST, "Say which page.\n"))
        }
        _ => nothing(),
    }
}

/// Which source is wanted.
#[derive(Debug, Deserialize)]
struct Source {
    file: String,
}

/// The text of an article as it was written.
fn source_text(server: &Server, name: &str) -> Option<String> {
    let snapshot = server.snapshots.borrow().clone();
    let site = snapshot.site()?;
    project::read_file(&site.config.root, panel::source_file(site, name)?).ok()
}

impl Server {
    /// What is at an address; takes as long as rendering.
    pub(super) fn document(&self, snapshot: &Snapshot, uri: &Uri) -> Document {
        let Some(renderer) = &snapshot.renderer else {
            return Document::without_site(snapshot);
        };
        if own_name(snapshot, uri.path()).is_some_and(str::is_empty) {
            let wanted = Query::<Wanted>::try_from_uri(uri).map(|Query(wanted)| wanted);
            let wanted = wanted.unwrap_or_default();
            let problems = self.pages.problems(snapshot, renderer);
            let now = (self.clock)();
            let html = panel::page(snapshot, renderer.site(), &problems, &wanted, now);
            return Document::panel(html);
        }
        let (route, usual) = match find(renderer.site(), uri.path()) {
            Found::Page(route) => (route, StatusCode::OK),
            Found::Nothing(route) => (route, StatusCode::NOT_FOUND),
            // A browser that shows it has its own page for it.
            Found::File(_) | Found::Moved(_) => (Route::RootNotFound, StatusCode::NOT_FOUND),
        };
        let (page, news) = self.pages.get(snapshot, renderer, route);
        self.reporter.found(&news.problems);
        if news.is_mended && !has_errors(&snapshot.problems) {
            self.reporter.mended();
        }
        Document::new(&page, usual)
    }
}

fn response(
    status: StatusCode,
    media_type: &'static str,
    bytes: Bytes,
    request: &Request,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(bytes.len())),
    ];
    let body = if request.method() == Method::HEAD { Body::empty() } else { Body::from(bytes) };
    (status, headers, body).into_response()
}

/// A file as it lies on the disk, or the part of it that is asked for.
async fn file(root: &Path, copy: &FileCopy, request: Request) -> Response {
    let missing = || refusal(StatusCode::NOT_FOUND, "This file is not there any more.\n");
    let path = project::locate(root, &copy.source);
    // It may have become a link since it was listed.
    let is_inside = || Some(path.canonicalize().ok()?.starts_with(root.canonicalize().ok()?));
    if is_inside() != Some(true) {
        return missing();
    }
    // The type is that of the address: a fingerprinted name has the same extension.
    let Ok(sent) = ServeFile::new(&path).try_call(request).await else { return missing() };
    let mut sent = sent.map(Body::new).into_response();
    let content_type = sent.headers().get(header::CONTENT_TYPE);
    if let Some(name) = content_type.and_then(|name| name.to_str().ok())
        && (name.starts_with("text/") || matches!(name, "application/json" | "application/xml"))
        && !name.contains("charset")
        && let Ok(with_charset) = HeaderValue::from_str(&format!("{name}; charset=utf-8"))
    {
        sent.headers_mut().insert(header::CONTENT_TYPE, with_charset);
    }
    sent
}
