//! Conversions between Rust and Python values.

use core::convert::Infallible;

use crate::err::{CastError, PyErr, PyResult};
use crate::types::{PyAny, PyList};
use crate::{Borrowed, Bound, BoundObject, Py, PyTypeCheck, Python};

/// From Rust to Python.
///
/// `#[derive(IntoPyObject)]` writes it for structs and enums. For `&T`, `#[derive(IntoPyObjectRef)]`.
///
/// ```
/// # use pyo3::prelude::*;
/// # use pyo3::types::PyString;
/// # Python::initialize();
/// Python::attach(|py| {
///     let text: Bound<'_, PyString> = "text".into_pyobject(py).unwrap();
///     assert_eq!(text, "text");
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be converted to a Python object",
    note = "`#[pyclass]` makes a type a Python class, and `#[derive(IntoPyObject)]` converts it to what there is already",
    note = "a type of another crate can be converted by hand, to one of `pyo3::types`"
)]
pub trait IntoPyObject<'py>: Sized {
    /// The Python type that comes out.
    type Target;

    /// The smart pointer that comes out: [`Bound`], or [`Borrowed`] where nothing is made anew.
    type Output: BoundObject<'py, Self::Target>;

    /// What goes wrong. [`Infallible`] where nothing can.
    type Error: Into<PyErr>;

    /// Converts.
    ///
    /// # Errors
    ///
    /// Where the value has no counterpart in Python.
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error>;

    /// A sequence of these: a `list`, unless the type knows better (`u8`: `bytes`).
    #[doc(hidden)]
    fn owned_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> Result<Bound<'py, PyAny>, PyErr>
    where
        I: IntoIterator<Item = Self> + AsRef<[Self]>,
        I::IntoIter: ExactSizeIterator<Item = Self>,
    {
        let items = iter.into_iter().map(|item| crate::types::list::item_into_owned(item, py));
        PyList::from_results(py, items).map(Bound::into_any)
    }

    /// As above, from references.
    #[doc(hidden)]
    fn borrowed_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> Result<Bound<'py, PyAny>, PyErr>
    where
        Self: private::Reference,
        I: IntoIterator<Item = Self> + AsRef<[<Self as private::Reference>::BaseType]>,
        I::IntoIter: ExactSizeIterator<Item = Self>,
    {
        let items = iter.into_iter().map(|item| crate::types::list::item_into_owned(item, py));
        PyList::from_results(py, items).map(Bound::into_any)
    }
}

pub(crate) mod private {
    /// `&T`, as a type with a `T` in it.
    pub trait Reference {
        /// `T`.
        type BaseType;
    }

    impl<T> Reference for &'_ T {
        type BaseType = T;
    }
}

impl<'py, T> IntoPyObject<'py> for Bound<'py, T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self)
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &'a Bound<'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Bound::as_borrowed(self))
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for Borrowed<'a, 'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self)
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &Borrowed<'a, 'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(*self)
    }
}

impl<'py, T> IntoPyObject<'py> for Py<T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = Infallible;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Py::into_bound(self, py))
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &'a Py<T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Py::bind_borrowed(self, py))
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &&'a T
where
    &'a T: IntoPyObject<'py>,
{
    type Target = <&'a T as IntoPyObject<'py>>::Target;
    type Output = <&'a T as IntoPyObject<'py>>::Output;
    type Error = <&'a T as IntoPyObject<'py>>::Error;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        (*self).into_pyobject(py)
    }
}

mod into_pyobject_ext {
    pub trait Sealed {}
    impl<'py, T: super::IntoPyObject<'py>> Sealed for T {}
}

/// Shorthands over [`IntoPyObject`] that forget types.
pub trait IntoPyObjectExt<'py>: IntoPyObject<'py> + into_pyobject_ext::Sealed {
    /// Converts to an owned object of no particular type.
    ///
    /// # Errors
    ///
    /// As [`IntoPyObject::into_pyobject`].
    #[inline]
    fn into_bound_py_any(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.into_pyobject(py) {
            Ok(object) => Ok(object.into_any().into_bound()),
            Err(error) => Err(error.into()),
        }
    }

    /// Converts to an object that may be kept anywhere.
    ///
    /// # Errors
    ///
    /// As [`IntoPyObject::into_pyobject`].
    #[inline]
    fn into_py_any(self, py: Python<'py>) -> PyResult<Py<PyAny>> {
        self.into_bound_py_any(py).map(Bound::unbind)
    }

    /// Converts, with the error as a [`PyErr`].
    ///
    /// # Errors
    ///
    /// As [`IntoPyObject::into_pyobject`].
    #[inline]
    fn into_pyobject_or_pyerr(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.into_pyobject(py).map_err(Into::into)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObjectExt<'py> for T {}

/// From Python to Rust.
///
/// `'a` is how long the object lives, so that `&'a str` can borrow from it. `#[derive(FromPyObject)]` writes it for
/// structs and enums.
///
/// ```
/// # use pyo3::prelude::*;
/// # use pyo3::types::PyInt;
/// # Python::initialize();
/// Python::attach(|py| {
///     let number = PyInt::new(py, 3);
///     assert_eq!(number.extract::<u8>().unwrap(), 3);
///     assert!(number.extract::<String>().is_err());
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be extracted from a Python object",
    note = "if you do not own `{Self}` you can perform a manual conversion from one of the types in `pyo3::types::*`"
)]
pub trait FromPyObject<'a, 'py>: Sized {
    /// What goes wrong.
    type Error: Into<PyErr>;

    /// Converts.
    ///
    /// # Errors
    ///
    /// `TypeError` where the object is of another type; `OverflowError`, `ValueError` where its value does not fit.
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error>;

    /// A whole sequence at once, where the type knows a faster way (`u8` from `bytes`).
    #[doc(hidden)]
    #[inline]
    fn sequence_extractor(_obj: Borrowed<'_, 'py, PyAny>) -> Option<Vec<Self>> {
        None
    }

    /// For types that are time zones: the one to take for a `datetime` that has none.
    #[doc(hidden)]
    #[inline]
    fn assumed_time_zone() -> Option<Self> {
        None
    }
}

/// Types that borrow nothing from the Python object they come from: as a bound, what `DeserializeOwned` is to serde.
pub trait FromPyObjectOwned<'py>: for<'a> FromPyObject<'a, 'py> {}

impl<'py, T> FromPyObjectOwned<'py> for T where T: for<'a> FromPyObject<'a, 'py> {}

impl<'a, 'py, T: PyTypeCheck> FromPyObject<'a, 'py> for Borrowed<'a, 'py, T> {
    type Error = CastError<'a, 'py>;

    #[inline]
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        obj.cast()
    }
}
