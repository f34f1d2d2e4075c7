//! Numbers of passed, failed and skipped tests, read from the output of both kinds of suites.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Replaces the name of a test if a test program failed but none of its tests did.
const PROGRAM: &str = "(the program)";

/// The outcome of a suite.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Tally {
    pub passed: usize,
    pub skipped: usize,
    /// The names of failed tests.
    pub failed: BTreeSet<String>,
    /// How the process ended, if it ended before the suite did.
    #[serde(skip)]
    pub note: Option<String>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {} / {}", self.passed, self.failed.len(), self.skipped)
    }
}

impl Tally {
    pub fn collected(&self) -> usize {
        self.passed + self.skipped + self.failed.len()
    }

    /// Reads the file that `report.py` writes.
    pub fn of_pytest(text: &str) -> Tally {
        let mut outcomes: BTreeMap<String, String> = BTreeMap::new();
        let mut finished = false;
        for line in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            finished |= line.get("finished").is_some();
            if let (Some(test), Some(outcome)) = (line["test"].as_str(), line["outcome"].as_str()) {
                let known = outcomes.entry(test.to_owned()).or_default();
                // A test that passes but fails in its teardown has failed.
                if known != "failed" {
                    *known = outcome.to_owned();
                }
            }
        }
        let count = |wanted: &str| outcomes.values().filter(|outcome| *outcome == wanted).count();
        Tally {
            passed: count("passed"),
            skipped: count("skipped"),
            failed: outcomes.iter().filter(|(_, outcome)| *outcome == "failed").map(|(name, _)| name.clone()).collect(),
            note: (!finished).then(|| "the process ended before the suite did".to_owned()),
        }
    }

    /// Reads the output of `cargo test`.
    pub fn of_cargo(text: &str) -> Tally {
        let mut tally = Tally::default();
        let mut program = "";
        let mut open = false;
        for line in text.lines() {
            let line = line.trim_end();
            let running = line.trim_start().strip_prefix("Running ");
            if let Some(name) = running.or_else(|| line.trim_start().strip_prefix("Doc-tests ")) {
                if open {
                    tally.note = Some(format!("{program} ended before its last test"));
                    open = false;
                }
                // `tests/x.rs (target/release/deps/x-0123456789abcdef)`: keep only the part without the hash.
                program = name.split(" (").next().unwrap_or(name);
            }
            if line.starts_with("running ") && line.ends_with(['s', 't']) {
                open = true;
            } else if line.starts_with("test result: ") {
                open = false;
            } else if let Some((name, outcome)) = result_line(line) {
                match outcome {
                    "ok" => tally.passed += 1,
                    "ignored" => tally.skipped += 1,
                    _ => {
                        tally.failed.insert(format!("{program}: {name}"));
                    }
                }
            } else if line.starts_with("error: test failed, to rerun") || line.starts_with("error: doctest failed") {
                // The program failed, but no test did, so the program itself ended badly.
                let start = format!("{program}: ");
                if !tally.failed.iter().any(|name| name.starts_with(&start)) {
                    tally.failed.insert(format!("{start}{PROGRAM}"));
                }
            } else if line.starts_with("error: ") && line.contains("could not compile") {
                tally.note = Some(line.to_owned());
            }
        }
        if open {
            tally.note.get_or_insert_with(|| format!("{program} ended before its last test"));
        }
        tally
    }
}

/// Parses a line like `test a::b ... ok`. Output that bypasses the capture may precede the result.
fn result_line(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once("test ")?.1.split_once(" ... ")?;
    let outcome = ["ok", "FAILED", "ignored"].into_iter().find(|word| rest.starts_with(word))?;
    // Removes the mode. The line number of a doc test stays.
    Some((name.trim_end_matches(" - should panic"), outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pytest_reports_are_counted_once_for_each_test() {
        let text = "{\"test\": \"a\", \"outcome\": \"passed\"}\n{\"test\": \"a\", \"outcome\": \"failed\"}\n\
                    {\"test\": \"b\", \"outcome\": \"passed\"}\n{\"test\": \"c\", \"outcome\": \"skipped\"}\n{\"tes";
        let tally = Tally::of_pytest(text);
        assert_eq!(tally.to_string(), "1 / 1 / 1");
        assert!(tally.failed.contains("a") && tally.note.is_some());
        assert_eq!(Tally::of_pytest(&format!("{text}\n{{\"finished\": 1}}\n")).note, None);
    }

    #[test]
    fn cargo_tests_are_counted_with_the_program_they_are_in() {
        let text = "     Running tests/x.rs (target/deps/x-1)\n\nrunning 3 tests\ntest a ... ok\nprinted test b ... FAILED\n\
                    test c - should panic ... ignored, slow\n\ntest result: FAILED. 1 passed; 1 failed\n   Doc-tests y\n\n\
                    running 1 test\ntest src/lib.rs - z (line 3) ... ok\n\ntest result: ok. 1 passed; 0 failed\n";
        let tally = Tally::of_cargo(text);
        assert_eq!(tally.to_string(), "2 / 1 / 1");
        assert!(tally.failed.contains("tests/x.rs: b"), "{:?}", tally.failed);
        assert_eq!(tally.note, None);
        let died = Tally::of_cargo(&text.replace("test result: FAILED. 1 passed; 1 failed\n", ""));
        assert!(died.note.is_some_and(|note| note.contains("tests/x.rs")), "though another ran to its end");
        let died = Tally::of_cargo("     Running unittests src/lib.rs (x)\nrunning 2 tests\ntest a ... ok\n");
        assert!(died.note.is_some_and(|note| note.contains("unittests src/lib.rs")));
        let program = Tally::of_cargo("     Running tests/x.rs (x)\nerror: test failed, to rerun pass `--test x`\n");
        assert_eq!(program.failed.into_iter().collect::<Vec<_>>(), ["tests/x.rs: (the program)"]);
    }
}
