//! The configuration that `pyo3` passes to the build scripts of its dependents matches the running Python.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;

#[test]
fn names_the_implementation_that_runs() {
    Python::attach(|py| {
        let name: String =
            py.import("sys").unwrap().getattr("implementation").unwrap().getattr("name").unwrap().extract().unwrap();
        assert_eq!(name, env!("PYO3_TESTS_IMPLEMENTATION"));
    });
}

/// Dependents compile version-specific code by it. With too new a version, they would use missing functions.
#[test]
fn names_the_version_that_runs() {
    Python::attach(|py| {
        let version = py.version_info();
        let runs = format!("{}.{}", version.major, version.minor);
        assert_eq!(runs, env!("PYO3_TESTS_VERSION"));
        // The stable ABI may be that of an earlier version.
        let abi = env!("PYO3_TESTS_ABI_VERSION").split_once('.').expect("major.minor");
        let abi = (abi.0.parse::<u8>().unwrap(), abi.1.parse::<u8>().unwrap());
        assert!(abi <= (version.major, version.minor), "the ABI of {abi:?} on {runs}");
    });
}

/// Dependents assume that attached threads never run at the same time, unless `Py_GIL_DISABLED` is set.
#[test]
fn says_whether_threads_run_at_the_same_time() {
    let free_threaded: bool = env!("PYO3_TESTS_FREE_THREADED").parse().unwrap();
    // Each of the two threads stays attached, and runs no Python code, until the other one is attached too.
    let patience = if free_threaded { Duration::from_secs(20) } else { Duration::from_millis(200) };
    let (start, attached) = (Barrier::new(2), AtomicUsize::new(0));
    let meet = || {
        start.wait();
        Python::attach(|_| {
            attached.fetch_add(1, SeqCst);
            let deadline = Instant::now() + patience;
            while attached.load(SeqCst) < 2 && Instant::now() < deadline {
                thread::yield_now();
            }
            let met = attached.load(SeqCst) == 2;
            // If only one thread can be attached at a time, the second one attaches when the first is done.
            if !met {
                attached.fetch_sub(1, SeqCst);
            }
            met
        })
    };
    let met = thread::scope(|threads| {
        let others = [threads.spawn(meet), threads.spawn(meet)];
        others.map(|thread| thread.join().unwrap())
    });
    assert_eq!(met, [free_threaded; 2]);
}
