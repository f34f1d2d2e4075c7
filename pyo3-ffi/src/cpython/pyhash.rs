//! `pyhash.h`: hash functions of the interpreter.

use super::*;

#[cfg(not(Py_LIMITED_API))]
opaque! { PyHash_FuncDef; }

constants! { Py_HASH_CUTOFF: c_int = 0; }

capi! {
    #[cfg(all(Py_3_10, not(Py_LIMITED_API)))] fn _Py_HashDouble(ob: *mut PyObject, v: c_double) -> Py_hash_t;
    #[cfg(not(Py_LIMITED_API))] fn PyHash_GetFuncDef() -> *mut PyHash_FuncDef;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn Py_HashPointer(ptr: *const c_void) -> Py_hash_t;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyObject_GenericHash(ob: *mut PyObject) -> Py_hash_t;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _Py_HashPointer(arg: *const c_void) -> Py_hash_t;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _Py_HashBytes(arg: *const c_void, n: Py_ssize_t) -> Py_hash_t;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn _Py_HashDouble(arg: c_double) -> Py_hash_t;
}

#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
capi! { fn Py_HashBuffer(ptr: *const c_void, len: Py_ssize_t) -> Py_hash_t; }
