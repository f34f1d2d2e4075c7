//! Why a value could not be borrowed.

use core::fmt;

use super::super::borrow::{Mode, Read, Write};
use super::super::payload::is_filled;
use crate::backend::Ref;
use crate::err::CastError;
use crate::exceptions::PyRuntimeError;
use crate::{Borrowed, PyAny, PyClass, PyErr};

/// What is wrong with an object that Python code made without the class's own `__new__`.
pub(in crate::pyclass) const NO_VALUE: &str =
    "The object holds no value: it was not made by the `__new__` of its class";

/// How a borrow of this mode is refused.
pub(super) trait Refusal: Mode {
    type Error;

    /// `is_filled`: whether there is a value, which is borrowed.
    fn error(is_filled: bool) -> Self::Error;
}

/// Why the value of `T` in `object` could not be borrowed.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[cold]
pub(super) unsafe fn refused<T: PyClass, M: Refusal>(object: Ref<'_>) -> M::Error {
    // SAFETY: as the caller promises.
    M::error(unsafe { is_filled::<T>(object) })
}

/// Which of the two it was that kept a guard from being extracted.
#[derive(Clone, Copy)]
pub(crate) enum Reason {
    /// The object is not an instance of the class.
    OtherClass,
    /// It is one, whose value cannot be borrowed.
    NoBorrow,
}

/// Why a guard could not be extracted: a wrong type, or the borrow that stands in the way.
enum Extraction<'a, 'py, B> {
    Cast(CastError<'a, 'py>),
    Borrow(B),
}

impl<'a, 'py, B> Extraction<'a, 'py, B> {
    fn of<T: PyClass, M: Refusal<Error = B>>(object: Borrowed<'a, 'py, PyAny>, reason: Reason) -> Self {
        if matches!(reason, Reason::OtherClass) {
            return Extraction::Cast(CastError::new(object, T::type_object(object.py()).into_any()));
        }
        match object.cast::<T>() {
            // SAFETY: an instance of `T`, as just seen.
            Ok(object) => Extraction::Borrow(unsafe { refused::<T, M>(object.any_handle()) }),
            Err(error) => Extraction::Cast(error),
        }
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
            /// Why the value of `T` in `object` could not be borrowed. Out of line, so that borrowing stays small.
            #[cold]
            #[inline(never)]
            pub(crate) fn of<T: PyClass>(object: Borrowed<'a, 'py, PyAny>, reason: Reason) -> Self {
                $extract(Extraction::of::<T, $mode>(object, reason))
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
    /// The value is borrowed mutably, or there is none: Python code made the object without the class's own `__new__`. In
    /// Python: a `RuntimeError`.
    PyBorrowError, "Already mutably borrowed";
    /// Why no [`PyClassGuard`](super::PyClassGuard) could be extracted: a wrong type, or a mutable borrow.
    PyClassGuardError
}

errors! {
    Write:
    /// The value is borrowed, or there is none. In Python: a `RuntimeError`.
    PyBorrowMutError, "Already borrowed";
    /// Why no [`PyClassGuardMut`](super::PyClassGuardMut) could be extracted: a wrong type, or another borrow.
    PyClassGuardMutError
}
