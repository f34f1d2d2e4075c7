//! The functions of `rustpython-capi` that may raise exceptions.
//!
//! They leave an exception in the virtual machine's slot for the exception being handled. So each is
//! [wrapped](super::vm::reporting) in a function of the same name, which restores the handled exception and sets the
//! error indicator to the new one. Types, and functions that cannot raise, are re-exported unchanged. Functions that
//! are safe in `rustpython-capi` (`safe` and `plain` below) are unsafe here as in C. Otherwise, the unsafe blocks that
//! code for CPython needs would be reported as unnecessary.

use rustpython_vm::PyObject;

pub(super) mod containers;
pub(super) mod numbers;
pub(super) mod objects;
pub(super) mod others;
pub(super) mod text;

/// The most common type of arguments and results.
type Object = *mut PyObject;

/// Wraps functions of a module of `rustpython-capi` in functions of the same name.
macro_rules! reporting {
    ($module:ident: $($rest:tt)*) => {
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident safe $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?; $($rest:tt)*) => {
        #[doc = concat!("C's `", stringify!($name), "`.")]
        ///
        /// # Safety
        /// The thread is attached.
        pub unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            $crate::rustpython::vm::reporting(|| rustpython_capi::$module::$name($($argument),*))
        }
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident class $name:ident; $($rest:tt)*) => {
        #[doc = concat!("C's `", stringify!($name), "`.")]
        ///
        /// # Safety
        /// The thread is attached, and the argument is a live type.
        pub unsafe extern "C" fn $name(ty: *mut $crate::PyTypeObject) -> *mut rustpython_vm::PyObject {
            // SAFETY: upheld by the caller; both pointers are to a type of the virtual machine.
            $crate::rustpython::vm::reporting(|| unsafe { rustpython_capi::$module::$name(ty.cast()) })
        }
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?; $($rest:tt)*) => {
        #[doc = concat!("C's `", stringify!($name), "`.")]
        ///
        /// # Safety
        /// The thread is attached, and the arguments meet the requirements of the C function.
        pub unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            // SAFETY: upheld by the caller.
            $crate::rustpython::vm::reporting(|| unsafe { rustpython_capi::$module::$name($($argument),*) })
        }
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident quiet $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?; $($rest:tt)*) => {
        #[doc = concat!("C's `", stringify!($name), "`. Null, or -1, may be no failure.")]
        ///
        /// # Safety
        /// The thread is attached, and the arguments meet the requirements of the C function.
        pub unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            // SAFETY: upheld by the caller.
            $crate::rustpython::vm::reporting_if(|| unsafe { rustpython_capi::$module::$name($($argument),*) }, |_| false)
        }
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident quiet safe $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?; $($rest:tt)*) => {
        #[doc = concat!("C's `", stringify!($name), "`. Null, or -1, may be no failure.")]
        ///
        /// # Safety
        /// The thread is attached.
        pub unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            $crate::rustpython::vm::reporting_if(|| rustpython_capi::$module::$name($($argument),*), |_| false)
        }
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident plain $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?; $($rest:tt)*) => {
        #[doc = concat!("C's `", stringify!($name), "`. It does not raise.")]
        ///
        /// # Safety
        /// The thread is attached.
        pub unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            rustpython_capi::$module::$name($($argument),*)
        }
        reporting! { @one $module $($rest)* }
    };
    (@one $module:ident) => {};
}
use reporting;
