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
pub struct AllLimits {
    /// For instructions on CPython, compared with the published PyO3.
    pub cpython: Limits,
    /// For extension modules on CPython, compared with the published PyO3.
    pub modules: Limits,
    /// For instructions on RustPython, compared with direct calls of the virtual machine.
    pub rustpython: Limits,
    /// The highest allowed ratio of the time of a call on RustPython to that of a function written by hand.
    pub call: f64,
}

/// The limits of one runtime.
#[derive(Debug)]
pub struct Limits {
    common: f64,
    /// Benchmarks for a quick check.
    sample: Vec<String>,
    exceptions: BTreeMap<String, Limit>,
}

impl AllLimits {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// If it cannot be read or an exception has no reason.
    pub fn read() -> Result<AllLimits> {
        let text = fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
        AllLimits::parse(&text).with_context(|| format!("{FILE} is malformed"))
    }

    fn parse(text: &str) -> Result<AllLimits> {
        let table: toml::Table = toml::from_str(text)?;
        let of = |name: &str| {
            table.get(name).and_then(toml::Value::as_table).with_context(|| format!("there is no table `{name}`"))
        };
        let rustpython = of("rustpython")?;
        Ok(AllLimits {
            cpython: Limits::parse(of("cpython")?)?,
            modules: Limits::parse(of("modules")?)?,
            rustpython: Limits::parse(rustpython)?,
            call: number(rustpython, "call-limit")?,
        })
    }
}

fn number(table: &toml::Table, key: &str) -> Result<f64> {
    table.get(key).and_then(toml::Value::as_float).with_context(|| format!("`{key}` is not a number like 1.05"))
}

impl Limits {
    fn parse(table: &toml::Table) -> Result<Limits> {
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
        let sample = match table.get("sample") {
            None => Some(Vec::new()),
            Some(list) => {
                list.as_array().and_then(|list| list.iter().map(|name| name.as_str().map(str::to_owned)).collect())
            }
        };
        let sample = sample.context("`sample` is not a list of names")?;
        Ok(Limits { common: number(table, "limit")?, sample, exceptions })
    }

    /// Returns limits for a machine whose compiler and Python are not those that the limits were made with.
    pub fn with_margin(&self, factor: f64) -> Limits {
        let exceptions = self.exceptions.iter().map(|(name, Limit { limit, reason })| {
            (name.clone(), Limit { limit: limit * factor, reason: reason.clone() })
        });
        Limits { common: self.common * factor, sample: self.sample.clone(), exceptions: exceptions.collect() }
    }

    /// Returns the benchmarks for a quick check.
    pub fn sample(&self) -> Vec<&str> {
        self.sample.iter().map(String::as_str).collect()
    }

    /// Rejects unknown benchmarks.
    ///
    /// # Errors
    ///
    /// If an exception or the sample names one.
    pub fn check_names(&self, names: &[&str]) -> Result<()> {
        match self.exceptions.keys().chain(&self.sample).find(|name| !names.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => bail!("{FILE} names `{name}`, which is not a benchmark\n  remedy: remove it"),
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

    const TEXT: &str = "modules = { limit = 1.0 }\nrustpython = { limit = 1.2, call-limit = 1.1 }\n[cpython]\nlimit = 1.05\n[cpython.exceptions]\nslow = { \
                        limit = 1.5, reason = 'why' }\n";

    #[test]
    fn exceptions_have_limits_of_their_own() {
        let all = AllLimits::parse(TEXT).expect("it is good");
        assert_eq!((all.rustpython.of("slow").limit, all.call), (1.2, 1.1));
        let limits = all.cpython;
        assert_eq!((limits.of("slow").limit, limits.of("fast").limit), (1.5, 1.05));
        assert!(limits.judge("fast", 1.06).starts_with("OVER"));
        assert_eq!(limits.judge("slow", 1.4), "limit 1.5: why");
        assert!(limits.judge("slow", 1.0).contains("no exception"));
    }

    #[test]
    fn exceptions_need_a_reason_and_a_benchmark() {
        assert!(AllLimits::parse(&TEXT.replace("'why'", "''")).is_err());
        let limits = AllLimits::parse(TEXT).expect("it is good").cpython;
        assert!(limits.check_names(&["slow"]).is_ok() && limits.check_names(&["fast"]).is_err());
    }

    #[test]
    fn the_sample_is_a_list_of_benchmarks() {
        let parse =
            |sample: &str| AllLimits::parse(&TEXT.replace("[cpython]\n", &format!("[cpython]\nsample = {sample}\n")));
        let limits = parse("['fast', 'slow']").expect("it is good").cpython;
        assert_eq!(limits.sample(), ["fast", "slow"]);
        assert!(limits.check_names(&["fast", "slow"]).is_ok() && limits.check_names(&["slow"]).is_err());
        assert!(parse("'fast'").is_err() && parse("[1]").is_err());
        let wider = limits.with_margin(2.0);
        assert_eq!((wider.of("fast").limit, wider.of("slow").limit), (2.1, 3.0));
    }

    #[test]
    fn the_file_can_be_read() {
        let limits = AllLimits::read().expect("it is good");
        assert!(limits.cpython.sample().len() >= 40);
    }
}
