//! Tests the critical sections for code written against the C API.

#![expect(clippy::undocumented_unsafe_blocks, reason = "each section ends before its objects do, on its thread")]

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;

use pyo3_backend::{InterpreterOps, Ref, SectionOps, ThreadOps};
use pyo3_backend_rustpython::{RustPython, ffi_hooks};
use rustpython_vm::vm::thread::with_current_vm;
use rustpython_vm::{PyObject, PyObjectRef};

/// A place where only one thread may be at a time.
#[derive(Default)]
struct Alone {
    is_occupied: AtomicBool,
    visits: AtomicUsize,
}

impl Alone {
    fn visit(&self) {
        assert!(!self.is_occupied.swap(true, SeqCst), "two threads are in sections of the same object");
        thread::yield_now();
        self.visits.fetch_add(1, SeqCst);
        self.is_occupied.store(false, SeqCst);
    }
}

fn in_section(object: &PyObject, body: impl FnOnce()) {
    with_current_vm(|vm| unsafe { ffi_hooks::begin_section(vm, object, None) });
    body();
    with_current_vm(ffi_hooks::end_section);
}

fn in_sections(first: &PyObject, second: &PyObject, body: impl FnOnce()) {
    with_current_vm(|vm| unsafe { ffi_hooks::begin_section(vm, first, Some(second)) });
    body();
    with_current_vm(ffi_hooks::end_section);
}

#[test]
fn sections_of_c_and_of_rust_exclude_each_other() {
    const ROUNDS: usize = 200;
    RustPython::interpreter_initialize();
    let new = || -> PyObjectRef {
        RustPython::thread_attach(|_| with_current_vm(|vm| vm.ctx.new_list(Vec::new()).into())).expect("it runs")
    };
    let (first, second) = (new(), new());
    let (at_first, at_second) = (Alone::default(), Alone::default());
    thread::scope(|threads| {
        for number in 0..4 {
            let (at_first, at_second) = (&at_first, &at_second);
            let (first, second): (&PyObject, &PyObject) = (&first, &second);
            threads.spawn(move || {
                RustPython::thread_attach(|py| {
                    for _ in 0..ROUNDS {
                        match number {
                            0 => in_section(first, || in_section(first, || at_first.visit())),
                            1 => in_sections(first, second, || {
                                at_first.visit();
                                at_second.visit();
                            }),
                            // In the opposite order, so that the sections suspend each other.
                            2 => in_section(second, || in_section(first, || at_first.visit())),
                            _ => {
                                let object = unsafe { Ref::from_ptr(first.into()) };
                                RustPython::section_run(py, pyo3_backend::Subjects::Objects(object, None), || {
                                    at_first.visit()
                                });
                            }
                        }
                    }
                    in_sections(second, second, || at_second.visit());
                })
                .expect("it runs");
            });
        }
    });
    assert_eq!(at_first.visits.load(SeqCst), 4 * ROUNDS);
    assert_eq!(at_second.visits.load(SeqCst), ROUNDS + 4);
    RustPython::thread_attach(|_| drop((first, second))).expect("it runs");
}
