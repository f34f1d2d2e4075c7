//! [`Borrowed`]: a borrowed reference on an attached thread.

use core::marker::PhantomData;

use crate::backend::Ref;
use crate::conversion::FromPyObject;
use crate::err::CastError;
use crate::type_object::{PyTypeCheck, PyTypeInfo};
use crate::{Bound, Py, PyAny, Python};

/// A borrowed reference to a Python object of type `T`, on a thread attached for `'py`. Its owner keeps the object
/// alive for `'a`.
///
/// It is as large as a pointer and `Copy`. It dereferences to [`Bound`], so it has all methods of that.
///
/// ```
/// # use pyo3::prelude::*;
/// struct Length(usize);
///
/// impl FromPyObject<'_, '_> for Length {
///     type Error = PyErr;
///
///     fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
///         object.len().map(Length)
///     }
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let length: Length = py.eval(c"[1, 2, 3]", None, None)?.extract()?;
///     assert_eq!(length.0, 3);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[repr(transparent)]
pub struct Borrowed<'a, 'py, T>(Ref<'a>, PhantomData<(&'a T, Python<'py>)>);

impl<T> Clone for Borrowed<'_, '_, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Borrowed<'_, '_, T> {}

impl<'a> Borrowed<'a, '_, PyAny> {
    /// Wraps a handle. Every object is a `PyAny`, so this needs no check.
    #[inline]
    pub(crate) fn wrap(handle: Ref<'a>) -> Self {
        Borrowed(handle, PhantomData)
    }

    /// Wraps handles, as [`wrap`](Self::wrap) does.
    #[inline]
    #[expect(unsafe_code, reason = "the same handles, in another type")]
    pub(crate) fn wrap_all(handles: &'a [Ref<'a>]) -> &'a [Self] {
        // SAFETY: `Borrowed` is transparent over the handle.
        unsafe { &*(core::ptr::from_ref(handles) as *const [Self]) }
    }
}

impl<'a, 'py, T> Borrowed<'a, 'py, T> {
    /// Wraps a handle as a `T`.
    ///
    /// # Safety
    ///
    /// The object must be an instance of `T`.
    #[inline]
    #[expect(unsafe_code, reason = "only the caller knows the type")]
    pub(crate) unsafe fn wrap_unchecked(handle: Ref<'a>) -> Self {
        Borrowed(handle, PhantomData)
    }

    /// Returns the handle, for the whole lifetime of the borrowed reference.
    #[inline]
    pub(crate) fn any_handle(self) -> Ref<'a> {
        self.0
    }

    /// Creates an owned reference to the object.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBool;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let borrowed: Borrowed<'_, '_, PyBool> = PyBool::new(py, true);
    ///     let owned: Bound<'_, PyBool> = borrowed.to_owned();
    ///     assert!(owned.is_true());
    /// });
    /// ```
    #[inline]
    pub fn to_owned(self) -> Bound<'py, T> {
        (*self).clone()
    }

    /// Casts to `PyAny`. The object stays the same.
    #[inline]
    pub(crate) fn to_any(self) -> Borrowed<'a, 'py, PyAny> {
        Borrowed::wrap(self.0)
    }

    /// Converts the object to a Rust value, which may borrow from the object for `'a`.
    ///
    /// # Errors
    ///
    /// Returns the error of the conversion.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = PyTuple::new(py, ["text"])?;
    ///     // The text borrows from the tuple, which is longer than the handle lives.
    ///     let text: &str = tuple.get_borrowed_item(0)?.extract()?;
    ///     assert_eq!(text, "text");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn extract<O>(self) -> Result<O, O::Error>
    where
        O: FromPyObject<'a, 'py>,
    {
        FromPyObject::extract(self.to_any())
    }

    /// Casts to `U`, if the object is an instance of `U` or of a subclass.
    ///
    /// # Errors
    ///
    /// Returns [`CastError`] if the object is anything else.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyString, PyTuple};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = PyTuple::new(py, ["text"])?;
    ///     let text = tuple.get_borrowed_item(0)?.cast::<PyString>()?;
    ///     assert_eq!(text.to_str()?, "text");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    #[expect(unsafe_code, reason = "the type was just checked")]
    pub fn cast<U: PyTypeCheck>(self) -> Result<Borrowed<'a, 'py, U>, CastError<'a, 'py>> {
        if U::type_check(self.as_any()) {
            // SAFETY: `type_check` just confirmed that the object is a `U`.
            Ok(unsafe { self.cast_unchecked() })
        } else {
            Err(CastError::new(self.to_any(), U::classinfo_object(self.py())))
        }
    }

    /// Casts to `U` like [`cast`](Self::cast), but refuses instances of subclasses.
    ///
    /// # Errors
    ///
    /// Returns [`CastError`] if the type of the object is not exactly `U`.
    #[inline]
    #[expect(unsafe_code, reason = "the type was just checked")]
    pub fn cast_exact<U: PyTypeInfo>(self) -> Result<Borrowed<'a, 'py, U>, CastError<'a, 'py>> {
        if U::is_exact_type_of(self.as_any()) {
            // SAFETY: the type of the object was just found to be exactly that of `U`.
            Ok(unsafe { self.cast_unchecked() })
        } else {
            Err(CastError::new(self.to_any(), U::type_object(self.py()).into_any()))
        }
    }
}

impl<'a, 'py, T> From<&'a Bound<'py, T>> for Borrowed<'a, 'py, T> {
    #[inline]
    fn from(bound: &'a Bound<'py, T>) -> Self {
        bound.as_borrowed()
    }
}

impl<T> AsRef<Py<PyAny>> for Borrowed<'_, '_, T> {
    #[inline]
    fn as_ref(&self) -> &Py<PyAny> {
        self.as_any().as_unbound()
    }
}

impl<T> core::fmt::Debug for Borrowed<'_, '_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(&**self, f)
    }
}
