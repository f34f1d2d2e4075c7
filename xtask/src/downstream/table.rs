//! The table of crates, `xtask/downstream.toml`, and the results with stock PyO3, `xtask/downstream-stock.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::tally::Tally;
use crate::sh::root;

const FIGURES_HEAD: &str = "\
# Results of the crates in downstream.toml with the published PyO3, by version of CPython.
# Written by `cargo xtask downstream --stock --write`.

";

/// One suite of one crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// The name in the registry.
    pub name: String,
    /// Distinguishes several rows of one crate.
    pub suite: Option<String>,
    pub version: String,
    pub source: Source,
    /// The hash of the source distribution.
    pub sha256: String,
    /// The folder of the manifest.
    #[serde(default)]
    pub manifest: PathBuf,
    /// Whether the source distribution contains its dependencies and a cargo configuration that selects them. That
    /// configuration is removed, since it lacks our dependencies.
    #[serde(default)]
    pub vendored: bool,
    /// For a suite in Python, the module that the crate makes, as `package.module`. Without it, the suite is `cargo
    /// test`.
    pub module: Option<String>,
    /// The folder with the Python part of the package.
    pub python_source: Option<PathBuf>,
    #[serde(default)]
    pub features: Vec<String>,
    /// Arguments for pytest or `cargo test`.
    #[serde(default)]
    pub tests: Vec<String>,
    /// Python packages that the suite needs, with their versions.
    #[serde(default)]
    pub requirements: Vec<String>,
    pub rustpython: RustPython,
}

/// The origin of the source distribution.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Source {
    #[serde(rename = "pypi")]
    PyPi,
    #[serde(rename = "crates.io")]
    CratesIo,
}

/// What to expect on RustPython.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RustPython {
    /// Why the suite does not run there.
    pub skip: Option<String>,
    /// Tests that fail there, each with the reason. `file.py` means all tests of a file, `name[*` all names that start
    /// with `name[`.
    #[serde(default)]
    pub fails: BTreeMap<String, String>,
    /// Tests, or whole files, that are not run, since their failure would affect others; each with the reason.
    #[serde(default)]
    pub left_out: BTreeMap<String, String>,
    /// How many more tests skip themselves there than on CPython, and why.
    pub skipped: Option<Skipped>,
    /// Modules that cannot exist there. They are replaced with empty modules, so that files can import them and only
    /// the tests that use them fail.
    #[serde(default)]
    pub empty_modules: Vec<String>,
    /// Replaces `requirements` if those have no pure-Python version.
    pub requirements: Option<Vec<String>>,
}

/// Tests that skip themselves only on RustPython.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    pub tests: usize,
    /// For readers of the table.
    #[expect(dead_code, reason = "required in the table, but never read")]
    pub reason: String,
}

impl Row {
    /// Returns the name in file names and figures.
    pub fn id(&self) -> String {
        match &self.suite {
            Some(suite) => format!("{}-{suite}", self.name),
            None => self.name.clone(),
        }
    }
}

/// All rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(rename = "crate")]
    rows: Vec<Row>,
}

impl Table {
    /// # Errors
    ///
    /// If the file cannot be read, contains a row twice, or has a requirement without a version.
    pub fn read() -> Result<Table> {
        let file = root().join("xtask/downstream.toml");
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Table::parse(&text).with_context(|| format!("in {}", file.display()))
    }

    pub fn parse(text: &str) -> Result<Table> {
        let table: Table = toml::from_str(text)?;
        for (index, row) in table.rows.iter().enumerate() {
            if table.rows[..index].iter().any(|other| other.id() == row.id()) {
                bail!("{} occurs twice", row.id());
            }
            let others = row.rustpython.requirements.iter().flatten();
            if let Some(loose) = row.requirements.iter().chain(others).find(|text| !text.contains("==")) {
                bail!("{}: the requirement `{loose}` names no version (`{loose}==…`)", row.id());
            }
        }
        Ok(table)
    }

