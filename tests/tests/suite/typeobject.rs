//! Types as objects.

use pyo3::PyTypeInfo;
use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyInt, PyList, PyString, PyType};

use pyo3_tests::{eval, run, scope};

#[test]
fn names() {
    Python::attach(|py| {
        let int = py.get_type::<PyInt>();
        assert_eq!(int.name().unwrap(), "int");
        assert_eq!(int.qualname().unwrap(), "int");
        assert_eq!(int.module().unwrap(), "builtins");
        assert_eq!(int.fully_qualified_name().unwrap(), "int");
        let scope = scope(py);
        run(&scope, c"__name__ = 'somewhere'\nclass Outer:\n    class Inner: pass");
        let inner = eval(&scope, c"Outer.Inner").cast_into::<PyType>().unwrap();
        assert_eq!(inner.name().unwrap(), "Inner");
        assert_eq!(inner.qualname().unwrap(), "Outer.Inner");
        assert_eq!(inner.module().unwrap(), "somewhere");
        assert_eq!(inner.fully_qualified_name().unwrap(), "somewhere.Outer.Inner");
    });
}

#[test]
fn subclasses() {
    Python::attach(|py| {
        let bool_type = py.get_type::<PyBool>();
        assert!(bool_type.is_subclass_of::<PyInt>().unwrap());
        assert!(!bool_type.is_subclass_of::<PyString>().unwrap());
        assert!(bool_type.is_subclass(&py.get_type::<PyInt>()).unwrap());
        let error = bool_type.is_subclass(1i32.into_pyobject(py).unwrap().as_any()).unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert!(py.get_type::<PyValueError>().is_subclass_of::<PyException>().unwrap());
    });
}

#[test]
fn order_of_bases() {
    Python::attach(|py| {
        let mro = py.get_type::<PyBool>().mro();
        assert_eq!(mro.to_string(), "(<class 'bool'>, <class 'int'>, <class 'object'>)");
        let bases = py.get_type::<PyBool>().bases();
        assert_eq!(bases.to_string(), "(<class 'int'>,)");
    });
}

#[test]
fn types_make_instances() {
    Python::attach(|py| {
        let list = py.get_type::<PyList>().call1(("ab",)).unwrap();
        assert_eq!(list.to_string(), "['a', 'b']");
        let made =
            py.get_type::<PyType>().call1(("Made", (py.get_type::<PyInt>(),), pyo3::types::PyDict::new(py))).unwrap();
        let made = made.cast_into::<PyType>().unwrap();
        assert!(made.is_subclass_of::<PyInt>().unwrap());
        assert_eq!(made.call1((3,)).unwrap().extract::<i32>().unwrap(), 3);
        assert!(PyType::new::<PyInt>(py).is(py.get_type::<PyInt>()));
    });
}

/// A class of Python's standard library that a crate declares for itself, as those for arrays do.
#[repr(transparent)]
struct OrderedDict(PyAny);

/// The same with a type parameter that only Rust knows.
#[repr(transparent)]
struct Ordered<T>(PyAny, std::marker::PhantomData<T>);

pyo3::pyobject_native_type_named!(OrderedDict);
pyo3::pyobject_native_type_named!(Ordered<T>; T);

fn ordered_dict(py: Python<'_>) -> *mut pyo3::ffi::PyTypeObject {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "collections", "OrderedDict").unwrap().as_type_ptr()
}

// SAFETY: a class, kept for good.
unsafe impl PyTypeInfo for OrderedDict {
    fn type_object_raw(py: Python<'_>) -> *mut pyo3::ffi::PyTypeObject {
        ordered_dict(py)
    }
}

// SAFETY: as above.
unsafe impl<T> PyTypeInfo for Ordered<T> {
    fn type_object_raw(py: Python<'_>) -> *mut pyo3::ffi::PyTypeObject {
        ordered_dict(py)
    }
}

#[test]
fn a_crate_declares_a_class_of_another_library() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"from collections import OrderedDict\nclass Sub(OrderedDict): pass\none = Sub(a=1)");
        let one = eval(&scope, c"one").cast_into::<OrderedDict>().unwrap();
        // By dereferencing: the methods of every object.
        assert_eq!(one.get_item("a").unwrap().extract::<i32>().unwrap(), 1);
        assert!(one.is_instance_of::<Ordered<u8>>() && !one.is_exact_instance_of::<OrderedDict>());
        let kept: Py<Ordered<u8>> = one.cast::<Ordered<u8>>().unwrap().clone().unbind();
        assert_eq!(kept.bind(py).len().unwrap(), 1);
        assert_eq!(py.get_type::<OrderedDict>().name().unwrap(), "OrderedDict");
        assert!(eval(&scope, c"{}").cast_into::<OrderedDict>().is_err());
    });
}
