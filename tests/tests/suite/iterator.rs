//! Python iterators in Rust.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::iterator::PySendResult;
use pyo3::types::{PyIterator, PyList};

use pyo3_tests::{eval, run, scope};

#[test]
fn generators_run_on_demand() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
seen = []
def count():
    for number in range(3):
        seen.append(number)
        yield number
",
        );
        let mut iterator = eval(&scope, c"count()").try_iter().unwrap();
        assert_eq!(eval(&scope, c"seen").len().unwrap(), 0);
        assert_eq!(iterator.next().unwrap().unwrap().extract::<i32>().unwrap(), 0);
        assert_eq!(eval(&scope, c"seen").len().unwrap(), 1);
        assert_eq!(iterator.by_ref().count(), 2);
        assert!(iterator.next().is_none());
    });
}

#[test]
fn errors_are_items() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
def fail():
    yield 1
    raise ValueError('midway')
",
        );
        let mut iterator = eval(&scope, c"fail()").try_iter().unwrap();
        assert!(iterator.next().unwrap().is_ok());
        let error = iterator.next().unwrap().unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py));
        assert!(iterator.next().is_none());
        assert!(PyErr::take(py).is_none());
    });
}

#[test]
fn iterating_does_not_consume_a_list() {
    Python::attach(|py| {
        let list = PyList::new(py, [1, 2]).unwrap();
        for _ in 0..2 {
            let items: PyResult<Vec<i32>> =
                PyIterator::from_object(&list).unwrap().map(|item| item?.extract()).collect();
            assert_eq!(items.unwrap(), [1, 2]);
        }
    });
}

#[test]
fn casting_asks_for_next() {
    Python::attach(|py| {
        let scope = scope(py);
        let iterator = eval(&scope, c"iter([1])");
        assert!(iterator.cast::<PyIterator>().is_ok());
        assert!(eval(&scope, c"[1]").cast::<PyIterator>().is_err());
        run(
            &scope,
            c"
class Mine:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
",
        );
        assert!(eval(&scope, c"Mine()").cast::<PyIterator>().is_ok());
        let error = PyIterator::from_object(&eval(&scope, c"1")).unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn size_hint_is_the_length_hint() {
    Python::attach(|py| {
        let iterator = eval(&scope(py), c"iter([1, 2, 3])").cast_into::<PyIterator>().unwrap();
        assert_eq!(iterator.size_hint(), (3, None));
    });
}

#[test]
fn the_getitem_protocol_iterates() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Old:
    def __getitem__(self, index):
        if index < 3:
            return index * 10
        raise IndexError
",
        );
        let items: PyResult<Vec<i32>> =
            eval(&scope, c"Old()").try_iter().unwrap().map(|item| item?.extract()).collect();
        assert_eq!(items.unwrap(), [0, 10, 20]);
    });
}

#[test]
fn send_reaches_the_generator() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
def echo():
    got = yield 'ready'
    yield got
    return 'done'
",
        );
        let generator = eval(&scope, c"echo()").cast_into::<PyIterator>().unwrap();
        let text = |result: PyResult<PySendResult<'_>>| match result.unwrap() {
            PySendResult::Next(value) => format!("next {value}"),
            PySendResult::Return(value) => format!("return {value}"),
        };
        let none = py.None().into_bound(py);
        assert_eq!(text(generator.send(&none)), "next ready");
        assert_eq!(text(generator.send(1i32.into_pyobject(py).unwrap().as_any())), "next 1");
        assert_eq!(text(generator.send(&none)), "return done");
    });
}
