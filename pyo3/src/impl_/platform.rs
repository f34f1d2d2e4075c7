//! Parts of the standard library, under the paths that macro output and upstream's tests use.

/// Locks.
pub mod sync {
    /// Locks without poisoning: a panic of one owner does not lock out the others.
    pub mod nonpoison {
        use std::sync::{Mutex as StdMutex, MutexGuard, PoisonError, TryLockError};

        /// A mutex without poisoning.
        #[derive(Debug, Default)]
        pub struct Mutex<T: ?Sized>(StdMutex<T>);

        impl<T> Mutex<T> {
            /// Creates a mutex with this value.
            pub const fn new(value: T) -> Self {
                Mutex(StdMutex::new(value))
            }

            /// Returns the value.
            pub fn into_inner(self) -> T {
                self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
            }
        }

        impl<T: ?Sized> Mutex<T> {
            /// Waits for the lock. While attached, prefer `MutexExt::lock_py_attached`.
            pub fn lock(&self) -> MutexGuard<'_, T> {
                self.0.lock().unwrap_or_else(PoisonError::into_inner)
            }

            /// Takes the lock if it is free.
            pub fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
                match self.0.try_lock() {
                    Ok(guard) => Some(guard),
                    Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
                    Err(TryLockError::WouldBlock) => None,
                }
            }
        }

        impl<T: ?Sized> crate::sync::MutexExt<T> for Mutex<T> {
            type LockResult<'a>
                = MutexGuard<'a, T>
            where
                Self: 'a;

            fn lock_py_attached(&self, py: crate::Python<'_>) -> MutexGuard<'_, T> {
                self.0.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner)
            }
        }
    }
}
