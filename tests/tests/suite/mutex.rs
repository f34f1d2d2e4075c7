//! `PyMutex`: a lock that threads wait for detached, and critical sections on it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::sync::critical_section::{with_critical_section_mutex, with_critical_section_mutex2};
use pyo3::sync::{PyMutex, PyMutexTrait, nonpoison};

use pyo3_tests::{eval, on_threads, scope};

const THREADS: usize = 4;
const ROUNDS: usize = 200;

#[test]
fn one_thread_at_a_time_has_the_value() {
    static SUM: PyMutex<usize> = PyMutex::new(0);
    let plain = nonpoison::PyMutex::new(0);
    on_threads(THREADS, |py, _| {
        for _ in 0..ROUNDS {
            let mut sum = SUM.lock().unwrap();
            let before = *sum;
            // Let other threads run in the middle.
            py.detach(thread::yield_now);
            *sum = before + 1;
            let mut plain = plain.lock();
            let before = *plain;
            eval(&scope(py), c"sum(range(10))");
            *plain = before + 1;
        }
    });
    assert_eq!(*SUM.lock().unwrap(), THREADS * ROUNDS);
    assert_eq!(plain.into_inner(), THREADS * ROUNDS);
}

#[test]
fn a_thread_waits_detached() {
    let mutex = PyMutex::new(Vec::new());
    let (locked, is_locked) = channel();
    thread::scope(|threads| {
        let mutex = &mutex;
        threads.spawn(move || {
            // The lock is taken while detached, and released after running Python code. If the other thread waited
            // attached, this would be a deadlock.
            let mut values = mutex.lock().unwrap();
            locked.send(()).unwrap();
            thread::sleep(Duration::from_millis(50));
            let value = Python::attach(|py| {
                eval(&scope(py), c"__import__('gc').collect()");
                eval(&scope(py), c"6 * 7").extract::<u8>().unwrap()
            });
            values.push(value);
        });
        is_locked.recv().unwrap();
        assert!(mutex.is_locked());
        Python::attach(|_| {
            let mut values = mutex.lock().unwrap();
            assert_eq!(*values, [42]);
            values.push(43);
        });
    });
    assert!(!mutex.is_locked());
    assert_eq!(mutex.into_inner().unwrap(), [42, 43]);
}

#[test]
fn a_panic_poisons() {
    let mutex = PyMutex::new(1);
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let mut value = mutex.lock().unwrap();
        *value = 2;
        panic!("with the mutex locked");
    }));
    assert!(caught.is_err());
    assert!(!mutex.is_locked());
    assert_eq!(*mutex.lock().err().expect("it is poisoned").into_inner(), 2);
    mutex.clear_poison();
    assert_eq!(*mutex.lock().unwrap(), 2);
    let caught = catch_unwind(AssertUnwindSafe(|| {
        let _value = mutex.lock();
        panic!("again");
    }));
    assert!(caught.is_err());
    assert_eq!(mutex.into_inner().unwrap_err().into_inner(), 2);
}

#[test]
fn the_plain_one_is_unlocked_by_a_panic() {
    let mutex = nonpoison::PyMutex::new(1);
    let caught = catch_unwind(AssertUnwindSafe(|| {
        *mutex.lock() = 2;
        let _value = mutex.lock();
        panic!("with the mutex locked");
    }));
    assert!(caught.is_err());
    assert!(!mutex.is_locked());
    assert_eq!(*mutex.lock(), 2);
}

#[test]
fn a_mutex_crosses_threads_and_its_guard_is_shared() {
    fn is_sync<T: Sync>(_: &T) {}
    fn is_send<T: Send>(_: &T) {}
    let mutex = PyMutex::new(std::cell::Cell::new(1));
    is_sync(&mutex);
    is_send(&mutex);
    let text = PyMutex::new(String::new());
    is_sync(&text.lock().unwrap());
}

/// Adds one in a critical section, in two steps.
fn add<'a, M: PyMutexTrait<'a, usize>>(py: Python<'_>, mutex: &'a M) {
    with_critical_section_mutex(py, mutex, |mut value| {
        // SAFETY: no Python code runs here, and every thread that uses the mutex is attached.
        let value = unsafe { value.get_mut() };
        let before = *value;
        thread::yield_now();
        *value = before + 1;
    });
}

#[test]
fn sections_of_a_mutex_exclude_each_other() {
    let (mutex, plain) = (Arc::new(PyMutex::new(0)), nonpoison::PyMutex::new(0));
    on_threads(THREADS, |py, _| {
        for _ in 0..ROUNDS {
            add(py, &mutex);
            add(py, &*mutex);
            add(py, &plain);
        }
    });
    assert_eq!(*mutex.lock().unwrap(), 2 * THREADS * ROUNDS);
    assert_eq!(plain.into_inner(), THREADS * ROUNDS);
}

#[test]
fn two_mutexes_are_had_together() {
    let (first, second) = (PyMutex::new(0), nonpoison::PyMutex::new(0_usize));
    on_threads(THREADS, |py, number| {
        for _ in 0..ROUNDS {
            if number % 2 == 0 {
                with_critical_section_mutex2(py, &first, &second, |mut first, second| {
                    let mut second = second.expect("they are two");
                    // SAFETY: no Python code runs here, and every thread that uses the mutexes is attached.
                    let (first, second) = unsafe { (first.get_mut(), second.get_mut()) };
                    *first += 1;
                    thread::yield_now();
                    *second += *first - *second;
                });
            } else {
                with_critical_section_mutex2(py, &second, &first, |second, first| {
                    let first = first.expect("they are two");
                    // SAFETY: no Python code runs here, and every thread that uses the mutexes is attached.
                    assert_eq!(unsafe { *first.get() }, unsafe { *second.get() });
                });
            }
        }
    });
    assert_eq!(*first.lock().unwrap(), THREADS / 2 * ROUNDS);
    assert_eq!(*second.lock(), THREADS / 2 * ROUNDS);
}

#[test]
fn one_mutex_twice_is_one() {
    let mutex = Arc::new(PyMutex::new(5));
    let same = Arc::clone(&mutex);
    Python::attach(|py| {
        let value = with_critical_section_mutex2(py, &mutex, &same, |value, other| {
            assert!(other.is_none());
            // SAFETY: no other thread has access to the mutex.
            unsafe { *value.get() }
        });
        assert_eq!(value, 5);
    });
    assert!(!mutex.is_locked());
}

#[test]
fn sections_give_way() {
    let (first, second) = (PyMutex::new(0), PyMutex::new(0));
    on_threads(THREADS, |py, number| {
        let (outer, inner) = if number % 2 == 0 { (&first, &second) } else { (&second, &first) };
        for _ in 0..ROUNDS {
            with_critical_section_mutex(py, outer, |_| {
                add(py, inner);
                // Other threads can enter meanwhile, also with a guard.
                py.detach(thread::yield_now);
            });
            *outer.lock().unwrap() += 1;
        }
    });
    assert_eq!(first.into_inner().unwrap() + second.into_inner().unwrap(), 2 * THREADS * ROUNDS);
}

#[test]
fn a_section_ends_with_a_panic() {
    let mutex = PyMutex::new(());
    Python::attach(|py| {
        let caught = catch_unwind(AssertUnwindSafe(|| {
            with_critical_section_mutex(py, &mutex, |_| panic!("in the section"));
        }));
        assert!(caught.is_err());
    });
    assert!(!mutex.is_locked());
    // There was no guard, so the mutex is not poisoned.
    assert!(mutex.lock().is_ok());
}
