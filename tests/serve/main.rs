//! `visti serve`: the real program, asked over HTTP.
//!
//! Nothing here depends on how fast the machine is: tests wait for what they want, for at most
//! [`support::preview::LIMIT`].

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod files;
mod pages;
mod panel;
mod problems;
mod random;
mod security;
mod start;
mod watching;

#[path = "../support/mod.rs"]
mod support;
