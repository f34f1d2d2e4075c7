//! `critical_section.h`: objects to oneself for a while. Those of `rustpython-capi` do nothing.

use rustpython_vm::PyObject;

use super::host::hooks;
use super::vm::{lent, with};

/// Memory of the caller for a section of one object. Nothing is kept in it: a thread's sections are in a list of its own.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PyCriticalSection {
    _unused: [usize; 2],
}

/// The same for two objects.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PyCriticalSection2 {
    _unused: [usize; 3],
}

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

/// Waits until no other thread is in a section of the object, and keeps them out until [`PyCriticalSection_End`]. Sections
/// of a thread end in the reverse order.
///
/// # Safety
/// The thread is attached. `op` points to an object that lives until the section ends.
pub unsafe fn PyCriticalSection_Begin(_c: *mut PyCriticalSection, op: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { begin(op, None) }
}

/// Ends a section.
///
/// # Safety
/// The thread is attached, and `c` is the latest section that it began and has not ended.
pub unsafe fn PyCriticalSection_End(_c: *mut PyCriticalSection) {
    end();
}

/// As [`PyCriticalSection_Begin`], for two objects, which may be the same.
///
/// # Safety
/// As there, for both.
pub unsafe fn PyCriticalSection2_Begin(_c: *mut PyCriticalSection2, a: *mut PyObject, b: *mut PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { begin(a, Some(b)) }
}

/// As [`PyCriticalSection_End`].
///
/// # Safety
/// As there.
pub unsafe fn PyCriticalSection2_End(_c: *mut PyCriticalSection2) {
    end();
}
