//! Errors of Rust's standard library as Python exceptions, and the other way round.

use core::convert::Infallible;
use std::io::{self, ErrorKind};

use crate::exceptions;
use crate::types::{PyTraceback, PyTracebackMethods};
use crate::{Bound, IntoPyObjectExt, Py, PyAny, PyErr, PyErrArguments, Python};

/// The text of a traceback for `Debug`; where it cannot be formatted, its `repr`.
pub(super) fn traceback_text(traceback: &Bound<'_, PyTraceback>) -> String {
    traceback.format().unwrap_or_else(|error| {
        error.write_unraisable(traceback.py(), Some(traceback));
        format!("<unformattable {traceback:?}>")
    })
}

/// An error of the operating system: the subclass of `OSError` that its kind has.
impl From<io::Error> for PyErr {
    fn from(error: io::Error) -> PyErr {
        if error.get_ref().is_some_and(|inner| inner.is::<PyErr>()) {
            // It came from Python in the first place.
            let inner = error.into_inner().expect("just seen");
            return *inner.downcast::<PyErr>().expect("just seen");
        }
        match error.kind() {
            ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable => exceptions::PyOSError::new_err(error),
            ErrorKind::AlreadyExists => exceptions::PyFileExistsError::new_err(error),
            ErrorKind::BrokenPipe => exceptions::PyBrokenPipeError::new_err(error),
            ErrorKind::ConnectionAborted => exceptions::PyConnectionAbortedError::new_err(error),
            ErrorKind::ConnectionRefused => exceptions::PyConnectionRefusedError::new_err(error),
            ErrorKind::ConnectionReset => exceptions::PyConnectionResetError::new_err(error),
            ErrorKind::Interrupted => exceptions::PyInterruptedError::new_err(error),
            ErrorKind::IsADirectory => exceptions::PyIsADirectoryError::new_err(error),
            ErrorKind::NotADirectory => exceptions::PyNotADirectoryError::new_err(error),
            ErrorKind::NotFound => exceptions::PyFileNotFoundError::new_err(error),
            ErrorKind::PermissionDenied => exceptions::PyPermissionError::new_err(error),
            ErrorKind::TimedOut => exceptions::PyTimeoutError::new_err(error),
            ErrorKind::WouldBlock => exceptions::PyBlockingIOError::new_err(error),
            _ => exceptions::PyOSError::new_err(error),
        }
    }
}

/// An exception as an error of the operating system; the exception stays inside.
impl From<PyErr> for io::Error {
    fn from(error: PyErr) -> io::Error {
        use exceptions::*;
        let kind = Python::attach(|py| {
            if error.is_instance_of::<PyBrokenPipeError>(py) {
                ErrorKind::BrokenPipe
            } else if error.is_instance_of::<PyConnectionRefusedError>(py) {
                ErrorKind::ConnectionRefused
            } else if error.is_instance_of::<PyConnectionAbortedError>(py) {
                ErrorKind::ConnectionAborted
            } else if error.is_instance_of::<PyConnectionResetError>(py) {
                ErrorKind::ConnectionReset
            } else if error.is_instance_of::<PyInterruptedError>(py) {
                ErrorKind::Interrupted
            } else if error.is_instance_of::<PyFileNotFoundError>(py) {
                ErrorKind::NotFound
            } else if error.is_instance_of::<PyPermissionError>(py) {
                ErrorKind::PermissionDenied
            } else if error.is_instance_of::<PyFileExistsError>(py) {
                ErrorKind::AlreadyExists
            } else if error.is_instance_of::<PyBlockingIOError>(py) {
                ErrorKind::WouldBlock
            } else if error.is_instance_of::<PyTimeoutError>(py) {
                ErrorKind::TimedOut
            } else {
                ErrorKind::Other
            }
        });
        io::Error::new(kind, error)
    }
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

/// `UnicodeDecodeError` with the bytes and the place.
impl From<core::str::Utf8Error> for PyErr {
    fn from(error: core::str::Utf8Error) -> PyErr {
        exceptions::PyUnicodeDecodeError::new_err(Utf8Arguments { bytes: Vec::new(), error })
    }
}

impl From<std::string::FromUtf8Error> for PyErr {
    fn from(error: std::string::FromUtf8Error) -> PyErr {
        exceptions::PyUnicodeDecodeError::new_err(error)
    }
}

impl PyErrArguments for std::string::FromUtf8Error {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        let error = self.utf8_error();
        Utf8Arguments { bytes: self.into_bytes(), error }.arguments(py)
    }
}

/// The five arguments of a `UnicodeDecodeError`.
struct Utf8Arguments {
    bytes: Vec<u8>,
    error: core::str::Utf8Error,
}

impl PyErrArguments for Utf8Arguments {
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        let start = self.error.valid_up_to();
        let end = start + self.error.error_len().unwrap_or(1);
        let bytes = crate::types::PyBytes::new(py, &self.bytes);
        match ("utf-8", bytes, start, end, self.error.to_string()).into_py_any(py) {
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

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.into_value(py).into_bound(py))
    }
}

impl<'py> crate::IntoPyObject<'py> for &PyErr {
    type Target = exceptions::PyBaseException;
    type Output = Bound<'py, Self::Target>;
    type Error = Infallible;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(self.value(py).clone())
    }
}
