//! The native types that a class can extend.

#![expect(unsafe_code, reason = "the trait's functions are unsafe for classes; for native types they do nothing")]

use pyo3_backend::{Native, kind};

use super::base::{NoInitializer, PayloadsOf, PyClassBaseType};
use super::borrow::BorrowFlag;
use super::contract::NativeTypeOf;
use crate::PyAny;
use crate::backend::Ref;
use crate::exceptions::*;
use crate::types::{
    PyComplex, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyFrozenSet, PyList, PySet, PyTime, PyTzInfo,
    PyWeakrefReference,
};

/// Lets native types be extended: pairs of a frontend type and the kind whose layout its instances have.
macro_rules! native_base {
    ($($name:ty => $kind:ident,)*) => {
        $(
            impl PyClassBaseType for $name {
                type Contract = Native<kind::$kind, NativeTypeOf<$name>>;
                type Initializer = NoInitializer<$name>;

                const COUNTS: bool = false;

                #[inline]
                unsafe fn borrow_flag<'a>(_object: Ref<'a>) -> Option<&'a BorrowFlag> {
                    None
                }

                #[inline]
                fn borrow_flag_in<'a>(
                    _payloads: PayloadsOf<'a, Self>,
                ) -> Option<&'a BorrowFlag> {
                    None
                }

                #[inline]
                unsafe fn ensure_thread(_object: Ref<'_>) {}
            }
        )*
    };
}

native_base! {
    PyAny => Any,
    PyComplex => Complex,
    PyDate => Date,
    PyDateTime => DateTime,
    PyDelta => Delta,
    PyDict => Dict,
    PyFloat => Float,
    PyFrozenSet => FrozenSet,
    PyList => List,
    PySet => Set,
    PyTime => Time,
    // Instances of `tzinfo` add no memory to that of an object.
    PyTzInfo => Any,
    PyWeakrefReference => WeakRef,
    PyBaseException => BaseException,
}

// The exceptions with fields of their own, and those that extend them.
native_base! {
    PyAttributeError => AttributeError,
    PyBaseExceptionGroup => BaseExceptionGroup,
    PyImportError => ImportError,
    PyModuleNotFoundError => ImportError,
    PyNameError => NameError,
    PyUnboundLocalError => NameError,
    PyOSError => OSError,
    PyBlockingIOError => OSError,
    PyBrokenPipeError => OSError,
    PyChildProcessError => OSError,
    PyConnectionAbortedError => OSError,
    PyConnectionError => OSError,
    PyConnectionRefusedError => OSError,
    PyConnectionResetError => OSError,
    PyFileExistsError => OSError,
    PyFileNotFoundError => OSError,
    PyInterruptedError => OSError,
    PyIsADirectoryError => OSError,
    PyNotADirectoryError => OSError,
    PyPermissionError => OSError,
    PyProcessLookupError => OSError,
    PyTimeoutError => OSError,
    PyStopIteration => StopIteration,
    PySyntaxError => SyntaxError,
    PySystemExit => SystemExit,
    PyUnicodeError => UnicodeError,
    PyUnicodeDecodeError => UnicodeError,
    PyUnicodeEncodeError => UnicodeError,
    PyUnicodeTranslateError => UnicodeError,
}

// The exceptions that add no fields to `BaseException`.
native_base! {
    PyException => BaseException,
    PyArithmeticError => BaseException,
    PyAssertionError => BaseException,
    PyBufferError => BaseException,
    PyBytesWarning => BaseException,
    PyDeprecationWarning => BaseException,
    PyEOFError => BaseException,
    PyEncodingWarning => BaseException,
    PyFloatingPointError => BaseException,
    PyFutureWarning => BaseException,
    PyGeneratorExit => BaseException,
    PyImportWarning => BaseException,
    PyIndexError => BaseException,
    PyKeyError => BaseException,
    PyKeyboardInterrupt => BaseException,
    PyLookupError => BaseException,
    PyMemoryError => BaseException,
    PyNotImplementedError => BaseException,
    PyOverflowError => BaseException,
    PyPendingDeprecationWarning => BaseException,
    PyRecursionError => BaseException,
    PyReferenceError => BaseException,
    PyResourceWarning => BaseException,
    PyRuntimeError => BaseException,
    PyRuntimeWarning => BaseException,
    PyStopAsyncIteration => BaseException,
    PySyntaxWarning => BaseException,
    PySystemError => BaseException,
    PyTypeError => BaseException,
    PyUnicodeWarning => BaseException,
    PyUserWarning => BaseException,
    PyValueError => BaseException,
    PyWarning => BaseException,
    PyZeroDivisionError => BaseException,
}
