//! An extension module that uses a bit of everything. `cargo xtask test` compiles it once for the stable ABI, and
//! `check.py` runs that one file on each CPython.

mod classes;
mod functions;

use pyo3::prelude::*;

pyo3::create_exception!(stable_abi_sample, SampleError, pyo3::exceptions::PyValueError, "What `refuse` raises.");

/// A bit of everything.
#[pymodule]
pub mod stable_abi_sample {
    #[pymodule_export]
    use super::SampleError;
    #[pymodule_export]
    use crate::classes::{Account, Countdown, Diary, Link, Savings, Suit};
    #[pymodule_export]
    use crate::functions::{
        adder, apart, catching, doubled_bytes, in_parallel, merged, negated, panics, refuse, reversed, scale, total,
    };

    use super::*;

    /// A nested module.
    #[pymodule]
    mod inner {
        use super::*;

        #[pyfunction]
        fn answer() -> u8 {
            42
        }
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("VERSION", module.py().version_info().major)
    }
}
