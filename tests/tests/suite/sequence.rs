//! `PySequence`.

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError, PyZeroDivisionError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PySequence, PyTuple};
use pyo3_tests::{eval, run, scope};

fn sequence<'py>(py: Python<'py>, items: &[i32]) -> Bound<'py, PySequence> {
    PyList::new(py, items).unwrap().into_any().cast_into().unwrap()
}

#[test]
fn items_are_read_and_written_by_position() {
    Python::attach(|py| {
        let numbers = sequence(py, &[1, 2, 3, 2]);
        assert_eq!((numbers.len().unwrap(), numbers.is_empty().unwrap()), (4, false));
        assert_eq!(numbers.get_item(2).unwrap().extract::<i32>().unwrap(), 3);
        assert!(numbers.get_item(4).unwrap_err().is_instance_of::<PyIndexError>(py));
        assert!(numbers.get_item(usize::MAX).unwrap_err().is_instance_of::<PyIndexError>(py));
        numbers.set_item(0, 9).unwrap();
        numbers.del_item(1).unwrap();
        assert_eq!(numbers.to_list().unwrap().repr().unwrap(), "[9, 3, 2]");
        assert_eq!(numbers.get_slice(1, usize::MAX).unwrap().repr().unwrap(), "[3, 2]");
        numbers.set_slice(0, 1, PyTuple::new(py, [7, 8]).unwrap().as_any()).unwrap();
        numbers.del_slice(2, 9).unwrap();
        assert_eq!(numbers.to_tuple().unwrap().repr().unwrap(), "(7, 8)");
        let tuple = PyTuple::new(py, [1]).unwrap().into_any().cast_into::<PySequence>().unwrap();
        assert!(tuple.set_item(0, 1).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(tuple.del_item(0).unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn items_of_bytes_are_integers() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"class Derived(bytes): pass
class Other(bytes):
  def __getitem__(self, index): return f'item {index}'",
        );
        let item = |source, index| eval(&scope, source).cast_into::<PySequence>().unwrap().get_item(index);
        for source in [c"b'a\\xff'", c"bytearray(b'a\\xff')", c"Derived(b'a\\xff')", c"memoryview(b'a\\xff')"] {
            assert_eq!(item(source, 0).unwrap().extract::<i32>().unwrap(), 97);
            assert_eq!(item(source, 1).unwrap().extract::<i32>().unwrap(), 255);
            let error = item(source, 2).unwrap_err();
            assert!(error.is_instance_of::<PyIndexError>(py));
        }
        assert_eq!(item(c"Other(b'ab')", 1).unwrap().to_string(), "item 1");
    });
}

#[test]
fn values_are_searched() {
    Python::attach(|py| {
        let numbers = sequence(py, &[1, 2, 3, 2]);
        assert_eq!((numbers.count(2).unwrap(), numbers.index(2).unwrap()), (2, 1));
        assert!(numbers.contains(3).unwrap() && !numbers.contains(4).unwrap());
        let error = numbers.index(4).unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py));
        assert_eq!(error.value(py).to_string(), "sequence.index(x): x not in sequence");
        let scope = scope(py);
        run(&scope, c"class Odd:\n  def __eq__(self, other): 1 / 0");
        let odd = eval(&scope, c"Odd()");
        assert!(numbers.count(&odd).unwrap_err().is_instance_of::<PyZeroDivisionError>(py));
        assert!(numbers.index(&odd).unwrap_err().is_instance_of::<PyZeroDivisionError>(py));
        // The same object counts as equal, whatever its `__eq__` returns.
        let odd = PyList::new(py, [odd]).unwrap();
        let first = odd.get_item(0).unwrap();
        assert_eq!(odd.as_sequence().index(first).unwrap(), 0);
    });
}

#[test]
fn sequences_are_joined_and_repeated() {
    Python::attach(|py| {
        let (numbers, more) = (sequence(py, &[1]), sequence(py, &[2]));
        assert_eq!(numbers.concat(&more).unwrap().repr().unwrap(), "[1, 2]");
        assert_eq!(numbers.repeat(3).unwrap().repr().unwrap(), "[1, 1, 1]");
        let joined = numbers.in_place_concat(&more).unwrap();
        assert!(joined.is(&numbers));
        assert!(numbers.in_place_repeat(2).unwrap().is(&numbers));
        assert_eq!(numbers.repr().unwrap(), "[1, 2, 1, 2]");
        let tuple = PyTuple::new(py, [0]).unwrap().into_any().cast_into::<PySequence>().unwrap();
        assert!(!tuple.in_place_concat(&tuple).unwrap().is(&tuple));
        assert!(numbers.concat(&tuple).unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn what_is_a_sequence_is_asked_of_the_abstract_class() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
import collections.abc
class Known(collections.abc.Sequence):
    def __len__(self): return 2
    def __getitem__(self, index):
        if index > 1: raise IndexError(index)
        return index * 10
class Unknown:
    def __len__(self): return 0
    def __getitem__(self, index): raise IndexError
",
        );
        let known = eval(&scope, c"Known()").cast_into::<PySequence>().unwrap();
        assert_eq!(known.to_list().unwrap().repr().unwrap(), "[0, 10]");
        assert_eq!(known.get_item(1).unwrap().extract::<i32>().unwrap(), 10);
        assert!(eval(&scope, c"Unknown()").cast::<PySequence>().is_err());
        assert!(eval(&scope, c"'text'").cast::<PySequence>().is_ok());
        assert!(eval(&scope, c"{}").cast::<PySequence>().is_err());
    });
}
