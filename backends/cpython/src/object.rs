//! Operations on any object.

use pyo3_backend::{BinaryOp, CompareOp, Constant, ObjectOps, TypeOps, UnaryOp, kind};
use pyo3_ffi as ffi;

#[cfg(Py_LIMITED_API)]
use crate::convert::optional;
use crate::convert::{borrowed, check_sentinel, from_ssize, raw};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
unsafe extern "C" {
    // Public since 3.13 as `PyObject_GetOptionalAttr`; all earlier versions export it under this name.
    fn _PyObject_LookupAttr(
        object: *mut ffi::PyObject,
        name: *mut ffi::PyObject,
        result: *mut *mut ffi::PyObject,
    ) -> core::ffi::c_int;
}

impl ObjectOps for CPython {
    #[inline]
    fn object_get_attribute<'py>(py: At<'py>, object: Ref<'_>, name: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyObject_GetAttr(raw(object), raw(name)))
    }

    #[cfg(any(Py_3_13, not(Py_LIMITED_API)))]
    #[inline]
    fn object_get_attribute_opt<'py>(
        py: At<'py>,
        object: Ref<'_>,
        name: Ref<'_, kind::Str>,
    ) -> Outcome<'py, Option<Owned<'py>>> {
        #[cfg(not(Py_3_13))]
        use _PyObject_LookupAttr as look_up;
        #[cfg(Py_3_13)]
        use ffi::PyObject_GetOptionalAttr as look_up;

        let mut value = core::ptr::null_mut();
        // SAFETY: attached, with a live object and a string. The value is a new reference, or null. A negative result
        // means that an exception other than `AttributeError` is set.
        unsafe {
            crate::convert::status(py, look_up(raw(object), raw(name), &mut value))?;
            Ok(core::ptr::NonNull::new(value).map(|value| Owned::from_ptr(value)))
        }
    }

    #[inline]
    fn object_set_attribute<'py>(
        py: At<'py>,
        object: Ref<'_>,
        name: Ref<'_, kind::Str>,
        value: Option<Ref<'_>>,
    ) -> Outcome<'py, ()> {
        // Null deletes the attribute, in every version.
        status!(py, unsafe ffi::PyObject_SetAttr(raw(object), raw(name), crate::convert::raw_or_null(value)))
    }

    #[inline]
    fn object_get_item<'py>(py: At<'py>, object: Ref<'_>, key: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyObject_GetItem(raw(object), raw(key)))
    }

    #[inline]
    fn object_set_item<'py>(py: At<'py>, object: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<'py, ()> {
        match value {
            Some(value) => status!(py, unsafe ffi::PyObject_SetItem(raw(object), raw(key), raw(value))),
            None => status!(py, unsafe ffi::PyObject_DelItem(raw(object), raw(key))),
        }
    }

    #[inline]
    fn object_contains<'py>(py: At<'py>, object: Ref<'_>, value: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PySequence_Contains(raw(object), raw(value)))
    }

    #[inline]
    fn object_len<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, usize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        check_sentinel(py, unsafe { ffi::PyObject_Size(raw(object)) }, -1).map(from_ssize)
    }

    #[inline]
    fn object_repr<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, unsafe ffi::PyObject_Repr(raw(object)))
    }

    #[inline]
    fn object_str<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, unsafe ffi::PyObject_Str(raw(object)))
    }

    #[inline]
    fn object_hash<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, isize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        check_sentinel(py, unsafe { ffi::PyObject_Hash(raw(object)) }, -1)
    }

    #[inline]
    fn object_is_truthy<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, unsafe ffi::PyObject_IsTrue(raw(object)))
    }

    #[inline]
    fn object_dir<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::List>> {
        owned!(py, unsafe ffi::PyObject_Dir(raw(object)))
    }

    #[inline]
    fn object_compare<'py>(py: At<'py>, left: Ref<'_>, right: Ref<'_>, op: CompareOp) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyObject_RichCompare(raw(left), raw(right), op as core::ffi::c_int))
    }

    #[inline]
    fn object_unary<'py>(py: At<'py>, op: UnaryOp, operand: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        match op {
            UnaryOp::Negative => owned!(py, unsafe ffi::PyNumber_Negative(raw(operand))),
            UnaryOp::Positive => owned!(py, unsafe ffi::PyNumber_Positive(raw(operand))),
            UnaryOp::Absolute => owned!(py, unsafe ffi::PyNumber_Absolute(raw(operand))),
            UnaryOp::Invert => owned!(py, unsafe ffi::PyNumber_Invert(raw(operand))),
        }
    }

    #[inline]
    fn object_binary<'py>(py: At<'py>, op: BinaryOp, left: Ref<'_>, right: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        let (left, right) = (raw(left), raw(right));
        match op {
            BinaryOp::Add => owned!(py, unsafe ffi::PyNumber_Add(left, right)),
            BinaryOp::Subtract => owned!(py, unsafe ffi::PyNumber_Subtract(left, right)),
            BinaryOp::Multiply => owned!(py, unsafe ffi::PyNumber_Multiply(left, right)),
            BinaryOp::MatrixMultiply => owned!(py, unsafe ffi::PyNumber_MatrixMultiply(left, right)),
            BinaryOp::TrueDivide => owned!(py, unsafe ffi::PyNumber_TrueDivide(left, right)),
            BinaryOp::FloorDivide => owned!(py, unsafe ffi::PyNumber_FloorDivide(left, right)),
            BinaryOp::Remainder => owned!(py, unsafe ffi::PyNumber_Remainder(left, right)),
            BinaryOp::DivMod => owned!(py, unsafe ffi::PyNumber_Divmod(left, right)),
            BinaryOp::LeftShift => owned!(py, unsafe ffi::PyNumber_Lshift(left, right)),
            BinaryOp::RightShift => owned!(py, unsafe ffi::PyNumber_Rshift(left, right)),
            BinaryOp::And => owned!(py, unsafe ffi::PyNumber_And(left, right)),
            BinaryOp::Or => owned!(py, unsafe ffi::PyNumber_Or(left, right)),
            BinaryOp::Xor => owned!(py, unsafe ffi::PyNumber_Xor(left, right)),
        }
    }

    #[inline]
    fn object_power<'py>(py: At<'py>, base: Ref<'_>, exponent: Ref<'_>, modulus: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyNumber_Power(raw(base), raw(exponent), raw(modulus)))
    }

    #[inline]
    fn object_iter<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Iterator>> {
        owned!(py, unsafe ffi::PyObject_GetIter(raw(object)))
    }

    #[cfg(not(Py_LIMITED_API))]
    #[inline]
    fn iter_next<'py>(py: At<'py>, iterator: Ref<'_>) -> Outcome<'py, Option<Owned<'py>>> {
        // SAFETY: attached, with a live object and its type's `tp_iternext`. That returns a new reference, or null: at
        // the end, where it may also raise `StopIteration`, or with another exception set.
        let item = unsafe {
            let next = (*ffi::Py_TYPE(raw(iterator))).tp_iternext;
            next.and_then(|next| core::ptr::NonNull::new(next(raw(iterator))))
        };
        match item {
            // SAFETY: a new reference.
            Some(item) => Ok(Some(unsafe { Owned::from_ptr(item) })),
            None => no_item(py, iterator),
        }
    }

    #[cfg(Py_LIMITED_API)]
    #[inline]
    fn iter_next<'py>(py: At<'py>, iterator: Ref<'_>) -> Outcome<'py, Option<Owned<'py>>> {
        if !Self::object_is_iterator(py, iterator) {
            return Err(not_an_iterator(py, iterator));
        }
        // SAFETY: attached, with an iterator; the result is a new reference, or null at the end or with an exception
        // set.
        unsafe { optional(py, ffi::PyIter_Next(raw(iterator))) }
    }

    #[inline]
    fn object_is_iterator(_py: At<'_>, object: Ref<'_>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyIter_Check(raw(object)) != 0 }
    }

    #[inline]
    fn object_is_callable(_py: At<'_>, object: Ref<'_>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyCallable_Check(raw(object)) != 0 }
    }

    #[cfg(not(Py_LIMITED_API))]
    fn object_length_hint<'py>(py: At<'py>, object: Ref<'_>, default: usize) -> Outcome<'py, usize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        let hint = unsafe { ffi::PyObject_LengthHint(raw(object), crate::convert::to_ssize(default)) };
        check_sentinel(py, hint, -1).map(from_ssize)
    }

    #[cfg(Py_LIMITED_API)]
    fn object_length_hint<'py>(py: At<'py>, object: Ref<'_>, default: usize) -> Outcome<'py, usize> {
        use pyo3_backend::{CallOps, CodeOps, IntOps, StrOps, TupleOps};

        let operator = Self::code_import(py, Self::str_intern(py, "operator").as_ref())?;
        let length_hint =
            Self::object_get_attribute(py, operator.as_ref(), Self::str_intern(py, "length_hint").as_ref())?;
        let default = Self::int_from_u64(py, default as u64).any();
        let args = Self::tuple_from(py, 2, [object.to_owned(py), default].into_iter().map(Ok))?;
        let hint = Self::call(py, length_hint.as_ref(), args.as_ref(), None)?;
        Ok(usize::try_from(Self::int_to_u64(py, hint.as_ref())?).unwrap_or(usize::MAX))
    }

    #[inline(always)]
    fn constant<'py>(_py: At<'py>, which: Constant) -> Ref<'py> {
        // SAFETY: each constant lives as long as the runtime.
        unsafe {
            borrowed(match which {
                Constant::None => ffi::Py_None(),
                Constant::NotImplemented => ffi::Py_NotImplemented(),
                Constant::Ellipsis => ffi::Py_Ellipsis(),
                Constant::True => ffi::Py_True(),
                Constant::False => ffi::Py_False(),
            })
        }
    }
}

