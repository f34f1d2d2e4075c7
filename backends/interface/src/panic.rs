//! Panics of the user's code.
//!
//! A panic must not unwind into a runtime. Only the frontend knows which exception stands for a panic, and only the
//! backend knows how to catch panics in few places: one C function that all functions share, and that is given a
//! pointer to the user's code, is much smaller than one that catches panics for each of them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::{Attached, BackendTypes, Outcome};

/// What a panic carries.
pub type PanicPayload = Box<dyn Any + Send + 'static>;

/// Knows which exception stands for a panic.
pub trait PanicToException<B: BackendTypes> {
    /// Raises that exception.
    fn raise(py: Attached<'_, B>, payload: PanicPayload) -> B::Raised<'_>;
}

/// The function of a [`PanicToException`], as a value.
#[derive(Clone, Copy)]
pub struct RaisePanic<B: BackendTypes>(for<'py> fn(Attached<'py, B>, PanicPayload) -> <B as BackendTypes>::Raised<'py>);

impl<B: BackendTypes> RaisePanic<B> {
    /// For code that does not panic. If it does, the panic goes on.
    pub(crate) const NEVER: Self = RaisePanic(resume);

    /// Returns the function of `P`.
    pub const fn of<P: PanicToException<B>>() -> Self {
        RaisePanic(P::raise)
    }
}

/// Runs `body`. A panic becomes the exception that `raise` raises.
///
/// # Errors
///
/// The error of `body`, or its panic.
#[inline]
pub fn catch_panic<'py, B: BackendTypes, R>(
    py: Attached<'py, B>,
    raise: RaisePanic<B>,
    body: impl FnOnce() -> Outcome<'py, B, R>,
) -> Outcome<'py, B, R> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| Err((raise.0)(py, payload)))
}

fn resume<B: BackendTypes>(_py: Attached<'_, B>, payload: PanicPayload) -> B::Raised<'_> {
    resume_unwind(payload)
}
