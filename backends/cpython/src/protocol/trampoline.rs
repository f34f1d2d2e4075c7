//! The C functions that CPython calls, one for each shape of a protocol function.
//!
//! CPython calls each from a slot of the type that it was made for, with this thread attached and no exception set, and
//! all arguments are alive for the call. That is the safety condition of each function, and each `SAFETY` comment here
//! relies on it.

use core::ffi::c_int;
use core::ptr::NonNull;

use pyo3_backend::{
    BinaryFn, BoolFn, CompareFn, CompareOp, ContainsFn, DescriptorGetFn, ExceptionType, HashFn, LenFn, NextFn,
    ObjectOps, RepeatFn, SetFn, TernaryFn, UnaryFn,
};
use pyo3_ffi as ffi;

use crate::attachment::entered;
use crate::convert::{borrowed, into_result, into_status};
use crate::entry::{self, Object};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

/// Converts an argument that may be missing.
///
/// # Safety
///
/// `object` is null or an object that is alive for `'a`.
#[inline]
unsafe fn maybe<'a>(object: Object) -> Option<Ref<'a>> {
    // SAFETY: upheld by the caller.
    NonNull::new(object).map(|object| unsafe { Ref::from_ptr(object) })
}

/// Declares C functions. Each calls `$entry` with its arguments and with the code, which has the token `$py` besides.
/// `$ignored` are arguments that CPython passes and that mean nothing.
macro_rules! trampolines {
    ($(
        $(#[$doc:meta])*
        $name:ident<$shape:ident>($($argument:ident: $type:ty),* $(; $ignored:ty)?) -> $result:ty =
            $entry:ident(|$py:ident| $code:expr) -> $value:ty;
    )*) => {
        $(
            $(#[$doc])*
            ///
            /// # Safety
            ///
            /// See the module.
            pub(crate) unsafe extern "C" fn $name<F: $shape<CPython>>($($argument: $type,)* $(_: $ignored)?) -> $result {
                /// # Safety
                ///
                /// See the module.
                unsafe fn code<'py, F: $shape<CPython>>($py: At<'py>, $($argument: $type),*) -> Outcome<'py, $value> {
                    // SAFETY: see the module.
                    unsafe { $code }
                }

                // SAFETY: see the module.
                unsafe { entry::$entry($($argument,)* code::<F>, F::RAISE_PANIC) }
            }
        )*
    };
}

trampolines! {
    /// A slot with one operand and any result.
    unary<UnaryFn>(this: Object) -> Object =
        one_object(|py| F::call_may_unwind(py, borrowed(this))) -> Owned<'py>;

    /// The C function of a getter.
    getter<UnaryFn>(this: Object; *mut core::ffi::c_void) -> Object =
        one_object(|py| F::call_may_unwind(py, borrowed(this))) -> Owned<'py>;

    /// `__next__`.
    next<NextFn>(this: Object) -> Object =
        next_object(|py| F::call_may_unwind(py, borrowed(this))) -> Option<Owned<'py>>;

    /// `__len__`.
    len<LenFn>(this: Object) -> ffi::Py_ssize_t =
        one_to_number(|py| F::call_may_unwind(py, borrowed(this)).and_then(|length| index(py, length))) -> isize;

    /// `__hash__`. -1 is not a valid hash, because it means that an exception is set.
    hash<HashFn>(this: Object) -> ffi::Py_hash_t =
        one_to_number(|py| {
            F::call_may_unwind(py, borrowed(this)).map(|hash| if hash == -1 { -2 } else { hash })
        }) -> isize;

    /// `__bool__`.
    bool<BoolFn>(this: Object) -> c_int =
        one_to_truth(|py| F::call_may_unwind(py, borrowed(this))) -> bool;

    /// `__contains__`.
    contains<ContainsFn>(this: Object, value: Object) -> c_int =
        two_to_truth(|py| F::call_may_unwind(py, borrowed(this), borrowed(value))) -> bool;

    /// `__repeat__`.
    repeat<RepeatFn>(this: Object, count: ffi::Py_ssize_t) -> Object =
        object_and_size(|py| F::call_may_unwind(py, borrowed(this), count)) -> Owned<'py>;

    /// A slot with two operands.
    binary<BinaryFn>(left: Object, right: Object) -> Object =
        two_objects(|py| F::call_may_unwind(py, borrowed(left), borrowed(right))) -> Owned<'py>;

    /// A slot with three operands. For an in-place operator, CPython before 3.10 may omit the third.
    ternary<TernaryFn>(left: Object, right: Object, third: Object) -> Object =
        three_objects(|py| {
            let third = maybe(third).unwrap_or_else(|| CPython::constant_none(py));
            F::call_may_unwind(py, borrowed(left), borrowed(right), third)
        }) -> Owned<'py>;

    /// `__richcmp__`.
    compare<CompareFn>(this: Object, other: Object, op: c_int) -> Object =
        objects_and_number(|py| match comparison(op) {
            Some(op) => F::call_may_unwind(py, borrowed(this), borrowed(other), op),
            None => Ok(CPython::constant_not_implemented(py).to_owned(py)),
        }) -> Owned<'py>;

    /// A slot that stores a value. A missing value means deletion.
    set<SetFn>(this: Object, key: Object, value: Object) -> c_int =
        three_to_nothing(|py| F::call_may_unwind(py, borrowed(this), borrowed(key), maybe(value))) -> ();

    /// `__get__`.
    descriptor_get<DescriptorGetFn>(this: Object, instance: Object, owner: Object) -> Object =
        three_objects(|py| F::call_may_unwind(py, borrowed(this), maybe(instance), maybe(owner))) -> Owned<'py>;
}

