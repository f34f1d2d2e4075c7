//! Methods and functions whose results live no longer than a borrow of the instance or of an argument.

use std::sync::Mutex;

use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::{PyDelta, PyDict, PyString};
use pyo3::{Borrowed, py_run};

#[pyclass(frozen)]
struct Zone {
    names: Py<PyDict>,
    items: Mutex<Vec<Py<PyAny>>>,
}

#[pymethods]
impl Zone {
    #[new]
    fn new(py: Python<'_>) -> Self {
        Zone { names: PyDict::new(py).unbind(), items: Mutex::default() }
    }

    fn dst(&self, _dt: &Bound<'_, PyAny>) -> Option<Bound<'_, PyDelta>> {
        None
    }

    #[getter]
    fn names<'py>(&'py self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(self.names.bind(py).clone())
    }

    #[getter]
    fn same_names<'py>(&'py self, py: Python<'py>) -> &'py Bound<'py, PyDict> {
        self.names.bind(py)
    }

    fn pair<'a>(&'a self, py: Python<'a>) -> (Bound<'a, PyDict>, &'a Py<PyDict>) {
        (self.names.bind(py).clone(), &self.names)
    }

    fn push(&self, item: Py<PyAny>) {
        self.items.lock().unwrap().push(item);
    }

    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'a>(&'a self, py: Python<'a>) -> Option<Bound<'a, PyAny>> {
        self.items.lock().unwrap().pop().map(|item| item.into_bound(py))
    }

    fn __add__<'a>(&'a self, other: &Bound<'a, PyAny>) -> PyResult<Bound<'a, PyAny>> {
        Ok(other.clone())
    }

    fn __getitem__<'a>(&'a self, key: &'a Bound<'a, PyAny>) -> PyResult<&'a Bound<'a, PyAny>> {
        Ok(key)
    }

    fn __repr__<'a>(&'a self, py: Python<'a>) -> PyResult<Bound<'a, PyString>> {
        Ok(PyString::new(py, "a zone"))
    }

    fn __richcmp__<'a>(&'a self, other: &'a Bound<'a, PyAny>, _op: CompareOp) -> &'a Bound<'a, PyAny> {
        other
    }
}

#[pyfunction]
fn reference<'a>(object: &'a Bound<'a, PyAny>) -> &'a Bound<'a, PyAny> {
    object
}

#[pyfunction]
fn borrowed<'a>(object: Borrowed<'a, 'a, PyAny>) -> Borrowed<'a, 'a, PyAny> {
    object
}

#[pyfunction]
fn text(text: &str) -> Option<&str> {
    text.split(' ').next()
}

#[test]
fn results_may_be_tied_to_the_instance() {
    Python::attach(|py| {
        let zone = Py::new(py, Zone::new(py)).unwrap();
        py_run!(
            py,
            zone,
            "
assert zone.dst(1) is None
zone.names['a'] = 1
assert zone.same_names is zone.names
assert zone.pair() == (zone.names, {'a': 1})
zone.push(1); zone.push(None)
assert list(zone) == [None, 1]
assert zone + 5 == 5 and zone['k'] == 'k' and repr(zone) == 'a zone'
assert (zone < 7) == 7
"
        );
    });
}

#[test]
fn results_may_be_tied_to_an_argument() {
    Python::attach(|py| {
        let object = py.eval(c"[]", None, None).unwrap();
        for function in [wrap_pyfunction!(reference, py).unwrap(), wrap_pyfunction!(borrowed, py).unwrap()] {
            assert!(function.call1((&object,)).unwrap().is(&object));
        }
        let text = wrap_pyfunction!(text, py).unwrap();
        assert_eq!(text.call1(("one two",)).unwrap().extract::<String>().unwrap(), "one");
    });
}
