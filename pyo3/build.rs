//! Hands the configuration of the Python that `pyo3-ffi` was built for to the build scripts of dependents.
//!
//! They read it as `DEP_PYO3_PYTHON_PYO3_CONFIG`, through `pyo3_build_config::get()`. No cfg is set for this crate: the
//! frontend does not know which Python it is for.

fn main() {
    // Not `build.rs`: `cargo xtask patch` writes packages that run this file from here. When it changes it is compiled, and
    // runs, in any case.
    println!("cargo:rerun-if-changed=Cargo.toml");
    let config = pyo3_build_config::get();
    if let Err(error) = config.to_cargo_dep_env() {
        eprintln!("error: the configuration of Python cannot be handed on: {error:?}");
        std::process::exit(1);
    }
    // Tests and programs of this workspace find libpython where it was found when they were linked.
    pyo3_build_config::add_libpython_rpath_link_args();
}
