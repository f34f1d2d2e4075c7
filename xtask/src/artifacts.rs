//! What cargo builds: test executables, and shared libraries that Python imports.

use std::collections::BTreeMap;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::sh::Cmd;

/// A test executable.
#[derive(Clone, Debug)]
pub struct Executable {
    /// Name of the target: the file name for an integration test, the crate name for unit tests.
    pub target: String,
    pub path: PathBuf,
    /// The folder of its package, where cargo would run it.
    pub folder: PathBuf,
}

/// The result of a build.
#[derive(Default)]
pub struct Built {
    pub executables: Vec<Executable>,
    /// Rendered compiler errors by target.
    pub errors: BTreeMap<String, Vec<String>>,
    pub success: bool,
}

/// The end of the file name of an extension module.
pub const MODULE_EXTENSION: &str = if cfg!(windows) { "pyd" } else { "so" };

/// Copies the shared library `module`, which cargo has put into the folder `built`, into `folder`, so that Python can
/// import it from there. `tag` is that of a stable ABI, such as `abi3`. On Windows, file names have no tag.
///
/// # Errors
///
/// If the folder cannot be created or the library cannot be copied.
pub fn copy_module(built: &Path, module: &str, tag: Option<&str>, folder: &Path) -> Result<()> {
    let library = built.join(format!("{DLL_PREFIX}{module}{DLL_SUFFIX}"));
    let tag = tag.filter(|_| !cfg!(windows)).map(|tag| format!(".{tag}")).unwrap_or_default();
    fs::create_dir_all(folder)?;
    fs::copy(&library, folder.join(format!("{module}{tag}.{MODULE_EXTENSION}")))
        .with_context(|| format!("cannot copy {}", library.display()))?;
    Ok(())
}

/// Runs `cmd`, a cargo command with `--message-format=json`. Progress goes to standard error as usual.
///
/// # Errors
///
/// If cargo cannot be started. Callers handle compile errors themselves.
pub fn build(cmd: &Cmd) -> Result<Built> {
    let mut built = Built::default();
    built.success = messages(cmd, |message| built.take(message))?;
    Ok(built)
}

/// Runs `cmd`, a cargo command with `--message-format=json` or similar, and calls `take` with each message. Returns
/// whether the command succeeded.
///
/// # Errors
///
/// If cargo cannot be started.
pub fn messages(cmd: &Cmd, mut take: impl FnMut(&Value)) -> Result<bool> {
    let mut command = cmd.command();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start `{cmd}`"))?;
    for line in BufReader::new(child.stdout.take().expect("it is piped")).lines() {
        if let Ok(message) = serde_json::from_str::<Value>(&line?) {
            take(&message);
        }
    }
    Ok(child.wait()?.success())
}

impl Built {
    fn take(&mut self, message: &Value) {
        let target = message["target"]["name"].as_str().unwrap_or_default().to_owned();
        match message["reason"].as_str() {
            Some("compiler-artifact") if message["profile"]["test"] == true => {
                if let Some(path) = message["executable"].as_str() {
                    let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
                    let folder = manifest.parent().unwrap_or(Path::new("")).to_owned();
                    self.executables.push(Executable { target, path: path.into(), folder });
                }
            }
            Some("compiler-message") if message["message"]["level"] == "error" => {
                let text = message["message"]["rendered"].as_str().unwrap_or_default().to_owned();
                self.errors.entry(target).or_default().push(text);
            }
            _ => {}
        }
    }
}
