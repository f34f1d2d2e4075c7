//! What the stable ABI of 3.9 has under another name, or not at all.
//!
//! Later versions have functions for these, which libpython of 3.9 has as well; but the library that stands for the stable
//! ABI on Windows does not pass them on, and no wheel that says `abi3` and 3.9 may use them.

use core::ffi::{c_char, c_void};

use pyo3_ffi as ffi;

use crate::At;

/// The text of a string as UTF-8, which belongs to the string: `PyUnicode_AsUTF8AndSize`. Null with an exception set where
/// there are surrogates in it.
///
/// # Safety
///
/// Attached; `string` is a live `str`.
pub(crate) unsafe fn utf8(string: *mut ffi::PyObject, size: &mut ffi::Py_ssize_t) -> *const c_char {
    let mut bytes: *const c_char = core::ptr::null();
    // SAFETY: attached, with a string. The format wants two places: for a pointer to bytes, and for their number.
    let found = unsafe { ffi::_PyArg_Parse_SizeT(string, c"s#".as_ptr(), &raw mut bytes, &raw mut *size) };
    if found == 0 { core::ptr::null() } else { bytes }
}

/// The getter of `__dict__`: `PyObject_GenericGetDict`. Makes the dict on first use.
///
/// # Safety
///
/// Called by CPython, for an instance of a class of ours; `closure` is the offset of the pointer to its dict.
pub(crate) unsafe extern "C" fn get_dict(object: *mut ffi::PyObject, closure: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: by the caller's word there is such a pointer, null at first. The global lock is held.
    unsafe {
        let dict = object.byte_add(closure.addr()).cast::<*mut ffi::PyObject>();
        if (*dict).is_null() {
            // Null with an exception set where memory runs out.
            *dict = ffi::PyDict_New();
        }
        ffi::Py_XINCREF(*dict);
        *dict
    }
}

/// A number that tells the current interpreter from others that run: `PyInterpreterState_GetID`.
///
/// Where an interpreter has ended, another one may get its number.
pub(crate) fn interpreter(_py: At<'_>) -> i64 {
    // SAFETY: attached. Each interpreter has a table of modules of its own, which is there as long as it runs.
    unsafe { ffi::PyImport_GetModuleDict() }.addr() as i64
}
