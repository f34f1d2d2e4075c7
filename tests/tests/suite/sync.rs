//! Waiting while attached, and values that are computed once.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Barrier, Mutex, Once, OnceLock, RwLock};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::{MutexExt, OnceExt, OnceLockExt, PyOnceLock, RwLockExt};
use pyo3::types::{PyList, PyType};

use pyo3_tests::{count_of, eventually, run, scope};

/// Keeps the interpreter busy with allocations, cycles and collections.
const WORK: &std::ffi::CStr = c"
import gc
for _ in range(20):
    for _ in range(50):
        a, b = [], {}
        a.append(b)
        b['a'] = a
    gc.collect()
";

#[test]
fn once_lock_is_filled_once() {
    static LOCK: PyOnceLock<Py<PyList>> = PyOnceLock::new();
    Python::attach(|py| {
        assert!(LOCK.get(py).is_none());
        let made = LOCK.get_or_init(py, || PyList::new(py, [1]).unwrap().unbind());
        let again = LOCK.get_or_init(py, || unreachable!("it is filled"));
        assert!(made.is(again));
        assert!(LOCK.get(py).unwrap().is(made));
        assert!(LOCK.set(py, PyList::empty(py).unbind()).is_err());
        assert!(LOCK.clone_ref(py).get(py).unwrap().is(made));
    });
}

#[test]
fn a_failed_filling_leaves_it_empty() {
    Python::attach(|py| {
        let mut lock = PyOnceLock::<i32>::new();
        let error = lock.get_or_try_init(py, || Err(PyValueError::new_err("no"))).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: no");
        assert_eq!(*lock.get_or_try_init(py, || Ok::<_, PyErr>(5)).unwrap(), 5);
        *lock.get_mut().unwrap() += 1;
        assert_eq!(lock.take(), Some(6));
        assert_eq!(lock.into_inner(), None);
    });
}

#[test]
fn once_lock_imports() {
    static LOCK: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    Python::attach(|py| {
        let class = LOCK.import(py, "collections", "OrderedDict").unwrap();
        assert_eq!(class.name().unwrap(), "OrderedDict");
        assert!(LOCK.import(py, "collections", "OrderedDict").unwrap().is(class));
    });
}

#[test]
fn filling_may_run_python_on_many_threads() {
    static LOCK: PyOnceLock<usize> = PyOnceLock::new();
    Python::initialize();
    thread::scope(|threads| {
        for number in 0..4 {
            threads.spawn(move || {
                Python::attach(|py| {
                    LOCK.get_or_init(py, || {
                        run(&scope(py), WORK);
                        number
                    });
                });
            });
        }
    });
    Python::attach(|py| assert!(*LOCK.get(py).unwrap() < 4));
}

#[test]
fn a_contended_mutex_does_not_stop_the_collector() {
    static MUTEX: Mutex<usize> = Mutex::new(0);
    Python::initialize();
    thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                Python::attach(|py| {
                    for _ in 0..3 {
                        let mut count = MUTEX.lock_py_attached(py).unwrap();
                        run(&scope(py), WORK);
                        *count += 1;
                    }
                });
            });
        }
    });
    assert_eq!(*MUTEX.lock().unwrap(), 12);
}

#[test]
fn a_contended_rwlock_does_not_stop_the_collector() {
    static LOCK: RwLock<usize> = RwLock::new(0);
    Python::initialize();
    thread::scope(|threads| {
        for number in 0..4 {
            threads.spawn(move || {
                Python::attach(|py| {
                    for _ in 0..3 {
                        if number == 0 {
                            let mut count = LOCK.write_py_attached(py).unwrap();
                            run(&scope(py), WORK);
                            *count += 1;
                        } else {
                            let count = LOCK.read_py_attached(py).unwrap();
                            run(&scope(py), WORK);
                            assert!(*count <= 3);
                        }
                    }
                });
            });
        }
    });
    assert_eq!(*LOCK.read().unwrap(), 3);
}

#[test]
fn once_and_once_lock_of_std() {
    static ONCE: Once = Once::new();
    static CELL: OnceLock<usize> = OnceLock::new();
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    Python::initialize();
    thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                Python::attach(|py| {
                    ONCE.call_once_py_attached(py, || {
                        run(&scope(py), WORK);
                        CALLS.fetch_add(1, SeqCst);
                    });
                    let value = CELL.get_or_init_py_attached(py, || {
                        run(&scope(py), WORK);
                        CALLS.fetch_add(10, SeqCst);
                        5
                    });
                    assert_eq!(*value, 5);
                });
            });
        }
    });
    assert_eq!(CALLS.load(SeqCst), 11);
}

#[test]
fn a_poisoned_mutex_says_so() {
    static MUTEX: Mutex<i32> = Mutex::new(0);
    Python::attach(|py| {
        let _ = std::panic::catch_unwind(|| {
            let _guard = MUTEX.lock().unwrap();
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(MUTEX.lock_py_attached(py).is_err());
    });
}

/// Runs `work` on one thread, which calls its argument while it holds a lock, and `late` on another one, which then has
/// to wait for that lock.
fn wait_for(work: &(dyn Fn(&dyn Fn()) + Sync), late: &(dyn Fn(Python<'_>) + Sync)) {
    let started = Barrier::new(2);
    thread::scope(|threads| {
        threads.spawn(|| {
            work(&|| {
                started.wait();
                thread::sleep(Duration::from_millis(100));
            });
        });
        threads.spawn(|| {
            started.wait();
            Python::attach(late);
        });
    });
}

/// An initializer may own handles, which only an attached thread can release. `--backend checked` notices a release on
/// a detached thread.
#[test]
fn an_initializer_that_is_not_called_is_dropped_attached() {
    Python::initialize();
    let list = Python::attach(|py| PyList::empty(py).unbind());

    let once = Once::new();
    wait_for(&|hold| once.call_once(hold), &|py| {
        let list = list.bind(py).clone();
        once.call_once_py_attached(py, move || drop(list));
    });
    let once = Once::new();
    wait_for(&|hold| once.call_once(hold), &|py| {
        let list = list.bind(py).clone();
        once.call_once_force_py_attached(py, move |_| drop(list));
    });
    let once = parking_lot::Once::new();
    wait_for(&|hold| once.call_once(hold), &|py| {
        let list = list.bind(py).clone();
        once.call_once_py_attached(py, move || drop(list));
    });
    let cell = OnceLock::new();
    wait_for(&|hold| *cell.get_or_init(hold), &|py| {
        let list = list.bind(py).clone();
        cell.get_or_init_py_attached(py, move || drop(list));
    });

    // A collector that runs now may hold the list for a moment.
    Python::attach(|py| eventually(|| count_of(list.bind(py)) == count_of(&PyList::empty(py))));
}
