//! Installs pure-Python packages from an index with pip.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::manifest::hash;
use super::project::Distribution;
use crate::sh::Cmd;

/// The version of Python that RustPython implements.
const PYTHON: &str = "3.14";
/// Marks a folder as completely filled by pip.
const DONE: &str = ".installed";

/// Returns the folder with the packages and all of their dependencies, except those that the extension crates provide.
/// It is filled once for each list of names.
///
/// # Errors
///
/// If there is no pip, no network, or a package is not pure Python.
pub fn install(names: &[String], provided: &[&Distribution], cache: &Path) -> Result<PathBuf> {
    let mut sorted = names.to_vec();
    sorted.sort();
    sorted.extend(provided.iter().map(|distribution| distribution.stem()));
    let folder = cache.join(format!("{:016x}", hash(Path::new(&sorted.join("\n")))));
    if folder.join(DONE).is_file() {
        return Ok(folder);
    }
    for name in names {
        if name.starts_with('-') || name.contains("://") || Path::new(name).exists() {
            bail!("`--pip {name}`: give the name of a package, as NAME or NAME==VERSION; use --site for a folder");
        }
    }
    let pip = pip()?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let wheels = folder.with_extension("wheels");
    fs::create_dir_all(&wheels)?;
    for distribution in provided {
        let file = wheels.join(format!("{}-py3-none-any.whl", distribution.stem()));
        fs::write(&file, stand_in(distribution)?).with_context(|| format!("cannot write {}", file.display()))?;
    }
    eprintln!("pip: {}", names.join(", "));
    // Selects wheels for any platform and any implementation, which are pure Python.
    let cmd = pip
        .args(["install", "--quiet", "--disable-pip-version-check", "--no-compile", "--only-binary", ":all:"])
        .args(["--implementation", "py", "--abi", "none", "--platform", "any", "--python-version", PYTHON])
        .arg("--find-links")
        .arg(&wheels)
        .arg("--target")
        .arg(&folder)
        .args(names);
    if let Err(error) = cmd.read() {
        bail!(explain(&format!("{error:#}")));
    }
    fs::remove_dir_all(&wheels)?;
    // These scripts need a Python that is not there.
    let scripts = folder.join("bin");
    if scripts.is_dir() {
        fs::remove_dir_all(scripts)?;
    }
    fs::write(folder.join(DONE), sorted.join("\n"))?;
    Ok(folder)
}

/// Returns an empty wheel of a package that the bundle gets from its crate. If another package depends on it, pip looks
/// for it, and otherwise would find only compiled code.
pub fn stand_in(distribution: &Distribution) -> Result<Vec<u8>> {
    let folder = format!("{}.dist-info", distribution.stem());
    let tags = "Wheel-Version: 1.0\nGenerator: cargo xtask bundle\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    // Installers do not require hashes.
    let record = format!("{folder}/METADATA,,\n{folder}/WHEEL,,\n{folder}/RECORD,,\n");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("METADATA", &*distribution.metadata), ("WHEEL", tags), ("RECORD", &*record)] {
        writer.start_file(format!("{folder}/{name}"), SimpleFileOptions::default())?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// Returns the pip of any Python. The packages are not for that Python.
fn pip() -> Result<Cmd> {
    let mut candidates = Vec::new();
    if let Some(python) = std::env::var_os("PYO3_PYTHON") {
        candidates.push(Cmd::new(python).args(["-m", "pip"]));
    }
    for python in ["python3", "python"] {
        candidates.push(Cmd::new(python).args(["-m", "pip"]));
    }
    candidates.push(Cmd::new("pip"));
    match candidates.into_iter().find(|pip| pip.clone().arg("--version").read().is_ok()) {
        Some(pip) => Ok(pip),
        None => bail!(
            "--pip needs pip, of any Python\n  remedy: install it, or set PYO3_PYTHON to a Python that has it; or unpack wheels \
             into a folder, and give that with --site"
        ),
    }
}

/// Explains an error message of pip.
pub fn explain(text: &str) -> String {
    let errors: Vec<_> = text.lines().filter(|line| line.starts_with("ERROR:")).collect();
    if let Some(line) = errors.iter().find(|line| line.contains("No matching distribution found for")) {
        let name = line.rsplit(' ').next().unwrap_or_default();
        if errors.iter().any(|line| line.contains("(from versions: none)")) {
            let network = ["Retrying", "connection", "Temporary failure in name resolution", "Network is unreachable"];
            if network.iter().any(|words| text.contains(words)) {
                return format!("pip cannot reach the index for {name}\n{text}\n  remedy: check the network");
            }
        }
        return format!(
            "there is no pure-Python wheel for {name}\n{}\n  remedy: a package with compiled code for CPython cannot be in \
             a bundle; if it is an extension crate, give it with --with; if it has no wheel at all, unpack its source and give \
             the folder that holds the package with --site",
            errors.join("\n")
        );
    }
    format!("pip failed\n{text}")
}
