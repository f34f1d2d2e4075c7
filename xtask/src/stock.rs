//! One source, compiled against this crate and against the published PyO3.

use std::path::PathBuf;

use anyhow::Result;

use crate::metadata;
use crate::runtime::Runtime;
use crate::sh::{Cmd, root};

/// The executables of both sides, and the environment in which they find their Python.
pub struct Sides<'r> {
    pub ours: PathBuf,
    pub stock: PathBuf,
    runtime: &'r Runtime,
}

impl<'r> Sides<'r> {
    /// Builds `FOLDER/ours`, which is the package `package`, and `FOLDER/stock`, with the given options of cargo. Both
    /// have an executable called `name` in cargo's folder `profile`.
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

        let file = format!("{profile}/{executable}{}", std::env::consts::EXE_SUFFIX);
        Ok(Sides { ours: target.join(&file), stock: own_target.join(&file), runtime })
    }

    /// Returns a command for the executable of this crate.
    pub fn ours(&self) -> Cmd {
        self.prepare(Cmd::new(&self.ours))
    }

    /// Returns a command for the executable of the published PyO3.
    pub fn stock(&self) -> Cmd {
        self.prepare(Cmd::new(&self.stock))
    }

    /// Gives a command the environment of both executables.
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
