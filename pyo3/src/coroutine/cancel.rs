//! [`CancelHandle`]: how an `async fn` learns that Python cancelled it.

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
    /// No code of others runs under this lock, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Receives the exception that Python throws into a coroutine: `asyncio`'s `CancelledError` as a rule.
///
/// An `async fn` with an argument marked `#[pyo3(cancel_handle)]` gets one. It is then not ended by the exception: what
/// cancellation means is up to the function.
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
    /// A handle that nothing was thrown into yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is an exception that [`cancelled`](Self::cancelled) would return at once.
    pub fn is_cancelled(&self) -> bool {
        self.0.lock().exception.is_some()
    }

    /// Takes the exception, or asks to be woken when there is one.
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

    /// The other end: what the coroutine throws into.
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

/// Where a coroutine puts the exceptions that its [`CancelHandle`] gives out.
#[doc(hidden)]
pub struct ThrowCallback(Shared);

impl ThrowCallback {
    pub(super) fn throw(&self, exception: Py<PyAny>) {
        let (waker, replaced) = {
            let mut state = self.0.lock();
            (state.waiting.take(), state.exception.replace(exception))
        };
        // Both run code of others, hence after the lock.
        drop(replaced);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
