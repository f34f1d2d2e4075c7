//! Mutexes: CPython's own where it has them and threads run in parallel, otherwise one built on the standard library's.

#[cfg(not(all(Py_GIL_DISABLED, Py_3_14, not(Py_LIMITED_API))))]
pub(crate) use pyo3_backend::RawLock as RawMutex;

#[cfg(all(Py_GIL_DISABLED, Py_3_14, not(Py_LIMITED_API)))]
pub(crate) use self::own::{RawMutex, in_section};

/// Runs `body` in a section of one or two mutexes that is never suspended.
#[cfg(all(Py_GIL_DISABLED, not(all(Py_3_14, not(Py_LIMITED_API)))))]
pub(crate) fn in_section<R>(first: &RawMutex, second: Option<&RawMutex>, body: impl FnOnce() -> R) -> R {
    pyo3_backend::locked::<crate::CPython, _, _>(first, second, body)
}

#[cfg(all(Py_GIL_DISABLED, Py_3_14, not(Py_LIMITED_API)))]
mod own {
    use core::cell::UnsafeCell;
    use core::mem::MaybeUninit;

    use pyo3_ffi as ffi;

    use crate::CPython;
    use crate::section::End;

    /// CPython's `PyMutex`.
    #[derive(Debug)]
    pub struct RawMutex(UnsafeCell<ffi::PyMutex>);

    // SAFETY: the mutex is only accessed through CPython's functions, which any thread may call.
    unsafe impl Sync for RawMutex {}

    impl pyo3_backend::RawMutex<CPython> for RawMutex {
        const UNLOCKED: RawMutex = RawMutex(UnsafeCell::new(ffi::PyMutex::new()));

        fn lock(&self) {
            // SAFETY: a mutex that does not move while it is locked. Any thread may lock it, attached or not.
            unsafe { ffi::PyMutex_Lock(self.0.get()) }
        }

        fn unlock(&self) {
            // SAFETY: as above; CPython ends the process if the mutex is not locked.
            unsafe { ffi::PyMutex_Unlock(self.0.get()) }
        }

        fn is_locked(&self) -> bool {
            // SAFETY: as above.
            unsafe { ffi::PyMutex_IsLocked(self.0.get()) != 0 }
        }
    }

    /// Runs `body` in a section of one or two mutexes, on an attached thread.
    pub(crate) fn in_section<R>(first: &RawMutex, second: Option<&RawMutex>, body: impl FnOnce() -> R) -> R {
        let Some(second) = second else {
            let mut section = MaybeUninit::uninit();
            // SAFETY: attached; the mutex outlives the section, which does not move until it is ended.
            unsafe { ffi::PyCriticalSection_BeginMutex(section.as_mut_ptr(), first.0.get()) };
            let _end = End(section.as_mut_ptr(), ffi::PyCriticalSection_End);
            return body();
        };
        let mut section = MaybeUninit::uninit();
        // SAFETY: as above, with two mutexes.
        unsafe { ffi::PyCriticalSection2_BeginMutex(section.as_mut_ptr(), first.0.get(), second.0.get()) };
        let _end = End(section.as_mut_ptr(), ffi::PyCriticalSection2_End);
        body()
    }
}
