//! Classes written in Rust: the traits behind `#[pyclass]`, and guards for the values in their instances.
//!
//! This folder holds everything about classes:
//!
//! - `definition.rs`: what `#[pyclass]` declares about a class; `members.rs`: its methods, properties and protocols;
//!   `base.rs` and `native_bases.rs`: what a class can extend.
//! - `type_object.rs` and `type_cell.rs`: the type object, made on first use.
//! - `contract.rs`: the class as the backend sees it, for allocation and for the garbage collector; `gc.rs` and
//!   `clearing.rs`: the arguments of the user's `__traverse__` and `__clear__`.
//! - `initializer.rs`: what fills an instance; `payload.rs`: what an instance holds; `borrow.rs` and `threads.rs`: who
//!   may use its value, and when.
//! - `guard/`: borrowing the value in an instance; `access.rs`: the methods of the smart pointers that do so.
//!
//! `impl_/pyclass/` re-exports what generated code needs, and has the builder that collects the members.

mod access;
pub(crate) mod base;
mod borrow;
pub(crate) mod clearing;
pub(crate) mod contract;
pub(crate) mod definition;
mod gc;
pub(crate) mod guard;
mod initializer;
pub(crate) mod members;
mod native_bases;
mod payload;
mod threads;
pub(crate) mod type_cell;
pub(crate) mod type_object;

pub use self::definition::{PyClass, boolean_struct};
pub use self::gc::{PyTraverseError, PyVisit};
pub use self::guard::{
    PyClassGuard, PyClassGuardError, PyClassGuardMap, PyClassGuardMapMut, PyClassGuardMut, PyClassGuardMutError,
    PyClassGuardMutSuper,
};
pub use self::initializer::PyClassInitializer;
pub use self::threads::{AnyThread, OneThread};
pub use crate::types::any::compare::CompareOp;
