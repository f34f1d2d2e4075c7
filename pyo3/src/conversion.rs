//! Conversions between Rust and Python values.

use core::convert::Infallible;

use crate::err::{CastError, PyErr, PyResult};
#[cfg(feature = "experimental-inspect")]
use crate::inspect::PyStaticExpr;
use crate::types::{PyAny, PyList};
use crate::{Borrowed, Bound, BoundObject, Py, PyTypeCheck, Python};

/// Conversion from Rust to Python.
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
    label = "this does not convert to a Python object",
    note = "`#[pyclass]` makes a type a Python class; `#[derive(IntoPyObject)]` converts it to a `dict`, a `tuple` or what its field is",
    note = "a reference to a `#[pyclass]` is no object: return a clone or a `Py<T>`; to return the receiver, take and return `PyRef<'_, Self>`",
    note = "a class that extends another class of yours is made with a value for that as well: `Py::new(py, (value, base))`"
)]
pub trait IntoPyObject<'py>: Sized {
    /// The Python type of the result.
    type Target;

    /// The handle of the result: [`Bound`], or [`Borrowed`] if no new object is made.
    type Output: BoundObject<'py, Self::Target>;

    /// The error of the conversion. [`Infallible`] if it cannot fail.
    type Error: Into<PyErr>;

    /// What comes out, as a type hint. Mostly that of [`FromPyObject::INPUT_TYPE`]; another one where more is taken than
    /// given. `_typeshed.Incomplete`, which is as good as `Any`, where an implementation says nothing.
    #[cfg(feature = "experimental-inspect")]
    const OUTPUT_TYPE: PyStaticExpr = crate::type_hints::INCOMPLETE;

    /// The type hint for what the two functions below give.
    #[cfg(feature = "experimental-inspect")]
    #[doc(hidden)]
    const SEQUENCE_OUTPUT_TYPE: PyStaticExpr =
        crate::type_hint_subscript!(<PyList as PyTypeCheck>::TYPE_HINT, Self::OUTPUT_TYPE);

    /// Converts the value.
    ///
    /// # Errors
    ///
    /// If the value has no counterpart in Python.
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error>;

    /// A sequence of these: a `list`, unless the type knows better (`u8`: `bytes`).
    #[doc(hidden)]
    fn owned_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> Result<Bound<'py, PyAny>, PyErr>
    where
        I: IntoIterator<Item = Self> + AsRef<[Self]>,
        I::IntoIter: ExactSizeIterator<Item = Self>,
    {
        let items = iter.into_iter().map(|item| crate::types::values::item_into_owned(item, py));
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
        let items = iter.into_iter().map(|item| crate::types::values::item_into_owned(item, py));
        PyList::from_results(py, items).map(Bound::into_any)
    }
}

pub(crate) mod private {
    /// What methods take that are not for callers outside: nobody else can name it.
    pub struct Token;

    /// `&T`, as a type with a `T` in it.
    pub trait Reference {
        /// `T`.
        type BaseType;
    }

    impl<T> Reference for &'_ T {
        type BaseType = T;
    }
}

impl<'py, T: PyTypeCheck> IntoPyObject<'py> for Bound<'py, T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self)
    }
}

impl<'a, 'py, T: PyTypeCheck> IntoPyObject<'py> for &'a Bound<'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Bound::as_borrowed(self))
    }
}

impl<'a, 'py, T: PyTypeCheck> IntoPyObject<'py> for Borrowed<'a, 'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self)
    }
}

impl<'a, 'py, T: PyTypeCheck> IntoPyObject<'py> for &Borrowed<'a, 'py, T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, _py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(*self)
    }
}

impl<'py, T: PyTypeCheck> IntoPyObject<'py> for Py<T> {
    type Target = T;
    type Output = Bound<'py, T>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Py::into_bound(self, py))
    }
}

impl<'a, 'py, T: PyTypeCheck> IntoPyObject<'py> for &'a Py<T> {
    type Target = T;
    type Output = Borrowed<'a, 'py, T>;
    type Error = Infallible;
    output_type!(type Self::Target);

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
    output_type!(into &'a T);

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

/// Conversion from Python to Rust.
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
    /// The error of the conversion.
    type Error: Into<PyErr>;

    /// What is taken, as a type hint. `_typeshed.Incomplete`, which is as good as `Any`, where an implementation says
    /// nothing.
    #[cfg(feature = "experimental-inspect")]
    const INPUT_TYPE: PyStaticExpr = crate::type_hints::INCOMPLETE;

    /// Converts the value.
    ///
    /// # Errors
    ///
    /// `TypeError` if the object is of another type; `OverflowError`, `ValueError` if its value does not fit.
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error>;

    /// A whole sequence at once, where the type knows a faster way (`u8` from `bytes`).
    #[doc(hidden)]
    #[inline]
    fn sequence_extractor(_obj: Borrowed<'_, 'py, PyAny>) -> Option<Vec<Self>> {
        None
    }

    /// As [`sequence_extractor`](Self::sequence_extractor), for exactly `N` of them. Where there are more or fewer, the error
    /// says how many.
    #[doc(hidden)]
    #[inline]
    fn array_extractor<const N: usize>(_obj: Borrowed<'_, 'py, PyAny>) -> Option<Result<[Self; N], usize>> {
        None
    }

    /// For types that are time zones: the one to take for a `datetime` that has none. For this crate's own use.
    #[inline]
    fn as_local_tz(_: private::Token) -> Option<Self> {
        None
    }
}

/// Types that borrow nothing from the Python object they come from: as a bound, what `DeserializeOwned` is to serde.
pub trait FromPyObjectOwned<'py>: for<'a> FromPyObject<'a, 'py> {}

impl<'py, T> FromPyObjectOwned<'py> for T where T: for<'a> FromPyObject<'a, 'py> {}

impl<'a, 'py, T: PyTypeCheck> FromPyObject<'a, 'py> for Borrowed<'a, 'py, T> {
    type Error = CastError<'a, 'py>;
    input_type!(type T);

    #[inline]
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        obj.cast()
    }
}
