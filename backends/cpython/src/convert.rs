//! Turns the conventions of C into outcomes: null and -1 mean 'an exception is set'.
//!
//! The macros here are the crate's usual way to call the C API. Each is for one kind of C function and takes the call,
//! preceded by the word `unsafe`: `owned!(py, unsafe ffi::PySet_New(iterable))`. Such a call has to follow these rules,
//! which the `SAFETY` comments in the macros refer to:
//!
//! - `py` is the proof that this thread is attached, which nearly every C function needs;
//! - pointer arguments come from live handles (through [`raw`]), from live Rust borrows, or are null where the C API
//!   documents null;
//! - the C function's documented result is what the macro's name says.

use core::ptr::NonNull;

use pyo3_ffi as ffi;

use crate::{At, Outcome, Owned, Raised, Ref};

/// Calls a C function that returns a new reference, or null with an exception set.
macro_rules! owned {
    ($py:expr, unsafe ffi::$function:ident($($argument:expr),* $(,)?)) => {
        // SAFETY: by the rules of `convert`, the call is valid and its result is a new reference, or null with an
        // exception set.
        unsafe { $crate::convert::owned($py, pyo3_ffi::$function($($argument),*)) }
    };
}

/// Calls a C function that returns a new reference and fails only when memory runs out.
macro_rules! owned_or_abort {
    ($py:expr, unsafe ffi::$function:ident($($argument:expr),* $(,)?)) => {
        // SAFETY: by the rules of `convert`, the call is valid and its result is a new reference or null.
        unsafe { $crate::convert::owned_or_abort($py, pyo3_ffi::$function($($argument),*)) }
    };
}

/// Calls a C function that returns 0 for success, or -1 with an exception set.
macro_rules! status {
    ($py:expr, unsafe ffi::$function:ident($($argument:expr),* $(,)?)) => {
        // SAFETY: by the rules of `convert`, the call is valid and a negative result means that an exception is set.
        unsafe { $crate::convert::status($py, pyo3_ffi::$function($($argument),*)) }
    };
}

/// Calls a C function that returns 1 or 0, or -1 with an exception set.
macro_rules! truth {
    ($py:expr, unsafe ffi::$function:ident($($argument:expr),* $(,)?)) => {
        // SAFETY: by the rules of `convert`, the call is valid and a negative result means that an exception is set.
        unsafe { $crate::convert::status_value($py, pyo3_ffi::$function($($argument),*)) }.map(|answer| answer != 0)
    };
}

/// Returns the pointer of a handle, for C.
#[inline]
pub(crate) fn raw<K>(object: Ref<'_, K>) -> *mut ffi::PyObject {
    object.as_ptr().as_ptr()
}

/// Returns the pointer of an optional handle, or null.
#[inline]
pub(crate) fn raw_or_null<K>(object: Option<Ref<'_, K>>) -> *mut ffi::PyObject {
    object.map_or(core::ptr::null_mut(), raw)
}

/// Turns an optional owned handle into its pointer, which carries the reference, or null.
#[inline]
pub(crate) fn into_raw_or_null<K>(object: Option<Owned<'_, K>>) -> *mut ffi::PyObject {
    object.map_or(core::ptr::null_mut(), |object| object.into_ptr().as_ptr())
}

/// Converts the result of a call, where null means that an exception is set.
///
/// # Safety
///
/// `ptr` is a new reference to an object of kind `K`, or null with an exception set.
#[inline]
pub(crate) unsafe fn owned<'py, K>(py: At<'py>, ptr: *mut ffi::PyObject) -> Outcome<'py, Owned<'py, K>> {
    match NonNull::new(ptr) {
        // SAFETY: the caller hands over a new reference of that kind.
        Some(ptr) => Ok(unsafe { Owned::from_ptr(ptr) }),
        // SAFETY: null, so an exception is set.
        None => Err(unsafe { Raised::assume(py) }),
    }
}

/// Converts the result of a look-up, where null means that nothing was found, unless an exception is set.
///
/// # Safety
///
/// `ptr` is a new reference, or null.
#[cfg(any(not(Py_3_13), Py_LIMITED_API))]
#[inline]
pub(crate) unsafe fn optional<'py>(py: At<'py>, ptr: *mut ffi::PyObject) -> Outcome<'py, Option<Owned<'py>>> {
    match NonNull::new(ptr) {
        // SAFETY: the caller hands over a new reference.
        Some(ptr) => Ok(Some(unsafe { Owned::from_ptr(ptr) })),
        None => Raised::pending(py).map_or(Ok(None), Err),
    }
}

