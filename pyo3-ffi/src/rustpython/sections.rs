//! `critical_section.h`: exclusive access to objects. The functions of `rustpython-capi` do nothing.

use rustpython_vm::PyObject;

use super::ffi_hooks::hooks;
use super::vm::{lent, with};

/// Memory for a critical section of one object. It is unused, because each thread has a list of its sections.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PyCriticalSection {
    _unused: [usize; 2],
}

/// Memory for a critical section of two objects.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PyCriticalSection2 {
    _unused: [usize; 3],
}

/// Begins a critical section of one or two objects.
///
/// # Safety
/// The thread is attached, and the objects live until the section ends.
unsafe fn begin(first: *mut PyObject, second: Option<*mut PyObject>) {
    let Some(hooks) = hooks() else { return };
    // SAFETY: upheld by the caller.
    with(|vm| unsafe { (hooks.begin_section)(vm, lent(first), second.map(|second| lent(second))) });
}

fn end() {
    if let Some(hooks) = hooks() {
        with(|vm| (hooks.end_section)(vm));
    }
}

/// Begins a critical section. Waits until no other thread is in a section of the object, and keeps other threads out
/// until [`PyCriticalSection_End`]. The sections of a thread end in reverse order.
///
/// # Safety
/// The thread is attached. `op` points to an object that lives until the section ends.
pub unsafe fn PyCriticalSection_Begin(_c: *mut PyCriticalSection, op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { begin(op, None) }
}

/// Ends a critical section.
///
/// # Safety
/// The thread is attached, and `c` is its latest section that has not ended.
pub unsafe fn PyCriticalSection_End(_c: *mut PyCriticalSection) {
    end();
}

/// Like [`PyCriticalSection_Begin`], for two objects, which may be the same.
///
/// # Safety
/// As [`PyCriticalSection_Begin`], for both objects.
pub unsafe fn PyCriticalSection2_Begin(_c: *mut PyCriticalSection2, a: *mut PyObject, b: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { begin(a, Some(b)) }
}

/// Like [`PyCriticalSection_End`], for a section of two objects.
///
/// # Safety
/// As [`PyCriticalSection_End`].
pub unsafe fn PyCriticalSection2_End(_c: *mut PyCriticalSection2) {
    end();
}
