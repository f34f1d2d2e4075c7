//! Code that PyO3 0.29 accepted and 0.30 no longer accepts.

#![allow(deprecated, reason = "the items were already deprecated in 0.29")]

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyNone, PyString};
use pyo3::{PyTypeInfo, ffi};

/// Can be extracted by value without any option.
#[pyclass]
#[derive(Clone, Debug, PartialEq)]
struct Point {
    #[pyo3(get, set)]
    x: i32,
}

#[pymethods]
impl Point {
    #[new]
    fn new(x: i32) -> Self {
        Point { x }
    }

    fn plus(&self, other: Point) -> Point {
        Point { x: self.x + other.x }
    }
}

/// An enum, which can be extracted the same way.
#[pyclass(eq, eq_int)]
#[derive(Clone, Copy, Debug, PartialEq)]
enum Direction {
    Left,
    Right,
}

/// Converts in its own way, with `skip_from_py_object`.
#[pyclass(skip_from_py_object, module = "shapes")]
#[derive(Clone, Debug, PartialEq)]
struct Named {
    name: String,
}

impl<'py> FromPyObject<'_, 'py> for Named {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Named { name: object.cast::<PyString>()?.to_string() })
    }
}

/// Not `Clone`, so it may convert in its own way without an option.
#[pyclass]
struct Opaque(usize);

impl<'py> FromPyObject<'_, 'py> for Opaque {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Opaque(object.len()?))
    }
}

/// Asks for extraction by value explicitly.
#[pyclass(from_py_object)]
#[derive(Clone)]
struct Explicit(u8);

#[derive(FromPyObject)]
enum Shape {
    Point(Point),
    Text(String),
}

#[pyfunction]
fn flip(direction: Direction) -> Direction {
    match direction {
        Direction::Left => Direction::Right,
        Direction::Right => Direction::Left,
    }
}

#[pyfunction]
fn total(points: Vec<Point>, by_name: std::collections::HashMap<String, Point>) -> i32 {
    points.iter().chain(by_name.values()).map(|point| point.x).sum()
}

#[test]
fn a_class_that_is_clone_is_extracted_by_value() {
    Python::initialize();
    Python::attach(|py| {
        let point = Bound::new(py, Point { x: 3 }).unwrap();
        assert_eq!(point.extract::<Point>().unwrap(), Point { x: 3 });
        assert_eq!(point.clone().unbind().extract::<Point>(py).unwrap().x, 3);
        pyo3::py_run!(py, point, "assert point.plus(type(point)(4)).x == 7");

        let direction = Bound::new(py, Direction::Left).unwrap();
        let flip = wrap_pyfunction!(flip, py).unwrap();
        pyo3::py_run!(py, flip direction, "assert flip(direction) != direction");
        let error = flip.call1((1,)).unwrap_err();
        assert!(error.is_instance_of::<pyo3::exceptions::PyTypeError>(py));
        assert!(error.to_string().contains("'int' object is not an instance of 'Direction'"), "{error}");

        let borrowed = point.borrow_mut();
        assert!(point.extract::<Point>().is_err());
        drop(borrowed);

        let total = wrap_pyfunction!(total, py).unwrap();
        pyo3::py_run!(py, total point, "assert total([point, point], {'a': point}) == 9");
        assert!(matches!(point.extract::<Shape>().unwrap(), Shape::Point(Point { x: 3 })));
        assert!(matches!(PyString::new(py, "a").extract::<Shape>().unwrap(), Shape::Text(text) if text == "a"));
    });
}

#[test]
fn a_class_may_convert_in_its_own_way() {
    Python::initialize();
    Python::attach(|py| {
        assert_eq!(PyString::new(py, "Ada").extract::<Named>().unwrap().name, "Ada");
        assert!(Bound::new(py, Named { name: "Ada".into() }).unwrap().extract::<Named>().is_err());
        assert_eq!(PyString::new(py, "Ada").extract::<Opaque>().unwrap().0, 3);
        assert_eq!(Bound::new(py, Explicit(5)).unwrap().extract::<Explicit>().unwrap().0, 5);
    });
}

