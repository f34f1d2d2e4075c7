//! What older versions of the API had and 0.30 has not, as far as only this package can have it: methods of its types, and
//! implementations of its traits. The facades in `compat/` of the repository turn it on, each what its version had, and
//! add what need not be here. Not for anybody else.
//!
//! The features add up: in a program with crates of several versions, all of them see what the oldest needs. So nothing
//! here takes the place of something that 0.30 has, nor means something else.

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
#[allow(deprecated, reason = "they are handed on")]
pub use self::downcast::{DowncastError, DowncastIntoError};
pub use self::implicit::ImplicitFromPyObject;
#[cfg(feature = "compat-0-28")]
pub use self::timestamp::Timestamp;
