//! The traits whose methods generated code calls by name. Inherent methods take precedence over them. They are imported
//! as `_`, so they hide none of the user's names.

pub use super::extract_argument::FromHolder as _;
pub use super::field::{Cloned as _, Referenced as _};
pub use super::output::{NewFallback as _, NewWithoutBase as _, ReturnFallback as _};
pub use super::pyclass::{CollectorDefaults as _, NoMethods as _};
pub use super::threads::OneThreadOnly as _;
