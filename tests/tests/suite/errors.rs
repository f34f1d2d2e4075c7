//! `PyErr`: lazy and raised, cause, context, traceback, printing, warnings, conversions.

use std::io;

use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::types::{PyTuple, PyType};

use pyo3_tests::{assert_count, count_of, eval, raises, run, scope, with_unraisable};

#[test]
fn lazy_errors_become_exceptions_when_looked_at() {
    let error = PyValueError::new_err("bad value");
    Python::attach(|py| {
        assert_eq!(error.to_string(), "ValueError: bad value");
        assert!(error.get_type(py).is(py.get_type::<PyValueError>()));
        assert_eq!(error.value(py).getattr("args").unwrap().to_string(), "('bad value',)");
        assert!(error.value(py).is(error.value(py)));
    });
}

#[test]
fn arguments_in_all_forms() {
    Python::attach(|py| {
        let args = |error: PyErr| error.value(py).getattr("args").unwrap().to_string();
        assert_eq!(args(PyValueError::new_err(())), "()");
        assert_eq!(args(PyValueError::new_err("one")), "('one',)");
        assert_eq!(args(PyValueError::new_err(("one", 2))), "('one', 2)");
        assert_eq!(args(PyValueError::new_err(vec![1, 2])), "([1, 2],)");
        assert_eq!(args(PyErr::new::<PyKeyError, _>(String::from("k"))), "('k',)");
        assert_eq!(args(PyErr::from_type(py.get_type::<PyTypeError>(), ("a", "b"))), "('a', 'b')");
    });
}

#[test]
fn from_value_takes_exceptions_types_and_others() {
    Python::attach(|py| {
        let scope = scope(py);
        let error = PyErr::from_value(eval(&scope, c"KeyError('k')"));
        assert_eq!(error.to_string(), "KeyError: 'k'");
        let error = PyErr::from_value(py.get_type::<PyValueError>().into_any());
        assert!(error.is_instance_of::<PyValueError>(py));
        let error = PyErr::from_value(eval(&scope, c"5"));
        assert_eq!(error.to_string(), "TypeError: exceptions must derive from BaseException");
        let error = PyErr::from_type(eval(&scope, c"int").cast_into::<PyType>().unwrap(), ());
        assert_eq!(error.to_string(), "TypeError: exceptions must derive from BaseException");
    });
}

#[test]
fn a_constructor_that_fails_wins() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Picky(Exception):
    def __init__(self, message):
        raise KeyError('constructor')
",
        );
        let picky = eval(&scope, c"Picky").cast_into::<PyType>().unwrap();
        let error = PyErr::from_type(picky, ("x",));
        assert!(error.is_instance_of::<PyKeyError>(py));
    });
}

#[test]
fn matches_types_and_tuples() {
    Python::attach(|py| {
        let error = PyFileNotFoundError::new_err("gone");
        assert!(error.is_instance_of::<PyOSError>(py));
        assert!(!error.is_instance_of::<PyValueError>(py));
        assert!(error.is_instance(py, &py.get_type::<PyException>()));
        assert!(error.matches(py, py.get_type::<PyOSError>()).unwrap());
        let tuple = PyTuple::new(py, [py.get_type::<PyKeyError>(), py.get_type::<PyOSError>()]).unwrap();
        assert!(error.matches(py, &tuple).unwrap());
        assert!(!error.matches(py, py.get_type::<PyKeyError>()).unwrap());
    });
}

#[test]
fn take_and_restore() {
    Python::attach(|py| {
        assert!(PyErr::take(py).is_none());
        assert!(!PyErr::occurred(py));
        PyValueError::new_err("pending").restore(py);
        assert!(PyErr::occurred(py));
        let error = PyErr::take(py).unwrap();
        assert_eq!(error.to_string(), "ValueError: pending");
        assert!(PyErr::take(py).is_none());
        error.restore(py);
        assert_eq!(PyErr::fetch(py).to_string(), "ValueError: pending");
        assert!(!PyErr::occurred(py));
    });
}

