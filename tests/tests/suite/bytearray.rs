//! Bytearrays.

use pyo3::prelude::*;
use pyo3::types::PyByteArray;

#[test]
fn contents_are_reached_in_place() {
    Python::attach(|py| {
        let bytes = PyByteArray::new(py, b"hello");
        // SAFETY: nothing else accesses the object.
        unsafe {
            assert_eq!(bytes.as_bytes(), b"hello");
            bytes.as_bytes_mut()[0] = b'j';
            assert_eq!(*bytes.data(), b'j');
            *bytes.data().add(4) = b'y';
        }
        assert_eq!(bytes.to_vec(), b"jelly");
        assert_eq!(bytes.to_string(), "bytearray(b'jelly')");
    });
}

#[test]
fn contents_follow_the_length() {
    Python::attach(|py| {
        let bytes = PyByteArray::new(py, b"");
        // SAFETY: nothing else accesses the object.
        unsafe {
            assert_eq!(bytes.as_bytes(), b"");
            bytes.resize(3).unwrap();
            assert_eq!(bytes.as_bytes(), [0; 3]);
            bytes.as_bytes_mut().fill(7);
            bytes.resize(2).unwrap();
            assert_eq!(bytes.as_bytes(), [7; 2]);
        }
        assert_eq!(bytes.len(), 2);
        // Reading holds no buffer, which would prevent a change of the length.
        bytes.call_method1("extend", (b"abc",)).unwrap();
        assert_eq!(bytes.len(), 5);
    });
}
