//! The exact errors of calls with wrong arguments.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use pyo3_tests::{add_class, assert_messages, scope_with};

#[pyfunction]
fn none() {}

#[pyfunction]
fn one(a: i32) -> i32 {
    a
}

#[pyfunction]
fn three(a: i32, b: &str, c: Vec<i32>) -> usize {
    a as usize + b.len() + c.len()
}

#[pyfunction]
#[pyo3(signature = (a, b = 1))]
fn with_default(a: i32, b: i32) -> i32 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (a, b, /))]
fn positional_only(a: i32, b: i32) -> i32 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (a, /, **kwargs))]
fn positional_only_and_keywords(a: i32, kwargs: Option<&Bound<'_, PyDict>>) -> usize {
    a as usize + kwargs.map_or(0, |kwargs| kwargs.len())
}

#[pyfunction]
#[pyo3(signature = (*, x, y, z = 0))]
fn keyword_only(x: i32, y: i32, z: i32) -> i32 {
    x + y + z
}

#[pyfunction]
#[pyo3(signature = (a, *args, k))]
fn variadic(a: i32, args: &Bound<'_, PyTuple>, k: i32) -> usize {
    a as usize + args.len() + k as usize
}

#[pyclass]
struct Thing;

#[pymethods]
impl Thing {
    #[new]
    fn new(size: i32) -> Self {
        let _ = size;
        Thing
    }

    fn method(&self, a: i32) -> i32 {
        a
    }

    #[staticmethod]
    fn fixed(a: i32) -> i32 {
        a
    }

    #[classmethod]
    fn of_class(_cls: &Bound<'_, pyo3::types::PyType>, a: i32) -> i32 {
        a
    }
}

#[test]
fn numbers_of_arguments() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(none, py),
                wrap_pyfunction!(one, py),
                wrap_pyfunction!(three, py),
                wrap_pyfunction!(with_default, py),
                wrap_pyfunction!(positional_only, py),
                wrap_pyfunction!(positional_only_and_keywords, py),
                wrap_pyfunction!(keyword_only, py),
                wrap_pyfunction!(variadic, py),
            ],
        );
        assert_messages(
            &scope,
            &[
                (c"none(1)", "TypeError: none() takes no arguments (1 given)"),
                (c"none(1, 2)", "TypeError: none() takes no arguments (2 given)"),
                (c"none(x=1)", "TypeError: none() takes no keyword arguments"),
                (c"one()", "TypeError: one() missing 1 required positional argument: 'a'"),
                (c"one(1, 2)", "TypeError: one() takes 1 positional arguments but 2 were given"),
                (c"three()", "TypeError: three() missing 3 required positional arguments: 'a', 'b', and 'c'"),
                (c"three(1)", "TypeError: three() missing 2 required positional arguments: 'b' and 'c'"),
                (c"three(1, c=[])", "TypeError: three() missing 1 required positional argument: 'b'"),
                (c"three(1, '', [], 4)", "TypeError: three() takes 3 positional arguments but 4 were given"),
                (c"with_default()", "TypeError: with_default() missing 1 required positional argument: 'a'"),
                (
                    c"with_default(1, 2, 3)",
                    "TypeError: with_default() takes from 1 to 2 positional arguments but 3 were given",
                ),
                (c"positional_only(1)", "TypeError: positional_only() missing 1 required positional argument: 'b'"),
                (
                    c"positional_only_and_keywords(1, 2)",
                    "TypeError: positional_only_and_keywords() takes 1 positional arguments but 2 were given",
                ),
                (c"keyword_only(1)", "TypeError: keyword_only() takes 0 positional arguments but 1 was given"),
                (c"keyword_only()", "TypeError: keyword_only() missing 2 required keyword arguments: 'x' and 'y'"),
                (c"keyword_only(x=1)", "TypeError: keyword_only() missing 1 required keyword argument: 'y'"),
                (c"variadic(1, 2, 3)", "TypeError: variadic() missing 1 required keyword argument: 'k'"),
                (c"variadic(k=1)", "TypeError: variadic() missing 1 required positional argument: 'a'"),
            ],
        );
    });
}