#[test]
fn cause_round_trips() {
    Python::attach(|py| {
        let error = raises(
            &scope(py),
            c"
try:
    1 / 0
except ZeroDivisionError as e:
    raise ValueError('outer') from e
",
        );
        let cause = error.cause(py).unwrap();
        assert!(cause.is_instance_of::<PyZeroDivisionError>(py));
        assert!(cause.cause(py).is_none());
        error.set_cause(py, None);
        assert!(error.cause(py).is_none());
        error.set_cause(py, Some(PyKeyError::new_err("new")));
        assert_eq!(error.cause(py).unwrap().to_string(), "KeyError: 'new'");
        assert!(error.value(py).getattr("__suppress_context__").unwrap().extract::<bool>().unwrap());
    });
}

#[test]
fn context_round_trips() {
    Python::attach(|py| {
        let error = raises(
            &scope(py),
            c"
try:
    1 / 0
except ZeroDivisionError as e:
    raise ValueError('outer')
",
        );
        assert!(error.context(py).unwrap().is_instance_of::<PyZeroDivisionError>(py));
        assert!(error.cause(py).is_none());
        error.set_context(py, Some(PyKeyError::new_err("new")));
        assert_eq!(error.context(py).unwrap().to_string(), "KeyError: 'new'");
        error.set_context(py, None);
        assert!(error.context(py).is_none());
    });
}

#[test]
fn errors_of_rust_are_context_where_python_raises_again() {
    #[pyfunction]
    fn fail() -> PyResult<()> {
        Err(PyKeyError::new_err("from Rust"))
    }

    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("fail", wrap_pyfunction!(fail, py).unwrap()).unwrap();
        let error = raises(
            &scope,
            c"
try:
    fail()
except KeyError:
    raise ValueError('from Python')
",
        );
        assert_eq!(error.context(py).unwrap().to_string(), "KeyError: 'from Rust'");
        let error = raises(
            &scope,
            c"
try:
    fail()
except KeyError as e:
    raise ValueError('from Python') from e
",
        );
        assert_eq!(error.cause(py).unwrap().to_string(), "KeyError: 'from Rust'");
    });
}

#[test]
fn tracebacks() {
    Python::attach(|py| {
        assert!(PyValueError::new_err("never raised").traceback(py).is_none());
        let scope = scope(py);
        run(&scope, c"def inner():\n    raise ValueError('here')");
        let error = raises(&scope, c"\n\ninner()");
        let traceback = error.traceback(py).unwrap();
        assert_eq!(traceback.getattr("tb_lineno").unwrap().extract::<u32>().unwrap(), 3);
        let text = traceback.format().unwrap();
        assert!(text.starts_with("Traceback (most recent call last):\n"), "{text}");
        assert!(text.contains("in inner"), "{text}");
        error.set_traceback(py, None);
        assert!(error.traceback(py).is_none());
        error.set_traceback(py, Some(traceback));
        assert!(error.traceback(py).is_some());
    });
}

#[test]
fn tracebacks_grow_on_the_way_through_rust() {
    #[pyfunction]
    fn call(callable: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        Ok(callable.call0()?.unbind())
    }

    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("call", wrap_pyfunction!(call, py).unwrap()).unwrap();
        run(&scope, c"def deep(): raise ValueError\ndef middle(): call(deep)");
        let error = raises(&scope, c"middle()");
        let text = error.traceback(py).unwrap().format().unwrap();
        let middle = text.find("in middle").unwrap();
        let deep = text.find("in deep").unwrap();
        assert!(middle < deep, "{text}");
    });
}

#[test]
fn printing_goes_to_sys_stderr() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
import io, threading
main = threading.current_thread()
",
        );
        let sys = py.import("sys").unwrap();
        let old = sys.getattr("stderr").unwrap();
        let buffer = py.import("io").unwrap().getattr("StringIO").unwrap().call0().unwrap();
        sys.setattr("stderr", &buffer).unwrap();
        let error = PyValueError::new_err("shown");
        error.display(py);
        error.print(py);
        let weed = Weed::new_err("too tall");
        weed.set_cause(py, Some(PyKeyError::new_err("no shears")));
        weed.display(py);
        sys.call_method1("excepthook", (weed.get_type(py), weed.value(py), py.None())).unwrap();
        sys.setattr("stderr", old).unwrap();
        let text: String = buffer.call_method0("getvalue").unwrap().extract().unwrap();
        assert_eq!(text.matches("ValueError: shown\n").count(), 2, "{text}");
        // The class name includes its module, and the cause comes first.
        let cause = "KeyError: 'no shears'\n\nThe above exception was the direct cause of the following exception:\n\n";
        assert_eq!(text.matches(&format!("{cause}garden.Weed: too tall\n")).count(), 2, "{text}");
        assert!(!PyErr::occurred(py));
    });
}

