//! The backend for RustPython.
//!
//! Every operation is a direct call on the objects of `rustpython-vm`, without a C API. Arguments are only copied where
//! the virtual machine itself copies them. Handles are pointers to the VM's objects, exceptions travel in results, and
//! types are built by hand from the same parts that RustPython's own derive macros use.
//!
//! | file | contents |
//! |---|---|
//! | `vm` | conversion from the proof of attachment to the virtual machine |
//! | `convert` | conversions between the contract's handles and the VM's references |
//! | `interpreter`, `thread` | the one interpreter, and the threads attached to it |
//! | `start` | building the interpreter |
//! | `environment` | text encodings at the start |
//! | `ffi_hooks`, `indicator` | support for code written against the C API |
//! | `imports`, `recursion`, `traceback` | wrapped functions of Python |
//! | `tls` | the cryptography for `ssl` |
//! | `tzinfo` | methods for classes that extend `datetime.tzinfo` |
//! | `payload`, `layout`, `base` | instances of Rust classes as the VM sees them |
//! | the others | one trait of the contract each |
//!
//! # Threads
//!
//! RustPython has no global lock, but its collector stops the world: an attached thread that blocks outside the VM
//! stalls every other thread. So this crate holds no lock while Python code runs, and each lock protects only a few
//! instructions.

mod base;
mod buffer;
mod buffer_export;
mod bytes;
mod call;
mod capi;
mod capsule;
mod class;
mod closure;
mod code;
mod context;
mod convert;
mod datetime;
mod dict;
mod environment;
mod error;
#[doc(hidden)]
pub mod ffi_hooks;
mod function;
mod imports;
mod indicator;
mod interpreter;
mod layout;
mod list;
mod mapping;
mod module;
mod number;
mod object;
mod payload;
mod protocol;
mod recursion;
mod reentrant_mutex;
mod refcount;
mod section;
mod sequence;
mod set;
mod signals;
mod slice;
mod slots;
mod start;
mod sysconfig;
mod text;
mod thread;
#[cfg(feature = "ssl")]
mod tls;
mod traceback;
mod tuple;
mod types;
mod tzinfo;
mod unicode_errors;
mod vm;
mod weakref;

use pyo3_backend::BackendTypes;

pub use self::base::NativeInfo;
pub use self::class::{GetterEntry, MethodEntry, SetterEntry};
pub use self::error::Raised;
pub use self::function::{Definitions, Keyword, VmArguments};
pub use self::interpreter::{bare_builder, builder, program_builder, run_program, set_interpreter};
pub use self::module::ModuleState;
pub use self::slots::SlotEntry;

/// The RustPython runtime, through `rustpython-vm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RustPython;

impl BackendTypes for RustPython {
    type Object = rustpython_vm::PyObject;
    type Raised<'py> = Raised<'py>;
}
