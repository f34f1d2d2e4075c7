//! Functions of Python's C API that take a variable number of arguments, which stable Rust can call but not define.
//!
//! `varargs.c` is their outside. Their inside is in `pyo3-ffi`, which [installs](install) it here.

#![no_std]

use core::ffi::{c_char, c_int, c_void};

/// What the C functions call, with the conventions of the C functions in `varargs.c`. None of them may unwind.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Functions {
    /// How many destinations a format has.
    pub count_destinations: unsafe extern "C" fn(format: *const c_char) -> isize,
    /// Parses a tuple and a dict by a format. 1, or 0 with an exception.
    pub parse: unsafe extern "C" fn(
        args: *mut c_void,
        keywords: *mut c_void,
        format: *const c_char,
        names: *const *const c_char,
        destinations: *mut *mut c_void,
    ) -> c_int,
    /// Takes a tuple apart. 1, or 0 with an exception.
    pub unpack: unsafe extern "C" fn(
        args: *mut c_void,
        name: *const c_char,
        least: isize,
        most: isize,
        destinations: *mut *mut c_void,
    ) -> c_int,
}

unsafe extern "C" {
    fn pyo3_ffi_varargs_install(functions: *const Functions);
}

/// Gives the C functions what they call.
///
/// # Safety
///
/// No thread calls one of the C functions before this returns, or while it runs.
pub unsafe fn install(functions: &'static Functions) {
    // SAFETY: the C function stores the pointer, which is good for ever, and the caller promises that nobody reads it meanwhile.
    unsafe { pyo3_ffi_varargs_install(functions) };
}
