//! `anyhow::Error` becomes a [`PyErr`](crate::PyErr), so that functions for Python can return it. Feature `anyhow`.
//!
//! An exception that only passed through comes out as it was. Everything else is a `RuntimeError` whose text is the
//! error with its chain of causes.
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
