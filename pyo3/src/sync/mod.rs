//! Synchronisation that gets along with Python: nobody waits while attached.
//!
//! A thread that blocks while attached stops every other thread that needs the interpreter, and on some runtimes the
//! garbage collector; if the lock's owner is one of those, nothing moves again. What is here waits detached.

#[cfg(feature = "arc_lock")]
mod arc_lock;
pub mod critical_section;
#[cfg(feature = "lock_api")]
mod lock_api;
mod locks;
mod mutex;
mod mutex_trait;
pub mod nonpoison;
mod once;
#[cfg(feature = "parking_lot")]
mod parking_lot;

pub use self::locks::{MutexExt, OnceExt, OnceLockExt, RwLockExt};
pub use self::mutex::{PyMutex, PyMutexGuard};
pub use self::mutex_trait::PyMutexTrait;
#[doc(hidden)]
pub use self::once::Interned;
pub use self::once::PyOnceLock;
