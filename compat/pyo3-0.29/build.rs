//! The build script of all facades. Passes the configuration of the Python that the package below was built for on to
//! the build scripts of dependents. It sets no cfg, because a facade does not depend on the Python version.

fn main() {
    // Naming this file would be wrong: other packages run it from here. Cargo rebuilds it anyway when it changes.
    println!("cargo:rerun-if-changed=Cargo.toml");
    if let Err(error) = pyo3_build_config::get().to_cargo_dep_env() {
        eprintln!("error: the configuration of Python cannot be handed on: {error:?}");
        std::process::exit(1);
    }
    // For the tests of the facades.
    pyo3_build_config::add_libpython_rpath_link_args();
}
