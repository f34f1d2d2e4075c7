//! `Bytes` and Python's `bytes`.

use bytes::Bytes;
use proptest::prelude::*;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyBytesMethods};

use super::{becomes, refuses};
use pyo3_tests::{assert_count_stays, eval, scope};

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn round_trip(data in any::<Vec<u8>>()) {
        Python::attach(|py| {
            let object = PyBytes::new(py, &data);
            let bytes: Bytes = object.extract().unwrap();
            assert_eq!(bytes, data);
            assert!((&bytes).into_pyobject(py).unwrap().as_any().eq(&object).unwrap());
            assert!(bytes.into_pyobject(py).unwrap().as_any().eq(&object).unwrap());
        });
    }
}

#[test]
fn share_memory_with_the_object() {
    Python::attach(|py| {
        let object = PyBytes::new(py, b"some bytes that are not few");
        let bytes: Bytes = object.extract().unwrap();
        assert_eq!(bytes.as_ptr(), object.as_bytes().as_ptr());
    });
}

#[test]
fn outlive_it_on_any_thread() {
    let bytes: Bytes = Python::attach(|py| eval(&scope(py), c"bytes(range(200))").extract().unwrap());
    let part = std::thread::spawn(move || bytes.slice(10..12)).join().unwrap();
    assert_eq!(&*part, [10, 11]);
    drop(part);
    Python::attach(|py| {
        let object = PyBytes::new(py, &[3; 1000]);
        assert_count_stays(&object.clone().into_any(), || {
            let bytes: Bytes = object.extract().unwrap();
            assert_eq!(bytes.len(), 1000);
        });
    });
}

#[test]
fn a_bytearray_is_copied() {
    Python::attach(|py| {
        let scope = scope(py);
        let array = eval(&scope, c"bytearray(b'abc')");
        let bytes: Bytes = array.extract().unwrap();
        array.set_item(0, 90).unwrap();
        assert_eq!(bytes, "abc");
    });
}

#[test]
fn nothing_else_is_taken() {
    Python::attach(|py| {
        let scope = scope(py);
        becomes(&scope, Bytes::from_static(b"\0\xff"), "b'\\x00\\xff'");
        refuses::<Bytes>(&scope, "'x'", "TypeError: 'str' object is not an instance of 'bytes | bytearray'");
        refuses::<Bytes>(&scope, "[1]", "TypeError: 'list' object is not an instance of 'bytes | bytearray'");
        refuses::<Bytes>(&scope, "None", "TypeError: 'None' is not an instance of 'bytes | bytearray'");
    });
}
