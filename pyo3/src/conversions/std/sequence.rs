//! The objects that `Vec`, arrays and similar types accept as a sequence.

use pyo3_backend::{BuiltinType, ListOps, SequenceOps, TupleOps, TypeOps};

use crate::backend::Active;
use crate::conversion::FromPyObjectOwned;
use crate::conversion::private::Token;
use crate::err::CastError;
use crate::exceptions::PyTypeError;
use crate::types::{PyAny, PyAnyMethods, PyList, PySequence, PyTuple};
use crate::{Borrowed, Bound, PyErr, PyResult, PyTypeInfo};

/// Checks that an object is a sequence.
///
/// A sequence has items by position: its type has `__getitem__`, and it is not a mapping. This asks for less than
/// `collections.abc.Sequence`, where the array types of other libraries are not registered. If the object does not work
/// as a sequence, reading its first item fails.
///
/// # Errors
///
/// `TypeError: 'x' object is not an instance of 'Sequence'`.
#[inline]
pub(super) fn check(object: Borrowed<'_, '_, PyAny>) -> PyResult<()> {
    if Active::sequence_check(object.py().attached(), object.any_handle()) {
        return Ok(());
    }
    Err(CastError::new(object, PySequence::type_object(object.py()).into_any()).into())
}

/// Converts the items of any sequence but `str`, one by one, into a collection that `with_capacity` creates.
///
/// # Errors
///
/// `TypeError` with the text `no_str` for a `str`, the error of [`check`], or that of a conversion.
#[inline]
pub(in crate::conversions) fn collect<'py, T, C>(
    object: Borrowed<'_, 'py, PyAny>,
    no_str: &'static str,
    with_capacity: impl FnOnce(usize) -> C,
    push: impl Fn(&mut C, T),
) -> PyResult<C>
where
    T: FromPyObjectOwned<'py>,
{
    // A `str` is a sequence of its characters, but a conversion of those is hardly ever intended.
    if Active::type_check(object.py().attached(), object.any_handle(), BuiltinType::Str) {
        return Err(is_str(no_str));
    }
    collect_any(object, with_capacity, push)
}

#[cold]
#[inline(never)]
fn is_str(no_str: &'static str) -> PyErr {
    PyTypeError::new_err(no_str)
}

/// The same without the check for `str`. Out of line, so that the check needs no saved registers.
#[inline(never)]
fn collect_any<'py, T, C>(
    object: Borrowed<'_, 'py, PyAny>,
    with_capacity: impl FnOnce(usize) -> C,
    push: impl Fn(&mut C, T),
) -> PyResult<C>
where
    T: FromPyObjectOwned<'py>,
{
    let py = object.py().attached();
    // Lists and tuples without a class of their own need no iterator. A conversion may change a list: like the iterator
    // of lists, this asks for each position whether there is an item.
    if Active::type_check_exact(py, object.any_handle(), BuiltinType::List) {
        let list = object.cast::<PyList>()?;
        let mut items = with_capacity(Active::list_len(py, list.handle()));
        let mut index = T::read_list(list, |item| push(&mut items, item), Token);
        while let Some(item) = Active::list_get(py, list.handle(), index) {
            push(&mut items, Bound::<PyAny>::wrap(item).extract::<T>().map_err(Into::into)?);
            index += 1;
        }
        return Ok(items);
    }
    if Active::type_check_exact(py, object.any_handle(), BuiltinType::Tuple) {
        let tuple = object.cast::<PyTuple>()?;
        let mut items = with_capacity(Active::tuple_len(py, tuple.handle()));
        for item in tuple.iter_borrowed() {
            push(&mut items, item.extract::<T>().map_err(Into::into)?);
        }
        return Ok(items);
    }
    check(object)?;
    // The length only saves reallocation, so an exception there is ignored.
    let mut items = with_capacity(object.len().unwrap_or(0));
    for item in object.try_iter()? {
        push(&mut items, item?.extract::<T>().map_err(Into::into)?);
    }
    Ok(items)
}
