//! `descrobject.h` and `structmember.h`: definitions of properties and members of native types.

use crate::*;
use core::ffi::{c_char, c_int, c_void};

fn_types! {
    getter: fn(slf: *mut PyObject, closure: *mut c_void) -> *mut PyObject;
    setter: fn(slf: *mut PyObject, value: *mut PyObject, closure: *mut c_void) -> c_int;
}

structs! {
    #[derive(Clone, Copy, Debug)]
    struct PyGetSetDef { name: *const c_char, get: Option<getter>, set: Option<setter>, doc: *const c_char, closure: *mut c_void, }
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct PyMemberDef { name: *const c_char, type_code: c_int, offset: Py_ssize_t, flags: c_int, doc: *const c_char, }
}

impl Default for PyGetSetDef {
    /// The end of a table.
    fn default() -> Self {
        Self { name: core::ptr::null(), get: None, set: None, doc: core::ptr::null(), closure: core::ptr::null_mut() }
    }
}

impl Default for PyMemberDef {
    /// The end of a table.
    fn default() -> Self {
        Self { name: core::ptr::null(), type_code: 0, offset: 0, flags: 0, doc: core::ptr::null() }
    }
}

// `structmember.h` has these without the prefix, which 3.12 added. The values are the same.
constants! {
    Py_T_SHORT: c_int = 0;
    Py_T_INT: c_int = 1;
    Py_T_LONG: c_int = 2;
    Py_T_FLOAT: c_int = 3;
    Py_T_DOUBLE: c_int = 4;
    Py_T_STRING: c_int = 5;
    _Py_T_OBJECT: c_int = 6;
    Py_T_CHAR: c_int = 7;
    Py_T_BYTE: c_int = 8;
    Py_T_UBYTE: c_int = 9;
    Py_T_USHORT: c_int = 10;
    Py_T_UINT: c_int = 11;
    Py_T_ULONG: c_int = 12;
    Py_T_STRING_INPLACE: c_int = 13;
    Py_T_BOOL: c_int = 14;
    Py_T_OBJECT_EX: c_int = 16;
    Py_T_LONGLONG: c_int = 17;
    Py_T_ULONGLONG: c_int = 18;
    Py_T_PYSSIZET: c_int = 19;
    _Py_T_NONE: c_int = 20;
    Py_READONLY: c_int = 1;
    Py_AUDIT_READ: c_int = 2;
    _Py_WRITE_RESTRICTED: c_int = 4;
    // Supported by CPython from 3.12 on.
    Py_RELATIVE_OFFSET: c_int = 8;
}

/// The names of `structmember.h`.
pub mod structmember {
    use core::ffi::c_int;

    pub use super::{
        _Py_T_NONE as T_NONE, _Py_T_OBJECT as T_OBJECT, _Py_WRITE_RESTRICTED as PY_WRITE_RESTRICTED,
        Py_AUDIT_READ as READ_RESTRICTED, Py_READONLY as READONLY, Py_T_BOOL as T_BOOL, Py_T_BYTE as T_BYTE,
        Py_T_CHAR as T_CHAR, Py_T_DOUBLE as T_DOUBLE, Py_T_FLOAT as T_FLOAT, Py_T_INT as T_INT, Py_T_LONG as T_LONG,
        Py_T_LONGLONG as T_LONGLONG, Py_T_OBJECT_EX as T_OBJECT_EX, Py_T_PYSSIZET as T_PYSSIZET, Py_T_SHORT as T_SHORT,
        Py_T_STRING as T_STRING, Py_T_STRING_INPLACE as T_STRING_INPLACE, Py_T_UBYTE as T_UBYTE, Py_T_UINT as T_UINT,
        Py_T_ULONG as T_ULONG, Py_T_ULONGLONG as T_ULONGLONG, Py_T_USHORT as T_USHORT, PyMemberDef,
    };

    constants! { RESTRICTED: c_int = READ_RESTRICTED | PY_WRITE_RESTRICTED; }
}
