//! Write Python extensions and embed Python from Rust, on CPython or on RustPython.
//!
//! The API is that of PyO3 0.30. Which Python runs it is chosen when the program is compiled: CPython through its C API
//! by default, RustPython with the feature `runtime-rustpython`, where no Python need be installed, neither to build nor to
//! run. Source code is the same for both.
//!
//! # Embedding
//!
//! ```
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! Python::initialize();
//! Python::attach(|py| {
//!     let total: i64 = py.eval(c"sum(range(10))", None, None)?.extract()?;
//!     assert_eq!(total, 45);
//!     Ok(())
//! })
//! # }
//! ```
//!
//! # Extending
//!
//! ```
//! use pyo3::prelude::*;
//!
//! /// A module written in Rust.
//! #[pymodule]
//! mod arithmetic {
//!     use pyo3::prelude::*;
//!
//!     /// Adds two numbers.
//!     #[pyfunction]
//!     fn add(a: i64, b: i64) -> i64 {
//!         a + b
//!     }
//! }
//! # pyo3::append_to_inittab!(arithmetic);
//! # Python::initialize();
//! # Python::attach(|py| py.run(c"import arithmetic; assert arithmetic.add(1, 2) == 3", None, None).unwrap());
//! ```
//!
//! # How it is built
//!
//! This crate is the neutral frontend. It calls the operations of a contract (`pyo3-backend`), which a backend for each
//! runtime implements; `backend.rs` is the only file here that names one.

#![deny(unsafe_code)]

mod backend;
pub mod buffer;
pub mod call;
#[cfg(feature = "compat-0-29")]
#[doc(hidden)]
pub mod compat;
pub mod conversion;
mod conversions;
#[cfg(feature = "experimental-async")]
pub mod coroutine;
pub mod err;
pub mod exceptions;
#[doc(hidden)]
pub mod impl_;
mod instance;
mod interpreter_lifecycle;
mod macros;
pub mod marker;
pub mod panic;
pub mod prelude;
pub mod pybacked;
pub mod pycell;
pub mod pyclass;
pub mod pyclass_init;
pub mod sync;
pub mod type_object;
pub mod types;
mod version;

pub use pyo3_ffi as ffi;

pub use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
#[allow(unused_imports, reason = "each module has a feature, and there may be none")]
pub use crate::conversions::*;
pub use crate::err::{CastError, CastIntoError, PyErr, PyErrArguments, PyResult, ToPyErr};
pub use crate::instance::{Borrowed, Bound, BoundObject, Py};
pub use crate::interpreter_lifecycle::with_embedded_python_interpreter;
pub use crate::marker::Python;
pub use crate::pycell::{PyRef, PyRefMut};
pub use crate::pyclass::{PyClass, PyClassGuard, PyClassGuardMut};
pub use crate::pyclass_init::PyClassInitializer;
pub use crate::type_object::{PyTypeCheck, PyTypeInfo};
pub use crate::types::PyAny;
pub use crate::version::PythonVersionInfo;

/// Everything of Python's class machinery that `#[pymethods]` names.
pub mod class {
    /// What protocol methods are given.
    pub mod basic {
        pub use crate::pyclass::CompareOp;
    }
    /// What the garbage collector asks for.
    pub mod gc {
        pub use crate::pyclass::{PyTraverseError, PyVisit};
    }
    pub use crate::pyclass::{CompareOp, PyTraverseError, PyVisit};
}
pub use crate::class::{PyTraverseError, PyVisit, basic, gc};

#[cfg(feature = "macros")]
pub use pyo3_macros::{FromPyObject, IntoPyObject, IntoPyObjectRef, pyclass, pyfunction, pymethods, pymodule};
