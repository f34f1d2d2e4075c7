//! Tuples.

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use pyo3_tests::{eval, run, scope};

#[test]
fn made_from_iterators() {
    Python::attach(|py| {
        let tuple = PyTuple::new(py, [1, 2, 3]).unwrap();
        assert_eq!(tuple.to_string(), "(1, 2, 3)");
        assert_eq!(tuple.len(), 3);
        assert!(!tuple.is_empty());
        assert_eq!(PyTuple::new(py, vec!["a"; 2]).unwrap().to_string(), "('a', 'a')");
        assert!(PyTuple::empty(py).is_empty());
        assert_eq!(PyTuple::new(py, Vec::<i32>::new()).unwrap().len(), 0);
    });
}

#[test]
fn items() {
    Python::attach(|py| {
        let tuple = PyTuple::new(py, [5, 6, 7]).unwrap();
        assert_eq!(tuple.get_item(1).unwrap().extract::<i32>().unwrap(), 6);
        assert_eq!(tuple.get_borrowed_item(2).unwrap().extract::<i32>().unwrap(), 7);
        assert!(tuple.get_item(3).unwrap_err().is_instance_of::<PyIndexError>(py));
        assert!(tuple.get_borrowed_item(usize::MAX).is_err());
        assert!(tuple.contains(6).unwrap() && !tuple.contains(8).unwrap());
        assert_eq!(tuple.index(7).unwrap(), 2);
        assert!(tuple.index(8).unwrap_err().is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn slices_stop_at_the_ends() {
    Python::attach(|py| {
        let tuple = PyTuple::new(py, [5, 6, 7]).unwrap();
        assert_eq!(tuple.get_slice(1, 3).to_string(), "(6, 7)");
        assert_eq!(tuple.get_slice(1, 100).to_string(), "(6, 7)");
        assert_eq!(tuple.get_slice(2, 1).to_string(), "()");
        assert_eq!(tuple.get_slice(9, 9).to_string(), "()");
        assert_eq!(tuple.to_list().to_string(), "[5, 6, 7]");
    });
}

#[test]
fn iterators_go_both_ways() {
    Python::attach(|py| {
        let tuple = PyTuple::new(py, 0..5).unwrap();
        let forwards: Vec<i32> = tuple.iter().map(|item| item.extract().unwrap()).collect();
        assert_eq!(forwards, [0, 1, 2, 3, 4]);
        let backwards: Vec<i32> = tuple.iter_borrowed().rev().map(|item| item.extract().unwrap()).collect();
        assert_eq!(backwards, [4, 3, 2, 1, 0]);
        let mut both = tuple.iter();
        assert_eq!(both.len(), 5);
        assert_eq!(both.next().unwrap().extract::<i32>().unwrap(), 0);
        assert_eq!(both.next_back().unwrap().extract::<i32>().unwrap(), 4);
        assert_eq!(both.nth(1).unwrap().extract::<i32>().unwrap(), 2);
        assert_eq!(both.len(), 1);
        assert_eq!(both.last().unwrap().extract::<i32>().unwrap(), 3);
        let mut sum = 0;
        for item in &tuple {
            sum += item.extract::<i32>().unwrap();
        }
        assert_eq!(sum, 10);
        assert_eq!(tuple.into_iter().count(), 5);
    });
}

/// `list(tuple)` calls `__iter__` of the class, as in Python.
#[test]
fn a_list_has_the_items_that_iteration_gives() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Derived(tuple):\n  def __iter__(self): return iter('ab')");
        let derived = eval(&scope, c"Derived((1, 2, 3))").cast_into::<PyTuple>().unwrap();
        assert_eq!(derived.to_list().to_string(), "['a', 'b']");
        assert_eq!(PyTuple::new(py, [1, 2]).unwrap().to_list().to_string(), "[1, 2]");
    });
}

#[test]
fn tuples_of_rust_round_trip() {
    Python::attach(|py| {
        let tuple = (1, "two", 3.0, None::<i32>, vec![5]).into_pyobject(py).unwrap();
        assert_eq!(tuple.to_string(), "(1, 'two', 3.0, None, [5])");
        let (a, b, c, d, e): (i32, String, f64, Option<i32>, Vec<i32>) = tuple.extract().unwrap();
        assert_eq!((a, b.as_str(), c, d, e), (1, "two", 3.0, None, vec![5]));
        assert_eq!(().into_pyobject(py).unwrap().to_string(), "()");
        let twelve = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        let object = twelve.into_pyobject(py).unwrap();
        let back: (i8, i8, i8, i8, i8, i8, i8, i8, i8, i8, i8, i8) = object.extract().unwrap();
        assert_eq!(back, twelve);
    });
}

#[test]
fn length_and_type_must_match() {
    Python::attach(|py| {
        let tuple = (1, 2, 3).into_pyobject(py).unwrap();
        let error = tuple.extract::<(i32, i32)>().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: expected tuple of length 2, but got tuple of length 3");
        let error = eval(&scope(py), c"[1, 2]").extract::<(i32, i32)>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'list' object is not an instance of 'tuple'");
        assert!(tuple.extract::<(i32, String, i32)>().unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
#[should_panic(
    expected = "Attempted to create PyTuple but `elements` was larger than reported by its `ExactSizeIterator` implementation."
)]
fn too_many_elements_panic() {
    Python::attach(|py| PyTuple::new(py, Liar { says: 1, has: 3 }).map(|_| ()).unwrap());
}

#[test]
#[should_panic(
    expected = "Attempted to create PyTuple but `elements` was smaller than reported by its `ExactSizeIterator` implementation."
)]
fn too_few_elements_panic() {
    Python::attach(|py| PyTuple::new(py, Liar { says: 3, has: 1 }).map(|_| ()).unwrap());
}

#[test]
fn failing_elements_raise() {
    struct Fails;
    impl<'py> IntoPyObject<'py> for Fails {
        type Target = PyList;
        type Output = Bound<'py, PyList>;
        type Error = PyErr;
        fn into_pyobject(self, _: Python<'py>) -> PyResult<Bound<'py, PyList>> {
            Err(PyValueError::new_err("will not"))
        }
    }
    Python::attach(|py| {
        let error = PyTuple::new(py, [Fails, Fails]).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: will not");
        let error = PyList::new(py, [Fails, Fails]).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: will not");
    });
}

/// An iterator with a wrong length.
pub(crate) struct Liar {
    pub(crate) says: usize,
    pub(crate) has: usize,
}

impl Iterator for Liar {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.says = self.says.saturating_sub(1);
        self.has = self.has.checked_sub(1)?;
        Some(self.has)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.says, Some(self.says))
    }
}

impl ExactSizeIterator for Liar {}
