//! Tests the Rust snippets of the guide and the README: `cargo test -p pyo3-guide --doc`, and again with `--features
//! runtime-rustpython`. To test one page, add its name.
//!
//! There is one module per page. All snippets are linked into one program, so each `#[pymodule]` in them needs a unique
//! name.

#![allow(clippy::test_attr_in_doctest, reason = "pages show tests as users write them; here they are only compiled")]

// What links in pages can name: [`PyList`], [`PyAnyMethods::call0`].
#[allow(unused_imports, reason = "only for links in docs")]
use pyo3::{
    buffer::*, conversion::*, coroutine::*, exceptions::*, panic::*, prelude::*, pybacked::*, pycell::*,
    sync::critical_section::*, sync::*, types::*, *,
};

/// Declares a module for each page, with the page as its docs.
macro_rules! pages {
    ($($name:ident)*) => {
        $(
            #[doc = include_str!(concat!("../src/", stringify!($name), ".md"))]
            pub mod $name {}
        )*

        /// The pages whose snippets are tested.
        pub const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

pages! {
    introduction
    runtimes
    extension
    embedding
    executable
    modules
    functions
    signatures
    classes
    fields
    borrowing
    inheritance
    protocols
    operators
    collections
    enums
    gc
    weakrefs
    thread_safety
    ending
    objects
    types
    calling
    conversions
    derives
    errors
    panics
    coroutines
    buffers
    parallelism
    sync
    memory
    features
    building
    distributing
    porting_pyo3
    porting_vm_derives
    checked
    crates
    bundles
    mistakes
    troubleshooting
    debugging
    performance
    differences
    ffi
    glossary
    stubs
}

#[doc = include_str!("../../README.md")]
pub mod readme {}

/// Pages without snippets to test here: `architecture` is a separate document, the snippets of `backend` are a test of
/// `backends/decorators`, `browser` has no Rust snippets, and tools generate `macros` and `matrix`.
pub const OTHERS: &[&str] = &["architecture", "backend", "browser", "macros", "matrix"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn folder() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
    }

    /// Returns the names of all pages.
    fn pages() -> BTreeSet<String> {
        let files = fs::read_dir(folder()).expect("the book has a folder").flatten();
        let names = files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".md")?.to_owned()));
        names.filter(|name| name != "SUMMARY").collect()
    }

    fn text(page: &str) -> String {
        fs::read_to_string(folder().join(format!("{page}.md"))).expect("it is there")
    }

    #[test]
    fn pages_with_snippets_are_tested_and_all_are_in_the_summary() {
        let known: Vec<&str> = super::TESTED.iter().chain(super::OTHERS).copied().collect();
        let summary = text("SUMMARY");
        for page in pages() {
            assert!(
                known.contains(&&*page) || !text(&page).contains("```rust"),
                "{page}.md is not among the tested pages"
            );
            assert!(summary.contains(&format!("({page}.md)")), "{page}.md is not in SUMMARY.md");
        }
    }

    #[test]
    fn pages_say_which_runtimes_they_are_about() {
        for page in super::TESTED.iter().chain(super::OTHERS).filter(|&&page| page != "architecture") {
            let text = text(page);
            let below = text.lines().filter(|line| !line.is_empty()).nth(1);
            let has_badges = below.is_some_and(|line| line.starts_with("<p class=\"runtimes\">"));
            assert!(has_badges, "{page}.md: the line below the title says which runtimes it is about");
        }
    }
}
