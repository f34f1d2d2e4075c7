//! Exception types: built in, created in Rust, imported; and warnings.

use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::types::PyType;
use pyo3::{PyTypeInfo, create_exception, import_exception};

use pyo3_tests::{eval, raises, run, scope};

create_exception!(my.package, Plain, PyException, "It has a text.");
create_exception!(my.package, Derived, Plain);
import_exception!(json, JSONDecodeError);

#[test]
fn made_types_are_types() {
    Python::attach(|py| {
        let plain = py.get_type::<Plain>();
        assert_eq!(plain.name().unwrap(), "Plain");
        assert_eq!(plain.module().unwrap(), "my.package");
        assert_eq!(plain.getattr("__doc__").unwrap().to_string(), "It has a text.");
        assert!(plain.is_subclass_of::<PyException>().unwrap());
        let derived = py.get_type::<Derived>();
        assert!(derived.is_subclass_of::<Plain>().unwrap());
        assert!(plain.is(py.get_type::<Plain>()));
        assert!(Plain::type_object(py).is(&plain));
    });
}

#[test]
fn made_types_are_raised_and_caught() {
    #[pyfunction]
    fn fail() -> PyResult<()> {
        Err(Derived::new_err(("text", 3)))
    }

    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("fail", wrap_pyfunction!(fail, py).unwrap()).unwrap();
        scope.set_item("Plain", py.get_type::<Plain>()).unwrap();
        run(
            &scope,
            c"
try:
    fail()
except Plain as error:
    args, name = error.args, type(error).__name__
class Sub(Plain):
    extra = 1
try:
    raise Sub('x')
except Plain as error:
    assert error.extra == 1
",
        );
        assert_eq!(eval(&scope, c"args, name").to_string(), "(('text', 3), 'Derived')");
        assert!(raises(&scope, c"fail()").is_instance_of::<Plain>(py));
        let error = raises(&scope, c"raise Plain");
        assert_eq!(error.to_string(), "Plain: ");
    });
}

#[test]
fn imported_types_are_those_of_the_module() {
    Python::attach(|py| {
        let error = raises(&scope(py), c"import json; json.loads('{')");
        assert!(error.is_instance_of::<JSONDecodeError>(py));
        assert!(error.is_instance_of::<PyValueError>(py));
        let ours = JSONDecodeError::new_err(("message", "text", 2));
        assert_eq!(ours.value(py).getattr("pos").unwrap().extract::<i32>().unwrap(), 2);
    });
}

#[test]
fn types_made_at_run_time() {
    Python::attach(|py| {
        let base = py.get_type::<PyValueError>();
        let class: Py<PyType> = PyErr::new_type(py, c"pkg.AtRunTime", Some(c"doc"), Some(&base), None).unwrap();
        let class = class.into_bound(py);
        assert_eq!(class.name().unwrap(), "AtRunTime");
        assert_eq!(class.module().unwrap(), "pkg");
        assert!(class.is_subclass_of::<PyValueError>().unwrap());
        let error = PyErr::from_type(class, ("x",));
        assert_eq!(error.to_string(), "AtRunTime: x");
    });
}

macro_rules! builtins {
    ($($rust:ident $python:literal)*) => {
        #[test]
        fn builtin_types_are_builtin() {
            Python::attach(|py| {
                let builtins = py.import("builtins").unwrap();
                $(
                    assert!(py.get_type::<$rust>().is(builtins.getattr($python).unwrap()), $python);
                )*
            });
        }

        #[test]
        fn builtin_types_can_be_raised() {
            Python::attach(|py| {
                $(
                    if !matches!($python, "UnicodeDecodeError" | "UnicodeEncodeError" | "UnicodeTranslateError") {
                        let error = $rust::new_err("text");
                        assert!(error.get_type(py).is(py.get_type::<$rust>()), $python);
                        assert!(error.is_instance_of::<PyBaseException>(py));
                    }
                )*
            });
        }
    };
}

