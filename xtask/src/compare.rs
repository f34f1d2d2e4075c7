//! `cargo xtask compare`: compares the results of calls with those of the published PyO3.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::flags;
use crate::python::Which;
use crate::runtime::{Choice, runtimes};
use crate::sh::root;
use crate::stock::{Sides, Source};

const KNOWN: &str = "compare/known.toml";

/// Runs the calls of `compare/source` with both crates on each chosen CPython. Returns `false` if a result differs
/// unexpectedly, or if a known difference is gone.
///
/// # Errors
///
/// If something does not build or run, or if the file of known differences is malformed.
pub fn run(options: &flags::Compare) -> Result<bool> {
    let text = fs::read_to_string(root().join(KNOWN)).with_context(|| format!("cannot read {KNOWN}"))?;
    let known = known(&text).with_context(|| format!("{KNOWN} is malformed"))?;
    let source =
        Source { folder: "compare", package: "pyo3-compare", executable: "compare", options: &[], profile: "debug" };
    let mut good = true;
    for runtime in &runtimes(Choice::CPython, Which::Chosen(&options.python))? {
        println!("\n== {}", runtime.title());
        let sides = Sides::build(runtime, &source)?;
        let (ours, stock) = sides.executables();
        let (ours, stock) = (sides.command(&ours).read()?, sides.command(&stock).read()?);
        let report = compare(&ours, &stock, &known);
        for difference in &report.unknown {
            println!("{difference}");
        }
        for call in &report.same_now {
            println!("`{call}` has the same result now: remove it from {KNOWN}");
        }
        println!("{} calls, {} differ as known, {} differ", report.calls, report.known, report.unknown.len());
        good &= report.unknown.is_empty() && report.same_now.is_empty();
    }
    Ok(good)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    difference: Vec<Difference>,
}

/// Calls that are known to differ from the published PyO3, with one reason for all of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    calls: Vec<String>,
    reason: String,
}

fn known(text: &str) -> Result<BTreeSet<String>> {
    let Known { difference } = toml::from_str(text)?;
    if let Some(without) = difference.iter().find(|difference| difference.reason.is_empty()) {
        bail!("{:?} have no reason", without.calls);
    }
    Ok(difference.into_iter().flat_map(|difference| difference.calls).collect())
}

#[derive(Debug, Default, PartialEq)]
struct Report {
    calls: usize,
    known: usize,
    /// The calls that differ, with both results.
    unknown: Vec<String>,
    /// Calls whose known difference is gone.
    same_now: Vec<String>,
}

/// Compares lines of the form `CALL => RESULT`.
fn compare(ours: &str, stock: &str, known: &BTreeSet<String>) -> Report {
    let (ours, stock) = (lines(ours), lines(stock));
    let mut report = Report::default();
    for call in ours.keys().chain(stock.keys()).copied().collect::<BTreeSet<_>>() {
        report.calls += 1;
        let (ours, stock) = (ours.get(call), stock.get(call));
        match (ours == stock, known.contains(call)) {
            (true, false) => {}
            (true, true) => report.same_now.push(call.to_owned()),
            (false, true) => report.known += 1,
            (false, false) => {
                let shown = |line: Option<&&str>| line.copied().unwrap_or("nothing").to_owned();
                report.unknown.push(format!("{call}\n    ours:  {}\n    stock: {}", shown(ours), shown(stock)));
            }
        }
    }
    report
}

/// Maps each call to its result.
fn lines(text: &str) -> BTreeMap<&str, &str> {
    text.lines().map(|line| line.split_once(" => ").unwrap_or((line, ""))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_found() {
        let known = BTreeSet::from(["b".to_owned(), "c".to_owned()]);
        let report = compare("a => 1\nb => 2\nc => 3\nd => 4", "a => 1\nb => 9\nc => 3\nd => 5\ne => 6", &known);
        assert_eq!((report.calls, report.known, report.same_now), (5, 1, vec!["c".to_owned()]));
        let unknown = ["d\n    ours:  4\n    stock: 5", "e\n    ours:  nothing\n    stock: 6"];
        assert_eq!(report.unknown, unknown);
    }

    #[test]
    fn known_differences_have_reasons() {
        let text = |reason| format!("[[difference]]\ncalls = [\"a => b\"]\nreason = \"{reason}\"");
        assert_eq!(known(&text("slower")).expect("it is good"), BTreeSet::from(["a => b".to_owned()]));
        assert!(known(&text("")).is_err());
    }
}
