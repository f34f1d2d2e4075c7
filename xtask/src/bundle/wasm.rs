//! `cargo xtask bundle --target wasm32-wasip1`: builds a WebAssembly module for browsers and any WASI host.
//!
//! The module is a single file, so all Python modules are frozen into it: compiled, and found by name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};

use super::host::{Form, Host, Site, Start};
use super::manifest::{self, hash};
use super::project::Project;
use super::site::Files;
use super::stdlib::Stdlib;
use super::{check, output, put};
use crate::flags;
use crate::metadata;
use crate::patch::Ours;
use crate::sh::{Cmd, on_path, root};
use crate::wasm::toolchain::{self, TARGET, Toolchain};

/// What kind of module the host gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// A program that runs once.
    #[default]
    Command,
    /// Functions that the host calls repeatedly.
    Reactor,
}

impl FromStr for Style {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "command" => Ok(Style::Command),
            "reactor" => Ok(Style::Reactor),
            other => Err(format!("`{other}`: a module is a `command` or a `reactor`")),
        }
    }
}

/// Rejects options that contradict each other or do not fit the target.
///
/// # Errors
///
/// If there are such options.
pub fn check(options: &flags::Bundle) -> Result<()> {
    let Some(target) = &options.target else {
        let alone = [
            (options.style.is_some(), "--style"),
            (options.stdlib.is_some(), "--stdlib"),
            (options.opt_level.is_some(), "--opt-level"),
        ];
        if let Some((_, name)) = alone.iter().find(|(given, _)| *given) {
            bail!("{name} applies only to bundles for WebAssembly\n  remedy: give --target {TARGET} too, or omit it");
        }
        return Ok(());
    };
    if target != TARGET {
        bail!(
            "bundles are made for this machine (no --target) and for {TARGET}, not for `{target}`\n  remedy: for other systems, \
             make the bundle there; `wasm32-unknown-unknown` has no clock, which RustPython needs"
        );
    }
    if options.ssl {
        bail!("{TARGET} has no sockets, and so no module `ssl`\n  remedy: omit --ssl");
    }
    if options.style == Some(Style::Reactor) && (options.script.is_some() || options.module.is_some()) {
        bail!("a reactor runs the code that its host passes\n  remedy: omit --script and --module, or --style reactor");
    }
    match options.opt_level.as_deref() {
        None | Some("s" | "z" | "0" | "1" | "2" | "3") => Ok(()),
        Some(other) => bail!("`--opt-level {other}`: give s or z, for size, or 0 to 3"),
    }
}

/// The parts of a bundle that do not depend on the target.
pub struct Parts<'a> {
    pub sources: &'a [PathBuf],
    pub projects: Vec<Project>,
    pub patches: Vec<Ours>,
    /// Folders with Python packages.
    pub folders: Vec<PathBuf>,
}

/// A finished module.
#[derive(Debug)]
pub struct Made {
    pub file: PathBuf,
    /// The size of the compiler's output.
    pub stripped: u64,
    /// Whether `wasm-opt` reduced the size.
    pub is_optimised: bool,
}

impl Made {
    /// Prints the file and its size.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn announce(&self) -> Result<()> {
        let size = fs::metadata(&self.file)?.len() as f64 / 1e6;
        let before = self.stripped as f64 / 1e6;
        match self.is_optimised {
            true => eprintln!("{} ({size:.1} MB; {before:.1} MB before wasm-opt)", self.file.display()),
            false => eprintln!(
                "{} ({size:.1} MB; wasm-opt of binaryen would make it smaller, but is not on PATH)",
                self.file.display()
            ),
        }
        Ok(())
    }
}

