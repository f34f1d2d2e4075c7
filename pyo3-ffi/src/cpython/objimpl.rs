//! `objimpl.h`: creating objects, and tracking them with the cycle collector.

use super::*;

fn_types! {
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] gcvisitobjects_t: fn(ob: *mut PyObject, arg: *mut c_void) -> c_int;
}

#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Clone, Copy)]
    struct PyObjectArenaAllocator {
        ctx: *mut c_void,
        alloc: Option<unsafe extern "C" fn(ctx: *mut c_void, size: usize) -> *mut c_void>,
        free: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, size: usize)>,
    }
}

inline_capi! {
    fn PyType_IS_GC(ty: *mut PyTypeObject) -> c_int = PyType_HasFeature(ty, Py_TPFLAGS_HAVE_GC);
}

/// Creates an object of the type `ty`, whose instances have the layout of `T`: C API macro `PyObject_New`.
///
/// # Safety
/// As for `_PyObject_New`, and instances of `ty` are at least as large as `T`.
#[inline]
pub unsafe fn PyObject_New<T>(ty: *mut PyTypeObject) -> *mut T {
    // SAFETY: upheld by the caller.
    unsafe { _PyObject_New(ty).cast() }
}

/// Like [`PyObject_New`], with room for `n` items: C API macro `PyObject_NewVar`.
///
/// # Safety
/// As for `_PyObject_NewVar`, and instances of `ty` are at least as large as `T`.
#[inline]
pub unsafe fn PyObject_NewVar<T>(ty: *mut PyTypeObject, n: Py_ssize_t) -> *mut T {
    // SAFETY: upheld by the caller.
    unsafe { _PyObject_NewVar(ty, n).cast() }
}

/// Creates an object that the collector can track: C API macro `PyObject_GC_New`.
///
/// # Safety
/// As for `_PyObject_GC_New`, and instances of `ty` are at least as large as `T`.
#[inline]
pub unsafe fn PyObject_GC_New<T>(ty: *mut PyTypeObject) -> *mut T {
    // SAFETY: upheld by the caller.
    unsafe { _PyObject_GC_New(ty).cast() }
}

/// Like [`PyObject_GC_New`], with room for `n` items: C API macro `PyObject_GC_NewVar`.
///
/// # Safety
/// As for `_PyObject_GC_NewVar`, and instances of `ty` are at least as large as `T`.
#[inline]
pub unsafe fn PyObject_GC_NewVar<T>(ty: *mut PyTypeObject, n: Py_ssize_t) -> *mut T {
    // SAFETY: upheld by the caller.
    unsafe { _PyObject_GC_NewVar(ty, n).cast() }
}

/// Resizes an object of [`PyObject_GC_NewVar`] to `n` items, and may move it: C API macro `PyObject_GC_Resize`.
///
/// # Safety
/// As for `_PyObject_GC_Resize`, and `op` has the layout of `T`. On success, `op` is not used any more.
#[inline]
pub unsafe fn PyObject_GC_Resize<T>(op: *mut PyObject, n: Py_ssize_t) -> *mut T {
    // SAFETY: upheld by the caller.
    unsafe { _PyObject_GC_Resize(op.cast(), n).cast() }
}

#[cfg(not(any(Py_3_11, Py_LIMITED_API)))]
inline_capi! { fn PyType_SUPPORTS_WEAKREFS(ty: *mut PyTypeObject) -> c_int = c_int::from((*ty).tp_weaklistoffset > 0); }

capi! {
    #[cfg(not(Py_LIMITED_API))] fn PyObject_GetArenaAllocator(allocator: *mut PyObjectArenaAllocator);
    #[cfg(not(Py_LIMITED_API))] fn PyObject_SetArenaAllocator(allocator: *mut PyObjectArenaAllocator);
    #[cfg(not(Py_LIMITED_API))] fn PyObject_IS_GC(obj: *mut PyObject) -> c_int;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyType_SUPPORTS_WEAKREFS(ty: *mut PyTypeObject) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyObject_GET_WEAKREFS_LISTPTR(op: *mut PyObject) -> *mut *mut PyObject;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_Object_GC_NewWithExtraData(ty: *mut PyTypeObject, arg: usize) -> *mut PyObject;
    fn PyObject_Malloc(size: usize) -> *mut c_void;
    fn PyObject_Calloc(nelem: usize, elsize: usize) -> *mut c_void;
    fn PyObject_Realloc(ptr: *mut c_void, new_size: usize) -> *mut c_void;
    fn PyObject_Free(ptr: *mut c_void);
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_GC_VisitObjects(callback: Option<gcvisitobjects_t>, arg: *mut c_void);
    fn PyObject_Init(ob: *mut PyObject, ty: *mut PyTypeObject) -> *mut PyObject;
    fn PyObject_InitVar(arg: *mut PyVarObject, ty: *mut PyTypeObject, n: Py_ssize_t) -> *mut PyVarObject;
    fn _PyObject_New(ty: *mut PyTypeObject) -> *mut PyObject;
    fn _PyObject_NewVar(ty: *mut PyTypeObject, n: Py_ssize_t) -> *mut PyVarObject;
    #[cfg(Py_3_10)] fn PyGC_Enable() -> c_int;
    #[cfg(Py_3_10)] fn PyGC_Disable() -> c_int;
    #[cfg(Py_3_10)] fn PyGC_IsEnabled() -> c_int;
    fn _PyObject_GC_New(ty: *mut PyTypeObject) -> *mut PyObject;
    fn _PyObject_GC_NewVar(ty: *mut PyTypeObject, n: Py_ssize_t) -> *mut PyVarObject;
    fn _PyObject_GC_Resize(op: *mut PyVarObject, n: Py_ssize_t) -> *mut PyVarObject;
    fn PyObject_GC_Track(arg: *mut c_void);
    fn PyObject_GC_UnTrack(arg: *mut c_void);
    fn PyObject_GC_Del(arg: *mut c_void);
    fn PyObject_GC_IsTracked(ob: *mut PyObject) -> c_int;
    fn PyObject_GC_IsFinalized(ob: *mut PyObject) -> c_int;
}
capi_running! {
    fn PyGC_Collect() -> Py_ssize_t;
}
