//! Reads a folder with an extension crate as a Python project: the location of its module, and its Python files.
//! Follows the rules of the tool that makes its wheel, maturin or setuptools-rust.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::{Metadata, MetadataCommand, Package, TargetKind};
use toml::Table;

use super::site::Files;
use crate::sh::Cmd;

/// A folder that a wheel is made from.
#[derive(Debug)]
pub struct Project {
    pub extensions: Vec<Extension>,
    /// The contents of the wheel except for the extension modules.
    pub files: Files,
    pub distribution: Distribution,
}

/// One crate with one module.
#[derive(Debug)]
pub struct Extension {
    pub package: Package,
    /// The full name of the module, such as `jiter.jiter`.
    pub module: String,
    /// Requested features: of the crate, or as `dependency/feature`.
    pub features: Vec<String>,
    pub default_features: bool,
}

impl Extension {
    /// Returns the last part of the module's name, which is part of the exported function's name.
    pub fn export(&self) -> &str {
        self.module.rsplit('.').next().unwrap_or(&self.module)
    }
}

/// Reads a folder.
///
/// # Errors
///
/// If there is no crate, or none that makes a Python module.
pub fn read(folder: &Path) -> Result<Project> {
    let pyproject = table(&folder.join("pyproject.toml"))?.unwrap_or_default();
    if let Some(modules) = at(&pyproject, "tool.setuptools-rust.ext-modules").and_then(|list| list.as_array()) {
        return setuptools(folder, &pyproject, modules);
    }
    // With setuptools, the script may declare the extensions instead.
    let script = fs::read_to_string(folder.join("setup.py")).unwrap_or_default();
    if at(&pyproject, "tool.maturin").is_none() && script.contains("RustExtension") {
        return setuptools(folder, &pyproject, &extensions_of(&script, folder)?);
    }
    maturin(folder, &pyproject)
}

/// Returns the extensions in a `setup.py`, in the form of a pyproject.toml. Reads the script without running it.
fn extensions_of(script: &str, folder: &Path) -> Result<Vec<toml::Value>> {
    let mut found = Vec::new();
    for call in script.split("RustExtension(").skip(1) {
        let call = call.split(')').next().unwrap_or_default();
        let Some(target) = literals(call).into_iter().next() else { continue };
        let mut entry = Table::new();
        entry.insert("target".to_owned(), target.into());
        if let Some((_, rest)) = call.split_once("path=")
            && let Some(path) = literals(rest).into_iter().next()
        {
            entry.insert("path".to_owned(), path.into());
        }
        if let Some((_, rest)) = call.split_once("features=[") {
            let list = literals(rest.split(']').next().unwrap_or_default());
            entry.insert("features".to_owned(), toml::Value::Array(list.into_iter().map(Into::into).collect()));
        }
        found.push(entry.into());
    }
    if found.is_empty() {
        bail!(
            "the RustExtension in setup.py of {} cannot be read without running it\n  remedy: in a copy, declare it in \
             pyproject.toml: [[tool.setuptools-rust.ext-modules]] with `target` and `path`",
            folder.display()
        );
    }
    Ok(found)
}

/// Returns the string literals in a piece of Python.
fn literals(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(begin) = rest.find(['"', '\'']) {
        let quote = &rest[begin..=begin];
        let Some(end) = rest[begin + 1..].find(quote) else { break };
        found.push(rest[begin + 1..begin + 1 + end].to_owned());
        rest = &rest[begin + end + 2..];
    }
    found
}

