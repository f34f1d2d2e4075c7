//! `tests/known_gaps.toml`: tests that are known to fail on a runtime, and the reasons.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::Table;

use super::decorator::Decorator;
use crate::libtest::Outcome;
use crate::runtime::Runtime;
use crate::sh::root;

/// A test that is known to fail on a runtime. It runs nevertheless.
#[derive(Clone, Debug)]
pub struct Gap {
    /// `target::path::of::test`.
    pub test: String,
    pub reason: String,
}

/// The names that a gap's `runtime` may have: a runtime, or one kind of build for it.
const RUNTIMES: [&str; 11] = [
    "all",
    "cpython",
    "cpython-abi3",
    "rustpython",
    "core",
    "cpython-core",
    "rustpython-core",
    "checked",
    "cpython-checked",
    "rustpython-checked",
    // RustPython on WebAssembly: `cargo xtask wasm --suite`.
    "wasm",
];
/// The file of known gaps.
const FILE: &str = "tests/known_gaps.toml";

/// Returns the known gaps of `runtime`, including those with a decorator.
///
/// # Errors
///
/// As for [`read`].
pub fn known(runtime: &Runtime, decorator: Option<Decorator>) -> Result<Vec<Gap>> {
    let variants = decorator.map(|decorator| decorator.variants(runtime));
    let mut names = vec![runtime.name(), runtime.variant()];
    names.extend(variants.iter().flatten().map(String::as_str));
    of(&names)
}

/// Returns the known gaps with one of these `runtime` names.
///
/// # Errors
///
/// As for [`read`].
pub fn of(names: &[&str]) -> Result<Vec<Gap>> {
    read(&root().join(FILE), "gap", names)
}

/// Reads the entries `[[key]]` for the runtimes in `names`. A missing file counts as empty.
///
/// # Errors
///
/// If the file violates the format in its first lines: every gap has a test, a runtime and a reason.
pub fn read(file: &Path, key: &str, names: &[&str]) -> Result<Vec<Gap>> {
    if !file.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(file)?;
    parse(&text, key, names).with_context(|| format!("in {}", file.display()))
}

fn parse(text: &str, wanted: &str, names: &[&str]) -> Result<Vec<Gap>> {
    let table: Table = text.parse()?;
    let mut gaps = Vec::new();
    for (key, value) in &table {
        let entries = value
            .as_array()
            .filter(|_| key == wanted)
            .with_context(|| format!("unknown key `{key}`; each entry is a table `[[{wanted}]]`"))?;
        for entry in entries {
            let field = |name: &str| {
                let text = entry.get(name).and_then(|value| value.as_str()).unwrap_or_default().trim();
                if text.is_empty() { bail!("a {wanted} without `{name}`: {entry:?}") } else { Ok(text.to_owned()) }
            };
            // One reason often holds for several tests.
            let tests = match entry.get("tests").and_then(|value| value.as_array()) {
                Some(tests) => {
                    let names = tests.iter().map(|test| test.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
                    let names = names.filter(|names| !names.is_empty());
                    names.with_context(|| format!("a {wanted} whose `tests` are not names: {entry:?}"))?
                }
                None => vec![field("test")?],
            };
            let reason = field("reason")?;
            match field("runtime")?.as_str() {
                name if name == "all" || names.contains(&name) => {
                    gaps.extend(tests.into_iter().map(|test| Gap { test, reason: reason.clone() }));
                }
                other if RUNTIMES.contains(&other) => {}
                other => bail!("the {wanted} of {tests:?} names `{other}`, which is not a runtime"),
            }
        }
    }
    Ok(gaps)
}

/// The result of a run, given the known gaps.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    pub passed: usize,
    pub expected: Vec<String>,
    /// Error messages; each counts as a failure.
    pub failures: Vec<String>,
}

