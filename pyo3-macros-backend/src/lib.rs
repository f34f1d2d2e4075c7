//! The procedural macros of `pyo3`, as functions from tokens to tokens.
//!
//! Each macro parses into a syntax tree of its own (names, receivers, signatures), checks the tree and collects *all*
//! errors, and then lowers it. Generated code refers only to `pyo3::impl_` and the user's own items: never to a
//! runtime, a pointer or a calling convention.

mod arguments;
mod class;
mod condition;
mod derive;
mod doc;
mod errors;
mod function;
mod introspection;
mod methods;
mod module;
mod options;
mod reference;
mod rename;
mod syntax;

pub use arguments::derive_item;
pub use class::{derive_class, pyclass};
pub use derive::{derive_from_pyobject, derive_into_pyobject, derive_into_pyobject_ref};
pub use function::pyfunction;
#[doc(hidden)]
pub use introspection::with_symbol as fragment_with_symbol;
pub use methods::pymethods;
pub use module::pymodule;
#[doc(hidden)]
pub use reference::reference;