fn maturin(folder: &Path, pyproject: &Table) -> Result<Project> {
    let option = |name: &str| at(pyproject, &format!("tool.maturin.{name}"));
    let text = |name: &str| option(name).and_then(|value| value.as_str());
    let list = |name: &str| -> Vec<String> {
        let values = option(name).and_then(|value| value.as_array()).into_iter().flatten();
        values.filter_map(|value| Some(value.as_str()?.to_owned())).collect()
    };
    let manifest = match text("manifest-path") {
        Some(path) => folder.join(path),
        None => {
            let usual = ["Cargo.toml", "rust/Cargo.toml"].map(|path| folder.join(path));
            usual.into_iter().find(|file| file.is_file()).with_context(|| without_crate(folder))?
        }
    };
    let package = package(&manifest)?;
    let module = match text("module-name") {
        Some(name) => name.to_owned(),
        None => library_name(&package)?,
    };
    let (parents, name) = module.rsplit_once('.').unwrap_or((&module, &module));
    let top = module.split('.').next().unwrap_or(&module);
    let extra = list("python-packages");
    let distribution = Distribution::of(folder, pyproject, &package);
    let source = match text("python-source") {
        Some(path) => folder.join(path),
        None => {
            // The folder `src` is the source only if it contains the package.
            let source = folder.join("src");
            let import_name = distribution.name.replace('-', "_");
            let in_source = |package: &str| source.join(package.replace('.', "/")).join("__init__.py").is_file();
            if in_source(&import_name) || extra.iter().any(|name| in_source(name)) { source } else { folder.to_owned() }
        }
    };
    let mut files = Files::default();
    let full_name;
    if source.join(top).is_dir() && !top.is_empty() {
        // A wheel with Rust and Python: the module belongs into the folder of its package.
        files.folder(&source.join(top), Path::new(top))?;
        full_name = format!("{parents}.{name}");
    } else if module.contains('.') {
        full_name = module.clone();
    } else {
        // A wheel without Python files: a package is generated around the module.
        let package = Path::new(&module);
        files.write(
            package.join("__init__.py"),
            format!(
                "from .{module} import *\n\n__doc__ = {module}.__doc__\nif hasattr({module}, \"__all__\"):\n    \
                 __all__ = {module}.__all__\n"
            ),
        );
        let crate_folder = manifest.parent().expect("a file is in a folder");
        let stub = [folder, crate_folder].map(|place| place.join(format!("{module}.pyi")));
        if let Some(stub) = stub.into_iter().find(|file| file.is_file()) {
            files.copy(package.join("__init__.pyi"), stub);
            files.write(package.join("py.typed"), String::new());
        }
        full_name = format!("{module}.{module}");
    }
    for name in extra {
        let path = name.replace('.', "/");
        files.folder(&source.join(&path), Path::new(&path))?;
    }
    distribution.write(&mut files);
    let default_features = option("no-default-features").and_then(|value| value.as_bool()) != Some(true);
    let mut features = list("features");
    if option("all-features").and_then(|value| value.as_bool()) == Some(true) {
        features.extend(package.features.keys().cloned());
    }
    let extension = Extension { package, module: full_name, features, default_features };
    Ok(Project { extensions: vec![extension], files, distribution })
}

fn setuptools(folder: &Path, pyproject: &Table, modules: &[toml::Value]) -> Result<Project> {
    let mut extensions = Vec::new();
    for module in modules {
        if module.get("binding").and_then(|value| value.as_str()).is_some_and(|binding| binding != "PyO3") {
            continue;
        }
        let target = module.get("target").and_then(|value| value.as_str());
        let module_name = target.context("an entry of tool.setuptools-rust.ext-modules without `target`")?;
        let path = module.get("path").and_then(|value| value.as_str()).unwrap_or("Cargo.toml");
        let list = module.get("features").and_then(|value| value.as_array()).into_iter().flatten();
        let features = list.filter_map(|value| Some(value.as_str()?.to_owned())).collect();
        extensions.push(Extension {
            package: package(&folder.join(path))?,
            module: module_name.to_owned(),
            features,
            default_features: true,
        });
    }
    let Some(first) = extensions.first() else {
        bail!("{} has no module for Python in tool.setuptools-rust.ext-modules", folder.display());
    };
    let root = at(pyproject, "tool.setuptools.package-dir").and_then(|dirs| dirs.get("")?.as_str());
    let find = at(pyproject, "tool.setuptools.packages.find.where").and_then(|list| list.get(0)?.as_str());
    let top = first.module.split('.').next().unwrap_or_default();
    let source = match root.or(find) {
        Some(path) => folder.join(path),
        None => ["src", "python", "."]
            .map(|path| folder.join(path))
            .into_iter()
            .find(|place| place.join(top).join("__init__.py").is_file())
            .unwrap_or_else(|| folder.to_owned()),
    };
    let mut files = Files::default();
    if source.join(top).is_dir() {
        files.folder(&source.join(top), Path::new(top))?;
    }
    let distribution = Distribution::of(folder, pyproject, &first.package);
    distribution.write(&mut files);
    Ok(Project { extensions, files, distribution })
}

/// The metadata that `importlib.metadata` reads from a wheel.
#[derive(Debug)]
pub struct Distribution {
    pub name: String,
    pub version: String,
    /// The contents of the file METADATA.
    pub metadata: String,
    entry_points: String,
}

