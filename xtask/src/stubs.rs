//! `cargo xtask stubs`: prints the `.pyi` files of an extension crate, from what the macros wrote into its library.
//!
//! The published `pyo3-introspection` reads the library. This module builds it, and explains why a library cannot be
//! read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::{CrateType, Package};
use memchr::memmem;
use serde_json::Value;

use crate::python::Which;
use crate::runtime::{Choice, Pythonless, runtimes};
use crate::sh::{Cmd, root};
use crate::{artifacts, flags, metadata, patch};

/// The prefix of the symbols of type information.
const FRAGMENT: &[u8] = b"PYO3_INTROSPECTION_1_";
/// The prefixes of the symbols that Python calls to get a module.
const ENTRIES: [&[u8]; 2] = [b"PyInit_", b"PyModExport_"];
/// The feature of `pyo3` with which the macros write type information.
const FEATURE: &str = "pyo3/experimental-inspect";

/// Prints the stubs, or writes them into the requested folder.
///
/// # Errors
///
/// If there is no such crate or library, it does not compile, or it contains no type information.
pub fn run(options: &flags::Stubs) -> Result<bool> {
    let library = if options.source.is_file() {
        if options.runtime.is_some() || options.features.is_some() || !options.python.is_empty() {
            bail!(
                "--runtime, --features and --python only affect building, but {} is built\n  remedy: omit them, or \
                 name the crate",
                options.source.display()
            );
        }
        options.source.clone()
    } else {
        build(options)?
    };
    let name = match &options.module {
        Some(name) => name.clone(),
        None => module_name(&library)
            .with_context(|| format!("{} has no name\n  remedy: give --module NAME", library.display()))?,
    };
    eprintln!("read: {}", library.display());
    let files = read(&library, &name)?;
    match &options.output {
        Some(folder) => {
            for (path, text) in &files {
                let file = folder.join(path);
                if let Some(parent) = file.parent() {
                    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
                }
                fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
                eprintln!("written: {}", file.display());
            }
        }
        None => {
            let texts: Vec<String> =
                files.iter().map(|(path, text)| format!("# {}\n{}\n", path.display(), text.trim_end())).collect();
            print!("{}", texts.join("\n"));
        }
    }
    Ok(true)
}

/// Reads the stubs of the module `name` from a library. Returns their contents by their path below the folder of stubs.
fn read(library: &Path, name: &str) -> Result<BTreeMap<PathBuf, String>> {
    let bytes = fs::read(library).with_context(|| format!("cannot read {}", library.display()))?;
    let shown = library.display();
    if bytes.starts_with(b"!<arch>\n") {
        bail!(
            "{shown} is not a cdylib but a library for linking\n  remedy: name the shared library that Python loads, or \
             the crate"
        );
    }
    if !is_object(&bytes) {
        bail!("{shown} is not a library\n  remedy: name the shared library that Python loads, or the crate");
    }
    if memmem::find(&bytes, FRAGMENT).is_none() {
        bail!(
            "{shown} has no type information\n  remedy: build it with the feature `{FEATURE}`, and do not strip it; or \
             name the crate, which is then built so"
        );
    }
    let module = pyo3_introspection::introspect_cdylib(library, name).with_context(|| {
        format!(
            "the type information in {shown} cannot be used{}\n  remedy: give the name of the outermost `#[pymodule]` \
             as --module NAME; if that is `{name}`, build the library without `strip`",
            match entries(&bytes) {
                names if names.is_empty() => String::new(),
                names => format!(" (its modules: {})", names.join(", ")),
            }
        )
    })?;
    let files = pyo3_introspection::module_stub_files(&module);
    Ok(files.into_iter().map(|(path, text)| (Path::new(name).join(path), text)).collect())
}

/// Whether the first bytes are those of a library or executable.
fn is_object(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 7] = [
        b"\x7fELF",
        b"MZ",
        &[0xcf, 0xfa, 0xed, 0xfe],
        &[0xce, 0xfa, 0xed, 0xfe],
        &[0xfe, 0xed, 0xfa, 0xcf],
        &[0xfe, 0xed, 0xfa, 0xce],
        &[0xca, 0xfe, 0xba, 0xbe],
    ];
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
}

