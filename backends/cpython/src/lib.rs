//! The backend for CPython: implements `pyo3`'s backend contract over the C API.
//!
//! [`CPython`] implements every operations trait of `pyo3-backend`, in one file for each file of the contract. Some
//! files have no counterpart there. Of these, `convert` turns the C conventions (null, -1) into outcomes, and
//! `attachment` knows whether this thread is attached.
//!
//! This crate and `pyo3-ffi` handle all differences of versions and ABIs (`Py_3_12`, `Py_LIMITED_API`,
//! `Py_GIL_DISABLED`), and nothing above them does.
//!
//! With the feature `inert` the crate is empty, because another runtime was chosen.

#![cfg(not(feature = "inert"))]

// First, because all other modules use its macros.
#[macro_use]
mod convert;

mod attachment;
mod buffer;
mod bytes;
mod call;
mod capi;
mod capsule;
mod class;
mod code;
mod context;
mod datetime;
mod dict;
mod ending;
mod entry;
mod error;
mod fill;
mod function;
mod interpreter;
mod list;
mod mapping;
mod module;
mod mutex;
mod number;
mod object;
mod protocol;
mod refcount;
mod section;
mod sequence;
mod set;
mod slice;
#[cfg(all(Py_LIMITED_API, not(Py_3_10)))]
mod stable39;
mod text;
mod thread;
mod tuple;
mod types;
mod weakref;

use pyo3_backend::{BackendTypes, kind};

pub use self::class::NativeInfo;
pub use self::error::Raised;
pub use self::function::{FastArguments, FunctionEntry, Keyword, TupleArguments};
pub use self::module::ModuleState;
pub use self::protocol::SlotEntry;

/// The CPython runtime.
#[derive(Clone, Copy, Debug)]
pub struct CPython;

impl BackendTypes for CPython {
    type Object = pyo3_ffi::PyObject;
    type Raised<'py> = Raised<'py>;
}

type At<'py> = pyo3_backend::Attached<'py, CPython>;
type Ref<'a, K = kind::Any> = pyo3_backend::Ref<'a, CPython, K>;
type Owned<'py, K = kind::Any> = pyo3_backend::Owned<'py, CPython, K>;
type Outcome<'py, T> = pyo3_backend::Outcome<'py, CPython, T>;
