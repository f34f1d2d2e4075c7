//! Tests threads that attach after the interpreter has ended, in its own process, because other tests may start another
//! interpreter.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3_backend::InterpreterOps;
use pyo3_backend_rustpython::{RustPython, ffi_hooks};

#[test]
fn a_thread_that_comes_too_late_is_kept() {
    // SAFETY: no object is created.
    unsafe { RustPython::interpreter_embed(|_| {}) };
    assert!(ffi_hooks::is_finalizing());
    // The thread that ended the interpreter gets an answer, instead of waiting for itself.
    assert!(ffi_hooks::new_machine().is_none());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let machine = ffi_hooks::new_machine();
        sender.send(machine.is_some())
    });
    // There is neither an answer nor a panic, which would drop the sender.
    assert_eq!(receiver.recv_timeout(Duration::from_millis(500)), Err(RecvTimeoutError::Timeout));
}
