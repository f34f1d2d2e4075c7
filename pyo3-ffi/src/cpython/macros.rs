//! The table macros for exports of libpython and for C macros. The rest is in `tables/macros.rs`.
//!
//! Each row is one declaration, in the order and with the names of C. The macros add what all rows have in common:
//! visibility, the link to CPython's documentation, the library to link on Windows, and the form of type checks.

/// Functions that libpython exports: `fn name(arg: type, ...) -> type;`.
macro_rules! capi {
    ($($(#[$meta:meta])* fn $name:ident($($args:tt)*) $(-> $ret:ty)?;)+) => {
        // Imports on Windows need the name of the library. build.rs maps this alias to the real name.
        #[cfg_attr(windows, link(name = "pythonXY"))]
        unsafe extern "C" {
            $(
                $(#[$meta])*
                #[doc = concat!(
                    "C API function, documented at <https://docs.python.org/3/search.html?q=", stringify!($name), ">."
                )]
                pub fn $name($($args)*) $(-> $ret)?;
            )+
        }
    };
}

/// Functions that attach the thread, or that regularly run Python code, in the same form.
///
/// Before 3.14, each is called through a Rust function that blocks the thread if CPython ends it in the middle of the
/// call, see `ended.rs`. This has a small cost. So functions that rarely run Python code (`PyLong_AsLong`, which may
/// call `__index__`) are rows of `capi!`. So are functions that are stored in slots, whose addresses C compares, and
/// variadic functions, which Rust cannot define.
macro_rules! capi_running {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)?;)+) => {
        #[cfg(not(all(not(Py_3_14), unix, panic = "unwind")))]
        capi! { $($(#[$meta])* fn $name($($arg: $ty),*) $(-> $ret)?;)+ }

        $(
            #[cfg(all(not(Py_3_14), unix, panic = "unwind"))]
            $(#[$meta])*
            #[doc = concat!(
                "C API function, documented at <https://docs.python.org/3/search.html?q=", stringify!($name), ">."
            )]
            ///
            /// # Safety
            /// The requirements of the C API apply.
            #[inline]
            #[allow(clippy::too_many_arguments, reason = "the same as in C")]
            pub unsafe extern "C" fn $name($($arg: $ty),*) $(-> $ret)? {
                unsafe extern "C-unwind" {
                    fn $name($($arg: $ty),*) $(-> $ret)?;
                }
                let stay = crate::cpython::ended::Stay;
                // SAFETY: the same function; its requirements are upheld by the caller.
                let result = unsafe { $name($($arg),*) };
                core::mem::forget(stay);
                result
            }
        )+
    };
}

/// Calls a C function through a pointer, where it may run Python code: `call_running!(function(arg: type, ..) -> type)`.
/// The thread is blocked if CPython ends it in the middle of the call, as in functions of `capi_running!`.
#[cfg(not(Py_LIMITED_API))]
macro_rules! call_running {
    ($function:ident($($arg:ident: $ty:ty),*) -> $ret:ty) => {{
        #[cfg(all(not(Py_3_14), unix, panic = "unwind"))]
        let result = {
            // The same function, in which CPython may end the thread by unwinding its stack.
            let function: unsafe extern "C-unwind" fn($($ty),*) -> $ret = core::mem::transmute($function);
            let stay = crate::cpython::ended::Stay;
            let result = function($($arg),*);
            core::mem::forget(stay);
            result
        };
        #[cfg(not(all(not(Py_3_14), unix, panic = "unwind")))]
        let result = $function($($arg),*);
        result
    }};
}

/// Variables that libpython exports: `static mut name: type;`.
macro_rules! capi_data {
    ($($(#[$meta:meta])* static mut $name:ident: $ty:ty;)+) => {
        #[cfg_attr(windows, link(name = "pythonXY"))]
        unsafe extern "C" {
            $(
                $(#[$meta])*
                #[doc = concat!("C API variable `", stringify!($name), "`.")]
                pub static mut $name: $ty;
            )+
        }
    };
}

/// Constants that libpython exports: `static name: type;`.
#[cfg(Py_3_11)]
macro_rules! capi_const_data {
    ($($(#[$meta:meta])* static $name:ident: $ty:ty;)+) => {
        #[cfg_attr(windows, link(name = "pythonXY"))]
        unsafe extern "C" {
            $(
                $(#[$meta])*
                #[doc = concat!("C API constant variable `", stringify!($name), "`.")]
                pub static $name: $ty;
            )+
        }
    };
}

/// Type checks: `PyX_Check: flag TPFLAG;`, `PyX_Check: subtype TYPE;` or `PyX_CheckExact: exact TYPE;`.
macro_rules! type_checks {
    ($($(#[$meta:meta])* $name:ident: $how:ident $what:ident;)+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API macro `", stringify!($name), "`: 1 if `op` is of that type, else 0.")]
            ///
            /// # Safety
            /// The thread is attached and `op` points to a live object.
            #[inline]
            pub unsafe fn $name(op: *mut PyObject) -> c_int {
                // SAFETY: the caller passes a live object, and the type objects are static.
                unsafe { type_checks!(@$how op, $what) }
            }
        )+
    };
    (@flag $op:ident, $flag:ident) => { PyType_FastSubclass(Py_TYPE($op), $flag) };
    (@exact $op:ident, $ty:ident) => { Py_IS_TYPE($op, &raw mut $ty) };
    (@subtype $op:ident, $ty:ident) => { PyObject_TypeCheck($op, &raw mut $ty) };
}

/// Functions that are macros or inline functions in C: `fn name(args) -> type = expression;`.
///
/// The expression runs in an unsafe block: the caller upholds the requirements of the C function.
macro_rules! inline_capi {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? = $body:expr;)+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API macro or inline function `", stringify!($name), "`.")]
            ///
            /// # Safety
            /// The requirements of the C API apply: an attached thread, live objects of the right type, indices in
            /// range.
            #[inline]
            #[allow(unused_unsafe, reason = "some rows contain no unsafe operation")]
            #[allow(clippy::too_many_arguments, reason = "the same as in C")]
            pub unsafe fn $name($($arg: $ty),*) $(-> $ret)? {
                // SAFETY: the caller upholds the requirements of the C function, see above.
                unsafe { $body }
            }
        )+
    };
}
