//! Critical sections exclude each other, and give way instead of causing a deadlock.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;

use pyo3::prelude::*;
use pyo3::sync::critical_section::{with_critical_section, with_critical_section2};

use pyo3_tests::{eval, on_threads, run, scope};

const THREADS: usize = 4;
const ROUNDS: usize = 200;

/// A value that only one thread may use at a time.
#[derive(Default)]
struct Alone {
    occupied: AtomicBool,
    visits: AtomicUsize,
}

impl Alone {
    /// Counts a visit non-atomically, so that concurrent visits would lose some.
    #[track_caller]
    fn visit(&self) {
        assert!(!self.occupied.swap(true, SeqCst), "two threads are in a critical section of the same object");
        let visits = self.visits.load(SeqCst);
        thread::yield_now();
        self.visits.store(visits + 1, SeqCst);
        self.occupied.store(false, SeqCst);
    }
}

fn object(py: Python<'_>) -> Bound<'_, PyAny> {
    eval(&scope(py), c"type('Object', (), {})()")
}

#[test]
fn one_thread_at_a_time_has_an_object() {
    let object = Python::attach(|py| object(py).unbind());
    let alone = Alone::default();
    on_threads(THREADS, |py, _| {
        for _ in 0..ROUNDS {
            with_critical_section(object.bind(py), || alone.visit());
        }
    });
    assert_eq!(alone.visits.load(SeqCst), THREADS * ROUNDS);
}

#[test]
fn two_objects_are_taken_together() {
    let (first, second) = Python::attach(|py| (object(py).unbind(), object(py).unbind()));
    let (at_first, at_second) = (Alone::default(), Alone::default());
    on_threads(THREADS, |py, number| {
        let (first, second) = (first.bind(py), second.bind(py));
        for _ in 0..ROUNDS {
            match number % 4 {
                0 => with_critical_section2(first, second, || {
                    at_first.visit();
                    at_second.visit();
                }),
                1 => with_critical_section2(second, first, || {
                    at_first.visit();
                    at_second.visit();
                }),
                2 => with_critical_section(first, || at_first.visit()),
                _ => with_critical_section(second, || at_second.visit()),
            }
        }
    });
    assert_eq!(at_first.visits.load(SeqCst), THREADS / 4 * 3 * ROUNDS);
    assert_eq!(at_second.visits.load(SeqCst), THREADS / 4 * 3 * ROUNDS);
}

#[test]
fn an_object_may_be_taken_twice() {
    Python::attach(|py| {
        let (object, other) = (object(py), object(py));
        let sum = with_critical_section(&object, || {
            with_critical_section2(&object, &object, || {
                with_critical_section2(&other, &object, || with_critical_section(&object, || 6)) + 1
            })
        });
        assert_eq!(sum, 7);
        // Afterwards the object is free again.
        let shared = object.unbind();
        let free = py.detach(|| {
            let taken = thread::spawn(move || Python::attach(|py| with_critical_section(shared.bind(py), || true)));
            taken.join().unwrap()
        });
        assert!(free);
    });
}

#[test]
fn sections_in_each_other_do_not_wait_for_ever() {
    let (first, second) = Python::attach(|py| (object(py).unbind(), object(py).unbind()));
    let alone = Alone::default();
    on_threads(THREADS, |py, number| {
        let (first, second) = (first.bind(py), second.bind(py));
        let (outer, inner) = if number % 2 == 0 { (first, second) } else { (second, first) };
        for _ in 0..ROUNDS {
            with_critical_section(outer, || {
                with_critical_section(inner, || {
                    // Only this half of the threads visits. They share the same inner section.
                    if number % 2 == 0 {
                        alone.visit();
                    }
                });
            });
        }
    });
    assert_eq!(alone.visits.load(SeqCst), THREADS / 2 * ROUNDS);
}

#[test]
fn a_detached_thread_is_in_no_section() {
    Python::attach(|py| {
        let object = object(py);
        let shared = object.clone().unbind();
        let alone = Alone::default();
        with_critical_section(&object, || {
            alone.visit();
            py.detach(|| {
                thread::scope(|threads| {
                    threads.spawn(|| Python::attach(|py| with_critical_section(shared.bind(py), || alone.visit())));
                });
                // Attaches again in between, with a section of its own.
                Python::attach(|py| with_critical_section(shared.bind(py), || alone.visit()));
                thread::scope(|threads| {
                    threads.spawn(|| Python::attach(|py| with_critical_section(shared.bind(py), || alone.visit())));
                });
            });
            alone.visit();
        });
        assert_eq!(alone.visits.load(SeqCst), 5);
    });
}

#[test]
fn a_section_is_resumed_after_detaching() {
    let object = Python::attach(|py| object(py).unbind());
    let alone = Alone::default();
    on_threads(THREADS, |py, _| {
        for _ in 0..ROUNDS {
            with_critical_section(object.bind(py), || {
                alone.visit();
                py.detach(thread::yield_now);
                alone.visit();
            });
        }
    });
    assert_eq!(alone.visits.load(SeqCst), 2 * THREADS * ROUNDS);
}

#[test]
fn a_panic_ends_the_section() {
    Python::attach(|py| {
        let object = object(py);
        for _ in 0..2 {
            let panic = catch_unwind(AssertUnwindSafe(|| {
                with_critical_section2(&object, &object, || {
                    py.detach(|| panic!("out of a detached part of a section"));
                });
            }));
            assert!(panic.is_err());
        }
        let shared = object.unbind();
        py.detach(|| {
            thread::scope(|threads| {
                threads.spawn(|| Python::attach(|py| with_critical_section(shared.bind(py), || ())));
            });
        });
    });
}

#[test]
fn python_code_runs_in_a_section() {
    Python::attach(|py| {
        let scope = scope(py);
        let list = eval(&scope, c"[]");
        scope.set_item("shared", &list).unwrap();
        with_critical_section(&list, || run(&scope, c"shared.append(1)\nimport gc; gc.collect()"));
        assert_eq!(list.len().unwrap(), 1);
    });
}
