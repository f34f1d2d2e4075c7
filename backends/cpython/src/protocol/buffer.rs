//! What CPython calls to borrow an instance's memory. As in `trampoline`: called from a slot of the type that it was made
//! for, with this thread attached; all arguments are alive for the call.

use core::ffi::c_int;

use pyo3_backend::{ExceptionType, GetBufferFn, ReleaseBufferFn};
use pyo3_ffi as ffi;

use crate::attachment::{entered, entered_quietly};
use crate::convert::{borrowed, into_status};
use crate::error::PutAside;
use crate::{CPython, Raised};

/// `bf_getbuffer`.
///
/// # Safety
///
/// See the module. `view` is null or points to a structure that stays where it is until it is released.
pub(crate) unsafe extern "C" fn get_buffer<F: GetBufferFn<CPython>>(
    this: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
    flags: c_int,
) -> c_int {
    // SAFETY: see the module. Where nothing was lent, `obj` says so.
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

/// `bf_releasebuffer`.
///
/// # Safety
///
/// See the module, but that an exception may be set. `view` was filled by the same object.
pub(crate) unsafe extern "C" fn release_buffer<F: ReleaseBufferFn<CPython>>(
    this: *mut ffi::PyObject,
    view: *mut ffi::Py_buffer,
) {
    // SAFETY: see the module. An exception that is passing through waits.
    unsafe {
        entered_quietly(|py| {
            let _exception = PutAside::new(py);
            F::call(py, borrowed(this), view.cast());
        });
    }
}
