//! Tests the compiler's messages for mistakes in the input of macros: `tests/ui`. The messages do not depend on the
//! runtime, so one run is enough, and the feature `ui` turns it on.
//!
//! The files `types_*` use types that do not fit: our macros produce the messages, and the compiler the lines around
//! them. This package enables `experimental-inspect`, which makes the compiler report some mistakes a second time, for
//! the type hint. The `compile_fail` examples in this package's library test that such programs are rejected at all.
//!
//! `TRYBUILD=overwrite cargo test -p pyo3-tests --features ui --test macros_ui` updates the expected messages.

#[test]
fn mistakes_are_named_where_they_are() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass.rs");
    cases.pass("tests/ui/pass_hostile.rs");
    for mistakes in [
        "after_mistakes",
        "classes",
        "conditional_arguments",
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
