//! Helpers for the suite in `tests/suite`: running Python, reading errors, counting references.
//!
//! No test asks which runtime it runs on. If a runtime lacks a feature, the test stays as it is and fails, and
//! `known_gaps.toml` gives the reason.

#[cfg(doctest)]
mod does_not_compile;
pub mod process_ends;

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Barrier, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyCFunction, PyDict};

/// Creates an empty scope for [`run`] and [`eval`].
pub fn scope(py: Python<'_>) -> Bound<'_, PyDict> {
    PyDict::new(py)
}

/// Creates a scope with one class in it, under its Python name.
///
/// # Panics
///
/// Panics if the class cannot be created.
pub fn scope_of<T: PyClass>(py: Python<'_>) -> Bound<'_, PyDict> {
    let scope = PyDict::new(py);
    add_class::<T>(&scope);
    scope
}

/// Adds a class to a scope, under its Python name.
///
/// # Panics
///
/// Panics if the class cannot be created.
pub fn add_class<T: PyClass>(scope: &Bound<'_, PyDict>) {
    let class = scope.py().get_type::<T>();
    let name = class.name().expect("a class has a name");
    scope.set_item(name, class).expect("a scope takes any name");
}

/// Creates a scope with functions in it, under their Python names.
///
/// # Panics
///
/// Panics if a function could not be created.
pub fn scope_with<'py>(
    py: Python<'py>,
    functions: impl IntoIterator<Item = PyResult<Bound<'py, PyCFunction>>>,
) -> Bound<'py, PyDict> {
    let scope = PyDict::new(py);
    for function in functions {
        let function = function.expect("a function can be made");
        let name = function.getattr("__name__").expect("a function has a name");
        scope.set_item(name, function).expect("a scope takes any name");
    }
    scope
}

/// Runs Python code with `scope` as its globals.
///
/// # Panics
///
/// Panics if the code raises an exception.
#[track_caller]
pub fn run(scope: &Bound<'_, PyDict>, code: &CStr) {
    if let Err(error) = scope.py().run(code, Some(scope), None) {
        error.display(scope.py());
        panic!("{error}");
    }
}

/// Evaluates a Python expression with `scope` as its globals.
///
/// # Panics
///
/// Panics if the expression raises an exception.
#[track_caller]
pub fn eval<'py>(scope: &Bound<'py, PyDict>, code: &CStr) -> Bound<'py, PyAny> {
    match scope.py().eval(code, Some(scope), None) {
        Ok(value) => value,
        Err(error) => panic!("{}: {error}", code.to_string_lossy()),
    }
}

/// Runs Python code with `scope` as its globals, and returns the exception that it raises.
///
/// # Panics
///
/// Panics if the code raises no exception.
#[track_caller]
pub fn raises(scope: &Bound<'_, PyDict>, code: &CStr) -> PyErr {
    match scope.py().run(code, Some(scope), None) {
        Err(error) => error,
        Ok(()) => panic!("`{}` raises nothing", code.to_string_lossy()),
    }
}

