//! Reading a field of a class: `#[pyo3(get)]`.
//!
//! Which conversion is used depends on the field's type, and is decided by method lookup: `Py<T>` is shared, a type whose
//! reference converts is converted by reference, and any other is cloned first.

use core::marker::PhantomData;

use crate::conversion::{IntoPyObject, IntoPyObjectExt};
use crate::{Bound, Py, PyAny, PyResult, Python};

/// Stands for the type of a field.
pub struct Field<T>(PhantomData<fn() -> T>);

/// The type of this field.
#[inline]
pub fn of<T>(_field: &T) -> Field<T> {
    Field(PhantomData)
}

impl<U> Field<Py<U>> {
    /// Another reference to the object.
    ///
    /// # Errors
    ///
    /// None.
    #[inline]
    pub fn get<'py>(self, py: Python<'py>, field: &Py<U>) -> PyResult<Bound<'py, PyAny>> {
        Ok(field.bind(py).clone().into_any())
    }
}

/// Conversion of a reference.
pub trait Referenced<T> {
    /// The field as an object.
    ///
    /// # Errors
    ///
    /// As its conversion.
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

/// Conversion of a clone.
pub trait Cloned<T> {
    /// The field as an object.
    ///
    /// # Errors
    ///
    /// As its conversion.
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

/// Types of fields that are cloned and converted when they are read.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot be read from Python",
    label = "this does not convert to a Python object",
    note = "for `get`, a `#[pyclass]` needs `#[derive(Clone)]`; to share one instance, keep a `Py<T>`",
    note = "other types need `#[derive(IntoPyObject)]` and `#[derive(Clone)]`, or `#[derive(IntoPyObjectRef)]`"
)]
pub trait Readable<'py>: Clone + IntoPyObject<'py> {}

#[diagnostic::do_not_recommend]
impl<'py, T: Clone + IntoPyObject<'py>> Readable<'py> for T {}
