//! `sketch SCRIPT`: runs a Python script that draws, and writes the drawing as an SVG file.
//!
//! The runtime is the one that the program was compiled for. Scripts behave the same on either.

mod canvas;
mod flags;
mod limits;

use std::ffi::CString;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use pyo3::prelude::*;

use crate::canvas::{Canvas, sketch};
use crate::flags::Sketch;
use crate::limits::Limits;

fn main() -> ExitCode {
    let options = Sketch::from_env_or_exit();
    let limits = Limits {
        time: Duration::try_from_secs_f64(options.seconds.unwrap_or(10.0)).unwrap_or(Duration::ZERO),
        memory: options.megabytes.unwrap_or(200) * 1_000_000,
    };
    let output = options.output.unwrap_or_else(|| options.script.with_extension("svg"));

    let written = draw(&options.script, limits)
        .and_then(|drawing| fs::write(&output, drawing).map_err(|error| format!("{}: {error}", output.display())));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("sketch: {text}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the script and returns the drawing. If the script raises an exception, prints the traceback.
fn draw(script: &Path, limits: Limits) -> Result<String, String> {
    let source = fs::read(script).map_err(|error| format!("{}: {error}", script.display()))?;
    let source = CString::new(source).map_err(|_| format!("{}: a script has no null bytes", script.display()))?;
    let name = CString::new(script.to_string_lossy().as_bytes()).expect("a path that could be read has no null bytes");

    pyo3::append_to_inittab!(sketch);
    Python::initialize();
    Python::attach(|py| {
        let outcome = (|| {
            let canvas = Bound::new(py, Canvas::new(400.0, 300.0))?;
            py.import("sketch")?.setattr("canvas", &canvas)?;
            limits.watch(py, || PyModule::from_code(py, &source, &name, c"__main__"))?;
            py.import("sys")?.getattr("stdout")?.call_method0("flush")?;
            Ok(canvas.borrow().to_svg())
        })();
        outcome.map_err(|error: PyErr| {
            error.display(py);
            format!("{} did not end well: nothing is written", script.display())
        })
    })
}