builtins! {
    PyBaseException "BaseException"
    PyException "Exception"
    PyArithmeticError "ArithmeticError"
    PyAssertionError "AssertionError"
    PyAttributeError "AttributeError"
    PyBlockingIOError "BlockingIOError"
    PyBrokenPipeError "BrokenPipeError"
    PyBufferError "BufferError"
    PyBytesWarning "BytesWarning"
    PyChildProcessError "ChildProcessError"
    PyConnectionAbortedError "ConnectionAbortedError"
    PyConnectionError "ConnectionError"
    PyConnectionRefusedError "ConnectionRefusedError"
    PyConnectionResetError "ConnectionResetError"
    PyDeprecationWarning "DeprecationWarning"
    PyEOFError "EOFError"
    PyFileExistsError "FileExistsError"
    PyFileNotFoundError "FileNotFoundError"
    PyFloatingPointError "FloatingPointError"
    PyFutureWarning "FutureWarning"
    PyGeneratorExit "GeneratorExit"
    PyImportError "ImportError"
    PyImportWarning "ImportWarning"
    PyIndexError "IndexError"
    PyInterruptedError "InterruptedError"
    PyIsADirectoryError "IsADirectoryError"
    PyKeyError "KeyError"
    PyKeyboardInterrupt "KeyboardInterrupt"
    PyLookupError "LookupError"
    PyMemoryError "MemoryError"
    PyModuleNotFoundError "ModuleNotFoundError"
    PyNameError "NameError"
    PyNotADirectoryError "NotADirectoryError"
    PyNotImplementedError "NotImplementedError"
    PyOSError "OSError"
    PyOverflowError "OverflowError"
    PyPendingDeprecationWarning "PendingDeprecationWarning"
    PyPermissionError "PermissionError"
    PyProcessLookupError "ProcessLookupError"
    PyRecursionError "RecursionError"
    PyReferenceError "ReferenceError"
    PyResourceWarning "ResourceWarning"
    PyRuntimeError "RuntimeError"
    PyRuntimeWarning "RuntimeWarning"
    PyStopAsyncIteration "StopAsyncIteration"
    PyStopIteration "StopIteration"
    PySyntaxError "SyntaxError"
    PySyntaxWarning "SyntaxWarning"
    PySystemError "SystemError"
    PySystemExit "SystemExit"
    PyTimeoutError "TimeoutError"
    PyTypeError "TypeError"
    PyUnboundLocalError "UnboundLocalError"
    PyUnicodeDecodeError "UnicodeDecodeError"
    PyUnicodeEncodeError "UnicodeEncodeError"
    PyUnicodeError "UnicodeError"
    PyUnicodeTranslateError "UnicodeTranslateError"
    PyUnicodeWarning "UnicodeWarning"
    PyUserWarning "UserWarning"
    PyValueError "ValueError"
    PyWarning "Warning"
    PyZeroDivisionError "ZeroDivisionError"
}

#[test]
fn warnings_are_shown_or_raised() {
    Python::attach(|py| {
        let scope = scope(py);
        let warnings = py.import("warnings").unwrap();
        let category = py.get_type::<PyUserWarning>().into_any();
        let catcher = warnings
            .getattr("catch_warnings")
            .unwrap()
            .call((), Some(&[("record", true)].into_py_dict_of_flags(py)))
            .unwrap();
        let shown = catcher.call_method0("__enter__").unwrap();
        warnings.call_method1("simplefilter", ("always",)).unwrap();
        PyErr::warn(py, &category, c"take care", 0).unwrap();
        warnings.call_method1("simplefilter", ("error",)).unwrap();
        let error = PyErr::warn(py, &category, c"take more care", 0).unwrap_err();
        let explicit = PyErr::warn_explicit(py, &category, c"explicit", c"file.py", 7, None, None).unwrap_err();
        catcher.call_method1("__exit__", (py.None(), py.None(), py.None())).unwrap();
        scope.set_item("shown", shown).unwrap();
        assert_eq!(eval(&scope, c"[str(w.message) for w in shown]").to_string(), "['take care']");
        assert_eq!(error.to_string(), "UserWarning: take more care");
        assert!(error.is_instance_of::<PyUserWarning>(py));
        assert_eq!(explicit.to_string(), "UserWarning: explicit");
    });
}

/// Creates a dict of flags in one expression.
trait Flags {
    fn into_py_dict_of_flags(self, py: Python<'_>) -> Bound<'_, pyo3::types::PyDict>;
}

impl<const N: usize> Flags for [(&str, bool); N] {
    fn into_py_dict_of_flags(self, py: Python<'_>) -> Bound<'_, pyo3::types::PyDict> {
        pyo3::types::IntoPyDict::into_py_dict(self, py).expect("flags are always accepted")
    }
}

#[test]
fn old_names_of_os_error_are_os_error() {
    Python::attach(|py| {
        let builtins = py.import("builtins").unwrap();
        for (name, class) in [
            ("IOError", py.get_type::<PyIOError>()),
            ("EnvironmentError", py.get_type::<PyEnvironmentError>()),
            #[cfg(windows)]
            ("WindowsError", py.get_type::<PyWindowsError>()),
        ] {
            assert!(builtins.getattr(name).unwrap().is(&class), "{name}");
        }
        let error = PyIOError::new_err((2, "no such thing"));
        assert!(error.is_instance_of::<PyOSError>(py));
        assert!(error.is_instance_of::<PyFileNotFoundError>(py));
    });
}
