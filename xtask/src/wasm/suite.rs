//! Runs the suite's tests under node.
//!
//! A panic ends the instance and with it all tests of the executable. So the test that was running counts as failed,
//! and a new instance runs the remaining ones.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;

use super::toolchain::Toolchain;
use super::{build, test_runner};
use crate::artifacts::{self, Executable};
use crate::libtest::{self, Outcome};
use crate::sh::Cmd;
use crate::suite::gaps::{self, Gap};

/// The time limit for one instance.
const LIMIT: Duration = Duration::from_secs(300);
/// The executables to run. Tests that start processes, and tests of the macros' messages, cannot run here.
const TARGETS: [&str; 6] = ["suite", "start", "imports", "inittab", "embedded", "text_encoding"];

/// Builds and runs the suite. Returns `true` if only known gaps failed. If `names` is not empty, runs only tests whose
/// names contain one of them.
///
/// # Errors
///
/// If cargo or node cannot be started.
pub fn run(toolchain: &Toolchain, names: &[String]) -> Result<bool> {
    let cmd = build(toolchain)?.args(["--keep-going", "--message-format=json", "-p", "pyo3-tests"]);
    let cmd = TARGETS.into_iter().fold(cmd, |cmd, target| cmd.args(["--test", target]));
    let built = artifacts::build(&cmd.args(["--features", "pyo3-tests/runtime-rustpython"]))?;
    for (target, errors) in &built.errors {
        println!("{target}: does not compile\n{}", errors.join("\n"));
    }
    let mut gaps = gaps::of(&["rustpython", "wasm"])?;
    let mut outcomes = BTreeMap::new();
    for executable in &built.executables {
        let found = run_executable(executable, &gaps, names)?;
        let passed = found.values().filter(|outcome| **outcome == Outcome::Passed).count();
        println!("{}: {passed} of {} passed", executable.target, found.len());
        outcomes.extend(found.into_iter().map(|(name, outcome)| (format!("{}::{name}", executable.target), outcome)));
    }
    if !names.is_empty() {
        gaps.retain(|gap| outcomes.contains_key(&gap.test));
    }
    let judgement = gaps::judge(&outcomes, &gaps, false);
    judgement.expected.iter().for_each(|gap| println!("known gap: {gap}"));
    judgement.failures.iter().for_each(|failure| println!("FAILED {failure}"));
    println!(
        "{} passed, {} failed, {} known gaps",
        judgement.passed,
        judgement.failures.len(),
        judgement.expected.len()
    );
    Ok(built.success && judgement.failures.is_empty() && judgement.passed > 0)
}

fn run_executable(executable: &Executable, gaps: &[Gap], names: &[String]) -> Result<BTreeMap<String, Outcome>> {
    let program = test_runner()?.arg(&executable.path).dir(&executable.folder);
    let mut left = libtest::names(&program)?;
    left.retain(|name| names.is_empty() || names.iter().any(|part| name.contains(part.as_str())));
    // Known gaps may end the instance. Each runs in its own instance, so that the others share one.
    let is_gap = |name: &String| gaps.iter().any(|gap| gap.test == format!("{}::{name}", executable.target));
    let (last, first): (Vec<_>, Vec<_>) = left.into_iter().partition(is_gap);
    let mut outcomes = BTreeMap::new();
    several(&program, first, &mut outcomes)?;
    for name in last {
        several(&program, vec![name], &mut outcomes)?;
    }
    Ok(outcomes)
}

/// Runs tests in as few instances as possible.
fn several(program: &Cmd, mut left: Vec<String>, outcomes: &mut BTreeMap<String, Outcome>) -> Result<()> {
    while !left.is_empty() {
        let captured = program.clone().args(["--exact", "--test-threads=1"]).args(&left).capture(LIMIT)?;
        let before = left.len();
        left.retain(|name| match libtest::outcome(&captured.stdout, name) {
            Some(outcome) => {
                outcomes.insert(name.clone(), outcome);
                false
            }
            None => true,
        });
        if left.is_empty() {
            break;
        }
        // libtest printed the name of the test that was running, without a result.
        let running = left.iter().position(|name| captured.stdout.contains(&format!("test {name} ... ")));
        if running.is_none() && left.len() < before {
            continue;
        }
        let name = left.remove(running.unwrap_or(0));
        let lines: Vec<&str> = captured.stderr.trim_end().lines().collect();
        println!("---- {name}\n{}", lines[lines.len().saturating_sub(12)..].join("\n"));
        outcomes.insert(name, Outcome::Crashed(captured.ending()));
    }
    Ok(())
}
