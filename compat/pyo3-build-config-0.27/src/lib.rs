//! `pyo3-build-config` 0.27, for build scripts that were written for it.
//!
//! The published one looks for a Python by itself. This one answers with the configuration of the Python that `pyo3` was
//! built for, as the current `pyo3-build-config` does. RustPython is not to be found by a search.

pub use current::*;

#[doc(hidden)]
pub use current::pyo3_build_script_impl::print_feature_cfgs;
