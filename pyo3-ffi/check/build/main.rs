//! Generates the input of `tests/headers.rs` from the source of `pyo3-ffi`.

mod flatten;
mod prototypes;
mod rules;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=../src");
    pyo3_build_config::use_pyo3_cfgs();
    if env::var_os("CARGO_FEATURE_RUNTIME_RUSTPYTHON").is_some() {
        return;
    }
    pyo3_build_config::add_libpython_rpath_link_args();

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let cfgs = flatten::Cfgs::of_this_build();
    let items = flatten::read(&[Path::new("../src/tables"), Path::new("../src/cpython")], &cfgs);
    let include = include_dir();
    let limited_api = cfgs.has("Py_LIMITED_API").then(|| cfgs.limited_api_version());

    let prototypes = out.join("prototypes.c");
    fs::write(&prototypes, prototypes::render(&items, &rules::headers(limited_api.is_some()), &cfgs))
        .expect("OUT_DIR is writable");
    let mut c = cc::Build::new();
    c.file(&prototypes)
        .include(&include)
        .flag("-Werror")
        .flag("-Wno-deprecated-declarations")
        .flag("-Wno-unused-variable");
    if let Some(version) = &limited_api {
        c.define("Py_LIMITED_API", version.as_str());
    }
    c.compile("prototypes");

    fs::write(out.join("exported.rs"), exported(&items)).expect("OUT_DIR is writable");

    let flat = out.join("flat.rs");
    fs::write(&flat, flatten::render(&items)).expect("OUT_DIR is writable");
    let mut generator = rules::generator(&cfgs, items.wrapped.clone());
    generator.include(&include);
    if let Some(version) = &limited_api {
        generator.define("Py_LIMITED_API", Some(version));
    }
    ctest::generate_test(&mut generator, &flat, "headers.rs").expect("the declarations can be written as C");
}

/// Writes code that returns the addresses in libpython of the functions that are called through Rust functions.
fn exported(items: &flatten::Items) -> String {
    let (mut imports, mut addresses) = (String::new(), String::new());
    for name in &items.wrapped {
        imports += &format!("    fn {name}();\n");
        addresses += &format!("    {name},\n");
    }
    let count = items.wrapped.len();
    format!(
        "unsafe extern \"C\" {{\n{imports}}}\n\
         static EXPORTED: [unsafe extern \"C\" fn(); {count}] = [\n{addresses}];\n"
    )
}

/// Returns the folder of `Python.h`, which the configured interpreter reports.
fn include_dir() -> PathBuf {
    let executable = pyo3_build_config::get().executable().expect("headers belong to an interpreter: set PYO3_PYTHON");
    let answer = Command::new(executable)
        .args(["-c", "import sysconfig; print(sysconfig.get_path('include'), end='')"])
        .output()
        .unwrap_or_else(|error| panic!("cannot run {executable}: {error}"));
    assert!(answer.status.success(), "{executable} failed: {}", String::from_utf8_lossy(&answer.stderr));
    let folder = PathBuf::from(String::from_utf8(answer.stdout).expect("paths of Python are UTF-8 here"));
    assert!(folder.join("Python.h").exists(), "no Python.h in {}: install Python's headers", folder.display());
    folder
}
