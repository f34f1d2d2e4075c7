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
use crate::{At, CPython, Raised, Ref};

type Object = *mut ffi::PyObject;

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

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn unary<F: UnaryFn<CPython>>(this: Object) -> Object {
    // SAFETY: see the module.
    unsafe { entered(|py| into_result(F::call(py, borrowed(this)))) }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn next<F: NextFn<CPython>>(this: Object) -> Object {
    // SAFETY: see the module. Null without an exception means the end of the iteration.
    unsafe {
        entered(|py| match F::call(py, borrowed(this)) {
            Ok(item) => crate::convert::into_raw_or_null(item),
            Err(raised) => {
                raised.leave();
                core::ptr::null_mut()
            }
        })
    }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn len<F: LenFn<CPython>>(this: Object) -> ffi::Py_ssize_t {
    // SAFETY: see the module.
    unsafe {
        entered(|py| {
            let length = F::call(py, borrowed(this)).and_then(|length| {
                ffi::Py_ssize_t::try_from(length).map_err(|_| {
                    let text = c"cannot fit 'int' into an index-sized integer";
                    Raised::with_message(py, ExceptionType::OverflowError, text)
                })
            });
            length.unwrap_or_else(failed)
        })
    }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn hash<F: HashFn<CPython>>(this: Object) -> ffi::Py_hash_t {
    // SAFETY: see the module. -1 is not a valid hash, because it means that an exception is set.
    unsafe {
        entered(|py| match F::call(py, borrowed(this)) {
            Ok(-1) => -2,
            Ok(hash) => hash,
            Err(raised) => failed(raised),
        })
    }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn bool<F: BoolFn<CPython>>(this: Object) -> c_int {
    // SAFETY: see the module.
    unsafe { entered(|py| F::call(py, borrowed(this)).map_or_else(failed, c_int::from)) }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn contains<F: ContainsFn<CPython>>(this: Object, value: Object) -> c_int {
    // SAFETY: see the module.
    unsafe { entered(|py| F::call(py, borrowed(this), borrowed(value)).map_or_else(failed, c_int::from)) }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn repeat<F: RepeatFn<CPython>>(this: Object, count: ffi::Py_ssize_t) -> Object {
    // SAFETY: see the module.
    unsafe { entered(|py| into_result(F::call(py, borrowed(this), count))) }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn binary<F: BinaryFn<CPython>>(left: Object, right: Object) -> Object {
    // SAFETY: see the module.
    unsafe { entered(|py| into_result(F::call(py, borrowed(left), borrowed(right)))) }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn ternary<F: TernaryFn<CPython>>(left: Object, right: Object, third: Object) -> Object {
    // SAFETY: see the module. For an in-place operator, CPython before 3.10 may omit the third argument.
    unsafe {
        entered(|py| {
            let third = maybe(third).unwrap_or_else(|| CPython::constant_none(py));
            into_result(F::call(py, borrowed(left), borrowed(right), third))
        })
    }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn compare<F: CompareFn<CPython>>(this: Object, other: Object, op: c_int) -> Object {
    // SAFETY: see the module.
    unsafe {
        entered(|py| match comparison(op) {
            Some(op) => into_result(F::call(py, borrowed(this), borrowed(other), op)),
            None => into_result(Ok(CPython::constant_not_implemented(py).to_owned(py))),
        })
    }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn set<F: SetFn<CPython>>(this: Object, key: Object, value: Object) -> c_int {
    // SAFETY: see the module. A missing value means deletion.
    unsafe { entered(|py| into_status(F::call(py, borrowed(this), borrowed(key), maybe(value)))) }
}

/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn descriptor_get<F: DescriptorGetFn<CPython>>(
    this: Object,
    instance: Object,
    owner: Object,
) -> Object {
    // SAFETY: see the module.
    unsafe { entered(|py| into_result(F::call(py, borrowed(this), maybe(instance), maybe(owner)))) }
}

/// The C function of a getter.
///
/// # Safety
///
/// See the module.
pub(crate) unsafe extern "C" fn getter<F: UnaryFn<CPython>>(this: Object, _closure: *mut core::ffi::c_void) -> Object {
    // SAFETY: see the module.
    unsafe { entered(|py| into_result(F::call(py, borrowed(this)))) }
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
    // SAFETY: see the module. A missing value means deletion.
    unsafe { entered(|py| into_status(F::call(py, borrowed(this), CPython::constant_none(py), maybe(value)))) }
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

/// Returns -1 and leaves the exception set.
#[cold]
fn failed<T: From<i8>>(raised: Raised<'_>) -> T {
    raised.leave();
    T::from(-1)
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
