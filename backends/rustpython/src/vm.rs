//! From the proof of attachment to the virtual machine.

use pyo3_backend::Attached;
use rustpython_vm::VirtualMachine;
use rustpython_vm::vm::thread::with_current_vm;

use crate::RustPython;
use crate::refcount::DEFERRED;

/// The virtual machine that this thread is attached to.
///
/// Costs a look-up in thread-local storage: entries that are given a `&VirtualMachine` use that one.
#[inline]
pub(crate) fn vm<'py>(_py: Attached<'py, RustPython>) -> &'py VirtualMachine {
    // SAFETY: `Attached<'py>` says that a virtual machine is entered on this thread for `'py`. Whoever entered it keeps it
    // alive until it leaves, which is after `'py`; machines entered on top of it meanwhile are left before.
    with_current_vm(|vm| unsafe { &*core::ptr::from_ref(vm) })
}

/// The proof of attachment, for functions that a virtual machine calls. They also give up what detached threads have
/// left behind: a thread may stay attached for good.
#[inline]
pub(crate) fn attached(_vm: &VirtualMachine) -> Attached<'_, RustPython> {
    // SAFETY: a virtual machine hands itself only to code that runs while it is entered on the current thread, and it
    // cannot be left while that code borrows it.
    let py = unsafe { Attached::assume() };
    DEFERRED.drain(py);
    py
}
