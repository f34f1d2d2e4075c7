//! Enters Rust from a subinterpreter, and through foreign code. Only for the full C API, which is needed to create
//! subinterpreters.
#![cfg(not(Py_LIMITED_API))]

mod support;

use std::time::Duration;
use std::{process, thread};

use pyo3_backend::*;
use pyo3_ffi as ffi;
use support::*;

/// Ends the process if a test hangs.
fn limit() {
    thread::spawn(|| {
        thread::sleep(Duration::from_secs(30));
        eprintln!("the test hangs");
        process::exit(101);
    });
}

/// Creates a function that calls `body` and returns its result.
fn function<'py>(py: At<'py>, body: impl Fn() -> i64 + Send + 'static) -> Obj<'py> {
    CPython::function_from_closure(py, c"function", c"", move |py, _, _| Ok(int(py, body()))).unwrap().any()
}

#[test]
fn rust_is_attached_where_a_subinterpreter_called_it() {
    limit();
    attached(|py| {
        let nested = function(py, || {
            assert!(CPython::thread_is_attached());
            let inner = CPython::thread_attach(|py| run(py, &[], "result = 20 + 1")).unwrap();
            inner.parse::<i64>().unwrap() * 2
        });
        // SAFETY: attached; the state of the main interpreter is current again after the other one has ended.
        unsafe {
            let main = ffi::PyThreadState_Get();
            let other = ffi::Py_NewInterpreter();
            assert!(!other.is_null());
            assert_eq!(run(py, &[("function", nested.as_ref())], "result = function()"), "42");
            ffi::Py_EndInterpreter(other);
            ffi::PyThreadState_Swap(main);
        }
        assert_eq!(run(py, &[("function", nested.as_ref())], "result = function()"), "42");
    });
}

#[test]
fn rust_is_not_attached_where_foreign_code_has_detached() {
    limit();
    attached(|py| {
        let detaching = function(py, || {
            // SAFETY: attached, and attached again before the function returns.
            unsafe {
                let state = ffi::PyEval_SaveThread();
                assert!(!CPython::thread_is_attached());
                let inner = CPython::thread_attach(|py| run(py, &[], "result = 42")).unwrap();
                assert!(!CPython::thread_is_attached());
                ffi::PyEval_RestoreThread(state);
                assert!(CPython::thread_is_attached());
                inner.parse().unwrap()
            }
        });
        assert_eq!(run(py, &[("function", detaching.as_ref())], "result = function()"), "42");
    });
}
