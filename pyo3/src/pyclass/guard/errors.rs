//! Errors of failed borrows.

use core::fmt;

use super::super::borrow::{Mode, Read, Write};
use super::super::payload::is_filled;
use crate::backend::Ref;
use crate::err::CastError;
use crate::exceptions::PyRuntimeError;
use crate::types::PyType;
use crate::{Borrowed, Bound, PyAny, PyClass, PyErr, Python};

/// The message for an object that Python code made without the class's own `__new__`.
pub(in crate::pyclass) const NO_VALUE: &str =
    "The object holds no value: it was not made by the `__new__` of its class";

/// The error of a mode of borrowing.
pub(super) trait Refusal: Mode {
    type Error;

    /// Creates the error. `is_filled`: whether there is a value, so that another borrow is the reason.
    fn error(is_filled: bool) -> Self::Error;
}

/// Explains why the value of `T` in `object` could not be borrowed.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[cold]
pub(super) unsafe fn refused<T: PyClass, M: Refusal>(object: Ref<'_>) -> M::Error {
    // SAFETY: as the caller promises.
    M::error(unsafe { is_filled::<T>(object) })
}

/// The reason why a guard could not be extracted.
#[derive(Clone, Copy)]
pub(crate) enum Reason {
    /// The object is not an instance of the class.
    OtherClass,
    /// The object is an instance of the class, but its value cannot be borrowed.
    NoBorrow,
}

/// The error of a failed extraction: a wrong type, or a failed borrow.
enum Extraction<'a, 'py, B> {
    Cast(CastError<'a, 'py>),
    Borrow(B),
}

/// What an error of extraction asks a class. As values, so that the rest is compiled once for all classes.
#[derive(Clone, Copy)]
struct Asked {
    type_object: for<'py> fn(Python<'py>) -> Bound<'py, PyType>,
    /// Returns whether an instance holds a value, or `None` if the object is no instance.
    is_filled: for<'a, 'py> fn(Borrowed<'a, 'py, PyAny>) -> Option<bool>,
}

impl Asked {
    const fn of<T: PyClass>() -> Asked {
        fn filled<T: PyClass>(object: Borrowed<'_, '_, PyAny>) -> Option<bool> {
            // SAFETY: the cast succeeded, so this is an instance of `T`.
            object.cast::<T>().ok().map(|object| unsafe { is_filled::<T>(object.any_handle()) })
        }

        Asked { type_object: T::type_object, is_filled: filled::<T> }
    }
}

impl<'a, 'py, B> Extraction<'a, 'py, B> {
    fn of<M: Refusal<Error = B>>(object: Borrowed<'a, 'py, PyAny>, reason: Reason, class: Asked) -> Self {
        match reason {
            Reason::NoBorrow => (class.is_filled)(object),
            Reason::OtherClass => None,
        }
        .map_or_else(
            || Extraction::Cast(CastError::new(object, (class.type_object)(object.py()).into_any())),
            |is_filled| Extraction::Borrow(M::error(is_filled)),
        )
    }
}

macro_rules! errors {
    ($mode:ident: $(#[$borrow_doc:meta])* $borrow:ident, $message:literal; $(#[$extract_doc:meta])* $extract:ident) => {
        $(#[$borrow_doc])*
        pub struct $borrow {
            is_filled: bool,
        }

        impl Refusal for $mode {
            type Error = $borrow;

            fn error(is_filled: bool) -> $borrow {
                $borrow { is_filled }
            }
        }

        impl fmt::Debug for $borrow {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($borrow))
            }
        }

        impl fmt::Display for $borrow {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(if self.is_filled { $message } else { NO_VALUE })
            }
        }

        impl std::error::Error for $borrow {}

        impl From<$borrow> for PyErr {
            fn from(error: $borrow) -> PyErr {
                PyRuntimeError::new_err(error.to_string())
            }
        }

        $(#[$extract_doc])*
        pub struct $extract<'a, 'py>(Extraction<'a, 'py, $borrow>);

        impl<'a, 'py> $extract<'a, 'py> {
            /// Creates the error for an `object` from which no guard for `T` could be extracted. Out of line to keep
            /// borrowing small.
            #[cold]
            pub(crate) fn of<T: PyClass>(object: Borrowed<'a, 'py, PyAny>, reason: Reason) -> Self {
                Self::new(object, reason, Asked::of::<T>())
            }

            #[inline(never)]
            fn new(object: Borrowed<'a, 'py, PyAny>, reason: Reason, class: Asked) -> Self {
                $extract(Extraction::of::<$mode>(object, reason, class))
            }

            /// Creates the exception for an `object` that a method could not borrow.
            #[cold]
            #[inline(never)]
            pub(crate) fn exception<T: PyClass>(object: Borrowed<'a, 'py, PyAny>, reason: Reason) -> PyErr {
                Self::to_exception(object, reason, Asked::of::<T>())
            }

            #[inline(never)]
            fn to_exception(object: Borrowed<'a, 'py, PyAny>, reason: Reason, class: Asked) -> PyErr {
                Self::new(object, reason, class).into()
            }
        }

        impl fmt::Debug for $extract<'_, '_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.0 {
                    Extraction::Cast(error) => fmt::Debug::fmt(error, f),
                    Extraction::Borrow(error) => fmt::Debug::fmt(error, f),
                }
            }
        }

        impl fmt::Display for $extract<'_, '_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match &self.0 {
                    Extraction::Cast(error) => fmt::Display::fmt(error, f),
                    Extraction::Borrow(error) => fmt::Display::fmt(error, f),
                }
            }
        }

        impl From<$extract<'_, '_>> for PyErr {
            fn from(error: $extract<'_, '_>) -> PyErr {
                match error.0 {
                    Extraction::Cast(error) => error.into(),
                    Extraction::Borrow(error) => error.into(),
                }
            }
        }
    };
}

errors! {
    Read:
    /// The error of a failed borrow: the value is borrowed mutably, or there is none because Python code made the
    /// object without the class's own `__new__`. A `RuntimeError` in Python.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::pycell::PyBorrowError;
    ///
    /// #[pyclass]
    /// struct Counter(u32);
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let counter = Bound::new(py, Counter(1))?;
    ///     let writing = counter.borrow_mut();
    ///     let refused: Result<PyRef<'_, Counter>, PyBorrowError> = counter.try_borrow();
    ///     assert_eq!(refused.err().unwrap().to_string(), "Already mutably borrowed");
    ///     drop(writing);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyBorrowError, "Already mutably borrowed";
    /// The error of extracting a [`PyClassGuard`](super::PyClassGuard): a wrong type, or a failed borrow.
    PyClassGuardError
}

errors! {
    Write:
    /// The error of a failed mutable borrow: the value is borrowed, or there is none. A `RuntimeError` in Python.
    PyBorrowMutError, "Already borrowed";
    /// The error of extracting a [`PyClassGuardMut`](super::PyClassGuardMut): a wrong type, or a failed borrow.
    PyClassGuardMutError
}
