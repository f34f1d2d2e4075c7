//! Recursion is limited in Rust as in Python, with the same limit on every thread.

use std::thread;

use pyo3::exceptions::PyRecursionError;
use pyo3::prelude::*;
use pyo3::wrap_pyfunction;

use pyo3_tests::{eval, run, scope};

/// Calls itself through Python's calling convention.
#[pyfunction]
fn again(function: &Bound<'_, PyAny>) -> PyResult<usize> {
    Ok(function.call1((function,))?.extract::<usize>()? + 1)
}

#[pyclass]
struct Mirror;

#[pymethods]
impl Mirror {
    fn reflect(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.call_method0("reflect")?.unbind())
    }

    fn __call__(slf: &Bound<'_, Self>) -> PyResult<Py<PyAny>> {
        Ok(slf.call0()?.unbind())
    }
}

/// Runs `body` on a thread with a stack that is large enough for every runtime's limit, even in debug builds.
fn with_room(body: impl FnOnce(Python<'_>) + Send + 'static) {
    let thread = thread::Builder::new().stack_size(512 << 20).spawn(|| Python::attach(body)).expect("a thread");
    thread.join().expect("no panic");
}

#[track_caller]
fn assert_recursion_error<T: std::fmt::Debug>(py: Python<'_>, result: PyResult<T>) {
    let error = result.expect_err("there is an end");
    assert!(error.is_instance_of::<PyRecursionError>(py), "{error}");
    // From 3.14 on, CPython measures the stack in place of counting calls of C code.
    let messages = ["maximum recursion depth exceeded", "Stack overflow"];
    assert!(messages.iter().any(|message| error.to_string().contains(message)), "{error}");
}

#[test]
fn rust_that_calls_rust_without_end_raises() {
    with_room(|py| {
        let function = wrap_pyfunction!(again, py).unwrap();
        assert_recursion_error(py, function.call1((&function,)));
        // A second time, because the first must not leave anything behind.
        assert_recursion_error(py, function.call1((&function,)));
    });
}

#[test]
fn methods_and_calls_of_instances_raise_too() {
    with_room(|py| {
        let mirror = Bound::new(py, Mirror).unwrap();
        assert_recursion_error(py, mirror.call_method0("reflect"));
        assert_recursion_error(py, mirror.call0());
    });
}

#[test]
fn the_limit_counts_for_threads_that_attach_later() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"import sys; before = sys.getrecursionlimit(); sys.setrecursionlimit(before + 234)");
        let before: usize = eval(&scope, c"before").extract().unwrap();
        let seen = || {
            Python::attach(|py| -> PyResult<usize> { py.import("sys")?.call_method0("getrecursionlimit")?.extract() })
        };
        let elsewhere = py.detach(|| thread::spawn(seen).join().expect("no panic"));
        run(&scope, c"sys.setrecursionlimit(before); assert sys.setrecursionlimit.__module__ == 'sys'");
        assert_eq!(elsewhere.unwrap(), before + 234);
        let set_elsewhere = py.detach(|| {
            let set = move || {
                Python::attach(|py| py.import("sys")?.call_method1("setrecursionlimit", (before + 100,)).map(drop))
            };
            thread::spawn(set).join().expect("no panic")
        });
        set_elsewhere.unwrap();
        assert_eq!(seen().unwrap(), before + 100);
        run(&scope, c"sys.setrecursionlimit(before)");
    });
}
