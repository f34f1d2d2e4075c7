//! Lists.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::tuple::Liar;

fn numbers<'py>(py: Python<'py>, items: &[i32]) -> Bound<'py, PyList> {
    PyList::new(py, items).unwrap()
}

#[test]
fn made_from_iterators() {
    Python::attach(|py| {
        assert_eq!(numbers(py, &[1, 2]).to_string(), "[1, 2]");
        assert_eq!(PyList::new(py, ["a", "b"]).unwrap().to_string(), "['a', 'b']");
        assert_eq!(PyList::new(py, (0..3).map(|n| n * n)).unwrap().to_string(), "[0, 1, 4]");
        assert!(PyList::empty(py).is_empty());
        assert_eq!(PyList::new(py, Vec::<u8>::new()).unwrap().len(), 0);
    });
}

#[test]
fn items() {
    Python::attach(|py| {
        let list = numbers(py, &[5, 6, 7]);
        assert_eq!(list.len(), 3);
        assert_eq!(list.get_item(0).unwrap().extract::<i32>().unwrap(), 5);
        assert!(list.get_item(3).unwrap_err().is_instance_of::<PyIndexError>(py));
        list.set_item(0, "five").unwrap();
        assert_eq!(list.to_string(), "['five', 6, 7]");
        assert!(list.set_item(3, 1).unwrap_err().is_instance_of::<PyIndexError>(py));
        list.del_item(0).unwrap();
        assert_eq!(list.to_string(), "[6, 7]");
        assert!(list.del_item(2).unwrap_err().is_instance_of::<PyIndexError>(py));
    });
}

#[test]
fn growing() {
    Python::attach(|py| {
        let list = PyList::empty(py);
        list.append(1).unwrap();
        list.append("x").unwrap();
        list.insert(0, 0).unwrap();
        list.insert(100, 9).unwrap();
        assert_eq!(list.to_string(), "[0, 1, 'x', 9]");
    });
}

#[test]
fn slices() {
    Python::attach(|py| {
        let list = numbers(py, &[0, 1, 2, 3, 4]);
        assert_eq!(list.get_slice(1, 3).to_string(), "[1, 2]");
        assert_eq!(list.get_slice(3, 100).to_string(), "[3, 4]");
        assert_eq!(list.get_slice(3, 1).to_string(), "[]");
        list.set_slice(1, 4, numbers(py, &[7, 8]).as_any()).unwrap();
        assert_eq!(list.to_string(), "[0, 7, 8, 4]");
        list.set_slice(0, 1, pyo3::types::PyTuple::new(py, [1, 1]).unwrap().as_any()).unwrap();
        assert_eq!(list.to_string(), "[1, 1, 7, 8, 4]");
        list.del_slice(1, 4).unwrap();
        assert_eq!(list.to_string(), "[1, 4]");
        list.del_slice(0, 100).unwrap();
        assert!(list.is_empty());
        assert!(list.set_slice(0, 1, 1i32.into_pyobject(py).unwrap().as_any()).is_err());
    });
}

