//! Counting, without Python.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The counts of words, the number of files read, and the files that could not be read.
#[derive(Default)]
pub(crate) struct Tally {
    counts: HashMap<String, u64>,
    /// The number of files read.
    pub(crate) files: usize,
    /// Files that could not be read, each with the reason.
    pub(crate) unreadable: Vec<(OsString, String)>,
}

impl Tally {
    /// Counts files on all processors.
    pub(crate) fn of(paths: &[PathBuf]) -> Tally {
        paths.par_iter().fold(Tally::default, |tally, path| tally.with_file(path)).reduce(Tally::default, Tally::merged)
    }

    /// Adds the words of a file.
    ///
    /// # Errors
    ///
    /// Returns the reason if the file cannot be read. Nothing is added then.
    pub(crate) fn add_file(&mut self, path: &Path) -> Result<(), String> {
        let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
        let text =
            core::str::from_utf8(&bytes).map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
        self.files += 1;
        for word in words(text) {
            match self.counts.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.counts.insert(word.to_owned(), 1)),
            }
        }
        Ok(())
    }

    fn with_file(mut self, path: &Path) -> Tally {
        if let Err(reason) = self.add_file(path) {
            self.unreadable.push((path.as_os_str().to_owned(), reason));
        }
        self
    }

    /// Merges the counts of both.
    pub(crate) fn merged(mut self, mut other: Tally) -> Tally {
        if self.counts.len() < other.counts.len() {
            core::mem::swap(&mut self.counts, &mut other.counts);
        }
        for (word, count) in other.counts {
            *self.counts.entry(word).or_default() += count;
        }
        self.files += other.files;
        self.unreadable.append(&mut other.unreadable);
        self
    }

    /// Returns the counts.
    pub(crate) fn into_counts(self) -> HashMap<String, u64> {
        self.counts
    }
}

/// Returns the matches of `[A-Za-z_][A-Za-z0-9_]*`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let starts = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let continues = move |byte: u8| starts(byte) || byte.is_ascii_digit();
    let mut rest = text;
    core::iter::from_fn(move || {
        // ASCII bytes are never part of another UTF-8 character, so both cuts are at character boundaries.
        let start = rest.bytes().position(starts)?;
        let word = &rest[start..];
        let end = word.bytes().position(|byte| !continues(byte)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_ascii_identifiers() {
        let found: Vec<&str> = words("def f1(_x): 2nd = 'naïve' # x_1.y").collect();
        assert_eq!(found, ["def", "f1", "_x", "nd", "na", "ve", "x_1", "y"]);
    }

    #[test]
    fn no_words() {
        assert_eq!(words("").count(), 0);
        assert_eq!(words("42 \u{e9} +").count(), 0);
    }
}
