//! Runs the tests of the facades in `compat/`, which use an older version of the API.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Totals, cargo_test};
use crate::python::Interpreter;
use crate::runtime::{Runtime, STABLE_ABI};
use crate::sh::{Cmd, root};

/// The name of this part for `--only`.
pub const NAME: &str = "facades";

/// Returns the sorted folders of all facades.
///
/// # Errors
///
/// If there are none, since then nothing would be checked.
pub fn folders() -> Result<Vec<PathBuf>> {
    let compat = root().join("compat");
    let entries = compat.read_dir().with_context(|| format!("cannot read {}", compat.display()))?;
    let mut folders: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|folder| folder.join("Cargo.toml").is_file()).collect();
    folders.sort();
    anyhow::ensure!(!folders.is_empty(), "there is no facade in {}", compat.display());
    Ok(folders)
}

/// Returns the name of a facade's folder.
pub fn title(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Returns a cargo command for one facade. It shares the target folder of the repository, to reuse the virtual machine.
///
/// `-p` cannot select the package: a dependency has the same name.
pub fn command(runtime: &Runtime, args: &[&str], folder: &Path) -> Cmd {
    let cmd = Cmd::cargo().args(args).arg("--manifest-path").arg(folder.join("Cargo.toml"));
    let cmd = cmd.arg("--target-dir").arg(root().join("target"));
    let cmd = match runtime {
        Runtime::CPython(Interpreter { stable_abi: true, .. }) => cmd.args(["--features", STABLE_ABI]),
        Runtime::CPython(_) => cmd,
        // Build scripts do not depend on the runtime, so this package has no feature for it.
        Runtime::RustPython(_) if title(folder).starts_with("pyo3-build-config") => cmd,
        Runtime::RustPython(_) => cmd.args(["--features", "runtime-rustpython"]),
    };
    runtime.prepare(cmd)
}

/// Runs the tests of all facades on `runtime`. A facade that does not build counts as a failure. One that builds
/// another virtual machine than the repository has is only slow, which a note says.
///
/// # Errors
///
/// If there are none, or cargo does not run.
pub fn check(runtime: &Runtime) -> Result<Totals> {
    let mut totals = Totals::default();
    for folder in folders()?.iter().filter(|folder| folder.join("tests").is_dir()) {
        let before = virtual_machines();
        totals += cargo_test(&command(runtime, &["test", "--no-fail-fast"], folder))?;
        if before > 0 && virtual_machines() > before {
            // Not a failure: which features cargo unites depends on the packages that were built before.
            println!("note: {} has built a virtual machine of its own, which takes minutes", folder.display());
            println!("  the dependencies differ in features: see compat/common/features/Cargo.toml");
        }
    }
    Ok(totals)
}

/// Returns how many builds of the virtual machine, with different features, are in the target folder.
fn virtual_machines() -> usize {
    let Ok(entries) = root().join("target/debug/deps").read_dir() else { return 0 };
    let is_one = |name: &str| name.starts_with("librustpython_vm-") && name.ends_with(".rlib");
    entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_one)).count()
}
