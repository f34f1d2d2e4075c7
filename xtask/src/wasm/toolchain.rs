//! Finds a toolchain with the standard library for WASI on this machine.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::sh::{Cmd, root};

/// The compilation target.
pub const TARGET: &str = "wasm32-wasip1";
/// The oldest compiler that can compile RustPython.
const OLDEST: (u32, u32) = (1, 97);
/// The variable that names a folder with `cargo` and `rustc`, which is searched first.
const VARIABLE: &str = "PYO3_WASM_TOOLCHAIN";

/// A suitable compiler, and the cargo next to it.
#[derive(Clone, Debug)]
pub struct Toolchain {
    folder: PathBuf,
    /// The output of `rustc --version`.
    pub version: String,
}

impl Toolchain {
    /// Returns a command for its cargo, which uses the compiler of this toolchain, whatever is on `PATH`, and installs
    /// nothing.
    pub fn cargo(&self) -> Cmd {
        let tool = |name: &str| self.folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        Cmd::new(tool("cargo"))
            .dir(root())
            .env("RUSTC", tool("rustc"))
            .env("RUSTDOC", tool("rustdoc"))
            .env("RUSTUP_AUTO_INSTALL", "0")
            .without_env("CARGO")
            .without_env("RUSTUP_TOOLCHAIN")
    }

    /// Returns the target folder. All builds share it, so that RustPython is compiled once.
    ///
    /// # Errors
    ///
    /// If cargo fails to name its folder.
    pub fn target_folder() -> Result<PathBuf> {
        Ok(crate::metadata::target_folder()?.join("wasm"))
    }
}

/// Returns the first suitable toolchain in the folder that `PYO3_WASM_TOOLCHAIN` names, on `PATH`, or among rustup's.
pub fn find() -> Option<Toolchain> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(folder) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        folders.extend([folder.join("bin"), folder]);
    }
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let mut installed: Vec<PathBuf> = rustup_toolchains().into_iter().flatten().collect();
    installed.sort();
    folders.extend(installed);
    let mut seen = BTreeSet::new();
    folders.into_iter().filter(|folder| seen.insert(folder.clone())).find_map(|folder| usable(&folder))
}

/// Like [`find`], but an error if there is none.
///
/// # Errors
///
/// If there is no toolchain. The error says how to get one.
pub fn require() -> Result<Toolchain> {
    find().with_context(missing)
}

/// Says how to get a toolchain.
pub fn missing() -> String {
    format!(
        "found no toolchain on PATH or in rustup with the standard library for {TARGET}, of version {}.{} or later\n  \
         remedy: `rustup target add {TARGET}`; or your system's packages (Debian: rustc, cargo, libstd-rust-dev-wasm32 and \
         lld, with a link `rust-lld` to lld on PATH); {VARIABLE} names a folder with cargo and rustc",
        OLDEST.0, OLDEST.1
    )
}

/// Returns the program folders of the toolchains that rustup has installed.
fn rustup_toolchains() -> Option<Vec<PathBuf>> {
    let home = match std::env::var_os("RUSTUP_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(std::env::var_os("HOME")?).join(".rustup"),
    };
    let entries = std::fs::read_dir(home.join("toolchains")).ok()?;
    Some(entries.flatten().map(|entry| entry.path().join("bin")).collect())
}

/// Returns the toolchain of this folder, if it is suitable. If the folder contains rustup's proxies, returns the
/// toolchain that they select.
fn usable(folder: &Path) -> Option<Toolchain> {
    let program = |folder: &Path, name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let rustc = program(folder, "rustc");
    if !rustc.is_file() {
        return None;
    }
    let ask = |option: &[&str]| {
        let cmd = Cmd::new(&rustc).args(option).dir(root()).env("RUSTUP_AUTO_INSTALL", "0");
        cmd.capture(std::time::Duration::from_secs(20))
            .ok()
            .filter(|captured| captured.status.is_some_and(|s| s.success()))
    };
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?.stdout.trim());
    let has_std = std::fs::read_dir(sysroot.join("lib/rustlib").join(TARGET).join("lib"))
        .ok()?
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"));
    let version = ask(&["--version"])?.stdout.trim().to_owned();
    if !has_std || number(&version)? < OLDEST {
        return None;
    }
    let folder = sysroot.join("bin");
    let whole = program(&folder, "cargo").is_file() && program(&folder, "rustc").is_file();
    whole.then_some(Toolchain { folder, version })
}

/// Returns the first two numbers of `rustc 1.97.0 (..)`.
fn number(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split_whitespace().nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert_eq!(number("rustc 1.97.1 (8bab26f4f 2026-07-14) (built from a source tarball)"), Some((1, 97)));
        assert!(number("rustc 1.100.0-nightly (e50aa6fba 2026-05-19)").is_some_and(|version| version > OLDEST));
        assert!(number("rustc 1.9.0").is_some_and(|version| version < OLDEST));
        assert_eq!(number("nothing of the kind"), None);
    }

    #[test]
    fn a_folder_without_a_compiler_is_no_toolchain() {
        assert!(usable(&root()).is_none());
        assert!(missing().contains("rustup target add wasm32-wasip1"));
    }
}
