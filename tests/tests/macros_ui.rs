//! What the compiler says about mistakes in the macros' input: `tests/ui`. Behind the feature `ui`, since what it says does
//! not depend on the runtime, and one run is enough.
//!
//! The files `types_*` are about types that do not fit: their messages are ours, the lines around them are the compiler's.
//! This package has `experimental-inspect`, with which the compiler reports some of them a second time, for the type hint.
//! That such programs are refused at all is tested by the `compile_fail` examples of this package's library.
//!
//! `TRYBUILD=overwrite cargo test -p pyo3-tests --features ui --test macros_ui` writes what it says now.

#[test]
fn mistakes_are_named_where_they_are() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass.rs");
    cases.pass("tests/ui/pass_hostile.rs");
    for mistakes in [
        "after_mistakes",
        "classes",
        "derives",
        "enums",
        "function_options",
        "function_signature",
        "methods",
        "modules",
        "types_arguments",
        "types_classes",
        "types_exports",
        "types_results",
        "types_threads",
    ] {
        cases.compile_fail(format!("tests/ui/{mistakes}.rs"));
    }
}
