//! Protocols: operators with their reflected methods, and defaults for what a class leaves out.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use pyo3_backend::ProtocolOps;
pub use pyo3_backend::{BinarySlot, RepeatSlot, SetSlot, TernarySlot, UnarySlot};

use super::output::{Applied, not_implemented};
use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
use crate::err::ResultExt;
use crate::exceptions::{PyAttributeError, PyNotImplementedError, PyValueError};
use crate::pyclass::{CompareOp, PyClass, PyClassGuard};
use crate::types::{PyAnyMethods, PyInt, PyNone, PyNotImplemented};
use crate::{Borrowed, Bound, PyAny, PyResult, Python};

type Object<'a, 'py> = Borrowed<'a, 'py, PyAny>;

#[inline]
fn is_not_implemented(object: &Bound<'_, PyAny>) -> bool {
    object.is(PyNotImplemented::get(object.py()))
}

fn is_a<T: PyClass>(object: Object<'_, '_>) -> bool {
    T::is_type_of(&object)
}

/// Computes `left op right`, where either may be an instance of `T`: tries the operator of the left operand, then the
/// reflected one of the right.
///
/// # Errors
///
/// What the operator raises.
#[inline]
pub fn operator<'a, 'py, T: PyClass>(
    py: Python<'py>,
    left: Object<'a, 'py>,
    right: Object<'a, 'py>,
    forward: impl FnOnce(Python<'py>, Object<'a, 'py>, Object<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
    reflected: impl FnOnce(Python<'py>, Object<'a, 'py>, Object<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if is_a::<T>(left) {
        let answer = forward(py, left, right);
        if !answer.as_ref().is_ok_and(is_not_implemented) {
            return answer;
        }
    }
    if is_a::<T>(right) { reflected(py, right, left) } else { not_implemented(py) }
}

/// Stands for an operator that the class does not have.
#[inline]
pub fn absent<'py>(
    py: Python<'py>,
    _receiver: Object<'_, 'py>,
    _other: Object<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    not_implemented(py)
}

/// Computes `pow(left, right, modulus)`, as [`operator`] does.
///
/// # Errors
///
/// What the operator raises.
#[inline]
pub fn power<'a, 'py, T: PyClass>(
    py: Python<'py>,
    left: Object<'a, 'py>,
    right: Object<'a, 'py>,
    modulus: Object<'a, 'py>,
    forward: impl FnOnce(Python<'py>, Object<'a, 'py>, Object<'a, 'py>, Object<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
    reflected: impl FnOnce(Python<'py>, Object<'a, 'py>, Object<'a, 'py>, Object<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    operator::<T>(
        py,
        left,
        right,
        |py, left, right| forward(py, left, right, modulus),
        |py, right, left| reflected(py, right, left, modulus),
    )
}

/// Stands for a power operator that the class does not have.
#[inline]
pub fn absent_power<'py>(
    py: Python<'py>,
    _receiver: Object<'_, 'py>,
    _other: Object<'_, 'py>,
    _modulus: Object<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    not_implemented(py)
}

/// Returns the result of an in-place operator: the receiver, if the operator was applied.
///
/// # Errors
///
/// What the operator raised.
#[inline]
pub fn in_place<'py>(
    py: Python<'py>,
    receiver: Object<'_, 'py>,
    applied: PyResult<Applied>,
) -> PyResult<Bound<'py, PyAny>> {
    match applied? {
        Applied::Done => Ok(receiver.to_owned()),
        Applied::Refused => not_implemented(py),
    }
}

/// Returns the result of `__inplace_concat__` or `__inplace_repeat__`: what the function returned, or the receiver if
/// that is `None`.
///
/// # Errors
///
/// What the function raised.
#[inline]
pub fn sequence_in_place<'py>(
    _py: Python<'py>,
    receiver: Object<'_, 'py>,
    result: PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    result.map(|object| if object.is_none() { receiver.to_owned() } else { object })
}

/// Converts the count of `__repeat__` to the integer type that the function takes.
///
/// # Errors
///
/// `ValueError` if it does not fit.
#[inline]
pub fn count<T: TryFrom<isize, Error: core::fmt::Display>>(count: isize) -> PyResult<T> {
    T::try_from(count).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Computes `!=` from the result of `==`.
///
/// # Errors
///
/// What the comparison raised, or what computing the truth value of its result raises.
pub fn negated<'py>(py: Python<'py>, equal: PyResult<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    let equal = equal?;
    if is_not_implemented(&equal) {
        return Ok(equal);
    }
    (!equal.is_truthy()?).into_bound_py_any(py)
}

