//! Type objects.

use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
use pyo3::prelude::*;
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
