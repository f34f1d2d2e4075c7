//! What the compiler says about mistakes in the macros' input: `tests/ui`. Behind the feature `ui`, since what it says does
//! not depend on the runtime, and one run is enough.
//!
//! Only what the macros say is here, not what the compiler says of types: that changes with its versions, and is tested by
//! the `compile_fail` examples of this package's library.
//!
//! `TRYBUILD=overwrite cargo test -p pyo3-tests --features ui --test macros_ui` writes what it says now.

#[test]
fn mistakes_are_named_where_they_are() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass.rs");
    for mistakes in ["classes", "function_options", "function_signature", "methods", "modules"] {
        cases.compile_fail(format!("tests/ui/{mistakes}.rs"));
    }
}
