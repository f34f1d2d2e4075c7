//! `IndexMap`: `dict`, with the order.

use indexmap::IndexMap;
use proptest::prelude::*;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use super::refuses;
use pyo3_tests::{eval, run, scope};

type Map = IndexMap<String, i32>;

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_stays(entries in prop::collection::vec((any::<i32>(), any::<i32>()), 0..20)) {
        Python::attach(|py| {
            let map: IndexMap<i32, i32> = entries.into_iter().collect();
            let keys: Vec<i32> = map.keys().copied().collect();
            for object in [(&map).into_pyobject(py).unwrap(), map.clone().into_pyobject(py).unwrap()] {
                assert!(object.is_exact_instance_of::<PyDict>());
                assert!(object.keys().eq(PyList::new(py, &keys).unwrap()).unwrap());
                let back: IndexMap<i32, i32> = object.extract().unwrap();
                assert!(back.iter().eq(map.iter()));
            }
        });
    }
}

#[test]
fn come_from_a_dict_only() {
    Python::attach(|py| {
        let scope = scope(py);
        both_ways!(&scope, &Map::from_iter([("b".to_owned(), 1), ("a".to_owned(), 2)]), "{'b': 1, 'a': 2}");
        both_ways!(&scope, &Map::new(), "{}");
        refuses::<Map>(&scope, "[('a', 1)]", "TypeError: 'list' object is not an instance of 'dict'");
        refuses::<Map>(&scope, "{1: 1}", "TypeError: 'int' object is not an instance of 'str'");
        refuses::<Map>(&scope, "{'a': 'b'}", "TypeError: 'str' object cannot be interpreted as an integer");
    });
}

#[test]
fn a_dict_that_changes_is_noticed() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Growing:
    def __index__(self):
        changing[len(changing)] = 0
        return 1
changing = {}
changing[0] = changing[1] = Growing()
",
        );
        let error = eval(&scope, c"changing").extract::<IndexMap<i32, i32>>().unwrap_err();
        assert_eq!(error.to_string(), "RuntimeError: dictionary changed size during iteration");
    });
}

#[test]
fn a_dict_whose_keys_change_is_noticed() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Replacing:
    def __index__(self):
        key = next(iter(changing))
        del changing[key]
        changing[key + 1000] = self
        return 1
changing = {0: Replacing()}
",
        );
        let changing = eval(&scope, c"changing");
        let error = changing.extract::<IndexMap<i32, i32>>().unwrap_err();
        assert_eq!(error.to_string(), "RuntimeError: dictionary keys changed during iteration");
        let error = changing.extract::<std::collections::HashMap<i32, i32>>().unwrap_err();
        assert_eq!(error.to_string(), "RuntimeError: dictionary keys changed during iteration");
    });
}
