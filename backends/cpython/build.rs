//! Passes the configuration of the Python that `pyo3-ffi` found on to this crate, as cfgs.

fn main() {
    // The inert crate uses no CPython, so the build must not look for one.
    if std::env::var_os("CARGO_FEATURE_INERT").is_none() {
        pyo3_build_config::use_pyo3_cfgs();
    }
}
