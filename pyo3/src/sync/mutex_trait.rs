//! [`PyMutexTrait`]: what both kinds of mutex have in common.

use core::ops::Deref;

use super::{mutex, nonpoison};

pub(super) mod sealed {
    use core::ops::Deref;

    pub trait Sealed<'a, T: ?Sized + 'a> {}
    impl<'a, T: ?Sized + 'a> Sealed<'a, T> for super::mutex::PyMutex<T> {}
    impl<'a, T: ?Sized + 'a> Sealed<'a, T> for super::nonpoison::PyMutex<T> {}
    impl<'a, T, U, D> Sealed<'a, T> for D
    where
        T: ?Sized + 'a,
        U: ?Sized + super::PyMutexTrait<'a, T> + 'a,
        D: ?Sized + Deref<Target = U>,
    {
    }
}

/// A mutex that works with a critical section: [`PyMutex`](super::PyMutex), [`nonpoison::PyMutex`], or a type that
/// dereferences to one, such as an `Arc` of it.
pub trait PyMutexTrait<'a, T: ?Sized + 'a>: sealed::Sealed<'a, T> {
    /// Returns the mutex inside the poison flag.
    #[doc(hidden)]
    fn plain(&'a self) -> &'a nonpoison::PyMutex<T>;
}

impl<'a, T: ?Sized + 'a> PyMutexTrait<'a, T> for mutex::PyMutex<T> {
    fn plain(&'a self) -> &'a nonpoison::PyMutex<T> {
        self.inner()
    }
}

impl<'a, T: ?Sized + 'a> PyMutexTrait<'a, T> for nonpoison::PyMutex<T> {
    fn plain(&'a self) -> &'a nonpoison::PyMutex<T> {
        self
    }
}

impl<'a, T, U, D> PyMutexTrait<'a, T> for D
where
    T: ?Sized + 'a,
    U: ?Sized + PyMutexTrait<'a, T> + 'a,
    D: ?Sized + Deref<Target = U>,
{
    fn plain(&'a self) -> &'a nonpoison::PyMutex<T> {
        U::plain(self)
    }
}
