//! Macros for what all built-in Python types have in common.

/// Defines the constants that `PyTypeInfo` had up to 0.29.
macro_rules! old_names {
    ($name:ident, $module:expr) => {
        #[cfg(feature = "compat-0-29")]
        const NAME: &'static str = $crate::compat::names::name(stringify!($name));
        #[cfg(feature = "compat-0-29")]
        const MODULE: Option<&'static str> = $module;
    };
}

/// Declares the Rust type for a Python type, with the contract's kind for its objects if there is one.
macro_rules! object_type {
    ($(#[$meta:meta])* $name:ident = $kind:ident) => {
        object_type!($(#[$meta])* $name);

        impl $crate::instance::NativeKind for $name {
            type Kind = pyo3_backend::kind::$kind;
        }
    };
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[repr(transparent)]
        pub struct $name($crate::types::PyAny);

        impl $crate::types::DerefToPyAny for $name {}
    };
}

/// Declares types that the backend itself can check, as `Name = Kind`, where `Kind` is a kind of the contract.
macro_rules! native_types {
    ($($(#[$meta:meta])* $name:ident = $kind:ident;)+) => {
        $(
            object_type!($(#[$meta])* $name = $kind);

            #[expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]
            // SAFETY: the backend checks for instances of exactly the type that the kind stands for.
            unsafe impl $crate::type_object::PyTypeInfo for $name {
                old_names!($name, $crate::compat::names::module(stringify!($name)));
                type_hint!(native $kind);

                #[inline]
                fn type_object_raw(py: $crate::Python<'_>) -> *mut $crate::ffi::PyTypeObject {
                    let class = <$crate::backend::Active as pyo3_backend::TypeOps>::type_builtin(
                        py.attached(),
                        pyo3_backend::BuiltinType::$kind,
                    );
                    $crate::type_object::raw_type(class)
                }

                #[inline]
                fn is_type_of(object: &$crate::Bound<'_, $crate::types::PyAny>) -> bool {
                    <$crate::backend::Active as pyo3_backend::TypeOps>::type_check(
                        object.py().attached(),
                        object.any_handle(),
                        pyo3_backend::BuiltinType::$kind,
                    )
                }

                #[inline]
                fn is_exact_type_of(object: &$crate::Bound<'_, $crate::types::PyAny>) -> bool {
                    <$crate::backend::Active as pyo3_backend::TypeOps>::type_check_exact(
                        object.py().attached(),
                        object.any_handle(),
                        pyo3_backend::BuiltinType::$kind,
                    )
                }
            }
        )+
    };
}

/// Declares types of the standard library that have no kind in the contract: `Name = "module"."attribute", check`.
///
/// The optional `check` is a function that returns whether an object is an instance.
macro_rules! imported_types {
    ($($(#[$meta:meta])* $name:ident = $module:tt.$attribute:literal $(, $check:expr)?;)+) => {
        $(
            object_type!($(#[$meta])* $name);

            #[expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]
            // SAFETY: an object passes the check if it is an instance of the type, or if the rule in the type's
            // documentation accepts it. The methods of these types only use Python's protocols.
            unsafe impl $crate::type_object::PyTypeInfo for $name {
                old_names!($name, Some($module));
                type_hint!(native $module $attribute);

                fn type_object_raw(py: $crate::Python<'_>) -> *mut $crate::ffi::PyTypeObject {
                    static TYPE: $crate::sync::PyOnceLock<$crate::Py<$crate::types::PyType>> =
                        $crate::sync::PyOnceLock::new();
                    $crate::types::native::imported_type(py, &TYPE, $module, $attribute)
                }

                $(
                    #[inline]
                    fn is_type_of(object: &$crate::Bound<'_, $crate::types::PyAny>) -> bool {
                        ($check)(object)
                    }
                )?
            }
        )+
    };
}

/// Declares the types of the module `datetime`: `Name = Kind, "attribute"`, where `Kind` is a kind of the contract.
macro_rules! datetime_types {
    ($($(#[$meta:meta])* $name:ident = $kind:ident, $attribute:tt;)+) => {
        $(
            object_type!($(#[$meta])* $name = $kind);

            #[expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]
            // SAFETY: the backend checks for instances of exactly the type that the kind stands for.
            unsafe impl $crate::type_object::PyTypeInfo for $name {
                old_names!($name, Some("datetime"));
                type_hint!(native "datetime" $attribute);

                fn type_object_raw(py: $crate::Python<'_>) -> *mut $crate::ffi::PyTypeObject {
                    static TYPE: $crate::sync::PyOnceLock<$crate::Py<$crate::types::PyType>> =
                        $crate::sync::PyOnceLock::new();
                    let find = || $crate::types::datetime::class(py, pyo3_backend::DateTimeType::$kind);
                    $crate::types::native::found_type(py, &TYPE, find, $attribute)
                }

                #[inline]
                fn is_type_of(object: &$crate::Bound<'_, $crate::types::PyAny>) -> bool {
                    <$crate::backend::Active as pyo3_backend::DateTimeOps>::datetime_check(
                        object.py().attached(),
                        object.any_handle(),
                        pyo3_backend::DateTimeType::$kind,
                    )
                }
            }
        )+
    };
}

use crate::sync::PyOnceLock;
use crate::types::{PyAnyMethods, PyType, PyTypeMethods};
use crate::{Bound, Py, PyAny, PyResult, Python, ffi};

/// Imports a type the first time, and returns a pointer that is valid as long as the interpreter lives.
///
/// # Panics
///
/// Panics if the import fails.
pub(crate) fn imported_type(
    py: Python<'_>,
    cell: &'static PyOnceLock<Py<PyType>>,
    module: &str,
    attribute: &str,
) -> *mut ffi::PyTypeObject {
    let find = || Ok(py.import(module)?.getattr(attribute)?.cast_into::<PyType>()?.unbind());
    found_type(py, cell, find, attribute)
}

/// Calls `find` the first time, and returns a pointer that is valid as long as the interpreter lives.
///
/// # Panics
///
/// Panics if `find` fails. The message contains `name`.
pub(crate) fn found_type(
    py: Python<'_>,
    cell: &'static PyOnceLock<Py<PyType>>,
    find: impl FnOnce() -> PyResult<Py<PyType>>,
    name: &str,
) -> *mut ffi::PyTypeObject {
    match cell.get_or_try_init(py, find) {
        Ok(class) => class.bind(py).as_type_ptr(),
        Err(error) => panic!("failed to import the type `{name}`: {error}"),
    }
}

/// Returns `isinstance(object, T)`, which may call `__instancecheck__`. Reports an exception as unraisable, and then
/// returns `false`.
pub(crate) fn is_registered_instance<T: crate::PyTypeInfo>(object: &Bound<'_, PyAny>) -> bool {
    let py = object.py();
    object.is_instance(T::type_object(py).as_any()).unwrap_or_else(|error| {
        error.write_unraisable(py, Some(object));
        false
    })
}
