//! Errors of Rust's standard library as Python exceptions, and the other way round.

use core::convert::Infallible;
use std::io::{self, ErrorKind};

use crate::exceptions;
use crate::types::{PyTraceback, PyTracebackMethods};
use crate::{Bound, IntoPyObjectExt, Py, PyAny, PyErr, PyErrArguments, Python};

/// The text of a traceback for `Debug`; if it cannot be formatted, its `repr`.
pub(super) fn traceback_text(traceback: &Bound<'_, PyTraceback>) -> String {
    traceback.format().unwrap_or_else(|error| {
        error.write_unraisable(traceback.py(), Some(traceback));
        format!("<unformattable {traceback:?}>")
    })
}

/// Converts errors of the operating system both ways, by a table of kinds and their exceptions.
macro_rules! io_errors {
    ($($kind:ident => $exception:ident,)+) => {
        /// The exception that the kind of the error has, `OSError` where it has none.
        impl From<io::Error> for PyErr {
            fn from(error: io::Error) -> PyErr {
                if error.get_ref().is_some_and(|inner| inner.is::<PyErr>()) {
                    // It came from Python in the first place.
                    let inner = error.into_inner().expect("just seen");
                    return *inner.downcast::<PyErr>().expect("just seen");
                }
                match error.kind() {
                    $(ErrorKind::$kind => exceptions::$exception::new_err(error),)+
                    _ => exceptions::PyOSError::new_err(error),
                }
            }
        }

        /// The kind that the exception has; the exception stays inside.
        impl From<PyErr> for io::Error {
            fn from(error: PyErr) -> io::Error {
                let kind = Python::attach(|py| {
                    $(
                        if error.is_instance_of::<exceptions::$exception>(py) {
                            return ErrorKind::$kind;
                        }
                    )+
                    ErrorKind::Other
                });
                io::Error::new(kind, error)
            }
        }
    };
}

io_errors! {
    AlreadyExists => PyFileExistsError,
    BrokenPipe => PyBrokenPipeError,
    ConnectionAborted => PyConnectionAbortedError,
    ConnectionRefused => PyConnectionRefusedError,
    ConnectionReset => PyConnectionResetError,
    Interrupted => PyInterruptedError,
    IsADirectory => PyIsADirectoryError,
    NotADirectory => PyNotADirectoryError,
    NotFound => PyFileNotFoundError,
    OutOfMemory => PyMemoryError,
    PermissionDenied => PyPermissionError,
    TimedOut => PyTimeoutError,
    WouldBlock => PyBlockingIOError,
}

impl PyErrArguments for io::Error {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        text_arguments(&self, py)
    }
}

/// The error's text as the one argument.
fn text_arguments(error: &dyn core::fmt::Display, py: Python<'_>) -> Py<PyAny> {
    match error.to_string().into_py_any(py) {
        Ok(text) => text,
        Err(error) => error.into_value(py).into_any(),
    }
}

impl<W: Send + Sync + 'static> From<io::IntoInnerError<W>> for PyErr {
    fn from(error: io::IntoInnerError<W>) -> PyErr {
        error.into_error().into()
    }
}

impl<W: Send + Sync> PyErrArguments for io::IntoInnerError<W> {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        self.into_error().arguments(py)
    }
}

impl From<Infallible> for PyErr {
    fn from(never: Infallible) -> PyErr {
        match never {}
    }
}

macro_rules! errors {
    ($($exception:ident: $($error:ty),+;)*) => {
        $($(
            impl From<$error> for PyErr {
                fn from(error: $error) -> PyErr {
                    exceptions::$exception::new_err(error)
                }
            }

            impl PyErrArguments for $error {
                fn arguments(self, py: Python<'_>) -> Py<PyAny> {
                    text_arguments(&self, py)
                }
            }
        )+)*
    };
}

errors! {
    PyUnicodeDecodeError: std::string::FromUtf16Error;
    PyValueError:
        core::array::TryFromSliceError,
        core::num::ParseIntError,
        core::num::ParseFloatError,
        core::num::TryFromIntError,
        core::str::ParseBoolError,
        std::ffi::IntoStringError,
        std::ffi::NulError,
        core::char::ParseCharError,
        core::char::CharTryFromError,
        core::char::DecodeUtf16Error,
        core::time::TryFromFloatSecsError,
        std::env::JoinPathsError,
        std::net::AddrParseError,
        std::path::StripPrefixError,
        std::time::SystemTimeError;
}

/// A `UnicodeDecodeError` without the bytes, which the error does not have.
impl From<core::str::Utf8Error> for PyErr {
    fn from(error: core::str::Utf8Error) -> PyErr {
        exceptions::PyUnicodeDecodeError::new_err(DecodeArguments { bytes: Vec::new(), error })
    }
}

/// A `UnicodeDecodeError` with the bytes, and the place of the first that is no UTF-8.
impl From<std::string::FromUtf8Error> for PyErr {
    fn from(error: std::string::FromUtf8Error) -> PyErr {
        exceptions::PyUnicodeDecodeError::new_err(error)
    }
}

impl PyErrArguments for std::string::FromUtf8Error {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        let error = self.utf8_error();
        DecodeArguments { bytes: self.into_bytes(), error }.arguments(py)
    }
}

/// The five arguments of a `UnicodeDecodeError`, as [`PyUnicodeDecodeError::new_utf8`] has them.
///
/// [`PyUnicodeDecodeError::new_utf8`]: exceptions::PyUnicodeDecodeError::new_utf8
struct DecodeArguments {
    bytes: Vec<u8>,
    error: core::str::Utf8Error,
}

impl PyErrArguments for DecodeArguments {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        let start = self.error.valid_up_to();
        let bytes = crate::types::PyBytes::new(py, &self.bytes);
        match ("utf-8", bytes, start, start + 1, "invalid utf-8").into_py_any(py) {
            Ok(arguments) => arguments,
            Err(error) => error.into_value(py).into_any(),
        }
    }
}

/// An exception as a Python object: its instance.
impl<'py> crate::IntoPyObject<'py> for PyErr {
    type Target = exceptions::PyBaseException;
    type Output = Bound<'py, Self::Target>;
    type Error = Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.into_value(py).into_bound(py))
    }
}

impl<'py> crate::IntoPyObject<'py> for &PyErr {
    type Target = exceptions::PyBaseException;
    type Output = Bound<'py, Self::Target>;
    type Error = Infallible;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.value(py).clone())
    }
}
