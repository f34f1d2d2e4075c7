//! Types and constants that are the same on every runtime: C structures that Rust code fills and reads.

#[macro_use]
mod macros;

mod basic;
#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
mod buffers;
mod members;
mod methods;
mod modules;
mod objects;
mod slots;
mod typespec;

pub use self::basic::*;
#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
pub use self::buffers::*;
pub use self::members::*;
pub use self::methods::*;
pub use self::modules::*;
pub use self::objects::*;
pub use self::slots::*;
pub use self::typespec::*;
