//! libpython exports the functions that are called through Rust functions. Without a call, nothing else would notice a
//! missing one.
#![cfg(not(feature = "runtime-rustpython"))]
#![allow(bad_style, clashing_extern_declarations, reason = "generated: C names, and one type for all functions")]

// For the link line of libpython.
use pyo3_ffi as _;

include!(concat!(env!("OUT_DIR"), "/exported.rs"));

#[test]
fn libpython_exports_what_is_wrapped() {
    let mut addresses: Vec<usize> = EXPORTED.iter().map(|function| *function as usize).collect();
    let count = addresses.len();
    addresses.sort_unstable();
    addresses.dedup();
    assert!(addresses.first() != Some(&0));
    // Some functions are aliases of others, but most are not.
    assert!(addresses.len() > count / 2 || count == 0, "{} addresses for {count} functions", addresses.len());
}
