//! Classes of other libraries that a crate declares itself, as array crates do.

#![expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]

use pyo3::PyTypeInfo;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

use pyo3_tests::{eval, run, scope};

/// A class of Python's standard library.
#[repr(transparent)]
struct OrderedDict(PyAny);

/// The same class, with a type parameter that exists only in Rust.
#[repr(transparent)]
struct Ordered<T>(PyAny, std::marker::PhantomData<T>);

pyo3::pyobject_native_type_named!(OrderedDict);
pyo3::pyobject_native_type_named!(Ordered<T>; T);

fn ordered_dict(py: Python<'_>) -> *mut ffi::PyTypeObject {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "collections", "OrderedDict").unwrap().as_type_ptr()
}

// SAFETY: returns a type object that is kept alive forever.
unsafe impl PyTypeInfo for OrderedDict {
    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
        ordered_dict(py)
    }
}

// SAFETY: returns the same type object, which is kept alive forever.
unsafe impl<T> PyTypeInfo for Ordered<T> {
    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
        ordered_dict(py)
    }
}

#[test]
fn a_crate_declares_a_class_of_another_library() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"from collections import OrderedDict\nclass Sub(OrderedDict): pass\none = Sub(a=1)");
        let one = eval(&scope, c"one").cast_into::<OrderedDict>().unwrap();
        // Dereferences to `PyAny`, with the methods of every object.
        assert_eq!(one.get_item("a").unwrap().extract::<i32>().unwrap(), 1);
        assert!(one.is_instance_of::<Ordered<u8>>() && !one.is_exact_instance_of::<OrderedDict>());
        let kept: Py<Ordered<u8>> = one.cast::<Ordered<u8>>().unwrap().clone().unbind();
        assert_eq!(kept.bind(py).len().unwrap(), 1);
        assert_eq!(py.get_type::<OrderedDict>().name().unwrap(), "OrderedDict");
        assert!(eval(&scope, c"{}").cast_into::<OrderedDict>().is_err());
    });
}
