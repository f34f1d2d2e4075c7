//! Reads the configuration that `pyo3` passes to the build scripts of its dependents, just as theirs do.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let config = pyo3_build_config::get();
    let abi = config.target_abi();
    println!("cargo:rustc-env=PYO3_TESTS_IMPLEMENTATION={}", abi.implementation().to_string().to_lowercase());
    // The interpreter that loads extension modules, if the runtime has a separate one.
    if let Some(interpreter) = config.executable() {
        println!("cargo:rustc-env=PYO3_TESTS_PYTHON={interpreter}");
    }
    let version = config.version();
    println!("cargo:rustc-env=PYO3_TESTS_VERSION={}.{}", version.major, version.minor);
    println!("cargo:rustc-env=PYO3_TESTS_ABI_VERSION={}.{}", abi.version().major, abi.version().minor);
    println!("cargo:rustc-env=PYO3_TESTS_FREE_THREADED={}", abi.kind().is_free_threaded());
    // Request as much stack as the main thread has on other targets. The default for WebAssembly is one megabyte.
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        println!("cargo:rustc-link-arg=-zstack-size=8388608");
    }
    // Let the tests find libpython where the linker found it.
    pyo3_build_config::add_libpython_rpath_link_args();
}
