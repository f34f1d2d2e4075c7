//! `pyhash.h`: hash functions of the interpreter.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Clone, Copy)]
    struct PyHash_FuncDef {
        hash: Option<unsafe extern "C" fn(data: *const c_void, len: Py_ssize_t) -> Py_hash_t>,
        name: *const c_char,
        hash_bits: c_int,
        seed_bits: c_int,
    }
}

constants! {
    Py_HASH_CUTOFF: c_int = 0;
    Py_HASH_EXTERNAL: c_int = 0;
    Py_HASH_SIPHASH24: c_int = 1;
    Py_HASH_FNV: c_int = 2;
    #[cfg(Py_3_11)] Py_HASH_SIPHASH13: c_int = 3;
    // Internal in C from 3.13 on.
    #[cfg(not(Py_LIMITED_API))] _PyHASH_MULTIPLIER: c_ulong = 1_000_003;
}

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
