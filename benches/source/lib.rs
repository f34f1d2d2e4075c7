//! Benchmarks of pyo3. This source is compiled twice: against the pyo3 of this repository (`ours/`), and against the
//! published one (`stock/`). `cargo xtask bench` runs both and compares.
//!
//! Each becomes an executable with Python inside, and an extension module with a function `run`, because thread-local
//! variables and calls of Python's functions cost more in a shared library. Both understand these arguments:
//!
//! ```text
//! bench list                    the names of all benchmarks
//! bench time NAME...            nanoseconds per iteration of each
//! bench count NAME...           for callgrind: runs each twice, and calls `bench_mark` around both runs
//! bench run NAME ITERATIONS     runs one, for a profiler
//! ```

mod calls;
mod classes;
mod classes_from_python;
mod containers;
mod convert_containers;
mod convert_numbers;
mod convert_text;
mod errors;
mod from_python;
mod from_rust;
mod handles;
mod kinds;
mod measure;
pub mod module;
mod modules;
mod objects;
mod program;
mod text;
mod types;

use pyo3::prelude::*;

use crate::program::Bench;

/// The extension module.
#[pymodule]
mod speed_bench {
    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;

    use crate::module::speed;

    /// Runs the benchmarks as the executable does.
    #[pyfunction]
    fn run(py: Python<'_>, args: Vec<String>) -> PyResult<()> {
        let speed = pyo3::wrap_pymodule!(speed)(py);
        py.import("sys")?.getattr("modules")?.set_item("speed", speed)?;
        crate::run(&args).map_err(PyRuntimeError::new_err)
    }
}

/// Does what the arguments say. The module `speed` must be importable.
///
/// # Errors
///
/// A message for the user.
pub fn run(args: &[String]) -> Result<(), String> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["list"] => {
            all().for_each(|bench| println!("{}", bench.name));
            Ok(())
        }
        ["time", ref names @ ..] => each(names, time),
        ["count", ref names @ ..] => each(names, count),
        ["run", name, iterations] => match iterations.parse() {
            Ok(iterations) => each(&[name], |py, bench| bench.prepare(py)?.run(py, iterations)),
            Err(_) => Err(format!("`{iterations}` is no number")),
        },
        _ => Err("usage: bench list | time NAME... | count NAME... | run NAME ITERATIONS".to_owned()),
    }
}

fn all() -> impl Iterator<Item = &'static Bench> {
    let families = [
        from_python::BENCHES,
        classes_from_python::BENCHES,
        from_rust::BENCHES,
        calls::BENCHES,
        classes::BENCHES,
        containers::BENCHES,
        convert_containers::BENCHES,
        convert_numbers::BENCHES,
        convert_text::BENCHES,
        errors::BENCHES,
        handles::BENCHES,
        modules::BENCHES,
        objects::BENCHES,
        text::BENCHES,
        types::BENCHES,
    ];
    families.into_iter().flatten()
}

/// Calls `work` for each named benchmark, with the cycle collector off: when it runs depends on all earlier code.
fn each(names: &[&str], work: impl Fn(Python<'_>, &Bench) -> PyResult<()>) -> Result<(), String> {
    Python::attach(|py| {
        let failed = |error: PyErr| error.to_string();
        py.import("gc").and_then(|gc| gc.call_method0("disable")).map_err(failed)?;
        for name in names {
            let bench = all().find(|bench| bench.name == *name);
            let bench = bench.ok_or_else(|| format!("there is no benchmark `{name}`"))?;
            work(py, bench).map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(())
    })
}

fn time(py: Python<'_>, bench: &Bench) -> PyResult<()> {
    let program = bench.prepare(py)?;
    println!("{} {:.3}", bench.name, measure::time(|iterations| program.run(py, iterations))?);
    Ok(())
}

fn count(py: Python<'_>, bench: &Bench) -> PyResult<()> {
    let program = bench.prepare(py)?;
    println!("{} {}", bench.name, measure::count(bench.size, |iterations| program.run(py, iterations))?);
    Ok(())
}
