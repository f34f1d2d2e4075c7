//! `Python`: attaching, evaluating, importing, the singletons.

use pyo3::exceptions::{PyModuleNotFoundError, PyNameError, PySyntaxError, PyZeroDivisionError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyType};

use pyo3_tests::{eval, scope};

#[test]
fn attach_gives_what_the_closure_gives() {
    let text: String = Python::attach(|py| eval(&scope(py), c"'a' + 'b'").extract().unwrap());
    assert_eq!(text, "ab");
}

#[test]
fn attach_nests() {
    Python::attach(|outer| {
        let list = eval(&scope(outer), c"[1, 2]").unbind();
        let len = Python::attach(|inner| {
            Python::attach(|innermost| list.bind(innermost).len().unwrap()) + list.bind(inner).len().unwrap()
        });
        assert_eq!(len, 4);
        assert_eq!(list.bind(outer).len().unwrap(), 2);
    });
}

#[test]
fn try_attach_succeeds_while_the_interpreter_runs() {
    Python::initialize();
    assert_eq!(Python::try_attach(|_| 42), Some(42));
    Python::attach(|_| assert_eq!(Python::try_attach(|_| 42), Some(42)));
}

#[test]
fn initialize_may_be_repeated() {
    Python::initialize();
    Python::initialize();
    Python::attach(|_| Python::initialize());
}

#[test]
fn eval_sees_globals_and_locals() {
    Python::attach(|py| {
        let globals = PyDict::new(py);
        globals.set_item("x", 1).unwrap();
        globals.set_item("y", 10).unwrap();
        let locals = PyDict::new(py);
        locals.set_item("x", 2).unwrap();
        let sum: i32 = py.eval(c"x + y", Some(&globals), Some(&locals)).unwrap().extract().unwrap();
        assert_eq!(sum, 12);
    });
}

#[test]
fn eval_of_nothing_given_has_builtins() {
    Python::attach(|py| {
        let len: usize = py.eval(c"len('four')", None, None).unwrap().extract().unwrap();
        assert_eq!(len, 4);
    });
}

#[test]
fn run_writes_into_globals() {
    Python::attach(|py| {
        let globals = PyDict::new(py);
        py.run(
            c"
import sys
def double(x):
    return scale * x
scale = 2
answer = double(21)
",
            Some(&globals),
            None,
        )
        .unwrap();
        let answer: i32 = globals.get_item("answer").unwrap().unwrap().extract().unwrap();
        assert_eq!(answer, 42);
        assert!(globals.contains("__builtins__").unwrap());
    });
}

#[test]
fn run_writes_into_locals_where_there_are_some() {
    Python::attach(|py| {
        let (globals, locals) = (PyDict::new(py), PyDict::new(py));
        py.run(c"made_here = 1", Some(&globals), Some(&locals)).unwrap();
        assert!(!globals.contains("made_here").unwrap());
        assert!(locals.contains("made_here").unwrap());
    });
}

#[test]
fn errors_of_code_come_out_as_errors() {
    Python::attach(|py| {
        let error = py.eval(c"1 +", None, None).unwrap_err();
        assert!(error.is_instance_of::<PySyntaxError>(py));
        let error = py.eval(c"no_such_name", None, None).unwrap_err();
        assert!(error.is_instance_of::<PyNameError>(py));
        assert!(error.value(py).to_string().contains("no_such_name"));
        let error = py.run(c"x = 1\ny = x / 0", None, None).unwrap_err();
        assert!(error.is_instance_of::<PyZeroDivisionError>(py));
        assert!(PyErr::take(py).is_none());
    });
}

#[test]
fn import_finds_modules() {
    Python::attach(|py| {
        let sys = py.import("sys").unwrap();
        assert_eq!(sys.name().unwrap(), "sys");
        let again = py.import(pyo3::intern!(py, "sys")).unwrap();
        assert!(sys.is(&again));
        assert!(py.import("collections.abc").unwrap().hasattr("Mapping").unwrap());
    });
}

#[test]
fn import_of_nothing_raises() {
    Python::attach(|py| {
        let error = py.import("a_module_that_is_not_there").unwrap_err();
        assert!(error.is_instance_of::<PyModuleNotFoundError>(py));
        assert_eq!(error.to_string(), "ModuleNotFoundError: No module named 'a_module_that_is_not_there'");
    });
}

#[test]
fn version_agrees_with_sys() {
    Python::attach(|py| {
        let info = py.version_info();
        let sys = py.import("sys").unwrap();
        let (major, minor, patch): (u8, u8, u8) = sys
            .getattr("version_info")
            .and_then(|info| info.get_item(pyo3::types::PySlice::new(py, 0, 3, 1)))
            .unwrap()
            .extract()
            .unwrap();
        assert_eq!((info.major, info.minor, info.patch), (major, minor, patch));
        assert!(info >= (3, 9));
        assert!(info < (4, 0, 0));
        assert!(Python::version_str().starts_with(&format!("{major}.{minor}.{patch}")));
    });
}

#[test]
fn singletons_are_single() {
    Python::attach(|py| {
        let scope = scope(py);
        assert!(py.None().is(eval(&scope, c"None")));
        assert!(py.Ellipsis().is(eval(&scope, c"...")));
        assert!(py.NotImplemented().is(eval(&scope, c"NotImplemented")));
        assert!(py.None().bind(py).is_none());
        assert!(!py.Ellipsis().is_none(py));
    });
}

#[test]
fn types_are_those_of_python() {
    Python::attach(|py| {
        assert!(py.get_type::<PyInt>().is(eval(&scope(py), c"int")));
        assert!(py.get_type::<PyType>().is(eval(&scope(py), c"type")));
        assert!(py.get_type::<PyAny>().is(eval(&scope(py), c"object")));
    });
}

#[test]
fn no_signal_is_no_error() {
    Python::attach(|py| py.check_signals().unwrap());
}

#[test]
fn py_run_names_its_variables() {
    Python::attach(|py| {
        let text = "hello";
        let numbers = vec![1, 2, 3];
        pyo3::py_run!(
            py,
            text numbers,
            r#"
            assert text == "hello"
            assert numbers == [1, 2, 3]
            if True:
                assert sum(numbers) == 6
            "#
        );
        let locals = PyDict::new(py);
        pyo3::py_run!(py, *locals, "made = 1");
        assert!(locals.contains("made").unwrap());
    });
}

#[test]
#[should_panic]
fn py_run_panics_where_code_raises() {
    Python::attach(|py| {
        let number = 1i32;
        pyo3::py_run!(py, number, "assert number == 2");
    });
}
