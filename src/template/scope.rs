//! The page being rendered, as the functions of its template see it.
//!
//! Tera's functions are `'static` and, inside a component, see neither the page's context nor the
//! global one. So the page being rendered stands on a stack of its thread: [`enter`] pushes it, the
//! guard pops it. It is the program's one exception to "no global state". Queries never call rayon:
//! a stolen job would nest another page's render.

use std::cell::RefCell;
use std::sync::Arc;

use super::Templates;
use super::answers::Answers;
use super::query::QueryId;
use crate::config::LanguageId;
use crate::site::Route;

/// What is known while a page renders, and what it has asked so far.
struct Scope {
    answers: Arc<Answers>,
    templates: Arc<Templates>,
    language: LanguageId,
    /// Which page; none for a fragment, which many pages show.
    route: Option<Route>,
    asked: Vec<QueryId>,
}

thread_local! {
    static SCOPES: RefCell<Vec<Scope>> = const { RefCell::new(Vec::new()) };
}

/// Takes the page off the stack again, also when rendering panics.
pub(crate) struct Guard(());

/// Puts a page on this thread's stack.
pub(crate) fn enter(
    answers: Arc<Answers>,
    templates: Arc<Templates>,
    language: LanguageId,
    route: Option<Route>,
) -> Guard {
    let scope = Scope { answers, templates, language, route, asked: Vec::new() };
    SCOPES.with_borrow_mut(|scopes| scopes.push(scope));
    Guard(())
}

impl Guard {
    /// What the page asked, each question once.
    pub(crate) fn finish(self) -> Vec<QueryId> {
        SCOPES.with_borrow_mut(|scopes| {
            std::mem::take(&mut scopes.last_mut().expect("the guard's own scope").asked)
        })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        SCOPES.with_borrow_mut(Vec::pop);
    }
}

/// The page being rendered on this thread.
pub(crate) fn current() -> (Arc<Answers>, LanguageId) {
    SCOPES.with_borrow(|scopes| {
        let scope = scopes.last().expect("template functions run inside `render` only");
        (scope.answers.clone(), scope.language)
    })
}

/// Which page it is; none in a fragment.
pub(crate) fn route() -> Option<Route> {
    SCOPES.with_borrow(|scopes| {
        scopes.last().expect("template functions run inside `render` only").route
    })
}

/// The theme of the page being rendered.
pub(crate) fn templates() -> Arc<Templates> {
    SCOPES.with_borrow(|scopes| {
        scopes.last().expect("template functions run inside `render` only").templates.clone()
    })
}

/// How many pages and fragments are being rendered on this thread, one inside the other.
pub(crate) fn depth() -> usize {
    SCOPES.with_borrow(Vec::len)
}

/// Records a question.
pub(crate) fn record(query: QueryId) {
    SCOPES.with_borrow_mut(|scopes| {
        let scope = scopes.last_mut().expect("template functions run inside `render` only");
        if !scope.asked.contains(&query) {
            scope.asked.push(query);
        }
    });
}
