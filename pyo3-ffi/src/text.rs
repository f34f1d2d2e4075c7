//! C strings at compile time.

use core::ffi::CStr;

/// Makes a `&'static CStr` of a string literal (or of a macro that expands to one, such as `concat!`).
///
/// C string literals (`c"..."`) do the same for plain literals.
///
/// # Panics
/// At compile time in constant contexts, otherwise when run: if the text contains a nul character.
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

/// What [`c_str!`](crate::c_str) expands to.
///
/// # Panics
/// If `text` has a nul anywhere but at its end.
#[doc(hidden)]
pub const fn c_str_from_bytes_with_nul(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a C string cannot contain a nul character"),
    }
}
