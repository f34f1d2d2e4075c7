//! `pymem.h`: the interpreter's memory allocators.

use super::*;

#[cfg(not(Py_LIMITED_API))]
pub use self::domains::*;

/// Allocators that an embedding program may replace.
#[cfg(not(Py_LIMITED_API))]
mod domains {
    use super::*;

    /// C enum `PyMemAllocatorDomain`.
    #[repr(C)]
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PyMemAllocatorDomain {
        /// `PyMem_RawMalloc` and friends.
        PYMEM_DOMAIN_RAW,
        /// `PyMem_Malloc` and friends.
        PYMEM_DOMAIN_MEM,
        /// `PyObject_Malloc` and friends.
        PYMEM_DOMAIN_OBJ,
    }

    structs! {
        #[derive(Clone, Copy)]
        struct PyMemAllocatorEx {
            ctx: *mut c_void,
            malloc: Option<unsafe extern "C" fn(ctx: *mut c_void, size: usize) -> *mut c_void>,
            calloc: Option<unsafe extern "C" fn(ctx: *mut c_void, nelem: usize, elsize: usize) -> *mut c_void>,
            realloc: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, new_size: usize) -> *mut c_void>,
            free: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void)>,
        }
    }
}

capi! {
    fn PyMem_Malloc(size: usize) -> *mut c_void;
    #[cfg(any(not(Py_LIMITED_API), Py_3_10))] fn PyMem_Calloc(nelem: usize, elsize: usize) -> *mut c_void;
    fn PyMem_Realloc(ptr: *mut c_void, new_size: usize) -> *mut c_void;
    fn PyMem_Free(ptr: *mut c_void);
    #[cfg(not(Py_LIMITED_API))] fn PyMem_GetAllocator(domain: PyMemAllocatorDomain, allocator: *mut PyMemAllocatorEx);
    #[cfg(not(Py_LIMITED_API))] fn PyMem_SetAllocator(domain: PyMemAllocatorDomain, allocator: *mut PyMemAllocatorEx);
    #[cfg(not(Py_LIMITED_API))] fn PyMem_SetupDebugHooks();
    #[cfg(any(not(Py_LIMITED_API), Py_3_13))] fn PyMem_RawMalloc(size: usize) -> *mut c_void;
    #[cfg(any(not(Py_LIMITED_API), Py_3_13))] fn PyMem_RawCalloc(nelem: usize, elsize: usize) -> *mut c_void;
    #[cfg(any(not(Py_LIMITED_API), Py_3_13))] fn PyMem_RawRealloc(ptr: *mut c_void, new_size: usize) -> *mut c_void;
    #[cfg(any(not(Py_LIMITED_API), Py_3_13))] fn PyMem_RawFree(ptr: *mut c_void);
}