impl Distribution {
    fn of(folder: &Path, pyproject: &Table, package: &Package) -> Distribution {
        let project = |name: &str| at(pyproject, &format!("project.{name}")).and_then(|value| value.as_str());
        // A source distribution contains its metadata.
        let info = fs::read_to_string(folder.join("PKG-INFO")).unwrap_or_default();
        let field = |name: &str| {
            let header = info.split("\n\n").next().unwrap_or_default();
            header.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim().to_owned()))
        };
        let name = project("name").map(str::to_owned).or_else(|| field("Name"));
        let name = name.unwrap_or_else(|| package.name.to_string());
        let version = project("version").map(str::to_owned).or_else(|| field("Version"));
        let version = version.unwrap_or_else(|| package.version.to_string());
        let metadata = match info.is_empty() {
            true => format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            false => info,
        };
        let mut entry_points = String::new();
        let mut group = |title: &str, entries: Option<&toml::Value>| {
            let Some(entries) = entries.and_then(|value| value.as_table()) else { return };
            entry_points.push_str(&format!("[{title}]\n"));
            for (name, value) in entries {
                entry_points.push_str(&format!("{name} = {}\n", value.as_str().unwrap_or_default()));
            }
        };
        group("console_scripts", at(pyproject, "project.scripts"));
        group("gui_scripts", at(pyproject, "project.gui-scripts"));
        for (title, entries) in at(pyproject, "project.entry-points").and_then(|v| v.as_table()).into_iter().flatten() {
            group(title, Some(entries));
        }
        Distribution { name, version, metadata, entry_points }
    }

    /// Returns the prefix of file and folder names.
    pub fn stem(&self) -> String {
        format!("{}-{}", self.name.replace(['-', '.'], "_"), self.version)
    }

    fn write(&self, files: &mut Files) {
        let folder = PathBuf::from(format!("{}.dist-info", self.stem()));
        files.write(folder.join("METADATA"), self.metadata.clone());
        if !self.entry_points.is_empty() {
            files.write(folder.join("entry_points.txt"), self.entry_points.clone());
        }
    }
}

/// Returns the crate of a manifest as cargo sees it, with everything that it inherits from its workspace.
fn package(manifest: &Path) -> Result<Package> {
    if !manifest.is_file() {
        bail!(without_crate(manifest.parent().unwrap_or(manifest)));
    }
    let folder = manifest.parent().expect("a file is in a folder");
    let cmd = Cmd::cargo().dir(folder).args(["metadata", "--format-version", "1", "--no-deps", "--manifest-path"]);
    let text = cmd.arg(manifest.canonicalize()?).read()?;
    let metadata: Metadata = MetadataCommand::parse(text)?;
    let file = manifest.canonicalize()?;
    let found = metadata
        .packages
        .into_iter()
        .find(|package| package.manifest_path.as_std_path().canonicalize().is_ok_and(|path| path == file));
    found.with_context(|| {
        format!(
            "{} is a workspace, not a crate\n  remedy: name the folder of the member that makes the Python module",
            folder.display()
        )
    })
}

fn without_crate(folder: &Path) -> String {
    let what = if folder.is_dir() { "has no Cargo.toml" } else { "is not a folder" };
    format!(
        "{} {what}\n  remedy: name the folder of an extension crate, or an unpacked source distribution; for Python files \
         only, use --site",
        folder.display()
    )
}

/// Returns the name of a crate's library, which is the default name of its module.
fn library_name(package: &Package) -> Result<String> {
    let kinds = [TargetKind::CDyLib, TargetKind::Lib, TargetKind::RLib, TargetKind::DyLib, TargetKind::StaticLib];
    let library = package.targets.iter().find(|target| target.kind.iter().any(|kind| kinds.contains(kind)));
    let library = library.with_context(|| {
        format!(
            "{} {} has no library, so it makes no Python module\n  remedy: name the crate that does",
            package.name, package.version
        )
    })?;
    Ok(library.name.replace('-', "_"))
}

/// Reads a TOML file. Returns `None` if there is no file.
fn table(file: &Path) -> Result<Option<Table>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text.parse().with_context(|| format!("{} is not TOML", file.display()))?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Returns the value at a dotted path.
fn at<'a>(table: &'a Table, path: &str) -> Option<&'a toml::Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let value = table.get(first)?;
    match rest {
        Some(rest) => at(value.as_table()?, rest),
        None => Some(value),
    }
}
