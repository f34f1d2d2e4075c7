//! Where the conventions of C become outcomes: null and -1 mean 'an exception is set'.
//!
//! The macros here are the crate's usual way to call the C API. Each stands for one kind of C function and takes the
//! call, with the word `unsafe` in front: `owned!(py, unsafe ffi::PySet_New(iterable))`. Whoever writes that keeps these
//! rules, which the `SAFETY` comments in the macros refer to:
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
        // SAFETY: by the rules of `convert`, the call is valid and its result is a new reference or null with an exception.
        unsafe { $crate::convert::owned($py, pyo3_ffi::$function($($argument),*)) }
    };
}

/// Calls a C function that returns a new reference and fails only for want of memory.
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

/// The pointer of a handle, as C takes it.
#[inline]
pub(crate) fn raw<K>(object: Ref<'_, K>) -> *mut ffi::PyObject {
    object.as_ptr().as_ptr()
}

/// The pointer of an optional handle: null for none.
#[inline]
pub(crate) fn raw_or_null<K>(object: Option<Ref<'_, K>>) -> *mut ffi::PyObject {
    object.map_or(core::ptr::null_mut(), raw)
}

/// The pointer of an optional owned handle, which gives its reference up: null for none.
#[inline]
pub(crate) fn into_raw_or_null<K>(object: Option<Owned<'_, K>>) -> *mut ffi::PyObject {
    object.map_or(core::ptr::null_mut(), |object| object.into_ptr().as_ptr())
}

/// Takes the result of a call: null means that an exception is set.
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

/// Takes the result of a look-up: null means that there is nothing, if no exception is set.
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

/// Takes the result of a call that fails only for want of memory.
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

/// Takes a reference of one's own to what a call lends.
///
/// # Safety
///
/// `ptr` points to a live object of kind `K`, or is null.
#[inline]
pub(crate) unsafe fn clone_borrowed<'py, K>(py: At<'py>, ptr: *mut ffi::PyObject) -> Option<Owned<'py, K>> {
    // SAFETY: the caller vouches for the object; it is alive while its count is raised.
    NonNull::new(ptr).map(|ptr| unsafe { Ref::from_ptr(ptr) }.to_owned(py))
}

/// Borrows an object that lives as long as the runtime, or as long as `'a` by the caller's word.
///
/// # Safety
///
/// `ptr` is not null, and points to an object of kind `K` that is kept alive for `'a`.
#[inline]
pub(crate) unsafe fn borrowed<'a, K>(ptr: *mut ffi::PyObject) -> Ref<'a, K> {
    // SAFETY: the caller's promise.
    unsafe { Ref::from_ptr(NonNull::new_unchecked(ptr)) }
}

/// Takes a status: negative means that an exception is set.
///
/// # Safety
///
/// Where `code` is negative, an exception is set.
#[inline]
pub(crate) unsafe fn status(py: At<'_>, code: core::ffi::c_int) -> Outcome<'_, ()> {
    // SAFETY: the caller's promise.
    unsafe { status_value(py, code) }.map(drop)
}

/// As [`status`], with the value.
///
/// # Safety
///
/// As [`status`].
#[inline]
pub(crate) unsafe fn status_value(py: At<'_>, code: core::ffi::c_int) -> Outcome<'_, core::ffi::c_int> {
    if code < 0 {
        // SAFETY: negative, so an exception is set.
        Err(unsafe { Raised::assume(py) })
    } else {
        Ok(code)
    }
}

/// Takes a number whose value -1 may mean that an exception is set.
#[inline]
pub(crate) fn check_sentinel<T: PartialEq>(py: At<'_>, value: T, suspicious: T) -> Outcome<'_, T> {
    if value == suspicious { Raised::pending(py).map_or(Ok(value), Err) } else { Ok(value) }
}

/// A length or an index as C counts. Beyond what C can count it is as large as it can be, which no container reaches.
#[inline]
pub(crate) fn to_ssize(size: usize) -> ffi::Py_ssize_t {
    ffi::Py_ssize_t::try_from(size).unwrap_or(ffi::Py_ssize_t::MAX)
}

/// A length as C counts it, which is never negative.
#[inline]
pub(crate) fn from_ssize(size: ffi::Py_ssize_t) -> usize {
    size as usize
}

/// What an outcome looks like to CPython: the reference, or null with the exception left set.
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

/// What an outcome looks like to CPython: 0, or -1 with the exception left set.
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

/// CPython could not allocate: ends the process, as Rust's allocator does.
#[cold]
#[inline(never)]
pub(crate) fn out_of_memory() -> ! {
    // SAFETY: whoever asked CPython for memory is attached. The exception tells which object could not be made.
    unsafe { ffi::PyErr_Print() };
    eprintln!("CPython ran out of memory");
    std::process::abort()
}
