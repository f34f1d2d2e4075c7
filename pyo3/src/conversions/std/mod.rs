//! Conversions of types of the Rust standard library.

mod array;
mod boolean;
mod cell;
mod cstring;
mod float;
mod int128;
mod ipaddr;
mod list_blocks;
#[macro_use]
pub(super) mod map;
mod nonzero;
mod num;
mod option;
mod osstr;
mod path;
pub(super) mod sequence;
#[macro_use]
pub(super) mod set;
mod slice;
mod string;
mod time;
mod tuple;
mod vec;
