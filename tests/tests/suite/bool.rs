//! Booleans.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt};

use pyo3_tests::{eval, scope};

#[test]
fn there_are_two() {
    Python::attach(|py| {
        assert!(PyBool::new(py, true).is(eval(&scope(py), c"True")));
        assert!(PyBool::new(py, false).is(eval(&scope(py), c"False")));
        assert!(true.into_pyobject(py).unwrap().is_true());
        assert!(!PyBool::new(py, false).is_true());
        assert!((&true).into_pyobject(py).unwrap().is_true());
    });
}

#[test]
fn only_they_are_bool() {
    Python::attach(|py| {
        assert!(eval(&scope(py), c"True").extract::<bool>().unwrap());
        for code in [c"1", c"None", c"'True'", c"[]"] {
            let error = eval(&scope(py), code).extract::<bool>().unwrap_err();
            assert!(error.is_instance_of::<PyTypeError>(py));
        }
        let error = eval(&scope(py), c"1").extract::<bool>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'bool'");
    });
}

#[test]
fn they_are_integers_and_compare_with_rust() {
    Python::attach(|py| {
        let truth = PyBool::new(py, true);
        assert!(truth.is_instance_of::<PyInt>());
        assert!(*truth == true);
        assert!(truth.to_owned() == true);
        assert!(truth.to_owned() != false);
    });
}
