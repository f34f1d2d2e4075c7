//! Frames and code objects.

use pyo3::exceptions::{PyNameError, PySyntaxError, PyZeroDivisionError};
use pyo3::prelude::*;
use pyo3::types::code::PyCodeInput;
use pyo3::types::{PyCode, PyCodeMethods, PyDict, PyFrame, PyFrameMethods};

use pyo3_tests::{eval, run, scope};

#[test]
fn code_is_compiled_and_run() {
    Python::attach(|py| {
        let code = PyCode::compile(py, c"a + b", c"sum.py", PyCodeInput::Eval).unwrap();
        let globals = PyDict::new(py);
        globals.set_item("a", 1).unwrap();
        globals.set_item("b", 2).unwrap();
        assert_eq!(code.run(Some(&globals), None).unwrap().extract::<i32>().unwrap(), 3);
        let locals = PyDict::new(py);
        locals.set_item("b", 20).unwrap();
        assert_eq!(code.run(Some(&globals), Some(&locals)).unwrap().extract::<i32>().unwrap(), 21);
        assert_eq!(code.getattr("co_filename").unwrap().extract::<String>().unwrap(), "sum.py");

        let statements = PyCode::compile(py, c"c = 5\nd = c + 1", c"two.py", PyCodeInput::File).unwrap();
        assert!(statements.run(Some(&globals), None).unwrap().is_none());
        assert_eq!(globals.get_item("d").unwrap().unwrap().extract::<i32>().unwrap(), 6);

        let error = PyCode::compile(py, c"c = 5", c"<test>", PyCodeInput::Eval).unwrap_err();
        assert!(error.is_instance_of::<PySyntaxError>(py));
        assert!(code.run(None, None).unwrap_err().is_instance_of::<PyNameError>(py), "`__main__` has none of them");
    });
}

#[test]
fn frames_tell_what_runs() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
def inner(argument):
    local = argument * 2
    1 / 0

def outer():
    inner(21)

try:
    outer()
except ZeroDivisionError as raised:
    error = raised
",
        );
        let error = PyErr::from_value(eval(&scope, c"error"));
        assert!(error.is_instance_of::<PyZeroDivisionError>(py));
        let frame = eval(&scope, c"error.__traceback__.tb_next.tb_next.tb_frame").cast_into::<PyFrame>().unwrap();
        assert_eq!(frame.line_number(), 4);
        assert_eq!(frame.code().getattr("co_name").unwrap().extract::<String>().unwrap(), "inner");
        assert_eq!(frame.var(c"local").unwrap().extract::<i32>().unwrap(), 42);
        assert_eq!(frame.var(c"absent").unwrap_err().to_string(), "NameError: variable 'absent' does not exist");
        assert!(frame.builtins().contains("len").unwrap());
        assert!(frame.globals().is(&scope));
        assert_eq!(frame.locals().get_item("argument").unwrap().extract::<i32>().unwrap(), 21);
        let outer = frame.outer().expect("it was called");
        assert_eq!(outer.code().getattr("co_name").unwrap().extract::<String>().unwrap(), "outer");
    });
}

#[test]
fn frames_are_made_for_other_languages() {
    Python::attach(|py| {
        let frame = PyFrame::new(py, c"page.html", c"a template", 1203).unwrap();
        assert_eq!(frame.line_number(), 1203);
        let code = frame.code();
        let named = |name: &str| code.getattr(name).unwrap().extract::<String>().unwrap();
        assert_eq!((named("co_filename"), named("co_name")), ("page.html".to_owned(), "a template".to_owned()));
        assert_eq!(code.getattr("co_firstlineno").unwrap().extract::<i32>().unwrap(), 1203);
        assert!(frame.builtins().contains("len").unwrap());
        assert!(frame.var(c"any").unwrap_err().is_instance_of::<PyNameError>(py));
        let other = PyFrame::new(py, c"page.html", c"a template", 1).unwrap();
        assert!(!frame.is(&other) && !frame.globals().is(other.globals()));
        // Creating a frame leaves no exception behind.
        assert!(PyErr::take(py).is_none());
        assert!(py.import("sys").unwrap().call_method0("exc_info").unwrap().get_item(0).unwrap().is_none());
    });
}