/// Compares the `type: message` that each snippet raises with the expected text, and reports all differences at once.
///
/// # Panics
///
/// Panics if a snippet raises nothing or a different exception.
#[track_caller]
pub fn assert_messages(scope: &Bound<'_, PyDict>, table: &[(&CStr, &str)]) {
    let mut differences = String::new();
    for (code, expected) in table {
        let found = match scope.py().run(code, Some(scope), None) {
            Err(error) => error.to_string(),
            Ok(()) => String::from("raises nothing"),
        };
        if found != *expected {
            let code = code.to_string_lossy();
            differences += &format!("\n{code}\n  expected: {expected}\n  found:    {found}");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

/// Creates an object that nothing else refers to, that is not immortal, and that accepts attributes.
///
/// # Panics
///
/// Panics if the `types` module is broken.
pub fn fresh(py: Python<'_>) -> Bound<'_, PyAny> {
    py.import("types")
        .and_then(|types| types.getattr("SimpleNamespace"))
        .and_then(|class| class.call0())
        .expect("types.SimpleNamespace takes no arguments")
}

/// Returns the reference count of an object: from `sys.getrefcount`, or from the frontend if that is missing.
///
/// Only differences between counts are meaningful. A collector on another thread may hold an object for a moment, so
/// this returns the minimum of several readings.
///
/// # Panics
///
/// Panics if `sys.getrefcount` raises an exception.
pub fn count_of(object: &Bound<'_, PyAny>) -> isize {
    let again = (0..2).map(|_| {
        object.py().detach(|| std::thread::sleep(Duration::from_micros(200)));
        count_now(object)
    });
    again.fold(count_now(object), isize::min)
}

#[allow(deprecated, reason = "the fallback if `sys.getrefcount` is missing")]
fn count_now(object: &Bound<'_, PyAny>) -> isize {
    let sys = object.py().import("sys").expect("sys is always there");
    match sys.getattr("getrefcount") {
        Ok(getrefcount) => {
            getrefcount.call1((object,)).and_then(|count| count.extract()).expect("getrefcount takes any object")
        }
        Err(_) => object.get_refcnt(),
    }
}

/// How often [`assert_count_stays`] repeats the operation under test.
pub const ROUNDS: usize = 1000;

/// Performs an operation 1000 times and compares the reference count of `object` before and after.
///
/// A first round is not counted, because it may fill caches. A collector on another thread may change the count by a
/// few for a moment. So this waits for the count to settle, and repeats the whole measurement if the first reading may
/// have been affected. An operation that miscounts changes the count every time.
///
/// # Panics
///
/// Panics if the counts differ in every measurement.
#[track_caller]
pub fn assert_count_stays(object: &Bound<'_, PyAny>, round: impl FnMut()) {
    assert_count_stays_in(object, "the loop", round);
}

/// Like [`assert_count_stays`], with a name for the operation under test.
///
/// # Panics
///
/// Panics if the counts differ in every measurement.
#[track_caller]
pub fn assert_count_stays_in(object: &Bound<'_, PyAny>, name: &str, mut round: impl FnMut()) {
    round();
    let (mut before, mut after) = (0, 1);
    for _ in 0..5 {
        before = count_of(object);
        for _ in 0..ROUNDS {
            round();
        }
        after = settled(object, before);
        // A leak in every round is real, not the work of a collector.
        if after == before || after.abs_diff(before) >= ROUNDS {
            break;
        }
    }
    assert_eq!(after, before, "references after and before {ROUNDS} rounds of {name}");
}

/// Asserts that the reference count of `object` is or soon becomes `expected`.
///
/// # Panics
///
/// Panics if the count is still different after two seconds.
#[track_caller]
pub fn assert_count(object: &Bound<'_, PyAny>, expected: isize) {
    assert_eq!(settled(object, expected), expected, "references");
}

/// Returns the count. While a collector may still hold the object, keeps reading it for up to two seconds.
fn settled(object: &Bound<'_, PyAny>, expected: isize) -> isize {
    let start = Instant::now();
    let mut count = count_of(object);
    // Waiting helps neither with a leak in every round, nor with a count that is too low: a released reference does not
    // come back.
    while count > expected && count.abs_diff(expected) < ROUNDS && start.elapsed() < Duration::from_secs(2) {
        count = count_of(object);
    }
    count
}

/// Waits until `condition` holds, detached between two checks. Attaches now and then so that deferred work is done.
///
/// # Panics
///
/// Panics after ten seconds.
#[track_caller]
pub fn eventually(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(10), "it did not happen in ten seconds");
        // The caller may be attached, but the condition may need it to detach.
        Python::attach(|py| py.detach(|| thread::sleep(Duration::from_millis(1))));
    }
}

/// Runs the cycle collector over all objects.
///
/// On free-threaded builds, `gc.collect` does nothing while another thread is collecting. That thread may be waiting
/// for this one to pause, which calls to native functions alone never do. So this function repeats the call, and
/// detaches while it waits.
///
/// # Panics
///
/// Panics if `gc` raises an exception, or if no collection happens within ten seconds.
#[track_caller]
pub fn collect(py: Python<'_>) {
    let gc = py.import("gc").expect("every Python has the module");
    let collections = || -> usize {
        let stats = gc.call_method0("get_stats").expect("gc.get_stats takes no arguments");
        let oldest = stats.get_item(2).expect("there are three generations");
        oldest.get_item("collections").and_then(|count| count.extract()).expect("collections are counted")
    };
    let before = collections();
    eventually(|| {
        for _ in 0..2 {
            gc.call_method0("collect").expect("gc.collect takes no arguments");
        }
        // The first collection counted may have begun on another thread before this call, so wait for two.
        collections() >= before + 2
    });
}

/// Runs `body` while `sys.unraisablehook` appends exceptions to the list `seen` in `scope`, as `(type, text, object)`.
///
/// The hook is global to the process, so tests take turns.
///
/// # Panics
///
/// Panics if the hook cannot be replaced.
pub fn with_unraisable(scope: &Bound<'_, PyDict>, body: impl FnOnce()) {
    static TURN: Mutex<()> = Mutex::new(());

    // A failed test has restored the hook, so the poisoned lock is harmless.
    let _turn = TURN.lock_py_attached(scope.py()).unwrap_or_else(PoisonError::into_inner);
    run(
        scope,
        c"
import sys
seen = []
sys.unraisablehook = lambda report: seen.append((report.exc_type, str(report.exc_value), report.object))
",
    );
    let outcome = catch_unwind(AssertUnwindSafe(body));
    run(scope, c"sys.unraisablehook = sys.__unraisablehook__");
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// Runs `body` on `count` attached threads at once, passing each its number, and waits for them.
pub fn on_threads(count: usize, body: impl Fn(Python<'_>, usize) + Sync) {
    let start = Barrier::new(count);
    thread::scope(|threads| {
        for number in 0..count {
            let (start, body) = (&start, &body);
            threads.spawn(move || {
                start.wait();
                Python::attach(|py| body(py, number));
            });
        }
    });
}
