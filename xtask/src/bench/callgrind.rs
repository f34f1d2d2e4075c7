//! Counts instructions with valgrind, since counts do not jitter.
//!
//! An executable runs each benchmark twice, with few and with many iterations, and callgrind dumps its counts before,
//! between and after. The difference of the two counts belongs to the additional iterations alone: start-up and the
//! ends of the loops cancel out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Costs, Pair, numbers};
use crate::metadata;
use crate::sh::{Cmd, on_path};
use crate::stock::Start;

/// The function whose return triggers a dump.
const MARK: &str = "bench_mark";

/// What is compared: two programs, or one with two sets of arguments.
pub struct Programs<'a> {
    /// Gives a command the environment of the programs.
    pub prepare: &'a dyn Fn(Cmd) -> Cmd,
    /// Our program, and its arguments. The names of the benchmarks are added.
    pub ours: Start,
    /// The other program.
    pub other: Start,
}

/// Counts the instructions of both sides. Returns `None` if valgrind is not installed.
pub fn compare(programs: &Programs<'_>, names: &[&str]) -> Result<Option<BTreeMap<String, Pair>>> {
    let Some(valgrind) = on_path("valgrind") else {
        return Ok(None);
    };
    println!("counting instructions of {} benchmarks, twice ...", names.len());
    let folder = metadata::target_folder()?.join("callgrind");
    let ours = count(programs.prepare, &valgrind, &programs.ours, names, &folder.join("ours"))?;
    let stock = count(programs.prepare, &valgrind, &programs.other, names, &folder.join("other"))?;
    let pairs = names.iter().map(|name| {
        let (ours, stock) = (ours[*name], stock[*name]);
        (name.to_string(), Pair { ours, stock, ratio: ours / stock })
    });
    Ok(Some(pairs.collect()))
}

fn count(prepare: &dyn Fn(Cmd) -> Cmd, valgrind: &Path, start: &Start, names: &[&str], folder: &Path) -> Result<Costs> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let output = folder.join("counts");
    let cmd = callgrind(valgrind, &output).arg(format!("--dump-after={MARK}")).args(start).args(names);
    let cmd = prepare(cmd);
    let iterations = numbers(&cmd.read()?)?;

    let mut output = output.into_os_string();
    output.push(".");
    let total = |part: usize| -> Result<f64> {
        let mut file = output.clone();
        file.push(part.to_string());
        total(&fs::read_to_string(&file).with_context(|| format!("callgrind wrote no {}", file.display()))?)
    };
    let mut costs = Costs::new();
    for (index, name) in names.iter().enumerate() {
        // Parts are numbered from 1. The first of each three is everything before the benchmark.
        let (few, many) = (total(3 * index + 2)?, total(3 * index + 3)?);
        let Some(iterations) = iterations.get(*name) else {
            bail!("`{cmd}` has no result for {name}");
        };
        costs.insert(name.to_string(), (many - few) / iterations);
    }
    Ok(costs)
}

/// Returns the number of instructions that a program executes, or `None` if valgrind is not installed. `prepare` gives a
/// command the environment of the program. callgrind writes to `file`.
pub fn whole(prepare: impl FnOnce(Cmd) -> Cmd, program: &Start, file: &Path) -> Result<Option<f64>> {
    let Some(valgrind) = on_path("valgrind") else {
        return Ok(None);
    };
    prepare(callgrind(&valgrind, file).args(program)).read()?;
    total(&fs::read_to_string(file)?).map(Some)
}

/// Returns a command that counts the instructions of the program that follows, and writes them to `file`.
fn callgrind(valgrind: &Path, file: &Path) -> Cmd {
    Cmd::new(valgrind).args(["--quiet", "--tool=callgrind"]).option("--callgrind-out-file=", file)
}

/// Returns the number of instructions in one part of callgrind's output.
fn total(text: &str) -> Result<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix("summary:").or_else(|| line.strip_prefix("totals:")));
    Ok(line.context("callgrind wrote no total")?.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn total_is_found() {
        assert_eq!(total("# callgrind format\nevents: Ir\nsummary: 1200\n\nfn=(1)\n").expect("there is one"), 1200.0);
        assert!(total("events: Ir").is_err());
    }
}
