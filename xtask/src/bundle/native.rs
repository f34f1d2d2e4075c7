//! A program for this machine with the crates of a bundle for another, to compare the two with each other.
//!
//! It is compiled as the tests are, so that RustPython is not compiled for it again unless a crate wants other features of what
//! that depends on, and does no more than run a file.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::host::{Written, patch_table};
use super::manifest;
use super::site::{Files, write_if_new};
use super::{Crates, crates};
use crate::metadata;
use crate::sh::root;

/// The program, and the folder with the Python files of the crates, which belongs on `PYTHONPATH`.
///
/// # Errors
///
/// If something cannot be found, or does not compile.
pub fn build(with: &[String]) -> Result<(PathBuf, PathBuf)> {
    let Crates { sources, projects, patches } = crates(with)?;
    let folder = root().join("target/bundle");
    let name = format!("native-{:016x}", manifest::hash(Path::new(&with.join(" "))));
    let work = folder.join("hosts").join(&name);
    fs::create_dir_all(&work)?;

    let text = |text: &str| Value::String(text.to_owned());
    let mut dependencies = Table::new();
    let ours = |path: &str, features: &[&str]| {
        let mut entry = Table::new();
        entry.insert("path".into(), text(&root().join(path).to_string_lossy()));
        entry.insert("features".into(), features.iter().map(|name| text(name)).collect::<Vec<_>>().into());
        entry
    };
    dependencies.insert("pyo3".into(), ours("pyo3", &["runtime-rustpython"]).into());
    dependencies.insert("pyo3-backend-rustpython".into(), ours("backends/rustpython", &[]).into());

    let mut files = Files::default();
    let mut locks: BTreeSet<PathBuf> = sources.iter().map(|source| source.join("Cargo.lock")).collect();
    let mut main = String::from("//! Written by `cargo xtask wasm`.\n\n");
    let mut register = String::new();
    let all = projects.iter().flat_map(|project| &project.extensions);
    for (index, extension) in all.enumerate() {
        locks.insert(extension.package.manifest_path.with_file_name("Cargo.lock").into_std_path_buf());
        let generated = manifest::generate(extension, &folder.join("crates"))?;
        let mut entry = Table::new();
        entry.insert("package".into(), text(&extension.package.name));
        entry.insert("path".into(), text(&generated.folder.to_string_lossy()));
        entry.insert("default-features".into(), extension.default_features.into());
        entry.insert("features".into(), generated.features.iter().map(|name| text(name)).collect::<Vec<_>>().into());
        dependencies.insert(format!("extension-{index}"), entry.into());
        let (module, export) = (&extension.module, extension.export());
        writeln!(main, "extern crate extension_{index} as _;")?;
        writeln!(main, "unsafe extern \"C\" {{\n    safe fn PyInit_{export}() -> *mut pyo3::ffi::PyObject;\n}}")?;
        writeln!(
            register,
            "    extern \"C\" fn init_{index}() -> *mut pyo3::ffi::PyObject {{\n        PyInit_{export}()\n    }}"
        )?;
        writeln!(register, "    pyo3_backend_rustpython::host::register_module(c{module:?}, init_{index});")?;
    }
    for project in projects {
        files.merge(project.files)?;
    }
    let packages = work.join("packages");
    files.put(&packages)?;
    main.push_str(&format!("\nfn main() {{\n{register}{REST}"));

    let mut package = Table::new();
    package.insert("name".into(), text(&name));
    package.insert("version".into(), text("0.0.0"));
    package.insert("edition".into(), text("2024"));
    let binary = Table::from_iter([("name".to_owned(), text(&name)), ("path".to_owned(), text("main.rs"))]);
    let workspace: Table = fs::read_to_string(root().join("Cargo.toml"))?.parse()?;
    let mut manifest = Table::new();
    manifest.insert("package".into(), package.into());
    manifest.insert("bin".into(), Value::Array(vec![binary.into()]));
    manifest.insert("dependencies".into(), dependencies.into());
    manifest.insert("patch".into(), patch_table(&patches).into());
    // Compiled as what is there already.
    manifest.insert("profile".into(), workspace.get("profile").context("the workspace has profiles")?.clone());
    manifest.insert("workspace".into(), Table::from_iter([("resolver".to_owned(), text("3"))]).into());
    write_if_new(&work.join("Cargo.toml"), manifest.to_string().as_bytes())?;
    write_if_new(&work.join("main.rs"), main.as_bytes())?;

    let written = Written::new(&work, &name);
    written.lock(&locks)?;
    super::check::resolve(&written, None)?;
    let target = metadata::target_folder()?;
    let environment = crate::runtime::Pythonless::new()?;
    environment.prepare(written.cargo("build").args(["--locked", "--target-dir"]).arg(&target)).run()?;
    Ok((target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)), packages))
}

/// The end of the program.
const REST: &str = r#"    let file = std::env::args().nth(1).expect("a file is named");
    let source = std::fs::read_to_string(&file).expect("it can be read");
    pyo3::Python::initialize();
    let result = pyo3::Python::attach(|py| -> pyo3::PyResult<()> {
        use pyo3::prelude::*;
        let globals = py.import("__main__")?.dict();
        let builtins = py.import("builtins")?;
        let code = builtins.getattr("compile")?.call1((source, file, "exec"))?;
        builtins.getattr("exec")?.call1((code, globals)).map(drop)
    });
    if let Err(error) = result {
        pyo3::Python::attach(|py| error.print(py));
        std::process::exit(1);
    }
}
"#;
