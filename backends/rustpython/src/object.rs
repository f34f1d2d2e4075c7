//! Operations on any object: attributes, items, operators, text, iteration.

use pyo3_backend::{Attached, BinaryOp, CompareOp, Constant, ObjectOps, Outcome, Owned, Ref, UnaryOp, kind};
use rustpython_vm::protocol::{PyIter, PyIterReturn};
use rustpython_vm::types::PyComparisonOp;
use rustpython_vm::{AsObject, Context, PyObjectRef, PyPayload};

use crate::RustPython;
use crate::convert::{as_object_ref, lend, object, outcome, own, own_outcome, own_outcome_as, payload};
use crate::vm::vm;

type At<'py> = Attached<'py, RustPython>;
type Any<'py> = Owned<'py, RustPython>;

impl ObjectOps for RustPython {
    fn object_get_attribute<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Any<'py>> {
        own_outcome(py, object(handle).get_attr(payload(name), vm(py)))
    }

    fn object_get_attribute_opt<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Option<Any<'py>>> {
        let found = vm(py).get_attribute_opt(object(handle), payload(name));
        outcome(py, found.map(|value| value.map(|value| own(py, value))))
    }

    fn object_set_attribute<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        name: Ref<'_, Self, kind::Str>,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()> {
        let (vm, handle, name) = (vm(py), object(handle), payload(name));
        outcome(
            py,
            match value {
                Some(value) => handle.set_attr(name, object(value).to_owned(), vm),
                None => handle.del_attr(name, vm),
            },
        )
    }

    fn object_get_item<'py>(py: At<'py>, handle: Ref<'_, Self>, key: Ref<'_, Self>) -> Outcome<'py, Self, Any<'py>> {
        own_outcome(py, object(handle).get_item(object(key), vm(py)))
    }

    fn object_set_item<'py>(
        py: At<'py>,
        handle: Ref<'_, Self>,
        key: Ref<'_, Self>,
        value: Option<Ref<'_, Self>>,
    ) -> Outcome<'py, Self, ()> {
        let (vm, handle, key) = (vm(py), object(handle), object(key));
        outcome(
            py,
            match value {
                Some(value) => handle.set_item(key, object(value).to_owned(), vm),
                None => handle.del_item(key, vm),
            },
        )
    }

    fn object_contains<'py>(py: At<'py>, handle: Ref<'_, Self>, value: Ref<'_, Self>) -> Outcome<'py, Self, bool> {
        outcome(py, vm(py)._contains(object(handle), object(value)))
    }

    #[inline]
    fn object_len<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, usize> {
        outcome(py, object(handle).length(vm(py)))
    }

    fn object_repr<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        own_outcome_as(py, object(handle).repr(vm(py)))
    }

    fn object_str<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        own_outcome_as(py, object(handle).str(vm(py)))
    }

    fn object_hash<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, isize> {
        // Hashes have 64 bits on every target. A 32-bit `isize` keeps the lower half, like CPython on such targets.
        outcome(py, object(handle).hash(vm(py)).map(|hash| hash as isize))
    }

    fn object_is_truthy<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, bool> {
        outcome(py, object(handle).try_to_bool(vm(py)))
    }

    fn object_dir<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::List>> {
        let vm = vm(py);
        own_outcome_as(py, object(handle).to_owned().dir(vm).map(|names| names.into_ref(&vm.ctx)))
    }

    fn object_compare<'py>(
        py: At<'py>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        op: CompareOp,
    ) -> Outcome<'py, Self, Any<'py>> {
        let (left, right) = (object(left).to_owned(), object(right).to_owned());
        own_outcome(py, left.rich_compare(right, comparison(op), vm(py)))
    }

    #[inline]
    fn object_compare_bool<'py>(
        py: At<'py>,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
        op: CompareOp,
    ) -> Outcome<'py, Self, bool> {
        let (left, right, op, vm) = (object(left), object(right), comparison(op), vm(py));
        // `rich_compare_bool` answers these from the identity, but the operators do not: a NaN is not equal to itself.
        if left.is(right) && matches!(op, PyComparisonOp::Eq | PyComparisonOp::Ne) {
            let answer = left.to_owned().rich_compare(right.to_owned(), op, vm);
            return outcome(py, answer.and_then(|answer| answer.try_to_bool(vm)));
        }
        outcome(py, left.rich_compare_bool(right, op, vm))
    }

    fn object_unary<'py>(py: At<'py>, op: UnaryOp, operand: Ref<'_, Self>) -> Outcome<'py, Self, Any<'py>> {
        let (vm, operand) = (vm(py), object(operand));
        own_outcome(
            py,
            match op {
                UnaryOp::Negative => vm._neg(operand),
                UnaryOp::Positive => vm._pos(operand),
                UnaryOp::Absolute => vm._abs(operand),
                UnaryOp::Invert => vm._invert(operand),
            },
        )
    }

    fn object_binary<'py>(
        py: At<'py>,
        op: BinaryOp,
        left: Ref<'_, Self>,
        right: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Any<'py>> {
        let (vm, left, right) = (vm(py), object(left), object(right));
        own_outcome(
            py,
            match op {
                BinaryOp::Add => vm._add(left, right),
                BinaryOp::Subtract => vm._sub(left, right),
                BinaryOp::Multiply => vm._mul(left, right),
                BinaryOp::MatrixMultiply => vm._matmul(left, right),
                BinaryOp::TrueDivide => vm._truediv(left, right),
                BinaryOp::FloorDivide => vm._floordiv(left, right),
                BinaryOp::Remainder => vm._mod(left, right),
                BinaryOp::DivMod => vm._divmod(left, right),
                BinaryOp::LeftShift => vm._lshift(left, right),
                BinaryOp::RightShift => vm._rshift(left, right),
                BinaryOp::And => vm._and(left, right),
                BinaryOp::Or => vm._or(left, right),
                BinaryOp::Xor => vm._xor(left, right),
            },
        )
    }

    fn object_power<'py>(
        py: At<'py>,
        base: Ref<'_, Self>,
        exponent: Ref<'_, Self>,
        modulus: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Any<'py>> {
        own_outcome(py, vm(py)._pow(object(base), object(exponent), object(modulus)))
    }

    fn object_iter<'py>(py: At<'py>, handle: Ref<'_, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Iterator>> {
        let iterator = own_outcome(py, object(handle).get_iter(vm(py)).map(PyObjectRef::from))?;
        // SAFETY: `get_iter` returns only iterators.
        Ok(unsafe { iterator.assume_kind() })
    }

    fn iter_next<'py>(py: At<'py>, iterator: Ref<'_, Self>) -> Outcome<'py, Self, Option<Any<'py>>> {
        match PyIter::new(object(iterator)).next(vm(py)) {
            Ok(PyIterReturn::Return(item)) => Ok(Some(own(py, item))),
            Ok(PyIterReturn::StopIteration(_)) => Ok(None),
            Err(exception) => outcome(py, Err(exception)),
        }
    }

    #[inline]
    fn object_is_iterator(_py: At<'_>, handle: Ref<'_, Self>) -> bool {
        PyIter::check(object(handle))
    }

    #[inline]
    fn object_is_callable(_py: At<'_>, handle: Ref<'_, Self>) -> bool {
        object(handle).is_callable()
    }

    fn object_length_hint<'py>(py: At<'py>, handle: Ref<'_, Self>, default: usize) -> Outcome<'py, Self, usize> {
        outcome(py, as_object_ref(&handle).clone().length_hint(default, vm(py)))
    }

    #[inline(always)]
    fn constant<'py>(_py: At<'py>, which: Constant) -> Ref<'py, Self> {
        let ctx = Context::genesis();
        lend(match which {
            Constant::None => ctx.none.as_object(),
            Constant::NotImplemented => ctx.not_implemented.as_object(),
            Constant::Ellipsis => ctx.ellipsis.as_object(),
            Constant::True => ctx.true_value.as_object(),
            Constant::False => ctx.false_value.as_object(),
        })
    }
}

/// Converts a comparison to the VM's type.
#[inline]
fn comparison(op: CompareOp) -> PyComparisonOp {
    match op {
        CompareOp::Lt => PyComparisonOp::Lt,
        CompareOp::Le => PyComparisonOp::Le,
        CompareOp::Eq => PyComparisonOp::Eq,
        CompareOp::Ne => PyComparisonOp::Ne,
        CompareOp::Gt => PyComparisonOp::Gt,
        CompareOp::Ge => PyComparisonOp::Ge,
    }
}

/// Converts a comparison from the VM's type.
#[inline]
pub(crate) fn compare_op(op: PyComparisonOp) -> CompareOp {
    match op {
        PyComparisonOp::Lt => CompareOp::Lt,
        PyComparisonOp::Le => CompareOp::Le,
        PyComparisonOp::Eq => CompareOp::Eq,
        PyComparisonOp::Ne => CompareOp::Ne,
        PyComparisonOp::Gt => CompareOp::Gt,
        PyComparisonOp::Ge => CompareOp::Ge,
    }
}
