//! Variadic functions of Python's C API, which stable Rust can call but not define.
//!
//! `varargs.c` defines them, and calls functions of `pyo3-ffi`, which it [installs](install) here.

#![no_std]

use core::ffi::{c_char, c_int, c_void};

/// The functions that `varargs.c` calls, with the conventions of the C functions there. They must not unwind.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Functions {
    /// Returns the number of destinations in a format.
    pub count_destinations: unsafe extern "C" fn(format: *const c_char) -> isize,
    /// Parses a tuple and a dict according to a format. Returns 1, or 0 with an exception.
    pub parse: unsafe extern "C" fn(
        args: *mut c_void,
        keywords: *mut c_void,
        format: *const c_char,
        names: *const *const c_char,
        destinations: *mut *mut c_void,
    ) -> c_int,
    /// Unpacks a tuple. Returns 1, or 0 with an exception.
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

/// Installs the functions that the C functions call.
///
/// # Safety
///
/// No thread calls any of the C functions before this returns.
pub unsafe fn install(functions: &'static Functions) {
    // SAFETY: the C function stores the pointer, which is valid forever. The caller guarantees that no thread reads it
    // meanwhile.
    unsafe { pyo3_ffi_varargs_install(functions) };
}
