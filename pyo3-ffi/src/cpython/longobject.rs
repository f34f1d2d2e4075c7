//! `longobject.h`: `int`.

use super::*;

opaque! { PyLongObject; }

type_checks! {
    PyLong_Check: flag Py_TPFLAGS_LONG_SUBCLASS;
    PyLong_CheckExact: exact PyLong_Type;
}

capi! {
    #[cfg(not(Py_LIMITED_API))] fn PyLong_FromUnicodeObject(u: *mut PyObject, base: c_int) -> *mut PyObject;
    fn PyLong_FromLong(arg: c_long) -> *mut PyObject;
    fn PyLong_FromUnsignedLong(arg: c_ulong) -> *mut PyObject;
    fn PyLong_FromSize_t(arg: usize) -> *mut PyObject;
    fn PyLong_FromSsize_t(n: Py_ssize_t) -> *mut PyObject;
    fn PyLong_FromDouble(arg: c_double) -> *mut PyObject;
    fn PyLong_AsLong(ob: *mut PyObject) -> c_long;
    fn PyLong_AsLongAndOverflow(ob: *mut PyObject, arg: *mut c_int) -> c_long;
    fn PyLong_AsSsize_t(ob: *mut PyObject) -> Py_ssize_t;
    fn PyLong_AsSize_t(ob: *mut PyObject) -> usize;
    fn PyLong_AsUnsignedLong(ob: *mut PyObject) -> c_ulong;
    fn PyLong_AsUnsignedLongMask(ob: *mut PyObject) -> c_ulong;
    #[cfg(Py_3_13)] fn PyLong_AsInt(ob: *mut PyObject) -> c_int;
    fn PyLong_GetInfo() -> *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyLong_AsNativeBytes(v: *mut PyObject, buffer: *mut c_void, n_bytes: Py_ssize_t, flags: c_int) -> Py_ssize_t;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyLong_FromNativeBytes(buffer: *const c_void, n_bytes: usize, flags: c_int) -> *mut PyObject;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyLong_FromUnsignedNativeBytes(buffer: *const c_void, n_bytes: usize, flags: c_int) -> *mut PyObject;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_Long_IsCompact(op: *const PyLongObject) -> c_int;
    #[cfg(all(Py_3_12, not(Py_LIMITED_API)))] fn PyUnstable_Long_CompactValue(op: *const PyLongObject) -> Py_ssize_t;
    #[cfg(not(Py_LIMITED_API))] fn _PyLong_Sign(v: *mut PyObject) -> c_int;
    #[cfg(all(Py_3_14, not(Py_LIMITED_API)))] fn _PyLong_NumBits(v: *mut PyObject) -> i64;
    #[cfg(not(any(Py_3_14, Py_LIMITED_API)))] fn _PyLong_NumBits(v: *mut PyObject) -> usize;
    fn PyLong_AsDouble(ob: *mut PyObject) -> c_double;
    fn PyLong_FromVoidPtr(arg: *mut c_void) -> *mut PyObject;
    fn PyLong_AsVoidPtr(ob: *mut PyObject) -> *mut c_void;
    #[cfg(not(Py_LIMITED_API))] fn _PyLong_FromByteArray(bytes: *const c_uchar, n: usize, little_endian: c_int, is_signed: c_int) -> *mut PyObject;
    fn PyLong_FromLongLong(arg: c_longlong) -> *mut PyObject;
    fn PyLong_FromUnsignedLongLong(arg: c_ulonglong) -> *mut PyObject;
    fn PyLong_AsLongLong(ob: *mut PyObject) -> c_longlong;
    fn PyLong_AsUnsignedLongLong(ob: *mut PyObject) -> c_ulonglong;
    fn PyLong_AsUnsignedLongLongMask(ob: *mut PyObject) -> c_ulonglong;
    fn PyLong_AsLongLongAndOverflow(ob: *mut PyObject, arg: *mut c_int) -> c_longlong;
    fn PyLong_FromString(s: *const c_char, s2: *mut *mut c_char, arg: c_int) -> *mut PyObject;
    fn PyOS_strtoul(s: *const c_char, s2: *mut *mut c_char, arg: c_int) -> c_ulong;
    fn PyOS_strtol(s: *const c_char, s2: *mut *mut c_char, arg: c_int) -> c_long;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn _PyLong_AsByteArray(v: *mut PyLongObject, bytes: *mut c_uchar, n: usize, little_endian: c_int, is_signed: c_int, with_exceptions: c_int) -> c_int;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyLong_AsByteArray(v: *mut PyLongObject, bytes: *mut c_uchar, n: usize, little_endian: c_int, is_signed: c_int) -> c_int;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn PyLong_FromUnicode(arg: *mut Py_UNICODE, n: Py_ssize_t, arg2: c_int) -> *mut PyObject;
}

