//! The C API of Python, for crates that depend on version 0.27 of `pyo3-ffi`: re-exports the one of this repository.

#![no_std]

pub use current::*;