#[test]
fn names_of_arguments() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(one, py),
                wrap_pyfunction!(three, py),
                wrap_pyfunction!(positional_only, py),
                wrap_pyfunction!(positional_only_and_keywords, py),
                wrap_pyfunction!(keyword_only, py),
            ],
        );
        assert_messages(
            &scope,
            &[
                (c"one(1, a=2)", "TypeError: one() got multiple values for argument 'a'"),
                (c"one(b=2)", "TypeError: one() got an unexpected keyword argument 'b'"),
                (c"one(1, b=2)", "TypeError: one() got an unexpected keyword argument 'b'"),
                (c"three(1, b='', a=3)", "TypeError: three() got multiple values for argument 'a'"),
                (
                    c"positional_only(a=1, b=2)",
                    "TypeError: positional_only() got some positional-only arguments passed as keyword arguments: 'a' and 'b'",
                ),
                (
                    c"positional_only(1, b=2)",
                    "TypeError: positional_only() got some positional-only arguments passed as keyword arguments: 'b'",
                ),
                (c"positional_only(1, 2, x=3)", "TypeError: positional_only() got an unexpected keyword argument 'x'"),
                (c"keyword_only(x=1, y=2, w=3)", "TypeError: keyword_only() got an unexpected keyword argument 'w'"),
                (c"one(**{1: 2})", "TypeError: keywords must be strings"),
            ],
        );
        pyo3_tests::run(&scope, c"assert positional_only_and_keywords(1, a=5) == 2");
    });
}

#[test]
fn types_of_arguments() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [wrap_pyfunction!(one, py), wrap_pyfunction!(three, py), wrap_pyfunction!(with_default, py)],
        );
        assert_messages(
            &scope,
            &[
                (c"one('x')", "TypeError: 'str' object cannot be interpreted as an integer"),
                (c"one(a=None)", "TypeError: 'NoneType' object cannot be interpreted as an integer"),
                (c"with_default(1, 'x')", "TypeError: 'str' object cannot be interpreted as an integer"),
                (c"three(1, 2, [])", "TypeError: 'int' object is not an instance of 'str'"),
                (c"three(1, '', 'abc')", "TypeError: Can't extract `str` to `Vec`"),
                (c"three(1, '', 5)", "TypeError: 'int' object is not an instance of 'Sequence'"),
                (c"three(2 ** 40, '', [])", "OverflowError: out of range integral type conversion attempted"),
            ],
        );
    });
}

#[test]
fn the_argument_is_named_in_a_note() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(one, py)]);
        let error = pyo3_tests::raises(&scope, c"one('x')");
        assert!(error.cause(py).is_none());
        // Exceptions have notes in Python 3.11 and later.
        if error.value(py).hasattr("add_note").unwrap() {
            let notes = error.value(py).getattr("__notes__").unwrap();
            assert_eq!(notes.to_string(), "[\"while processing 'a'\"]");
        }
        assert!(error.context(py).is_none());
    });
}

#[test]
fn methods_name_their_class() {
    Python::attach(|py| {
        let scope = PyDict::new(py);
        add_class::<Thing>(&scope);
        assert_messages(
            &scope,
            &[
                (c"Thing()", "TypeError: Thing.__new__() missing 1 required positional argument: 'size'"),
                (c"Thing(1, 2)", "TypeError: Thing.__new__() takes 1 positional arguments but 2 were given"),
                (c"Thing(x=1)", "TypeError: Thing.__new__() got an unexpected keyword argument 'x'"),
                (c"Thing('x')", "TypeError: 'str' object cannot be interpreted as an integer"),
                (c"Thing(1).method()", "TypeError: Thing.method() missing 1 required positional argument: 'a'"),
                (c"Thing(1).method(1, 2)", "TypeError: Thing.method() takes 1 positional arguments but 2 were given"),
                (c"Thing.fixed()", "TypeError: Thing.fixed() missing 1 required positional argument: 'a'"),
                (c"Thing.of_class(1, 2)", "TypeError: Thing.of_class() takes 1 positional arguments but 2 were given"),
            ],
        );
    });
}
