//! `cargo xtask demo`: runs one script and one extension module on both runtimes and compares the results.

use std::path::Path;

use anyhow::{Result, bail};

use crate::python::Interpreter;
use crate::runtime::{Pythonless, Runtime};
use crate::sh::{Cmd, root};
use crate::{artifacts, flags, metadata};

const SCRIPT: &str = "examples/wordcount/demo.py";
const BEGIN: &str = "--- table ---";
const END: &str = "--- end ---";

/// Runs the demo. Returns `true` if both runtimes printed the same table, or if there is no CPython.
///
/// # Errors
///
/// If the folder has no words to count, or something does not build or run.
pub fn run(options: &flags::Demo) -> Result<bool> {
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None => metadata::package_folder(&root(), "rustpython-pylib", "0.6.0")?.join("Lib"),
    };
    if !folder.is_dir() {
        bail!(
            "{} is not a folder\n  remedy: name a folder with .py files, or none for the standard library",
            folder.display()
        );
    }
    let folder = folder.canonicalize()?;
    println!("counting the words of {}", folder.display());

    let rustpython = table(&on_rustpython(&folder)?)?;
    let Some(interpreter) = Interpreter::all(&options.python)?.into_iter().next() else {
        println!("\nno CPython found, so there is no comparison");
        return Ok(true);
    };
    let cpython = table(&on_cpython(interpreter, &folder)?)?;
    if rustpython == cpython {
        println!("\nboth runtimes printed the same {} lines", cpython.len());
        return Ok(true);
    }
    println!("\nthe runtimes differ (- RustPython, + CPython):");
    for index in 0..rustpython.len().max(cpython.len()) {
        let (left, right) = (rustpython.get(index), cpython.get(index));
        if left != right {
            left.into_iter().for_each(|line| println!("-{line}"));
            right.into_iter().for_each(|line| println!("+{line}"));
        }
    }
    Ok(false)
}

/// Builds and runs, without any Python, one executable that contains the interpreter, the standard library and the
/// module.
fn on_rustpython(folder: &Path) -> Result<Vec<String>> {
    println!("\n== RustPython, embedded, built without any Python on PATH");
    let environment = Pythonless::new()?;
    let cmd = Cmd::cargo()
        .args(["run", "--release", "-p", "wordcount", "--bin", "wordcount-host", "--features", "runtime-rustpython"])
        .arg("--")
        .arg(root().join(SCRIPT))
        .arg(folder);
    follow(&environment.prepare(cmd))
}

/// Builds the same source as a shared library and imports it in an installed interpreter.
fn on_cpython(interpreter: Interpreter, folder: &Path) -> Result<Vec<String>> {
    let runtime = Runtime::CPython(interpreter.clone());
    println!("\n== {}, importing a shared library", runtime.title());
    let target = metadata::target_folder()?;
    let cmd = Cmd::cargo().args(["build", "--release", "-p", "wordcount", "--lib"]);
    runtime.prepare(cmd.env("PYO3_BUILD_EXTENSION_MODULE", "1")).run()?;

    let modules = target.join("demo");
    artifacts::copy_module(&target.join("release"), "wordcount", None, &modules)?;

    let cmd = Cmd::new(&interpreter.path).arg(root().join(SCRIPT)).arg(folder).env("PYTHONPATH", &modules);
    follow(&runtime.prepare(cmd))
}

/// Runs `cmd`, shows its output, and returns the lines of its standard output.
fn follow(cmd: &Cmd) -> Result<Vec<String>> {
    println!("$ {cmd}");
    let (lines, status) = cmd.follow()?;
    if !status.success() {
        bail!("`{cmd}` failed ({status})");
    }
    Ok(lines)
}

/// Returns the lines between the markers.
fn table(lines: &[String]) -> Result<Vec<String>> {
    let find = |mark: &str| lines.iter().position(|line| line.trim_end() == mark);
    match (find(BEGIN), find(END)) {
        (Some(begin), Some(end)) if begin + 1 < end => Ok(lines[begin + 1..end].to_vec()),
        _ => bail!("the script printed no table between `{BEGIN}` and `{END}`"),
    }
}
