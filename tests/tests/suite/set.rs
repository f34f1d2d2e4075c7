//! `PySet` and `PyFrozenSet`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::{PyTypeError, PyZeroDivisionError};
use pyo3::prelude::*;
use pyo3::types::frozenset::PyFrozenSetBuilder;
use pyo3::types::{PyFrozenSet, PySet};
use pyo3_tests::{eval, run, scope};

#[test]
fn items_come_and_go() {
    Python::attach(|py| {
        let set = PySet::new(py, [1, 2, 2]).unwrap();
        assert_eq!((set.len(), set.is_empty()), (2, false));
        set.add(3).unwrap();
        assert!(set.contains(3).unwrap() && !set.contains(4).unwrap());
        assert!(set.discard(3).unwrap() && !set.discard(3).unwrap());
        let mut items: Vec<i32> = set.iter().map(|item| item.extract().unwrap()).collect();
        items.sort_unstable();
        assert_eq!(items, [1, 2]);
        assert!(set.pop().is_some() && set.pop().is_some() && set.pop().is_none());
        set.add("x").unwrap();
        set.clear();
        assert!(set.is_empty() && PySet::empty(py).unwrap().is_empty());
    });
}

#[test]
fn what_cannot_be_hashed_is_refused() {
    Python::attach(|py| {
        let (set, frozen) = (PySet::new(py, [1]).unwrap(), PyFrozenSet::new(py, [1]).unwrap());
        let scope = scope(py);
        run(&scope, c"class Fails:\n  def __hash__(self): return 1\n  def __eq__(self, other): 1 / 0");
        for unhashable in [c"[]", c"set()"] {
            let unhashable = eval(&scope, unhashable);
            assert!(set.add(&unhashable).unwrap_err().is_instance_of::<PyTypeError>(py));
            assert!(set.contains(&unhashable).unwrap_err().is_instance_of::<PyTypeError>(py));
            assert!(frozen.contains(&unhashable).unwrap_err().is_instance_of::<PyTypeError>(py));
            assert!(set.discard(&unhashable).unwrap_err().is_instance_of::<PyTypeError>(py));
        }
        let fails = eval(&scope, c"Fails()");
        assert!(set.discard(&fails).unwrap_err().is_instance_of::<PyZeroDivisionError>(py));
        assert_eq!(set.len(), 1);
    });
}

#[test]
fn methods_of_a_subclass_are_not_asked() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
def fail(*args): raise ValueError
class S(set):
    add = discard = pop = clear = __len__ = __contains__ = fail
class F(frozenset):
    __len__ = __contains__ = fail
",
        );
        let set = eval(&scope, c"S()").cast_into::<PySet>().unwrap();
        set.add(1).unwrap();
        assert!(set.contains(1).unwrap() && set.len() == 1);
        assert!(set.discard(1).unwrap() && set.pop().is_none());
        set.clear();
        let frozen = eval(&scope, c"F([1])").cast_into::<PyFrozenSet>().unwrap();
        assert!(frozen.contains(1).unwrap() && frozen.len() == 1);
    });
}

#[test]
fn frozen_sets_are_built() {
    Python::attach(|py| {
        let mut builder = PyFrozenSetBuilder::new(py).unwrap();
        builder.add(1).unwrap();
        builder.add("x").unwrap();
        assert!(builder.add(Vec::<i32>::new()).is_err());
        let set = builder.finalize();
        assert!(set.len() == 2 && set.contains("x").unwrap());
        assert!(PyFrozenSet::empty(py).unwrap().is_empty());
        assert_eq!(PyFrozenSet::new(py, [1, 1]).unwrap().iter().count(), 1);
    });
}

/// Iteration calls `__iter__` of the class, so its length is that of the iterator.
#[test]
fn iteration_is_that_of_a_subclass() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Derived(set):\n  def __iter__(self): return iter('abc')");
        let derived = eval(&scope, c"Derived({1})").cast_into::<PySet>().unwrap();
        let mut items = derived.iter();
        assert_eq!((items.len(), items.next().unwrap().to_string()), (3, "a".to_owned()));
        assert_eq!((items.len(), items.size_hint(), items.count()), (2, (2, Some(2)), 2));
    });
}

#[test]
fn a_set_that_changes_during_iteration_panics() {
    Python::attach(|py| {
        let set = PySet::new(py, [1, 2]).unwrap();
        let mut items = set.iter();
        items.next();
        set.add(3).unwrap();
        let panic = catch_unwind(AssertUnwindSafe(|| drop(items.next()))).unwrap_err();
        let message = panic.downcast::<String>().unwrap();
        assert!(message.starts_with("set iteration should be infallible: PyErr"), "{message}");
    });
}
