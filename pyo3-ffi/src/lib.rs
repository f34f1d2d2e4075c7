//! Python's C API for Rust, under its C names.
//!
//! - **CPython** (default): declarations of what libpython exports, and Rust versions of what C has as macros or
//!   inline functions. Which rows exist depends on the configured interpreter: the `cfg`s `Py_3_10` ... `Py_3_15`,
//!   `Py_LIMITED_API` and `Py_GIL_DISABLED`, set by the build script.
//! - **RustPython** (feature `runtime-rustpython`): the same names as Rust functions over RustPython's virtual machine.
//!   Nothing is linked and no Python is looked for.
//!
//! Everything is at the root of the crate: `ffi::PyList_New`, `ffi::Py_ssize_t`, `ffi::PyMethodDef`.
//!
//! # Safety
//!
//! The functions are C's and have C's contract, which <https://docs.python.org/3/c-api/> documents. In short, unless
//! that says otherwise: the calling thread is attached to the interpreter, pointers are to live objects of the type
//! the name asks for, a result is a new reference (null or -1: an exception is set), and arguments are borrowed.
//!
//! # Example
//!
//! ```no_run
//! use pyo3_ffi as ffi;
//!
//! // SAFETY: the interpreter is started first, and this thread is then attached to it.
//! unsafe {
//!     ffi::Py_InitializeEx(0);
//!     let list = ffi::PyList_New(0);
//!     assert_eq!(ffi::PyList_Size(list), 0);
//!     ffi::Py_DECREF(list);
//! }
//! ```

// RustPython needs the standard library; the declarations of C need nothing.
#![cfg_attr(not(feature = "runtime-rustpython"), no_std)]
#![allow(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    clippy::upper_case_acronyms,
    reason = "the names are the C API's"
)]

#[macro_use]
mod tables;
pub use self::tables::*;

#[cfg(not(feature = "runtime-rustpython"))]
mod cpython;
#[cfg(not(feature = "runtime-rustpython"))]
pub use self::cpython::*;

#[cfg(feature = "runtime-rustpython")]
mod rustpython;
#[cfg(feature = "runtime-rustpython")]
pub use self::rustpython::*;

pub mod compat;

mod text;
#[doc(hidden)]
pub use self::text::c_str_from_bytes_with_nul;
