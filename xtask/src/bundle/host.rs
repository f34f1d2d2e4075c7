//! The package on top of the extension crates, and how cargo builds it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;
use toml::{Table, Value};

use super::manifest::Generated;
use super::project::Extension;
use super::site::write_if_new;
use crate::patch::{BUILD_CONFIG, FAMILY, Ours};
use crate::sh::{Cmd, root};
use crate::wasm::toolchain::{TARGET, Toolchain};

/// Where the bundle finds Python packages.
#[derive(Debug)]
pub enum Site {
    Folders(Vec<PathBuf>),
    /// At the end of the executable.
    Archive,
}

/// What the bundle runs.
#[derive(Debug)]
pub enum Start {
    Arguments,
    Script(PathBuf),
    Module(String),
}

/// The parts of an executable.
#[derive(Debug)]
pub struct Host<'a> {
    pub extensions: Vec<(&'a Extension, Generated)>,
    pub site: Site,
    pub start: Start,
    pub frozen: bool,
    pub ssl: bool,
    /// Our packages that replace upstream's.
    pub patches: Vec<Ours>,
    pub form: Form,
}

/// The target of the executable.
#[derive(Debug)]
pub enum Form {
    /// The machine that builds it.
    Native,
    /// A WASI host.
    Wasm {
        /// Whether it is a library whose functions are called, instead of a program.
        is_reactor: bool,
        /// Folders next to the source, whose Python modules become part of it. Each has a number that depends on its
        /// files.
        frozen: Vec<(&'static str, u64)>,
        /// `opt-level`.
        level: String,
    },
}

/// The stack size of a WebAssembly module, as on 64-bit machines. The default of one megabyte is too small.
const STACK: usize = 8 << 20;

/// The package on disk.
#[derive(Debug)]
pub struct Written {
    folder: PathBuf,
    name: String,
}

/// The name of the executable that compiles Python files for an archive.
const COMPILER: &str = "compiler";

impl Host<'_> {
    /// Writes the package into `folder`.
    ///
    /// # Errors
    ///
    /// If files cannot be written.
    pub fn write(&self, folder: &Path) -> Result<Written> {
        fs::create_dir_all(folder)?;
        // Cargo puts all executables into one folder, so their names must differ.
        let key = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("bundle-{key}");
        write_if_new(&folder.join("Cargo.toml"), self.manifest(&name)?.to_string().as_bytes())?;
        write_if_new(&folder.join("main.rs"), self.main().as_bytes())?;
        let script = match self.form {
            Form::Native => {
                write_if_new(&folder.join("compiler.rs"), COMPILER_SOURCE.as_bytes())?;
                "fn main() {}\n".to_owned()
            }
            Form::Wasm { .. } => {
                format!("fn main() {{\n    println!(\"cargo:rustc-link-arg=-zstack-size={STACK}\");\n}}\n")
            }
        };
        write_if_new(&folder.join("build.rs"), script.as_bytes())?;
        Ok(Written { folder: folder.to_owned(), name })
    }

