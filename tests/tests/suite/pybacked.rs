//! `PyBackedStr` and `PyBackedBytes`: data borrowed from Python objects, without a lifetime.

use std::collections::{BTreeMap, HashMap};
use std::thread;

use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyString};

use pyo3_tests::{assert_count_stays, eval, run, scope};

fn text(py: Python<'_>, text: &str) -> PyBackedStr {
    PyString::new(py, text).try_into().unwrap()
}

fn bytes(py: Python<'_>, bytes: &[u8]) -> PyBackedBytes {
    PyBytes::new(py, bytes).into()
}

#[test]
fn text_is_borrowed_in_place() {
    Python::attach(|py| {
        for sample in ["", "ascii", "zwölf", "\u{1F40D} \0 ok"] {
            let string = PyString::new(py, sample);
            let backed: PyBackedStr = string.extract().unwrap();
            assert_eq!(backed.as_str(), sample);
            assert_eq!(backed.as_str().as_ptr(), string.to_str().unwrap().as_ptr());
            assert!(backed.as_py_str().is(&string));
            // Converts back to the same object.
            assert!((&backed).into_pyobject(py).unwrap().is(&string));
            assert!(backed.into_pyobject(py).unwrap().is(&string));
        }
    });
}

#[test]
fn contents_are_borrowed_in_place() {
    Python::attach(|py| {
        for sample in [&b""[..], b"abc", &[0, 255, 0]] {
            let object = PyBytes::new(py, sample);
            let backed: PyBackedBytes = object.extract().unwrap();
            assert_eq!(*backed, *sample);
            assert_eq!(backed.as_ptr(), object.as_bytes().as_ptr());
            assert!((&backed).into_pyobject(py).unwrap().is(&object));
            assert!(backed.into_pyobject(py).unwrap().is(&object));
        }
    });
}

#[test]
fn a_bytearray_is_copied() {
    Python::attach(|py| {
        let scope = scope(py);
        let object = PyByteArray::new(py, b"before");
        scope.set_item("b", &object).unwrap();
        let extracted: PyBackedBytes = object.extract().unwrap();
        let converted = PyBackedBytes::from(object.clone());
        run(&scope, c"b[:] = b'later, and longer'");
        assert_eq!(extracted, b"before");
        assert_eq!(converted, b"before");
        let back = converted.into_pyobject(py).unwrap();
        assert_eq!(back.as_bytes(), b"before");
        // The `__bytes__` of a subclass is not called.
        let odd = eval(&scope, c"type('Odd', (bytearray,), {'__bytes__': lambda self: 1 / 0})(b'ab')");
        assert_eq!(odd.extract::<PyBackedBytes>().unwrap(), b"ab");
        assert_eq!(odd.cast::<PyByteArray>().unwrap().to_vec(), b"ab");
    });
}

#[test]
fn used_and_dropped_without_python() {
    let (name, data) = Python::attach(|py| {
        let scope = scope(py);
        (
            eval(&scope, c"'na' * 20").extract::<PyBackedStr>().unwrap(),
            eval(&scope, c"b'ab' * 50").extract::<PyBackedBytes>().unwrap(),
        )
    });
    Python::attach(|py| run(&scope(py), c"import gc; gc.collect()"));
    let lengths = thread::spawn(move || {
        assert!(name.starts_with("nana"));
        assert!(data.ends_with(b"ab"));
        (name.len(), data.len())
    });
    assert_eq!(lengths.join().unwrap(), (40, 100));
}

