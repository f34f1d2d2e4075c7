//! The C functions that CPython enters Rust through, one for each combination of argument and result types.
//!
//! What is done around the user's code is here, compiled once: counting the entry, releasing deferred references,
//! catching panics, and converting the result. The code itself comes as a pointer. The slot of a class or the pointer of
//! a function is a C function with only the arguments that CPython passes, so it adds the pointer and jumps here.

use core::ffi::c_int;

use pyo3_backend::{RaisePanic, catch_panic};
use pyo3_ffi as ffi;

use crate::attachment::entered;
use crate::convert::{into_raw_or_null, into_result, into_status};
use crate::function::TupleArguments;
use crate::{At, CPython, Outcome, Owned, Raised};

pub(crate) type Object = *mut ffi::PyObject;

macro_rules! entries {
    ($(
        $(#[$doc:meta])*
        $name:ident($($argument:ident: $type:ty),*) -> $value:ty, as $result:ty: $finish:path;
    )*) => {
        $(
            $(#[$doc])*
            ///
            /// # Safety
            ///
            /// CPython called, and passed the arguments: this thread is attached, no exception is set, and `code` may be
            /// called with them.
            // Inlined, it would be in each function again.
            #[inline(never)]
            #[expect(improper_ctypes_definitions, reason = "only Rust code calls it, in the place of a C function")]
            pub(crate) unsafe extern "C" fn $name(
                $($argument: $type,)*
                code: for<'py> unsafe fn(At<'py>, $($type),*) -> Outcome<'py, $value>,
                raise: RaisePanic<CPython>,
            ) -> $result {
                // SAFETY: upheld by the caller.
                unsafe { entered(|py| $finish(catch_panic(py, raise, || code(py, $($argument),*)))) }
            }
        )*
    };
}

entries! {
    /// An object in, an object out.
    one_object(this: Object) -> Owned<'py>, as Object: into_result;
    /// Two objects in, an object out.
    two_objects(this: Object, other: Object) -> Owned<'py>, as Object: into_result;
    /// Three objects in, an object out.
    three_objects(this: Object, other: Object, third: Object) -> Owned<'py>, as Object: into_result;
    /// An object and a size in, an object out.
    object_and_size(this: Object, count: ffi::Py_ssize_t) -> Owned<'py>, as Object: into_result;
    /// Two objects and a number in, an object out.
    objects_and_number(this: Object, other: Object, number: c_int) -> Owned<'py>, as Object: into_result;
    /// An object in, an object or nothing out.
    next_object(this: Object) -> Option<Owned<'py>>, as Object: into_next;
    /// An object in, a number out.
    one_to_number(this: Object) -> isize, as isize: into_number;
    /// An object in, a truth value out.
    one_to_truth(this: Object) -> bool, as c_int: into_truth;
    /// Two objects in, a truth value out.
    two_to_truth(this: Object, other: Object) -> bool, as c_int: into_truth;
    /// Three objects in, nothing out.
    three_to_nothing(this: Object, other: Object, third: Object) -> (), as c_int: into_status;
    /// The arguments of a `METH_FASTCALL | METH_KEYWORDS` function in, an object out.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    fast_call(this: Object, arguments: *const Object, count: ffi::Py_ssize_t, names: Object) -> Owned<'py>, as Object: into_result;
}

/// The code of a function that gets its arguments in a tuple and a dict.
type TupleCode = for<'py> unsafe fn(At<'py>, Object, &TupleArguments<'_>) -> Outcome<'py, Owned<'py>>;

/// An object and the arguments of a `METH_VARARGS | METH_KEYWORDS` function in, an object out.
///
/// # Safety
///
/// As the other entries.
#[inline(never)]
#[expect(improper_ctypes_definitions, reason = "only Rust code calls it, in the place of a C function")]
pub(crate) unsafe extern "C" fn tuple_call(
    this: Object,
    args: Object,
    kwargs: Object,
    code: TupleCode,
    raise: RaisePanic<CPython>,
) -> Object {
    // SAFETY: upheld by the caller.
    unsafe { entered(|py| into_result(call_with_tuple(py, this, args, kwargs, code, raise))) }
}

/// An object and the arguments of a `tp_init` function in, nothing out.
///
/// # Safety
///
/// As the other entries.
#[inline(never)]
#[expect(improper_ctypes_definitions, reason = "only Rust code calls it, in the place of a C function")]
pub(crate) unsafe extern "C" fn tuple_init(
    this: Object,
    args: Object,
    kwargs: Object,
    code: TupleCode,
    raise: RaisePanic<CPython>,
) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { entered(|py| into_status(call_with_tuple(py, this, args, kwargs, code, raise).map(drop))) }
}

/// # Safety
///
/// CPython called: the thread is attached, no exception is set, `args` is a tuple, `kwargs` is a dict or null, all are
/// alive for the call, and `code` may be called with them.
#[inline]
unsafe fn call_with_tuple<'py>(
    py: At<'py>,
    this: Object,
    args: Object,
    kwargs: Object,
    code: TupleCode,
    raise: RaisePanic<CPython>,
) -> Outcome<'py, Owned<'py>> {
    // SAFETY: upheld by the caller. Python code can pass only strings as keys, but C code can pass others.
    unsafe {
        if !kwargs.is_null() && ffi::PyArg_ValidateKeywordArguments(kwargs) == 0 {
            return Err(Raised::assume(py));
        }
        catch_panic(py, raise, || TupleArguments::with(args, kwargs, |arguments| code(py, this, arguments)))
    }
}

fn into_next(outcome: Outcome<'_, Option<Owned<'_>>>) -> Object {
    // Null without an exception means the end of the iteration.
    outcome.map_or_else(
        |raised| {
            raised.leave();
            core::ptr::null_mut()
        },
        into_raw_or_null,
    )
}

fn into_number(outcome: Outcome<'_, isize>) -> isize {
    outcome.unwrap_or_else(failed)
}

fn into_truth(outcome: Outcome<'_, bool>) -> c_int {
    outcome.map_or_else(failed, c_int::from)
}

/// Returns -1 and leaves the exception set.
fn failed<T: From<i8>>(raised: Raised<'_>) -> T {
    raised.leave();
    T::from(-1)
}