    /// Returns the source of the executable.
    pub fn main(&self) -> String {
        let mut text = String::from("//! Written by `cargo xtask bundle`.\n\n");
        for index in 0..self.extensions.len() {
            writeln!(text, "extern crate extension_{index} as _;").expect("a string takes all");
        }
        text.push_str("\nfn bundle() -> pyo3_bundle::Bundle {\n    pyo3_bundle::Bundle::new()\n");
        for (extension, _) in &self.extensions {
            let (module, export) = (&extension.module, extension.export());
            writeln!(text, "        .extension(c{module:?}, pyo3_bundle::extension!(PyInit_{export}))")
                .expect("a string takes all");
        }
        match &self.site {
            Site::Archive => text.push_str("        .site_in_executable()\n"),
            Site::Folders(folders) => {
                for folder in folders {
                    writeln!(text, "        .site_folder({:?})", folder.display().to_string())
                        .expect("a string takes all");
                }
            }
        }
        match &self.start {
            Start::Arguments => {}
            Start::Script(file) => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let path = file.display().to_string();
                writeln!(text, "        .script({name:?}, include_str!({path:?}))").expect("a string takes all");
            }
            Start::Module(name) => writeln!(text, "        .module({name:?})").expect("a string takes all"),
        }
        if let Form::Wasm { frozen, .. } = &self.form {
            for (folder, number) in frozen {
                writeln!(text, "        // The files that are read now: {number:016x}.").expect("a string takes all");
                writeln!(
                    text,
                    "        .frozen(pyo3_bundle::rustpython_vm::py_freeze!(dir = {folder:?}, crate_name = \
                     \"pyo3_bundle::rustpython_vm\"))"
                )
                .expect("a string takes all");
            }
        }
        text.push_str("}\n\n");
        text.push_str(match self.form {
            Form::Wasm { is_reactor: true, .. } => "pyo3_bundle::reactor!(bundle);\n",
            _ => "fn main() -> std::process::ExitCode {\n    bundle().run()\n}\n",
        });
        text
    }

    fn manifest(&self, name: &str) -> Result<Table> {
        let text = |text: &str| Value::String(text.to_owned());
        let file = root().join("xtask/bundle.toml");
        let mut manifest: Table = fs::read_to_string(&file)
            .map_err(anyhow::Error::from)
            .and_then(|text| Ok(text.parse()?))
            .with_context(|| format!("cannot read {}", file.display()))?;
        if let Form::Wasm { level, .. } = &self.form {
            manifest.insert("profile".into(), wasm_profile(level).into());
        }

        let mut package = Table::new();
        package.insert("name".into(), text(name));
        package.insert("version".into(), text("0.0.0"));
        package.insert("edition".into(), text("2024"));
        package.insert("publish".into(), false.into());
        manifest.insert("package".into(), package.into());

        let mut executables = Vec::new();
        let mut targets = vec![(name.to_owned(), "main.rs"), (format!("{name}-{COMPILER}"), "compiler.rs")];
        match self.form {
            Form::Native => {}
            Form::Wasm { is_reactor: false, .. } => targets.truncate(1),
            Form::Wasm { is_reactor: true, .. } => {
                targets.clear();
                let mut library = Table::new();
                library.insert("path".into(), text("main.rs"));
                library.insert("crate-type".into(), Value::Array(vec![text("cdylib")]));
                manifest.insert("lib".into(), library.into());
            }
        }
        for (name, path) in targets {
            let mut executable = Table::new();
            executable.insert("name".into(), name.into());
            executable.insert("path".into(), text(path));
            executables.push(executable.into());
        }
        manifest.insert("bin".into(), Value::Array(executables));

        let dependencies = manifest.entry("dependencies").or_insert_with(|| Table::new().into());
        let dependencies = dependencies.as_table_mut().context("`dependencies` is a table")?;
        let mut own = Table::new();
        own.insert("path".into(), text(&root().join("bundle").to_string_lossy()));
        let mut features = Vec::new();
        if self.frozen {
            features.push(text("frozen"));
        }
        if self.ssl {
            features.push(text("ssl"));
        }
        own.insert("features".into(), features.into());
        dependencies.insert("pyo3-bundle".into(), own.into());
        for (index, (extension, generated)) in self.extensions.iter().enumerate() {
            let mut entry = Table::new();
            entry.insert("package".into(), text(&extension.package.name));
            entry.insert("path".into(), text(&generated.folder.to_string_lossy()));
            entry.insert("default-features".into(), extension.default_features.into());
            entry
                .insert("features".into(), generated.features.iter().map(|name| text(name)).collect::<Vec<_>>().into());
            dependencies.insert(format!("extension-{index}"), entry.into());
        }

        manifest.insert("patch".into(), patch_table(&self.patches).into());

        let mut workspace = Table::new();
        workspace.insert("resolver".into(), text("3"));
        manifest.insert("workspace".into(), workspace.into());
        Ok(manifest)
    }
}

/// The table `patch` of a manifest.
fn patch_table(ours: &[Ours]) -> Table {
    let mut patches = Table::new();
    for ours in ours {
        let mut entry = Table::new();
        entry.insert("package".into(), ours.name.clone().into());
        entry.insert("path".into(), ours.folder.to_string_lossy().into_owned().into());
        patches.insert(format!("{}-{}", ours.name, ours.version).replace(['.', '+'], "-"), entry.into());
    }
    Table::from_iter([("crates-io".to_owned(), patches.into())])
}

/// Returns the profile for a WebAssembly module. `panic` is `abort`, like in the target's standard library.
fn wasm_profile(level: &str) -> Table {
    let level = level.parse::<i64>().map_or_else(|_| Value::String(level.to_owned()), Value::Integer);
    let release = Table::from_iter([("opt-level".to_owned(), level), ("debug".to_owned(), false.into())]);
    Table::from_iter([("release".to_owned(), release.into())])
}

const COMPILER_SOURCE: &str = "//! Compiles the Python files of the archive.\n\nfn main() -> std::process::ExitCode {\n    \
                               pyo3_bundle::Bundle::new().run()\n}\n";

