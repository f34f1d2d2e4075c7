//! One source, compiled against this crate and against the published PyO3.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::runtime::Runtime;
use crate::sh::{Cmd, root};
use crate::{artifacts, metadata};

/// What both sides have built, and the environment in which they find their Python.
pub struct Sides<'r> {
    /// The folder that cargo has written to.
    ours: PathBuf,
    stock: PathBuf,
    executable: String,
    runtime: &'r Runtime,
}

/// How a program is started: the executable and its first arguments.
pub type Start = Vec<OsString>;

impl<'r> Sides<'r> {
    /// Builds `FOLDER/ours`, which is the package `package`, and `FOLDER/stock`, with the given options of cargo. Both
    /// have an executable called `executable` in cargo's folder `profile`.
    ///
    /// # Errors
    ///
    /// If one of them does not build.
    pub fn build(runtime: &'r Runtime, source: &Source<'_>) -> Result<Sides<'r>> {
        let Source { folder, package, executable, options, profile } = source;
        let target = metadata::target_folder()?;
        let ours = Cmd::cargo().arg("build").args(*options).args(["-p", package]);
        runtime.prepare(ours).run()?;
        // `stock` is a separate package with its own lock file: two packages with the same `links` cannot share a
        // graph.
        let own_target = target.join(format!("{executable}-stock"));
        let manifest = root().join(folder).join("stock/Cargo.toml");
        let stock = Cmd::cargo().arg("build").args(*options).args(["--locked", "--manifest-path"]).arg(manifest);
        runtime.prepare(stock.arg("--target-dir").arg(&own_target)).run()?;

        let executable = format!("{executable}{}", std::env::consts::EXE_SUFFIX);
        Ok(Sides { ours: target.join(profile), stock: own_target.join(profile), executable, runtime })
    }

    /// Returns the executables of this crate and of the published PyO3.
    pub fn executables(&self) -> (Start, Start) {
        let start = |folder: &Path| vec![folder.join(&self.executable).into()];
        (start(&self.ours), start(&self.stock))
    }

    /// Makes both libraries called `module` importable, and returns how `python` calls the function `run` in each with
    /// the list of arguments.
    ///
    /// # Errors
    ///
    /// If a library cannot be copied.
    pub fn modules(&self, python: &Path, module: &str) -> Result<(Start, Start)> {
        let code = format!("import sys; sys.path.insert(0, sys.argv[1]); import {module}; {module}.run(sys.argv[2:])");
        let start = |folder: &Path| -> Result<Start> {
            let modules = folder.join("modules");
            artifacts::copy_module(folder, module, None, &modules)?;
            Ok(vec![python.into(), "-c".into(), code.clone().into(), modules.into()])
        };
        Ok((start(&self.ours)?, start(&self.stock)?))
    }

    /// Returns a command that starts a program in the environment of both sides.
    ///
    /// # Panics
    ///
    /// Panics if `start` is empty.
    pub fn command(&self, start: &Start) -> Cmd {
        let (program, arguments) = start.split_first().expect("a start has a program");
        self.prepare(Cmd::new(program).args(arguments))
    }

    /// Gives a command the environment of both sides.
    pub fn prepare(&self, cmd: Cmd) -> Cmd {
        // Makes the order of sets reproducible, since it affects the output.
        self.runtime.prepare(cmd).env("PYTHONHASHSEED", "0")
    }
}

/// A program that is compiled against both crates.
pub struct Source<'a> {
    /// The folder with the packages `ours` and `stock`.
    pub folder: &'a str,
    /// The name of the package `ours`.
    pub package: &'a str,
    pub executable: &'a str,
    /// Options of `cargo build`, and the resulting folder below the target folder.
    pub options: &'a [&'a str],
    pub profile: &'a str,
}
