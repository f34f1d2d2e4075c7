//! Reads the limits in benches/limits.toml.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::sh::root;

const FILE: &str = "benches/limits.toml";

/// The limit of one benchmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The highest allowed ratio.
    pub limit: f64,
    /// Why the limit differs from the common one.
    pub reason: Option<String>,
}

/// All limits.
#[derive(Debug)]
pub struct Limits {
    common: f64,
    /// The highest allowed ratio of times on RustPython to those of a function written by hand.
    pub rustpython: f64,
    exceptions: BTreeMap<String, Limit>,
}

impl Limits {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If it cannot be read or an exception has no reason.
    pub fn read() -> Result<Limits> {
        let text = fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
        Limits::parse(&text).with_context(|| format!("{FILE} is malformed"))
    }

    fn parse(text: &str) -> Result<Limits> {
        let table: toml::Table = toml::from_str(text)?;
        let number = |table: &toml::Table, key: &str| {
            table.get(key).and_then(toml::Value::as_float).with_context(|| format!("`{key}` is not a number like 1.05"))
        };
        let mut exceptions = BTreeMap::new();
        if let Some(toml::Value::Table(list)) = table.get("exceptions") {
            for (name, exception) in list {
                let exception = exception.as_table().with_context(|| format!("`{name}` is not a table"))?;
                let reason = exception.get("reason").and_then(toml::Value::as_str).unwrap_or_default();
                if reason.is_empty() {
                    bail!("the exception `{name}` has no reason");
                }
                let limit = number(exception, "limit")?;
                exceptions.insert(name.clone(), Limit { limit, reason: Some(reason.to_owned()) });
            }
        }
        Ok(Limits { common: number(&table, "limit")?, rustpython: number(&table, "rustpython-limit")?, exceptions })
    }

    /// Rejects exceptions for unknown benchmarks.
    ///
    /// # Errors
    ///
    /// If there is such an exception.
    pub fn check_names(&self, names: &[&str]) -> Result<()> {
        match self.exceptions.keys().find(|name| !names.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => bail!("{FILE} has an exception for `{name}`, which is not a benchmark\n  remedy: remove it"),
        }
    }

    /// Returns the limit of the benchmark `name`.
    pub fn of(&self, name: &str) -> Limit {
        self.exceptions.get(name).cloned().unwrap_or(Limit { limit: self.common, reason: None })
    }

    /// Returns a remark on the ratio of the benchmark `name`.
    pub fn judge(&self, name: &str, ratio: f64) -> String {
        match self.of(name) {
            Limit { limit, .. } if ratio > limit => format!("OVER the limit of {limit}"),
            Limit { reason: None, .. } => String::new(),
            Limit { limit, reason: Some(reason) } if ratio > self.common => format!("limit {limit}: {reason}"),
            Limit { .. } => format!("needs no exception in {FILE} any more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "limit = 1.05\nrustpython-limit = 1.1\n[exceptions]\nslow = { limit = 1.5, reason = 'why' }\n";

    #[test]
    fn exceptions_have_limits_of_their_own() {
        let limits = Limits::parse(TEXT).expect("it is good");
        assert_eq!((limits.of("slow").limit, limits.of("fast").limit, limits.rustpython), (1.5, 1.05, 1.1));
        assert!(limits.judge("fast", 1.06).starts_with("OVER"));
        assert_eq!(limits.judge("slow", 1.4), "limit 1.5: why");
        assert!(limits.judge("slow", 1.0).contains("no exception"));
    }

    #[test]
    fn exceptions_need_a_reason_and_a_benchmark() {
        assert!(Limits::parse(&TEXT.replace("'why'", "''")).is_err());
        let limits = Limits::parse(TEXT).expect("it is good");
        assert!(limits.check_names(&["slow"]).is_ok() && limits.check_names(&["fast"]).is_err());
    }

    #[test]
    fn the_file_can_be_read() {
        Limits::read().expect("it is good");
    }
}
