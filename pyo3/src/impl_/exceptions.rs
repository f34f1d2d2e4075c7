//! What `create_exception!` and `import_exception!` call.

use std::ffi::CStr;

/// A C string from a literal that ends with `\0`.
///
/// # Panics
///
/// When compiling, where another `\0` stands in it.
pub const fn c_str(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a name or docstring for Python has no null bytes inside"),
    }
}

#[doc(hidden)]
#[macro_export]
macro_rules! __exception_type_info {
    ($name:ident) => {
        #[allow(unsafe_code, reason = "the type object is that of the exception")]
        // SAFETY: the type object is made once and kept; the instance check of the trait goes by it.
        unsafe impl $crate::PyTypeInfo for $name {
            #[inline]
            fn type_object_raw(py: $crate::Python<'_>) -> *mut $crate::ffi::PyTypeObject {
                $name::type_object_of_exception(py).as_ptr().cast()
            }
        }
    };
}
pub use crate::__exception_type_info as type_info;
