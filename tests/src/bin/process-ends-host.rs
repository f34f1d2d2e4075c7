//! `process-ends-host HOST SCRIPT`: embeds Python with the module of the test `process_ends` built in, and runs a
//! script. HOST selects how the interpreter ends, see [`main`].

use std::ffi::CString;
use std::process::ExitCode;

use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;

#[pymodule]
fn process_ends(module: &Bound<'_, PyModule>) -> PyResult<()> {
    pyo3_tests::process_ends::fill(module)
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(host), Some(script), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: process-ends-host HOST SCRIPT");
        return ExitCode::from(2);
    };
    let script = CString::new(script).expect("arguments have no null bytes");
    pyo3::append_to_inittab!(process_ends);
    match host.as_str() {
        // Never finalizes the interpreter.
        "initialize" => {
            Python::initialize();
            Python::attach(|py| run(py, &script))
        }
        // Finalizes the interpreter.
        "embedded" => {
            // SAFETY: objects that scripts leave in statics and other threads are not used afterwards, only dropped.
            unsafe { pyo3::with_embedded_python_interpreter(|py| run(py, &script)) }
        }
        // Finalizes the interpreter, then starts and finalizes another one.
        "twice" => {
            // SAFETY: objects that scripts leave in statics and other threads are not used afterwards, only dropped.
            unsafe {
                pyo3::with_embedded_python_interpreter(|py| run(py, &script));
                pyo3::with_embedded_python_interpreter(|py| run(py, &script))
            }
        }
        _ => {
            eprintln!("there is no host `{host}`");
            ExitCode::from(2)
        }
    }
}

/// Runs the script as `__main__`. Returns the status that Python would exit with.
fn run(py: Python<'_>, script: &CString) -> ExitCode {
    let error = match py.run(script, None, None) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(error) => error,
    };
    if !error.is_instance_of::<PySystemExit>(py) {
        error.print(py);
        return ExitCode::FAILURE;
    }
    match error.value(py).getattr("code").and_then(|code| code.extract::<Option<u8>>()) {
        Ok(code) => ExitCode::from(code.unwrap_or(0)),
        Err(_) => ExitCode::FAILURE,
    }
}
