//! Rules written in Python, called from async Rust.

use std::ffi::CStr;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use pyo3::types::code::{PyCode, PyCodeInput};
use tokio::task::spawn_blocking;

/// A measurement of a sensor.
#[pyclass(frozen, get_all)]
#[derive(Clone, Debug)]
pub struct Reading {
    /// The name of the sensor.
    pub sensor: String,
    /// The index of the reading, from 0.
    pub number: u32,
    /// The value.
    pub value: f64,
}

/// The function `judge` of a Python script. Any thread may call it.
pub struct Rules(Py<PyAny>);

impl Rules {
    /// Runs `code` and takes its function `judge`. Each set of rules has its own global variables.
    ///
    /// # Errors
    ///
    /// Returns any exception of the code, or a `KeyError` if it does not define `judge`.
    pub fn load(py: Python<'_>, code: &CStr) -> PyResult<Self> {
        let scope = PyDict::new(py);
        PyCode::compile(py, code, c"rules.py", PyCodeInput::File)?.run(Some(&scope), None)?;
        Ok(Rules(scope.as_any().get_item("judge")?.unbind()))
    }

    /// Calls the rules with `reading`. Returns their message, or `None` if the reading is in order.
    ///
    /// Python may take long and must not hold up other tasks, so it runs on one of tokio's threads for blocking code.
    ///
    /// # Errors
    ///
    /// Returns any exception of `judge`.
    pub async fn judge(self: Arc<Self>, reading: Reading) -> PyResult<Option<String>> {
        spawn_blocking(move || Python::attach(|py| self.0.bind(py).call1((reading,))?.extract()))
            .await
            .expect("judging does not panic")
    }
}
