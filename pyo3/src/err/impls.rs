//! Conversions between the error types of the Rust standard library and Python exceptions.

use core::convert::Infallible;
use std::io::{self, ErrorKind};

use crate::exceptions;
use crate::types::{PyTraceback, PyTracebackMethods};
use crate::{Bound, IntoPyObjectExt, Py, PyAny, PyErr, PyErrArguments, Python};

/// Returns the text of a traceback for `Debug`, or its `repr` if formatting raises an exception.
pub(super) fn traceback_text(traceback: &Bound<'_, PyTraceback>) -> String {
    traceback.format().unwrap_or_else(|error| {
        error.write_unraisable(traceback.py(), Some(traceback));
        format!("<unformattable {traceback:?}>")
    })
}

/// Implements the conversions of I/O errors in both directions, given a table of error kinds and exceptions.
macro_rules! io_errors {
    ($($kind:ident => $exception:ident,)+) => {
        /// Creates the exception that corresponds to the kind of the error, or `OSError` if there is none.
        impl From<io::Error> for PyErr {
            fn from(error: io::Error) -> PyErr {
                if error.get_ref().is_some_and(|inner| inner.is::<PyErr>()) {
                    // The error was made from a `PyErr`, so return that one.
                    let inner = error.into_inner().expect("just seen");
                    return *inner.downcast::<PyErr>().expect("just seen");
                }
                match error.kind() {
                    $(ErrorKind::$kind => exceptions::$exception::new_err(error),)+
                    _ => exceptions::PyOSError::new_err(error),
                }
            }
        }

        /// Creates an error of the kind that corresponds to the exception. The error contains the exception.
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

/// Returns the text of the error as the only argument.
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

/// Creates a `UnicodeDecodeError` without the bytes, because the error does not contain them.
impl From<core::str::Utf8Error> for PyErr {
    fn from(error: core::str::Utf8Error) -> PyErr {
        exceptions::PyUnicodeDecodeError::new_err(DecodeArguments { bytes: Vec::new(), error })
    }
}

/// Creates a `UnicodeDecodeError` with the bytes and the position of the first invalid one.
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

/// The five arguments of a `UnicodeDecodeError`, like those of [`PyUnicodeDecodeError::new_utf8`].
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

/// Converts to the exception instance.
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
