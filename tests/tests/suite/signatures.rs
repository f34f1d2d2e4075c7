//! Signatures with a `/` or `*` that affects no parameter, and defaults that name the user's constants.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use pyo3_tests::{assert_messages, run, scope_with};

#[pyfunction]
#[pyo3(signature = (scheme, *, **kwargs))]
fn star_before_keywords(scheme: i32, kwargs: Option<&Bound<'_, PyDict>>) -> (i32, usize) {
    (scheme, kwargs.map_or(0, PyDictMethods::len))
}

#[pyfunction]
#[pyo3(signature = (/, a, b))]
fn slash_first(a: i32, b: i32) -> i32 {
    a - b
}

#[pyfunction]
#[pyo3(signature = (a, *))]
fn star_last(a: i32) -> i32 {
    a
}

#[pyfunction]
#[pyo3(signature = (*))]
fn star_alone() -> i32 {
    1
}

#[pyfunction]
#[pyo3(signature = (/))]
fn slash_alone() -> i32 {
    2
}

#[pyfunction]
#[pyo3(signature = (/, *, **kwargs))]
fn both_of_nothing(kwargs: Option<&Bound<'_, PyDict>>) -> usize {
    kwargs.map_or(0, PyDictMethods::len)
}

#[pyclass]
struct Holder;

#[pymethods]
impl Holder {
    #[new]
    #[pyo3(signature = (/, *, **_options))]
    fn new(_options: Option<&Bound<'_, PyDict>>) -> Self {
        Holder
    }

    #[pyo3(signature = (/, a, *))]
    fn method(&self, a: i32) -> i32 {
        a
    }
}

#[test]
fn marks_without_parameters_change_nothing() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(star_before_keywords, py),
                wrap_pyfunction!(slash_first, py),
                wrap_pyfunction!(star_last, py),
                wrap_pyfunction!(star_alone, py),
                wrap_pyfunction!(slash_alone, py),
                wrap_pyfunction!(both_of_nothing, py),
            ],
        );
        scope.set_item("Holder", py.get_type::<Holder>()).unwrap();
        run(
            &scope,
            cr#"
assert star_before_keywords(1, b=2) == (1, 1)
assert star_before_keywords.__text_signature__ == "(scheme, **kwargs)"
assert slash_first(3, 1) == slash_first(b=1, a=3) == 2
assert slash_first.__text_signature__ == "(a, b)"
assert star_last(4) == star_last(a=4) == 4
assert star_last.__text_signature__ == "(a)"
assert star_alone() == 1 and star_alone.__text_signature__ == "()"
assert slash_alone() == 2 and slash_alone.__text_signature__ == "()"
assert both_of_nothing(a=1, b=2) == 2
assert Holder(a=1).method(a=5) == Holder().method(6) - 1
"#,
        );
        for wrong in [
            c"star_before_keywords(1, 2)",
            c"star_last(1, 2)",
            c"star_alone(1)",
            c"slash_alone(1)",
            c"both_of_nothing(1)",
            c"Holder(1)",
            c"Holder().method(1, 2)",
        ] {
            assert!(pyo3_tests::raises(&scope, wrong).is_instance_of::<pyo3::exceptions::PyTypeError>(py), "{wrong:?}");
        }
        assert_messages(
            &scope,
            &[(c"slash_first(1, c=2)", "TypeError: slash_first() got an unexpected keyword argument 'c'")],
        );
    });
}

/// Annotations are for type stubs, and do not affect calls.
#[pyfunction]
#[pyo3(signature = (a: "int", *args: "int", b: "int | None" = None, **kwargs: "int") -> "list[int]")]
fn annotated(a: i32, args: Vec<i32>, b: Option<i32>, kwargs: Option<&Bound<'_, PyDict>>) -> Vec<i32> {
    let keywords = kwargs.map_or(0, PyDictMethods::len) as i32;
    [vec![a], args, b.into_iter().collect(), vec![keywords]].concat()
}

#[test]
fn annotations_change_no_call() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(annotated, py)]);
        run(
            &scope,
            cr#"
assert annotated(1, 2, b=3, c=4) == [1, 2, 3, 1] and annotated(1) == [1, 0]
assert annotated.__text_signature__ == "(a, *args, b=None, **kwargs)", annotated.__text_signature__
"#,
        );
    });
}

/// Generated code uses the same name for something else.
const SIGNATURE: i32 = 17;

#[pyfunction]
#[pyo3(signature = (x = SIGNATURE))]
fn own_constant(x: i32) -> i32 {
    x
}

#[test]
fn defaults_mean_what_the_user_sees() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(own_constant, py).unwrap();
        assert_eq!(function.call0().unwrap().extract::<i32>().unwrap(), 17);
    });
}
