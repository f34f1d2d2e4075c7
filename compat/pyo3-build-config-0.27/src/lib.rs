//! `pyo3-build-config` 0.27 for build scripts written for it.
//!
//! The published one searches for a Python. This one returns the configuration of the Python that `pyo3` was built for,
//! like the current `pyo3-build-config`, because no search can find RustPython.

pub use current::*;

#[doc(hidden)]
pub use current::pyo3_build_script_impl::print_feature_cfgs;
