//! Which threads may use an instance.

use std::thread::{self, ThreadId};

/// On which threads an instance may be used.
pub trait Threads: 'static {
    /// Whether there are wrong ones.
    const CHECKED: bool;

    /// At home on this thread.
    fn here() -> Self;

    /// Panics on the wrong thread.
    fn ensure<T>(&self);

    /// Whether this is a right thread.
    fn is_here(&self) -> bool;
}

/// On all.
pub struct AnyThread;

impl Threads for AnyThread {
    const CHECKED: bool = false;

    #[inline]
    fn here() -> Self {
        AnyThread
    }

    #[inline]
    fn ensure<T>(&self) {}

    #[inline]
    fn is_here(&self) -> bool {
        true
    }
}

/// On the one where it was made: `#[pyclass(unsendable)]`.
///
/// If there is no value there is no thread either, and who looks finds out that there is no value. (Zero is `None`, as
/// for every option of a number that is not zero.)
pub struct OneThread(Option<ThreadId>);

impl Threads for OneThread {
    const CHECKED: bool = true;

    fn here() -> Self {
        OneThread(Some(thread::current().id()))
    }

    #[track_caller]
    fn ensure<T>(&self) {
        assert!(
            self.0.is_none() || self.is_here(),
            "{} is unsendable, but sent to another thread",
            core::any::type_name::<T>()
        );
    }

    fn is_here(&self) -> bool {
        self.0 == Some(thread::current().id())
    }
}
