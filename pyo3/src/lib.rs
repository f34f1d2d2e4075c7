//! Write Python extensions and embed Python from Rust, on CPython or on RustPython.
//!
//! The API is that of PyO3 0.30. You choose the Python runtime when you compile: CPython through its C API by default,
//! or RustPython with the feature `runtime-rustpython`. With RustPython, no Python has to be installed to build or to
//! run. The source code is the same for both.
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
//! # Design
//!
//! This crate is the frontend, which knows no runtime. It calls the operations of a contract (`pyo3-backend`), which
//! one backend for each runtime implements. `backend.rs` is the only file here that names a backend.

#![deny(unsafe_code)]

// First, because the other modules use its macros.
#[macro_use]
mod type_hints;

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
#[cfg(feature = "experimental-inspect")]
pub mod inspect;
mod instance;
mod interpreter_lifecycle;
mod macros;
pub mod marker;
pub mod marshal;
pub mod panic;
pub mod prelude;
pub mod pybacked;
pub mod pyclass;
pub mod sync;
pub mod type_object;
pub mod types;
mod version;

pub use pyo3_ffi as ffi;

pub use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
#[allow(unused_imports, reason = "each module depends on a feature, so there may be none")]
pub use crate::conversions::*;
pub use crate::err::{CastError, CastIntoError, PyErr, PyErrArguments, PyResult, ToPyErr};
pub use crate::instance::{Borrowed, Bound, BoundObject, Py};
pub use crate::interpreter_lifecycle::with_embedded_python_interpreter;
pub use crate::marker::Python;
pub use crate::pyclass::guard::{PyRef, PyRefMut};
pub use crate::pyclass::{PyClass, PyClassGuard, PyClassGuardMut, PyClassInitializer};
pub use crate::type_object::{PyTypeCheck, PyTypeInfo};
pub use crate::types::PyAny;
pub use crate::version::PythonVersionInfo;

/// Guards that own a reference to the instance whose value they borrow: see [`mod@pyclass`].
///
/// Python shares objects freely, but Rust does not allow a shared `&mut`. So each instance counts its borrows at run
/// time, as `RefCell` does.
pub mod pycell {
    pub use crate::pyclass::guard::{PyBorrowError, PyBorrowMutError, PyRef, PyRefMut};
}

/// The values that fill a new instance: see [`mod@pyclass`].
pub mod pyclass_init {
    pub use crate::pyclass::PyClassInitializer;
}

/// The types that methods in `#[pymethods]` use.
pub mod class {
    /// The types that special methods take.
    pub mod basic {
        pub use crate::pyclass::CompareOp;
    }
    /// The types that methods for the garbage collector take and return.
    pub mod gc {
        pub use crate::pyclass::{PyTraverseError, PyVisit};
    }
    pub use crate::pyclass::{CompareOp, PyTraverseError, PyVisit};
}
pub use crate::class::{PyTraverseError, PyVisit, basic, gc};

#[cfg(feature = "macros")]
pub use pyo3_macros::{FromPyObject, IntoPyObject, IntoPyObjectRef, pyclass, pyfunction, pymethods, pymodule};
