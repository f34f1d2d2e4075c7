//! Compares the declarations of `pyo3-ffi` with the C headers of the configured CPython.
//!
//! The library is empty; `cargo test -p pyo3-ffi-check` does the work:
//!
//! - `tests/headers.rs`: the [ctest] crate compiles C code against the headers, and compares sizes, alignments,
//!   offsets, constants and addresses on both sides. Compiling also checks every function signature: the build script
//!   writes our declarations as C prototypes, and the C compiler rejects any that differs from the header.
//! - `tests/exported.rs`: libpython exports the functions that `pyo3-ffi` calls through its own functions.
//! - `tests/inline.rs`, `tests/layouts.rs`: run the Rust versions of C macros and inline functions; the latter those
//!   that read fields of structures.
//! - `tests/compat.rs`, `tests/functions.rs`: `pyo3_ffi::compat`, and functions and descriptors made from definitions,
//!   on either runtime.
//! - `tests/rustpython.rs`, with the feature `runtime-rustpython`: runs the functions over RustPython, without any C.
//!
//! `PYO3_PYTHON` selects the interpreter.
//!
//! [ctest]: https://docs.rs/ctest
