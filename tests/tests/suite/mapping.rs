//! `PyMapping`.

use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping};
use pyo3_tests::{eval, run, scope};

#[test]
fn a_dict_is_a_mapping() {
    Python::attach(|py| {
        let dict = PyDict::new(py);
        dict.set_item("a", 1).unwrap();
        let mapping = dict.as_mapping();
        assert_eq!((mapping.len().unwrap(), mapping.is_empty().unwrap()), (1, false));
        mapping.set_item("b", 2).unwrap();
        assert_eq!(mapping.get_item("b").unwrap().extract::<i32>().unwrap(), 2);
        assert!(mapping.contains("a").unwrap() && !mapping.contains("c").unwrap());
        assert_eq!(mapping.keys().unwrap().repr().unwrap(), "['a', 'b']");
        assert_eq!(mapping.values().unwrap().repr().unwrap(), "[1, 2]");
        assert_eq!(mapping.items().unwrap().repr().unwrap(), "[('a', 1), ('b', 2)]");
        mapping.del_item("a").unwrap();
        assert!(mapping.get_item("a").unwrap_err().is_instance_of::<PyKeyError>(py));
        assert!(mapping.del_item("a").unwrap_err().is_instance_of::<PyKeyError>(py));
    });
}

#[test]
fn a_class_says_what_its_parts_are() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
import collections.abc, types
class Squares(collections.abc.Mapping):
    def __len__(self): return 3
    def __iter__(self): return iter(range(3))
    def __getitem__(self, key): return key * key
class Broken(dict):
    def keys(self): return 3
",
        );
        let squares = eval(&scope, c"Squares()").cast_into::<PyMapping>().unwrap();
        assert_eq!(squares.keys().unwrap().repr().unwrap(), "[0, 1, 2]");
        assert_eq!(squares.values().unwrap().repr().unwrap(), "[0, 1, 4]");
        assert_eq!(squares.items().unwrap().repr().unwrap(), "[(0, 0), (1, 1), (2, 4)]");
        assert!(squares.set_item(0, 0).unwrap_err().is_instance_of::<PyTypeError>(py));
        let broken = eval(&scope, c"Broken()").cast_into::<PyMapping>().unwrap();
        assert!(broken.keys().unwrap_err().is_instance_of::<PyTypeError>(py));
        let proxy = eval(&scope, c"types.MappingProxyType({1: 2})").cast_into::<PyMapping>().unwrap();
        assert_eq!(proxy.items().unwrap().repr().unwrap(), "[(1, 2)]");
        assert!(eval(&scope, c"[]").cast::<PyMapping>().is_err());
    });
}
