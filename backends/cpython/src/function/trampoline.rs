//! The C functions that CPython calls, one for each calling convention, around [`Function::call`].
//!
//! Each is monomorphised for its function, so the user's code is inlined into it. None of them unwinds: `call` does
//! not, and Rust would end the process at the `extern "C"` boundary.

use core::ffi::c_int;
use core::ptr::NonNull;

use pyo3_backend::Function;
use pyo3_ffi as ffi;

use super::{FastArguments, TupleArguments};
use crate::attachment::entered;
use crate::convert::{into_result, into_status};
use crate::{CPython, Outcome, Owned, Ref};

/// Returns the receiver that CPython passes: null for a static method, and for a function without a module.
///
/// # Safety
///
/// `object` is null or an object that is alive for `'a`.
#[inline]
pub(crate) unsafe fn receiver<'a>(object: *mut ffi::PyObject) -> Option<Ref<'a>> {
    // SAFETY: upheld by the caller.
    NonNull::new(object).map(|object| unsafe { Ref::from_ptr(object) })
}

/// The entry for `METH_NOARGS`.
///
/// # Safety
///
/// Called by CPython, for a function made with this entry.
pub(crate) unsafe extern "C" fn no_arguments<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    _none: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls this attached, with no exception set, and the receiver is alive for the call.
    unsafe { entered(|py| into_result(F::call(py, receiver(this), FastArguments::none()))) }
}

/// The entry for `METH_FASTCALL | METH_KEYWORDS`.
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
    // SAFETY: CPython calls this attached, with no exception set. The receiver and the arguments are alive for the
    // call, and the arguments are laid out as the view expects.
    unsafe { entered(|py| into_result(F::call(py, receiver(this), FastArguments::new(args, count, names)))) }
}

/// The entry for `METH_VARARGS | METH_KEYWORDS`, `tp_new` and `tp_call`.
///
/// # Safety
///
/// Called by CPython, for a function or a type made with this entry.
pub(crate) unsafe extern "C" fn tuple<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls this, and fulfils the requirements of `call_tuple`.
    unsafe { entered(|py| into_result(call_tuple::<F>(py, this, args, kwargs))) }
}

/// The entry for `tp_init`, which drops the result.
///
/// # Safety
///
/// Called by CPython, for a type made with this entry.
pub(crate) unsafe extern "C" fn init<F: Function<CPython>>(
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> c_int {
    // SAFETY: CPython calls this, and fulfils the requirements of `call_tuple`.
    unsafe { entered(|py| into_status(call_tuple::<F>(py, this, args, kwargs).map(drop))) }
}

/// Calls `F` with a tuple and a dict.
///
/// # Safety
///
/// CPython called: the thread is attached, no exception is set, `args` is a tuple, `kwargs` is a dict or null, and all
/// are alive for the call.
#[inline]
unsafe fn call_tuple<'py, F: Function<CPython>>(
    py: crate::At<'py>,
    this: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> Outcome<'py, Owned<'py>> {
    // SAFETY: upheld by the caller. Python code can pass only strings as keys, but C code can pass others.
    unsafe {
        if !kwargs.is_null() && ffi::PyArg_ValidateKeywordArguments(kwargs) == 0 {
            return Err(crate::Raised::assume(py));
        }
        TupleArguments::with(args, kwargs, |arguments| F::call(py, receiver(this), arguments))
    }
}
