//! What CPython calls: C functions around [`Function::call`], one for each calling convention.
//!
//! Each is monomorphised for its function, so that the user's code is inlined into it. None unwinds: `call` does not,
//! and Rust would end the process at the `extern "C"` boundary.

use core::ffi::c_int;
use core::ptr::NonNull;

use pyo3_backend::Function;
use pyo3_ffi as ffi;

use super::{FastArguments, TupleArguments};
use crate::attachment::entered;
use crate::convert::{into_result, into_status};
use crate::{CPython, Outcome, Owned, Ref};

/// The receiver as CPython passes it: null for a static method, and for a function without module.
///
/// # Safety
///
/// `object` is null or an object that is alive for `'a`.
#[inline]
pub(crate) unsafe fn receiver<'a>(object: *mut ffi::PyObject) -> Option<Ref<'a>> {
    // SAFETY: the caller's promise.
    NonNull::new(object).map(|object| unsafe { Ref::from_ptr(object) })
}

/// `METH_NOARGS`.
///
/// # Safety
///
/// Called by CPython, for a function made with this entry.
pub(crate) unsafe extern "C" fn no_arguments<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    _none: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by CPython: attached, no exception set, and the receiver is alive for the call.
    unsafe { entered(|py| into_result(F::call(py, receiver(this), FastArguments::none()))) }
}

/// `METH_FASTCALL | METH_KEYWORDS`.
///
/// # Safety
///
/// Called by CPython, for a function made with this entry.
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
pub(crate) unsafe extern "C" fn fast<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by CPython: attached, no exception set, the receiver is alive for the call, and so are the
    // arguments, which are laid out as the view expects.
    unsafe { entered(|py| into_result(F::call(py, receiver(this), FastArguments::new(args, count, names)))) }
}

/// `METH_VARARGS | METH_KEYWORDS`, `tp_new` and `tp_call`.
///
/// # Safety
///
/// Called by CPython, for a function or a type made with this entry.
pub(crate) unsafe extern "C" fn tuple<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by CPython, as `call_tuple` needs it.
    unsafe { entered(|py| into_result(call_tuple::<F>(py, this, args, kwargs))) }
}

/// `tp_init`: the result is dropped.
///
/// # Safety
///
/// Called by CPython, for a type made with this entry.
pub(crate) unsafe extern "C" fn init<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: called by CPython, as `call_tuple` needs it.
    unsafe { entered(|py| into_status(call_tuple::<F>(py, this, args, kwargs).map(drop))) }
}

/// Calls `F` with a tuple and a dict.
///
/// # Safety
///
/// Called by CPython: attached, no exception set, `args` is a tuple, `kwargs` a dict or null, and all are alive for the
/// call.
#[inline]
unsafe fn call_tuple<'py, F: Function<CPython>>(
    py: crate::At<'py>,
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> Outcome<'py, Owned<'py>> {
    // SAFETY: the caller's promise. Python code cannot pass keys that are no strings, but C code can.
    unsafe {
        if !kwargs.is_null() && ffi::PyArg_ValidateKeywordArguments(kwargs) == 0 {
            return Err(crate::Raised::assume(py));
        }
        TupleArguments::with(args, kwargs, |arguments| F::call(py, receiver(this), arguments))
    }
}
