//! What the guide and the README show of Rust, as tests: `cargo test -p pyo3-guide --doc`, and again with
//! `--features runtime-rustpython`.
//!
//! One module for each page. The snippets of all pages are linked into one program, so each `#[pymodule]` in them needs a
//! name of its own.

#[doc = include_str!("../../README.md")]
pub mod readme {}

#[doc = include_str!("../src/introduction.md")]
pub mod introduction {}

#[doc = include_str!("../src/runtimes.md")]
pub mod runtimes {}

#[doc = include_str!("../src/programs.md")]
pub mod programs {}
