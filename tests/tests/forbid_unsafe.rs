//! A crate that forbids unsafe code can use every macro that generates unsafe code.

#![forbid(unsafe_code)]

use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::{create_exception, import_exception, intern, py_run, wrap_pymodule};

create_exception!(forbid_unsafe, OwnError, PyException, "An error of this crate.");
import_exception!(asyncio, CancelledError);

#[pyclass(subclass, dict, weakref)]
struct Base {
    #[pyo3(get, set)]
    value: i32,
}

#[pymethods]
impl Base {
    #[new]
    fn new(value: i32) -> Self {
        Base { value }
    }

    fn __traverse__(&self, _visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }

    fn __clear__(&mut self) {}
}

#[pyclass(extends = Base)]
struct Derived;

#[pymethods]
impl Derived {
    #[new]
    fn new() -> (Self, Base) {
        (Derived, Base { value: 3 })
    }
}

#[pyclass(eq, eq_int)]
#[derive(PartialEq)]
enum Mode {
    A,
    B,
}

#[pyclass]
enum Shape {
    Circle { radius: f64 },
    Point(),
}

#[derive(FromPyObject, IntoPyObject, IntoPyObjectRef)]
struct Both {
    a: i32,
}

#[pyfunction]
fn check(value: i32) -> PyResult<Mode> {
    match value {
        0 => Ok(Mode::A),
        1 => Ok(Mode::B),
        2 => Err(OwnError::new_err("two")),
        _ => Err(PyValueError::new_err("more")),
    }
}

#[pyfunction]
async fn later(value: i32) -> i32 {
    value
}

#[pymodule]
mod inline {
    #[pymodule_export]
    use super::{Base, Derived, Mode, OwnError, Shape, check};
}

#[pymodule]
fn function_form(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(check, module)?)
}

/// Creates an object with the attribute `a`.
fn object_with(py: Python<'_>, a: i32) -> Bound<'_, PyAny> {
    let object = pyo3_tests::fresh(py);
    object.setattr("a", a).unwrap();
    object
}

#[test]
fn macros_work_where_unsafe_code_is_forbidden() {
    pyo3::append_to_inittab!(function_form);
    Python::attach(|py| {
        let module = wrap_pymodule!(inline)(py);
        py_run!(
            py,
            module,
            r#"
import function_form
assert function_form.check(1) == module.Mode.B == 1
assert module.Derived().value == 3
assert module.Shape.Circle(1.5).radius == 1.5
assert len(module.Shape.Point()) == 0
try:
    module.check(2)
except module.OwnError as error:
    assert str(error) == "two"
else:
    assert False
"#
        );
        assert!(CancelledError::new_err(()).is_instance_of::<CancelledError>(py));
        let both: Both = object_with(py, 1).extract().unwrap();
        assert_eq!((&both).into_pyobject(py).unwrap().len(), 1);
        assert_eq!(intern!(py, "text"), "text");
        let coroutine = wrap_pyfunction!(later, py).unwrap().call1((5,)).unwrap();
        coroutine.call_method0("close").unwrap();
    });
}
