//! `cargo xtask bench --modules`: compares the size, the build and the import of whole extension modules.

mod source;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use self::source::Content;
use super::limits::Limits;
use super::{Pair, callgrind, median, print};
use crate::python::Interpreter;
use crate::runtime::Runtime;
use crate::sh::{Cmd, on_path, root};
use crate::{artifacts, metadata};

/// A workspace with one package for each module. All depend on one of the two crates.
struct Side<'r> {
    folder: PathBuf,
    runtime: &'r Runtime,
}

/// Builds the same modules with this crate and with the published one, and compares three costs of each: the bytes of
/// the library, stripped; the seconds of user time that compiling the module alone takes; the instructions of its import.
/// Returns whether all are within their limits.
///
/// # Errors
///
/// If a module does not build, or Python cannot import it.
pub fn run(runtime: &Runtime, python: &Interpreter, limits: &Limits, rounds: usize) -> Result<bool> {
    let folder = metadata::target_folder()?.join("bench-modules");
    let path = format!("{{ path = {:?} }}", root().join("pyo3"));
    let ours = Side::write(folder.join("ours"), runtime, &path)?;
    let stock = Side::write(folder.join("stock"), runtime, "\"=0.30.1\"")?;
    println!("building {} modules, twice ...", Content::EACH.len());
    ours.build(&["--workspace"])?;
    stock.build(&["--workspace"])?;

    let mut pairs = BTreeMap::new();
    for content in Content::EACH {
        let mut add = |cost: &str, ours: f64, stock: f64| {
            pairs.insert(format!("{}_{cost}", content.name()), Pair { ours, stock, ratio: ours / stock });
        };
        add("size", ours.size(content)?, stock.size(content)?);
        // In turns, since other programs of the machine slow down both.
        let times: Vec<(f64, f64)> =
            (0..rounds).map(|_| Ok((ours.rebuild(content)?, stock.rebuild(content)?))).collect::<Result<_>>()?;
        add("build", median(times.iter().map(|time| time.0)), median(times.iter().map(|time| time.1)));
        if let (Some(ours), Some(stock)) = (ours.import(content, python)?, stock.import(content, python)?) {
            add("import", ours, stock);
        }
    }
    if on_path("valgrind").is_none() {
        println!("\nvalgrind is not installed: no instructions are counted");
    }
    println!("\nsize in bytes, build in seconds of user time (median of {rounds}), import in instructions");
    let names: Vec<&str> = pairs.keys().map(String::as_str).collect();
    print(&names, &pairs, |name, pair| limits.judge(name, pair.ratio));
    // The time of a build jitters, so one above the limit is shown, but is no error.
    Ok(names.iter().all(|name| name.ends_with("_build") || pairs[*name].ratio <= limits.of(name).limit))
}

impl<'r> Side<'r> {
    /// Writes the packages. `pyo3` is what their manifests say about the crate.
    fn write(folder: PathBuf, runtime: &'r Runtime, pyo3: &str) -> Result<Side<'r>> {
        fs::create_dir_all(&folder)?;
        let members: Vec<&str> = Content::EACH.map(Content::name).into();
        let manifest = format!(
            "[workspace]\nmembers = {members:?}\nresolver = \"3\"\n\n[workspace.dependencies]\npyo3 = {pyo3}\n\n\
             [profile.release]\nstrip = true\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        for content in Content::EACH {
            let name = content.name();
            let package = folder.join(name);
            fs::create_dir_all(package.join("src"))?;
            let manifest = format!(
                "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = \
                 [\"cdylib\"]\n\n[dependencies]\npyo3 = {{ workspace = true, features = [\"extension-module\"] }}\n"
            );
            fs::write(package.join("Cargo.toml"), manifest)?;
            fs::write(package.join("src/lib.rs"), content.source())?;
        }
        Ok(Side { folder, runtime })
    }

    fn build(&self, arguments: &[&str]) -> Result<()> {
        let cmd = Cmd::cargo().args(["build", "--quiet", "--release", "--manifest-path"]);
        let cmd = cmd.arg(self.folder.join("Cargo.toml")).args(arguments);
        self.runtime.prepare(cmd.arg("--target-dir").arg(self.folder.join("target"))).run()
    }

    fn built(&self) -> PathBuf {
        self.folder.join("target/release")
    }

    /// Makes the module importable, and returns the number of its bytes.
    fn size(&self, content: Content) -> Result<f64> {
        let folder = self.folder.join("modules");
        artifacts::copy_module(&self.built(), content.name(), None, &folder)?;
        let file = folder.join(format!("{}.{}", content.name(), artifacts::MODULE_EXTENSION));
        Ok(fs::metadata(file)?.len() as f64)
    }

    /// Compiles the module again, and returns the seconds of user time of cargo, the compiler and the linker.
    fn rebuild(&self, content: Content) -> Result<f64> {
        let source = self.folder.join(content.name()).join("src/lib.rs");
        fs::File::options().append(true).open(&source)?.set_modified(std::time::SystemTime::now())?;
        let before = user_time_of_children()?;
        self.build(&["--package", content.name()])?;
        Ok(user_time_of_children()? - before)
    }

    /// Counts the instructions of an import of the module. Returns `None` without valgrind.
    fn import(&self, content: Content, python: &Interpreter) -> Result<Option<f64>> {
        let count = |code: &str| {
            // The order of sets, and so the number of instructions, depends on the hash seed.
            let prepare = |cmd| self.runtime.prepare(cmd).env("PYTHONHASHSEED", "0");
            let program = [python.path.as_os_str(), "-S".as_ref(), "-c".as_ref(), code.as_ref()].map(OsStr::to_owned);
            callgrind::whole(prepare, &program.into(), &self.folder.join("callgrind"))
        };
        let prepared = format!("import sys; sys.path.insert(0, {:?})", self.folder.join("modules"));
        let import = format!("{prepared}; import {}", content.name());
        Ok(count(&import)?.zip(count(&prepared)?).map(|(with, without)| with - without))
    }
}

/// Returns the seconds of user time of all processes that this one has started and that have ended.
#[cfg(unix)]
fn user_time_of_children() -> Result<f64> {
    use nix::sys::resource::{UsageWho, getrusage};

    let time = getrusage(UsageWho::RUSAGE_CHILDREN)?.user_time();
    Ok(time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
}

#[cfg(not(unix))]
fn user_time_of_children() -> Result<f64> {
    anyhow::bail!("only Unix tells the time of child processes")
}