/// Converts the result of a call that fails only when memory runs out.
///
/// # Safety
///
/// `ptr` is a new reference to an object of kind `K`, or null.
#[inline]
pub(crate) unsafe fn owned_or_abort<'py, K>(_py: At<'py>, ptr: *mut ffi::PyObject) -> Owned<'py, K> {
    match NonNull::new(ptr) {
        // SAFETY: the caller hands over a new reference of that kind.
        Some(ptr) => unsafe { Owned::from_ptr(ptr) },
        None => out_of_memory(),
    }
}

/// Takes an owned reference to the borrowed result of a call.
///
/// # Safety
///
/// `ptr` points to a live object of kind `K`, or is null.
#[inline]
pub(crate) unsafe fn clone_borrowed<'py, K>(py: At<'py>, ptr: *mut ffi::PyObject) -> Option<Owned<'py, K>> {
    // SAFETY: the caller promises that the object is alive and of kind `K`; it is alive while its count is raised.
    NonNull::new(ptr).map(|ptr| unsafe { Ref::from_ptr(ptr) }.to_owned(py))
}

/// Borrows an object that lives as long as the runtime, or for `'a` by the caller's promise.
///
/// # Safety
///
/// `ptr` is not null, and points to an object of kind `K` that is kept alive for `'a`.
#[inline]
pub(crate) unsafe fn borrowed<'a, K>(ptr: *mut ffi::PyObject) -> Ref<'a, K> {
    // SAFETY: upheld by the caller.
    unsafe { Ref::from_ptr(NonNull::new_unchecked(ptr)) }
}

/// Converts a status, where a negative value means that an exception is set.
///
/// # Safety
///
/// If `code` is negative, an exception is set.
#[inline]
pub(crate) unsafe fn status(py: At<'_>, code: core::ffi::c_int) -> Outcome<'_, ()> {
    // SAFETY: upheld by the caller.
    unsafe { status_value(py, code) }.map(drop)
}

/// Converts a status like [`status`], and returns its value.
///
/// # Safety
///
/// The same as for [`status`].
#[inline]
pub(crate) unsafe fn status_value(py: At<'_>, code: core::ffi::c_int) -> Outcome<'_, core::ffi::c_int> {
    if code < 0 {
        // SAFETY: negative, so an exception is set.
        Err(unsafe { Raised::assume(py) })
    } else {
        Ok(code)
    }
}

/// Converts a number of which one value, such as -1, may mean that an exception is set.
#[inline]
pub(crate) fn check_sentinel<T: PartialEq>(py: At<'_>, value: T, suspicious: T) -> Outcome<'_, T> {
    if value == suspicious { Raised::pending(py).map_or(Ok(value), Err) } else { Ok(value) }
}

/// Converts a length or an index to C's type. Larger ones become its maximum, which no container reaches.
#[inline]
pub(crate) fn to_ssize(size: usize) -> ffi::Py_ssize_t {
    ffi::Py_ssize_t::try_from(size).unwrap_or(ffi::Py_ssize_t::MAX)
}

/// Converts a length from C's type. It is never negative.
#[inline]
pub(crate) fn from_ssize(size: ffi::Py_ssize_t) -> usize {
    size as usize
}

/// Converts an outcome for CPython: the reference, or null with the exception left set.
#[inline]
pub(crate) fn into_result<K>(outcome: Outcome<'_, Owned<'_, K>>) -> *mut ffi::PyObject {
    match outcome {
        Ok(object) => object.into_ptr().as_ptr(),
        Err(raised) => {
            raised.leave();
            core::ptr::null_mut()
        }
    }
}

/// Converts an outcome for CPython: 0, or -1 with the exception left set.
#[inline]
pub(crate) fn into_status(outcome: Outcome<'_, ()>) -> core::ffi::c_int {
    match outcome {
        Ok(()) => 0,
        Err(raised) => {
            raised.leave();
            -1
        }
    }
}

/// Ends the process like Rust's allocator, because CPython could not allocate.
#[cold]
#[inline(never)]
pub(crate) fn out_of_memory() -> ! {
    // SAFETY: whoever asked CPython for memory is attached. The exception says which object could not be created.
    unsafe { ffi::PyErr_Print() };
    eprintln!("CPython ran out of memory");
    std::process::abort()
}
