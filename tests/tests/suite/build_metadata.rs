//! What `pyo3` tells build scripts of its dependents is true of the Python that runs.

use pyo3::prelude::*;

#[test]
fn names_the_implementation_that_runs() {
    Python::attach(|py| {
        let name: String =
            py.import("sys").unwrap().getattr("implementation").unwrap().getattr("name").unwrap().extract().unwrap();
        assert_eq!(name, env!("PYO3_TESTS_IMPLEMENTATION"));
        assert_eq!(py.version_info().major.to_string(), env!("PYO3_TESTS_MAJOR"));
    });
}
