//! A facade for another version of the API, on top of `pyo3`, passes the configuration of Python on to its dependents.
//!
//! The facade has the `links` value that PyO3 has, so that `pyo3_build_config` in the build script of a dependent, which
//! knows nothing of all this, finds the configuration where it looks.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const FACADE: &str = r#"
[package]
name = "pyo3"
version = "0.29.99"
edition = "2024"
links = "pyo3-python"

[dependencies]
current = { package = "pyo3", path = "<repository>/pyo3", default-features = false }

[build-dependencies]
pyo3-build-config = "=0.30.1"
"#;

const FACADE_BUILD: &str = "
fn main() {
    pyo3_build_config::get().to_cargo_dep_env().unwrap();
}
";

const DEPENDENT: &str = r#"
[package]
name = "dependent"
version = "0.0.0"
edition = "2024"

[dependencies]
pyo3 = { version = "0.29", path = "../facade" }

[build-dependencies]
pyo3-build-config = "=0.30.1"
"#;

const WORKSPACE: &str = r#"
[workspace]
resolver = "3"
members = ["facade", "dependent"]

[profile.dev]
debug = false
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

pub fn answer(py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Py<pyo3::PyAny>> {
    py.eval(c"42", None, None).map(pyo3::Bound::unbind)
}
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the tools is in the repository").to_owned()
}

fn write(path: PathBuf, contents: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
    fs::write(&path, contents).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

#[test]
fn a_facade_hands_the_configuration_on() {
    let repository = repository();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("facade");
    let manifest = FACADE.replace("<repository>", &repository.display().to_string());
    write(folder.join("Cargo.toml"), WORKSPACE);
    write(folder.join("facade/Cargo.toml"), &manifest);
    write(folder.join("facade/build.rs"), FACADE_BUILD);
    write(folder.join("facade/src/lib.rs"), "pub use current::*;\n");
    write(folder.join("dependent/Cargo.toml"), DEPENDENT);
    write(folder.join("dependent/build.rs"), DEPENDENT_BUILD);
    write(folder.join("dependent/src/lib.rs"), DEPENDENT_LIB);
    // The versions that are here already: nothing is asked for over the network.
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");

    // A configuration from a file needs no Python, and none is run: nothing is linked.
    let output = Command::new(env::var_os("CARGO").expect("cargo runs this test"))
        .args(["check", "-p", "dependent", "--offline", "--color=never", "--target-dir"])
        .arg(folder.join("target"))
        .current_dir(&folder)
        .env("PYO3_CONFIG_FILE", repository.join("backends/cpython/configurations/cpython-3.14.txt"))
        .env_remove("PYO3_PYTHON")
        .output()
        .expect("cargo can be run");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{log}");
}