/// Builds the module.
///
/// # Errors
///
/// If there is no toolchain, or something does not compile.
pub fn make(options: &flags::Bundle, parts: &Parts<'_>) -> Result<Made> {
    let toolchain = toolchain::require()?;
    let is_reactor = options.style.unwrap_or_default() == Style::Reactor;
    let stdlib = options.stdlib.clone().unwrap_or_default();
    let level = options.opt_level.clone().unwrap_or_else(|| "s".to_owned());
    let folder = root().join("target/bundle");

    let text = format!("{TARGET} {is_reactor} {level} {stdlib:?} {:?} {:?}\n", options.script, options.module);
    let text =
        parts.sources.iter().chain(&parts.folders).fold(text, |text, source| text + &format!("{}\n", source.display()));
    let work = folder.join("hosts").join(format!("{:016x}", hash(Path::new(&text))));

    let lib = metadata::package_folder(&root(), "rustpython-pylib", "0.6.0")?.join("Lib");
    let mut frozen = Vec::new();
    if let Some(files) = stdlib.files(&lib)? {
        files.put(&work.join("stdlib"))?;
        frozen.push(("stdlib", number(&work.join("stdlib"))?));
    }
    let packages = packages(parts)?;
    if !packages.is_empty() {
        packages.put(&work.join("packages"))?;
        frozen.push(("packages", number(&work.join("packages"))?));
    }

    let mut locks: BTreeSet<PathBuf> = parts.sources.iter().map(|source| source.join("Cargo.lock")).collect();
    let mut extensions = Vec::new();
    for extension in parts.projects.iter().flat_map(|project| &project.extensions) {
        locks.insert(extension.package.manifest_path.with_file_name("Cargo.lock").into_std_path_buf());
        extensions.push((extension, manifest::generate(extension, &folder.join("crates"))?));
    }
    let start = match (&options.script, &options.module) {
        (Some(script), _) => Start::Script(script.canonicalize()?),
        (None, Some(module)) => Start::Module(module.clone()),
        (None, None) => Start::Arguments,
    };
    let host = Host {
        extensions,
        site: Site::Folders(Vec::new()),
        start,
        frozen: stdlib == Stdlib::Full,
        ssl: false,
        patches: parts.patches.clone(),
        form: Form::Wasm { is_reactor, frozen, level },
    };
    let written = host.write(&work)?;
    written.lock(&locks)?;
    let target = Toolchain::target_folder()?;
    let graph = check::resolve(&written, Some(TARGET))?;
    check::graph(&graph)?;
    check::announce_compilation(&graph, &target)?;
    let built = written.build_wasm(&toolchain, &target, is_reactor).context(
        "the bundle does not compile; see the compiler's errors above\n  If a crate calls functions of `pyo3::ffi`: there are \
         none on WebAssembly. If it starts threads, opens sockets or is partly in C, it may not compile there either.",
    )?;
    check::remember(&graph, &target)?;

    let output = match options.output {
        Some(_) => output(options),
        None => output(options).with_extension("wasm"),
    };
    let (bytes, is_optimised) = optimised(&built, &work)?;
    put(&built, &output, &bytes)?;
    Ok(Made { file: output, stripped: fs::metadata(&built)?.len(), is_optimised })
}

/// Returns the Python modules of the extensions' projects and of folders. Other files cannot be frozen.
fn packages(parts: &Parts<'_>) -> Result<Files> {
    let mut all = Files::default();
    for project in &parts.projects {
        all.merge(project.files.only_modules())?;
    }
    for folder in &parts.folders {
        let mut files = Files::default();
        files.folder(folder, Path::new(""))?;
        all.merge(files.only_modules())?;
    }
    Ok(all)
}

/// Returns a number that depends on the files of a folder.
fn number(folder: &Path) -> Result<u64> {
    let mut text = Vec::new();
    for file in super::site::files_in(folder)? {
        text.extend_from_slice(file.as_os_str().as_encoded_bytes());
        text.extend(fs::read(folder.join(&file))?);
    }
    // The function takes a path, and any text makes one.
    Ok(hash(Path::new(&*String::from_utf8_lossy(&text))))
}

/// Returns the module, optimised by `wasm-opt` if it is installed. Reuses the result as long as the module is the same.
fn optimised(built: &Path, work: &Path) -> Result<(Vec<u8>, bool)> {
    let read = |file: &Path| fs::read(file).with_context(|| format!("cannot read {}", file.display()));
    let Some(program) = on_path("wasm-opt") else { return Ok((read(built)?, false)) };
    let smaller = work.join("optimised.wasm");
    let time = |file: &Path| fs::metadata(file).and_then(|data| data.modified()).ok();
    if time(&smaller).is_none() || time(&smaller) < time(built) {
        Cmd::new(program)
            .args(["-Os", "--strip-debug", "--strip-producers", "--strip-target-features"])
            // Features of rustc's target. Older versions of the tool do not read them from the module.
            .args(["--enable-bulk-memory", "--enable-sign-ext", "--enable-mutable-globals"])
            .args(["--enable-nontrapping-float-to-int", "--enable-multivalue", "--enable-reference-types"])
            .arg("-o")
            .arg(&smaller)
            .arg(built)
            .run()?;
    }
    Ok((read(&smaller)?, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(change: impl FnOnce(&mut flags::Bundle)) -> Result<()> {
        let mut options =
            flags::Bundle { target: Some(TARGET.to_owned()), ..super::super::options(vec!["x".to_owned()]) };
        change(&mut options);
        check(&options)
    }

    #[test]
    fn options_that_contradict_each_other_are_refused() {
        options(|_| {}).expect("these do not");
        let refused = |change: fn(&mut flags::Bundle), text: &str| {
            let error = options(change).expect_err(text).to_string();
            assert!(error.contains(text), "{error}");
        };
        refused(|options| options.target = Some("wasm32-unknown-unknown".to_owned()), "has no clock");
        refused(|options| options.ssl = true, "no module `ssl`");
        refused(|options| options.opt_level = Some("9".to_owned()), "--opt-level 9");
        refused(
            |options| {
                options.style = Some(Style::Reactor);
                options.module = Some("json".to_owned());
            },
            "a reactor runs the code that its host passes",
        );
        refused(
            |options| {
                options.target = None;
                options.stdlib = Some(Stdlib::Full);
            },
            "--stdlib applies only to bundles for WebAssembly",
        );
    }

    #[test]
    fn a_style_is_one_of_two() {
        assert_eq!("command".parse(), Ok(Style::Command));
        assert_eq!("reactor".parse(), Ok(Style::Reactor));
        assert!("library".parse::<Style>().is_err());
    }
}
