//! The traits whose methods generated code calls by name. Inherent methods hide them where a type has its own; without a
//! name of their own they hide nothing of the user's.

pub use super::argument::FromHolder as _;
pub use super::field::{Cloned as _, Referenced as _};
pub use super::output::{Fallback as _, NewFallback as _, NewWithoutBase as _};
pub use super::pyclass::{Fallback as _, NoMethods as _};
