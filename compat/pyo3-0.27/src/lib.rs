//! PyO3 0.27 for crates written for it: the `pyo3` of this repository, plus items that 0.30 no longer has.
//!
//! Cargo uses this package instead of the published one: see `cargo xtask patch`. It adds nothing new; for everything
//! else, read the docs of 0.30.
//!
//! Differences from 0.30, in addition to those of the facades for 0.28 and 0.29:
//!
//! - the names with `gil` in them: `Python::with_gil`, `allow_threads`, `assume_gil_acquired`,
//!   [`prepare_freethreaded_python`], [`sync::GILOnceCell`], and, on builds with a GIL, [`sync::GILProtected`];
//! - [`PyObject`] for `Py<PyAny>`;
//! - `PyString::from_object`, [`types::timezone_utc`];
//! - a module without `gil_used` makes free-threaded Python turn its lock on.

pub use current::*;

#[allow(deprecated, reason = "re-exported for crates that still use them")]
pub use current::compat::{DowncastError, DowncastIntoError};

/// A reference to an object of any type.
#[deprecated(since = "0.26.0", note = "use `Py<PyAny>` instead")]
pub type PyObject = Py<PyAny>;

/// Starts the interpreter if none is running: see [`Python::initialize`].
#[deprecated(note = "use `Python::initialize` instead", since = "0.26.0")]
pub fn prepare_freethreaded_python() {
    Python::initialize();
}

/// Declares a Rust type for an exception type of a Python module, like [`import_exception!`].
#[deprecated(since = "0.27.0", note = "renamed to `import_exception!` instead")]
#[macro_export]
macro_rules! import_exception_bound {
    ($module:expr, $name:ident) => {
        $crate::import_exception!($module, $name);
    };
}

/// The most commonly used items.
pub mod prelude {
    pub use current::prelude::*;

    #[allow(deprecated, reason = "re-exported for crates that still use it")]
    pub use crate::PyObject;
}

/// Synchronization that works with Python.
pub mod sync {
    #[allow(deprecated, reason = "re-exported for crates that still use them")]
    pub use current::compat::gil::{GILOnceCell, GILProtected};
    pub use current::compat::sync::*;
    pub use current::sync::*;
}

/// Python's types.
pub mod types {
    // Include the paths that 0.30 deprecates.
    pub use current::types::code::PyCodeInput;
    pub use current::types::frozenset::PyFrozenSetBuilder;
    pub use current::types::iterator::PySendResult;
    pub use current::types::slice::PySliceIndices;
    pub use current::types::string::PyStringData;
    pub use current::types::*;

    /// Returns the time zone UTC: see [`PyTzInfo::utc`].
    ///
    /// # Panics
    ///
    /// Panics if `datetime` cannot be imported.
    #[deprecated(since = "0.25.0", note = "use `PyTzInfo::utc` instead")]
    pub fn timezone_utc(py: crate::Python<'_>) -> crate::Bound<'_, PyTzInfo> {
        PyTzInfo::utc(py).expect("failed to import `datetime.timezone.utc`").to_owned()
    }
}

#[doc(hidden)]
pub mod impl_ {
    pub use current::impl_::*;

    pub mod module {
        pub use current::impl_::module::*;
        // Shadows the current constant, which is `false`.
        pub const GIL_USED: bool = true;
    }

    pub mod pyclass {
        pub use current::impl_::pyclass::*;
        // Shadows the current macro, which does nothing.
        pub use current::__pyo3_extract_by_clone as implicit_from_py_object;
    }
}
