//! `pythread.h`: threads, locks and thread-specific storage.

use super::*;

/// C type `PyThread_type_lock`.
pub type PyThread_type_lock = *mut c_void;

/// C enum `PyLockStatus`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyLockStatus {
    /// The lock was not acquired.
    PY_LOCK_FAILURE = 0,
    /// The lock was acquired.
    PY_LOCK_ACQUIRED = 1,
    /// A signal interrupted the wait.
    PY_LOCK_INTR = 2,
}

#[cfg(Py_LIMITED_API)]
opaque! { Py_tss_t; }
#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Clone, Copy, Debug)]
    struct Py_tss_t { _is_initialized: c_int, _key: NativeTssKey, }
}
/// The initial value of a key that no thread has created yet.
#[cfg(not(Py_LIMITED_API))]
pub const Py_tss_NEEDS_INIT: Py_tss_t = Py_tss_t { _is_initialized: 0, _key: 0 };
/// The key type of the platform's thread library.
#[cfg(all(not(Py_LIMITED_API), not(windows)))]
pub type NativeTssKey = libc::pthread_key_t;
/// The key type of the platform's thread library.
#[cfg(all(not(Py_LIMITED_API), windows))]
pub type NativeTssKey = c_ulong;

capi! {
    fn PyThread_init_thread();
    fn PyThread_start_new_thread(arg: Option<unsafe extern "C" fn(*mut c_void)>, arg2: *mut c_void) -> c_ulong;
    fn PyThread_exit_thread();
    fn PyThread_get_thread_ident() -> c_ulong;
    fn PyThread_get_thread_native_id() -> c_ulong;
    fn PyThread_allocate_lock() -> PyThread_type_lock;
    fn PyThread_free_lock(arg: PyThread_type_lock);
    fn PyThread_acquire_lock(arg: PyThread_type_lock, arg2: c_int) -> c_int;
    fn PyThread_acquire_lock_timed(arg: PyThread_type_lock, microseconds: c_longlong, intr_flag: c_int) -> PyLockStatus;
    fn PyThread_release_lock(arg: PyThread_type_lock);
    fn PyThread_get_stacksize() -> usize;
    fn PyThread_set_stacksize(arg: usize) -> c_int;
    fn PyThread_GetInfo() -> *mut PyObject;
    fn PyThread_create_key() -> c_int;
    fn PyThread_delete_key(key: c_int);
    fn PyThread_set_key_value(key: c_int, value: *mut c_void) -> c_int;
    fn PyThread_get_key_value(key: c_int) -> *mut c_void;
    fn PyThread_delete_key_value(key: c_int);
    fn PyThread_ReInitTLS();
    fn PyThread_tss_alloc() -> *mut Py_tss_t;
    fn PyThread_tss_free(key: *mut Py_tss_t);
    fn PyThread_tss_is_created(key: *mut Py_tss_t) -> c_int;
    fn PyThread_tss_create(key: *mut Py_tss_t) -> c_int;
    fn PyThread_tss_delete(key: *mut Py_tss_t);
    fn PyThread_tss_set(key: *mut Py_tss_t, value: *mut c_void) -> c_int;
    fn PyThread_tss_get(key: *mut Py_tss_t) -> *mut c_void;
}
