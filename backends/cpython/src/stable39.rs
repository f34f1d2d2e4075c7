//! Replacements for functions that the stable ABI of 3.9 lacks, or has under another name.
//!
//! Later versions have public functions for these, and libpython 3.9 has them as well. But the library for the stable
//! ABI on Windows does not export them, so no wheel tagged `abi3` and 3.9 may use them.

use core::ffi::{c_char, c_void};

use pyo3_ffi as ffi;

use crate::At;

/// Like `PyUnicode_AsUTF8AndSize`, returns the text of a string as UTF-8, which the string owns. Returns null with an
/// exception set if the string has surrogates.
///
/// # Safety
///
/// The thread is attached, and `string` is a live `str`.
pub(crate) unsafe fn utf8(string: *mut ffi::PyObject, size: &mut ffi::Py_ssize_t) -> *const c_char {
    let mut bytes: *const c_char = core::ptr::null();
    // SAFETY: attached, with a string. The format needs two places: one for a pointer to the bytes, one for their
    // number.
    let found = unsafe { ffi::_PyArg_Parse_SizeT(string, c"s#".as_ptr(), &raw mut bytes, &raw mut *size) };
    if found == 0 { core::ptr::null() } else { bytes }
}

/// Like `PyObject_GenericGetDict`, the getter of `__dict__`. Creates the dict on first use.
///
/// # Safety
///
/// Called by CPython for an instance of one of our classes; `closure` is the offset of the pointer to its dict.
pub(crate) unsafe extern "C" fn get_dict(object: *mut ffi::PyObject, closure: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: by the caller's promise, the offset is that of a pointer to the dict, which is null at first. The global
    // lock is held.
    unsafe {
        let dict = object.byte_add(closure.addr()).cast::<*mut ffi::PyObject>();
        if (*dict).is_null() {
            // Null with an exception set if memory runs out.
            *dict = ffi::PyDict_New();
        }
        ffi::Py_XINCREF(*dict);
        *dict
    }
}

/// Like `PyInterpreterState_GetID`, returns a number that distinguishes the current interpreter from other running
/// ones.
///
/// After an interpreter has ended, another one may get its number.
pub(crate) fn interpreter(_py: At<'_>) -> i64 {
    // SAFETY: attached. Each interpreter has its own table of modules, which exists as long as it runs.
    unsafe { ffi::PyImport_GetModuleDict() }.addr() as i64
}
