//! Text and bytes of Python objects, without a copy and usable without an attached thread.

use core::borrow::Borrow;
use core::cmp::Ordering;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;

use pyo3_backend::{BytesOps, Held, kind};

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::{CastError, ResultExt};
use crate::types::{PyByteArray, PyBytes, PyString, PyTuple};
use crate::{Borrowed, Bound, Py, PyAny, PyErr, PyResult, PyTypeInfo, Python};

/// The text of a Python `str`, with a reference that keeps it alive: a `&str` without a lifetime.
///
/// It dereferences to `str`. It is `Send` and `Sync`, and reading it needs no attached thread.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::pybacked::PyBackedStr;
///
/// # Python::initialize();
/// let words: Vec<PyBackedStr> = Python::attach(|py| py.eval(c"['to', 'be']", None, None)?.extract())?;
/// // Nobody is attached here.
/// assert_eq!(words.iter().map(|word| word.len()).sum::<usize>(), 4);
/// # Ok::<(), PyErr>(())
/// ```
pub struct PyBackedStr(Held<Active, kind::Str, str>);

/// The contents of a Python `bytes`, with a reference that keeps it alive: a `&[u8]` without a lifetime.
///
/// It dereferences to `[u8]`. It is `Send` and `Sync`, and reading it needs no attached thread. A `bytearray` is
/// copied, because it may change.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::pybacked::PyBackedBytes;
///
/// # Python::initialize();
/// let data: PyBackedBytes = Python::attach(|py| py.eval(c"b'abc'", None, None)?.extract().map_err(PyErr::from))?;
/// assert_eq!(data.first(), Some(&b'a'));
/// # Ok::<(), PyErr>(())
/// ```
pub struct PyBackedBytes(Held<Active, kind::Bytes, [u8]>);

impl PyBackedStr {
    /// Returns the text.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::pybacked::PyBackedStr;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let text: PyBackedStr = "text".into_pyobject(py)?.extract()?;
    ///     assert_eq!(text.as_str(), "text");
    ///     assert_eq!(text.len(), 4);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the Python object that owns the text.
    #[inline]
    pub fn as_py_str(&self) -> &Py<PyString> {
        Py::from_global_ref(self.0.owner())
    }
}

impl TryFrom<Bound<'_, PyString>> for PyBackedStr {
    type Error = PyErr;

    /// # Errors
    ///
    /// `UnicodeEncodeError` if the string holds lone surrogates.
    fn try_from(py_string: Bound<'_, PyString>) -> PyResult<Self> {
        let py = py_string.py();
        Held::text(py_string.into_handle()).or_raise(py).map(PyBackedStr)
    }
}

impl FromPyObject<'_, '_> for PyBackedStr {
    type Error = PyErr;
    input_type!(type crate::types::PyString);

    #[inline]
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        object.cast::<PyString>()?.to_owned().try_into()
    }
}

impl From<Bound<'_, PyBytes>> for PyBackedBytes {
    fn from(py_bytes: Bound<'_, PyBytes>) -> Self {
        PyBackedBytes(Held::bytes(py_bytes.into_handle()))
    }
}

impl From<Bound<'_, PyByteArray>> for PyBackedBytes {
    fn from(py_bytearray: Bound<'_, PyByteArray>) -> Self {
        PyBackedBytes(Held::bytes(Active::bytes_from_bytearray(py_bytearray.py().attached(), py_bytearray.handle())))
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for PyBackedBytes {
    type Error = CastError<'a, 'py>;
    input_type!((type crate::types::PyBytes) | (type crate::types::PyByteArray));

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            return Ok(bytes.to_owned().into());
        }
        match object.cast::<PyByteArray>() {
            Ok(bytearray) => Ok(bytearray.to_owned().into()),
            Err(refused) => Err(either(object).unwrap_or(refused)),
        }
    }
}

