//! The built-in exception types, and macros that define others.
//!
//! Each type has a function `new_err`, which creates an error of that type:
//!
//! ```
//! use pyo3::exceptions::{PyTypeError, PyValueError};
//! use pyo3::prelude::*;
//!
//! fn positive(number: i64) -> PyResult<i64> {
//!     if number > 0 { Ok(number) } else { Err(PyValueError::new_err(("not positive", number))) }
//! }
//!
//! # Python::initialize();
//! Python::attach(|py| {
//!     let error = positive(-3).unwrap_err();
//!     assert!(error.is_instance_of::<PyValueError>(py) && !error.is_instance_of::<PyTypeError>(py));
//!     assert_eq!(error.value(py).getattr("args")?.to_string(), "('not positive', -3)");
//!     Ok::<(), PyErr>(())
//! })
//! # .unwrap();
//! ```

use pyo3_backend::{ErrorOps, ExceptionType, TypeOps};

use crate::backend::Active;
use crate::{Bound, PyAny, PyTypeInfo, Python, ffi};

/// Implements what the Rust types of all exceptions have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_exception_boilerplate {
    ($name:ident) => {
        impl $name {
            /// Creates a [`PyErr`]($crate::PyErr) of this type. The exception object is created only when needed.
            ///
            /// `args` is one argument of the exception, or a tuple of arguments.
            #[inline]
            #[allow(dead_code, reason = "not every program raises every exception")]
            pub fn new_err<A>(args: A) -> $crate::PyErr
            where
                A: $crate::PyErrArguments + ::core::marker::Send + ::core::marker::Sync + 'static,
            {
                $crate::PyErr::new::<$name, A>(args)
            }
        }

        impl $crate::err::ToPyErr for $name {}
        impl $crate::types::DerefToPyAny for $name {}
    };
}

macro_rules! exceptions {
    ($($rust:ident $python:ident)*) => {
        $(
            #[doc = concat!("Python's `", stringify!($python), "`.")]
            pub struct $rust(());

            #[expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]
            // SAFETY: `type_check_exception` checks for instances of the type that `type_object_raw` returns.
            unsafe impl PyTypeInfo for $rust {
                #[cfg(feature = "compat-0-29")]
                const NAME: &'static str = stringify!($rust);
                #[cfg(feature = "compat-0-29")]
                const MODULE: Option<&'static str> = Some("builtins");
                type_hint!(builtin stringify!($python));

                #[inline]
                fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
                    crate::type_object::raw_type(Active::exception_type(py.attached(), ExceptionType::$python))
                }

                #[inline]
                fn is_type_of(object: &Bound<'_, PyAny>) -> bool {
                    Active::type_check_exception(object.py().attached(), object.any_handle(), ExceptionType::$python)
                }
            }

            impl_exception_boilerplate!($rust);
        )*
    };
}

exceptions! {
    PyBaseException BaseException
    PyException Exception
    PyArithmeticError ArithmeticError
    PyAssertionError AssertionError
    PyAttributeError AttributeError
    PyBaseExceptionGroup BaseExceptionGroup
    PyBlockingIOError BlockingIOError
    PyBrokenPipeError BrokenPipeError
    PyBufferError BufferError
    PyBytesWarning BytesWarning
    PyChildProcessError ChildProcessError
    PyConnectionAbortedError ConnectionAbortedError
    PyConnectionError ConnectionError
    PyConnectionRefusedError ConnectionRefusedError
    PyConnectionResetError ConnectionResetError
    PyDeprecationWarning DeprecationWarning
    PyEOFError EOFError
    PyEncodingWarning EncodingWarning
    PyFileExistsError FileExistsError
    PyFileNotFoundError FileNotFoundError
    PyFloatingPointError FloatingPointError
    PyFutureWarning FutureWarning
    PyGeneratorExit GeneratorExit
    PyImportError ImportError
    PyImportWarning ImportWarning
    PyIndexError IndexError
    PyInterruptedError InterruptedError
    PyIsADirectoryError IsADirectoryError
    PyKeyError KeyError
    PyKeyboardInterrupt KeyboardInterrupt
    PyLookupError LookupError
    PyMemoryError MemoryError
    PyModuleNotFoundError ModuleNotFoundError
    PyNameError NameError
    PyNotADirectoryError NotADirectoryError
    PyNotImplementedError NotImplementedError
    PyOSError OSError
    PyOverflowError OverflowError
    PyPendingDeprecationWarning PendingDeprecationWarning
    PyPermissionError PermissionError
    PyProcessLookupError ProcessLookupError
    PyRecursionError RecursionError
    PyReferenceError ReferenceError
    PyResourceWarning ResourceWarning
    PyRuntimeError RuntimeError
    PyRuntimeWarning RuntimeWarning
    PyStopAsyncIteration StopAsyncIteration
    PyStopIteration StopIteration
    PySyntaxError SyntaxError
    PySyntaxWarning SyntaxWarning
    PySystemError SystemError
    PySystemExit SystemExit
    PyTimeoutError TimeoutError
    PyTypeError TypeError
    PyUnboundLocalError UnboundLocalError
    PyUnicodeDecodeError UnicodeDecodeError
    PyUnicodeEncodeError UnicodeEncodeError
    PyUnicodeError UnicodeError
    PyUnicodeTranslateError UnicodeTranslateError
    PyUnicodeWarning UnicodeWarning
    PyUserWarning UserWarning
    PyValueError ValueError
    PyWarning Warning
    PyZeroDivisionError ZeroDivisionError
}

