//! Turns an extension crate into a Rust library by means of a manifest.
//!
//! Other crates cannot depend on a shared library (`cdylib`). So this generates a package with the unchanged source of
//! the crate, and a manifest with everything that cargo knows about the crate except the kind of library. The package's
//! folder links to the files of the crate, since build scripts and macros look for them next to the manifest.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Dependency, DependencyKind, Package, TargetKind};
use toml::{Table, Value};

use super::project::Extension;
use super::site::write_if_new;

/// A generated package.
#[derive(Debug)]
pub struct Generated {
    pub folder: PathBuf,
    /// Its features that the bundle turns on.
    pub features: Vec<String>,
}

/// Whether a feature of PyO3 concerns shared libraries, which a bundle does not contain.
fn is_about_libraries(feature: &str) -> bool {
    feature.starts_with("abi3") || matches!(feature, "extension-module" | "generate-import-lib")
}

/// Creates the package of an extension below `folder`, unless it exists.
///
/// # Errors
///
/// If files cannot be written.
pub fn generate(extension: &Extension, folder: &Path) -> Result<Generated> {
    let package = &extension.package;
    let own = package.manifest_path.parent().context("a manifest is in a folder")?.as_std_path();
    // One folder for each source, since cargo distinguishes packages by their folder.
    let target = folder.join(format!("{}-{}-{:016x}", package.name, package.version, hash(own)));
    fs::create_dir_all(&target)?;
    show(own, &target)?;
    let text = manifest(extension)?.to_string();
    write_if_new(&target.join("Cargo.toml"), text.as_bytes())?;
    let known = |feature: &&String| package.features.contains_key(*feature) && !is_about_libraries(feature);
    let features = extension.features.iter().filter(known).cloned().collect();
    Ok(Generated { folder: target, features })
}

