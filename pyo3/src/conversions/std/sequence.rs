//! What counts as a sequence when a `Vec`, an array or the like is extracted.

use pyo3_backend::{BuiltinType, TypeOps};

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
pub(super) fn check(object: Borrowed<'_, '_, PyAny>) -> PyResult<()> {
    let py = object.py();
    let is = |which| Active::is_builtin(py.attached(), object.any_handle(), which);
    if is(BuiltinType::List) || is(BuiltinType::Tuple) {
        return Ok(());
    }
    let is_mapping = is(BuiltinType::Dict) || is(BuiltinType::MappingProxy);
    if !is_mapping && object.get_type().into_any().hasattr(crate::intern!(py, "__getitem__"))? {
        return Ok(());
    }
    Err(CastError::new(object, PySequence::type_object(py).into_any()).into())
}

/// Converts the items of any sequence but `str`, one by one, into a collection that `with_capacity` makes.
///
/// # Errors
///
/// ``TypeError: Can't extract `str` to `name` ``, those of [`check`], and what a conversion says.
pub(in crate::conversions) fn collect<'py, T, C>(
    object: Borrowed<'_, 'py, PyAny>,
    name: &str,
    with_capacity: impl FnOnce(usize) -> C,
    push: impl Fn(&mut C, T),
) -> PyResult<C>
where
    T: FromPyObjectOwned<'py>,
{
    // A sequence of its characters, which hardly ever is what somebody meant.
    if Active::is_builtin(object.py().attached(), object.any_handle(), BuiltinType::Str) {
        return Err(PyTypeError::new_err(format!("Can't extract `str` to `{name}`")));
    }
    check(object)?;
    // The length is a guess that saves growing; without one, iteration says what is wrong.
    let mut items = with_capacity(object.len().unwrap_or(0));
    for item in object.try_iter()? {
        push(&mut items, item?.extract::<T>().map_err(Into::into)?);
    }
    Ok(items)
}