/// Python's `EnvironmentError`: an alias of `OSError`.
pub type PyEnvironmentError = PyOSError;

/// Python's `IOError`: an alias of `OSError`.
pub type PyIOError = PyOSError;

/// Python's `WindowsError`: an alias of `OSError`, on Windows only.
#[cfg(windows)]
pub type PyWindowsError = PyOSError;

impl crate::instance::NativeKind for PyBaseException {
    type Kind = pyo3_backend::kind::BaseException;
}

/// Declares a Rust type for an exception of a Python module.
///
/// Write `import_exception!(module, Name)`, where `module` may contain dots. The first use of the type imports the
/// module.
///
/// # Panics
///
/// The first use of the type panics if the module cannot be imported or has no class of this name.
///
/// ```
/// use pyo3::prelude::*;
///
/// pyo3::import_exception!(json, JSONDecodeError);
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let error = py.run(c"import json; json.loads('{')", None, None).unwrap_err();
///     assert!(error.is_instance_of::<JSONDecodeError>(py));
/// });
/// ```
#[macro_export]
macro_rules! import_exception {
    ($module:expr, $name:ident) => {
        #[doc = concat!("Python's `", stringify!($module), ".", stringify!($name), "`.")]
        #[repr(transparent)]
        #[allow(non_camel_case_types, reason = "named as in Python")]
        pub struct $name($crate::PyAny);

        $crate::impl_exception_boilerplate!($name);

        impl $name {
            fn type_object_of_exception(py: $crate::Python<'_>) -> &$crate::Bound<'_, $crate::types::PyType> {
                static TYPE: $crate::sync::PyOnceLock<$crate::Py<$crate::types::PyType>> =
                    $crate::sync::PyOnceLock::new();
                TYPE.import(py, stringify!($module), stringify!($name)).unwrap_or_else(|error| {
                    panic!("failed to import exception {}.{}: {}", stringify!($module), stringify!($name), error)
                })
            }
        }

        $crate::impl_::exceptions::type_info!($module, $name);
    };
}

/// Defines a new exception type.
///
/// Write `create_exception!(module, Name, Base)`, with an optional docstring as a fourth argument. The first use of the
/// Rust type creates the type object.
///
/// # Panics
///
/// The first use of the type panics if Python cannot create the type object.
///
/// ```
/// use pyo3::exceptions::PyException;
/// use pyo3::prelude::*;
///
/// pyo3::create_exception!(mymodule, CustomError, PyException, "Something of ours went wrong.");
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let error = CustomError::new_err("oh no");
///     assert_eq!(error.to_string(), "CustomError: oh no");
///     assert!(error.is_instance_of::<PyException>(py));
/// });
/// ```
#[macro_export]
macro_rules! create_exception {
    ($module:expr, $name:ident, $base:ty) => {
        $crate::create_exception!(@make $module, $name, $base, ::core::option::Option::None, "");
    };
    ($module:expr, $name:ident, $base:ty, $doc:expr) => {
        $crate::create_exception!(
            @make $module, $name, $base,
            ::core::option::Option::Some($crate::impl_::exceptions::c_str(concat!($doc, "\0"))), $doc
        );
    };
    (@make $module:expr, $name:ident, $base:ty, $doc:expr, $rustdoc:expr) => {
        #[doc = $rustdoc]
        #[repr(transparent)]
        #[allow(non_camel_case_types, reason = "named as in Python")]
        pub struct $name($crate::PyAny);

        $crate::impl_exception_boilerplate!($name);

        impl $name {
            fn type_cell_of_exception() -> &'static $crate::sync::PyOnceLock<$crate::Py<$crate::types::PyType>> {
                static TYPE: $crate::sync::PyOnceLock<$crate::Py<$crate::types::PyType>> = $crate::sync::PyOnceLock::new();
                &TYPE
            }

            fn type_object_of_exception(py: $crate::Python<'_>) -> &$crate::Bound<'_, $crate::types::PyType> {
                Self::type_cell_of_exception().get_or_init(py, || {
                    let base = <$base as $crate::PyTypeInfo>::type_object(py);
                    $crate::PyErr::new_type(
                        py,
                        $crate::impl_::exceptions::c_str(concat!(stringify!($module), ".", stringify!($name), "\0")),
                        $doc,
                        ::core::option::Option::Some(&base),
                        ::core::option::Option::None,
                    )
                    .unwrap_or_else(|error| panic!("failed to make exception type {}: {}", stringify!($name), error))
                })
                .bind(py)
            }
        }

        $crate::impl_::exceptions::type_info!($module, $name, $base, $rustdoc);
    };
}

impl PyUnicodeDecodeError {
    /// Creates a `UnicodeDecodeError` for the bytes in `range` of `input`, which are invalid in `encoding`.
    ///
    /// # Errors
    ///
    /// Returns an error if Python does not accept these arguments.
    pub fn new<'py>(
        py: Python<'py>,
        encoding: &std::ffi::CStr,
        input: &[u8],
        range: std::ops::Range<usize>,
        reason: &std::ffi::CStr,
    ) -> crate::PyResult<Bound<'py, PyUnicodeDecodeError>> {
        use crate::types::PyAnyMethods;
        let arguments = (
            encoding.to_string_lossy(),
            crate::types::PyBytes::new(py, input),
            range.start,
            range.end,
            reason.to_string_lossy(),
        );
        Ok(py.get_type::<PyUnicodeDecodeError>().as_any().call1(arguments)?.cast_into()?)
    }

    /// Creates a `UnicodeDecodeError` for the first byte of `input` that is not valid UTF-8.
    ///
    /// `err` is the error of decoding `input`.
    ///
    /// # Errors
    ///
    /// Same as [`new`](Self::new).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyUnicodeDecodeError;
    /// use pyo3::types::PyBytes;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let input = b"abc\xff";
    ///     let error = std::str::from_utf8(input).unwrap_err();
    ///     let exception = PyUnicodeDecodeError::new_utf8(py, input, error)?;
    ///     assert_eq!(exception.getattr("start")?.extract::<usize>()?, 3);
    ///     assert!(exception.getattr("object")?.eq(PyBytes::new(py, input))?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_utf8<'py>(
        py: Python<'py>,
        input: &[u8],
        err: core::str::Utf8Error,
    ) -> crate::PyResult<Bound<'py, PyUnicodeDecodeError>> {
        let position = err.valid_up_to();
        PyUnicodeDecodeError::new(py, c"utf-8", input, position..position + 1, c"invalid utf-8")
    }

    /// Creates a `UnicodeDecodeError` like [`new_utf8`](Self::new_utf8), and returns it as a `PyErr`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyUnicodeDecodeError;
    ///
    /// fn text<'a>(py: Python<'_>, input: &'a [u8]) -> PyResult<&'a str> {
    ///     std::str::from_utf8(input).map_err(|error| PyUnicodeDecodeError::new_err_from_utf8(py, input, error))
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(text(py, b"fine")?, "fine");
    ///     assert!(text(py, b"\x80").unwrap_err().is_instance_of::<PyUnicodeDecodeError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_err_from_utf8(py: Python<'_>, bytes: &[u8], err: core::str::Utf8Error) -> crate::PyErr {
        match PyUnicodeDecodeError::new_utf8(py, bytes, err) {
            Ok(exception) => crate::PyErr::from_value(exception.into_any()),
            Err(error) => error,
        }
    }
}

/// The exceptions of the module `asyncio`.
pub mod asyncio {
    #![expect(unsafe_code, reason = "the macro implements `PyTypeInfo`")]

    import_exception!(asyncio, CancelledError);
    import_exception!(asyncio, IncompleteReadError);
    import_exception!(asyncio, InvalidStateError);
    import_exception!(asyncio, LimitOverrunError);
    import_exception!(asyncio, QueueEmpty);
    import_exception!(asyncio, QueueFull);
    import_exception!(asyncio, TimeoutError);
}

/// The exceptions of the module `socket`.
pub mod socket {
    #![expect(unsafe_code, reason = "the macro implements `PyTypeInfo`")]

    import_exception!(socket, herror);
    import_exception!(socket, gaierror);
    import_exception!(socket, timeout);
}
