//! Threads that CPython ends in the middle of a call.
//!
//! During finalization, other threads must not attach any more. Before 3.14, CPython ends such a thread with
//! `pthread_exit`, wherever it tries to attach: in `PyGILState_Ensure`, and in every function that runs Python code,
//! because the interpreter switches threads now and then. `pthread_exit` unwinds the stack by force. Rust cannot handle
//! that: it would drop values that need an attached thread, and the first frame that must not unwind would abort the
//! process.
//!
//! So the thread blocks forever instead, as in CPython itself from 3.14 on: each function of `capi_running!` and each
//! call of `call_running!` holds a [`Stay`]. In programs built with `panic = "abort"`, which do not unwind, this does
//! not work. On Windows, CPython ends the thread without unwinding its stack, so no destructor runs.

#![cfg(all(not(Py_3_14), unix, panic = "unwind"))]

/// Blocks a thread that unwinds past it. Forgotten when the call returns.
pub(super) struct Stay;

impl Drop for Stay {
    #[inline]
    fn drop(&mut self) {
        stay()
    }
}

#[cold]
#[inline(never)]
extern "C" fn stay() -> ! {
    loop {
        // SAFETY: only waits for a signal. The thread holds no lock of the interpreter, because it was about to get
        // one.
        unsafe { libc::pause() };
    }
}
