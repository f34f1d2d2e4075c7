//! What creates a lazy exception.

#![expect(unsafe_code, reason = "the box of a closure whose type is forgotten")]

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::{Py, PyAny, Python};

/// The class and the arguments of an exception.
pub(super) type Made = (Py<PyAny>, Py<PyAny>);

/// A boxed closure that returns the class and the arguments of an exception. It is called at most once.
///
/// Unlike a `Box<dyn FnOnce>` it is one pointer, because the box starts with the functions that know the closure's type.
pub(super) struct Recipe(NonNull<Start>);

/// The start of each box.
pub(super) struct Start(&'static Functions);

/// # Safety
///
/// Each takes over the box that starts at the pointer: nothing else will use it.
struct Functions {
    /// Calls the closure.
    follow: unsafe fn(NonNull<Start>, Python<'_>) -> Made,
    /// Drops the closure.
    discard: unsafe fn(NonNull<Start>),
}

#[repr(C)]
struct Contents<F> {
    start: Start,
    make: F,
}

// SAFETY: `new` accepts only closures that are `Send`.
unsafe impl Send for Recipe {}
// SAFETY: a shared `Recipe` gives no access to the closure, which is `Sync` besides.
unsafe impl Sync for Recipe {}

impl<F: FnOnce(Python<'_>) -> Made> Contents<F> {
    const FUNCTIONS: &'static Functions = &Functions {
        follow: |start, py| {
            // SAFETY: the caller hands over the box.
            let contents = unsafe { Contents::<F>::take(start) };
            (contents.make)(py)
        },
        // SAFETY: as above.
        discard: |start| drop(unsafe { Contents::<F>::take(start) }),
    };

    /// # Safety
    ///
    /// As [`Functions`], and the box contains an `F`.
    #[inline]
    unsafe fn take(start: NonNull<Start>) -> Box<Self> {
        // SAFETY: a box of this type, whose first field is the start.
        unsafe { Box::from_raw(start.cast().as_ptr()) }
    }
}

impl Recipe {
    /// Puts `make` into a box.
    #[inline]
    pub(super) fn new<F>(make: F) -> Self
    where
        F: FnOnce(Python<'_>) -> Made + Send + Sync + 'static,
    {
        let contents = Box::new(Contents { start: Start(Contents::<F>::FUNCTIONS), make });
        Recipe(NonNull::from(Box::leak(contents)).cast())
    }

    /// Calls the closure.
    pub(super) fn follow(self, py: Python<'_>) -> Made {
        let start = self.into_raw();
        // SAFETY: the box of this `Recipe`, which is gone.
        unsafe { (start.as_ref().0.follow)(start, py) }
    }

    /// Turns this into a pointer, which owns the box.
    #[inline]
    pub(super) fn into_raw(self) -> NonNull<Start> {
        ManuallyDrop::new(self).0
    }

    /// Takes back a pointer from [`into_raw`](Self::into_raw).
    ///
    /// # Safety
    ///
    /// Each such pointer is taken back once.
    #[inline]
    pub(super) unsafe fn from_raw(start: NonNull<Start>) -> Self {
        Recipe(start)
    }
}

impl Drop for Recipe {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the box of this `Recipe`, which nothing uses any more.
        unsafe { (self.0.as_ref().0.discard)(self.0) }
    }
}
