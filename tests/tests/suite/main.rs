//! The suite, one module for each feature, in one executable: linking a runtime takes seconds and space.
//!
//! What needs a process of its own is in the files beside this folder.

mod any;
mod bool;
mod build_metadata;
mod bytearray;
mod bytes;
mod class;
mod class_lifecycle;
mod conversions;
mod coroutines;
mod critical_section;
mod dict;
mod errors;
mod exception_types;
mod float;
mod function;
mod function_errors;
mod inheritance;
mod instance;
mod int;
mod iterator;
mod list;
mod module;
mod operators;
mod panics;
mod panics_edges;
mod protocols;
mod pybacked;
mod python;
mod refcounts;
mod refcounts_calls;
mod string;
mod sync;
mod sync_crates;
mod threads;
mod tuple;
mod typeobject;
mod weakref;
