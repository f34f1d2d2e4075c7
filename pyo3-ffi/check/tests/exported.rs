//! Functions that are called through a function of ours are there: those that nobody calls would not be missed.
#![cfg(not(feature = "runtime-rustpython"))]
#![allow(bad_style, clashing_extern_declarations, reason = "the build script writes the names, as if all had one type")]

// The link line of libpython.
use pyo3_ffi as _;

include!(concat!(env!("OUT_DIR"), "/exported.rs"));

#[test]
fn libpython_exports_what_is_wrapped() {
    let mut addresses: Vec<usize> = EXPORTED.iter().map(|function| *function as usize).collect();
    let count = addresses.len();
    addresses.sort_unstable();
    addresses.dedup();
    assert!(addresses.first() != Some(&0));
    // Some names are aliases of others, but not most.
    assert!(addresses.len() > count / 2 || count == 0, "{} addresses for {count} functions", addresses.len());
}
