//! Requests → answers. What is at an address [`super::lookup`] says; this is how it is sent.

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

use super::Reporter;
use super::guard::{Hosts, is_own};
use super::lookup::{Found, find};
use super::page::{Page, Pages, about_problems};
use super::snapshot::Snapshot;
use crate::project;
use crate::site::FileCopy;

/// Everything that requests are answered from.
pub(super) struct Server {
    snapshot: Snapshot,
    pages: Pages,
    hosts: Hosts,
    reporter: Arc<dyn Reporter>,
}

impl Server {
    /// A server that does not listen yet.
    pub(super) fn new(snapshot: Snapshot, hosts: Hosts, reporter: Arc<dyn Reporter>) -> Self {
        Self { snapshot, pages: Pages::default(), hosts, reporter }
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
    if request.uri().path().starts_with(OWN) && !is_own(request.headers()) {
        return refusal(StatusCode::FORBIDDEN, "This is for pages of the preview only.\n");
    }
    let snapshot = server.snapshot.clone();
    let Some(renderer) = snapshot.renderer.clone() else {
        let html = about_problems(&snapshot, &[]);
        return html_response(StatusCode::INTERNAL_SERVER_ERROR, html.into(), &request);
    };
    let site = renderer.site();
    let (route, usual) = match find(site, request.uri().path()) {
        Found::Page(route) => (route, StatusCode::OK),
        Found::Nothing(route) => (route, StatusCode::NOT_FOUND),
        Found::File(copy) => return file(&site.config.root, copy, request).await,
        Found::Moved(url) => {
            let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
            let to = HeaderValue::from_str(&(url + &query)).expect("a URL is plain ASCII");
            return (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response();
        }
    };
    let worker = server.clone();
    let page = tokio::task::spawn_blocking(move || worker.page(&snapshot, route));
    let page = page.await.expect("rendering does not panic");
    let status = if page.is_good { usual } else { StatusCode::INTERNAL_SERVER_ERROR };
    html_response(status, page.html.clone(), &request)
}

impl Server {
    fn page(&self, snapshot: &Snapshot, route: crate::site::Route) -> Arc<Page> {
        let renderer = snapshot.renderer.as_ref().expect("a route is of a site");
        let page = self.pages.get(snapshot, renderer, route);
        self.reporter.found(&page.problems);
        page
    }
}

fn html_response(status: StatusCode, html: Bytes, request: &Request) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_LENGTH, HeaderValue::from(html.len())),
    ];
    let body = if request.method() == Method::HEAD { Body::empty() } else { Body::from(html) };
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