/// Creates the error that the object is of neither type. Returns `None` if Python cannot make a tuple of the two types.
#[cold]
fn either<'a, 'py>(object: Borrowed<'a, 'py, PyAny>) -> Option<CastError<'a, 'py>> {
    let py = object.py();
    let types = PyTuple::new(py, [PyBytes::type_object(py), PyByteArray::type_object(py)]).ok()?;
    Some(CastError::new(object, types.into_any()))
}

/// Implements what both types have, in terms of the borrowed type: `Name => borrowed, Python type`.
macro_rules! backed {
    ($($name:ident => $borrowed:ty, $python:ty;)+) => {
        $(
            impl $name {
                /// Returns the same data, with another reference to the Python object.
                #[inline]
                pub fn clone_ref(&self, py: Python<'_>) -> Self {
                    $name(self.0.clone_ref(py.attached()))
                }
            }

            /// Available with the feature `py-clone`. Panics if the thread is not attached.
            #[cfg(feature = "py-clone")]
            impl Clone for $name {
                #[track_caller]
                fn clone(&self) -> Self {
                    crate::instance::clone_attached(|py| self.clone_ref(py))
                }
            }

            impl Deref for $name {
                type Target = $borrowed;

                #[inline]
                fn deref(&self) -> &$borrowed {
                    &self.0
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Debug::fmt(&**self, f)
                }
            }

            impl Eq for $name {}

            impl PartialEq for $name {
                #[inline]
                fn eq(&self, other: &Self) -> bool {
                    **self == **other
                }
            }

            impl Ord for $name {
                #[inline]
                fn cmp(&self, other: &Self) -> Ordering {
                    (**self).cmp(&**other)
                }
            }

            impl PartialOrd for $name {
                #[inline]
                fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                    Some(self.cmp(other))
                }
            }

            impl PartialOrd<$borrowed> for $name {
                #[inline]
                fn partial_cmp(&self, other: &$borrowed) -> Option<Ordering> {
                    (**self).partial_cmp(other)
                }
            }

            impl PartialOrd<$name> for $borrowed {
                #[inline]
                fn partial_cmp(&self, other: &$name) -> Option<Ordering> {
                    self.partial_cmp(&**other)
                }
            }

            // Hashes as the borrowed type does, so that a map can be searched with that.
            impl Hash for $name {
                #[inline]
                fn hash<H: Hasher>(&self, state: &mut H) {
                    (**self).hash(state);
                }
            }

            impl<'py> IntoPyObject<'py> for $name {
                type Target = $python;
                type Output = Bound<'py, $python>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    Ok(Bound::from_handle(self.0.into_owner().into_owned(py.attached())))
                }
            }

            impl<'py> IntoPyObject<'py> for &$name {
                type Target = $python;
                type Output = Bound<'py, $python>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    Ok(Bound::from_handle(self.0.owner().bind(py.attached()).clone()))
                }
            }
        )+
    };
}

backed! {
    PyBackedStr => str, PyString;
    PyBackedBytes => [u8], PyBytes;
}

/// Implements equality with other types, in both directions.
macro_rules! equalities {
    ($($name:ident: $(($($generics:tt)*) $other:ty;)+)+) => {
        $($(
            impl<$($generics)*> PartialEq<$other> for $name {
                #[inline]
                fn eq(&self, other: &$other) -> bool {
                    let other: &<Self as Deref>::Target = other.as_ref();
                    **self == *other
                }
            }

            impl<$($generics)*> PartialEq<$name> for $other {
                #[inline]
                fn eq(&self, other: &$name) -> bool {
                    other == self
                }
            }
        )+)+
    };
}

equalities! {
    PyBackedStr:
        () str;
        () &str;
    PyBackedBytes:
        () [u8];
        () &[u8];
        (const N: usize) [u8; N];
        (const N: usize) &[u8; N];
}

impl fmt::Display for PyBackedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl Borrow<str> for PyBackedStr {
    #[inline]
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for PyBackedStr {
    #[inline]
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for PyBackedStr {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl AsRef<[u8]> for PyBackedBytes {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self
    }
}
