//! Conversion of `eyre::Report` to [`PyErr`](crate::PyErr), so that functions for Python can return it. Feature `eyre`.
//!
//! A Python exception without added context stays as it is. Any other error becomes a `RuntimeError` whose text
//! includes the chain of causes.
//!
//! ```
//! use eyre::WrapErr;
//! use pyo3::prelude::*;
//!
//! /// Reads a number from a file.
//! #[pyfunction]
//! fn number_in(path: &str) -> eyre::Result<i64> {
//!     let text = std::fs::read_to_string(path).wrap_err("there is no number")?;
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

use eyre::Report;

super::report::from_report!(Report);
