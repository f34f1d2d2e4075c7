//! `lock.h`, `critical_section.h`: per-object locks (3.13).

use super::*;

/// C API structure `PyMutex`: a mutex of one byte.
#[repr(transparent)]
#[derive(Debug, Default)]
pub struct PyMutex {
    _bits: core::sync::atomic::AtomicU8,
}

impl PyMutex {
    /// An unlocked mutex.
    pub const fn new() -> Self {
        Self { _bits: core::sync::atomic::AtomicU8::new(0) }
    }
}

// Nothing is locked where there is a GIL, and C leaves the structures without fields.
#[cfg(not(Py_GIL_DISABLED))]
opaque! { PyCriticalSection; PyCriticalSection2; }
#[cfg(Py_GIL_DISABLED)]
structs! {
    struct PyCriticalSection { _cs_prev: usize, _cs_mutex: *mut PyMutex, }
    struct PyCriticalSection2 { _cs_base: PyCriticalSection, _cs_mutex2: *mut PyMutex, }
}

capi! {
    fn PyMutex_Lock(m: *mut PyMutex);
    fn PyMutex_Unlock(m: *mut PyMutex);
    fn PyCriticalSection_Begin(c: *mut PyCriticalSection, op: *mut PyObject);
    fn PyCriticalSection_End(c: *mut PyCriticalSection);
    fn PyCriticalSection2_Begin(c: *mut PyCriticalSection2, a: *mut PyObject, b: *mut PyObject);
    fn PyCriticalSection2_End(c: *mut PyCriticalSection2);
}

#[cfg(Py_3_14)]
capi! {
    fn PyMutex_IsLocked(mutex: *mut PyMutex) -> c_int;
    fn PyCriticalSection_BeginMutex(section: *mut PyCriticalSection, mutex: *mut PyMutex);
    fn PyCriticalSection2_BeginMutex(section: *mut PyCriticalSection2, first: *mut PyMutex, second: *mut PyMutex);
}
