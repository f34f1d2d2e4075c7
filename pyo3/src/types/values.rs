//! Conversion of Rust values to Python: arguments of operations, and items of containers.

use crate::backend::{Outcome, Owned, Ref};
use crate::conversion::{IntoPyObject, IntoPyObjectExt};
use crate::err::ResultExt;
use crate::types::PyString;
use crate::{BoundObject, PyResult, Python};

/// Converts an argument and passes its handle to an operation.
#[inline]
pub(super) fn with<'py, V, R>(
    py: Python<'py>,
    value: V,
    operation: impl FnOnce(Ref<'_>) -> Outcome<'py, R>,
) -> PyResult<R>
where
    V: IntoPyObject<'py>,
{
    let value = value.into_pyobject_or_pyerr(py)?.into_any();
    operation(value.as_borrowed().any_handle()).or_raise(py)
}

/// Converts the name of an attribute and passes its handle to an operation.
#[inline]
pub(super) fn with_name<'py, N, R>(
    py: Python<'py>,
    name: N,
    operation: impl FnOnce(Ref<'_, pyo3_backend::kind::Str>) -> Outcome<'py, R>,
) -> PyResult<R>
where
    N: IntoPyObject<'py, Target = PyString>,
{
    let name = name.into_pyobject_or_pyerr(py)?;
    operation(name.as_borrowed().handle()).or_raise(py)
}

/// Converts an item for a container to an owned reference.
#[inline]
pub(crate) fn item_into_owned<'py, T: IntoPyObject<'py>>(item: T, py: Python<'py>) -> PyResult<Owned<'py>> {
    match item.into_pyobject(py) {
        Ok(object) => Ok(object.into_bound().into_owned()),
        Err(error) => Err(error.into()),
    }
}

/// An iterator for an operation that takes a promised number of items.
///
/// It calls `too_short`, which panics, if the inner iterator yields fewer.
pub(crate) struct Promised<'a, I, F> {
    items: &'a mut I,
    too_short: F,
}

impl<'a, I: Iterator, F: Fn()> Promised<'a, I, F> {
    /// Wraps an iterator that promises `length` items.
    ///
    /// # Panics
    ///
    /// Panics if `length` exceeds `isize::MAX`: no Python container can hold so many items.
    #[inline]
    #[track_caller]
    pub(crate) fn new(items: &'a mut I, length: usize, too_short: F) -> Self {
        assert!(isize::try_from(length).is_ok(), "out of range integral type conversion attempted on `elements.len()`");
        Promised { items, too_short }
    }
}

impl<I: Iterator, F: Fn()> Iterator for Promised<'_, I, F> {
    type Item = I::Item;

    #[inline]
    fn next(&mut self) -> Option<I::Item> {
        let item = self.items.next();
        if item.is_none() {
            (self.too_short)();
        }
        item
    }
}
