//! Reads what `pyo3` tells the build scripts of its dependents, as theirs do.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let config = pyo3_build_config::get();
    let abi = config.target_abi();
    println!("cargo:rustc-env=PYO3_TESTS_IMPLEMENTATION={}", abi.implementation().to_string().to_lowercase());
    println!("cargo:rustc-env=PYO3_TESTS_MAJOR={}", abi.version().major);
    // The interpreter that loads extension modules, where there is one apart from the tests' own executables.
    if let Some(interpreter) = config.executable() {
        println!("cargo:rustc-env=PYO3_TESTS_PYTHON={interpreter}");
    }
    // The tests find libpython where the linker found it.
    pyo3_build_config::add_libpython_rpath_link_args();
}
