//! A Python interpreter with the module `wordcount` built in: `wordcount-host SCRIPT [ARGUMENT...]`.

use std::ffi::OsString;
use std::process::ExitCode;

use pyo3::exceptions::PySystemExit;
use pyo3::prelude::*;
use wordcount::wordcount;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if arguments.is_empty() {
        eprintln!("usage: wordcount-host SCRIPT [ARGUMENT...]");
        return ExitCode::from(2);
    }
    pyo3::append_to_inittab!(wordcount);
    Python::initialize();
    Python::attach(|py| {
        let code = match run(py, &arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => exit_code(py, error),
        };
        // The interpreter is never finalized, so its buffers must be flushed here.
        match flush(py) {
            Ok(()) => code,
            Err(_) => ExitCode::FAILURE,
        }
    })
}

/// Runs the script named by the first argument as `__main__`.
fn run(py: Python<'_>, arguments: &[OsString]) -> PyResult<()> {
    let script = &arguments[0];
    let source = std::fs::read(script)?;
    py.import("sys")?.setattr("argv", arguments)?;
    let main = py.import("__main__")?;
    main.setattr("__file__", script)?;
    // Pass bytes, so that Python detects the encoding.
    let builtins = py.import("builtins")?;
    let code = builtins.call_method1("compile", (source, script, "exec"))?;
    builtins.call_method1("exec", (code, main.dict()))?;
    Ok(())
}

/// Returns the status that Python would exit with. Prints any exception other than a `SystemExit` without a message.
fn exit_code(py: Python<'_>, error: PyErr) -> ExitCode {
    if !error.is_instance_of::<PySystemExit>(py) {
        error.print(py);
        return ExitCode::FAILURE;
    }
    match error.value(py).getattr("code") {
        Ok(code) if code.is_none() => ExitCode::SUCCESS,
        Ok(code) => match code.extract::<u8>() {
            Ok(status) => ExitCode::from(status),
            Err(_) => {
                eprintln!("{code}");
                ExitCode::FAILURE
            }
        },
        Err(_) => ExitCode::FAILURE,
    }
}

/// Flushes Python's output streams.
fn flush(py: Python<'_>) -> PyResult<()> {
    let sys = py.import("sys")?;
    for stream in ["stdout", "stderr"] {
        sys.getattr(stream)?.call_method0("flush")?;
    }
    Ok(())
}
