//! Compares `pyo3-ffi`'s declarations with the C headers of the configured CPython.
//!
//! Nothing is in the library; `cargo test -p pyo3-ffi-check` does the work:
//!
//! - `tests/headers.rs`: the [ctest] crate compiles C against the headers, and both sides' sizes, alignments, offsets,
//!   constants and addresses are compared. Compiling also checks every function's signature: the build script writes
//!   our declarations as C prototypes, and the C compiler rejects one that differs from the header's.
//! - `tests/exported.rs`: libpython exports what `pyo3-ffi` calls through a function of its own.
//! - `tests/inline.rs`, `tests/layouts.rs`: run what we had to write in Rust because C has it as a macro or inline function;
//!   the latter what reads fields of structures.
//! - `tests/compat.rs`, `tests/functions.rs`: `pyo3_ffi::compat`, and functions and descriptors made from definitions, on
//!   either runtime.
//! - `tests/rustpython.rs`, with the feature `runtime-rustpython`: runs the Rust functions instead; there is no C then.
//!
//! `PYO3_PYTHON` chooses the interpreter.
//!
//! [ctest]: https://docs.rs/ctest