/// Returns `None` in place of an argument that was not given.
#[inline]
pub fn or_none<'a, 'py: 'a>(py: Python<'py>, object: Option<Object<'a, 'py>>) -> Object<'a, 'py> {
    object.unwrap_or_else(|| PyNone::get(py).to_any())
}

/// Returns what `object.__getattribute__` returns.
///
/// # Errors
///
/// `AttributeError`, or what a descriptor raises.
pub fn generic_get_attribute<'py>(
    py: Python<'py>,
    receiver: Object<'_, 'py>,
    name: Object<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let found = Active::slot_generic_get_attribute(py.attached(), receiver.any_handle(), name.any_handle());
    found.or_raise(py).map(Bound::wrap)
}

/// Looks up an attribute with `always`, and then with `missing` (`__getattr__`) if the first raises `AttributeError`.
///
/// # Errors
///
/// What `missing` raises, and what `always` raises except `AttributeError`.
pub fn get_attribute<'a, 'py>(
    py: Python<'py>,
    receiver: Object<'a, 'py>,
    name: Object<'a, 'py>,
    always: impl FnOnce(Python<'py>, Object<'a, 'py>, Object<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
    missing: impl FnOnce(Python<'py>, Object<'a, 'py>, Object<'a, 'py>) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    match always(py, receiver, name) {
        Err(error) if error.is_instance_of::<PyAttributeError>(py) => missing(py, receiver, name),
        answer => answer,
    }
}

/// Stands for the `__getattr__` of a class that only has `__getattribute__`.
///
/// # Errors
///
/// Always returns `AttributeError` with the name.
#[cold]
pub fn no_attribute<'py>(
    _py: Python<'py>,
    _receiver: Object<'_, 'py>,
    name: Object<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    Err(PyAttributeError::new_err((name.to_owned().unbind(),)))
}

macro_rules! refusals {
    ($($store:ident $delete:ident: $error:ident, $what:literal;)*) => {
        $(
            #[doc = concat!("A ", $what, " that cannot be set.")]
            ///
            /// # Errors
            ///
            /// Always.
            #[cold]
            pub fn $store<'py>(_py: Python<'py>, _receiver: Object<'_, 'py>, _key: Object<'_, 'py>, _value: Object<'_, 'py>) -> PyResult<()> {
                Err($error::new_err(concat!("can't set ", $what)))
            }

            #[doc = concat!("A ", $what, " that cannot be deleted.")]
            ///
            /// # Errors
            ///
            /// Always.
            #[cold]
            pub fn $delete<'py>(_py: Python<'py>, _receiver: Object<'_, 'py>, _key: Object<'_, 'py>) -> PyResult<()> {
                Err($error::new_err(concat!("can't delete ", $what)))
            }
        )*
    };
}

refusals! {
    no_store_item no_delete_item: PyNotImplementedError, "item";
    no_store_attribute no_delete_attribute: PyAttributeError, "attribute";
    no_store_descriptor no_delete_descriptor: PyNotImplementedError, "descriptor";
}

/// Refuses to set a property.
///
/// # Errors
///
/// Always.
#[cold]
pub fn no_setter<'py>(_py: Python<'py>, _receiver: Object<'_, 'py>, _value: Object<'_, 'py>) -> PyResult<()> {
    Err(PyAttributeError::new_err("property has no setter"))
}

/// Refuses to delete a property.
///
/// # Errors
///
/// Always.
#[cold]
pub fn no_deleter<'py>(_py: Python<'py>, _receiver: Object<'_, 'py>) -> PyResult<()> {
    Err(PyAttributeError::new_err("property has no deleter"))
}

/// Borrows both operands. Returns `None` if `other` is of another class.
#[inline]
fn both<'a, 'py, T: PyClass>(
    receiver: Object<'a, 'py>,
    other: Object<'a, 'py>,
) -> PyResult<Option<(PyClassGuard<'a, T>, PyClassGuard<'a, T>)>> {
    let Ok(other) = other.cast::<T>() else { return Ok(None) };
    Ok(Some((PyClassGuard::try_borrow_borrowed(receiver.cast()?)?, PyClassGuard::try_borrow_borrowed(other)?)))
}

