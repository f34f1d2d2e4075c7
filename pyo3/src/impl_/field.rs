//! Reading a field of a class: `#[pyo3(get)]`.
//!
//! The field's type decides which conversion is used, by method lookup: a `Py<T>` is shared; a type is converted by
//! reference if its reference can be converted; any other type is cloned first.

use core::marker::PhantomData;

use crate::conversion::{IntoPyObject, IntoPyObjectExt};
use crate::{Bound, Py, PyAny, PyResult, Python};

/// Stands for the type of a field.
pub struct Field<T>(PhantomData<fn() -> T>);

/// Returns the probe for the type of `field`.
#[inline]
pub fn of<T>(_field: &T) -> Field<T> {
    Field(PhantomData)
}

impl<U> Field<Py<U>> {
    /// Returns another reference to the object.
    #[inline]
    pub fn get<'py>(self, py: Python<'py>, field: &Py<U>) -> PyResult<Bound<'py, PyAny>> {
        Ok(field.bind(py).clone().into_any())
    }
}

/// Conversion of a field by reference.
pub trait Referenced<T> {
    /// Converts the field to an object.
    ///
    /// # Errors
    ///
    /// What the conversion raises.
    fn get<'py>(self, py: Python<'py>, field: &T) -> PyResult<Bound<'py, PyAny>>;
}

impl<T> Referenced<T> for Field<T>
where
    for<'f, 'py> &'f T: IntoPyObject<'py>,
{
    #[inline]
    fn get<'py>(self, py: Python<'py>, field: &T) -> PyResult<Bound<'py, PyAny>> {
        field.into_bound_py_any(py)
    }
}

/// Conversion of a clone of a field.
pub trait Cloned<T> {
    /// Converts the field to an object.
    ///
    /// # Errors
    ///
    /// What the conversion raises.
    fn get<'py>(self, py: Python<'py>, field: &T) -> PyResult<Bound<'py, PyAny>>
    where
        T: Readable<'py>;
}

impl<T> Cloned<T> for &Field<T> {
    #[inline]
    fn get<'py>(self, py: Python<'py>, field: &T) -> PyResult<Bound<'py, PyAny>>
    where
        T: Readable<'py>,
    {
        field.clone().into_bound_py_any(py)
    }
}

/// A type of field that is cloned and converted when read.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be read from Python",
    label = "this does not convert to a Python object",
    note = "for `get`, a `#[pyclass]` needs `#[derive(Clone)]`; to share one instance, keep a `Py<T>`",
    note = "other types need `#[derive(IntoPyObject)]` and `#[derive(Clone)]`, or `#[derive(IntoPyObjectRef)]`"
)]
pub trait Readable<'py>: Clone + IntoPyObject<'py> {}

#[diagnostic::do_not_recommend]
impl<'py, T: Clone + IntoPyObject<'py>> Readable<'py> for T {}
