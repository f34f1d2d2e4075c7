//! Pages of the guide that are made from something else, and kept in step with it.

use std::fs;

use anyhow::{Context, Result};

use crate::sh::root;

/// A page that a command makes.
pub struct Page {
    /// Where it is, from the root of the repository.
    pub file: &'static str,
    /// What it is made from, as the message has it: `{file} is not what {source}`.
    pub source: &'static str,
    /// The command that compares it, and writes it with `--write`.
    pub command: &'static str,
}

impl Page {
    /// Writes `wanted`, or says whether the page has that text already.
    ///
    /// # Errors
    ///
    /// If the page cannot be read or written.
    pub fn keep(&self, wanted: String, write: bool) -> Result<bool> {
        let Page { file, source, command } = self;
        let path = root().join(file);
        if write {
            fs::write(&path, wanted).with_context(|| format!("writing {file}"))?;
            return Ok(true);
        }
        let is_current = fs::read_to_string(&path).with_context(|| format!("reading {file}"))? == wanted;
        if !is_current {
            println!("{file} is not what {source}; remedy: cargo xtask {command} --write");
        }
        Ok(is_current)
    }
}
