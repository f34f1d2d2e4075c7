//! PyO3 0.29, for crates that were written for it: the `pyo3` of this repository, and what 0.30 has not any more.
//!
//! Cargo puts this package in the place of the published one: see `cargo xtask patch`. Nothing here is new; for what there
//! is, read the docs of 0.30.
//!
//! What is different from 0.30:
//!
//! - a `#[pyclass]` that is `Clone` can be extracted by value, unless it says `skip_from_py_object`;
//! - `Py::from_owned_ptr` and its like, `PyTypeInfo::NAME` and `MODULE`, and the critical sections in [`sync`] itself.

pub use current::*;

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
