//! Passes the configuration of the Python that `pyo3-ffi` found on to this crate, as cfgs.

fn main() {
    // The inert build is for no CPython, so nothing may look for one.
    if std::env::var_os("CARGO_FEATURE_INERT").is_none() {
        pyo3_build_config::use_pyo3_cfgs();
    }
}
