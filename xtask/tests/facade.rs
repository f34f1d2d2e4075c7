//! Tests that the facades for older versions pass the configuration of Python on to their dependents, and that all of
//! them fit into one graph with `pyo3` itself.
//!
//! Cargo turns the `links` value of a facade into the same variables as PyO3's, so that `pyo3_build_config` in the
//! build script of an unmodified dependent finds the configuration.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const DEPENDENT: &str = r#"
[package]
name = "<name>"
version = "0.0.0"
edition = "2024"

[lib]
path = "../dependent.rs"

[features]
ffi = []

[dependencies]
api = { package = "<package>", path = "<folder>" }

[build-dependencies]
pyo3-build-config = <build-config>
"#;

const DEPENDENT_BUILD: &str = r#"
fn main() {
    pyo3_build_config::use_pyo3_cfgs();
    let config = pyo3_build_config::get();
    println!("cargo:rustc-env=SEEN={}", config.version());
}
"#;

const DEPENDENT_LIB: &str = r#"
#[cfg(not(Py_3_14))]
compile_error!("the build script has not seen the version");
#[cfg(Py_3_15)]
compile_error!("the build script has seen another version");

const _: () = assert!(matches!(env!("SEEN").as_bytes(), b"3.14"));

#[cfg(feature = "ffi")]
pub fn none() -> *mut api::PyObject {
    unsafe { api::Py_None() }
}

#[cfg(not(feature = "ffi"))]
pub fn answer(py: api::Python<'_>) -> api::PyResult<api::Py<api::PyAny>> {
    use api::types::PyAnyMethods as _;
    py.eval(c"42", None, None)?.getattr("real").map(api::Bound::unbind)
}
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the tools is in the repository").to_owned()
}

fn write(path: PathBuf, contents: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
    fs::write(&path, contents).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Returns the folders of the facades, and of the packages below them.
fn packages() -> Vec<PathBuf> {
    let repository = repository();
    let mut found = vec![repository.join("pyo3"), repository.join("pyo3-ffi")];
    for entry in fs::read_dir(repository.join("compat")).expect("it is there").flatten() {
        let is_asked = entry.file_name().to_string_lossy().starts_with("pyo3-build-config");
        if entry.path().join("Cargo.toml").is_file() && !is_asked {
            found.push(entry.path());
        }
    }
    assert!(found.len() > 2, "{found:?}");
    found
}

#[test]
fn facades_hand_the_configuration_on() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("facade");
    let mut members = Vec::new();
    let mut features = Vec::new();
    for package in packages() {
        let last = package.file_name().expect("it has one").to_string_lossy().into_owned();
        let (name, member) = (if last.starts_with("pyo3-ffi") { "pyo3-ffi" } else { "pyo3" }, last.replace('.', "-"));
        let member = format!("uses-{member}");
        // Up to 0.28, the package that build scripts ask looked for a Python itself. Ours asks `pyo3` then too.
        let own = package.with_file_name(last.replace("pyo3-", "pyo3-build-config-"));
        let build_config = match own.is_dir() && name == "pyo3" && last != "pyo3" {
            true => format!("{{ path = \"{}\", features = [\"resolve-config\"] }}", own.display()),
            false => "\"=0.30.1\"".to_owned(),
        };
        let manifest = DEPENDENT
            .replace("<name>", &member)
            .replace("<package>", name)
            .replace("<build-config>", &build_config)
            .replace("<folder>", &package.display().to_string());
        write(folder.join(&member).join("Cargo.toml"), &manifest);
        write(folder.join(&member).join("build.rs"), DEPENDENT_BUILD);
        if name == "pyo3-ffi" {
            features.push(format!("{member}/ffi"));
        }
        members.push(member);
    }
    write(folder.join("dependent.rs"), DEPENDENT_LIB);
    write(
        folder.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = false\n"),
    );
    // With the locked versions, cargo needs no network.
    fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");

    // With a configuration file and without linking, no Python is needed.
    let output = Command::new(env::var_os("CARGO").expect("cargo runs this test"))
        .args(["check", "--workspace", "--offline", "--color=never", "--features", &features.join(",")])
        .arg("--target-dir")
        .arg(folder.join("target"))
        .current_dir(&folder)
        .env("PYO3_CONFIG_FILE", repository().join("backends/cpython/configurations/cpython-3.14.txt"))
        .env_remove("PYO3_PYTHON")
        .output()
        .expect("cargo can be run");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
}

/// The facades of each line are a separate workspace. If its lock file had other versions than the repository's, their
/// tests would rebuild the virtual machine.
#[test]
fn lock_files_agree() {
    let entries = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let lock: toml::Table = text.parse().expect("a lock file is TOML");
        let packages = lock["package"].as_array().expect("it has packages").clone();
        let published = packages.into_iter().filter(|package| package.get("source").is_some());
        published.map(|package| format!("{} {}", package["name"], package["version"])).collect::<Vec<_>>()
    };
    let own = entries(repository().join("Cargo.lock"));
    let mut seen = 0;
    for folder in packages() {
        let file = folder.join("Cargo.lock");
        if file.is_file() {
            seen += 1;
            let compat = entries(file.clone());
            assert!(compat.len() > 20, "{compat:?}");
            let other: Vec<_> = compat.iter().filter(|package| !own.contains(package)).collect();
            assert!(
                other.is_empty(),
                "{} has {other:?}, Cargo.lock has not\n  remedy: copy Cargo.lock to its place, then `cargo metadata --offline \
                 --format-version 1` there",
                file.display()
            );
        }
    }
    assert!(seen > 1, "the facades have lock files");
}
