//! Mutexes: CPython's own where threads run at the same time and it has them, else one made of the standard library's.

#[cfg(not(all(Py_GIL_DISABLED, Py_3_14, not(Py_LIMITED_API))))]
mod fallback {
    use pyo3_backend::{MutexOps, RawLock};

    use crate::{At, CPython};

    impl MutexOps for CPython {
        type RawMutex = RawLock;

        const UNLOCKED: RawLock = RawLock::new();

        fn mutex_lock(mutex: &RawLock) {
            mutex.lock::<CPython>();
        }

        fn mutex_unlock(mutex: &RawLock) {
            mutex.unlock();
        }

        fn mutex_is_locked(mutex: &RawLock) -> bool {
            mutex.is_locked()
        }

        #[inline(always)]
        fn with_mutex_section<R>(_py: At<'_>, mutex: &RawLock, body: impl FnOnce() -> R) -> R {
            let _held = Held::new(mutex);
            body()
        }

        #[inline(always)]
        fn with_mutex_sections<R>(_py: At<'_>, first: &RawLock, second: &RawLock, body: impl FnOnce() -> R) -> R {
            // In the order of their addresses, so that sections do not wait for each other in a circle.
            let is_ordered = core::ptr::from_ref(first) < core::ptr::from_ref(second);
            let (first, second) = if is_ordered { (first, second) } else { (second, first) };
            let _held = (Held::new(first), Held::new(second));
            body()
        }
    }

    /// What a section has locked: nothing where there is a global lock.
    #[cfg(not(Py_GIL_DISABLED))]
    struct Held;

    #[cfg(not(Py_GIL_DISABLED))]
    impl Held {
        #[inline(always)]
        fn new(_mutex: &RawLock) -> Self {
            Held
        }
    }

    /// What a section has locked, to the end of it.
    #[cfg(Py_GIL_DISABLED)]
    struct Held<'a>(&'a RawLock);

    #[cfg(Py_GIL_DISABLED)]
    impl<'a> Held<'a> {
        fn new(mutex: &'a RawLock) -> Self {
            mutex.lock::<CPython>();
            Held(mutex)
        }
    }

    #[cfg(Py_GIL_DISABLED)]
    impl Drop for Held<'_> {
        fn drop(&mut self) {
            self.0.unlock();
        }
    }
}

#[cfg(all(Py_GIL_DISABLED, Py_3_14, not(Py_LIMITED_API)))]
mod own {
    use core::cell::UnsafeCell;
    use core::mem::MaybeUninit;

    use pyo3_backend::MutexOps;
    use pyo3_ffi as ffi;

    use crate::section::End;
    use crate::{At, CPython};

    /// `PyMutex`.
    #[derive(Debug)]
    pub struct RawMutex(UnsafeCell<ffi::PyMutex>);

    // SAFETY: CPython's functions are all that reaches the mutex, and are made to be called by several threads.
    unsafe impl Sync for RawMutex {}

    impl MutexOps for CPython {
        type RawMutex = RawMutex;

        const UNLOCKED: RawMutex = RawMutex(UnsafeCell::new(ffi::PyMutex::new()));

        fn mutex_lock(mutex: &RawMutex) {
            // SAFETY: a mutex that stays where it is while it is locked, and any thread, attached or not.
            unsafe { ffi::PyMutex_Lock(mutex.0.get()) }
        }

        fn mutex_unlock(mutex: &RawMutex) {
            // SAFETY: as above; CPython ends the process where it is not locked.
            unsafe { ffi::PyMutex_Unlock(mutex.0.get()) }
        }

        fn mutex_is_locked(mutex: &RawMutex) -> bool {
            // SAFETY: as above.
            unsafe { ffi::PyMutex_IsLocked(mutex.0.get()) != 0 }
        }

        fn with_mutex_section<R>(_py: At<'_>, mutex: &RawMutex, body: impl FnOnce() -> R) -> R {
            let mut section = MaybeUninit::uninit();
            // SAFETY: attached; the mutex outlives the section, which stays where it is until it is ended.
            unsafe { ffi::PyCriticalSection_BeginMutex(section.as_mut_ptr(), mutex.0.get()) };
            let _end = End(section.as_mut_ptr(), ffi::PyCriticalSection_End);
            body()
        }

        fn with_mutex_sections<R>(_py: At<'_>, first: &RawMutex, second: &RawMutex, body: impl FnOnce() -> R) -> R {
            let mut section = MaybeUninit::uninit();
            // SAFETY: as above, with two mutexes.
            unsafe { ffi::PyCriticalSection2_BeginMutex(section.as_mut_ptr(), first.0.get(), second.0.get()) };
            let _end = End(section.as_mut_ptr(), ffi::PyCriticalSection2_End);
            body()
        }
    }
}
