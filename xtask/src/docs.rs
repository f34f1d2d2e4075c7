//! The API docs of the packages, for one runtime.

use std::path::PathBuf;

use anyhow::Result;

use crate::metadata::{self, Members};
use crate::runtime::Runtime;
use crate::sh::Cmd;

/// Packages whose docs nobody reads.
const WITHOUT: &[&str] = &["xtask", "pyo3-tests", "wordcount", "pyo3-bench", "pyo3-bench-rustpython", "pyo3-compare"];

/// Returns the command that builds the docs, where warnings are errors, and the folder that it writes to.
///
/// # Errors
///
/// If cargo cannot be asked for the target folder.
pub fn command(members: &Members, runtime: &Runtime) -> Result<(Cmd, PathBuf)> {
    let target = metadata::target_folder()?;
    // A folder for each runtime, because most packages have docs for both. What is compiled stays where the other
    // commands use it.
    let folder = target.join("docs").join(runtime.name());
    let cmd = match runtime {
        Runtime::CPython(_) => members.command(runtime, &["doc", "--no-deps"], WITHOUT),
        // The packages of the lints, with their dependencies for tests, which cargo adds because of the examples: with
        // the same features, cargo uses the virtual machine that it has checked for the lints.
        Runtime::RustPython(_) => members.command(runtime, &["doc", "--no-deps", "--lib", "--examples"], &[]),
    };
    let cmd = cmd.arg("--target-dir").arg(&folder).env("CARGO_BUILD_BUILD_DIR", target);
    Ok((cmd.env("RUSTDOCFLAGS", "-D warnings"), folder.join("doc")))
}