/// Compares for equality: `#[pyclass(eq)]`.
///
/// # Errors
///
/// If an operand is mutably borrowed.
pub fn equal<'a, 'py, T: PyClass + PartialEq>(
    py: Python<'py>,
    receiver: Object<'a, 'py>,
    other: Object<'a, 'py>,
    op: CompareOp,
) -> PyResult<Bound<'py, PyAny>> {
    let Some((receiver, other)) = both::<T>(receiver, other)? else { return not_implemented(py) };
    match op {
        CompareOp::Eq => (*receiver == *other).into_bound_py_any(py),
        CompareOp::Ne => (*receiver != *other).into_bound_py_any(py),
        _ => not_implemented(py),
    }
}

/// Compares for equality and order: `#[pyclass(eq, ord)]`.
///
/// # Errors
///
/// If an operand is mutably borrowed.
pub fn ordered<'a, 'py, T: PyClass + PartialOrd>(
    py: Python<'py>,
    receiver: Object<'a, 'py>,
    other: Object<'a, 'py>,
    op: CompareOp,
) -> PyResult<Bound<'py, PyAny>> {
    let Some((receiver, other)) = both::<T>(receiver, other)? else { return not_implemented(py) };
    let answer = match op {
        CompareOp::Lt => *receiver < *other,
        CompareOp::Le => *receiver <= *other,
        CompareOp::Eq => *receiver == *other,
        CompareOp::Ne => *receiver != *other,
        CompareOp::Gt => *receiver > *other,
        CompareOp::Ge => *receiver >= *other,
    };
    answer.into_bound_py_any(py)
}

/// Compares as integers if `other` is one, or if comparing as instances (`first`) is not implemented:
/// `#[pyclass(eq_int)]`.
///
/// # Errors
///
/// If an operand is mutably borrowed.
#[inline]
pub fn or_integer<'a, 'py, T: PyClass, I>(
    py: Python<'py>,
    receiver: Object<'a, 'py>,
    other: Object<'a, 'py>,
    op: CompareOp,
    integer: fn(&T) -> I,
    first: impl FnOnce() -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>>
where
    I: for<'o> FromPyObject<'o, 'py> + PartialEq,
{
    let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    let answer = |equal| (equal == matches!(op, CompareOp::Eq)).into_bound_py_any(py);
    if equality && other.is_instance_of::<PyInt>() {
        let own = integer(&*PyClassGuard::<T>::try_borrow_borrowed(receiver.cast()?)?);
        // An integer that does not fit into `I` is not equal.
        return answer(other.extract::<I>().is_ok_and(|other| own == other));
    }
    let first = first()?;
    if !equality || !is_not_implemented(&first) {
        return Ok(first);
    }
    match both::<T>(receiver, other)? {
        Some((receiver, other)) => answer(integer(&receiver) == integer(&other)),
        None => Ok(first),
    }
}

/// Computes the hash: `#[pyclass(hash)]`.
///
/// # Errors
///
/// If the instance is mutably borrowed.
pub fn hash<T: PyClass + core::hash::Hash>(receiver: Object<'_, '_>) -> PyResult<isize> {
    let mut hasher = DefaultHasher::new();
    PyClassGuard::<T>::try_borrow_borrowed(receiver.cast()?)?.hash(&mut hasher);
    Ok(super::output::Hash::into_hash(hasher.finish()))
}

/// Returns a text computed from an instance.
///
/// # Errors
///
/// If the instance is mutably borrowed.
pub fn text<'py, T: PyClass, S: AsRef<str>>(
    py: Python<'py>,
    receiver: Object<'_, 'py>,
    text: impl FnOnce(&T) -> S,
) -> PyResult<Bound<'py, PyAny>> {
    let guard = PyClassGuard::<T>::try_borrow_borrowed(receiver.cast()?)?;
    text(&guard).as_ref().into_bound_py_any(py)
}

/// Returns an integer computed from an instance.
///
/// # Errors
///
/// If the instance is mutably borrowed.
pub fn integer<'py, T: PyClass, I: IntoPyObject<'py>>(
    py: Python<'py>,
    receiver: Object<'_, 'py>,
    integer: fn(&T) -> I,
) -> PyResult<Bound<'py, PyAny>> {
    let guard = PyClassGuard::<T>::try_borrow_borrowed(receiver.cast()?)?;
    integer(&guard).into_bound_py_any(py)
}
