//! Dicts.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict, PyList, PyMapping};

use pyo3_tests::{eval, run, scope};

#[test]
fn items() {
    Python::attach(|py| {
        let dict = PyDict::new(py);
        assert!(dict.is_empty());
        dict.set_item("a", 1).unwrap();
        dict.set_item(2, "b").unwrap();
        dict.set_item("a", 3).unwrap();
        assert_eq!(dict.len(), 2);
        assert_eq!(dict.get_item("a").unwrap().unwrap().extract::<i32>().unwrap(), 3);
        assert!(dict.get_item("none").unwrap().is_none());
        assert!(dict.contains(2).unwrap() && !dict.contains(3).unwrap());
        dict.del_item("a").unwrap();
        assert!(dict.del_item("a").unwrap_err().is_instance_of::<PyKeyError>(py));
        assert_eq!(dict.to_string(), "{2: 'b'}");
        dict.clear();
        assert!(dict.is_empty());
    });
}

#[test]
fn keys_must_have_a_hash() {
    Python::attach(|py| {
        let dict = PyDict::new(py);
        let list = PyList::empty(py);
        assert!(dict.set_item(&list, 1).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(dict.get_item(&list).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(dict.contains(&list).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(dict.del_item(&list).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(dict.is_empty());
    });
}

#[test]
fn errors_of_eq_come_out() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Key:
    def __hash__(self): return 1
    def __eq__(self, other): raise ValueError('not comparable')
",
        );
        let dict = PyDict::new(py);
        dict.set_item(eval(&scope, c"Key()"), 1).unwrap();
        let error = dict.get_item(eval(&scope, c"Key()")).unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py));
        assert!(dict.contains(eval(&scope, c"Key()")).is_err());
    });
}

#[test]
fn views_are_lists_in_order() {
    Python::attach(|py| {
        let dict = [("x", 1), ("y", 2), ("a", 3)].into_py_dict(py).unwrap();
        assert_eq!(dict.keys().to_string(), "['x', 'y', 'a']");
        assert_eq!(dict.values().to_string(), "[1, 2, 3]");
        assert_eq!(dict.items().to_string(), "[('x', 1), ('y', 2), ('a', 3)]");
    });
}

#[test]
fn iteration_is_in_order() {
    Python::attach(|py| {
        let dict = [("x", 1), ("y", 2), ("a", 3)].into_py_dict(py).unwrap();
        let mut iterator = dict.iter();
        assert_eq!(iterator.len(), 3);
        let (key, value) = iterator.next().unwrap();
        assert_eq!((key.to_string().as_str(), value.extract::<i32>().unwrap()), ("x", 1));
        assert_eq!(iterator.len(), 2);
        assert_eq!(iterator.map(|(key, _)| key.to_string()).collect::<String>(), "ya");
        let mut sum = 0;
        for (_, value) in &dict {
            sum += value.extract::<i32>().unwrap();
        }
        assert_eq!(sum, 6);
        let seen = Cell::new(0);
        dict.locked_for_each(|_, _| {
            seen.set(seen.get() + 1);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen.get(), 3);
        assert_eq!(dict.into_iter().count(), 3);
    });
}

#[test]
fn other_threads_do_not_disturb_a_locked_walk() {
    let dict = Python::attach(|py| (0..8).map(|number| (number, number)).into_py_dict(py).unwrap().unbind());
    let done = AtomicBool::new(false);
    thread::scope(|threads| {
        threads.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                Python::attach(|py| {
                    dict.bind(py).set_item("more", 1).unwrap();
                    dict.bind(py).del_item("more").unwrap();
                });
            }
        });
        for _ in 0..50 {
            Python::attach(|py| {
                let seen = Cell::new(0);
                // Outside of a locked walk, this panics where threads run at the same time.
                let walk = dict.bind(py).locked_for_each(|_, _| {
                    seen.set(seen.get() + 1);
                    thread::yield_now();
                    Ok(())
                });
                walk.unwrap();
                assert!([8, 9].contains(&seen.get()));
            });
        }
        done.store(true, Ordering::SeqCst);
    });
}

#[test]
#[should_panic(expected = "dictionary changed size during iteration")]
fn iteration_panics_where_the_size_changes() {
    Python::attach(|py| {
        let dict = [(1, 1), (2, 2)].into_py_dict(py).unwrap();
        for (key, _) in &dict {
            dict.set_item(key.add(10).unwrap(), 0).unwrap();
        }
    });
}

#[test]
#[should_panic(expected = "dictionary keys changed during iteration")]
fn iteration_panics_where_keys_change() {
    Python::attach(|py| {
        let dict = (0..8).map(|n| (n, n)).into_py_dict(py).unwrap();
        for (key, _) in &dict {
            dict.del_item(&key).unwrap();
            dict.set_item(key.add(100).unwrap(), 0).unwrap();
        }
    });
}