/// Decides why an iterator returned no item: it has ended, it has raised, or it is not an iterator.
#[cfg(not(Py_LIMITED_API))]
#[cold]
fn no_item<'py>(py: At<'py>, iterator: Ref<'_>) -> Outcome<'py, Option<Owned<'py>>> {
    let raised = Raised::pending(py);
    if !CPython::object_is_iterator(py, iterator) {
        // The type has no `tp_iternext`, or one that raises a less clear error.
        drop(raised);
        return Err(not_an_iterator(py, iterator));
    }
    // SAFETY: attached, and only called if an exception is set.
    if raised.is_some() && unsafe { ffi::PyErr_ExceptionMatches(ffi::PyExc_StopIteration) == 0 } {
        return raised.map_or(Ok(None), Err);
    }
    Ok(None)
}

#[cold]
fn not_an_iterator<'py>(py: At<'py>, object: Ref<'_>) -> Raised<'py> {
    let name = match CPython::type_name(py, CPython::type_of(py, object)) {
        Ok(name) => name,
        Err(raised) => return raised,
    };
    // SAFETY: attached, with a format for one object, which is alive.
    unsafe {
        ffi::PyErr_Format(ffi::PyExc_TypeError, c"'%U' object is not an iterator".as_ptr(), raw(name.as_ref()));
        Raised::assume(py)
    }
}
