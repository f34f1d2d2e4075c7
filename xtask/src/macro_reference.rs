//! `cargo xtask macro-reference`: the guide's page of macro options, made from the tables of the macros.

use anyhow::Result;

use crate::guide_page::Page;

const PAGE: Page = Page { file: "guide/src/macros.md", source: "the macros' tables say", command: "macro-reference" };

/// Compares the page with the tables, or writes it.
///
/// # Errors
///
/// If the page cannot be read or written.
pub fn run(write: bool) -> Result<bool> {
    PAGE.keep(pyo3_macros_backend::reference(), write)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_guide_says_what_the_macros_take() {
        assert!(super::run(false).unwrap(), "run `cargo xtask macro-reference --write`");
    }
}
