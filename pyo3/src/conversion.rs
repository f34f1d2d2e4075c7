//! Conversions between Rust and Python values.

use core::convert::Infallible;

use crate::err::{CastError, PyErr, PyResult};
#[cfg(feature = "experimental-inspect")]
use crate::inspect::PyStaticExpr;
use crate::types::{PyAny, PyList};
use crate::{Borrowed, Bound, BoundObject, Py, PyTypeCheck, Python};

/// Conversion from Rust to Python.
///
/// `#[derive(IntoPyObject)]` implements it for structs and enums, and `#[derive(IntoPyObjectRef)]` for references to
/// them.
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

    /// The handle of the result: [`Bound`], or [`Borrowed`] if the conversion creates no new object.
    type Output: BoundObject<'py, Self::Target>;

    /// The error of the conversion: [`Infallible`] if it cannot fail.
    type Error: Into<PyErr>;

    /// The type hint for the result. Usually equals [`FromPyObject::INPUT_TYPE`], but differs if the conversion from
    /// Python accepts more types.
    ///
    /// The default is `_typeshed.Incomplete`, which type checkers treat like `Any`.
    #[cfg(feature = "experimental-inspect")]
    const OUTPUT_TYPE: PyStaticExpr = crate::type_hints::INCOMPLETE;

    /// The type hint for the results of the two functions below.
    #[cfg(feature = "experimental-inspect")]
    #[doc(hidden)]
    const SEQUENCE_OUTPUT_TYPE: PyStaticExpr =
        crate::type_hint_subscript!(<PyList as PyTypeCheck>::TYPE_HINT, Self::OUTPUT_TYPE);

    /// Converts the value.
    ///
    /// # Errors
    ///
    /// Returns an error if no Python object can represent the value.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text: Bound<'_, PyString> = "text".into_pyobject(py)?;
    ///     assert_eq!(text.to_str()?, "text");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error>;

    /// Converts a sequence of such values: to a `list`, unless the type overrides this, as `u8` does for `bytes`.
    #[doc(hidden)]
    fn owned_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> Result<Bound<'py, PyAny>, PyErr>
    where
        I: IntoIterator<Item = Self> + AsRef<[Self]>,
        I::IntoIter: ExactSizeIterator<Item = Self>,
    {
        PyList::from_exactly(py, iter.as_ref().len(), iter).map(Bound::into_any)
    }

    /// Converts like the function above, from references.
    #[doc(hidden)]
    fn borrowed_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> Result<Bound<'py, PyAny>, PyErr>
    where
        Self: private::Reference,
        I: IntoIterator<Item = Self> + AsRef<[<Self as private::Reference>::BaseType]>,
        I::IntoIter: ExactSizeIterator<Item = Self>,
    {
        PyList::from_exactly(py, iter.as_ref().len(), iter).map(Bound::into_any)
    }
}

pub(crate) mod private {
    /// A parameter of methods that only this crate may call, because no other crate can name the type.
    pub struct Token;

    /// Gives access to the `T` of a `&T`.
    pub trait Reference {
        /// The type `T`.
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

/// Shorthands for [`IntoPyObject`] that return less specific types.
pub trait IntoPyObjectExt<'py>: IntoPyObject<'py> + into_pyobject_ext::Sealed {
    /// Converts to an owned reference to an object of any type.
    ///
    /// # Errors
    ///
    /// Same as [`IntoPyObject::into_pyobject`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::IntoPyObjectExt;
    ///
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     fn number_or_text<'py>(py: Python<'py>, number: bool) -> PyResult<Bound<'py, PyAny>> {
    ///         if number { 5.into_bound_py_any(py) } else { "five".into_bound_py_any(py) }
    ///     }
    ///
    ///     assert_eq!(number_or_text(py, true)?.extract::<i32>()?, 5);
    ///     assert_eq!(number_or_text(py, false)?.extract::<String>()?, "five");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    fn into_bound_py_any(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.into_pyobject(py) {
            Ok(object) => Ok(object.into_any().into_bound()),
            Err(error) => Err(error.into()),
        }
    }

    /// Converts to a `Py<PyAny>`, which is independent of the attached thread.
    ///
    /// # Errors
    ///
    /// Same as [`IntoPyObject::into_pyobject`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::IntoPyObjectExt;
    ///
    /// # Python::initialize();
    /// let kept: Py<PyAny> = Python::attach(|py| [1, 2].into_py_any(py))?;
    /// Python::attach(|py| assert_eq!(kept.bind(py).len().unwrap(), 2));
    /// # Ok::<(), PyErr>(())
    /// ```
    #[inline]
    fn into_py_any(self, py: Python<'py>) -> PyResult<Py<PyAny>> {
        self.into_bound_py_any(py).map(Bound::unbind)
    }

    /// Converts, and turns an error into a [`PyErr`].
    ///
    /// # Errors
    ///
    /// Same as [`IntoPyObject::into_pyobject`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::IntoPyObjectExt;
    ///
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = 3_i32.into_pyobject_or_pyerr(py)?;
    ///     assert_eq!(number.extract::<i32>()?, 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    fn into_pyobject_or_pyerr(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.into_pyobject(py).map_err(Into::into)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObjectExt<'py> for T {}

/// Conversion from Python to Rust.
///
/// `#[derive(FromPyObject)]` implements it for structs and enums.
///
/// The lifetime `'a` is that of the reference to the object. The result may borrow from the object for that time, as
/// `&'a str` does.
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

    /// The type hint for the accepted objects.
    ///
    /// The default is `_typeshed.Incomplete`, which type checkers treat like `Any`.
    #[cfg(feature = "experimental-inspect")]
    const INPUT_TYPE: PyStaticExpr = crate::type_hints::INCOMPLETE;

    /// Converts an object.
    ///
    /// # Errors
    ///
    /// Usually returns `TypeError` if the object is of another type, or `OverflowError` or `ValueError` if its value
    /// does not fit.
    fn extract(obj: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error>;

    /// Converts a whole sequence at once, if the type has a faster way to do so, as `u8` has for `bytes`.
    #[doc(hidden)]
    #[inline]
    fn sequence_extractor(_obj: Borrowed<'_, 'py, PyAny>) -> Option<Vec<Self>> {
        None
    }

    /// Does the same as [`sequence_extractor`](Self::sequence_extractor), for exactly `N` items. The error is the
    /// number of items if it differs.
    #[doc(hidden)]
    #[inline]
    fn array_extractor<const N: usize>(_obj: Borrowed<'_, 'py, PyAny>) -> Option<Result<[Self; N], usize>> {
        None
    }

    /// Passes the values of the first items of a list to `each`, up to an item that only [`extract`](Self::extract) can
    /// convert, and returns how many. Types that a runtime can read from a list in blocks override this.
    ///
    /// `each` must not run Python code.
    #[doc(hidden)]
    #[inline]
    fn read_list(_list: Borrowed<'_, 'py, PyList>, _each: impl FnMut(Self), _: private::Token) -> usize {
        0
    }

    /// Returns the time zone to use for a `datetime` without one, if this type is a time zone. Only for use by this
    /// crate.
    #[inline]
    fn as_local_tz(_: private::Token) -> Option<Self> {
        None
    }
}

/// A type that borrows nothing from the Python object it is converted from. As a bound, it corresponds to serde's
/// `DeserializeOwned`.
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
