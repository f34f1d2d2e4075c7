//! A backend that asserts the contract while it is used.
//!
//! [`Checked`] forwards every operation to the inner backend, required or provided, so that the code being checked is
//! the code that runs without it. Around each operation it asserts what the contract demands of the caller and of the
//! backend. `operations` is the table of what each operation may do. `frame` has the checks, `ledger` records
//! references, and `report` reports violations.
//!
//! # What it detects
//!
//! - **Attachment.** An operation with a proof of attachment on a thread that is not attached, or on which the
//!   collector is visiting objects; a body of `attach` or `detach` on a thread in the wrong state.
//! - **References.** The ledger counts each reference that a handle owns, from its origin (an operation, a clone, a
//!   bare pointer) to its end (an operation, a drop, a bare pointer). A handle that releases a reference it does not
//!   own is reported immediately. Handles never own more references than the runtime counts. If they do, other code has
//!   released a reference of a handle, or the backend forgot to take one, and the next operation on the object reports
//!   that. An object with a count of zero is reported as well.
//! - **Kinds.** Each handle of a kind, in both directions, with `type_check_kind` of the inner backend.
//! - **Exceptions.** None is pending after success, one is pending after failure, and operations that cannot fail leave
//!   a pending exception alone. While one is pending, only operations on exceptions and reference counts may start.
//!   This depends on what the runtime can tell: see
//!   [`ErrorOps::error_is_raised`](pyo3_backend::ErrorOps::error_is_raised).
//! - **Python code** that calls Rust during an operation that must not run any, or while the backend holds a
//!   [`Lock`](pyo3_backend::Lock).
//! - **Promises** about values: lengths, contents, hashes, shapes of buffers; that the owner unlocks a mutex.
//!
//! # What it does not detect
//!
//! - A reference that is never released. Leaks are allowed, and statics rely on them.
//! - A reference that a backend forgot to take, as long as other owners keep the runtime's count high enough.
//! - Reliably, the use of a dead object. Its memory may hold another object, or something that looks like a count, and
//!   then the report comes late or never. A debug allocator (`PYTHONMALLOC=debug`) makes that less likely.
//! - Python code that an operation runs without calling Rust.
//! - Python code in an operation that creates an object tracked by the collector. Such an operation may start the
//!   collector, whose finalisers may be Python code that calls Rust. That is allowed, and cannot be distinguished from
//!   a fault.
//! - Locks other than the contract's `Lock`.

mod classes;
mod containers;
mod frame;
mod ledger;
mod operations;
mod plain;
mod report;
mod runtime;
mod standard;

use std::marker::PhantomData;
use std::ptr::NonNull;

use pyo3_backend::{Attached, Backend, BackendTypes, Kind, Outcome, Owned, Ref, kind};

pub use self::report::{Place, Report, with_reporter};
pub use self::runtime::CheckedMutex;
use crate::adapt::Watch;

mod adapters {
    crate::adapt::adapters!(Checked);
}

/// The backend `B`, with the contract asserted around each operation.
///
/// A fault is reported to standard error, with the operation, its caller, and the origin of references to the object.
/// Then the process is aborted.
pub struct Checked<B>(PhantomData<fn() -> B>);

impl<B> Clone for Checked<B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Checked<B> {}

impl<B: Backend> BackendTypes for Checked<B> {
    type Object = B::Object;
    type Raised<'py> = B::Raised<'py>;
}

impl<B: Backend> Watch for Checked<B> {
    fn crosses<K: Kind>(object: NonNull<B::Object>) {
        frame::look::<B, K>(object);
    }

    fn goes_in<K: Kind>(object: NonNull<B::Object>) {
        frame::gives::<B, K>(object);
    }

    fn comes_out<K: Kind>(object: NonNull<B::Object>) {
        frame::takes::<B, K>(object);
    }

    fn called<'py, T>(
        _py: Attached<'py, Self>,
        what: &'static str,
        call: impl FnOnce() -> Outcome<'py, Self, T>,
    ) -> Outcome<'py, Self, T> {
        frame::called::<B, _>(what, call, Result::is_ok)
    }

    fn told<R>(what: &'static str, call: impl FnOnce() -> R) -> R {
        frame::told(what, call)
    }

    fn traversed<R>(call: impl FnOnce() -> R) -> R {
        frame::traversed(call)
    }
}

type At<'py, B> = Attached<'py, Checked<B>>;
type Handle<'a, B, K = kind::Any> = Ref<'a, Checked<B>, K>;
type Object<'py, B, K = kind::Any> = Owned<'py, Checked<B>, K>;
type Maybe<'py, B, T> = Outcome<'py, Checked<B>, T>;

impl<B: Backend> Checked<B> {
    /// Returns how many references to an object the handles own now, according to the ledger.
    pub fn held(object: NonNull<B::Object>) -> usize {
        ledger::held(object.addr().get())
    }
}
