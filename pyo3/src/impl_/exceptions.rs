//! The macros behind `create_exception!` and `import_exception!`.

pub use super::text::c_string as c_str;

/// Implements the traits of an exception type whose type object `type_object_of_exception` returns.
///
/// With a base class, it is a new type; without, one of another module.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_type {
    ($module:expr, $name:ident $(, $base:ty, $doc:expr)?) => {
        const _: () = {
            // SAFETY: casts to the type accept only instances of this type object.
            unsafe impl $crate::PyTypeInfo for $name {
                $crate::impl_::exceptions::old_names!($name);
                $crate::impl_::exceptions::type_hint!($module, $name $(, $base)?);

                #[inline]
                fn type_object_raw(py: $crate::Python<'_>) -> *mut $crate::ffi::PyTypeObject {
                    $crate::types::PyTypeMethods::as_type_ptr($name::type_object_of_exception(py))
                }
            }

            impl $crate::impl_::module::Exception for $name {
                $crate::impl_::exceptions::introspection_id!($name);
            }
        };

        $crate::impl_::exceptions::fragment!($name $(, $base, $doc)?);

        impl $name {
            #[doc(hidden)]
            pub const __PYO3_EXPORT: $crate::impl_::module::AddType<Self> = $crate::impl_::module::AddType::new();
        }
    };
}

pub use crate::__pyo3_exception_type as type_info;

/// Defines the constant that `PyTypeInfo` had up to 0.29.
#[cfg(feature = "compat-0-29")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_names {
    ($name:ident) => {
        const NAME: &'static str = stringify!($name);
    };
}
/// Expands to nothing: `PyTypeInfo` has no names.
#[cfg(not(feature = "compat-0-29"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_names {
    ($name:ident) => {};
}

pub use crate::__pyo3_exception_names as old_names;

#[cfg(feature = "experimental-inspect")]
pub use super::introspection::exception::{fragment, introspection_id, type_hint};

/// Expands to nothing: there is no type information.
#[cfg(not(feature = "experimental-inspect"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_exception_uninspected {
    ($($tokens:tt)*) => {};
}

#[cfg(not(feature = "experimental-inspect"))]
pub use crate::{
    __pyo3_exception_uninspected as fragment, __pyo3_exception_uninspected as introspection_id,
    __pyo3_exception_uninspected as type_hint,
};
