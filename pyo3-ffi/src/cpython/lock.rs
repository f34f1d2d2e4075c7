//! `lock.h`, `critical_section.h`: per-object locks (3.13; critical sections are in the limited API from 3.15 on).

use super::*;

#[cfg(Py_LIMITED_API)]
opaque! { PyMutex; }
#[cfg(not(Py_LIMITED_API))]
pub use self::mutex::*;

#[cfg(not(Py_LIMITED_API))]
mod mutex {
    #[cfg(Py_3_14)]
    use super::c_int;

    /// C API structure `PyMutex`: a mutex in one byte.
    #[repr(transparent)]
    #[derive(Debug, Default)]
    pub struct PyMutex {
        _bits: core::sync::atomic::AtomicU8,
    }

    impl PyMutex {
        /// Creates an unlocked mutex.
        pub const fn new() -> Self {
            Self { _bits: core::sync::atomic::AtomicU8::new(0) }
        }
    }

    capi! {
        fn PyMutex_Lock(m: *mut PyMutex);
        fn PyMutex_Unlock(m: *mut PyMutex);
    }

    #[cfg(Py_3_14)]
    capi! { fn PyMutex_IsLocked(mutex: *mut PyMutex) -> c_int; }
}

// With a GIL, critical sections lock nothing, and before 3.15 the structures have no fields in C.
#[cfg(not(any(Py_GIL_DISABLED, Py_3_15)))]
opaque! { PyCriticalSection; PyCriticalSection2; }
#[cfg(any(Py_GIL_DISABLED, Py_3_15))]
structs! {
    struct PyCriticalSection { _cs_prev: usize, _cs_mutex: *mut PyMutex, }
    struct PyCriticalSection2 { _cs_base: PyCriticalSection, _cs_mutex2: *mut PyMutex, }
}

capi! {
    fn PyCriticalSection_Begin(c: *mut PyCriticalSection, op: *mut PyObject);
    fn PyCriticalSection_End(c: *mut PyCriticalSection);
    fn PyCriticalSection2_Begin(c: *mut PyCriticalSection2, a: *mut PyObject, b: *mut PyObject);
    fn PyCriticalSection2_End(c: *mut PyCriticalSection2);
}

#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
capi! {
    fn PyCriticalSection_BeginMutex(section: *mut PyCriticalSection, mutex: *mut PyMutex);
    fn PyCriticalSection2_BeginMutex(section: *mut PyCriticalSection2, first: *mut PyMutex, second: *mut PyMutex);
}
