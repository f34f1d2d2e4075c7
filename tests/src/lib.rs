//! Helpers for the suite in `tests/suite`: running Python, reading errors, counting references.
//!
//! No test asks which runtime it runs on. Where one lacks something, the test stays as it is and fails, and
//! `known_gaps.toml` says why.

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

/// An empty scope for [`run`] and [`eval`].
pub fn scope(py: Python<'_>) -> Bound<'_, PyDict> {
    PyDict::new(py)
}

/// A scope with one class in it, under its Python name.
///
/// # Panics
///
/// Where the class cannot be made.
pub fn scope_of<T: PyClass>(py: Python<'_>) -> Bound<'_, PyDict> {
    let scope = PyDict::new(py);
    add_class::<T>(&scope);
    scope
}

/// Puts a class into a scope, under its Python name.
///
/// # Panics
///
/// Where the class cannot be made.
pub fn add_class<T: PyClass>(scope: &Bound<'_, PyDict>) {
    let class = scope.py().get_type::<T>();
    let name = class.name().expect("a class has a name");
    scope.set_item(name, class).expect("a scope takes any name");
}

/// A scope with functions in it, under their Python names.
///
/// # Panics
///
/// Where a function could not be made.
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
/// Where the code raises.
#[track_caller]
pub fn run(scope: &Bound<'_, PyDict>, code: &CStr) {
    if let Err(error) = scope.py().run(code, Some(scope), None) {
        error.display(scope.py());
        panic!("{error}");
    }
}

/// The value of a Python expression, with `scope` as its globals.
///
/// # Panics
///
/// Where the expression raises.
#[track_caller]
pub fn eval<'py>(scope: &Bound<'py, PyDict>, code: &CStr) -> Bound<'py, PyAny> {
    match scope.py().eval(code, Some(scope), None) {
        Ok(value) => value,
        Err(error) => panic!("{}: {error}", code.to_string_lossy()),
    }
}

/// The exception that Python code raises, with `scope` as its globals.
///
/// # Panics
///
/// Where the code raises nothing.
#[track_caller]
pub fn raises(scope: &Bound<'_, PyDict>, code: &CStr) -> PyErr {
    match scope.py().run(code, Some(scope), None) {
        Err(error) => error,
        Ok(()) => panic!("`{}` raises nothing", code.to_string_lossy()),
    }
}

/// Compares `type: message` of what each snippet raises with what is expected, and reports all differences at once.
///
/// # Panics
///
/// Where one differs, or raises nothing.
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

/// A new object that nobody else knows, is not immortal, and takes attributes.
///
/// # Panics
///
/// Where the `types` module is broken.
pub fn fresh(py: Python<'_>) -> Bound<'_, PyAny> {
    py.import("types")
        .and_then(|types| types.getattr("SimpleNamespace"))
        .and_then(|class| class.call0())
        .expect("types.SimpleNamespace takes no arguments")
}

/// The reference count of an object, as `sys.getrefcount` tells it, or as the frontend does where that is missing.
///
/// Only differences have a meaning. A collector that another thread set off may hold an object for a moment, so the least
/// of several readings counts.
///
/// # Panics
///
/// Where `sys.getrefcount` raises.
pub fn count_of(object: &Bound<'_, PyAny>) -> isize {
    let again = (0..2).map(|_| {
        object.py().detach(|| std::thread::sleep(Duration::from_micros(200)));
        count_now(object)
    });
    again.fold(count_now(object), isize::min)
}

#[allow(deprecated, reason = "the last resort where Python itself does not tell")]
fn count_now(object: &Bound<'_, PyAny>) -> isize {
    let sys = object.py().import("sys").expect("sys is always there");
    match sys.getattr("getrefcount") {
        Ok(getrefcount) => {
            getrefcount.call1((object,)).and_then(|count| count.extract()).expect("getrefcount takes any object")
        }
        Err(_) => object.get_refcnt(),
    }
}

/// How often [`assert_count_stays`] does what it is to judge.
pub const ROUNDS: usize = 1000;

/// Does something 1000 times and compares the reference count of `object` before and after.
///
/// A first round is not counted: it may fill caches. What a collector on another thread holds makes a difference of a few
/// for a moment: afterwards it is waited for, and where it may have been there before, all is done again. An operation that
/// miscounts makes a difference every time.
///
/// # Panics
///
/// Where the counts always differ.
#[track_caller]
pub fn assert_count_stays(object: &Bound<'_, PyAny>, round: impl FnMut()) {
    assert_count_stays_in(object, "the loop", round);
}

/// The same, with a name for what is judged.
///
/// # Panics
///
/// Where the counts always differ.
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
        // A leak in each round is no matter of moments.
        if after == before || after.abs_diff(before) >= ROUNDS {
            break;
        }
    }
    assert_eq!(after, before, "references after and before {ROUNDS} rounds of {name}");
}

/// Panics where the reference count of `object` is not, or does not become, what is expected.
///
/// # Panics
///
/// Where it is still another one after some seconds.
#[track_caller]
pub fn assert_count(object: &Bound<'_, PyAny>, expected: isize) {
    assert_eq!(settled(object, expected), expected, "references");
}

/// The count, read again for some seconds where it is not the expected one: a collector may still hold the object.
fn settled(object: &Bound<'_, PyAny>, expected: isize) -> isize {
    let start = Instant::now();
    let mut count = count_of(object);
    // A leak in each round is not worth waiting for.
    // Nor is one too few: what is given up does not come back.
    while count > expected && count.abs_diff(expected) < ROUNDS && start.elapsed() < Duration::from_secs(2) {
        count = count_of(object);
    }
    count
}

/// Waits until `condition` holds, detached between the looks at it; attaches now and then so that deferred work is done.
///
/// # Panics
///
/// Where that takes longer than ten seconds.
#[track_caller]
pub fn eventually(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(10), "it did not happen in ten seconds");
        // The caller may be attached: what it waits for may need that it is not.
        Python::attach(|py| py.detach(|| thread::sleep(Duration::from_millis(1))));
    }
}

/// Runs the collector of cycles over all objects that there are.
///
/// Without a global lock `gc.collect` does nothing where another thread collects already. That thread may be waiting
/// for this one to stop, which calls of native functions alone never do: so this asks again, and waits detached.
///
/// # Panics
///
/// Where `gc` raises, or no collection happens in ten seconds.
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
        // The first that is counted may have begun, on another thread, before this function was called.
        collections() >= before + 2
    });
}

/// Runs `body` while exceptions that nobody can be told of go to the list `seen` in `scope`, as `(type, text, object)`.
///
/// `sys.unraisablehook` is there once in a process: tests take turns.
///
/// # Panics
///
/// Where the hook cannot be exchanged.
pub fn with_unraisable(scope: &Bound<'_, PyDict>, body: impl FnOnce()) {
    static TURN: Mutex<()> = Mutex::new(());

    // A test that failed in its turn has left the hook as it was.
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

/// Runs `body` on so many threads at once, all attached, with their numbers, and waits for them.
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
