//! Rule 6: the packages, and their features, that cargo builds for each runtime.

use std::path::Path;

use anyhow::Result;

use super::report::{Hit, Position, Rule};
use crate::sh::Cmd;

/// The runtime of a build plan.
#[derive(Clone, Copy)]
pub enum Plan {
    CPython,
    RustPython,
}

impl Plan {
    pub const ALL: [Plan; 2] = [Plan::CPython, Plan::RustPython];

    /// Returns the file of the plan in a fixture, which also serves as file name in messages.
    pub fn file(self) -> &'static str {
        match self {
            Plan::CPython => "tree/cpython.txt",
            Plan::RustPython => "tree/rustpython.txt",
        }
    }

    /// Asks cargo for the plan of package `pyo3`, with a line `name version (path)|feature,feature` for each package.
    pub fn ask_cargo(self, root: &Path) -> Result<String> {
        let mut cmd = Cmd::cargo().args(["tree", "-p", "pyo3", "-e", "normal,build", "--prefix", "none"]);
        cmd = cmd.args(["--format", "{p}|{f}"]).dir(root);
        if let Plan::RustPython = self {
            cmd = cmd.args(["--features", "runtime-rustpython"]);
        }
        cmd.read()
    }
}

/// A package of the plan.
struct Package<'t> {
    name: &'t str,
    features: Vec<&'t str>,
    line: usize,
}

pub fn check(plan: Plan, text: &str) -> Vec<Hit> {
    let packages: Vec<Package<'_>> = text.lines().enumerate().filter_map(parse).collect();
    let find = |name: &str| packages.iter().find(|package| package.name == name);
    let has = |package: &Package<'_>, feature: &str| package.features.contains(&feature);
    let mut hits = Vec::new();
    let mut complain = |line: usize, what: &str, message: &str, remedy: &str| {
        let at = Position { line, column: 1 };
        let (what, message, remedy) = (what.to_owned(), message.to_owned(), remedy.to_owned());
        hits.push(Hit { rule: Rule::BuildPlan, at, what, message, remedy });
    };

    match plan {
        Plan::CPython => {
            for package in &packages {
                if package.name.contains("rustpython") {
                    let message = format!("a build for CPython contains {}", package.name);
                    complain(package.line, package.name, &message, "make it optional, behind runtime-rustpython");
                }
            }
            match find("pyo3-backend-cpython") {
                None => complain(1, "pyo3-backend-cpython", "a build for CPython has no CPython backend", SWITCH),
                Some(backend) if has(backend, "inert") => {
                    complain(backend.line, "inert", "a build for CPython switches its backend off", SWITCH);
                }
                Some(_) => {}
            }
        }
        Plan::RustPython => {
            for name in ["rustpython-vm", "pyo3-backend-rustpython"] {
                if find(name).is_none() {
                    complain(1, name, &format!("a build for RustPython has no {name}"), SWITCH);
                }
            }
            if let Some(backend) = find("pyo3-backend-cpython").filter(|backend| !has(backend, "inert")) {
                complain(backend.line, "inert", "a build for RustPython compiles the CPython backend", SWITCH);
            }
            if let Some(ffi) = find("pyo3-ffi").filter(|ffi| !has(ffi, "runtime-rustpython-without-capi")) {
                complain(ffi.line, "pyo3-ffi", "a build for RustPython links libpython through pyo3-ffi", SWITCH);
            }
            for package in &packages {
                if ["python3-sys", "cpython", "libpython-sys"].contains(&package.name) {
                    let message = format!("a build for RustPython contains {}", package.name);
                    complain(package.line, package.name, &message, "remove the dependency");
                }
            }
        }
    }
    hits
}

const SWITCH: &str = "repair the features of pyo3/Cargo.toml: runtime-rustpython must add its backend, make \
                      the other `inert`, and forward the choice to pyo3-ffi";

fn parse<'t>((index, line): (usize, &'t str)) -> Option<Package<'t>> {
    let (package, features) = line.split_once('|')?;
    let features = features.split_whitespace().next().unwrap_or_default();
    Some(Package {
        name: package.split_whitespace().next()?,
        features: features.split(',').filter(|feature| !feature.is_empty()).collect(),
        line: index + 1,
    })
}
