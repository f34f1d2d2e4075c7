//! Conversions of Rust types that are not ours: one file for each family of types.

mod std;