// Flags of `PyLong_AsNativeBytes` and `PyLong_FromNativeBytes` (3.13).
#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
constants! {
    Py_ASNATIVEBYTES_DEFAULTS: c_int = -1;
    Py_ASNATIVEBYTES_BIG_ENDIAN: c_int = 0;
    Py_ASNATIVEBYTES_LITTLE_ENDIAN: c_int = 1;
    Py_ASNATIVEBYTES_NATIVE_ENDIAN: c_int = 3;
    Py_ASNATIVEBYTES_UNSIGNED_BUFFER: c_int = 4;
    Py_ASNATIVEBYTES_REJECT_NEGATIVE: c_int = 8;
    #[cfg(Py_3_14)] Py_ASNATIVEBYTES_ALLOW_INDEX: c_int = 16;
}

#[cfg(Py_3_14)]
capi! {
    fn PyLong_AsInt32(ob: *mut PyObject, value: *mut i32) -> c_int;
    fn PyLong_AsUInt32(ob: *mut PyObject, value: *mut u32) -> c_int;
    fn PyLong_AsInt64(ob: *mut PyObject, value: *mut i64) -> c_int;
    fn PyLong_AsUInt64(ob: *mut PyObject, value: *mut u64) -> c_int;
    fn PyLong_FromInt32(value: i32) -> *mut PyObject;
    fn PyLong_FromUInt32(value: u32) -> *mut PyObject;
    fn PyLong_FromInt64(value: i64) -> *mut PyObject;
    fn PyLong_FromUInt64(value: u64) -> *mut PyObject;
}
#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
capi! {
    fn PyLong_IsPositive(ob: *mut PyObject) -> c_int;
    fn PyLong_IsNegative(ob: *mut PyObject) -> c_int;
    fn PyLong_IsZero(ob: *mut PyObject) -> c_int;
    fn PyLong_GetSign(ob: *mut PyObject, sign: *mut c_int) -> c_int;
}

#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
pub use self::digits::*;

/// Reads the digits of a number, and creates numbers from digits.
#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
mod digits {
    use super::*;

    structs! {
        #[derive(Clone, Copy)]
        struct PyLongLayout { bits_per_digit: u8, digit_size: u8, digits_order: i8, digit_endianness: i8, }
        struct PyLongExport {
            value: i64,
            negative: u8,
            ndigits: Py_ssize_t,
            digits: *const c_void,
            _reserved: Py_uintptr_t,
        }
    }

    opaque! { PyLongWriter; }

    capi! {
        fn PyLong_GetNativeLayout() -> *const PyLongLayout;
        fn PyLong_Export(obj: *mut PyObject, export_long: *mut PyLongExport) -> c_int;
        fn PyLong_FreeExport(export_long: *mut PyLongExport);
        fn PyLongWriter_Create(negative: c_int, ndigits: Py_ssize_t, digits: *mut *mut c_void) -> *mut PyLongWriter;
        fn PyLongWriter_Finish(writer: *mut PyLongWriter) -> *mut PyObject;
        fn PyLongWriter_Discard(writer: *mut PyLongWriter);
    }
}
