//! What the module `signal` knows of the process's handlers when an interpreter begins.

use rustpython_vm::{PyResult, VirtualMachine};

/// Tells the interpreter which signals the process ignores and which have the system's default, as CPython finds out at
/// its start. The VM does so only where it also installs a handler for SIGINT, which a library does not do. Without it,
/// `signal.signal` and `signal.getsignal` answer `None` for handlers of which nobody has heard.
///
/// Nothing changes for the process: `signal.signal` is called with the handler that is there.
///
/// # Errors
///
/// Where there is no module `_signal`, and on threads that may not set handlers.
#[cfg(unix)]
pub(crate) fn note_dispositions(vm: &VirtualMachine) -> PyResult<()> {
    let module = vm.import("_signal", 0)?;
    let set = module.get_attr("signal", vm)?;
    let count: i32 = module.get_attr("NSIG", vm)?.try_into_value(vm)?;
    for signal in 1..count {
        let mut found = core::mem::MaybeUninit::<libc::sigaction>::uninit();
        // SAFETY: the call asks only, and writes where it succeeds. It fails for numbers that are no signals.
        let found = unsafe {
            if libc::sigaction(signal, core::ptr::null(), found.as_mut_ptr()) != 0 {
                continue;
            }
            found.assume_init()
        };
        if matches!(found.sa_sigaction, libc::SIG_DFL | libc::SIG_IGN) {
            // The two signals that nobody may handle are refused.
            drop(set.call((signal, found.sa_sigaction), vm));
            // The flags, which `signal` does not keep.
            // SAFETY: what was there a moment ago, and has no code of ours in it.
            unsafe { libc::sigaction(signal, &found, core::ptr::null_mut()) };
        }
    }
    Ok(())
}

/// Other systems have no such question to ask.
#[cfg(not(unix))]
pub(crate) fn note_dispositions(_: &VirtualMachine) -> PyResult<()> {
    Ok(())
}
