//! A Python module that counts the words of many files in parallel.
//!
//! The same source is a shared library that CPython imports, and a module built into a RustPython executable
//! (`wordcount-host`). `demo.py` uses it on either; `cargo xtask demo` runs both and compares.

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
/// A word is what the regular expression `[A-Za-z_][A-Za-z0-9_]*` finds. Upper and lower case differ.
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

    /// Counts the words of one file: a dict from words to counts. Raises `UnreadableFile`.
    #[pyfunction]
    fn count_file(py: Python<'_>, path: PathBuf) -> PyResult<HashMap<String, u64>> {
        let mut tally = Tally::default();
        py.detach(|| tally.add_file(&path))
            .map_err(|reason| UnreadableFile::new_err(format!("{}: {reason}", path.display())))?;
        Ok(tally.into_counts())
    }
}
