//! A function of three ints, exported in three ways: with pyo3, by hand as a `PyMethodDef` of the virtual machine (the
//! floor), and with the derive macros of rustpython-vm.

use std::time::Instant;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::native;

/// Few, so that a round rarely gets interrupted by another process.
const CALLS: usize = 10_000;

/// The function that is exported in all ways.
#[pyfunction]
fn add3(a: i64, b: i64, c: i64) -> i64 {
    a.wrapping_add(b).wrapping_add(c)
}

/// Prints the names of the ways, then one line per round with the nanoseconds per call, in the same order. The first
/// column is the loop without any call.
///
/// # Errors
///
/// Returns any exception of the calls.
pub fn measure(py: Python<'_>, rounds: usize) -> PyResult<()> {
    py.import("gc")?.call_method0("disable")?;
    native::register();
    let globals = PyDict::new(py);
    let code = c"
import native
from itertools import repeat
def loop(f, n):
    for _ in repeat(None, n):
        pass
def calls(f, n):
    for _ in repeat(None, n):
        f(1, 2, 3)
";
    py.run(code, Some(&globals), None)?;
    let get = |name: &str| globals.as_any().get_item(name);
    let (empty, calls, native) = (get("loop")?, get("calls")?, get("native")?);
    let ways = [
        ("loop", empty, py.None().into_bound(py)),
        ("pyo3", calls.clone(), wrap_pyfunction!(add3, py)?.into_any()),
        ("raw", calls.clone(), native.getattr("raw_add3")?),
        ("derive", calls, native.getattr("add3")?),
    ];
    for (_, code, function) in &ways {
        code.call1((function, CALLS))?;
    }
    println!("{}", ways.each_ref().map(|(name, ..)| *name).join(" "));
    for round in 0..rounds {
        let mut nanos = [0.0; 4];
        // Rotate the order, so that each way goes first equally often.
        for index in (0..ways.len()).map(|index| (index + round) % ways.len()) {
            let (_, code, function) = &ways[index];
            let start = Instant::now();
            code.call1((function, CALLS))?;
            nanos[index] = start.elapsed().as_nanos() as f64 / CALLS as f64;
        }
        println!("{}", nanos.map(|nanos| format!("{nanos:.2}")).join(" "));
    }
    Ok(())
}
