//! [`Bound`]: an owned reference on an attached thread.

use core::marker::PhantomData;
use core::ops::Deref;

use crate::backend::Owned;
use crate::conversion::FromPyObject;
use crate::err::{CastError, CastIntoError};
use crate::type_object::{PyTypeCheck, PyTypeInfo};
use crate::types::{DerefToPyAny, PyAny, PyAnyMethods, PyString, PyStringMethods};
use crate::{Borrowed, Py, PyErr, PyResult, Python};

/// An owned reference to a Python object of type `T`, on a thread attached for `'py`.
///
/// It is as large as a pointer. Traits such as [`PyAnyMethods`](crate::types::PyAnyMethods) and
/// [`PyListMethods`](crate::types::PyListMethods) define the methods of Python objects on it. Cloning it creates
/// another reference, and dropping it releases the reference.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::types::PyList;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let list: Bound<'_, PyList> = PyList::new(py, [1])?;
///     let same = list.clone();
///     same.append(2)?;
///     assert_eq!(list.len(), 2);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[repr(transparent)]
pub struct Bound<'py, T>(Owned<'py>, PhantomData<T>);

impl<'py> Bound<'py, PyAny> {
    /// Wraps a handle. Every object is a `PyAny`, so this needs no check.
    #[inline]
    pub(crate) fn wrap(handle: Owned<'py>) -> Self {
        Bound(handle, PhantomData)
    }
}

impl<'py, T> Bound<'py, T> {
    /// Wraps a handle as a `T`.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    #[inline]
    #[expect(unsafe_code, reason = "only the caller knows the type")]
    pub(crate) unsafe fn wrap_unchecked(handle: Owned<'py>) -> Self {
        Bound(handle, PhantomData)
    }

    /// Returns a reference to the handle.
    #[inline]
    pub(crate) fn owned(&self) -> &Owned<'py> {
        &self.0
    }

    /// Returns the handle, which owns the reference.
    #[inline]
    pub(crate) fn into_owned(self) -> Owned<'py> {
        self.0
    }

    /// Returns the token that proves that the thread is attached.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// fn shout<'py>(text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    ///     text.add("!".into_pyobject(text.py())?)
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(shout("hey".into_pyobject(py)?.as_any())?.to_string(), "hey!");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn py(&self) -> Python<'py> {
        Python::from_attached(self.0.py())
    }

    /// Casts to `PyAny`. The object stays the same.
    #[inline]
    pub fn into_any(self) -> Bound<'py, PyAny> {
        Bound::wrap(self.0)
    }

    /// Returns a borrowed reference to the object.
    #[inline]
    #[expect(unsafe_code, reason = "the same object, of the same type")]
    pub fn as_borrowed<'a>(&'a self) -> Borrowed<'a, 'py, T> {
        // SAFETY: the result refers to the same object, which is a `T`.
        unsafe { Borrowed::wrap_unchecked(self.0.as_ref()) }
    }

    /// Converts to a [`Py`], which may outlive the attachment of the thread.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// let kept: Py<PyList> = Python::attach(|py| PyList::empty(py).unbind());
    /// Python::attach(|py| kept.bind(py).append(1))?;
    /// # Ok::<(), PyErr>(())
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the same object, of the same type")]
    pub fn unbind(self) -> Py<T> {
        // SAFETY: the result refers to the same object, which is a `T`.
        unsafe { Py::wrap_unchecked(self.0.into_global()) }
    }

    /// Casts to `U`, if the object is an instance of `U` or of a subclass. The object stays the same.
    ///
    /// # Errors
    ///
    /// Returns [`CastError`], which converts to a `TypeError`, if the object is anything else.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::{PyDict, PyList};
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let any = PyDict::new(py).into_any();
    ///     assert!(any.cast::<PyDict>().is_ok());
    ///     assert!(any.cast::<PyList>().is_err());
    /// });
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the type was just checked")]
    pub fn cast<U: PyTypeCheck>(&self) -> Result<&Bound<'py, U>, CastError<'_, 'py>> {
        let any = self.as_any();
        if U::type_check(any) {
            // SAFETY: `type_check` just confirmed that the object is a `U`.
            Ok(unsafe { any.cast_unchecked() })
        } else {
            Err(CastError::new(any.as_borrowed(), U::classinfo_object(any.py())))
        }
    }

    /// Casts to `U` like [`cast`](Self::cast), by value.
    ///
    /// # Errors
    ///
    /// Returns [`CastIntoError`], which contains the object.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDict, PyString};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text = py.eval(c"'text'", None, None)?.cast_into::<PyString>()?;
    ///     assert_eq!(text.to_str()?, "text");
    ///     let error = text.into_any().cast_into::<PyDict>().unwrap_err();
    ///     assert_eq!(error.to_string(), "'str' object is not an instance of 'dict'");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the type was just checked")]
    pub fn cast_into<U: PyTypeCheck>(self) -> Result<Bound<'py, U>, CastIntoError<'py>> {
        let any = self.into_any();
        if U::type_check(&any) {
            // SAFETY: `type_check` just confirmed that the object is a `U`.
            Ok(unsafe { any.cast_into_unchecked() })
        } else {
            let expected = U::classinfo_object(any.py());
            Err(CastIntoError::new(any, expected))
        }
    }

    /// Casts to `U` like [`cast`](Self::cast), but refuses instances of subclasses.
    ///
    /// # Errors
    ///
    /// Returns [`CastError`] if the type of the object is not exactly `U`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyBool, PyInt};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let bool = py.eval(c"True", None, None)?;
    ///     assert!(bool.cast::<PyInt>().is_ok(), "a `bool` is an `int`");
    ///     assert!(bool.cast_exact::<PyInt>().is_err() && bool.cast_exact::<PyBool>().is_ok());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the type was just checked")]
    pub fn cast_exact<U: PyTypeInfo>(&self) -> Result<&Bound<'py, U>, CastError<'_, 'py>> {
        let any = self.as_any();
        if U::is_exact_type_of(any) {
            // SAFETY: the type of the object was just found to be exactly that of `U`.
            Ok(unsafe { any.cast_unchecked() })
        } else {
            Err(CastError::new(any.as_borrowed(), U::type_object(any.py()).into_any()))
        }
    }

    /// Casts to `U` like [`cast_into`](Self::cast_into), but refuses instances of subclasses.
    ///
    /// # Errors
    ///
    /// Returns [`CastIntoError`] if the type of the object is not exactly `U`.
    #[inline]
    #[expect(unsafe_code, reason = "the type was just checked")]
    pub fn cast_into_exact<U: PyTypeInfo>(self) -> Result<Bound<'py, U>, CastIntoError<'py>> {
        let any = self.into_any();
        if U::is_exact_type_of(&any) {
            // SAFETY: the type of the object was just found to be exactly that of `U`.
            Ok(unsafe { any.cast_into_unchecked() })
        } else {
            let expected = U::type_object(any.py()).into_any();
            Err(CastIntoError::new(any, expected))
        }
    }
}