/// Returns an FNV-1a hash, which is the same in every version of Rust.
pub fn hash(path: &Path) -> u64 {
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Makes the files in the crate's folder appear in `target`.
fn show(own: &Path, target: &Path) -> Result<()> {
    for entry in fs::read_dir(target)? {
        let link = entry?.path();
        // Its target is gone.
        if link.is_symlink() && !link.exists() {
            fs::remove_file(link)?;
        }
    }
    for entry in fs::read_dir(own)? {
        let name = entry?.file_name();
        let hidden = ["Cargo.toml", "Cargo.lock", "target", ".git", ".cargo"].iter().any(|other| name == *other);
        let link = target.join(&name);
        if !hidden && link.symlink_metadata().is_err() {
            #[cfg(unix)]
            std::os::unix::fs::symlink(own.join(&name), &link)?;
            // On other systems, links need a privilege. Files that the manifest names by their path are found anyway.
            #[cfg(not(unix))]
            if own.join(&name).is_file() {
                fs::copy(own.join(&name), &link)?;
            }
        }
    }
    Ok(())
}

/// Returns the manifest.
///
/// # Errors
///
/// If the crate has no library.
pub fn manifest(extension: &Extension) -> Result<Table> {
    let crate_ = &extension.package;
    let mut package = Table::new();
    // The compiler makes these available to the crate's code (`env!("CARGO_PKG_VERSION")`).
    put(&mut package, "name", crate_.name.as_str());
    put(&mut package, "version", crate_.version.to_string());
    put(&mut package, "edition", crate_.edition.as_str());
    package.insert("authors".into(), strings(&crate_.authors));
    package.insert("publish".into(), false.into());
    for (name, value) in [
        ("description", &crate_.description),
        ("license", &crate_.license),
        ("repository", &crate_.repository),
        ("homepage", &crate_.homepage),
        ("links", &crate_.links),
    ] {
        if let Some(value) = value {
            put(&mut package, name, value.as_str());
        }
    }
    if let Some(version) = &crate_.rust_version {
        put(&mut package, "rust-version", version.to_string());
    }
    // Only the library: cargo would find other targets by their location.
    for name in ["autolib", "autobins", "autoexamples", "autotests", "autobenches"] {
        package.insert(name.into(), false.into());
    }
    let script = crate_.targets.iter().find(|target| target.kind.contains(&TargetKind::CustomBuild));
    package.insert(
        "build".into(),
        match script {
            Some(target) => target.src_path.as_str().into(),
            None => false.into(),
        },
    );

    let is_library = |kind: &TargetKind| {
        matches!(
            kind,
            TargetKind::CDyLib | TargetKind::DyLib | TargetKind::Lib | TargetKind::RLib | TargetKind::StaticLib
        )
    };
    let library = crate_.targets.iter().find(|target| target.kind.iter().any(is_library));
    let library = library.with_context(|| format!("{} has no library", crate_.name))?;
    let mut lib = Table::new();
    put(&mut lib, "name", library.name.replace('-', "_"));
    put(&mut lib, "path", library.src_path.as_str());
    lib.insert("crate-type".into(), strings(&["rlib".to_owned()]));
    for name in ["doc", "doctest", "test", "bench"] {
        lib.insert(name.into(), false.into());
    }

    let mut manifest = Table::new();
    manifest.insert("package".into(), package.into());
    manifest.insert("lib".into(), lib.into());
    for dependency in &crate_.dependencies {
        let kind = match dependency.kind {
            DependencyKind::Normal => "dependencies",
            DependencyKind::Build => "build-dependencies",
            _ => continue,
        };
        let mut place = &mut manifest;
        if let Some(target) = &dependency.target {
            place = table(table(place, "target"), &target.to_string());
        }
        let name = dependency.rename.as_deref().unwrap_or(&dependency.name);
        table(place, kind).insert(name.to_owned(), entry(dependency, &extension.features).into());
    }
    let mut features = Table::new();
    for (name, parts) in &crate_.features {
        features.insert(name.clone(), strings(parts));
    }
    manifest.insert("features".into(), features.into());
    // `(*ty).tp_base` is no mistake here: see `PyTypeObject` of pyo3-ffi. Cargo would allow this lint in a crate of the
    // registry, too.
    put(table(table(&mut manifest, "lints"), "rust"), "dangerous_implicit_autorefs", "allow");
    // A separate workspace, wherever the package is.
    manifest.insert("workspace".into(), Table::new().into());
    Ok(manifest)
}

/// Returns a dependency as an entry of a manifest.
fn entry(dependency: &Dependency, asked: &[String]) -> Table {
    let mut entry = Table::new();
    let name = dependency.rename.as_deref().unwrap_or(&dependency.name);
    if dependency.rename.is_some() {
        put(&mut entry, "package", dependency.name.as_str());
    }
    if let Some(path) = &dependency.path {
        put(&mut entry, "path", path.as_str());
    } else if let Some(git) = dependency.source.as_ref().and_then(|source| source.repr.strip_prefix("git+")) {
        let (url, query) = git.split_once('?').unwrap_or((git, ""));
        put(&mut entry, "git", url.split('#').next().unwrap_or(url));
        for (key, value) in query.split('&').filter_map(|part| part.split('#').next()?.split_once('=')) {
            put(&mut entry, key, value);
        }
    } else if let Some(registry) = &dependency.registry {
        put(&mut entry, "registry-index", registry.as_str());
    }
    if dependency.req.to_string() != "*" || !entry.contains_key("path") && !entry.contains_key("git") {
        put(&mut entry, "version", dependency.req.to_string());
    }
    let mut features = dependency.features.clone();
    // With maturin and setuptools-rust, a build can request `pyo3/num-bigint`.
    features.extend(asked.iter().filter_map(|feature| {
        let (of, feature) = feature.split_once('/')?;
        (of.trim_end_matches('?') == name && !is_about_libraries(feature)).then(|| feature.to_owned())
    }));
    if !features.is_empty() {
        entry.insert("features".into(), strings(&features));
    }
    if !dependency.uses_default_features {
        entry.insert("default-features".into(), false.into());
    }
    if dependency.optional {
        entry.insert("optional".into(), true.into());
    }
    entry
}

fn put(table: &mut Table, name: &str, value: impl Into<String>) {
    table.insert(name.to_owned(), Value::String(value.into()));
}

fn strings(list: &[String]) -> Value {
    Value::Array(list.iter().map(|text| Value::String(text.clone())).collect())
}

/// Returns the table `name` in another table. Creates it if necessary.
fn table<'a>(table: &'a mut Table, name: &str) -> &'a mut Table {
    let entry = table.entry(name).or_insert_with(|| Table::new().into());
    entry.as_table_mut().expect("nothing else has been put there")
}

/// Returns the name and version of a package.
pub fn title(package: &Package) -> String {
    format!("{} {}", package.name, package.version)
}
