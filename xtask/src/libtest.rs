//! Running test executables made with Rust's libtest, and reading what they print.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::sh::{Captured, Cmd};

/// How one test ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    Ignored,
    /// The process ended during the test. The text says how.
    Crashed(String),
}

/// All tests of one executable.
#[derive(Default)]
pub struct Tests {
    pub outcomes: BTreeMap<String, Outcome>,
    /// The output of failed tests.
    pub output: BTreeMap<String, String>,
    /// A problem of the whole process: it died, or ended badly after its last test.
    pub note: Option<String>,
}

/// Lists the tests of `program`.
///
/// # Errors
///
/// If the program does not start, or cannot list its tests.
pub fn names(program: &Cmd) -> Result<Vec<String>> {
    let list = program.clone().args(["--list", "--format", "terse"]).capture(Duration::from_secs(60))?;
    if !list.status.is_some_and(|status| status.success()) {
        bail!("`{program} --list` failed ({})\n{}", list.ending(), list.stderr.trim_end());
    }
    Ok(list.stdout.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}

/// Lists and runs the tests of `program`. If it crashes, each test without a result runs again on its own.
///
/// # Errors
///
/// If the program does not start, or cannot list its tests.
pub fn run(program: &Cmd, limit: Duration) -> Result<Tests> {
    let list = names(program)?;
    let names: Vec<&str> = list.iter().map(String::as_str).collect();
    let mut tests = Tests::default();
    if names.is_empty() {
        return Ok(tests);
    }

    let captured = program.capture(limit)?;
    for name in &names {
        if let Some(outcome) = outcome(&captured.stdout, name) {
            tests.outcomes.insert((*name).to_owned(), outcome);
        }
    }
    let left: Vec<&str> = names.iter().copied().filter(|name| !tests.outcomes.contains_key(*name)).collect();
    let died = !left.is_empty();
    if died {
        tests.note = Some(format!("died ({}) with {} tests unfinished", captured.ending(), left.len()));
    } else if !ended_well(&captured, &tests) {
        tests.note = Some(format!("all tests reported, then the process ended badly ({})", captured.ending()));
    }
    tests.keep_output(&names, &captured);
    let run_alone = |name: &str| program.clone().args(["--exact", name]).capture(limit);
    // libtest prints the output of tests after the last test, so a crash loses it.
    let silent: Vec<&str> = names.iter().copied().filter(|name| tests.failed_without_output(name)).collect();
    for name in silent {
        tests.keep_output(&[name], &run_alone(name)?);
    }

    for name in left {
        let alone = run_alone(name)?;
        let outcome = match outcome(&alone.stdout, name) {
            Some(outcome) => outcome,
            None => Outcome::Crashed(alone.ending()),
        };
        if outcome != Outcome::Passed {
            tests.keep_output(&[name], &alone);
        }
        if let Outcome::Crashed(_) = outcome {
            tests.output.insert(name.to_owned(), tail(&format!("{}{}", alone.stdout, alone.stderr)));
        }
        tests.outcomes.insert(name.to_owned(), outcome);
    }
    Ok(tests)
}

impl Tests {
    fn failed_without_output(&self, name: &str) -> bool {
        self.outcomes.get(name) == Some(&Outcome::Failed) && !self.output.contains_key(name)
    }

    fn keep_output(&mut self, names: &[&str], captured: &Captured) {
        for name in names {
            let header = format!("---- {name} stdout ----\n");
            if let Some((_, after)) = captured.stdout.split_once(&header) {
                let end = [after.find("\n---- "), after.find("\nfailures:\n")].into_iter().flatten().min();
                self.output.insert((*name).to_owned(), after[..end.unwrap_or(after.len())].trim_end().to_owned());
            }
        }
    }
}

/// Whether the exit status matches the results: libtest returns 0 if all tests passed and 101 if not.
fn ended_well(captured: &Captured, tests: &Tests) -> bool {
    let failed = tests.outcomes.values().any(|outcome| *outcome == Outcome::Failed);
    captured.status.and_then(|status| status.code()) == Some(if failed { 101 } else { 0 })
}

/// Finds the result line of the test `name`. Output that bypasses libtest's capture may precede or interrupt the line.
pub fn outcome(stdout: &str, name: &str) -> Option<Outcome> {
    let plain = format!("test {name} ... ");
    let panicking = format!("test {name} - should panic ... ");
    let results = [("ok", Outcome::Passed), ("FAILED", Outcome::Failed), ("ignored", Outcome::Ignored)];
    [plain, panicking]
        .iter()
        .flat_map(|start| stdout.split(start.as_str()).skip(1))
        .find_map(|after| results.iter().find(|(word, _)| after.starts_with(word)).map(|(_, outcome)| outcome.clone()))
}

/// Returns the last lines of a long output.
fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// Adds up all `test result:` lines of `output`, and ctest's `PASSED n tests`. Returns the numbers of passed and failed
/// tests.
pub fn sums(output: &str) -> (usize, usize) {
    let before = |line: &str, word: &str| -> usize {
        let part = line.split(['.', ';']).find_map(|part| part.trim().strip_suffix(word));
        part.and_then(|part| part.trim().parse().ok()).unwrap_or(0)
    };
    let (mut passed, mut failed) = (0, 0);
    for line in output.lines() {
        if let Some((_, line)) = line.split_once("test result: ") {
            passed += before(line, " passed");
            failed += before(line, " failed");
        } else if let Some(line) = line.strip_prefix("PASSED ") {
            passed += before(line, " tests");
        }
    }
    (passed, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "running 4 tests\nprinted past the capturetest a ... ok\ntest a::b ... FAILED\n\
        test c - should panic ... ok\ntest d ... ignored, slow\ntest e ... \n";

    #[test]
    fn reads_results_between_other_output() {
        assert_eq!(outcome(OUTPUT, "a"), Some(Outcome::Passed));
        assert_eq!(outcome(OUTPUT, "a::b"), Some(Outcome::Failed));
        assert_eq!(outcome(OUTPUT, "b"), None);
        assert_eq!(outcome(OUTPUT, "c"), Some(Outcome::Passed));
        assert_eq!(outcome(OUTPUT, "d"), Some(Outcome::Ignored));
        assert_eq!(outcome(OUTPUT, "e"), None);
    }

    #[test]
    fn sums_result_lines() {
        let text = "x\ntest result: ok. 12 passed; 0 failed; 1 ignored\ntest result: FAILED. 3 passed; 2 failed; 0 i\nPASSED 7 tests\n";
        assert_eq!(sums(text), (22, 2));
    }

    /// Tests that `crash_and_hang_are_told_from_failure` runs in a separate process.
    mod sample {
        use std::{process, thread, time};

        #[test]
        #[ignore = "a sample"]
        fn aborts() {
            process::abort();
        }

        #[test]
        #[ignore = "a sample"]
        fn fails() {
            panic!("as it must");
        }

        #[test]
        #[ignore = "a sample"]
        fn hangs() {
            thread::sleep(time::Duration::from_secs(60));
        }

        #[test]
        #[ignore = "a sample"]
        fn passes() {}
    }

    #[test]
    fn crash_and_hang_are_told_from_failure() {
        let myself = std::env::current_exe().expect("a test is a program");
        // On a busy machine, making a backtrace takes as long as the limit.
        let program =
            Cmd::new(myself).args(["--include-ignored", "libtest::tests::sample::"]).env("RUST_BACKTRACE", "0");
        let tests = run(&program, Duration::from_secs(4)).expect("it starts");
        let outcome = |name: &str| tests.outcomes[&format!("libtest::tests::sample::{name}")].clone();
        assert_eq!(outcome("passes"), Outcome::Passed);
        assert_eq!(outcome("fails"), Outcome::Failed);
        assert_eq!(outcome("hangs"), Outcome::Crashed("timeout".to_owned()));
        assert!(matches!(outcome("aborts"), Outcome::Crashed(how) if how != "timeout"));
        assert!(tests.note.is_some_and(|note| note.contains("died")));
        assert!(tests.output["libtest::tests::sample::fails"].contains("as it must"));
    }
}
