//! Conversions of Rust types that are not ours: one file for each family of types. Those of other crates are public
//! modules, so that their documentation has a place.

#[cfg(feature = "num-bigint")]
pub mod num_bigint;
#[cfg(feature = "smallvec")]
pub mod smallvec;
mod std;
