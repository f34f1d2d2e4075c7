//! PyO3 0.29 for crates written for it: the `pyo3` of this repository, plus items that 0.30 no longer has.
//!
//! Cargo uses this package instead of the published one: see `cargo xtask patch`. It adds nothing new; for everything
//! else, read the docs of 0.30.
//!
//! Differences from 0.30:
//!
//! - a `#[pyclass]` that is `Clone` can be extracted by value, unless it has `skip_from_py_object`;
//! - `Py::from_owned_ptr` and its variants, `PyTypeInfo::NAME` and `MODULE`, and the critical sections directly in
//!   [`sync`].

pub use current::*;

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
