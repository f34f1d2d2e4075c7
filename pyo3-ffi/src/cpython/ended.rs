//! Threads that CPython ends in the middle of a call.
//!
//! While the interpreter shuts down, a thread that wants to attach must not come back. Before 3.14, CPython ends it with
//! `pthread_exit`, wherever it is: in `PyGILState_Ensure`, and in every function that runs Python code, which gives
//! others a turn now and then. `pthread_exit` unwinds the stack by force. Rust has no place for that: values would be
//! dropped that need an attached thread, and the first frame that must not unwind would abort the process.
//!
//! So the thread stays where it is instead, for ever, as from 3.14 CPython itself has it: each function of
//! `capi_running!` holds a [`Stay`] during its call. Without unwinding, in programs built with `panic = "abort"`, nothing
//! can be done. On Windows CPython ends the thread without unwinding its stack, so that nobody is asked.

#![cfg(all(not(Py_3_14), unix, panic = "unwind"))]

/// Keeps a thread that unwinds past it. Forgotten where the call returns.
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
        // SAFETY: waits for a signal. The thread holds no lock of the interpreter: it was to get one.
        unsafe { libc::pause() };
    }
}