impl<T> Clone for Bound<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        Bound(self.0.clone(), PhantomData)
    }
}

impl<'py, T: DerefToPyAny> Deref for Bound<'py, T> {
    type Target = Bound<'py, PyAny>;

    #[inline]
    fn deref(&self) -> &Bound<'py, PyAny> {
        self.as_any()
    }
}

impl<'py, T> AsRef<Bound<'py, PyAny>> for Bound<'py, T> {
    #[inline]
    fn as_ref(&self) -> &Bound<'py, PyAny> {
        self.as_any()
    }
}

impl<T> AsRef<Py<PyAny>> for Bound<'_, T> {
    #[inline]
    fn as_ref(&self) -> &Py<PyAny> {
        self.as_any().as_unbound()
    }
}

impl<'py, T> From<&Bound<'py, T>> for Bound<'py, T> {
    #[inline]
    fn from(bound: &Bound<'py, T>) -> Self {
        bound.clone()
    }
}

impl<'a, 'py, T: PyTypeCheck + 'a> FromPyObject<'a, 'py> for Bound<'py, T> {
    type Error = CastError<'a, 'py>;
    input_type!(type T);

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        object.cast().map(Borrowed::to_owned)
    }
}

impl<T> core::fmt::Debug for Bound<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let any = self.as_any();
        format_object(any, any.repr(), f)
    }
}

impl<T> core::fmt::Display for Bound<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let any = self.as_any();
        format_object(any, any.str(), f)
    }
}

/// Writes the result of `repr` or `str`. If that was an exception, reports it as unraisable, and writes the name of the
/// type.
fn format_object(
    object: &Bound<'_, PyAny>,
    text: PyResult<Bound<'_, PyString>>,
    f: &mut core::fmt::Formatter<'_>,
) -> core::fmt::Result {
    let error: PyErr = match text {
        Ok(text) => return f.write_str(&text.to_string_lossy()),
        Err(error) => error,
    };
    error.write_unraisable(object.py(), Some(object));
    match crate::types::PyTypeMethods::name(&object.get_type()) {
        Ok(name) => write!(f, "<unprintable {} object>", name.to_string_lossy()),
        Err(_) => f.write_str("<unprintable object>"),
    }
}
