//! The C functions that CPython calls, one for each calling convention, around [`Function::call_may_unwind`].
//!
//! Each passes the code of its function to an entry that all functions share. None of them unwinds: the entry catches
//! panics.

use core::ffi::c_int;
use core::ptr::NonNull;

use pyo3_backend::Function;
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
use pyo3_ffi as ffi;

use super::{FastArguments, TupleArguments};
use crate::entry::{self, Object};
use crate::{At, CPython, Outcome, Owned, Ref};

/// Returns the receiver that CPython passes: null for a static method, and for a function without a module.
///
/// # Safety
///
/// `object` is null or an object that is alive for `'a`.
#[inline]
pub(crate) unsafe fn receiver<'a>(object: Object) -> Option<Ref<'a>> {
    // SAFETY: upheld by the caller.
    NonNull::new(object).map(|object| unsafe { Ref::from_ptr(object) })
}

/// The C function for `METH_NOARGS`.
///
/// # Safety
///
/// Called by CPython, for a function made with this entry.
pub(crate) unsafe extern "C" fn no_arguments<F: Function<CPython>>(this: Object, _none: Object) -> Object {
    /// # Safety
    ///
    /// CPython called, so the receiver is alive for the call.
    unsafe fn code<'py, F: Function<CPython>>(py: At<'py>, this: Object) -> Outcome<'py, Owned<'py>> {
        // SAFETY: upheld by the caller.
        unsafe { F::call_may_unwind(py, receiver(this), FastArguments::none()) }
    }

    // SAFETY: CPython calls this attached, with no exception set.
    unsafe { entry::one_object(this, code::<F>, F::RAISE_PANIC) }
}

/// The C function for `METH_FASTCALL | METH_KEYWORDS`.
///
/// # Safety
///
/// Called by CPython, for a function made with this entry.
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
pub(crate) unsafe extern "C" fn fast<F: Function<CPython>>(
    this: Object,
    arguments: *const Object,
    count: ffi::Py_ssize_t,
    names: Object,
) -> Object {
    /// # Safety
    ///
    /// CPython called: the receiver and the arguments are alive for the call, and the arguments are laid out as the view
    /// expects.
    unsafe fn code<'py, F: Function<CPython>>(
        py: At<'py>,
        this: Object,
        arguments: *const Object,
        count: ffi::Py_ssize_t,
        names: Object,
    ) -> Outcome<'py, Owned<'py>> {
        // SAFETY: upheld by the caller.
        unsafe { F::call_may_unwind(py, receiver(this), FastArguments::new(arguments, count, names)) }
    }

    // SAFETY: CPython calls this attached, with no exception set.
    unsafe { entry::fast_call(this, arguments, count, names, code::<F>, F::RAISE_PANIC) }
}

/// The C function for `METH_VARARGS | METH_KEYWORDS`, `tp_new` and `tp_call`.
///
/// # Safety
///
/// Called by CPython, for a function or a type made with this entry.
pub(crate) unsafe extern "C" fn tuple<F: Function<CPython>>(this: Object, args: Object, kwargs: Object) -> Object {
    // SAFETY: CPython calls this attached, with no exception set.
    unsafe { entry::tuple_call(this, args, kwargs, with_tuple::<F>, F::RAISE_PANIC) }
}

/// The C function for `tp_init`, which drops the result.
///
/// # Safety
///
/// Called by CPython, for a type made with this entry.
pub(crate) unsafe extern "C" fn init<F: Function<CPython>>(this: Object, args: Object, kwargs: Object) -> c_int {
    // SAFETY: CPython calls this attached, with no exception set.
    unsafe { entry::tuple_init(this, args, kwargs, with_tuple::<F>, F::RAISE_PANIC) }
}

/// # Safety
///
/// CPython called, so the receiver is alive for the call.
unsafe fn with_tuple<'py, F: Function<CPython>>(
    py: At<'py>,
    this: Object,
    arguments: &TupleArguments<'_>,
) -> Outcome<'py, Owned<'py>> {
    // SAFETY: upheld by the caller.
    unsafe { F::call_may_unwind(py, receiver(this), arguments) }
}
