//! The C API of Python, for crates that name version 0.28 of `pyo3-ffi`: that of this repository.

#![no_std]

pub use current::*;
