//! Items that the output of the procedural macros uses. They are for nothing else, and change without notice.
//!
//! Generated code implements the traits of [`function`] and [`shape`] on zero-sized types, in terms of the public types
//! of this crate. Adapters here implement the contract's traits for them, and convert errors and panics in that one
//! place.

pub(crate) mod adapter;
pub mod bind;
pub mod buffer;
pub mod context;
#[cfg(feature = "experimental-async")]
pub mod coroutine;
pub mod derive;
pub mod exceptions;
pub mod extract_argument;
pub mod field;
pub mod function;
pub mod in_scope;
#[cfg(feature = "experimental-inspect")]
pub mod introspection;
pub mod module;
pub mod output;
pub mod platform;
pub mod protocol;
pub mod pyclass;
pub mod receiver;
pub mod run;
pub mod shape;
pub mod text;
pub mod threads;
pub mod unindent;
pub mod warning;

pub use crate::{Borrowed, Bound, FromPyObject, IntoPyObject, Py, PyAny, PyErr, PyResult, Python};

#[cfg(feature = "multiple-pymethods")]
pub use inventory;
