//! Numbers.

use core::ffi::{c_char, c_double, c_int, c_long, c_longlong, c_ulong, c_ulonglong, c_void};

pub use rustpython_capi::boolobject::*;
pub use rustpython_capi::complexobject::*;
pub use rustpython_capi::floatobject::*;
pub use rustpython_capi::longobject::*;

use super::{Object, reporting};

reporting! { boolobject:
    plain PyBool_FromLong(a: c_long) -> Object;
}

reporting! { longobject:
    plain PyLong_FromLong(a: c_long) -> Object;
    plain PyLong_FromLongLong(a: c_longlong) -> Object;
    plain PyLong_FromSsize_t(a: isize) -> Object;
    plain PyLong_FromSize_t(a: usize) -> Object;
    plain PyLong_FromUnsignedLong(a: c_ulong) -> Object;
    plain PyLong_FromUnsignedLongLong(a: c_ulonglong) -> Object;
    plain PyLong_FromInt32(a: i32) -> Object;
    plain PyLong_FromInt64(a: i64) -> Object;
    plain PyLong_FromUInt32(a: u32) -> Object;
    plain PyLong_FromUInt64(a: u64) -> Object;
    plain PyLong_FromVoidPtr(a: *mut c_void) -> Object;
    plain PyLong_GetNativeLayout() -> *const PyLongLayout;
    safe PyLong_FromDouble(a: c_double) -> Object;
    PyLong_FromNativeBytes(a: *const c_void, b: usize, c: c_int) -> Object;
    PyLong_FromUnsignedNativeBytes(a: *const c_void, b: usize, c: c_int) -> Object;
    PyLong_AsNativeBytes(a: Object, b: *mut c_void, c: isize, d: c_int) -> isize;
    PyLong_FromString(a: *const c_char, b: *mut *mut c_char, c: c_int) -> Object;
    PyLong_AsLong(a: Object) -> c_long;
    PyLong_AsDouble(a: Object) -> c_double;
    quiet PyLong_AsInt(a: Object) -> c_int;
    PyLong_AsInt32(a: Object, b: *mut i32) -> c_int;
    PyLong_AsInt64(a: Object, b: *mut i64) -> c_int;
    PyLong_AsLongLong(a: Object) -> c_longlong;
    PyLong_AsSize_t(a: Object) -> usize;
    quiet PyLong_AsSsize_t(a: Object) -> isize;
    PyLong_AsUInt32(a: Object, b: *mut u32) -> c_int;
    PyLong_AsUInt64(a: Object, b: *mut u64) -> c_int;
    PyLong_AsUnsignedLong(a: Object) -> c_ulong;
    PyLong_AsUnsignedLongMask(a: Object) -> c_ulong;
    PyLong_AsUnsignedLongLongMask(a: Object) -> c_ulonglong;
    PyLong_AsVoidPtr(a: Object) -> *mut c_void;
    PyLong_AsUnsignedLongLong(a: Object) -> c_ulonglong;
    PyLong_Export(a: Object, b: *mut PyLongExport) -> c_int;
    PyLongWriter_Create(a: c_int, b: isize, c: *mut *mut c_void) -> *mut PyLongWriter;
    PyLongWriter_Finish(a: *mut PyLongWriter) -> Object;
}

reporting! { floatobject:
    plain PyFloat_FromDouble(a: c_double) -> Object;
    plain PyFloat_GetMax() -> c_double;
    plain PyFloat_GetMin() -> c_double;
    plain PyFloat_GetInfo() -> Object;
    PyFloat_AsDouble(a: Object) -> c_double;
    PyFloat_FromString(a: Object) -> Object;
}

reporting! { complexobject:
    plain PyComplex_FromDoubles(a: c_double, b: c_double) -> Object;
    PyComplex_RealAsDouble(a: Object) -> c_double;
    PyComplex_ImagAsDouble(a: Object) -> c_double;
}
