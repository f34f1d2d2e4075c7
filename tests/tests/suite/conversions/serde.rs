//! `Py<T>` with serde.

use pyo3::prelude::*;
use pyo3::types::PyList;
use serde::{Deserialize, Serialize};

#[pyclass]
#[derive(Serialize, Deserialize)]
struct Point {
    x: i32,
    label: Option<String>,
}

#[pyclass]
#[derive(Serialize, Deserialize)]
struct Path {
    start: Py<Point>,
    via: Vec<Py<Point>>,
}

fn point(py: Python<'_>, x: i32, label: Option<&str>) -> Py<Point> {
    Py::new(py, Point { x, label: label.map(str::to_owned) }).unwrap()
}

const TEXT: &str = r#"{"start":{"x":1,"label":"a"},"via":[{"x":2,"label":null},{"x":3,"label":"c"}]}"#;

#[test]
fn instances_are_serialized_as_what_they_hold() {
    let path = Python::attach(|py| {
        let via = vec![point(py, 2, None), point(py, 3, Some("c"))];
        Py::new(py, Path { start: point(py, 1, Some("a")), via }).unwrap()
    });
    // The thread is detached here: the conversion attaches by itself.
    assert_eq!(serde_json::to_string(&path).unwrap(), TEXT);
}

#[test]
fn instances_are_made_anew() {
    let path: Py<Path> = serde_json::from_str(TEXT).unwrap();
    Python::attach(|py| {
        let path = path.bind(py).borrow();
        assert_eq!(path.start.bind(py).borrow().x, 1);
        assert_eq!(path.via.len(), 2);
        assert_eq!(path.via[1].bind(py).borrow().label.as_deref(), Some("c"));
        assert!(PyList::new(py, &path.via).unwrap().get_item(0).unwrap().is_instance_of::<Point>());
    });
}

#[test]
fn what_is_mutably_borrowed_is_not_read() {
    Python::attach(|py| {
        let point = point(py, 1, None);
        let borrowed = point.bind(py).borrow_mut();
        assert_eq!(serde_json::to_string(&point).unwrap_err().to_string(), "Already mutably borrowed");
        drop(borrowed);
        assert_eq!(serde_json::to_string(&point).unwrap(), r#"{"x":1,"label":null}"#);
    });
}

#[test]
fn bad_input_is_refused() {
    let error = serde_json::from_str::<Py<Point>>(r#"{"x":"one"}"#).unwrap_err();
    assert!(error.to_string().starts_with("invalid type: string \"one\", expected i32"), "{error}");
}
