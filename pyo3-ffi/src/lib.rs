//! Python's C API for Rust, under its C names.
//!
//! - **CPython** (default): declarations of libpython's exports, and Rust versions of C macros and inline functions.
//!   The available items depend on the configured interpreter: the build script sets the `cfg`s `Py_3_10` ...
//!   `Py_3_15`, `Py_LIMITED_API` and `Py_GIL_DISABLED`.
//! - **RustPython** (feature `runtime-rustpython`): the same names as Rust functions over RustPython's virtual machine.
//!   Nothing is linked, and the build needs no Python. On WebAssembly, and with the feature
//!   `runtime-rustpython-without-capi`, there are only types and constants, and no functions.
//!
//! Everything is at the root of the crate: `ffi::PyList_New`, `ffi::Py_ssize_t`, `ffi::PyMethodDef`.
//!
//! # Safety
//!
//! The functions have the contract of the C functions, which <https://docs.python.org/3/c-api/> documents. In short,
//! unless documented otherwise: the calling thread is attached to the interpreter, pointers refer to live objects of
//! the type in the function's name, a result is a new reference (null or -1 means that an exception is set), and
//! arguments are borrowed.
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

//!
//! # Where this differs from PyO3's `pyo3-ffi`
//!
//! Names and signatures are those of the published `pyo3-ffi`, even where a sign or a `const` differs from C without
//! affecting the ABI. These differ, each for a reason:
//!
//! | what | why |
//! |---|---|
//! | `suppress_context` of the exceptions' structures is a `c_char`, not a `char` | a byte in C; reading it as a `char`, which has four bytes, is undefined behavior |
//! | `PyOS_getsig` returns an `Option`, `PyOS_setsig` takes and returns one | `SIG_DFL` is null, which is not a valid function pointer |
//! | `PyMapping_DelItemString` and `PyFrame_GetVarString` take a `*const c_char` | as in C; a `*mut c_char` coerces to it |
//! | `PyMemberDescrObject::d_member` is a `*mut PyMemberDef` on 3.9 too | as in C |
//! | `PyGenObject::gi_running` (3.9) is a `c_char`, not a `c_int` | a byte in C, followed by padding |
//! | `tp_flags` of free-threaded builds has a named type, `TypeFlags` | the same type |
//! | `PyCode_New` and `PyCode_NewWithPosOnlyArgs` are absent from 3.12 on, `PyFrame_BlockSetup` from 3.11 on | libpython does not export them, so programs that call them do not link |
//! | `PyStructSequence_UnnamedField` is absent before 3.11 | libpython does not export it on Unix before 3.11 |

// RustPython needs the standard library. The declarations for C do not.
#![cfg_attr(not(feature = "runtime-rustpython-without-capi"), no_std)]
#![allow(
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    clippy::upper_case_acronyms,
    reason = "these are the names of the C API"
)]

#[macro_use]
mod tables;
pub use self::tables::*;

#[cfg(not(feature = "runtime-rustpython-without-capi"))]
mod cpython;
#[cfg(not(feature = "runtime-rustpython-without-capi"))]
pub use self::cpython::*;

#[cfg(all(feature = "capi", not(target_family = "wasm")))]
mod rustpython;
#[cfg(all(feature = "capi", not(target_family = "wasm")))]
pub use self::rustpython::*;

#[cfg(all(feature = "runtime-rustpython-without-capi", any(not(feature = "capi"), target_family = "wasm")))]
mod without_capi;
#[cfg(all(feature = "runtime-rustpython-without-capi", any(not(feature = "capi"), target_family = "wasm")))]
pub use self::without_capi::*;

#[cfg(any(not(feature = "runtime-rustpython-without-capi"), all(feature = "capi", not(target_family = "wasm"))))]
pub mod compat;

mod text;
#[doc(hidden)]
pub use self::text::c_str_from_bytes_with_nul;