#[test]
fn searching_and_sorting() {
    Python::attach(|py| {
        let list = numbers(py, &[3, 1, 2]);
        assert!(list.contains(1).unwrap() && !list.contains(9).unwrap());
        assert_eq!(list.index(2).unwrap(), 2);
        assert!(list.index(9).unwrap_err().is_instance_of::<PyValueError>(py));
        list.sort().unwrap();
        assert_eq!(list.to_string(), "[1, 2, 3]");
        list.reverse().unwrap();
        assert_eq!(list.to_string(), "[3, 2, 1]");
        assert_eq!(list.to_tuple().to_string(), "(3, 2, 1)");
        list.append("text").unwrap();
        assert!(list.sort().unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn iterators_go_both_ways() {
    Python::attach(|py| {
        let list = numbers(py, &[0, 1, 2, 3, 4]);
        let backwards: Vec<i32> = list.iter().rev().map(|item| item.extract().unwrap()).collect();
        assert_eq!(backwards, [4, 3, 2, 1, 0]);
        let mut both = list.iter();
        assert_eq!(both.len(), 5);
        assert_eq!(both.next().unwrap().extract::<i32>().unwrap(), 0);
        assert_eq!(both.next_back().unwrap().extract::<i32>().unwrap(), 4);
        assert_eq!(both.nth(1).unwrap().extract::<i32>().unwrap(), 2);
        assert_eq!(both.next_back().unwrap().extract::<i32>().unwrap(), 3);
        assert!(both.next().is_none() && both.next_back().is_none() && both.next().is_none());
        assert_eq!((&list).into_iter().map(|item| item.extract::<i32>().unwrap()).sum::<i32>(), 10);
        assert_eq!(list.into_iter().count(), 5);
    });
}

#[test]
fn iterators_notice_changes() {
    Python::attach(|py| {
        let list = numbers(py, &[0, 1, 2, 3]);
        let mut seen = Vec::new();
        for item in &list {
            let item: i32 = item.extract().unwrap();
            seen.push(item);
            if item < 2 {
                list.del_item(list.len() - 1).unwrap();
            }
        }
        assert_eq!(seen, [0, 1]);
    });
}

#[test]
fn an_iterator_that_has_ended_stays_so() {
    Python::attach(|py| {
        let list = numbers(py, &[0, 1, 2]);
        let mut items = list.iter();
        assert!(items.next().is_some());
        list.set_slice(0, 3, &PyList::empty(py)).unwrap();
        assert!(items.next().is_none());
        list.set_slice(0, 0, &numbers(py, &[0, 1, 2, 3])).unwrap();
        assert_eq!(items.len(), 0);
        assert!(items.next().is_none() && items.next_back().is_none());
    });
}

#[test]
fn locked_walks_exclude_each_other() {
    let list = Python::attach(|py| PyList::new(py, 0..8).unwrap().unbind());
    let walker = AtomicUsize::new(0);
    thread::scope(|threads| {
        for own in 1..=4 {
            let (list, walker) = (&list, &walker);
            threads.spawn(move || {
                for _ in 0..20 {
                    Python::attach(|py| {
                        let strangers = Cell::new(0);
                        let walk = list.bind(py).locked_for_each(|item| {
                            let before = walker.swap(own, Ordering::SeqCst);
                            let is_first = item.extract::<usize>()? == 0;
                            strangers.set(strangers.get() + usize::from(before != own && !is_first));
                            thread::yield_now();
                            Ok(())
                        });
                        walk.unwrap();
                        assert_eq!(strangers.get(), 0);
                    });
                }
            });
        }
    });
}

#[test]
fn locked_for_each_stops_at_an_error() {
    Python::attach(|py| {
        let list = numbers(py, &[1, 2, 3]);
        let sum = std::cell::Cell::new(0);
        list.locked_for_each(|item| {
            sum.set(sum.get() + item.extract::<i32>()?);
            Ok(())
        })
        .unwrap();
        assert_eq!(sum.get(), 6);
        let seen = std::cell::Cell::new(0);
        let outcome = list.locked_for_each(|_| {
            seen.set(seen.get() + 1);
            Err(PyValueError::new_err("enough"))
        });
        assert_eq!(outcome.unwrap_err().to_string(), "ValueError: enough");
        assert_eq!(seen.get(), 1);
    });
}

#[test]
fn more_elements_than_announced_are_taken() {
    Python::attach(|py| {
        let list = PyList::new(py, Liar { says: 1, has: 3 }).unwrap();
        assert_eq!(list.to_string(), "[2, 1, 0]");
        let unannounced = PyList::new(py, (0..5).filter(|n| n % 2 == 0)).unwrap();
        assert_eq!(unannounced.to_string(), "[0, 2, 4]");
    });
}

#[test]
#[should_panic(
    expected = "Attempted to create PyList but `elements` was smaller than reported by its `size_hint` implementation."
)]
fn too_few_elements_panic() {
    Python::attach(|py| PyList::new(py, Liar { says: 3, has: 1 }).map(|_| ()).unwrap());
}
