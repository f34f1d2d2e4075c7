//! Locks of other crates, which threads wait for detached.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use parking_lot::{Mutex, Once, OnceState, ReentrantMutex, RwLock};
use pyo3::prelude::*;
use pyo3::sync::{MutexExt, OnceExt, RwLockExt};

/// One thread holds the lock and needs the interpreter before it releases it. Another attached thread wants the lock.
/// If it waited attached, this would be a deadlock.
fn contend(hold: impl Fn(Python<'_>, &dyn Fn()) + Sync, want: impl Fn(Python<'_>) + Sync) {
    let held = Barrier::new(2);
    thread::scope(|threads| {
        threads.spawn(|| {
            Python::attach(|py| {
                hold(py, &|| {
                    py.detach(|| {
                        held.wait();
                        // Long enough for the other thread to reach the lock.
                        thread::sleep(Duration::from_millis(20));
                    });
                });
            });
        });
        threads.spawn(|| {
            held.wait();
            Python::attach(&want);
        });
    });
}

#[test]
fn mutexes() {
    let mutex = Mutex::new(0);
    contend(
        |py, wait| {
            let mut guard = mutex.lock_py_attached(py);
            wait();
            *guard += 1;
        },
        |py| {
            let mut guard = mutex.lock_py_attached(py);
            assert_eq!(*guard, 1);
            *guard += 1;
        },
    );
    assert_eq!(*mutex.lock(), 2);
}

#[test]
fn reentrant_mutexes() {
    let mutex = ReentrantMutex::new(std::cell::Cell::new(0));
    contend(
        |py, wait| {
            let guard = mutex.lock_py_attached(py);
            let again = mutex.lock_py_attached(py);
            wait();
            again.set(guard.get() + 1);
        },
        |py| assert_eq!(mutex.lock_py_attached(py).get(), 1),
    );
}

#[test]
fn reader_writer_locks() {
    let lock = RwLock::new(0);
    contend(
        |py, wait| {
            let mut guard = lock.write_py_attached(py);
            wait();
            *guard += 1;
        },
        |py| {
            let first = lock.read_py_attached(py);
            let second = lock.read_py_attached(py);
            assert_eq!((*first, *second), (1, 1));
        },
    );
    contend(
        |py, wait| {
            let guard = lock.read_py_attached(py);
            wait();
            assert_eq!(*guard, 1);
        },
        |py| *lock.write_py_attached(py) = 2,
    );
    assert_eq!(*lock.read(), 2);
}

#[test]
fn once() {
    let once = Once::new();
    let runs = std::sync::atomic::AtomicUsize::new(0);
    let count = || {
        runs.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    };
    contend(
        |py, wait| {
            once.call_once_py_attached(py, || {
                wait();
                count();
            });
        },
        |py| {
            once.call_once_py_attached(py, count);
            assert!(once.state().done());
        },
    );
    Python::attach(|py| once.call_once_force_py_attached(py, |_| count()));
    assert_eq!(runs.into_inner(), 1);
}

#[test]
fn once_after_a_panic() {
    let once = Once::new();
    let attempt = std::panic::catch_unwind(|| Python::attach(|py| once.call_once_py_attached(py, || panic!("first"))));
    assert!(attempt.is_err());
    Python::attach(|py| once.call_once_force_py_attached(py, |state: &OnceState| assert!(state.poisoned())));
    assert!(once.state().done());
}