#[test]
fn references_are_counted() {
    Python::attach(|py| {
        let scope = scope(py);
        let string = eval(&scope, c"'counted ' + str(2 ** 70)");
        assert_count_stays(&string, || {
            let backed: PyBackedStr = string.extract().unwrap();
            let more = [backed.clone_ref(py), backed.clone()];
            drop((&backed).into_pyobject(py).unwrap());
            drop(backed.into_pyobject(py).unwrap());
            drop(more);
        });
        let data = eval(&scope, c"bytes(range(200))");
        assert_count_stays(&data, || {
            let backed: PyBackedBytes = data.extract().unwrap();
            let more = [backed.clone_ref(py), backed.clone()];
            drop((&backed).into_pyobject(py).unwrap());
            drop(backed.into_pyobject(py).unwrap());
            drop(more);
        });
        let surrogate = eval(&scope, c"chr(0xdc80) + str(2 ** 70)");
        assert_count_stays(&surrogate, || drop(surrogate.extract::<PyBackedStr>().unwrap_err()));
    });
}

#[test]
fn other_objects_are_refused() {
    Python::attach(|py| {
        let scope = scope(py);
        let error = eval(&scope, c"b'text'").extract::<PyBackedStr>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'bytes' object is not an instance of 'str'");
        let error: PyErr = eval(&scope, c"'text'").extract::<PyBackedBytes>().unwrap_err().into();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(error.to_string(), "TypeError: 'str' object is not an instance of 'bytes | bytearray'");
        let error = eval(&scope, c"'\\udc80'").extract::<PyBackedStr>().unwrap_err();
        assert!(error.is_instance_of::<PyUnicodeEncodeError>(py));
        let string = eval(&scope, c"'\\udc80'").cast_into::<PyString>().unwrap();
        assert!(PyBackedStr::try_from(string).is_err());
    });
}

#[test]
fn compares_as_what_it_borrows() {
    Python::attach(|py| {
        let (a, b) = (text(py, "a"), text(py, "b"));
        assert!(a == text(py, "a") && a != b && a < b);
        assert!(a == "a" && a == *"a" && "a" == a && *"a" == a && a != "b");
        assert!(a < *"b" && *"a" < b);
        assert_eq!(a.cmp(&b), "a".cmp("b"));
        assert_eq!((format!("{a}"), format!("{a:?}"), format!("{a:>3}")), ("a".into(), "\"a\"".into(), "  a".into()));
        assert_eq!((AsRef::<str>::as_ref(&a), AsRef::<[u8]>::as_ref(&a)), ("a", &b"a"[..]));

        let (a, b) = (bytes(py, b"a"), bytes(py, b"b"));
        assert!(a == bytes(py, b"a") && a != b && a < b);
        assert!(a == b"a" && a == *b"a" && b"a" == a && *b"a" == a && a != b"b");
        let bytes: &[u8] = b"a";
        assert!(a == *bytes && a == bytes && *bytes == a && bytes == a);
        assert!(a < b"b"[..] && b"a"[..] < b);
        assert_eq!(a.cmp(&b), b"a".cmp(b"b"));
        assert_eq!((format!("{a:?}"), AsRef::<[u8]>::as_ref(&a)), ("[97]".into(), &b"a"[..]));
    });
}

#[test]
fn keys_of_maps_are_asked_for_by_what_they_borrow() {
    Python::attach(|py| {
        let names: HashMap<PyBackedStr, i32> = eval(&scope(py), c"{'one': 1, 'two': 2}").extract().unwrap();
        assert_eq!((names.get("one"), names.get("two"), names.get("three")), (Some(&1), Some(&2), None));
        let sorted: BTreeMap<PyBackedStr, i32> = names.into_iter().collect();
        assert_eq!(sorted.get("two"), Some(&2));
        let mut data = HashMap::new();
        data.insert(bytes(py, b"key"), 1);
        assert_eq!(data.get(&bytes(py, b"key")), Some(&1));
    });
}

#[pyfunction]
fn longest(words: Vec<PyBackedStr>) -> Option<PyBackedStr> {
    words.into_iter().max_by_key(|word| word.len())
}

#[test]
fn arguments_and_results() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_with(py, [wrap_pyfunction!(longest, py)]);
        run(&scope, c"words = ['a', 'longer', 'b']\nassert longest(words) is words[1]\nassert longest([]) is None");
    });
}
