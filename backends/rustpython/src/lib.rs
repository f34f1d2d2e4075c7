//! RustPython behind the backend contract.
//!
//! Every operation is a direct call on the objects of `rustpython-vm`: no C API, no copies of arguments beyond the one
//! that the virtual machine itself makes. Handles are pointers to the VM's objects, exceptions travel in results, and
//! types are made by hand from the same parts that RustPython's own derive macros use.
//!
//! | file | holds |
//! |---|---|
//! | `vm` | from the proof of attachment to the virtual machine |
//! | `convert` | between the contract's handles and the VM's references |
//! | `interpreter`, `thread` | the one interpreter, and who is attached to it |
//! | `start` | where the interpreter is built |
//! | `environment` | what it starts with: text encodings |
//! | `host`, `indicator` | what code written against the C API needs |
//! | `imports`, `recursion`, `traceback` | functions of Python's that are wrapped |
//! | `tls` | what `ssl` encrypts with |
//! | `tzinfo` | methods for classes that extend `datetime.tzinfo` |
//! | `payload`, `layout`, `base` | instances of Rust classes as the VM sees them |
//! | the others | one trait of the contract each |
//!
//! # Threads
//!
//! RustPython has no global lock, but its collector stops the world: a thread that is attached and blocks outside the
//! VM stalls every other one. So no lock of this crate is held while Python code runs, and each protects a few
//! instructions only.

mod base;
mod buffer;
mod bytes;
mod call;
mod capi;
mod capsule;
mod class;
mod closure;
mod code;
mod convert;
mod datetime;
mod dict;
mod environment;
mod error;
mod export;
mod function;
#[doc(hidden)]
pub mod host;
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
pub use self::function::{FunctionEntry, Keyword, VmArguments};
pub use self::interpreter::{bare_builder, builder, program_builder, run_program, set_interpreter};
pub use self::module::ModuleState;
pub use self::slots::SlotEntry;

/// The backend: RustPython, through `rustpython-vm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RustPython;

impl BackendTypes for RustPython {
    type Object = rustpython_vm::PyObject;
    type Raised<'py> = Raised<'py>;
}
