//! Declarations against headers: sizes, alignments, offsets, constants, addresses. Signatures were checked while building.
#![allow(
    bad_style,
    deprecated,
    unused_imports,
    missing_docs,
    clippy::all,
    clippy::undocumented_unsafe_blocks,
    reason = "ctest writes the code"
)]

#[cfg(not(feature = "runtime-rustpython"))]
use libc::FILE;
// Brings the compiled C in: a build script's libraries belong to the library target.
#[cfg(not(feature = "runtime-rustpython"))]
use pyo3_ffi::{structmember::*, *};
#[cfg(not(feature = "runtime-rustpython"))]
use pyo3_ffi_check as _;
#[cfg(not(feature = "runtime-rustpython"))]
use std::ffi::{c_char, c_double, c_int, c_long, c_longlong, c_uchar, c_uint, c_ulong, c_ulonglong, c_void};

#[cfg(not(feature = "runtime-rustpython"))]
include!(concat!(env!("OUT_DIR"), "/headers.rs"));

#[cfg(feature = "runtime-rustpython")]
fn main() {
    println!("nothing to compare: RustPython's functions are Rust, there is no C header");
}
