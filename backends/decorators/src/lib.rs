//! Backends around another backend.
//!
//! A decorator is a backend that forwards operations to an inner backend. [`Core`] forwards only the operations that
//! the contract requires, so that every other operation uses its default body. What works with it works on a runtime
//! whose backend implements just those. [`Checked`] forwards all operations, and asserts the contract around each.
//!
//! Objects, exceptions and entries are those of the inner backend, so that handles pass between the two unchanged. What
//! the inner backend calls (functions, classes, modules) is wrapped in an adapter, made in `adapt`.

mod adapt;
mod checked;
mod core;

pub use self::checked::{Checked, CheckedMutex, Place, Report, with_reporter};
pub use self::core::Core;
