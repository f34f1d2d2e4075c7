//! `bytes`, `tuple`, `list`, `dict`.

mod bytes;
mod dict;
mod list;
mod tuple;
