//! The C functions through which CPython borrows an instance's memory. As in `trampoline`, CPython calls each from a
//! slot of the type that it was made for, with this thread attached, and all arguments are alive for the call.

use core::ffi::{c_int, c_void};

use pyo3_backend::{ExceptionType, GetBufferFn, Protocol, ReleaseBufferFn};
use pyo3_ffi as ffi;

use super::{Role, SlotEntry};
use crate::attachment::{entered, entered_quietly};
use crate::convert::{borrowed, into_status};
use crate::error::SavedException;
use crate::{CPython, Raised};

/// Returns both slots. The second one is left out if there is nothing to release.
pub(crate) fn slots<G: GetBufferFn<CPython>, R: ReleaseBufferFn<CPython>>() -> Protocol<CPython> {
    Protocol::Slot(SlotEntry {
        role: Role::Buffer { release: R::PRESENT.then_some(release_buffer::<R> as *mut c_void) },
        function: get_buffer::<G> as *mut c_void,
    })
}

/// The `bf_getbuffer` slot.
///
/// # Safety
///
/// See the module. `view` is null or points to a structure that does not move until it is released.
unsafe extern "C" fn get_buffer<F: GetBufferFn<CPython>>(
    this: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: see the module. If the call fails, `obj` is null, which means that nothing was lent.
    unsafe {
        entered(|py| {
            let filled = match view.is_null() {
                true => Err(Raised::with_message(py, ExceptionType::BufferError, c"View is null")),
                false => F::call(py, borrowed(this), view.cast(), flags),
            };
            if filled.is_err() && !view.is_null() {
                (*view).obj = core::ptr::null_mut();
            }
            into_status(filled)
        })
    }
}

/// The `bf_releasebuffer` slot.
///
/// # Safety
///
/// See the module, except that an exception may be set. `view` was filled by the same object.
unsafe extern "C" fn release_buffer<F: ReleaseBufferFn<CPython>>(this: *mut ffi::PyObject, view: *mut ffi::Py_buffer) {
    // SAFETY: see the module. An exception that is being propagated is put aside.
    unsafe {
        entered_quietly(|py| {
            let _exception = SavedException::new(py);
            F::call(py, borrowed(this), view.cast());
        });
    }
}
