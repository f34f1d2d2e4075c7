//! `unsafe fn` in Python: the author promises that any call from Python fulfills the safety requirements.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyType};

use pyo3_tests::{run, scope_of, scope_with};

/// # Safety
///
/// Always safe. The test is about the keyword.
#[pyfunction]
#[pyo3(signature = (a, b = 2))]
unsafe fn add(a: i32, b: i32) -> i32 {
    a + b
}

/// # Safety
///
/// Always safe, like [`add`].
#[pyfunction]
#[pyo3(pass_module)]
unsafe fn named(module: &Bound<'_, PyModule>, text: &str) -> PyResult<String> {
    Ok(format!("{} {text}", module.name()?))
}

/// # Safety
///
/// Always safe, like [`add`].
#[pyfunction]
async unsafe fn later(a: i32) -> i32 {
    a
}

#[pyclass]
struct Raw {
    value: i32,
    own: Option<Py<PyAny>>,
}

#[pymethods]
#[allow(clippy::missing_safety_doc, reason = "private methods that are always safe; the test is about the keyword")]
impl Raw {
    #[new]
    unsafe fn new(value: i32) -> Self {
        Raw { value, own: None }
    }

    unsafe fn get(&self) -> i32 {
        self.value
    }

    unsafe fn put(&mut self, value: i32) -> PyResult<()> {
        self.value = value;
        Ok(())
    }

    unsafe fn through(slf: PyRef<'_, Self>, list: &Bound<'_, PyList>, py: Python<'_>) -> Py<PyAny> {
        list.append(slf.value).unwrap();
        py.None()
    }

    #[getter]
    unsafe fn value(&self) -> i32 {
        self.value
    }

    #[setter]
    unsafe fn set_value(&mut self, value: i32) {
        self.value = value;
    }

    #[deleter]
    unsafe fn delete_value(&mut self) {
        self.value = -1;
    }

    #[staticmethod]
    unsafe fn fixed() -> i32 {
        7
    }

    #[classmethod]
    unsafe fn of_class(class: &Bound<'_, PyType>) -> PyResult<String> {
        class.name().map(|name| name.to_string())
    }

    unsafe fn __len__(&self) -> usize {
        3
    }

    unsafe fn __add__(&self, other: i32) -> i32 {
        self.value + other
    }

    unsafe fn __iadd__(&mut self, other: i32) {
        self.value += other;
    }

    unsafe fn __call__(&self, a: i32) -> i32 {
        self.value * a
    }

    fn __traverse__(&self, visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        self.own.iter().try_for_each(|own| visit.call(own))
    }

    unsafe fn __clear__(&mut self) {
        self.own = None;
    }
}

#[test]
fn unsafe_functions_are_called_as_any() {
    Python::attach(|py| {
        let module = PyModule::new(py, "m").unwrap();
        let scope = scope_of::<Raw>(py);
        scope.set_item("add", wrap_pyfunction!(add, py).unwrap()).unwrap();
        scope.set_item("named", wrap_pyfunction!(named, &module).unwrap()).unwrap();
        run(
            &scope,
            cr#"
assert add(1) == 3 and add(1, b=5) == 6
assert named("x") == "m x"
raw = Raw(4)
assert raw.get() == raw.value == 4
raw.put(5)
assert raw.value == 5
found = []
assert raw.through(found) is None and found == [5]
raw.value = 6
assert raw.value == 6
del raw.value
assert raw.value == -1
assert Raw.fixed() == 7 and Raw.of_class() == "Raw"
assert len(raw) == 3 and raw + 2 == 1 and raw(3) == -3
raw += 3
assert raw.value == 2
"#,
        );
    });
}

#[test]
fn unsafe_coroutines_run() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(later, py)]);
        run(
            &scope,
            cr#"
try:
    later(5).send(None)
except StopIteration as end:
    assert end.value == 5
else:
    assert False
"#,
        );
    });
}
