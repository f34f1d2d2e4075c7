//! What counts as a sequence when a `Vec`, an array or the like is extracted.

use pyo3_backend::{BuiltinType, SequenceOps, TypeOps};

use crate::backend::Active;
use crate::conversion::FromPyObjectOwned;
use crate::err::CastError;
use crate::exceptions::PyTypeError;
use crate::types::{PyAny, PyAnyMethods, PySequence};
use crate::{Borrowed, PyResult, PyTypeInfo};

/// Refuses what is no sequence.
///
/// A sequence is what has items by position: its type has `__getitem__` and it is no mapping. That is less than
/// `collections.abc.Sequence` asks, which arrays of foreign libraries do not register with; what then does not behave
/// fails on its first item.
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

/// Converts the items of any sequence but `str`, one by one, into a collection that `with_capacity` makes.
///
/// # Errors
///
/// `TypeError` with the text `no_str` for a `str`, those of [`check`], and what a conversion says.
pub(in crate::conversions) fn collect<'py, T, C>(
    object: Borrowed<'_, 'py, PyAny>,
    no_str: &'static str,
    with_capacity: impl FnOnce(usize) -> C,
    push: impl Fn(&mut C, T),
) -> PyResult<C>
where
    T: FromPyObjectOwned<'py>,
{
    // A sequence of its characters, which hardly ever is what somebody meant.
    if Active::type_check(object.py().attached(), object.any_handle(), BuiltinType::Str) {
        return Err(PyTypeError::new_err(no_str));
    }
    check(object)?;
    // The length is a guess that saves growing; without one, iteration says what is wrong.
    let mut items = with_capacity(object.len().unwrap_or(0));
    for item in object.try_iter()? {
        push(&mut items, item?.extract::<T>().map_err(Into::into)?);
    }
    Ok(items)
}
