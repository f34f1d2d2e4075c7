//! PyO3 0.27, for crates that were written for it: the `pyo3` of this repository, and what 0.30 has not any more.
//!
//! Cargo puts this package in the place of the published one: see `cargo xtask patch`. Nothing here is new; for what there
//! is, read the docs of 0.30.
//!
//! What is different from 0.30, beside what the facades for 0.28 and 0.29 have:
//!
//! - the names with `gil` in them: `Python::with_gil`, `allow_threads`, `assume_gil_acquired`,
//!   [`prepare_freethreaded_python`], [`sync::GILOnceCell`], and [`sync::GILProtected`] where there is a GIL;
//! - [`PyObject`] for `Py<PyAny>`;
//! - `PyString::from_object`, [`types::timezone_utc`];
//! - a module that does not say `gil_used` has free-threaded Python turn its lock on.

pub use current::*;

#[allow(deprecated, reason = "they are handed on")]
pub use current::compat::{DowncastError, DowncastIntoError};

/// A reference to an object of any type.
#[deprecated(since = "0.26.0", note = "use `Py<PyAny>` instead")]
pub type PyObject = Py<PyAny>;

/// Starts the interpreter where none runs: [`Python::initialize`].
#[deprecated(note = "use `Python::initialize` instead", since = "0.26.0")]
pub fn prepare_freethreaded_python() {
    Python::initialize();
}

/// Stands for an exception type of a Python module in Rust, as [`import_exception!`] does.
#[deprecated(since = "0.27.0", note = "renamed to `import_exception!` instead")]
#[macro_export]
macro_rules! import_exception_bound {
    ($module:expr, $name:ident) => {
        $crate::import_exception!($module, $name);
    };
}

/// What nearly every program names.
pub mod prelude {
    pub use current::prelude::*;

    #[allow(deprecated, reason = "it is handed on")]
    pub use crate::PyObject;
}

/// Synchronisation that gets along with Python.
pub mod sync {
    #[allow(deprecated, reason = "they are handed on")]
    pub use current::compat::gil::{GILOnceCell, GILProtected};
    pub use current::compat::sync::*;
    pub use current::sync::*;
}

/// The types of Python.
pub mod types {
    // By the paths that 0.30 deprecates, too.
    pub use current::types::code::PyCodeInput;
    pub use current::types::frozenset::PyFrozenSetBuilder;
    pub use current::types::iterator::PySendResult;
    pub use current::types::slice::PySliceIndices;
    pub use current::types::string::PyStringData;
    pub use current::types::*;

    /// The time zone UTC: [`PyTzInfo::utc`].
    ///
    /// # Panics
    ///
    /// Where `datetime` cannot be imported.
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
        // In the place of the one that says no.
        pub const GIL_USED: bool = true;
    }

    pub mod pyclass {
        pub use current::impl_::pyclass::*;
        // In the place of the one that does nothing.
        pub use current::__pyo3_extract_by_clone as implicit_from_py_object;
    }
}
