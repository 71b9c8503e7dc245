//! Visti
pub mod diagnostic;
