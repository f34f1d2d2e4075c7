//! C strings at compile time.

use core::ffi::CStr;

/// Creates a `&'static CStr` from a string literal (or a macro that expands to one, such as `concat!`).
///
/// C string literals (`c"..."`) do the same for plain literals.
///
/// # Panics
/// Panics if the text contains a nul character: at compile time in constant contexts, otherwise at run time.
///
/// # Example
/// ```
/// use core::ffi::CStr;
/// use pyo3_ffi::c_str;
///
/// const NAME: &CStr = c_str!("spam");
/// assert_eq!(NAME.to_bytes_with_nul(), b"spam\0");
/// ```
#[macro_export]
macro_rules! c_str {
    ($text:expr) => {
        $crate::c_str_from_bytes_with_nul(concat!($text, "\0"))
    };
}

/// The expansion of [`c_str!`](crate::c_str).
///
/// # Panics
/// Panics if `text` contains a nul character anywhere but at its end.
#[doc(hidden)]
pub const fn c_str_from_bytes_with_nul(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a C string cannot contain a nul character"),
    }
}
