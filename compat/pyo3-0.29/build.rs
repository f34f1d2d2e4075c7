//! Of every facade: hands the configuration of the Python that the package below was built for on to the build scripts of
//! dependents, as that package did to this one. No cfg is set: a facade does not know which Python it is for.

fn main() {
    // Not this file, which other packages run from here. When it changes it is compiled, and runs, in any case.
    println!("cargo:rerun-if-changed=Cargo.toml");
    if let Err(error) = pyo3_build_config::get().to_cargo_dep_env() {
        eprintln!("error: the configuration of Python cannot be handed on: {error:?}");
        std::process::exit(1);
    }
    // For the tests of the facades.
    pyo3_build_config::add_libpython_rpath_link_args();
}
