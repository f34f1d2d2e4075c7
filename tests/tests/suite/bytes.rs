//! Bytes.

use std::borrow::Cow;
use std::io::Write as _;

use pyo3::exceptions::{PyMemoryError, PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes};

use pyo3_tests::{eval, scope};

#[test]
fn bytes_round_trip() {
    Python::attach(|py| {
        for data in [&b""[..], b"ascii", b"\0\xff\0", &[7; 10_000]] {
            let object = PyBytes::new(py, data);
            assert_eq!(object.as_bytes(), data);
            assert_eq!(object.len().unwrap(), data.len());
            assert_eq!(object.extract::<&[u8]>().unwrap(), data);
            assert_eq!(object.extract::<Vec<u8>>().unwrap(), data);
            assert_eq!(object.extract::<Cow<'_, [u8]>>().unwrap(), data);
            assert_eq!(object.clone().unbind().as_bytes(py), data);
            assert_eq!(AsRef::<[u8]>::as_ref(&object), data);
        }
    });
}

#[test]
fn slices_become_bytes() {
    Python::attach(|py| {
        let object = b"ab".as_slice().into_pyobject(py).unwrap();
        assert!(object.is_instance_of::<PyBytes>());
        let object = Cow::Borrowed(b"ab".as_slice()).into_pyobject(py).unwrap();
        assert!(object.is_instance_of::<PyBytes>());
        let object = vec![1u8, 2].into_pyobject(py).unwrap();
        assert!(object.is_instance_of::<PyBytes>());
        let object = [1u8, 2].into_pyobject(py).unwrap();
        assert!(object.is_instance_of::<PyBytes>());
    });
}

#[test]
fn made_in_place() {
    Python::attach(|py| {
        let object = PyBytes::new_with(py, 4, |bytes| {
            assert_eq!(bytes, [0; 4]);
            bytes.copy_from_slice(b"made");
            Ok(())
        })
        .unwrap();
        assert_eq!(object.as_bytes(), b"made");
        let error = PyBytes::new_with(py, 4, |_| Err(PyValueError::new_err("no"))).unwrap_err();
        assert_eq!(error.to_string(), "ValueError: no");
        let object = PyBytes::new_with_writer(py, 2, |writer| {
            for number in 0..5 {
                write!(writer, "{number};")?;
            }
            Ok(())
        })
        .unwrap();
        assert_eq!(object.as_bytes(), b"0;1;2;3;4;");
    });
}

#[test]
fn index_and_compare() {
    Python::attach(|py| {
        let object = PyBytes::new(py, b"hello");
        assert_eq!(object[1], b'e');
        assert_eq!(&object[1..3], b"el");
        assert!(object == b"hello"[..] && b"hello"[..] == object);
        assert!(object != b"hell"[..]);
    });
}

#[test]
fn others_are_not_bytes() {
    Python::attach(|py| {
        let text = eval(&scope(py), c"'text'");
        let error: PyErr = text.extract::<&[u8]>().unwrap_err().into();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(eval(&scope(py), c"bytearray(b'ab')").extract::<Cow<'_, [u8]>>().unwrap(), b"ab".as_slice());
    });
}

/// Whether the error reports that there is not enough memory.
fn is_too_large(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyMemoryError>(py) || error.is_instance_of::<PyOverflowError>(py)
}

#[test]
fn what_does_not_fit_into_memory_is_an_error() {
    Python::attach(|py| {
        for length in [isize::MAX as usize / 8, isize::MAX as usize, usize::MAX] {
            let error = PyBytes::new_with(py, length, |_| panic!("there is nothing to fill")).unwrap_err();
            assert!(is_too_large(py, &error), "{length}: {error}");
            let error = PyByteArray::new_with(py, length, |_| panic!("there is nothing to fill")).unwrap_err();
            assert!(is_too_large(py, &error), "{length}: {error}");
            let error = PyByteArray::new(py, b"abc").resize(length).unwrap_err();
            assert!(is_too_large(py, &error), "{length}: {error}");
            let error = PyBytes::new_with_writer(py, length, |_| Ok(())).unwrap_err();
            assert!(is_too_large(py, &error), "{length}: {error}");
        }
        // No exception is left pending.
        assert!(PyErr::take(py).is_none());
    });
}
