//! Parts of the API of older versions that 0.30 does not have, as far as only this package can define them: methods of
//! its types, and implementations of its traits.
//!
//! Not for direct use: the facades in `compat/` of the repository enable what their versions had, and add the rest
//! themselves.
//!
//! Features add up: in a program with crates for several versions, all of them see what the oldest version needs. So
//! nothing here may replace a part of 0.30, or change its meaning.

#[cfg(feature = "compat-0-28")]
mod capsule;
#[cfg(feature = "compat-0-28")]
mod downcast;
#[cfg(feature = "compat-0-27")]
pub mod gil;
mod implicit;
pub(crate) mod names;
mod pointers;
#[cfg(feature = "compat-0-27")]
mod python;
pub mod sync;
#[cfg(feature = "compat-0-28")]
mod timestamp;

#[cfg(feature = "compat-0-28")]
#[allow(deprecated, reason = "re-exports of deprecated items")]
pub use self::downcast::{DowncastError, DowncastIntoError};
pub use self::implicit::ImplicitFromPyObject;
#[cfg(feature = "compat-0-28")]
pub use self::timestamp::Timestamp;
