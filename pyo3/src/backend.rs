//! The switch: the one frontend file that names a runtime.

#[cfg(not(feature = "runtime-rustpython"))]
pub(crate) use pyo3_backend_cpython::CPython as Active;
#[cfg(feature = "runtime-rustpython")]
pub(crate) use pyo3_backend_rustpython::RustPython as Active;

use pyo3_backend::BackendTypes;

/// What an operation of the active backend returns.
pub(crate) type Outcome<'py, T> = pyo3_backend::Outcome<'py, Active, T>;

/// A failed operation of the active backend.
pub(crate) type Raised<'py> = <Active as BackendTypes>::Raised<'py>;

/// A borrowed reference of the active backend.
pub(crate) type Ref<'a, K = pyo3_backend::kind::Any> = pyo3_backend::Ref<'a, Active, K>;

/// An owned reference of the active backend.
pub(crate) type Owned<'py, K = pyo3_backend::kind::Any> = pyo3_backend::Owned<'py, Active, K>;

/// Proof of attachment to the active backend.
pub(crate) type Attached<'py> = pyo3_backend::Attached<'py, Active>;
