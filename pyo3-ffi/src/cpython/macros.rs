//! The row macros of what libpython exports and of what C has as macros; `tables/macros.rs` has the rest.
//!
//! A row is one declaration, in C's order and with C's names; the macros add what all rows share: visibility, the
//! link to CPython's documentation, the library to link on Windows, and the test macros' common shape.

/// Functions that libpython exports: `fn name(arg: type, ...) -> type;`.
macro_rules! capi {
    ($($(#[$meta:meta])* fn $name:ident($($args:tt)*) $(-> $ret:ty)?;)+) => {
        // Windows needs the library's name to import from it; build.rs maps this alias to the real one.
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

/// The same, for functions that attach the thread, or run Python code as a matter of course.
///
/// Before 3.14 each is called through a function of ours that says what becomes of the thread where CPython ends it in the
/// middle of the call, see `ended.rs`. This costs a little where functions are small, so those that run Python code only
/// in rare cases (`PyLong_AsLong`, which may call `__index__`) are rows of `capi!`, as are those that stand in slots,
/// whose addresses C compares, and those with a variable number of arguments, which Rust cannot define.
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
            /// What the C API asks for.
            #[inline]
            #[allow(clippy::too_many_arguments, reason = "as many as in C")]
            pub unsafe extern "C" fn $name($($arg: $ty),*) $(-> $ret)? {
                unsafe extern "C-unwind" {
                    fn $name($($arg: $ty),*) $(-> $ret)?;
                }
                let stay = crate::cpython::ended::Stay;
                // SAFETY: the same function, with the caller's promise.
                let result = unsafe { $name($($arg),*) };
                core::mem::forget(stay);
                result
            }
        )+
    };
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

/// Type tests: `PyX_Check: flag TPFLAG;`, `PyX_Check: subtype TYPE;` or `PyX_CheckExact: exact TYPE;`.
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
                // SAFETY: `op` is a live object, as the caller promises; the type objects are static.
                unsafe { type_checks!(@$how op, $what) }
            }
        )+
    };
    (@flag $op:ident, $flag:ident) => { PyType_FastSubclass(Py_TYPE($op), $flag) };
    (@exact $op:ident, $ty:ident) => { Py_IS_TYPE($op, &raw mut $ty) };
    (@subtype $op:ident, $ty:ident) => { PyObject_TypeCheck($op, &raw mut $ty) };
}

/// Functions C defines as macros or inline: `fn name(args) -> type = expression;`.
///
/// The expression runs in an unsafe block: the caller's promise is C's for that function.
macro_rules! inline_capi {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? = $body:expr;)+) => {
        $(
            $(#[$meta])*
            #[doc = concat!("C API macro or inline function `", stringify!($name), "`.")]
            ///
            /// # Safety
            /// What the C API asks for: an attached thread, live objects of the right type, indices in range.
            #[inline]
            #[allow(unused_unsafe, reason = "some rows only take an address")]
            #[allow(clippy::too_many_arguments, reason = "as many as in C")]
            pub unsafe fn $name($($arg: $ty),*) $(-> $ret)? {
                // SAFETY: the caller keeps the C API's contract for this function, see above.
                unsafe { $body }
            }
        )+
    };
}