/// Compares the outcomes of all tests with the gaps. With `partial`, allows gaps of targets that did not run.
pub fn judge(outcomes: &BTreeMap<String, Outcome>, gaps: &[Gap], partial: bool) -> Judgement {
    let mut judgement = Judgement::default();
    for (test, outcome) in outcomes {
        let gap = gaps.iter().find(|gap| gap.test == *test);
        match (outcome, gap) {
            (Outcome::Ignored, None) => {}
            (Outcome::Passed, None) => judgement.passed += 1,
            (Outcome::Passed, Some(_)) => {
                judgement.failures.push(format!("{test}: unexpected pass: remove the entry from known_gaps.toml"));
            }
            (Outcome::Ignored, Some(_)) => {
                judgement.failures.push(format!("{test}: a known gap must run, but is ignored: remove `#[ignore]`"));
            }
            (Outcome::Failed | Outcome::Crashed(_), Some(gap)) => {
                judgement.expected.push(format!("{test}: {}", gap.reason));
            }
            (Outcome::Failed, None) => judgement.failures.push(format!("{test}: failed")),
            (Outcome::Crashed(how), None) => judgement.failures.push(format!("{test}: crashed ({how})")),
        }
    }
    let file = |test: &str| test.split("::").next().unwrap_or_default().to_owned();
    for gap in gaps.iter().filter(|gap| !outcomes.contains_key(&gap.test)) {
        if !partial || outcomes.keys().any(|test| file(test) == file(&gap.test)) {
            judgement.failures.push(format!("{}: stale gap: there is no such test", gap.test));
        }
    }
    judgement
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAPS: &str = "
        [[gap]]
        test = \"list::sort\"
        runtime = \"rustpython\"
        reason = \"because\"
        upstream = \"https://example.org/1\"
        [[gap]]
        test = \"list::gone\"
        runtime = \"rustpython\"
        reason = \"because\"
        [[gap]]
        test = \"list::other\"
        runtime = \"cpython\"
        reason = \"because\"
    ";

    fn outcomes(list: &[(&str, Outcome)]) -> BTreeMap<String, Outcome> {
        list.iter().map(|(name, outcome)| ((*name).to_owned(), outcome.clone())).collect()
    }

    #[test]
    fn gaps_are_expected_unlisted_failures_are_not() {
        let gaps = parse(GAPS, "gap", &["rustpython"]).expect("the file is well formed");
        let outcomes = outcomes(&[
            ("list::sort", Outcome::Failed),
            ("list::gone", Outcome::Crashed("signal 11".to_owned())),
            ("list::other", Outcome::Failed),
            ("list::append", Outcome::Passed),
        ]);
        let judgement = judge(&outcomes, &gaps, false);
        assert_eq!(judgement.passed, 1);
        assert_eq!(judgement.expected.len(), 2);
        assert_eq!(judgement.failures, ["list::other: failed"]);
    }

    #[test]
    fn unexpected_pass_and_stale_gap_fail() {
        let gaps = parse(GAPS, "gap", &["rustpython"]).expect("the file is well formed");
        let outcomes = outcomes(&[("list::sort", Outcome::Passed)]);
        let failures = judge(&outcomes, &gaps, false).failures;
        assert_eq!(failures.len(), 2);
        assert!(failures[0].contains("unexpected pass") && failures[1].contains("stale"), "{failures:?}");
    }

    #[test]
    fn gap_needs_a_reason_and_a_runtime() {
        assert!(
            parse("[[gap]]\ntest = \"a::b\"\nruntime = \"rustpython\"\nreason = \" \"\n", "gap", &["rustpython"])
                .is_err()
        );
        assert!(
            parse("[[gap]]\ntest = \"a::b\"\nruntime = \"jython\"\nreason = \"x\"\n", "gap", &["rustpython"]).is_err()
        );
        assert!(parse("[[gaps]]\ntest = \"a::b\"\n", "gap", &["rustpython"]).is_err());
    }

    #[test]
    fn a_reason_may_hold_for_several_tests() {
        let text = "[[gap]]\ntests = [\"a::b\", \"a::c\"]\nruntime = \"wasm\"\nreason = \"x\"\n";
        let found = parse(text, "gap", &["wasm"]).expect("it is good");
        assert_eq!(found.iter().map(|gap| gap.test.as_str()).collect::<Vec<_>>(), ["a::b", "a::c"]);
        assert!(parse(text, "gap", &["rustpython"]).expect("it is good").is_empty());
        for wrong in ["[]", "[1]"] {
            let text = text.replace("[\"a::b\", \"a::c\"]", wrong);
            assert!(parse(&text, "gap", &["wasm"]).is_err(), "{wrong}");
        }
    }
}
