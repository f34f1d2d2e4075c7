//! `Py`, `Bound`, `Borrowed`: sizes, casts, identity, conversions between them.

use std::mem::size_of;

use pyo3::BoundObject;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyList, PyString, PyTuple};

use pyo3_tests::{assert_count, count_of, eval, fresh, run, scope, with_unraisable};

#[test]
fn sizes_are_those_of_a_pointer() {
    let pointer = size_of::<*const u8>();
    assert_eq!(size_of::<Py<PyAny>>(), pointer);
    assert_eq!(size_of::<Option<Py<PyAny>>>(), pointer);
    assert_eq!(size_of::<Bound<'_, PyList>>(), pointer);
    assert_eq!(size_of::<Option<Bound<'_, PyList>>>(), pointer);
    assert_eq!(size_of::<Borrowed<'_, '_, PyDict>>(), pointer);
    assert_eq!(size_of::<Python<'_>>(), 0);
}

#[test]
fn py_is_send_and_sync() {
    fn check<T: Send + Sync>() {}
    check::<Py<PyAny>>();
    check::<Py<PyList>>();
    check::<PyErr>();
}

#[test]
fn bind_and_unbind_keep_the_object() {
    Python::attach(|py| {
        let bound = fresh(py);
        let py_object: Py<PyAny> = bound.clone().unbind();
        assert!(py_object.bind(py).is(&bound));
        assert!(py_object.bind_borrowed(py).is(&bound));
        assert!(bound.as_unbound().is(&py_object));
        assert!(py_object.clone_ref(py).into_bound(py).is(&bound));
        assert!(bound.as_borrowed().to_owned().is(&bound));
        assert!(bound.as_any().is(bound.as_borrowed()));
    });
}

#[test]
fn every_owner_is_one_reference() {
    Python::attach(|py| {
        let object = fresh(py);
        let start = count_of(&object);
        let second = object.clone();
        assert_count(&object, start + 1);
        let third = object.clone().unbind();
        assert_count(&object, start + 2);
        let borrowed = object.as_borrowed();
        let copy = borrowed;
        assert_count(&object, start + 2);
        let fourth = copy.to_owned();
        assert_count(&object, start + 3);
        drop((second, third, fourth));
        assert_count(&object, start);
        let moved = object.clone().into_any().unbind().into_bound(py);
        assert_count(&object, start + 1);
        drop(moved);
        assert_count(&object, start);
    });
}

#[test]
fn py_can_be_cloned_with_the_feature() {
    Python::attach(|py| {
        let object = fresh(py).unbind();
        let start = count_of(object.bind(py));
        let copy = object.clone();
        assert_count(object.bind(py), start + 1);
        assert!(copy.is(&object));
    });
}

#[test]
fn casts_check_the_type() {
    Python::attach(|py| {
        let list = eval(&scope(py), c"[1]");
        assert_eq!(list.cast::<PyList>().unwrap().len(), 1);
        assert!(list.cast::<PyDict>().is_err());
        assert!(list.as_borrowed().cast::<PyList>().is_ok());
        let list = list.cast_into::<PyDict>().unwrap_err().into_inner();
        let list: Bound<'_, PyList> = list.cast_into().unwrap();
        assert_eq!(list.len(), 1);
        assert!(list.unbind().cast_bound::<PyList>(py).is_ok());
    });
}

#[test]
fn cast_takes_subclasses_and_cast_exact_does_not() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Sub(list): pass");
        let sub = eval(&scope, c"Sub()");
        assert!(sub.cast::<PyList>().is_ok());
        assert!(sub.cast_exact::<PyList>().is_err());
        assert!(sub.clone().cast_into_exact::<PyList>().is_err());
        assert!(sub.as_borrowed().cast_exact::<PyList>().is_err());
        let truth = eval(&scope, c"True");
        assert!(truth.cast::<PyInt>().is_ok());
        assert!(truth.cast_exact::<PyInt>().is_err());
        assert!(truth.cast_exact::<PyBool>().is_ok());
        assert!(truth.cast::<PyAny>().is_ok());
    });
}

#[test]
fn failed_casts_say_what_was_wanted() {
    Python::attach(|py| {
        let number = 1i32.into_pyobject(py).unwrap().into_any();
        let error: PyErr = number.cast::<PyString>().unwrap_err().into();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'str'");
        let error = number.cast_into::<PyList>().unwrap_err();
        assert_eq!(error.to_string(), "'int' object is not an instance of 'list'");
    });
}

