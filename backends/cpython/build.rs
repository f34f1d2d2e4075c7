//! Hands the configuration of the Python that `pyo3-ffi` found to this crate, as cfgs.

fn main() {
    // Inert, there is no CPython to be configured for, and nothing may look for one.
    if std::env::var_os("CARGO_FEATURE_INERT").is_none() {
        pyo3_build_config::use_pyo3_cfgs();
    }
}
