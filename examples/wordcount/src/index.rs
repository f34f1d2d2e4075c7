//! The classes of the module.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

use crate::tally::Tally;

/// Words with their counts, sorted by word.
type Entries = Arc<[(String, u64)]>;

/// Counts the words of files.
///
/// Files that cannot be read are skipped and listed in `unreadable`. After every `every` files, `progress` is called
/// with the number of files done and the total number of files. If it raises an exception, counting stops.
#[pyclass(module = "wordcount", frozen)]
pub(crate) struct WordIndex {
    entries: Entries,
    total: u64,
    files: usize,
    unreadable: Vec<(OsString, String)>,
}

#[pymethods]
impl WordIndex {
    #[new]
    #[pyo3(signature = (paths, progress=None, *, every=64))]
    fn new(py: Python<'_>, paths: Vec<PathBuf>, progress: Option<Bound<'_, PyAny>>, every: usize) -> PyResult<Self> {
        let mut tally = Tally::default();
        let mut done = 0;
        for batch in paths.chunks(every.max(1)) {
            // Counting needs no Python, so detach: other threads can run Python, and all processors count.
            tally = py.detach(|| tally.merged(Tally::of(batch)));
            done += batch.len();
            if let Some(progress) = &progress {
                progress.call1((done, paths.len()))?;
            }
            py.check_signals()?;
        }
        Ok(py.detach(|| WordIndex::from_tally(tally)))
    }

    /// Iterates over the words in alphabetical order.
    fn __iter__(&self) -> Words {
        Words { entries: Arc::clone(&self.entries), position: 0 }
    }

    fn __len__(&self) -> usize {
        self.entries.len()
    }

    fn __contains__(&self, word: &str) -> bool {
        self.position(word).is_some()
    }

    fn __getitem__(&self, word: &str) -> PyResult<u64> {
        match self.position(word) {
            Some(position) => Ok(self.entries[position].1),
            None => Err(PyKeyError::new_err(word.to_owned())),
        }
    }

    fn __repr__(&self) -> String {
        format!("<WordIndex of {} words in {} files>", self.entries.len(), self.files)
    }

    /// Returns the `n` most frequent words as pairs of word and count. Words with equal counts are in alphabetical
    /// order.
    fn most_common(&self, n: usize) -> Vec<(&str, u64)> {
        let mut ranked: Vec<(&str, u64)> = self.entries.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        // The sort is stable, so words with equal counts stay in alphabetical order.
        ranked.sort_by_key(|&(_, count)| core::cmp::Reverse(count));
        ranked.truncate(n);
        ranked
    }

    /// The total number of words, counting every occurrence.
    #[getter]
    fn total(&self) -> u64 {
        self.total
    }

    /// The number of files read.
    #[getter]
    fn files(&self) -> usize {
        self.files
    }

    /// The files that could not be read, as pairs of path and reason.
    #[getter]
    fn unreadable(&self) -> &[(OsString, String)] {
        &self.unreadable
    }
}

impl WordIndex {
    fn from_tally(mut tally: Tally) -> WordIndex {
        let mut unreadable = core::mem::take(&mut tally.unreadable);
        // Threads found them in arbitrary order.
        unreadable.sort();
        let files = tally.files;
        let mut entries: Vec<_> = tally.into_counts().into_iter().collect();
        entries.sort_unstable();
        let total = entries.iter().map(|(_, count)| count).sum();
        WordIndex { entries: entries.into(), total, files, unreadable }
    }

    fn position(&self, word: &str) -> Option<usize> {
        self.entries.binary_search_by(|(own, _)| own.as_str().cmp(word)).ok()
    }
}

/// An iterator over the words of an index.
#[pyclass(module = "wordcount")]
pub(crate) struct Words {
    entries: Entries,
    position: usize,
}

#[pymethods]
impl Words {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self) -> Option<&str> {
        let (word, _) = self.entries.get(self.position)?;
        self.position += 1;
        Some(word)
    }
}
