//! What the guide and the README show of Rust, as tests: `cargo test -p pyo3-guide --doc`, and again with
//! `--features runtime-rustpython`. The name of a page runs the tests of that page alone.
//!
//! One module for each page. The snippets of all pages are linked into one program, so each `#[pymodule]` in them needs a
//! name of its own.

#![allow(
    clippy::test_attr_in_doctest,
    reason = "a page shows a test as users write it, which is compiled here and not run"
)]

/// A module for each page, with the page as its docs.
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

/// Pages without snippets of their own: the architecture is another document, the backend's snippets are a test of
/// `backends/decorators`, and tools write the pages of macros and of tests.
pub const OTHERS: &[&str] = &["architecture", "backend", "browser", "macros", "matrix"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn folder() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
    }

    /// The pages that are there, by name.
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
