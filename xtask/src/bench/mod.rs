//! `cargo xtask bench`: compares our speed with that of the published PyO3 and of plain RustPython.

mod callgrind;
mod clock;
mod families;
mod limits;
mod modules;
mod plot;
mod rustpython;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};

use self::callgrind::Programs;
use self::limits::{AllLimits, Limits};
use crate::flags;
use crate::python::Which;
use crate::runtime::{Runtime, runtimes};
use crate::stock::{Sides, Source, Start};

/// The cost of one iteration of a benchmark on both sides, in instructions or nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub ours: f64,
    pub stock: f64,
    /// The quotient of the two for instructions; the median of the quotients of all rounds for times.
    pub ratio: f64,
}

/// What the limits of a sample are multiplied with. It also runs where another compiler or Python is installed.
const SAMPLE_MARGIN: f64 = 1.1;

/// Costs by benchmark.
pub type Costs = BTreeMap<String, f64>;

/// Runs the benchmarks. Returns `false` only if `--check` is given and a limit is exceeded.
///
/// # Errors
///
/// If something does not build or run, or if the limits name unknown benchmarks.
pub fn run(options: &flags::Bench) -> Result<bool> {
    let limits = AllLimits::read()?;
    let rounds = options.rounds.unwrap_or(7);
    if rounds == 0 {
        bail!("`--rounds` must be at least 1");
    }
    if options.sample && (options.times_only || options.only.is_some()) {
        bail!("--sample selects benchmarks and counts their instructions: it excludes --only and --times-only");
    }
    let flags::Bench { sample, shared, times_only, counts_only, .. } = *options;
    let selects = sample || shared || times_only || counts_only || options.only.is_some();
    if options.modules && (selects || options.json.is_some() || options.plot.is_some()) {
        bail!(
            "--modules measures whole modules: of the other options, only --runtime, --python, --rounds and --check apply"
        );
    }
    let mut good = true;
    for runtime in &runtimes(options.runtime.unwrap_or_default(), Which::Chosen(&options.python))? {
        println!("\n== {}", runtime.title());
        good &= match runtime {
            Runtime::CPython(python) if options.modules => modules::run(runtime, python, &limits.modules, rounds)?,
            // There is no other crate to compare with.
            Runtime::RustPython(_) if options.modules => true,
            Runtime::CPython(_) => on_cpython(runtime, rounds, &limits.cpython, options)?,
            // The sample is for a quick check, and an optimized virtual machine takes many minutes to build.
            Runtime::RustPython(_) if options.sample => {
                println!("no sample: it has benchmarks on CPython only");
                true
            }
            Runtime::RustPython(_) => rustpython::run(runtime, rounds * 50, &limits, options)?,
        };
    }
    if !good && !options.check {
        println!("\nlimits are exceeded; with --check, the command would fail");
    }
    Ok(good || !options.check)
}

fn on_cpython(runtime: &Runtime, rounds: usize, limits: &Limits, options: &flags::Bench) -> Result<bool> {
    let source = Source {
        folder: "benches",
        package: "pyo3-bench",
        executable: "bench",
        options: &["--release"],
        profile: "release",
    };
    let sides = Sides::build(runtime, &source)?;
    let (ours, stock) = match runtime.interpreter().filter(|_| options.shared) {
        Some(python) => sides.modules(&python.path, "speed_bench")?,
        None => sides.executables(),
    };
    let text = sides.command(&ours).arg("list").read()?;
    let all: Vec<&str> = text.lines().collect();
    limits.check_names(&all)?;
    let names = if options.sample { limits.sample() } else { selected(all, options)? };
    let limits = &limits.with_margin(if options.sample { SAMPLE_MARGIN } else { 1.0 });
    let count = |start: &Start| start.iter().cloned().chain(["count".into()]).collect();
    let programs = Programs { prepare: &|cmd| sides.prepare(cmd), ours: count(&ours), other: count(&stock) };
    let (good, counts) = instructions(&programs, &names, limits, options)?;

    let times = match &counts {
        Some(_) if options.counts_only || options.sample => None,
        _ => Some(clock::compare(&sides, (&ours, &stock), &names, rounds)?),
    };
    if let Some(times) = &times {
        println!("\nnanoseconds per iteration, median of {rounds} alternating rounds (no limit, since times jitter)");
        print(&names, times, |_, _| String::new());
        println!("median ratio {:.3}", median(times.values().map(|pair| pair.ratio)));
    }
    let results = counts.map(|counts| ("instructions", counts)).or(times.map(|times| ("nanoseconds", times)));
    if let Some((unit, pairs)) = results {
        let families = families::group(&pairs);
        println!("\n{unit}, ratios by family\n\n{}", families::table(&families));
        if let Some(file) = &options.json {
            fs::write(file, json(unit, &pairs)).with_context(|| format!("cannot write {}", file.display()))?;
        }
        if let Some(file) = &options.plot {
            plot::write(file, unit, &families)?;
        }
    }
    Ok(good)
}

