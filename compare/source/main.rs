//! Calls of pyo3 and their results. This source is compiled twice: with the pyo3 of this repository (`ours/`) and with
//! the published one (`stock/`). `cargo xtask compare` runs both and compares their output.

mod classes;
mod containers;
mod objects;
mod operators;
mod report;
mod values;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::classes::python_classes;
use crate::report::Report;

fn main() -> PyResult<()> {
    pyo3::append_to_inittab!(python_classes);
    Python::attach(|py| {
        let report = Report::new(py);
        let scope = PyDict::new(py);
        py.run(pyo3::ffi::c_str!(include_str!("objects.py")), Some(&scope), None)?;
        objects::run(&report, &scope)?;
        operators::run(&report, &scope)?;
        containers::run(&report, &scope)?;
        values::run(&report, &scope)?;
        classes::run(&report, py)
    })
}

/// Evaluates an expression.
fn eval<'py>(scope: &Bound<'py, PyDict>, expression: &str) -> PyResult<Bound<'py, PyAny>> {
    let expression = std::ffi::CString::new(expression).expect("no null in an expression");
    scope.py().eval(&expression, Some(scope), None)
}
