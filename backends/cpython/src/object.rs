//! What every object can do.

use pyo3_backend::{BinaryOp, CompareOp, Constant, ObjectOps, UnaryOp, kind};
use pyo3_ffi as ffi;

use crate::convert::{borrowed, optional, raw, unless_raised, unsigned};
use crate::{At, CPython, Outcome, Owned, Ref};

#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
unsafe extern "C" {
    // Public from 3.13 on, as `PyObject_GetOptionalAttr`; exported by every version before.
    fn _PyObject_LookupAttr(
        object: *mut ffi::PyObject,
        name: *mut ffi::PyObject,
        result: *mut *mut ffi::PyObject,
    ) -> core::ffi::c_int;
}

impl ObjectOps for CPython {
    #[inline]
    fn get_attribute<'py>(py: At<'py>, object: Ref<'_>, name: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py>> {
        owned!(py, PyObject_GetAttr(raw(object), raw(name)))
    }

    #[cfg(Py_3_13)]
    fn weakref_target<'py>(_py: At<'py>, reference: Ref<'_>) -> Option<Owned<'py>> {
        let mut target = core::ptr::null_mut();
        // SAFETY: attached, with a weak reference or a proxy, as the contract has it, for which the call does not fail:
        // `target` is then a new reference or null.
        unsafe {
            ffi::PyWeakref_GetRef(raw(reference), &mut target);
            core::ptr::NonNull::new(target).map(|target| Owned::from_ptr(target))
        }
    }

    #[cfg(not(Py_3_13))]
    fn weakref_target<'py>(py: At<'py>, reference: Ref<'_>) -> Option<Owned<'py>> {
        // SAFETY: attached, with a weak reference or a proxy, for which the call does not fail. What it lends is alive until
        // its count is raised: these versions have the global lock.
        let target: Option<Owned<'py>> = unsafe { crate::convert::lent(py, ffi::PyWeakref_GetObject(raw(reference))) };
        // SAFETY: `None` is always there.
        target.filter(|target| raw(target.as_ref()) != unsafe { ffi::Py_None() })
    }

    #[cfg(any(Py_3_13, not(Py_LIMITED_API)))]
    #[inline]
    fn get_attribute_opt<'py>(
        py: At<'py>,
        object: Ref<'_>,
        name: Ref<'_, kind::Str>,
    ) -> Outcome<'py, Option<Owned<'py>>> {
        #[cfg(not(Py_3_13))]
        use _PyObject_LookupAttr as look_up;
        #[cfg(Py_3_13)]
        use ffi::PyObject_GetOptionalAttr as look_up;

        let mut value = core::ptr::null_mut();
        // SAFETY: attached, with a live object and a string. The value is a new reference, or null; negative means that
        // an exception other than `AttributeError` is set.
        unsafe {
            crate::convert::status(py, look_up(raw(object), raw(name), &mut value))?;
            Ok(core::ptr::NonNull::new(value).map(|value| Owned::from_ptr(value)))
        }
    }

    #[inline]
    fn set_attribute<'py>(
        py: At<'py>,
        object: Ref<'_>,
        name: Ref<'_, kind::Str>,
        value: Option<Ref<'_>>,
    ) -> Outcome<'py, ()> {
        // Null deletes, in every version.
        status!(py, PyObject_SetAttr(raw(object), raw(name), crate::convert::raw_or_null(value)))
    }

    #[inline]
    fn get_item<'py>(py: At<'py>, object: Ref<'_>, key: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        owned!(py, PyObject_GetItem(raw(object), raw(key)))
    }

    #[inline]
    fn set_item<'py>(py: At<'py>, object: Ref<'_>, key: Ref<'_>, value: Option<Ref<'_>>) -> Outcome<'py, ()> {
        match value {
            Some(value) => status!(py, PyObject_SetItem(raw(object), raw(key), raw(value))),
            None => status!(py, PyObject_DelItem(raw(object), raw(key))),
        }
    }

    #[inline]
    fn contains<'py>(py: At<'py>, object: Ref<'_>, value: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, PySequence_Contains(raw(object), raw(value)))
    }

    #[inline]
    fn len<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, usize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        unless_raised(py, unsafe { ffi::PyObject_Size(raw(object)) }, -1).map(unsigned)
    }

    #[inline]
    fn sequence_len<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, usize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        unless_raised(py, unsafe { ffi::PySequence_Size(raw(object)) }, -1).map(unsigned)
    }

    #[inline]
    fn repr<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, PyObject_Repr(raw(object)))
    }

    #[inline]
    fn str<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, PyObject_Str(raw(object)))
    }

    #[inline]
    fn hash<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, isize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        unless_raised(py, unsafe { ffi::PyObject_Hash(raw(object)) }, -1)
    }

    #[inline]
    fn is_truthy<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, bool> {
        truth!(py, PyObject_IsTrue(raw(object)))
    }

    fn dir<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::List>> {
        owned!(py, PyObject_Dir(raw(object)))
    }

    #[inline]
    fn compare<'py>(py: At<'py>, left: Ref<'_>, right: Ref<'_>, op: CompareOp) -> Outcome<'py, Owned<'py>> {
        owned!(py, PyObject_RichCompare(raw(left), raw(right), op as core::ffi::c_int))
    }

    fn unary<'py>(py: At<'py>, op: UnaryOp, operand: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        match op {
            UnaryOp::Negative => owned!(py, PyNumber_Negative(raw(operand))),
            UnaryOp::Positive => owned!(py, PyNumber_Positive(raw(operand))),
            UnaryOp::Absolute => owned!(py, PyNumber_Absolute(raw(operand))),
            UnaryOp::Invert => owned!(py, PyNumber_Invert(raw(operand))),
        }
    }

    #[inline]
    fn binary<'py>(py: At<'py>, op: BinaryOp, left: Ref<'_>, right: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        let (left, right) = (raw(left), raw(right));
        match op {
            BinaryOp::Add => owned!(py, PyNumber_Add(left, right)),
            BinaryOp::Subtract => owned!(py, PyNumber_Subtract(left, right)),
            BinaryOp::Multiply => owned!(py, PyNumber_Multiply(left, right)),
            BinaryOp::MatrixMultiply => owned!(py, PyNumber_MatrixMultiply(left, right)),
            BinaryOp::TrueDivide => owned!(py, PyNumber_TrueDivide(left, right)),
            BinaryOp::FloorDivide => owned!(py, PyNumber_FloorDivide(left, right)),
            BinaryOp::Remainder => owned!(py, PyNumber_Remainder(left, right)),
            BinaryOp::DivMod => owned!(py, PyNumber_Divmod(left, right)),
            BinaryOp::LeftShift => owned!(py, PyNumber_Lshift(left, right)),
            BinaryOp::RightShift => owned!(py, PyNumber_Rshift(left, right)),
            BinaryOp::And => owned!(py, PyNumber_And(left, right)),
            BinaryOp::Or => owned!(py, PyNumber_Or(left, right)),
            BinaryOp::Xor => owned!(py, PyNumber_Xor(left, right)),
        }
    }

    fn power<'py>(py: At<'py>, base: Ref<'_>, exponent: Ref<'_>, modulus: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        owned!(py, PyNumber_Power(raw(base), raw(exponent), raw(modulus)))
    }

    #[inline]
    fn iter<'py>(py: At<'py>, object: Ref<'_>) -> Outcome<'py, Owned<'py, kind::Iterator>> {
        owned!(py, PyObject_GetIter(raw(object)))
    }

    #[inline]
    fn iter_next<'py>(py: At<'py>, iterator: Ref<'_, kind::Iterator>) -> Outcome<'py, Option<Owned<'py>>> {
        // SAFETY: attached, with an iterator by its kind; a new reference, or null at the end or with an exception set.
        unsafe { optional(py, ffi::PyIter_Next(raw(iterator))) }
    }

    #[inline]
    fn is_iterator(_py: At<'_>, object: Ref<'_>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyIter_Check(raw(object)) != 0 }
    }

    #[inline]
    fn is_callable(_py: At<'_>, object: Ref<'_>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyCallable_Check(raw(object)) != 0 }
    }

    #[cfg(not(Py_LIMITED_API))]
    fn length_hint<'py>(py: At<'py>, object: Ref<'_>, default: usize) -> Outcome<'py, usize> {
        // SAFETY: attached, with a live object; -1 means that an exception is set.
        let hint = unsafe { ffi::PyObject_LengthHint(raw(object), crate::convert::signed(default)) };
        unless_raised(py, hint, -1).map(unsigned)
    }

    #[cfg(Py_LIMITED_API)]
    fn length_hint<'py>(py: At<'py>, object: Ref<'_>, default: usize) -> Outcome<'py, usize> {
        use pyo3_backend::{CallOps, CodeOps, IntOps, StrOps, TupleOps};

        let operator = Self::import(py, Self::str_intern(py, "operator").as_ref())?;
        let length_hint = Self::get_attribute(py, operator.as_ref(), Self::str_intern(py, "length_hint").as_ref())?;
        let default = Self::int_from_u64(py, default as u64).any();
        let args = Self::tuple_from(py, 2, [object.to_owned(py), default].into_iter().map(Ok))?;
        let hint = Self::call(py, length_hint.as_ref(), args.as_ref(), None)?;
        Ok(usize::try_from(Self::int_to_u64(py, hint.as_ref())?).unwrap_or(usize::MAX))
    }

    #[inline(always)]
    fn constant<'py>(_py: At<'py>, which: Constant) -> Ref<'py> {
        // SAFETY: each lives as long as the runtime.
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