/// Returns the names that `--only` selects.
fn selected<'a>(all: Vec<&'a str>, options: &flags::Bench) -> Result<Vec<&'a str>> {
    let Some(only) = options.only.as_deref() else { return Ok(all) };
    let parts: Vec<&str> = only.split(',').collect();
    let names: Vec<&str> = all.into_iter().filter(|name| parts.iter().any(|part| name.contains(part))).collect();
    if names.is_empty() {
        bail!("no benchmark has such a name\n  remedy: leave out --only to see all names");
    }
    Ok(names)
}

/// Counts and prints instructions. Returns whether all are within their limits, and the counts if valgrind is installed.
fn instructions(
    programs: &Programs<'_>,
    names: &[&str],
    limits: &Limits,
    options: &flags::Bench,
) -> Result<(bool, Option<BTreeMap<String, Pair>>)> {
    let counts = if options.times_only { None } else { callgrind::compare(programs, names)? };
    let Some(counts) = counts else {
        if options.times_only {
            println!("\n--times-only: no instructions are counted and no limits are checked");
        } else if options.check {
            bail!("valgrind is not installed, so nothing can be checked\n  remedy: install it, or give --times-only");
        } else {
            println!("\nvalgrind is not installed: no instructions are counted and no limits are checked");
        }
        return Ok((true, None));
    };
    println!("\ninstructions per iteration");
    print(names, &counts, |name, pair| limits.judge(name, pair.ratio));
    let over = names.iter().filter(|name| counts[**name].ratio > limits.of(name).limit).count();
    let ratio = median(counts.values().map(|pair| pair.ratio));
    println!("median ratio {ratio:.3}; {over} of {} over the limit", names.len());
    Ok((over == 0, Some(counts)))
}

/// Formats the costs as JSON.
fn json(unit: &str, pairs: &BTreeMap<String, Pair>) -> String {
    let benchmarks: Vec<_> = pairs
        .iter()
        .map(|(name, Pair { ours, stock, ratio })| {
            serde_json::json!({ "name": name, "ours": ours, "stock": stock, "ratio": ratio })
        })
        .collect();
    format!("{:#}\n", serde_json::json!({ "unit": unit, "benchmarks": benchmarks }))
}

/// Prints a table of costs.
fn print(names: &[&str], pairs: &BTreeMap<String, Pair>, remark: impl Fn(&str, Pair) -> String) {
    println!("{:24} {:>12} {:>12} {:>7}", "benchmark", "ours", "theirs", "ratio");
    for name in names {
        let pair = pairs[*name];
        let line =
            format!("{name:24} {:>12.1} {:>12.1} {:>7.3}  {}", pair.ours, pair.stock, pair.ratio, remark(name, pair));
        println!("{}", line.trim_end());
    }
}

/// Returns the median; for an even number of values the upper one, and zero for none.
fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Parses lines of a name and a number, which the executables print.
fn numbers(text: &str) -> Result<Costs> {
    let parse = |line: &str| {
        let (name, number) = line.split_once(' ')?;
        Some((name.to_owned(), number.parse().ok()?))
    };
    let costs = text.lines().map(|line| parse(line).ok_or_else(|| anyhow::anyhow!("no result: `{line}`")));
    costs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_is_a_middle_value() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([]), 0.0);
    }

    #[test]
    fn json_has_every_benchmark() {
        let pairs = BTreeMap::from([("a".to_owned(), Pair { ours: 1.0, stock: 2.0, ratio: 0.5 })]);
        let value: serde_json::Value = serde_json::from_str(&json("instructions", &pairs)).expect("it is JSON");
        assert_eq!(value["unit"], "instructions");
        assert_eq!(value["benchmarks"][0]["ratio"], 0.5);
    }

    #[test]
    fn results_are_names_with_numbers() {
        assert_eq!(numbers("a 1.5\nb 2").expect("they are good"), Costs::from([("a".into(), 1.5), ("b".into(), 2.0)]));
        assert!(numbers("a b").is_err());
    }
}
