//! PyO3 0.28, for crates that were written for it: the `pyo3` of this repository, and what 0.30 has not any more.
//!
//! Cargo puts this package in the place of the published one: see `cargo xtask patch`. Nothing here is new; for what there
//! is, read the docs of 0.30.
//!
//! What is different from 0.30, beside what the facade for 0.29 has:
//!
//! - `downcast` and its like, with [`DowncastError`] and [`DowncastIntoError`];
//! - `PyTypeCheck::NAME`;
//! - capsules give their pointer without a name: `pointer`, `reference`, `is_valid`;
//! - `PyDate::from_timestamp` takes whole seconds, too;
//! - [`import_exception_bound!`].

pub use current::*;

#[allow(deprecated, reason = "they are handed on")]
pub use current::compat::{DowncastError, DowncastIntoError};

/// Stands for an exception type of a Python module in Rust, as [`import_exception!`] does.
#[deprecated(since = "0.27.0", note = "renamed to `import_exception!` instead")]
#[macro_export]
macro_rules! import_exception_bound {
    ($module:expr, $name:ident) => {
        $crate::import_exception!($module, $name);
    };
}

/// Python's types, by the paths that 0.30 deprecates, too.
pub mod types {
    pub use current::types::capsule::CapsuleName;
    pub use current::types::code::PyCodeInput;
    pub use current::types::frozenset::PyFrozenSetBuilder;
    pub use current::types::iterator::PySendResult;
    pub use current::types::slice::PySliceIndices;
    pub use current::types::string::PyStringData;
    pub use current::types::*;
}

/// Synchronisation that gets along with Python.
pub mod sync {
    pub use current::compat::sync::*;
    pub use current::sync::*;
}

#[doc(hidden)]
pub mod impl_ {
    pub use current::impl_::*;

    pub mod pyclass {
        pub use current::impl_::pyclass::*;
        // In the place of the one that does nothing.
        pub use current::__pyo3_extract_by_clone as implicit_from_py_object;
    }
}
