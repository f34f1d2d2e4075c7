//! [`CancelHandle`]: tells an `async fn` that Python has cancelled it.

use core::fmt;
use core::future::poll_fn;
use core::task::{Context, Poll, Waker};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::{Py, PyAny};

#[derive(Default)]
struct State {
    exception: Option<Py<PyAny>>,
    waiting: Option<Waker>,
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    /// No foreign code runs while this lock is held, so poisoning means nothing.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A handle that receives the exceptions which Python throws into a coroutine, usually `asyncio.CancelledError`.
///
/// Mark an argument of an `async fn` with `#[pyo3(cancel_handle)]` to get one. Then the exception no longer ends the
/// function, which decides by itself what to do.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::coroutine::CancelHandle;
///
/// #[pyfunction]
/// async fn wait(#[pyo3(cancel_handle)] mut cancel: CancelHandle) -> &'static str {
///     cancel.cancelled().await;
///     "told to stop"
/// }
/// ```
#[derive(Default)]
pub struct CancelHandle(Shared);

impl CancelHandle {
    /// Creates a handle that has not received an exception.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns `true` if an exception is waiting, so that [`cancelled`](Self::cancelled) would return at once.
    pub fn is_cancelled(&self) -> bool {
        self.0.lock().exception.is_some()
    }

    /// Takes the waiting exception, or arranges for the task to be woken when one arrives.
    pub fn poll_cancelled(&mut self, cx: &mut Context<'_>) -> Poll<Py<PyAny>> {
        let mut state = self.0.lock();
        if let Some(exception) = state.exception.take() {
            return Poll::Ready(exception);
        }
        match &mut state.waiting {
            Some(waker) => waker.clone_from(cx.waker()),
            none => *none = Some(cx.waker().clone()),
        }
        Poll::Pending
    }

    /// Waits for an exception, and takes it.
    pub async fn cancelled(&mut self) -> Py<PyAny> {
        poll_fn(|cx| self.poll_cancelled(cx)).await
    }

    /// Returns the sender, for use by the coroutine.
    #[doc(hidden)]
    pub fn throw_callback(&self) -> ThrowCallback {
        ThrowCallback(self.0.clone())
    }
}

impl fmt::Debug for CancelHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelHandle").field("is_cancelled", &self.is_cancelled()).finish()
    }
}

/// The sender of exceptions to a [`CancelHandle`], which the coroutine owns.
#[doc(hidden)]
pub struct ThrowCallback(Shared);

impl ThrowCallback {
    pub(super) fn throw(&self, exception: Py<PyAny>) {
        let (waker, replaced) = {
            let mut state = self.0.lock();
            (state.waiting.take(), state.exception.replace(exception))
        };
        // Both run foreign code, so the lock must be released first.
        drop(replaced);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