pyo3::create_exception!(garden, Weed, PyException);

#[test]
fn unraisable_goes_to_its_hook() {
    Python::attach(|py| {
        let scope = scope(py);
        with_unraisable(&scope, || {
            let object = 42i32.into_pyobject(py).unwrap().into_any();
            PyValueError::new_err("nobody to tell").write_unraisable(py, Some(&object));
        });
        assert!(eval(&scope, c"(ValueError, 'nobody to tell', 42) in seen").is_truthy().unwrap());
    });
}

#[test]
fn clones_are_the_same_exception() {
    Python::attach(|py| {
        let error = PyValueError::new_err("x");
        let clone = error.clone_ref(py);
        assert!(error.value(py).is(clone.value(py)));
        assert!(error.into_value(py).is(clone.value(py)));
    });
}

#[test]
fn debug_and_display() {
    Python::attach(|py| {
        let error = PyValueError::new_err(("a", 1));
        assert_eq!(error.to_string(), "ValueError: ('a', 1)");
        assert_eq!(PyValueError::new_err(()).to_string(), "ValueError: ");
        assert_eq!(
            format!("{error:?}"),
            "PyErr { type: <class 'ValueError'>, value: ValueError('a', 1), traceback: None }"
        );
        let error = raises(&scope(py), c"raise Exception('banana')");
        let text = format!("{error:?}");
        assert!(
            text.starts_with(
                "PyErr { type: <class 'Exception'>, value: Exception('banana'), traceback: Some(\"Traceback"
            ),
            "{text}"
        );
    });
}

#[test]
fn a_note_is_added() {
    Python::attach(|py| {
        let error = PyValueError::new_err("x");
        if error.value(py).hasattr("add_note").unwrap() {
            error.add_note(py, "see below").unwrap();
            assert_eq!(error.value(py).getattr("__notes__").unwrap().to_string(), "['see below']");
        }
    });
}

#[test]
fn errors_of_io_have_their_exceptions() {
    Python::attach(|py| {
        let check = |kind: io::ErrorKind, class: Bound<'_, PyType>| {
            let error: PyErr = io::Error::new(kind, "text").into();
            assert!(error.is_instance(py, &class), "{kind:?} gives {error}");
            assert_eq!(error.value(py).to_string(), "text");
            let back: io::Error = error.into();
            assert_eq!(back.kind(), kind);
        };
        check(io::ErrorKind::NotFound, py.get_type::<PyFileNotFoundError>());
        check(io::ErrorKind::OutOfMemory, py.get_type::<PyMemoryError>());
        check(io::ErrorKind::IsADirectory, py.get_type::<PyIsADirectoryError>());
        check(io::ErrorKind::NotADirectory, py.get_type::<PyNotADirectoryError>());
        check(io::ErrorKind::PermissionDenied, py.get_type::<PyPermissionError>());
        check(io::ErrorKind::AlreadyExists, py.get_type::<PyFileExistsError>());
        check(io::ErrorKind::WouldBlock, py.get_type::<PyBlockingIOError>());
        check(io::ErrorKind::TimedOut, py.get_type::<PyTimeoutError>());
        check(io::ErrorKind::Interrupted, py.get_type::<PyInterruptedError>());
        check(io::ErrorKind::BrokenPipe, py.get_type::<PyBrokenPipeError>());
        check(io::ErrorKind::ConnectionRefused, py.get_type::<PyConnectionRefusedError>());
        check(io::ErrorKind::ConnectionReset, py.get_type::<PyConnectionResetError>());
        check(io::ErrorKind::ConnectionAborted, py.get_type::<PyConnectionAbortedError>());
        check(io::ErrorKind::Other, py.get_type::<PyOSError>());
        let error: PyErr = io::Error::from_raw_os_error(2).into();
        assert!(error.is_instance_of::<PyFileNotFoundError>(py));
    });
}

