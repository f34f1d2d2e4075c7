//! PyO3 0.28 for crates written for it: the `pyo3` of this repository, plus items that 0.30 no longer has.
//!
//! Cargo uses this package instead of the published one: see `cargo xtask patch`. It adds nothing new; for everything
//! else, read the docs of 0.30.
//!
//! Differences from 0.30, in addition to those of the facade for 0.29:
//!
//! - `downcast` and its variants, with [`DowncastError`] and [`DowncastIntoError`];
//! - `PyTypeCheck::NAME`;
//! - methods that return the pointer of a capsule without checking its name: `pointer`, `reference`, `is_valid`;
//! - `PyDate::from_timestamp` also takes whole seconds;
//! - [`import_exception_bound!`].

pub use current::*;

#[allow(deprecated, reason = "re-exported for crates that still use them")]
pub use current::compat::{DowncastError, DowncastIntoError};

/// Declares a Rust type for an exception type of a Python module, like [`import_exception!`].
#[deprecated(since = "0.27.0", note = "renamed to `import_exception!` instead")]
#[macro_export]
macro_rules! import_exception_bound {
    ($module:expr, $name:ident) => {
        $crate::import_exception!($module, $name);
    };
}

/// Python's types, including the paths that 0.30 deprecates.
pub mod types {
    pub use current::types::capsule::CapsuleName;
    pub use current::types::code::PyCodeInput;
    pub use current::types::frozenset::PyFrozenSetBuilder;
    pub use current::types::iterator::PySendResult;
    pub use current::types::slice::PySliceIndices;
    pub use current::types::string::PyStringData;
    pub use current::types::*;
}

/// Synchronization that works with Python.
pub mod sync {
    pub use current::compat::sync::*;
    pub use current::sync::*;
}

#[doc(hidden)]
pub mod impl_ {
    pub use current::impl_::*;

    pub mod pyclass {
        pub use current::impl_::pyclass::*;
        // Shadows the current macro, which does nothing.
        pub use current::__pyo3_extract_by_clone as implicit_from_py_object;
    }
}
