//! Synchronization that works with Python: threads detach while they wait.
//!
//! A thread that blocks while attached stops all threads that need the interpreter, and on some runtimes also the
//! garbage collector. If one of these holds the lock, the result is a deadlock. The primitives in this module detach
//! before they wait.

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
