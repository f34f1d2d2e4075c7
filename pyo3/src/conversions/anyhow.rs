//! Conversion of `anyhow::Error` to [`PyErr`](crate::PyErr), so that functions for Python can return it. Feature
//! `anyhow`.
//!
//! A Python exception without added context stays as it is. Any other error becomes a `RuntimeError` whose text
//! includes the chain of causes.
//!
//! ```
//! use anyhow::Context;
//! use pyo3::prelude::*;
//!
//! /// Reads a number from a file.
//! #[pyfunction]
//! fn number_in(path: &str) -> anyhow::Result<i64> {
//!     let text = std::fs::read_to_string(path).context("there is no number")?;
//!     Ok(text.trim().parse()?)
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let error = wrap_pyfunction!(number_in)(py)?.call1(("/no/such/file",)).unwrap_err();
//!     assert!(error.to_string().starts_with("RuntimeError: there is no number"));
//!     Ok(())
//! })
//! # }
//! ```

use anyhow::Error;

super::report::from_report!(Error);
