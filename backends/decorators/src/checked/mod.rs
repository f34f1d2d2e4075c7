//! A backend that asserts the contract while it is used.
//!
//! [`Checked`] hands every operation on to the backend inside, required or provided, so that what is checked is what
//! runs without it. Around each it asks what the contract promises, on both sides: of whoever calls the operation, and of
//! the backend. `operations` is the table: what each operation may do. `frame` has the questions, `ledger` the books about
//! references, `report` what happens where an answer is wrong.
//!
//! # What is caught
//!
//! - **Attachment.** An operation with a proof of attachment on a thread that is not attached, or while the collector
//!   visits objects on it; a body of `attach` or `detach` on a thread that is not what it says.
//! - **References.** Each reference that a handle owns is counted, from where it came (an operation, a clone, a bare
//!   pointer) to where it goes (an operation, a drop, a bare pointer). A handle that gives up what it does not own is
//!   reported there and then. What handles own is never more than what the runtime counts: where it is, somebody else gave
//!   up a reference of ours, or a backend forgot to take one, and the next operation on the object reports that. So is an
//!   object whose count is zero.
//! - **Kinds.** Each handle of a kind, in and out, by `type_check_kind` of the backend inside.
//! - **Exceptions.** None waits after success, one does after a failure, and operations that cannot fail leave them alone;
//!   only operations on exceptions and on counts are entered while one waits. As far as the runtime can tell: see
//!   [`ErrorOps::error_is_raised`](pyo3_backend::ErrorOps::error_is_raised).
//! - **Python code** that calls Rust from inside an operation that runs none, or while the backend holds a
//!   [`Lock`](pyo3_backend::Lock).
//! - **Promises** about values: lengths, contents, hashes, shapes of buffers, mutexes that are unlocked by who has them.
//!
//! # What is not
//!
//! - A reference that is never given up. Leaks are allowed, and statics are made of them.
//! - A reference that a backend forgot to take is seen where handles own more than the runtime counts: not as long as
//!   others keep the object alive.
//! - The memory of a dead object may hold another object, or something that looks like a count. Then the report comes
//!   late or never. A debug allocator (`PYTHONMALLOC=debug`) makes that less likely.
//! - Python code that an operation runs without coming back into Rust.
//! - Operations that make an object the collector knows of may start the collector, whose finalisers may be Python code
//!   that calls Rust. That is no fault, and is not told from one.
//! - Locks that are no `Lock` of the contract.

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
/// A fault is reported to standard error, with the operation, who called it, and where references to the object came from.
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
    /// How many references to an object handles own now, as the books have it.
    pub fn held(object: NonNull<B::Object>) -> usize {
        ledger::held(object.addr().get())
    }
}
