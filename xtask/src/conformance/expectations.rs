//! `xtask/conformance.toml`: upstream's tests that are known not to pass, and why.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::Table;

/// The outcome of a file that does not compile.
pub const NO_BUILD: &str = "does not compile";
pub const FAIL: &str = "fails";
pub const CRASH: &str = "crashes";

/// A file (with an empty `test`) or a test, on a runtime.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub runtime: String,
    pub file: String,
    pub test: String,
}

/// The expected outcome and its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub outcome: String,
    pub reason: String,
}

/// The contents of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectations {
    pub known: BTreeMap<Key, Known>,
    /// The number of tests by runtime and version, so that missing tests are noticed.
    pub tests: BTreeMap<String, i64>,
}

const HEAD: &str = "\
# Upstream's integration tests that do not pass, by runtime. `cargo xtask conformance` fails on every difference.
# An entry without `test` means a whole file. `--write-expectations` rewrites this file and keeps the reasons.
";

impl Expectations {
    pub fn read(path: &Path) -> Result<Expectations> {
        if !path.exists() {
            return Ok(Expectations::default());
        }
        let text = fs::read_to_string(path)?;
        Expectations::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str) -> Result<Expectations> {
        let table: Table = text.parse()?;
        let mut expectations = Expectations::default();
        for (runtime, count) in table.get("tests").and_then(|tests| tests.as_table()).into_iter().flatten() {
            expectations.tests.insert(runtime.clone(), count.as_integer().context("a count of tests")?);
        }
        for entry in table.get("known").and_then(|known| known.as_array()).into_iter().flatten() {
            let field = |name: &str| entry.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            let key = Key { runtime: field("runtime"), file: field("file"), test: field("test") };
            let known = Known { outcome: field("outcome"), reason: field("reason") };
            if key.file.is_empty() || ![NO_BUILD, FAIL, CRASH].contains(&known.outcome.as_str()) {
                bail!("an entry without a file or a valid outcome: {entry:?}");
            }
            if let Some(twice) = expectations.known.insert(key, known) {
                bail!("an entry occurs twice: {twice:?}");
            }
        }
        Ok(expectations)
    }

    /// Returns the text of the file.
    pub fn render(&self) -> String {
        let mut text = HEAD.to_owned();
        text.push_str("\n[tests]\n");
        for (runtime, count) in &self.tests {
            writeln!(text, "\"{runtime}\" = {count}").expect("a string takes everything");
        }
        for (key, known) in &self.known {
            text.push_str("\n[[known]]\n");
            let mut field = |name: &str, value: &str| {
                let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                writeln!(text, "{name} = \"{value}\"").expect("a string takes everything");
            };
            field("runtime", &key.runtime);
            field("file", &key.file);
            if !key.test.is_empty() {
                field("test", &key.test);
            }
            field("outcome", &known.outcome);
            field("reason", &known.reason);
        }
        text
    }

    /// Replaces the entries for the `files` of `runtime` with `found`, and keeps the reasons.
    pub fn update(&mut self, runtime: &str, files: &[String], found: &BTreeMap<Key, String>) {
        let old = self.known.clone();
        self.known.retain(|key, _| key.runtime != runtime || !files.contains(&key.file));
        for (key, outcome) in found {
            let reason = old.get(key).map(|known| known.reason.clone()).unwrap_or_default();
            self.known.insert(key.clone(), Known { outcome: outcome.clone(), reason });
        }
    }

    /// Describes how `found` differs from the entries for the `files` of `runtime`.
    pub fn differences(&self, runtime: &str, files: &[String], found: &BTreeMap<Key, String>) -> Vec<String> {
        let name = |key: &Key| format!("{} {} {}", key.runtime, key.file, key.test).trim_end().to_owned();
        let mut list = Vec::new();
        for (key, outcome) in found {
            match self.known.get(key) {
                None => list.push(format!("{}: {outcome}, unexpectedly", name(key))),
                Some(known) if known.outcome != *outcome => {
                    list.push(format!("{}: {outcome}, but the entry says: {}", name(key), known.outcome));
                }
                Some(known) if known.reason.trim().is_empty() => {
                    list.push(format!("{}: the entry is without a reason", name(key)));
                }
                Some(_) => {}
            }
        }
        for key in self.known.keys().filter(|key| key.runtime == runtime && files.contains(&key.file)) {
            if !found.contains_key(key) {
                list.push(format!("{}: passes (or is gone); remove its entry", name(key)));
            }
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(file: &str, test: &str) -> Key {
        Key { runtime: "rustpython".to_owned(), file: file.to_owned(), test: test.to_owned() }
    }

    fn sample() -> (Vec<String>, BTreeMap<Key, String>) {
        let found = [(key("test_gc", "a"), FAIL.to_owned()), (key("test_enum", ""), NO_BUILD.to_owned())];
        (vec!["test_gc".to_owned(), "test_enum".to_owned()], found.into_iter().collect())
    }

    #[test]
    fn survives_writing_and_reading() {
        let (files, found) = sample();
        let mut expectations = Expectations::default();
        expectations.update("rustpython", &files, &found);
        expectations.tests.insert("cpython-3.12".to_owned(), 390);
        expectations.known.get_mut(&key("test_gc", "a")).expect("was put there").reason = "a \"b\" \\".to_owned();
        assert_eq!(Expectations::parse(&expectations.render()).expect("our own writing"), expectations);
    }

    #[test]
    fn every_difference_is_told() {
        let (files, found) = sample();
        let mut expectations = Expectations::default();
        assert_eq!(expectations.differences("rustpython", &files, &found).len(), 2);
        expectations.update("rustpython", &files, &found);
        let told = expectations.differences("rustpython", &files, &found);
        assert!(told.len() == 2 && told[0].contains("without a reason"), "{told:?}");
        expectations.known.values_mut().for_each(|known| known.reason = "because".to_owned());
        assert!(expectations.differences("rustpython", &files, &found).is_empty());
        let told = expectations.differences("rustpython", &files, &BTreeMap::new());
        assert!(told.len() == 2 && told[0].contains("remove its entry"), "{told:?}");
        assert!(expectations.differences("rustpython", &[], &BTreeMap::new()).is_empty());
    }

    #[test]
    fn writing_anew_keeps_reasons() {
        let (files, found) = sample();
        let mut expectations = Expectations::default();
        expectations.update("rustpython", &files, &found);
        expectations.known.values_mut().for_each(|known| known.reason = "because".to_owned());
        expectations.update("rustpython", &files, &found);
        assert!(expectations.known.values().all(|known| known.reason == "because"));
    }
}
