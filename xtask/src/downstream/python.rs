//! Virtual environments. Each suite has its own, since suites need different versions of the same packages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::folder;
use crate::python::Interpreter;
use crate::sh::Cmd;

/// Returns the Python of the environment `name`, which contains these packages. Creates it anew if the packages
/// changed.
///
/// # Errors
///
/// If the environment cannot be created, or pip does not find a package.
pub fn environment(interpreter: &Interpreter, name: &str, requirements: &[String]) -> Result<PathBuf> {
    let folder = folder().join("environments").join(format!("{}-{name}", interpreter.tag()));
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join("requirements.txt");
    let wanted = format!("# {}\n{}\n", interpreter.path.display(), requirements.join("\n"));
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) && python.exists() {
        return Ok(python);
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    Cmd::new(&interpreter.path).args(["-m", "venv"]).arg(&folder).run()?;
    if !requirements.is_empty() {
        let cmd = Cmd::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        cmd.args(requirements).run()?;
    }
    fs::write(stamp, wanted)?;
    Ok(python)
}

/// Returns the folder of packages in the environment of `python`.
///
/// # Errors
///
/// If it does not run.
pub fn packages(python: &Path) -> Result<PathBuf> {
    let text = Cmd::new(python).args(["-c", "import sysconfig; print(sysconfig.get_path('platlib'))"]).read()?;
    Ok(text.trim().into())
}
