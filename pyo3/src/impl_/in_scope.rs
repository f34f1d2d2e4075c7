//! The traits whose methods generated code calls by name. Inherent methods take precedence over them. They are imported
//! as `_`, so they hide none of the user's names.

pub use super::extract_argument::FromHolder as _;
pub use super::field::{Cloned as _, Referenced as _};
pub use super::output::{Fallback as _, NewFallback as _, NewWithoutBase as _};
pub use super::pyclass::{Fallback as _, NoMethods as _};