#[test]
fn other_errors_of_rust() {
    Python::attach(|py| {
        let error: PyErr = "x".parse::<i32>().unwrap_err().into();
        assert_eq!(error.to_string(), "ValueError: invalid digit found in string");
        let error: PyErr = "x".parse::<f64>().unwrap_err().into();
        assert!(error.is_instance_of::<PyValueError>(py));
        let error: PyErr = String::from_utf8(vec![0xff]).unwrap_err().into();
        assert!(error.is_instance_of::<PyUnicodeDecodeError>(py));
        let text = "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid utf-8";
        assert_eq!(error.to_string(), text);
        let error: PyErr = "x".parse::<bool>().unwrap_err().into();
        assert!(error.is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn question_mark_converts() {
    #[pyfunction]
    fn parse(text: &str) -> PyResult<i64> {
        Ok(text.trim().parse::<i64>()?)
    }

    Python::attach(|py| {
        let parse = wrap_pyfunction!(parse, py).unwrap();
        assert_eq!(parse.call1((" 12 ",)).unwrap().extract::<i64>().unwrap(), 12);
        assert!(parse.call1(("twelve",)).unwrap_err().is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn custom_errors_raise_what_they_convert_to() {
    struct Custom(i32);
    impl From<Custom> for PyErr {
        fn from(error: Custom) -> PyErr {
            PyArithmeticError::new_err((error.0, "custom"))
        }
    }
    #[pyfunction]
    fn fail(number: i32) -> Result<i32, Custom> {
        Err(Custom(number))
    }

    Python::attach(|py| {
        let error = wrap_pyfunction!(fail, py).unwrap().call1((7,)).unwrap_err();
        assert_eq!(error.to_string(), "ArithmeticError: (7, 'custom')");
    });
}

#[test]
fn raised_exceptions_keep_their_identity() {
    #[pyfunction]
    fn pass_on(callable: &Bound<'_, PyAny>) -> PyResult<()> {
        callable.call0().map(|_| ())
    }

    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("pass_on", wrap_pyfunction!(pass_on, py).unwrap()).unwrap();
        run(
            &scope,
            c"
error = ValueError('one and only')
def fail(): raise error
try:
    pass_on(fail)
except ValueError as caught:
    assert caught is error
else:
    assert False
",
        );
    });
}

#[test]
fn an_unused_lazy_error_leaks_nothing() {
    Python::attach(|py| {
        let object = pyo3_tests::fresh(py);
        let before = count_of(&object);
        drop(PyValueError::new_err(object.clone().unbind()));
        assert_count(&object, before);
        let error = PyValueError::new_err(object.clone().unbind());
        error.value(py);
        drop(error);
        assert_count(&object, before);
    });
}

#[test]
fn more_errors_of_the_standard_library() {
    use std::io::Write as _;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    fn strip() -> PyResult<()> {
        Path::new("/a").strip_prefix("/b")?;
        Ok(())
    }
    fn seconds() -> PyResult<Duration> {
        Ok(Duration::try_from_secs_f64(-1.0)?)
    }
    fn since() -> PyResult<Duration> {
        Ok(SystemTime::UNIX_EPOCH.duration_since(SystemTime::UNIX_EPOCH + Duration::from_secs(1))?)
    }
    fn join() -> PyResult<std::ffi::OsString> {
        // Contains the path separators of both kinds of system.
        Ok(std::env::join_paths(["a:\"b"])?)
    }

    Python::attach(|py| {
        for error in [strip().unwrap_err(), seconds().unwrap_err(), since().unwrap_err(), join().unwrap_err()] {
            assert!(error.is_instance_of::<PyValueError>(py), "{error}");
            assert!(!error.value(py).to_string().is_empty());
        }
        let invalid = String::from_utf8(vec![b'a', 0xff]).unwrap_err();
        let wrong = invalid.utf8_error();
        // As arguments of an explicitly chosen exception type.
        let error = PyUnicodeDecodeError::new_err(invalid);
        assert_eq!(error.value(py).getattr("start").unwrap().extract::<usize>().unwrap(), 1);
        let error = PyUnicodeDecodeError::new_err_from_utf8(py, b"a\xff", wrong);
        assert!(error.is_instance_of::<PyUnicodeDecodeError>(py));
        assert_eq!(error.value(py).getattr("object").unwrap().extract::<Vec<u8>>().unwrap(), b"a\xff");

        #[derive(Debug)]
        struct Broken;
        impl io::Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut writer = io::BufWriter::new(Broken);
        writer.write_all(b"kept").unwrap();
        let error = PyOSError::new_err(writer.into_inner().unwrap_err());
        assert!(error.to_string().contains("broken"), "{error}");
    });
}
