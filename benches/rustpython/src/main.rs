//! Benchmarks of pyo3 on RustPython, beside the same with direct calls of the virtual machine. `cargo xtask bench` runs
//! them and compares.
//!
//! ```text
//! bench-rustpython calls ROUNDS              a function of three ints, exported in three ways
//! bench-rustpython list                      the names of all pairs
//! bench-rustpython time SIDE NAME...         nanoseconds per iteration of each; SIDE is `pyo3` or `vm`
//! bench-rustpython count SIDE NAME...        for callgrind: runs each twice, and calls `bench_mark` around both runs
//! ```

mod classes;
mod containers;
mod conversions;
#[path = "../../source/measure.rs"]
mod measure;
mod native;
mod numbers;
mod objects;
mod pair;
mod text;
mod three_ints;

use std::process::ExitCode;

use pyo3::prelude::*;

use crate::pair::{Pair, Side};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args[..] {
        ["calls", rounds] => match rounds.parse() {
            Ok(rounds) => Python::attach(|py| three_ints::measure(py, rounds)).map_err(|error| error.to_string()),
            Err(_) => Err(format!("`{rounds}` is no number of rounds")),
        },
        ["list"] => {
            all().for_each(|pair| println!("{}", pair.name));
            Ok(())
        }
        ["time", side, ref names @ ..] => each(side, names, |py, pair, side| pair.time(py, side)),
        ["count", side, ref names @ ..] => each(side, names, |py, pair, side| pair.count(py, side)),
        _ => Err("usage: bench-rustpython calls ROUNDS | list | time SIDE NAME... | count SIDE NAME...".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench-rustpython: {message}");
            ExitCode::FAILURE
        }
    }
}

fn all() -> impl Iterator<Item = &'static Pair> {
    let families = [numbers::PAIRS, text::PAIRS, containers::PAIRS, objects::PAIRS, classes::PAIRS, conversions::PAIRS];
    families.into_iter().flatten()
}

/// Calls `work` for each named pair, with the cycle collector off: when it runs depends on all earlier code.
fn each(
    side: &str,
    names: &[&str],
    work: impl Fn(Python<'_>, &Pair, Side) -> Result<(), String>,
) -> Result<(), String> {
    let side = match side {
        "pyo3" => Side::Pyo3,
        "vm" => Side::Vm,
        other => return Err(format!("`{other}` is no side; the sides are `pyo3` and `vm`")),
    };
    Python::attach(|py| {
        py.import("gc").and_then(|gc| gc.call_method0("disable")).map_err(|error| error.to_string())?;
        for name in names {
            let pair = all().find(|pair| pair.name == *name).ok_or_else(|| format!("there is no pair `{name}`"))?;
            work(py, pair, side)?;
        }
        Ok(())
    })
}