#[test]
fn values_may_change_during_iteration() {
    Python::attach(|py| {
        let dict = [(1, 1), (2, 2)].into_py_dict(py).unwrap();
        for (key, value) in &dict {
            dict.set_item(key, value.mul(10).unwrap()).unwrap();
        }
        assert_eq!(dict.to_string(), "{1: 10, 2: 20}");
    });
}

#[test]
fn update_and_copy() {
    Python::attach(|py| {
        let dict = [("a", 1)].into_py_dict(py).unwrap();
        let copy = dict.copy().unwrap();
        let other = [("a", 2), ("b", 3)].into_py_dict(py).unwrap();
        dict.update(other.as_mapping()).unwrap();
        assert_eq!(dict.to_string(), "{'a': 2, 'b': 3}");
        copy.update_if_missing(other.as_mapping()).unwrap();
        assert_eq!(copy.to_string(), "{'a': 1, 'b': 3}");
    });
}

#[test]
fn set_default() {
    Python::attach(|py| {
        let dict = PyDict::new(py);
        assert!(dict.set_default("k", 1).unwrap());
        assert!(!dict.set_default("k", 2).unwrap());
        assert_eq!(dict.to_string(), "{'k': 1}");
        let (inserted, value) = dict.set_default_with_result("k", 3).unwrap();
        assert!(!inserted && value.extract::<i32>().unwrap() == 1);
        let (inserted, value) = dict.set_default_with_result("l", 4).unwrap();
        assert!(inserted && value.extract::<i32>().unwrap() == 4);
    });
}

#[test]
fn from_pairs() {
    Python::attach(|py| {
        let pairs = vec![("a", 1), ("b", 2)].into_pyobject(py).unwrap();
        let dict = PyDict::from_sequence(&pairs).unwrap();
        assert_eq!(dict.to_string(), "{'a': 1, 'b': 2}");
        assert!(PyDict::from_sequence(1i32.into_pyobject(py).unwrap().as_any()).is_err());
    });
}

#[test]
fn maps_of_rust() {
    Python::attach(|py| {
        let map = HashMap::from([("k".to_owned(), 1), ("l".to_owned(), 2)]);
        let dict = (&map).into_pyobject(py).unwrap();
        assert_eq!(dict.extract::<HashMap<String, i32>>().unwrap(), map);
        let sorted = BTreeMap::from([(2, "b".to_owned()), (1, "a".to_owned())]);
        let dict = sorted.clone().into_pyobject(py).unwrap();
        assert_eq!(dict.to_string(), "{1: 'a', 2: 'b'}");
        assert_eq!(dict.extract::<BTreeMap<i32, String>>().unwrap(), sorted);
        assert!(dict.extract::<HashMap<String, String>>().is_err());
        assert_eq!(map.into_py_dict(py).unwrap().len(), 2);
        let error = 1i32.into_pyobject(py).unwrap().extract::<HashMap<i32, i32>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'dict'");
    });
}

#[test]
fn maps_do_not_ask_a_subclass_how_long_it_is() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Boast(dict):\n    def __len__(self): return 2**62");
        let map: HashMap<i32, i32> = eval(&scope, c"Boast({1: 2})").extract().unwrap();
        assert_eq!(map, HashMap::from([(1, 2)]));
    });
}

#[test]
fn a_dict_is_a_mapping() {
    Python::attach(|py| {
        let dict = [("a", 1)].into_py_dict(py).unwrap();
        assert!(dict.as_any().cast::<PyMapping>().is_ok());
        assert!(dict.into_mapping().is_instance_of::<PyDict>());
    });
}

#[test]
fn set_default_does_not_replace_what_came_meanwhile() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Key:
    # Whenever it is hashed again, somebody else has just stored a value under it.
    hashed = 0
    busy = False
    won = None

    def __hash__(self):
        self.hashed += 1
        if self.hashed > 1 and not self.busy:
            self.busy = True
            if self.won is None:
                self.won = target.setdefault(self, 'theirs') == 'theirs'
            self.busy = False
        return 1
",
        );
        let dict = PyDict::new(py);
        scope.set_item("target", &dict).unwrap();
        scope.set_item("key", eval(&scope, c"Key()")).unwrap();
        let (stored, value) = dict.set_default_with_result(eval(&scope, c"key"), "ours").unwrap();
        let theirs = eval(&scope, c"key.won").is_truthy().unwrap();
        assert_ne!(stored, theirs, "one of the two has stored its value");
        assert_eq!(value.to_string(), if stored { "ours" } else { "theirs" });
        run(&scope, c"key.busy = True");
        assert!(dict.get_item(eval(&scope, c"key")).unwrap().unwrap().is(&value));
    });
}

#[test]
fn set_default_of_the_same_object() {
    Python::attach(|py| {
        let (dict, value) = (PyDict::new(py), PyList::empty(py));
        assert!(dict.set_default("k", &value).unwrap());
        let (stored, found) = dict.set_default_with_result("k", &value).unwrap();
        assert!(!stored && found.is(&value));
        // An unhashable key raises an exception.
        assert!(dict.set_default(&value, 1).unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}
