//! The error types of casts.

use crate::exceptions::PyTypeError;
use crate::types::{PyAnyMethods, PyStringMethods, PyTuple, PyTupleMethods, PyType, PyTypeMethods};
use crate::{Borrowed, Bound, IntoPyObjectExt, Py, PyAny, PyErr, PyErrArguments, Python};

/// The error of [`Bound::cast`]. Converts to a `TypeError`.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::exceptions::PyTypeError;
/// use pyo3::types::PyDict;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let list = py.eval(c"[1]", None, None)?;
///     let error = list.cast::<PyDict>().unwrap_err();
///     assert_eq!(error.to_string(), "'list' object is not an instance of 'dict'");
///     assert!(PyErr::from(error).is_instance_of::<PyTypeError>(py));
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[derive(Debug)]
pub struct CastError<'a, 'py> {
    from: Borrowed<'a, 'py, PyAny>,
    classinfo: Bound<'py, PyAny>,
}

impl<'a, 'py> CastError<'a, 'py> {
    /// Creates the error that `from` is not an instance of `classinfo`, which is a type, a tuple of types or a union.
    #[inline]
    pub fn new(from: Borrowed<'a, 'py, PyAny>, classinfo: Bound<'py, PyAny>) -> Self {
        CastError { from, classinfo }
    }
}

/// The error of [`Bound::cast_into`]. It contains the object, and converts to a `TypeError`.
#[derive(Debug)]
pub struct CastIntoError<'py> {
    from: Bound<'py, PyAny>,
    classinfo: Bound<'py, PyAny>,
}

impl<'py> CastIntoError<'py> {
    /// Creates the error that `from` is not an instance of `classinfo`, like [`CastError::new`].
    #[inline]
    pub fn new(from: Bound<'py, PyAny>, classinfo: Bound<'py, PyAny>) -> Self {
        CastIntoError { from, classinfo }
    }

    /// Returns the object that was not cast.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyString;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let number = py.eval(c"5", None, None)?;
    ///     match number.cast_into::<PyString>() {
    ///         Ok(text) => panic!("{text} is no text"),
    ///         Err(error) => assert_eq!(error.into_inner().extract::<i32>()?, 5),
    ///     }
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn into_inner(self) -> Bound<'py, PyAny> {
        self.from
    }
}

/// The arguments of the `TypeError`, which is created only when needed.
struct Arguments {
    from: Py<PyAny>,
    classinfo: Py<PyAny>,
}

impl PyErrArguments for Arguments {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        let text = Explained { from: self.from.bind(py), classinfo: self.classinfo.bind(py) }.to_string();
        match text.into_py_any(py) {
            Ok(text) => text,
            Err(never) => never.into_value(py).into_any(),
        }
    }
}

/// The message: `'int' object is not an instance of 'str'`.
struct Explained<'a, 'py> {
    from: &'a Bound<'py, PyAny>,
    classinfo: &'a Bound<'py, PyAny>,
}

impl core::fmt::Display for Explained<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.from.is_none() {
            // The name `NoneType` is little known.
            f.write_str("'None'")?;
        } else {
            let class = self.from.get_type();
            let name = class.qualname().map_err(|_| core::fmt::Error)?;
            write!(f, "'{}' object", name.to_string_lossy())?;
        }
        f.write_str(" is not an instance of '")?;
        write_classinfo(self.classinfo, f)?;
        f.write_str("'")
    }
}

/// Writes the names of the types in a `classinfo` argument of `isinstance`: those of a type or of a tuple of types.
/// Writes anything else as its `str`.
fn write_classinfo(classinfo: &Bound<'_, PyAny>, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
    if let Ok(class) = classinfo.cast::<PyType>() {
        let name = class.qualname().map_err(|_| core::fmt::Error)?;
        f.write_str(&name.to_string_lossy())
    } else if let Ok(classes) = classinfo.cast::<PyTuple>() {
        for (index, class) in classes.iter().enumerate() {
            if index > 0 {
                f.write_str(" | ")?;
            }
            write_classinfo(&class, f)?;
        }
        Ok(())
    } else {
        write!(f, "{classinfo}")
    }
}

impl core::fmt::Display for CastError<'_, '_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Explained { from: &self.from, classinfo: &self.classinfo }.fmt(f)
    }
}

impl core::fmt::Display for CastIntoError<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Explained { from: &self.from, classinfo: &self.classinfo }.fmt(f)
    }
}

impl std::error::Error for CastError<'_, '_> {}
impl std::error::Error for CastIntoError<'_> {}

impl From<CastError<'_, '_>> for PyErr {
    fn from(error: CastError<'_, '_>) -> PyErr {
        PyTypeError::new_err(Arguments { from: error.from.to_owned().unbind(), classinfo: error.classinfo.unbind() })
    }
}

impl From<CastIntoError<'_>> for PyErr {
    fn from(error: CastIntoError<'_>) -> PyErr {
        PyTypeError::new_err(Arguments { from: error.from.unbind(), classinfo: error.classinfo.unbind() })
    }
}
