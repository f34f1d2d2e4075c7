//! `#[pyfunction]`: signatures, conversions of arguments and results, names, docs.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyList, PyTuple};

use pyo3_tests::{eval, eventually, run, scope, scope_with};

#[pyfunction]
fn nothing() {}

/// Adds two numbers.
///
/// In a second paragraph.
#[pyfunction]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[pyfunction]
#[pyo3(signature = (a, b = 2, *, c = 3))]
fn defaults(a: i32, b: i32, c: i32) -> (i32, i32, i32) {
    (a, b, c)
}

#[pyfunction]
#[pyo3(signature = (a, /, b, *, c))]
fn kinds(a: i32, b: i32, c: i32) -> (i32, i32, i32) {
    (a, b, c)
}

#[pyfunction]
#[pyo3(signature = (*args, **kwargs))]
fn everything<'py>(
    args: Bound<'py, PyTuple>,
    kwargs: Option<Bound<'py, PyDict>>,
) -> (Bound<'py, PyTuple>, Option<Bound<'py, PyDict>>) {
    (args, kwargs)
}

#[pyfunction]
#[pyo3(signature = (first, *rest, key = None, **others))]
fn mixed(first: i32, rest: &Bound<'_, PyTuple>, key: Option<&str>, others: Option<&Bound<'_, PyDict>>) -> String {
    let others = others.map_or("-".to_owned(), |others| others.to_string());
    format!("{first} {rest} {} {others}", key.unwrap_or("-"))
}

#[pyfunction]
#[pyo3(signature = (*numbers))]
fn sum_all(numbers: Vec<i64>) -> i64 {
    numbers.iter().sum()
}

#[pyfunction]
#[pyo3(signature = (value = None))]
fn optional(value: Option<i32>) -> i32 {
    value.unwrap_or(-1)
}

#[pyfunction]
#[pyo3(name = "renamed")]
fn named_otherwise() -> &'static str {
    "renamed"
}

#[pyfunction]
#[pyo3(text_signature = "(anything, /)")]
fn with_own_text(value: i32) -> i32 {
    value
}

#[pyfunction]
fn r#match(r#type: i32) -> i32 {
    r#type
}

fn length_of(object: &Bound<'_, PyAny>) -> PyResult<usize> {
    object.len()
}

#[pyfunction]
#[pyo3(signature = (a, b = 9))]
fn with_length(a: i32, #[pyo3(from_py_with = length_of)] b: usize) -> (i32, usize) {
    (a, b)
}

#[pyfunction]
#[pyo3(pass_module)]
fn name_of_module(module: &Bound<'_, PyModule>, suffix: &str) -> PyResult<String> {
    Ok(format!("{}{suffix}", module.name()?))
}

#[test]
fn positional_and_keyword() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(nothing, py),
                wrap_pyfunction!(add, py),
                wrap_pyfunction!(defaults, py),
                wrap_pyfunction!(kinds, py),
            ],
        );
        run(
            &scope,
            c"
assert nothing() is None
assert add(1, 2) == 3
assert add(1, b=2) == 3
assert add(b=1, a=2) == 3
assert add(*(1, 2)) == 3
assert add(**{'a': 1, 'b': 2}) == 3
assert defaults(1) == (1, 2, 3)
assert defaults(1, 5) == (1, 5, 3)
assert defaults(1, c=7) == (1, 2, 7)
assert defaults(c=7, b=6, a=5) == (5, 6, 7)
assert kinds(1, 2, c=3) == (1, 2, 3)
assert kinds(1, c=3, b=2) == (1, 2, 3)
",
        );
    });
}

#[test]
fn variadic() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(everything, py),
                wrap_pyfunction!(mixed, py),
                wrap_pyfunction!(sum_all, py),
                wrap_pyfunction!(optional, py),
            ],
        );
        run(
            &scope,
            c"
assert everything() == ((), None)
assert everything(1, 2) == ((1, 2), None)
assert everything(x=1) == ((), {'x': 1})
assert everything(1, *[2, 3], x=1, **{'y': 2}) == ((1, 2, 3), {'x': 1, 'y': 2})
assert mixed(1) == '1 () - -'
assert mixed(1, 2, 3) == '1 (2, 3) - -'
assert mixed(1, key='k') == '1 () k -'
assert mixed(1, 2, key=None, other=4) == \"1 (2,) - {'other': 4}\"
assert mixed(first=1, other=4) == \"1 () - {'other': 4}\"
assert sum_all() == 0
assert sum_all(1, 2, 3) == 6
assert optional() == -1
assert optional(None) == -1
assert optional(value=5) == 5
given = {'x': 1}
assert everything(**given)[1] is not given
args = (1, 2)
assert everything(*args)[0] == args
",
        );
    });
}

#[test]
fn names_and_texts() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(add, py),
                wrap_pyfunction!(named_otherwise, py),
                wrap_pyfunction!(with_own_text, py),
                wrap_pyfunction!(defaults, py),
                wrap_pyfunction!(kinds, py),
                wrap_pyfunction!(mixed, py),
                wrap_pyfunction!(r#match, py),
                wrap_pyfunction!(nothing, py),
            ],
        );
        run(
            &scope,
            c"
assert add.__name__ == 'add'
assert add.__doc__ == 'Adds two numbers.\\n\\nIn a second paragraph.', repr(add.__doc__)
assert renamed() == 'renamed'
assert renamed.__name__ == 'renamed'
assert match(5) == 5 and match(type=5) == 5
texts = [f.__text_signature__ for f in (nothing, add, defaults, kinds, mixed, with_own_text, match)]
",
        );
        assert_eq!(
            eval(&scope, c"texts").extract::<Vec<String>>().unwrap(),
            [
                "()",
                "(a, b)",
                "(a, b=2, *, c=3)",
                "(a, /, b, *, c)",
                "(first, *rest, key=None, **others)",
                "(anything, /)",
                "(type)",
            ]
        );
        assert!(eval(&scope, c"nothing.__doc__ in (None, '')").is_truthy().unwrap());
    });
}

