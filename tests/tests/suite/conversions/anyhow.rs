//! `anyhow::Error` becomes an exception.

use anyhow::Context;
use pyo3::exceptions::{PyKeyError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;

use pyo3_tests::{assert_messages, scope_with};

fn raised(error: anyhow::Error) -> PyErr {
    error.into()
}

#[test]
fn errors_are_runtime_errors_with_all_causes() {
    Python::attach(|py| {
        let error = raised(anyhow::anyhow!("there is none"));
        assert!(error.is_instance_of::<PyRuntimeError>(py));
        assert!(error.to_string().starts_with("RuntimeError: there is none"), "{error}");
        let error = raised("x".parse::<i32>().context("no number").context("no line").unwrap_err());
        let text = error.to_string();
        let causes = "RuntimeError: no line\n\nCaused by:\n    0: no number\n    1: invalid digit found in string";
        assert!(text.starts_with(causes), "{text}");
    });
}

#[test]
fn exceptions_come_out_as_they_went_in() {
    Python::attach(|py| {
        let exception = PyKeyError::new_err("key");
        exception.set_cause(py, Some(PyValueError::new_err("cause")));
        let value = exception.value(py).clone();
        let error = raised(exception.into());
        assert!(error.value(py).is(&value));
        assert!(error.cause(py).unwrap().is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn with_context_they_become_text() {
    Python::attach(|py| {
        let result: Result<(), PyErr> = Err(PyKeyError::new_err("key"));
        let error = raised(result.context("while looking").unwrap_err());
        assert!(error.is_instance_of::<PyRuntimeError>(py));
        let text = error.to_string();
        assert!(text.starts_with("RuntimeError: while looking\n\nCaused by:\n    KeyError: 'key'"), "{text}");
    });
}

#[pyfunction]
fn call(f: Bound<'_, PyAny>) -> anyhow::Result<i32> {
    Ok(f.call0()?.extract()?)
}

#[test]
fn functions_return_them() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(call)(py)]);
        pyo3_tests::run(&scope, c"assert call(lambda: 5) == 5");
        assert_messages(
            &scope,
            &[
                (c"call(lambda: 1 / 0)", "ZeroDivisionError: division by zero"),
                (c"call(lambda: 'x')", "TypeError: 'str' object cannot be interpreted as an integer"),
            ],
        );
    });
}
