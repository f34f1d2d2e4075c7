//! Reading a field of a class: `#[pyo3(get)]`.
//!
//! Which conversion is used depends on the field's type, and is decided by method lookup: `Py<T>` is shared, a type whose
//! reference converts is converted by reference, and any other is cloned first.

use core::marker::PhantomData;

use crate::conversion::{IntoPyObject, IntoPyObjectExt};
use crate::{Py, PyAny, PyResult, Python};

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
    pub fn get(self, py: Python<'_>, field: &Py<U>) -> PyResult<Py<PyAny>> {
        Ok(field.clone_ref(py).into_any())
    }
}

/// Conversion of a reference.
pub trait Referenced<T> {
    /// The field as an object.
    ///
    /// # Errors
    ///
    /// As its conversion.
    fn get(self, py: Python<'_>, field: &T) -> PyResult<Py<PyAny>>;
}

impl<T> Referenced<T> for Field<T>
where
    for<'f, 'py> &'f T: IntoPyObject<'py>,
{
    #[inline]
    fn get(self, py: Python<'_>, field: &T) -> PyResult<Py<PyAny>> {
        field.into_py_any(py)
    }
}

/// Conversion of a clone.
pub trait Cloned<T> {
    /// The field as an object.
    ///
    /// # Errors
    ///
    /// As its conversion.
    fn get(self, py: Python<'_>, field: &T) -> PyResult<Py<PyAny>>;
}

impl<T> Cloned<T> for &Field<T>
where
    T: Clone + for<'py> IntoPyObject<'py>,
{
    #[inline]
    fn get(self, py: Python<'_>, field: &T) -> PyResult<Py<PyAny>> {
        field.clone().into_py_any(py)
    }
}
