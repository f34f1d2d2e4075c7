//! Pages of the guide that are generated and kept up to date.

use std::fs;

use anyhow::{Context, Result};

use crate::sh::root;

/// A page that a command generates.
pub struct Page {
    /// The path from the root of the repository.
    pub file: &'static str,
    /// What the page is made from, as worded in the message `{file} differs from what {source}`.
    pub source: &'static str,
    /// The command that checks the page, and writes it with `--write`.
    pub command: &'static str,
}

impl Page {
    /// Writes `wanted`, or returns whether the page already has that text.
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
            println!("{file} differs from what {source}; remedy: cargo xtask {command} --write");
        }
        Ok(is_current)
    }
}
