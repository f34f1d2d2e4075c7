//! Compares pyo3 on RustPython with code that uses the virtual machine directly.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::callgrind::Programs;
use super::limits::AllLimits;
use super::{instructions, median, selected};
use crate::flags;
use crate::metadata;
use crate::runtime::Runtime;
use crate::sh::Cmd;

const PACKAGE: &str = "pyo3-bench-rustpython";

/// Builds and runs the benchmarks. Returns `true` if all are within their limits.
pub fn run(runtime: &Runtime, rounds: usize, limits: &AllLimits, options: &flags::Bench) -> Result<bool> {
    let build = Cmd::cargo().args(["build", "--release", "-p", PACKAGE]).args(runtime.features(&[PACKAGE]));
    runtime.prepare(build).run()?;
    let program = format!("release/bench-rustpython{}", std::env::consts::EXE_SUFFIX);
    let program = metadata::target_folder()?.join(program);
    let good = calls(runtime, &program, rounds, limits.call)?;

    let text = runtime.prepare(Cmd::new(&program).arg("list")).read()?;
    let all: Vec<&str> = text.lines().collect();
    limits.rustpython.check_names(&all)?;
    let names = selected(all, options)?;
    let start = |side: &str| vec![program.clone().into(), "count".into(), side.into()];
    let programs = Programs {
        prepare: &|cmd| runtime.prepare(cmd).env("PYTHONHASHSEED", "0"),
        ours: start("pyo3"),
        other: start("vm"),
    };
    let (all_good, _) = instructions(&programs, &names, &limits.rustpython, options)?;
    Ok(good && all_good)
}

/// Measures a function of three ints. Returns `true` if it is within the limit.
fn calls(runtime: &Runtime, program: &Path, rounds: usize, limit: f64) -> Result<bool> {
    let cmd = Cmd::new(program).arg("calls").arg(rounds.to_string());
    let text = runtime.prepare(cmd).read()?;
    let table = parse(&text).with_context(|| format!("unexpected output:\n{text}"))?;

    let of = |way: &str| -> Result<&Vec<f64>> {
        Ok(&table.iter().find(|(name, _)| name == way).with_context(|| format!("no times of `{way}`"))?.1)
    };
    let raw = of("raw")?;
    println!("\na function of three ints, nanoseconds per call, median of {rounds} alternating rounds");
    println!("{:8} {:>10} {:>14}", "way", "ns", "ratio to raw");
    for (name, nanos) in &table {
        println!("{name:8} {:>10.1} {:>14.3}", median(nanos.iter().copied()), ratio(nanos, raw));
    }
    let reached = ratio(of("pyo3")?, raw);
    let good = reached <= limit;
    println!(
        "ratio {reached:.3}: {} the limit of {}; to the derive macros of rustpython-vm: {:.3}",
        if good { "within" } else { "OVER" },
        limit,
        ratio(of("pyo3")?, of("derive")?)
    );
    Ok(good)
}

/// Returns the median of the ratios of each round.
fn ratio(left: &[f64], right: &[f64]) -> f64 {
    median(left.iter().zip(right).map(|(left, right)| left / right))
}

/// Parses columns: names in the first line, numbers below.
fn parse(text: &str) -> Result<Vec<(String, Vec<f64>)>> {
    let mut lines = text.lines();
    let names = lines.next().context("nothing was printed")?.split_whitespace();
    let mut table: Vec<(String, Vec<f64>)> = names.map(|name| (name.to_owned(), Vec::new())).collect();
    for line in lines {
        let numbers = line.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>()?;
        if numbers.len() != table.len() {
            bail!("{} numbers for {} columns", numbers.len(), table.len());
        }
        for (column, number) in table.iter_mut().zip(numbers) {
            column.1.push(number);
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read() {
        let table = parse("a b\n1 2\n3 4\n").expect("it is good");
        assert_eq!(table, [("a".to_owned(), vec![1.0, 3.0]), ("b".to_owned(), vec![2.0, 4.0])]);
        assert!(parse("a b\n1\n").is_err());
        assert_eq!(ratio(&[2.0, 4.0, 9.0], &[2.0, 2.0, 3.0]), 2.0);
    }
}
