//! Backends around another backend.
//!
//! A decorator is a backend that hands operations on to the one inside. [`Core`] hands on those that the contract requires
//! and no other, so that the default body of every other operation runs. What works through it works on a runtime whose
//! backend is just that. [`Checked`] hands on all, and asserts the contract around each.
//!
//! Objects, exceptions and entries are those of the backend inside, so that handles go from one to the other as they are.
//! Whatever the inner backend calls (functions, classes, modules) it knows by an adapter, made in `adapt`.

mod adapt;
mod checked;
mod core;

pub use self::checked::{Checked, CheckedMutex, Place, Report, with_reporter};
pub use self::core::Core;
