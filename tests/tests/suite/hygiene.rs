//! Names and attributes in user code that must not clash with the macros.

use pyo3::prelude::*;

use pyo3_tests::{run, scope, scope_of};

/// Names the crate differently.
mod renamed {
    pub use ::pyo3 as own;
}

#[pymodule(crate = "renamed::own")]
mod inner {
    use super::renamed;

    #[renamed::own::pyclass]
    struct Inside {
        #[pyo3(get)]
        value: i32,
    }

    // Inherits the path of the crate from the module.
    #[renamed::own::pymethods]
    impl Inside {
        #[new]
        fn new() -> Self {
            Inside { value: 3 }
        }
    }

    #[renamed::own::pyfunction]
    fn inside() -> i32 {
        4
    }

    #[renamed::own::pymodule(name = "submodule_of")]
    mod deeper {
        use super::renamed;

        #[pymodule_export]
        const SUBMODULE: i32 = 5;
    }
}

/// Functions with the names of variables in the generated code.
#[pymodule]
fn module(value: &Bound<'_, PyModule>) -> PyResult<()> {
    value.add("value", 6)
}

#[pymodule]
mod with_init {
    use pyo3::prelude::*;

    #[pymodule_export]
    const LIMIT: i32 = 7;

    #[pymodule_init]
    fn module(m: &Bound<'_, PyModule>) -> PyResult<()> {
        m.add("filled", true)
    }
}

#[test]
fn modules_keep_their_names_apart() {
    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("inner", pyo3::wrap_pymodule!(inner)(py)).unwrap();
        scope.set_item("module", pyo3::wrap_pymodule!(module)(py)).unwrap();
        scope.set_item("with_init", pyo3::wrap_pymodule!(with_init)(py)).unwrap();
        run(
            &scope,
            cr#"
assert inner.Inside().value == 3 and inner.inside() == 4
assert inner.submodule_of.SUBMODULE == 5 and inner.submodule_of.__name__ == "inner.submodule_of"
assert module.value == 6
assert with_init.LIMIT == 7 and with_init.filled
"#,
        );
    });
}

#[pyclass]
struct Tooled;

// `rust_analyzer::getter` and the like stand for attributes of other tools and crates.
#[pymethods]
impl Tooled {
    #[new]
    fn new() -> Self {
        Tooled
    }

    #[rust_analyzer::getter]
    fn method(&self) -> i32 {
        1
    }

    #[rust_analyzer::args]
    #[rust_analyzer::staticmethod]
    fn other(&self) -> i32 {
        2
    }

    #[pyo3::getter]
    fn property(&self) -> i32 {
        3
    }
}

#[test]
fn attributes_of_others_are_left_alone() {
    Python::attach(|py| {
        run(&scope_of::<Tooled>(py), c"t = Tooled()\nassert t.method() == 1 and t.other() == 2 and t.property == 3");
    });
}