impl Written {
    /// A cargo command for the package, with the folder that all bundles share.
    pub fn cargo(&self, command: &str) -> Cmd {
        Cmd::cargo().dir(&self.folder).arg(command).arg("--manifest-path").arg(self.folder.join("Cargo.toml"))
    }

    /// Builds the executable, and with `with_compiler` also the one that compiles Python files.
    ///
    /// # Errors
    ///
    /// If it does not compile.
    pub fn build(&self, target: &Path, with_compiler: bool) -> Result<(PathBuf, PathBuf)> {
        let compiler = format!("{}-{COMPILER}", self.name);
        let mut cmd = self.cargo("build").args(["--release", "--locked", "--bin", &self.name]);
        if with_compiler {
            cmd = cmd.args(["--bin", &compiler]);
        }
        cmd.arg("--target-dir").arg(target).run()?;
        let file = |name: &str| target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        Ok((file(&self.name), file(&compiler)))
    }

    /// Builds a WebAssembly module.
    ///
    /// # Errors
    ///
    /// If it does not compile.
    pub fn build_wasm(&self, toolchain: &Toolchain, target: &Path, is_reactor: bool) -> Result<PathBuf> {
        let kind: &[&str] = if is_reactor { &["--lib"] } else { &["--bin", &self.name] };
        let cmd = toolchain.cargo().dir(&self.folder).args(["build", "--release", "--locked", "--target", TARGET]);
        cmd.args(kind).arg("--target-dir").arg(target).run()?;
        let name = if is_reactor { self.name.replace('-', "_") } else { self.name.clone() };
        Ok(target.join(TARGET).join("release").join(format!("{name}.wasm")))
    }

    /// Writes a lock file for the package: ours, with additional entries from those of the crates. So every bundle uses
    /// RustPython's dependencies as tested, and the crates' dependencies as locked by their authors.
    ///
    /// # Errors
    ///
    /// If a lock file cannot be read.
    pub fn lock(&self, others: &BTreeSet<PathBuf>) -> Result<()> {
        let mut texts = Vec::new();
        for file in others.iter().filter(|file| file.is_file()) {
            texts.push(fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?);
        }
        let seed = merged(&fs::read_to_string(root().join("Cargo.lock"))?, &texts)?;
        // If the beginning is unchanged, so is what cargo would make of it.
        let mark = self.folder.join("Cargo.lock.seed");
        let lock = self.folder.join("Cargo.lock");
        if !lock.is_file() || fs::read_to_string(&mark).ok().as_deref() != Some(&seed) {
            fs::write(&lock, &seed)?;
            fs::write(&mark, &seed)?;
        }
        Ok(())
    }
}

/// Returns a lock file with all entries of the first one, and those of the others that it lacks.
///
/// # Errors
///
/// If a text is not a lock file.
pub fn merged(first: &str, others: &[String]) -> Result<String> {
    let mut text = first.to_owned();
    let mut known = locked(first)?;
    for other in others {
        for package in locked(other).context("a Cargo.lock of the crates cannot be read")? {
            // If these were locked, cargo would keep them and drop the patch.
            let replaced = FAMILY.contains(&package.name.as_str()) || package.name == BUILD_CONFIG;
            if package.source.is_some() && !replaced && !known.iter().any(|known| known.replaces(&package)) {
                text.push_str(&package.text());
                known.push(package);
            }
        }
    }
    Ok(text)
}

/// An entry of a lock file, without dependencies. Cargo resolves them itself, and uses locked versions if it can.
#[derive(Debug, Deserialize)]
struct Locked {
    name: String,
    version: cargo_metadata::semver::Version,
    source: Option<String>,
    checksum: Option<String>,
}

fn locked(text: &str) -> Result<Vec<Locked>> {
    #[derive(Deserialize)]
    struct Lock {
        #[serde(default)]
        package: Vec<Locked>,
    }
    Ok(toml::from_str::<Lock>(text)?.package)
}

impl Locked {
    /// Whether a graph that contains this package does not need the other.
    fn replaces(&self, other: &Locked) -> bool {
        let series = |version: &cargo_metadata::semver::Version| match (version.major, version.minor) {
            (0, 0) => (0, 0, version.patch),
            (0, minor) => (0, minor, 0),
            (major, _) => (major, 0, 0),
        };
        self.name == other.name && series(&self.version) == series(&other.version)
    }

    fn text(&self) -> String {
        let mut text = format!("\n[[package]]\nname = {:?}\nversion = \"{}\"\n", self.name, self.version);
        for (key, value) in [("source", &self.source), ("checksum", &self.checksum)] {
            if let Some(value) = value {
                text.push_str(&format!("{key} = {value:?}\n"));
            }
        }
        text
    }
}
