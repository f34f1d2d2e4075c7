//! The suite, one module per feature. It is a single executable because linking a runtime takes time and space.
//!
//! Tests that need a separate process are in the files beside this folder.

mod any;
mod bool;
mod buffer;
mod build_metadata;
mod bytearray;
mod bytes;
// Uses C functions, which WebAssembly does not have.
#[cfg(not(target_family = "wasm"))]
mod capi;
mod capsule;
mod class;
mod class_integrity;
mod class_lifecycle;
mod class_new;
mod complex;
mod conditional;
mod conditional_arguments;
mod conditional_fields;
mod context;
mod conversions;
mod coroutines;
mod critical_section;
mod datetime;
mod derives;
mod destruction;
mod dict;
mod enums;
mod errors;
mod exception_types;
mod float;
mod foreign_classes;
mod frame;
mod function;
mod function_errors;
mod hygiene;
mod inheritance;
mod inspect;
mod instance;
mod int;
mod iteration;
mod iterator;
mod layouts;
// Objects are aligned to two words, which is too little on a machine of 32 bits.
#[cfg(not(target_pointer_width = "32"))]
mod layouts_wide;
mod lifetimes;
mod list;
mod mapping;
mod marshal;
mod module;
mod mutex;
mod native_bases;
mod natives;
mod operators;
mod panics;
mod panics_edges;
mod protocols;
mod pybacked;
mod python;
mod range;
mod recursion;
mod refcounts;
mod refcounts_calls;
mod sequence;
mod sequence_slots;
mod set;
mod signatures;
mod slice;
mod static_slots;
mod string;
mod sync;
mod sync_crates;
mod threads;
mod tuple;
mod typeobject;
mod unsafe_functions;
mod weakref;
