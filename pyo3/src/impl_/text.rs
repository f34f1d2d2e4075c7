//! Texts that generated code knows at compile time.

use core::ffi::CStr;

/// `text`, which ends with its only NUL, as a C string.
///
/// # Panics
///
/// At compile time, where there is another NUL: neither names nor docstrings can hold one.
pub const fn c_string(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("names and docstrings cannot contain NUL"),
    }
}
