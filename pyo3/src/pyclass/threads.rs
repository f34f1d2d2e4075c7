//! Which threads may use an instance.

use std::thread::{self, ThreadId};

/// The threads on which an instance may be used.
pub trait Threads: 'static {
    /// Whether some threads are not allowed.
    const CHECKED: bool;

    /// Creates the value for an instance made on this thread.
    fn here() -> Self;

    /// Panics if this thread may not use the instance.
    fn ensure<T>(&self);

    /// Whether this thread may use the instance.
    fn is_here(&self) -> bool;
}

/// Instances may be used on all threads.
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

/// Instances may be used only on the thread that made them: `#[pyclass(unsendable)]`.
///
/// An instance without a value has no thread either; whoever uses it finds out that there is no value. (Zeroed memory
/// is `None`, as for every option of a non-zero number.)
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
