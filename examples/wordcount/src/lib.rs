//! A Python module that counts the words of many files in parallel.
//!
//! The same source builds a shared library for CPython and a module inside a RustPython executable (`wordcount-host`).
//! `demo.py` works with both; `cargo xtask demo` runs both and compares their output.

mod index;
mod tally;

use pyo3::prelude::*;

pyo3::create_exception!(
    wordcount,
    UnreadableFile,
    pyo3::exceptions::PyException,
    "A file that cannot be read as UTF-8 text."
);

/// Counts words in parallel.
///
/// A word is a match of the regular expression `[A-Za-z_][A-Za-z0-9_]*`. Case matters.
#[pymodule]
pub mod wordcount {
    use std::collections::HashMap;
    use std::path::PathBuf;

    use pyo3::prelude::*;

    use crate::tally::Tally;

    #[pymodule_export]
    use super::UnreadableFile;
    #[pymodule_export]
    use crate::index::{WordIndex, Words};

    /// Counts the words of one file. Returns a dict from words to counts. Raises `UnreadableFile` if the file cannot be
    /// read.
    #[pyfunction]
    fn count_file(py: Python<'_>, path: PathBuf) -> PyResult<HashMap<String, u64>> {
        let mut tally = Tally::default();
        py.detach(|| tally.add_file(&path))
            .map_err(|reason| UnreadableFile::new_err(format!("{}: {reason}", path.display())))?;
        Ok(tally.into_counts())
    }
}
