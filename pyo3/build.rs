//! Hands the configuration of the Python that `pyo3-ffi` was built for to the build scripts of dependents.
//!
//! They read it as `DEP_PYO3_PYTHON_PYO3_CONFIG`, through `pyo3_build_config::get()`. No cfg is set for this crate: the
//! frontend does not know which Python it is for.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let config = pyo3_build_config::get();
    if let Err(error) = config.to_cargo_dep_env() {
        eprintln!("error: the configuration of Python cannot be handed on: {error:?}");
        std::process::exit(1);
    }
    // Tests and programs of this workspace find libpython where it was found when they were linked.
    pyo3_build_config::add_libpython_rpath_link_args();
}