/// The C function of a setter.
///
/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn setter<F: SetFn<CPython>>(
    this: Object,
    value: Object,
    _closure: *mut core::ffi::c_void,
) -> c_int {
    /// # Safety
    ///
    /// See the module.
    unsafe fn code<'py, F: SetFn<CPython>>(py: At<'py>, this: Object, value: Object, _: Object) -> Outcome<'py, ()> {
        // SAFETY: see the module. A missing value means deletion.
        unsafe { F::call_may_unwind(py, borrowed(this), CPython::constant_none(py), maybe(value)) }
    }

    // SAFETY: see the module.
    unsafe { entry::three_to_nothing(this, value, core::ptr::null_mut(), code::<F>, F::RAISE_PANIC) }
}

/// Converts a length for CPython.
#[inline]
fn index(py: At<'_>, length: usize) -> Outcome<'_, isize> {
    isize::try_from(length).map_err(|_| {
        let text = c"cannot fit 'int' into an index-sized integer";
        Raised::with_message(py, ExceptionType::OverflowError, text)
    })
}

/// Implements `__getitem__` with an index through the mapping protocol.
///
/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn sequence_item(this: Object, index: ffi::Py_ssize_t) -> Object {
    // SAFETY: see the module.
    unsafe {
        entered(|py: At<'_>| {
            let index: Result<crate::Owned<'_>, _> = crate::convert::owned(py, ffi::PyLong_FromSsize_t(index));
            into_result(index.and_then(|index| CPython::object_get_item(py, borrowed(this), index.as_ref())))
        })
    }
}

/// Implements `__setitem__` and `__delitem__` with an index through the mapping protocol.
///
/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn sequence_set_item(this: Object, index: ffi::Py_ssize_t, value: Object) -> c_int {
    // SAFETY: see the module.
    unsafe {
        entered(|py: At<'_>| {
            let index: Result<crate::Owned<'_>, _> = crate::convert::owned(py, ffi::PyLong_FromSsize_t(index));
            into_status(
                index.and_then(|index| CPython::object_set_item(py, borrowed(this), index.as_ref(), maybe(value))),
            )
        })
    }
}

#[inline]
fn comparison(op: c_int) -> Option<CompareOp> {
    Some(match op {
        ffi::Py_LT => CompareOp::Lt,
        ffi::Py_LE => CompareOp::Le,
        ffi::Py_EQ => CompareOp::Eq,
        ffi::Py_NE => CompareOp::Ne,
        ffi::Py_GT => CompareOp::Gt,
        ffi::Py_GE => CompareOp::Ge,
        _ => return None,
    })
}
