//! `SmallVec`: a list, or `bytes`.

use proptest::prelude::*;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use smallvec::{SmallVec, smallvec};

use pyo3_tests::{eval, run, scope};

#[test]
fn come_from_sequences() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Items:
    def __getitem__(self, index):
        if index > 3: raise IndexError
        return index
    def __len__(self): return 2
",
        );
        for code in
            [c"[0, 1, 2, 3]", c"(0, 1, 2, 3)", c"range(4)", c"b'\\0\\1\\2\\3'", c"bytearray(range(4))", c"Items()"]
        {
            let inline: SmallVec<[u8; 8]> = eval(&scope, code).extract().unwrap();
            assert_eq!(inline.as_slice(), [0, 1, 2, 3]);
            assert!(!inline.spilled());
            let spilled: SmallVec<[i64; 2]> = eval(&scope, code).extract().unwrap();
            assert_eq!(spilled.as_slice(), [0, 1, 2, 3]);
        }
        assert!(eval(&scope, c"[]").extract::<SmallVec<[String; 2]>>().unwrap().is_empty());
    });
}

#[test]
fn come_from_nothing_else() {
    Python::attach(|py| {
        let scope = scope(py);
        let error = eval(&scope, c"'abc'").extract::<SmallVec<[String; 2]>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: Can't extract `str` to `SmallVec`");
        for code in [c"{1, 2}", c"{1: 2}", c"5", c"iter([1])"] {
            let error = eval(&scope, code).extract::<SmallVec<[i32; 2]>>().unwrap_err();
            assert!(error.to_string().ends_with("' object is not an instance of 'Sequence'"), "{error}");
        }
        let error = eval(&scope, c"[1, 'x']").extract::<SmallVec<[i32; 2]>>().unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn are_lists_and_bytes(numbers in prop::collection::vec(any::<i64>(), 0..10), bytes in any::<Vec<u8>>()) {
        Python::attach(|py| {
            let small: SmallVec<[i64; 4]> = SmallVec::from_slice(&numbers);
            let list = PyList::new(py, &numbers).unwrap();
            let object = (&small).into_pyobject(py).unwrap();
            assert!(object.is_exact_instance_of::<PyList>());
            assert!(object.eq(&list).unwrap());
            assert!(small.clone().into_pyobject(py).unwrap().eq(&list).unwrap());
            assert_eq!(object.extract::<SmallVec<[i64; 4]>>().unwrap(), small);

            let small: SmallVec<[u8; 4]> = SmallVec::from_slice(&bytes);
            let object = (&small).into_pyobject(py).unwrap();
            assert!(object.eq(PyBytes::new(py, &bytes)).unwrap());
            assert!(small.clone().into_pyobject(py).unwrap().eq(PyBytes::new(py, &bytes)).unwrap());
            assert_eq!(object.extract::<SmallVec<[u8; 4]>>().unwrap(), small);
        });
    }
}

#[test]
fn hold_what_converts() {
    Python::attach(|py| {
        let nested: SmallVec<[Vec<&str>; 1]> = smallvec![vec!["a"], vec![]];
        assert_eq!(nested.into_pyobject(py).unwrap().to_string(), "[['a'], []]");
    });
}
