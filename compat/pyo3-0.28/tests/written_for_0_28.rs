//! Code that PyO3 0.28 accepted and 0.29 no longer accepts.

#![allow(deprecated, reason = "the items were already deprecated in 0.28")]

use pyo3::exceptions::{PyTypeError, PyUnicodeDecodeError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyCapsule, PyDate, PyDict, PyInt, PyList, PyMapping, PySequence, PyString};
use pyo3::{DowncastError, DowncastIntoError, PyTypeCheck};

#[pyclass]
struct Own;

pyo3::import_exception_bound!(json, JSONDecodeError);

fn attached<R>(f: impl FnOnce(Python<'_>) -> R) -> R {
    Python::initialize();
    Python::attach(f)
}

#[test]
fn casts_were_downcasts() {
    attached(|py| {
        let any = PyList::new(py, [1, 2]).unwrap().into_any();
        assert_eq!(any.downcast::<PyList>().unwrap().len(), 2);
        assert_eq!(any.downcast::<PySequence>().unwrap().len().unwrap(), 2);
        assert_eq!(any.downcast_exact::<PyList>().unwrap().len(), 2);
        assert_eq!(any.clone().downcast_into::<PyList>().unwrap().len(), 2);
        assert_eq!(any.clone().downcast_into_exact::<PyList>().unwrap().len(), 2);
        // SAFETY: the object is a list.
        unsafe {
            assert_eq!(any.downcast_unchecked::<PyList>().len(), 2);
            assert_eq!(any.clone().downcast_into_unchecked::<PyList>().len(), 2);
            assert_eq!(any.clone().unbind().downcast_bound_unchecked::<PyList>(py).len(), 2);
        }
        assert_eq!(any.clone().unbind().downcast_bound::<PyList>(py).unwrap().len(), 2);

        let yes = PyBool::new(py, true).to_owned().into_any();
        assert!(yes.downcast::<PyInt>().is_ok() && yes.downcast_exact::<PyInt>().is_err());
        assert!(yes.downcast_into_exact::<PyInt>().unwrap_err().into_inner().is_truthy().unwrap());
        // Through a type other than `PyAny`, and in a chain.
        let list = any.downcast_into::<PyList>().unwrap();
        assert!(list.downcast::<PyDict>().is_err());
        assert!(list.get_item(0).and_then(|item| Ok(item.downcast_into::<PyInt>()?)).is_ok());
    });
}

#[test]
fn errors_of_downcasts_name_the_rust_type() {
    attached(|py| {
        let number = 7i32.into_pyobject(py).unwrap().into_any();
        let error: DowncastError<'_, '_> = number.downcast::<PyDict>().unwrap_err();
        assert_eq!(error.to_string(), "'int' object cannot be converted to 'PyDict'");
        let error = number.downcast::<PyMapping>().unwrap_err();
        assert_eq!(error.to_string(), "'int' object cannot be converted to 'Mapping'");
        let error = PyErr::from(number.downcast::<Own>().unwrap_err());
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(error.to_string(), "TypeError: 'int' object cannot be converted to 'Own'");
        let error: DowncastIntoError<'_> = number.clone().downcast_into::<PyString>().unwrap_err();
        assert_eq!(PyErr::from(error).to_string(), "TypeError: 'int' object cannot be converted to 'PyString'");
        assert_eq!(DowncastError::new(&number, "a word").to_string(), "'int' object cannot be converted to 'a word'");
        let error = DowncastIntoError::new(number, String::from("a word"));
        assert_eq!(error.into_inner().extract::<i32>().unwrap(), 7);
    });
}

/// A protocol that a crate declares itself.
struct Callable;

// SAFETY: no code relies on the layout of a `Callable`.
unsafe impl PyTypeCheck for Callable {
    const NAME: &'static str = "Callable";

    fn type_check(object: &Bound<'_, PyAny>) -> bool {
        object.is_callable()
    }

    fn classinfo_object(py: Python<'_>) -> Bound<'_, PyAny> {
        py.import("collections.abc").unwrap().getattr("Callable").unwrap()
    }
}

#[test]
fn checks_have_names() {
    assert_eq!(<PyList as PyTypeCheck>::NAME, "PyList");
    assert_eq!(<Own as PyTypeCheck>::NAME, "Own");
    assert_eq!(pyo3::types::PyWeakref::NAME, "weakref");
    attached(|py| {
        let error = PyList::empty(py).into_any().downcast_into::<Callable>().unwrap_err();
        assert_eq!(error.to_string(), "'list' object cannot be converted to 'Callable'");
    });
}

#[test]
fn capsules_give_their_pointer() {
    attached(|py| {
        let name = c"numbers.answer".to_owned();
        for name in [Some(name), None] {
            let capsule = PyCapsule::new(py, 42u32, name).unwrap();
            assert!(capsule.is_valid() && !capsule.pointer().is_null());
            // SAFETY: the capsule was made from a `u32`.
            assert_eq!(unsafe { *capsule.reference::<u32>() }, 42);
        }
    });
}

#[test]
fn dates_are_made_of_whole_seconds() {
    attached(|py| {
        let seconds: i64 = 86_400 * 2;
        let date = PyDate::from_timestamp(py, seconds).unwrap();
        assert_eq!(date.getattr("year").unwrap().extract::<i32>().unwrap(), 1970);
        assert_eq!(PyDate::from_timestamp(py, 86_400 * 2).unwrap().to_string(), date.to_string());
    });
}

#[test]
fn errors_of_text_become_exceptions_by_themselves() {
    fn text(bytes: &[u8]) -> PyResult<&str> {
        Ok(std::str::from_utf8(bytes)?)
    }
    fn wide(units: &[u16]) -> PyResult<String> {
        Ok(String::from_utf16(units)?)
    }
    attached(|py| {
        assert_eq!(text(b"abc").unwrap(), "abc");
        assert!(text(b"\xff").unwrap_err().is_instance_of::<PyUnicodeDecodeError>(py));
        assert!(wide(&[0xd800]).is_err());
    });
}

#[test]
fn exceptions_are_imported_by_the_old_name() {
    attached(|py| {
        let error = py.run(c"import json; json.loads('{')", None, None).unwrap_err();
        assert!(error.is_instance_of::<JSONDecodeError>(py));
    });
}