    /// Returns the rows with these crate or suite names, or all rows if `names` is empty.
    ///
    /// # Errors
    ///
    /// If there is no such row.
    pub fn select(&self, names: &[String]) -> Result<Vec<&Row>> {
        let is = |row: &Row, name: &String| row.name == *name || row.id() == *name;
        if let Some(name) = names.iter().find(|name| !self.rows.iter().any(|row| is(row, name))) {
            let known: Vec<_> = self.rows.iter().map(Row::id).collect();
            bail!("no crate `{name}` in xtask/downstream.toml\n  remedy: name one of {}", known.join(", "));
        }
        Ok(self.rows.iter().filter(|row| names.is_empty() || names.iter().any(|name| is(row, name))).collect())
    }
}

/// Results with stock, by suite and then by version of CPython (`3.12`).
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Figures(BTreeMap<String, BTreeMap<String, Tally>>);

impl Figures {
    /// # Errors
    ///
    /// If the file is malformed.
    pub fn read() -> Result<Figures> {
        let file = Figures::file();
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", file.display()))
    }

    fn file() -> PathBuf {
        root().join("xtask/downstream-stock.toml")
    }

    pub fn get(&self, row: &Row, series: &str) -> Option<&Tally> {
        self.0.get(&row.id())?.get(series)
    }

    /// Returns the result with stock for the measured version of CPython that is nearest to `series`.
    ///
    /// # Errors
    ///
    /// If there is no measurement.
    pub fn nearest(&self, row: &Row, series: &str) -> Result<(&str, &Tally)> {
        let minor = |series: &str| series.split_once('.').and_then(|(_, minor)| minor.parse::<u32>().ok()).unwrap_or(0);
        let all = self.0.get(&row.id()).into_iter().flatten();
        let nearest = all.min_by_key(|(measured, _)| minor(measured).abs_diff(minor(series)));
        let (measured, tally) = nearest.with_context(|| {
            let id = row.id();
            format!(
                "{id} has not been measured with stock\n  remedy: cargo xtask downstream --stock --write --crate {id}"
            )
        })?;
        Ok((measured, tally))
    }

    /// Records a result and writes the file.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn record(&mut self, row: &Row, series: &str, tally: &Tally) -> Result<()> {
        self.0.entry(row.id()).or_default().insert(series.to_owned(), tally.clone());
        let mut text = FIGURES_HEAD.to_owned();
        for (id, versions) in &self.0 {
            for (series, tally) in versions {
                text.push_str(&format!(
                    "[{id}.\"{series}\"]\npassed = {}\nskipped = {}\nfailed = [",
                    tally.passed, tally.skipped
                ));
                for name in &tally.failed {
                    text.push_str(&format!("\n    {},", serde_json::Value::from(name.as_str())));
                }
                text.push_str(if tally.failed.is_empty() { "]\n\n" } else { "\n]\n\n" });
            }
        }
        fs::write(Figures::file(), text.trim_end().to_owned() + "\n")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_the_repository_is_read_and_has_figures() {
        let table = Table::read().expect("it is a table");
        let figures = Figures::read().expect("they are figures");
        assert!(table.rows.len() > 1);
        for row in &table.rows {
            assert_eq!(row.sha256.len(), 64, "{}", row.id());
            let (series, tally) = figures.nearest(row, "3.14").expect("it was measured");
            assert!(tally.passed > 0 && series.starts_with("3."), "{}", row.id());
        }
        let known: Vec<_> = table.rows.iter().map(Row::id).collect();
        assert!(figures.0.keys().all(|id| known.contains(id)), "a suite that is not in the table has figures");
    }

    #[test]
    fn a_crate_that_is_not_there_and_a_loose_requirement_are_refused() {
        let error = Table::read().expect("it is a table").select(&["no-such".to_owned()]).expect_err("it is not there");
        assert!(error.to_string().contains("rpds-py"), "{error}");
        let row = "[[crate]]\nname = \"a\"\nversion = \"1\"\nsource = \"pypi\"\nsha256 = \"\"\nrustpython = {}\n";
        let twice = Table::parse(&format!("{row}{row}")).expect_err("it is there twice");
        assert!(twice.to_string().contains("twice"), "{twice}");
        let loose = Table::parse(&format!("{row}requirements = [\"pytest\"]\n")).expect_err("any version would do");
        assert!(loose.to_string().contains("names no version"), "{loose}");
    }
}
