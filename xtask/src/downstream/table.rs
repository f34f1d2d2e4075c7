//! The table of crates, `xtask/downstream.toml`, and what stock PyO3 passes, `xtask/downstream-stock.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::tally::Tally;
use crate::sh::root;

const FIGURES_HEAD: &str = "\
# What the crates of downstream.toml pass with the published PyO3, by the version of CPython.
# Written by `cargo xtask downstream --stock --write`.

";

/// One suite of one crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Row {
    /// As the registry has it.
    pub name: String,
    /// Tells rows of one crate apart.
    pub suite: Option<String>,
    pub version: String,
    pub source: Source,
    /// Of the source distribution.
    pub sha256: String,
    /// The folder of the manifest.
    #[serde(default)]
    pub manifest: PathBuf,
    /// Its dependencies are in the source distribution, and a configuration of cargo has it take them from there. That file
    /// is left out, since what ours depends on is not among them.
    #[serde(default)]
    pub vendored: bool,
    /// For a suite in Python: where the module goes that the crate makes, `package.module`. Without it, the suite is that
    /// of `cargo test`.
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

/// Where the source distribution comes from.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Source {
    #[serde(rename = "pypi")]
    PyPi,
    #[serde(rename = "crates.io")]
    CratesIo,
}

/// What is expected on RustPython.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RustPython {
    /// Why the suite is not run there.
    pub skip: Option<String>,
    /// Tests that fail there, each with the reason. `file.py` is all of a file, `name[*` all that begin so.
    #[serde(default)]
    pub fails: BTreeMap<String, String>,
    /// The same for tests, or whole files, that are not run, as their failure would take the others along.
    #[serde(default)]
    pub left_out: BTreeMap<String, String>,
    /// How many more tests skip themselves there than on CPython, and why.
    pub skipped: Option<Skipped>,
    /// Modules that cannot be there. Each is a module without contents, so that files which import one are read, and only
    /// the tests that use it fail.
    #[serde(default)]
    pub empty_modules: Vec<String>,
    /// In place of `requirements`, where those have no pure-Python version.
    pub requirements: Option<Vec<String>>,
}

/// Tests that skip themselves on RustPython alone.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    pub tests: usize,
    /// For readers of the table.
    #[expect(dead_code, reason = "it has to be there")]
    pub reason: String,
}

impl Row {
    /// The name under which files and figures have it.
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
    /// If the file cannot be read, or has a row twice or a requirement without a version.
    pub fn read() -> Result<Table> {
        let file = root().join("xtask/downstream.toml");
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Table::parse(&text).with_context(|| format!("in {}", file.display()))
    }

    pub fn parse(text: &str) -> Result<Table> {
        let table: Table = toml::from_str(text)?;
        for (index, row) in table.rows.iter().enumerate() {
            if table.rows[..index].iter().any(|other| other.id() == row.id()) {
                bail!("{} is there twice", row.id());
            }
            let others = row.rustpython.requirements.iter().flatten();
            if let Some(loose) = row.requirements.iter().chain(others).find(|text| !text.contains("==")) {
                bail!("{}: the requirement `{loose}` names no version (`{loose}==…`)", row.id());
            }
        }
        Ok(table)
    }

    /// Those named, by crate or by suite; all if none is.
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

/// What stock passes: by suite, then by version of CPython (`3.12`).
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Figures(BTreeMap<String, BTreeMap<String, Tally>>);

impl Figures {
    /// # Errors
    ///
    /// If the file is not to be understood.
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

    /// What stock passes on the version of CPython that is nearest to `series` among those that were measured.
    ///
    /// # Errors
    ///
    /// If nobody has measured any.
    pub fn nearest(&self, row: &Row, series: &str) -> Result<(&str, &Tally)> {
        let minor = |series: &str| series.split_once('.').and_then(|(_, minor)| minor.parse::<u32>().ok()).unwrap_or(0);
        let all = self.0.get(&row.id()).into_iter().flatten();
        let nearest = all.min_by_key(|(measured, _)| minor(measured).abs_diff(minor(series)));
        let (measured, tally) = nearest.with_context(|| {
            let id = row.id();
            format!(
                "nobody has measured what {id} passes with stock\n  remedy: cargo xtask downstream --stock --write --crate {id}"
            )
        })?;
        Ok((measured, tally))
    }

    /// Records, and writes the file.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
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
