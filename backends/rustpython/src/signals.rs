//! Tells the module `signal` the process's signal handlers when an interpreter starts.

use rustpython_vm::{PyResult, VirtualMachine};

/// Tells the interpreter which signals the process ignores and which have the default handler, as CPython does at its
/// start. The VM does so only if it also installs a handler for SIGINT, which a library must not do. Without this call,
/// `signal.signal` and `signal.getsignal` return `None` for such handlers.
///
/// The handlers of the process do not change: this calls `signal.signal` with the current handler.
///
/// # Errors
///
/// If there is no module `_signal`, or on a thread that may not set handlers.
#[cfg(unix)]
pub(crate) fn note_dispositions(vm: &VirtualMachine) -> PyResult<()> {
    let module = vm.import("_signal", 0)?;
    let set = module.get_attr("signal", vm)?;
    let count: i32 = module.get_attr("NSIG", vm)?.try_into_value(vm)?;
    for signal in 1..count {
        let mut found = core::mem::MaybeUninit::<libc::sigaction>::uninit();
        // SAFETY: the call only reads, and fills `found` if it succeeds. It fails for numbers that are not signals.
        let found = unsafe {
            if libc::sigaction(signal, core::ptr::null(), found.as_mut_ptr()) != 0 {
                continue;
            }
            found.assume_init()
        };
        if matches!(found.sa_sigaction, libc::SIG_DFL | libc::SIG_IGN) {
            // This fails for the two signals that cannot be handled.
            drop(set.call((signal, found.sa_sigaction), vm));
            // SAFETY: restores the action that was just read, with the flags that `signal` loses. It contains no code
            // of ours.
            unsafe { libc::sigaction(signal, &found, core::ptr::null_mut()) };
        }
    }
    Ok(())
}

/// Does nothing on systems that cannot query handlers.
#[cfg(not(unix))]
pub(crate) fn note_dispositions(_: &VirtualMachine) -> PyResult<()> {
    Ok(())
}
