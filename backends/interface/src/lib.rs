//! The contract between `pyo3` and a Python runtime.
//!
//! The frontend (`pyo3`) names no runtime. It calls the operations of this crate on *the* backend: a zero-sized type
//! that implements [`Backend`]. To add a runtime, implement these traits and name the new type in the frontend's one
//! switch, `pyo3/src/backend.rs`.
//!
//! # How to read it
//!
//! There is one operations trait per feature file, on top of [`BackendTypes`], which holds only associated *types*.
//! Every operation says what it does, and then, in this order: **Ownership** (what happens to references),
//! **Runs Python** (whether arbitrary Python code may run before it returns), **Errors** (what it raises, and the state
//! it leaves behind when it fails), and how each runtime implements it. Unless an operation says otherwise:
//!
//! - arguments are borrowed, results are owned;
//! - the calling thread is attached, which [`Attached`] proves;
//! - nothing unwinds: the frontend catches panics of user code before they reach a backend;
//! - an operation that can fail only because memory runs out returns a plain value, and aborts in that case, as Rust's
//!   own allocator does.
//!
//! # Who validates
//!
//! The frontend validates, backends assert. An operation that is documented to take a list takes a handle of kind
//! [`kind::List`]. Only a checked cast gives such a handle, so the operation does not check again.
//!
//! # Required and provided
//!
//! A *required* operation cannot be built from others. Every other operation is *provided*: it has a default body that
//! is correct on every runtime, and its docs say when a backend gains by overriding it.

#![deny(unsafe_code)]

mod backend_types;
mod buffer;
mod bytes;
mod call;
mod capi;
mod capsule;
mod chain;
mod class;
mod code;
mod context;
mod datetime;
mod deferred;
mod dict;
mod error;
mod free_list;
mod function;
mod handle;
mod held;
mod interpreter;
pub mod kind;
mod list;
mod lock;
mod lowering;
mod mapping;
mod mark;
mod module;
mod mutex;
mod number;
mod object;
mod panic;
mod protocol;
mod provided;
mod refcount;
mod section;
mod sequence;
mod set;
mod slice;
mod text;
mod thread;
mod traverse;
mod tuple;
mod types;
mod weakref;

pub use self::backend_types::{BackendTypes, Outcome};
pub use self::buffer::{BufferLayout, BufferOps};
pub use self::bytes::BytesOps;
pub use self::call::{ArgumentArray, CallOps, Positional};
pub use self::capi::{CApiOps, GetBufferFn, ReleaseBufferFn};
pub use self::capsule::{CapsuleDestructor, CapsuleDropFn, CapsuleOps, CapsuleParts};
pub use self::chain::{BaseClass, Derived, Link, Native, NativeBase, NativeType, Payloads, Place, Values};
pub use self::class::{Class, ClassFlags, ClassOps, ClassSpec, Member, MethodKind, Protocol, Special, Visit};
pub use self::code::{CodeOps, CompileMode};
pub use self::context::{ContextEvent, ContextOps, ContextWatcher};
pub use self::datetime::{
    DateField, DateParts, DateTimeOps, DateTimeType, DeltaField, HasDate, HasTime, TimeField, TimeParts,
};
pub use self::deferred::DeferredReleases;
pub use self::dict::DictOps;
pub use self::error::ErrorOps;
pub use self::free_list::FreeList;
pub use self::function::{Arguments, DefinedFunction, Function, FunctionDef, FunctionOps, KeywordName};
pub use self::handle::{Attached, Global, Owned, Ref};
pub use self::held::Held;
pub use self::interpreter::InterpreterOps;
pub use self::kind::{BuiltinType, ExceptionType, Kind, Members};
pub use self::list::ListOps;
pub use self::lock::{Lock, Locked, locks_held};
pub use self::mapping::{MappingOps, MappingPart};
pub use self::module::{Module, ModuleDef, ModuleInit, ModuleOps};
pub use self::mutex::{DEADLOCK, RawLock, RawMutex, locked};
pub use self::number::{ComplexOp, ComplexOps, FloatOps, IntOps, IntValue};
pub use self::object::{BinaryOp, CompareOp, Constant, ObjectOps, UnaryOp};
pub use self::panic::{PanicPayload, PanicToException, RaisePanic, catch_panic};
pub use self::protocol::{
    BinaryFn, BinarySlot, BoolFn, CompareFn, ContainsFn, DescriptorGetFn, HashFn, LenFn, NextFn, ProtocolOps, RepeatFn,
    RepeatSlot, SetFn, SetSlot, TernaryFn, TernarySlot, UnaryFn, UnarySlot,
};
pub use self::refcount::RefOps;
pub use self::section::{SectionOps, Subjects};
pub use self::sequence::SequenceOps;
pub use self::set::{AnySet, SetOps};
pub use self::slice::{SliceIndices, SliceOps};
pub use self::text::{StrData, StrOps};
pub use self::thread::{AttachError, ThreadOps};
pub use self::traverse::{Stop, forbid_attach, is_attach_forbidden};
pub use self::tuple::TupleOps;
pub use self::types::TypeOps;
pub use self::weakref::WeakrefOps;

macro_rules! backend {
    ($first:ident $($operations:ident)*) => {
        /// A Python runtime: the sum of all operation traits.
        ///
        /// Implemented for every type that implements all of them. A backend implements the parts.
        pub trait Backend: $first $(+ $operations)* {}

        impl<B: $first $(+ $operations)*> Backend for B {}
    };
}

backend! {
    BufferOps BytesOps CallOps CApiOps CapsuleOps ClassOps CodeOps ComplexOps ContextOps DateTimeOps DictOps ErrorOps FloatOps FunctionOps
    IntOps InterpreterOps ListOps MappingOps ModuleOps ObjectOps ProtocolOps SectionOps SequenceOps SetOps SliceOps StrOps
    ThreadOps TupleOps TypeOps WeakrefOps
}