#[test]
fn display_and_debug_are_str_and_repr() {
    Python::attach(|py| {
        let text = PyString::new(py, "it's");
        assert_eq!(format!("{text}"), "it's");
        assert_eq!(format!("{text:?}"), "\"it's\"");
        let unbound = text.clone().unbind();
        assert_eq!(format!("{unbound}"), "it's");
        assert_eq!(format!("{:?}", text.as_borrowed()), "\"it's\"");
    });
}

#[test]
fn display_survives_a_failing_str() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Shy:\n    def __str__(self): raise ValueError('not today')");
        let shy = eval(&scope, c"Shy()");
        with_unraisable(&scope, || assert_eq!(format!("{shy}"), "<unprintable Shy object>"));
        run(&scope, c"assert (ValueError, 'not today') in [it[:2] for it in seen], seen");
    });
}

#[test]
fn bound_derefs_to_any() {
    Python::attach(|py| {
        let list = PyList::new(py, [3, 1, 2]).unwrap();
        list.call_method0("sort").unwrap();
        let any: &Bound<'_, PyAny> = &list;
        assert_eq!(any.extract::<Vec<i32>>().unwrap(), [1, 2, 3]);
        assert_eq!(list.as_any().repr().unwrap(), "[1, 2, 3]");
    });
}

#[test]
fn conversions_between_them() {
    Python::attach(|py| {
        let tuple = PyTuple::new(py, [1, 2]).unwrap();
        let a: Py<PyTuple> = tuple.clone().into();
        let b: Py<PyTuple> = (&tuple).into();
        let c: Py<PyAny> = a.clone_ref(py).into();
        let d: Py<PyAny> = tuple.clone().into();
        let e: Py<PyTuple> = tuple.as_borrowed().into();
        assert!(a.is(&b) && b.is(&c) && c.is(&d) && d.is(&e));
        assert!(a.into_any().is(&c));
    });
}

#[test]
fn py_has_the_calls_of_any() {
    Python::attach(|py| {
        let object = fresh(py).unbind();
        object.setattr(py, "number", 1).unwrap();
        assert_eq!(object.getattr(py, "number").unwrap().extract::<i32>(py).unwrap(), 1);
        let text = PyString::new(py, "a,b").unbind();
        let parts = text.call_method1(py, "split", (",",)).unwrap();
        assert_eq!(parts.extract::<Vec<String>>(py).unwrap(), ["a", "b"]);
        assert_eq!(text.call_method0(py, "upper").unwrap().to_string(), "A,B");
        let dict = py.get_type::<PyDict>().unbind();
        let kwargs = PyDict::new(py);
        kwargs.set_item("x", 1).unwrap();
        let made = dict.call(py, (), Some(&kwargs)).unwrap();
        assert_eq!(made.to_string(), "{'x': 1}");
        assert_eq!(dict.call0(py).unwrap().to_string(), "{}");
        assert_eq!(dict.call1(py, (vec![(1, 2)],)).unwrap().to_string(), "{1: 2}");
        let int = py.get_type::<PyInt>().unbind();
        let parsed = int.call_method(py, "from_bytes", (b"\x01\x00".as_slice(), "big"), None).unwrap();
        assert_eq!(parsed.extract::<i32>(py).unwrap(), 256);
        assert!(!py.None().is_truthy(py).unwrap());
    });
}

#[test]
fn bound_object_is_neutral_about_ownership() {
    fn text<'py>(object: impl BoundObject<'py, PyAny>) -> String {
        object.as_borrowed().to_string()
    }
    Python::attach(|py| {
        let number = 5i32.into_pyobject(py).unwrap().into_any();
        assert_eq!(text(number.clone()), "5");
        assert_eq!(text(number.as_borrowed()), "5");
        assert!(number.as_borrowed().into_bound().is(&number));
    });
}

#[test]
fn a_pointer_makes_the_way_there_and_back() {
    Python::attach(|py| {
        let object = fresh(py);
        let start = count_of(&object);
        let pointer = object.clone().into_ptr();
        assert_eq!(pointer, object.as_ptr());
        // SAFETY: `pointer` owns the reference that `into_ptr` returned.
        let back = unsafe { Bound::from_owned_ptr(py, pointer) };
        assert!(back.is(&object));
        drop(back);
        assert_count(&object, start);
        // SAFETY: `object` keeps the object alive.
        let borrowed = unsafe { Bound::from_borrowed_ptr(py, object.as_ptr()) };
        assert_count(&object, start + 1);
        drop(borrowed);
    });
}
