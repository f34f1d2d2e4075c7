//! Converts the proof of attachment to the virtual machine, and back.

use pyo3_backend::Attached;
use rustpython_vm::VirtualMachine;
use rustpython_vm::vm::thread::with_current_vm;

use crate::RustPython;
use crate::refcount::DEFERRED;

/// Returns the virtual machine that this thread is attached to.
///
/// This costs a look-up in thread-local storage. Functions that receive a `&VirtualMachine` use that instead.
#[inline]
pub(crate) fn vm<'py>(_py: Attached<'py, RustPython>) -> &'py VirtualMachine {
    // SAFETY: `Attached<'py>` proves that a virtual machine is entered on this thread for `'py`. Whoever entered it
    // keeps it alive until it is left, which is after `'py`; machines entered on top of it are left before that.
    with_current_vm(|vm| unsafe { &*core::ptr::from_ref(vm) })
}

/// Returns the proof of attachment, for functions that a virtual machine calls. Also releases the references that
/// detached threads have deferred, because a thread may stay attached forever.
#[inline]
pub(crate) fn attached(_vm: &VirtualMachine) -> Attached<'_, RustPython> {
    // SAFETY: a virtual machine passes itself only to code that runs while it is entered on the current thread, and it
    // cannot be left while that code borrows it.
    let py = unsafe { Attached::assume() };
    DEFERRED.drain(py);
    py
}
