//! An application with Python inside: runs the given script, or `scripts/tour.py` by default.

use std::process::ExitCode;

use playground::playground;
use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;
use pyo3::types::PyDict;

fn main() -> ExitCode {
    pyo3::append_to_inittab!(playground);
    Python::initialize();
    let status = Python::attach(|py| match run(py) {
        Ok(()) => 0,
        Err(error) if error.is_instance_of::<PySystemExit>(py) => {
            error.value(py).getattr("code").and_then(|code| code.extract()).unwrap_or(1)
        }
        Err(error) => {
            error.print(py);
            1
        }
    });
    ExitCode::from(status)
}

fn run(py: Python<'_>) -> PyResult<()> {
    let (source, name) = match std::env::args().nth(1) {
        Some(file) => (std::fs::read_to_string(&file)?, file),
        None => (include_str!("../../scripts/tour.py").to_owned(), "tour.py".to_owned()),
    };
    let globals: Bound<'_, PyDict> = py.import("__main__")?.dict();
    let code = py.import("builtins")?.getattr("compile")?.call1((source, name, "exec"))?;
    let result = py.import("builtins")?.getattr("exec")?.call1((code, globals));
    // Flush Python's buffers before the process ends, even after an error.
    py.run(c"import sys; sys.stdout.flush(); sys.stderr.flush()", None, None)?;
    result.map(drop)
}
