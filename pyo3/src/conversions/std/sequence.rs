//! What counts as a sequence when a `Vec` or an array is extracted.

use pyo3_backend::{BuiltinType, TypeOps};

use crate::backend::Active;
use crate::err::CastError;
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
