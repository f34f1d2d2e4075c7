//! Programs that tests and the guide need: those on PATH, or others that are installed in `target/tools`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::metadata;
use crate::sh::{Cmd, on_path};

/// Returns the path of `mdbook`, which builds the guide. Compiles it if it is missing.
///
/// # Errors
///
/// If it cannot be installed.
pub fn mdbook() -> Result<PathBuf> {
    let (name, version) = ("mdbook", "0.5.4");
    let folder = folder()?;
    let program = folder.join("bin").join(executable(name));
    if let Some(found) = installed(name, &program) {
        return Ok(found);
    }
    println!("installing {name} {version} in {}", folder.display());
    // Only authors of the guide need the parts that watch and serve it. For a book of this size, an optimized program
    // would take longer to compile than it saves.
    Cmd::cargo()
        .args(["install", "--quiet", "--debug", "--locked", "--no-default-features", "--features", "search"])
        .args(["--version", version, "--root"])
        .arg(&folder)
        .arg("--target-dir")
        .arg(folder.join("build"))
        .arg(name)
        .run()
        .with_context(|| format!("cannot install {name}\n  remedy: `cargo install --locked {name}`"))?;
    Ok(program)
}

/// Returns the path of `linkchecker`, which checks the links of the guide. Installs it if it is missing.
///
/// # Errors
///
/// If it cannot be installed.
pub fn linkchecker() -> Result<PathBuf> {
    from_pypi("linkchecker", "10.6.0")
}

/// Returns the path of `maturin`, which builds wheels. Installs it if it is missing.
///
/// # Errors
///
/// If it cannot be installed.
pub fn maturin() -> Result<PathBuf> {
    from_pypi("maturin", "1.16.0")
}

/// Returns the path of a program of a package of PyPI. Installs it in a virtual environment of its own if it is missing.
fn from_pypi(name: &str, version: &str) -> Result<PathBuf> {
    let folder = folder()?.join(name);
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = programs.join(executable(name));
    if let Some(found) = installed(name, &program) {
        return Ok(found);
    }
    println!("installing {name} {version} in {}", folder.display());
    let remedy = || format!("cannot install {name}\n  remedy: `pip install {name}`, and put it on PATH");
    let python = ["python3", "python"].into_iter().find_map(on_path);
    let python = python.context("there is no Python on PATH to install it with").with_context(remedy)?;
    Cmd::new(python).args(["-m", "venv", "--clear"]).arg(&folder).run().with_context(remedy)?;
    Cmd::new(programs.join(executable("pip")))
        .args(["install", "--quiet", "--disable-pip-version-check", &format!("{name}=={version}")])
        .run()
        .with_context(remedy)?;
    Ok(program)
}

/// Returns where a program is: on PATH, or where this module installs it.
fn installed(name: &str, program: &Path) -> Option<PathBuf> {
    on_path(name).or_else(|| program.is_file().then(|| program.to_owned()))
}

fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

fn folder() -> Result<PathBuf> {
    Ok(metadata::target_folder()?.join("tools"))
}