#[test]
fn inspect_understands_the_signature() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(mixed, py)]);
        run(&scope, c"import inspect\ntext = str(inspect.signature(mixed))");
        assert_eq!(eval(&scope, c"text").to_string(), "(first, *rest, key=None, **others)");
    });
}

#[test]
fn conversions_by_function() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(with_length, py)]);
        run(
            &scope,
            c"
assert with_length(1, [1, 2]) == (1, 2)
assert with_length(1, b='abc') == (1, 3)
assert with_length(1) == (1, 9)
",
        );
        let error = pyo3_tests::raises(&scope, c"with_length(1, 2)");
        assert_eq!(error.to_string(), "TypeError: object of type 'int' has no len()");
    });
}

#[test]
fn the_module_is_passed() {
    Python::attach(|py| {
        let module = PyModule::new(py, "some_module").unwrap();
        module.add_function(wrap_pyfunction!(name_of_module, &module).unwrap()).unwrap();
        let text = module.getattr("name_of_module").unwrap().call1(("!",)).unwrap();
        assert_eq!(text.to_string(), "some_module!");
        let name = module.getattr("name_of_module").and_then(|f| f.getattr("__module__")).unwrap();
        assert_eq!(name.to_string(), "some_module");
    });
}

#[test]
fn results_in_all_forms() {
    #[pyfunction]
    fn fallible(fail: bool) -> PyResult<Option<Vec<u32>>> {
        if fail { Err(PyValueError::new_err("as asked")) } else { Ok(Some(vec![1, 2])) }
    }
    #[pyfunction]
    fn plain_result(number: i32) -> Result<i32, PyErr> {
        Ok(number)
    }
    #[pyfunction]
    fn unit_result() -> PyResult<()> {
        Ok(())
    }
    #[pyfunction]
    fn bound<'py>(py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, [1])
    }
    #[pyfunction]
    fn unbound(py: Python<'_>, object: Py<PyAny>) -> Py<PyAny> {
        object.clone_ref(py)
    }
    #[pyfunction]
    fn borrowed(text: &str) -> &str {
        &text[1..]
    }

    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(fallible, py),
                wrap_pyfunction!(plain_result, py),
                wrap_pyfunction!(unit_result, py),
                wrap_pyfunction!(bound, py),
                wrap_pyfunction!(unbound, py),
                wrap_pyfunction!(borrowed, py),
            ],
        );
        run(
            &scope,
            c"
assert fallible(False) == [1, 2]
try:
    fallible(True)
except ValueError as error:
    assert str(error) == 'as asked'
assert plain_result(3) == 3
assert unit_result() is None
assert bound() == [1]
thing = object()
assert unbound(thing) is thing
assert borrowed('abc') == 'bc'
",
        );
    });
}

#[test]
fn closures() {
    Python::attach(|py| {
        let closure = PyCFunction::new_closure(
            py,
            Some(c"adder"),
            Some(c"Adds ten."),
            |args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>| -> PyResult<i64> {
                let extra = kwargs.map_or(0, |kwargs| kwargs.len() as i64);
                Ok(args.get_item(0)?.extract::<i64>()? + 10 + extra)
            },
        )
        .unwrap();
        assert_eq!(closure.call1((5,)).unwrap().extract::<i64>().unwrap(), 15);
        let scope = scope(py);
        scope.set_item("f", &closure).unwrap();
        run(&scope, c"assert f(5, x=1) == 16\nassert f.__name__ == 'adder'\nassert f.__doc__ == 'Adds ten.'");
        assert!(closure.call0().is_err());
    });
}

#[test]
fn closures_die_with_their_function() {
    use std::sync::Arc;
    let alive = Arc::new(());
    Python::attach(|py| {
        let captured = alive.clone();
        let closure = PyCFunction::new_closure(py, None, None, move |_, _| Arc::strong_count(&captured)).unwrap();
        assert_eq!(closure.call0().unwrap().extract::<usize>().unwrap(), 2);
        drop(closure);
        eventually(|| Arc::strong_count(&alive) == 1);
    });
}

#[test]
fn functions_are_pickled_by_name_of_their_module() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(add, py)]);
        run(
            &scope,
            c"
assert callable(add)
assert add == add and hash(add) == hash(add)
assert 'add' in repr(add)
assert list(map(add, [1, 2], [3, 4])) == [4, 6]
import functools
assert functools.partial(add, 1)(2) == 3
assert functools.reduce(add, range(5)) == 10
",
        );
    });
}

#[test]
fn a_function_can_be_made_with_any_handle_of_its_module() {
    Python::attach(|py| {
        let module = PyModule::new(py, "handles").unwrap();
        let made = [
            wrap_pyfunction!(add, &module),
            wrap_pyfunction!(add, module.clone()),
            wrap_pyfunction!(add, module.as_borrowed()),
            wrap_pyfunction!(add, &module.as_borrowed()),
        ];
        for function in made {
            assert_eq!(function.unwrap().getattr("__module__").unwrap().to_string(), "handles");
        }
    });
}
