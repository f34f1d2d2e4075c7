//! Builds one extension module for the stable ABI and uses it on every CPython.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;

use super::Totals;
use crate::python::Interpreter;
use crate::runtime::STABLE_ABI;
use crate::sh::{Cmd, root};
use crate::{artifacts, metadata};

/// The name of this part for `--only`.
pub const NAME: &str = "stable-abi";
const PACKAGE: &str = "pyo3-stable-abi-sample";
const MODULE: &str = "stable_abi_sample";
const SCRIPT: &str = "tests/stable-abi/check.py";
/// The time limit for the script.
const LIMIT: Duration = Duration::from_secs(120);

/// A stable ABI.
struct Abi {
    /// The feature of `pyo3` that builds for it.
    feature: &'static str,
    /// The suffix before `.so` in file names.
    tag: &'static str,
    loaded_by: fn(&Interpreter) -> bool,
}

const ABIS: [Abi; 2] = [
    Abi { feature: STABLE_ABI, tag: "abi3", loaded_by: |python| !python.build.free_threaded },
    // The ABI of free-threaded builds, which builds with a GIL can load too.
    Abi { feature: "abi3t-py315", tag: "abi3t", loaded_by: |python| python.number() >= (3, 15, 0) },
];

/// Builds the module once for each stable ABI, without any Python, and runs its script on each interpreter that loads
/// it. Each run counts as one test.
///
/// # Errors
///
/// If cargo does not run.
pub fn check(interpreters: &[&Interpreter]) -> Result<Totals> {
    let mut totals = Totals::default();
    for abi in &ABIS {
        let pythons: Vec<_> = interpreters.iter().filter(|python| (abi.loaded_by)(python)).collect();
        if pythons.is_empty() {
            println!("\n{}: no CPython was found that can load it", abi.feature);
            continue;
        }
        let folder = match build(abi) {
            Ok(folder) => folder,
            Err(error) => {
                println!("FAILED {}: {error:#}", abi.feature);
                totals.failed += 1;
                continue;
            }
        };
        for python in pythons {
            let cmd = Cmd::new(&python.path).args(["-X", "dev"]).arg(root().join(SCRIPT)).env("PYTHONPATH", &folder);
            let ran = python.prepare(cmd).capture(LIMIT)?;
            if ran.status.is_some_and(|status| status.success()) {
                println!("{} on {}: {}", abi.feature, python.title(), ran.stdout.trim_end());
                totals.passed += 1;
            } else {
                println!("{}\n{}", ran.stdout.trim_end(), ran.stderr.trim_end());
                println!("FAILED {} on {}: {}", abi.feature, python.title(), ran.ending());
                totals.failed += 1;
            }
        }
    }
    Ok(totals)
}

/// Builds the module. Returns the folder to put on Python's path.
fn build(abi: &Abi) -> Result<PathBuf> {
    // A separate target folder, since the other configuration would make the other builds stale.
    let target = metadata::target_folder()?.join("stable-abi");
    let cmd = Cmd::cargo()
        .args(["build", "-p", PACKAGE, "--features", &format!("pyo3/{}", abi.feature), "--target-dir"])
        .arg(&target)
        .env("PYO3_NO_PYTHON", "1")
        .env("PYO3_BUILD_EXTENSION_MODULE", "1")
        .without_env("PYO3_PYTHON");
    println!("\n== {cmd}");
    cmd.run()?;

    let folder = target.join(abi.tag);
    artifacts::copy_module(&target.join("debug"), MODULE, Some(abi.tag), &folder)?;
    Ok(folder)
}