#[test]
fn types_have_names() {
    pyo3::create_exception!(shapes, ShapeError, pyo3::exceptions::PyValueError);
    pyo3::import_exception!(json, JSONDecodeError);

    assert_eq!((<Point as PyTypeInfo>::NAME, <Point as PyTypeInfo>::MODULE), ("Point", None));
    assert_eq!((<Named as PyTypeInfo>::NAME, <Named as PyTypeInfo>::MODULE), ("Named", Some("shapes")));
    assert_eq!((PyList::NAME, PyList::MODULE), ("PyList", Some("builtins")));
    assert_eq!((PyNone::NAME, PyNone::MODULE), ("NoneType", None));
    assert_eq!(pyo3::types::PyDate::MODULE, Some("datetime"));
    assert_eq!(pyo3::types::PySequence::NAME, "Sequence");
    assert_eq!(pyo3::exceptions::PyKeyError::NAME, "PyKeyError");
    assert_eq!((ShapeError::NAME, JSONDecodeError::NAME), ("ShapeError", "JSONDecodeError"));
}

/// A type that a crate declares itself.
struct Dictionary;

// SAFETY: the type object is that of `dict`, and no code relies on the layout of a `Dictionary`.
unsafe impl PyTypeInfo for Dictionary {
    const NAME: &'static str = "Dictionary";
    const MODULE: Option<&'static str> = Some("own");

    fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
        PyDict::type_object_raw(py)
    }
}

#[test]
fn a_type_may_be_declared_with_its_names() {
    Python::initialize();
    Python::attach(|py| {
        assert!(PyDict::new(py).is_instance_of::<Dictionary>());
        assert_eq!(Dictionary::NAME, "Dictionary");
    });
}

#[test]
fn references_are_made_of_pointers() {
    Python::initialize();
    Python::attach(|py| {
        let list = PyList::new(py, [1, 2]).unwrap();
        // SAFETY: each pointer is null or refers to a list.
        unsafe {
            let borrowed: Py<PyList> = Py::from_borrowed_ptr(py, list.as_ptr());
            let owned: Py<PyList> = Py::from_owned_ptr(py, list.clone().into_ptr());
            assert_eq!((borrowed.bind(py).len(), owned.bind(py).len()), (2, 2));
            assert!(borrowed.is(&owned));
            let more: [Option<Py<PyList>>; 4] = [
                Py::from_owned_ptr_or_opt(py, list.clone().into_ptr()),
                Py::from_borrowed_ptr_or_opt(py, list.as_ptr()),
                Py::from_owned_ptr_or_err(py, list.clone().into_ptr()).ok(),
                Py::from_borrowed_ptr_or_err(py, list.as_ptr()).ok(),
            ];
            assert!(more.iter().flatten().all(|other| other.is(&list)) && more.iter().all(Option::is_some));
            assert!(Py::<PyAny>::from_owned_ptr_or_opt(py, std::ptr::null_mut()).is_none());
            pyo3::exceptions::PyKeyError::new_err("gone").restore(py);
            let error = Py::<PyAny>::from_owned_ptr_or_err(py, std::ptr::null_mut()).unwrap_err();
            assert!(error.is_instance_of::<pyo3::exceptions::PyKeyError>(py));
        }
    });
}

#[test]
fn critical_sections_are_entered_from_sync() {
    use pyo3::sync::{with_critical_section, with_critical_section2};
    Python::initialize();
    Python::attach(|py| {
        let (a, b) = (PyList::new(py, [1]).unwrap(), PyList::empty(py));
        assert_eq!(with_critical_section(&a, || a.len()), 1);
        assert_eq!(with_critical_section2(&a, &b, || a.len() + b.len()), 1);
    });
}

/// A module in the old function form, with classes and functions.
#[pymodule]
fn shapes(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Point>()?;
    module.add_function(wrap_pyfunction!(flip, module)?)?;
    Ok(())
}

#[test]
fn a_module_is_imported() {
    Python::initialize();
    Python::attach(|py| {
        let module = pyo3::wrap_pymodule!(shapes)(py);
        pyo3::py_run!(py, module, "assert module.Point(1).plus(module.Point(2)).x == 3");
    });
}
