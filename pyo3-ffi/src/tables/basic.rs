//! `pyport.h`: the basic types.

/// C API type `Py_ssize_t`: a signed size.
pub type Py_ssize_t = isize;
/// C API type `Py_hash_t`: a hash value.
pub type Py_hash_t = Py_ssize_t;
/// C API type `Py_uhash_t`: an unsigned hash value.
pub type Py_uhash_t = usize;
/// C API type `Py_intptr_t`.
pub type Py_intptr_t = isize;
/// C API type `Py_uintptr_t`.
pub type Py_uintptr_t = usize;
/// C API type `PY_INT32_T`.
pub type PY_INT32_T = i32;
/// C API type `PY_INT64_T`.
pub type PY_INT64_T = i64;
/// C API type `PY_UINT32_T`.
pub type PY_UINT32_T = u32;
/// C API type `PY_UINT64_T`.
pub type PY_UINT64_T = u64;
/// C type `wchar_t`.
pub type wchar_t = libc::wchar_t;

/// C API type `Py_UCS1`.
pub type Py_UCS1 = u8;
/// C API type `Py_UCS2`.
pub type Py_UCS2 = u16;
/// C API type `Py_UCS4`.
pub type Py_UCS4 = u32;

constants! {
    INT_MAX: core::ffi::c_int = core::ffi::c_int::MAX;
    PY_BIG_ENDIAN: usize = cfg!(target_endian = "big") as usize;
    PY_LITTLE_ENDIAN: usize = cfg!(target_endian = "little") as usize;
    PY_SSIZE_T_MIN: Py_ssize_t = Py_ssize_t::MIN;
    PY_SSIZE_T_MAX: Py_ssize_t = Py_ssize_t::MAX;
}