/// Lists the modules that Python finds in a library.
fn entries(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for entry in ENTRIES {
        for at in memmem::find_iter(bytes, entry) {
            let rest = &bytes[at + entry.len()..];
            let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            // A symbol ends with a zero byte. The texts of the compiler contain these words too.
            if rest.get(length) == Some(&0)
                && let Ok(name) = String::from_utf8(rest[..length].to_vec())
                && !name.is_empty()
            {
                names.push(name);
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

/// Returns the module that a library is named after: `garden` for `libgarden.so` and `garden.abi3.so`.
fn module_name(library: &Path) -> Option<String> {
    let file = library.file_name()?.to_str()?;
    let stem = file.split('.').next()?;
    let is_python_name = file.ends_with(".pyd") || file.matches('.').count() > 1;
    let name = if is_python_name { stem } else { stem.strip_prefix("lib").unwrap_or(stem) };
    (!name.is_empty()).then(|| name.to_owned())
}

/// Builds the crate with type information. Returns its library.
fn build(options: &flags::Stubs) -> Result<PathBuf> {
    let rustpython = match options.runtime {
        None | Some(Choice::CPython) => false,
        Some(Choice::RustPython) => true,
        Some(Choice::All) => bail!("`--runtime all` is not possible: one build has one runtime"),
    };
    let found = find(&options.source)?;
    let mut features = vec![FEATURE.to_owned()];
    features.extend(options.features.clone());
    let mut cmd = Cmd::cargo().dir(&found.folder).args(["rustc", "--lib", "--message-format=json-render-diagnostics"]);
    cmd = cmd.args(["-p", &found.name]);
    let patch = patch::unwritten(&found.folder, rustpython)?;
    match &patch {
        Some(patch) => cmd = cmd.args(&patch.args),
        None if rustpython => features.push("pyo3/runtime-rustpython".to_owned()),
        None => {}
    }
    cmd = cmd.args(["--features", &features.join(",")]);
    // Keep the symbols, which hold the information. Set for this library only: in the profile it would rebuild
    // everything.
    cmd = cmd.args(["--", "-Cstrip=none"]);
    if cfg!(target_os = "macos") {
        // Python provides the missing symbols. `pyo3-introspection` cannot read the newer format of the linker.
        cmd = cmd.args(["-Clink-args=-undefined dynamic_lookup", "-Clink-arg=-no_fixup_chains"]);
    }
    let cmd = if rustpython {
        Pythonless::new()?.prepare(cmd)
    } else {
        // An extension module needs no libpython to link with.
        cpython(&options.python, cmd.env("PYO3_BUILD_EXTENSION_MODULE", "1"))?
    };
    eprintln!("$ {}", cmd.brief());
    let mut library = None;
    let success = artifacts::messages(&cmd, |message| {
        if message["reason"] == "compiler-artifact" && message["target"]["name"] == found.target.as_str() {
            library = shared_library(message).or(library.take());
        }
    })?;
    match library {
        Some(library) if success => Ok(library),
        _ => bail!("`{}` does not compile with the feature `{FEATURE}`; cargo says why above", found.name),
    }
}

/// Prepares `cmd` to build for CPython: as the configuration file of the environment says, else for an installed one.
fn cpython(named: &[PathBuf], cmd: Cmd) -> Result<Cmd> {
    if named.is_empty() && std::env::var_os("PYO3_CONFIG_FILE").is_some() {
        return Ok(cmd);
    }
    let found = runtimes(Choice::CPython, Which::Chosen(named))?;
    Ok(found.first().map_or(cmd.clone(), |runtime| runtime.prepare(cmd)))
}

/// Returns the shared library among the files that cargo made.
fn shared_library(message: &Value) -> Option<PathBuf> {
    let files = message["filenames"].as_array()?.iter().filter_map(Value::as_str).map(PathBuf::from);
    files
        .into_iter()
        .find(|file| file.extension().is_some_and(|extension| extension == std::env::consts::DLL_EXTENSION))
}

/// A crate that Python can load as a library.
#[derive(Debug)]
struct Found {
    folder: PathBuf,
    name: String,
    /// The name of its library.
    target: String,
}

/// Finds the crate `source`: a folder, or the name of a package of this repository.
fn find(source: &Path) -> Result<Found> {
    if source.is_dir() {
        if !source.join("Cargo.toml").is_file() {
            bail!("{} has no Cargo.toml\n  remedy: name the folder of a crate", source.display());
        }
        let folder = source.canonicalize()?;
        let packages = metadata::packages(&folder)?;
        let manifest = folder.join("Cargo.toml");
        let own = packages.iter().find(|package| package.manifest_path.as_std_path() == manifest);
        let package = own.with_context(|| {
            format!(
                "{} has no package: it is a workspace\n  remedy: name the folder of one of its crates",
                source.display()
            )
        })?;
        return loaded(package, &folder);
    }
    let folder = root();
    let packages = metadata::packages(&folder)?;
    match packages.iter().find(|package| Some(package.name.as_str()) == source.to_str()) {
        Some(package) => loaded(package, &folder),
        None => {
            let known = packages.iter().filter(|package| library(package).is_some());
            let known: Vec<&str> = known.map(|package| package.name.as_str()).collect();
            bail!(
                "{} is neither a file, nor a folder, nor a package of this repository\n  remedy: name a built library, the folder \
                 of a crate, or one of {}",
                source.display(),
                known.join(", ")
            )
        }
    }
}

fn loaded(package: &Package, folder: &Path) -> Result<Found> {
    let Some(target) = library(package) else {
        bail!(
            "`{}` is not an extension module: it makes no cdylib\n  remedy: set `crate-type = [\"cdylib\"]` in the table \
             `[lib]` of {}",
            package.name,
            package.manifest_path
        );
    };
    if !package.dependencies.iter().any(|dependency| dependency.rename.as_deref().unwrap_or(&dependency.name) == "pyo3")
    {
        bail!("`{}` does not depend on pyo3\n  remedy: name a crate that depends on it under this name", package.name);
    }
    Ok(Found { folder: folder.to_owned(), name: package.name.to_string(), target })
}

/// Returns the name of the shared library that a package makes.
fn library(package: &Package) -> Option<String> {
    let target = package.targets.iter().find(|target| target.is_lib() || target.is_cdylib())?;
    target.crate_types.contains(&CrateType::CDyLib).then(|| target.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
        format!("{:#}", result.expect_err("it is refused"))
    }

    #[test]
    fn a_module_is_called_as_its_library() {
        for (file, name) in [
            ("/there/libgarden.so", "garden"),
            ("libgarden.dylib", "garden"),
            ("garden.dll", "garden"),
            ("garden.pyd", "garden"),
            ("garden.abi3.so", "garden"),
            ("library.cpython-312-x86_64-linux-gnu.so", "library"),
        ] {
            assert_eq!(module_name(Path::new(file)).as_deref(), Some(name), "{file}");
        }
        assert_eq!(module_name(Path::new("lib.so")), None);
    }

    #[test]
    fn modules_are_found_by_their_symbols() {
        let bytes = b"..\0PyInit_b\0PyInit_a\0say PyInit_ or PyInit_x here\0PyModExport_a\0";
        assert_eq!(entries(bytes), ["a", "b"]);
    }

    #[test]
    fn what_cannot_be_a_library_is_told_from_one_without_information() {
        let folder = root().join("target/stubs-test");
        fs::create_dir_all(&folder).expect("it can be made");
        let library = folder.join("libgarden.so");
        for (bytes, part) in [
            (&b"!<arch>\nrest"[..], "is not a cdylib"),
            (b"a text", "is not a library"),
            (b"\x7fELF and nothing", "has no type information\n  remedy: build it with the feature"),
        ] {
            fs::write(&library, bytes).expect("it can be written");
            let text = refusal(read(&library, "garden"));
            assert!(text.contains(part) && text.contains("remedy: "), "{text}");
        }
        assert!(refusal(read(&folder.join("none.so"), "none")).contains("cannot read"));
    }

    #[test]
    fn a_crate_that_is_none_is_refused_with_a_remedy() {
        let missing = refusal(find(Path::new("no-such-crate")));
        assert!(missing.contains("nor a package of this repository") && missing.contains("wordcount"), "{missing}");
        let plain = refusal(find(Path::new("pyo3-backend")));
        assert!(plain.contains("makes no cdylib") && plain.contains("crate-type"), "{plain}");
        assert!(refusal(find(&root().join("guide/src"))).contains("has no Cargo.toml"));
        assert!(refusal(find(&root())).contains("it is a workspace"));
    }
}
