//! `floatobject.h`: `float`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! { struct PyFloatObject { ob_base: PyObject, ob_fval: c_double, } }

type_checks! {
    PyFloat_Check: subtype PyFloat_Type;
    PyFloat_CheckExact: exact PyFloat_Type;
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! { fn PyFloat_AS_DOUBLE(op: *mut PyObject) -> c_double = (*op.cast::<PyFloatObject>()).ob_fval; }

// `pystrtod.h`: flags for formatting numbers, and the kinds of numbers.
constants! {
    Py_DTSF_SIGN: c_int = 0x01;
    Py_DTSF_ADD_DOT_0: c_int = 0x02;
    Py_DTSF_ALT: c_int = 0x04;
    #[cfg(Py_3_11)] Py_DTSF_NO_NEG_0: c_int = 0x08;
    Py_DTST_FINITE: c_int = 0;
    Py_DTST_INFINITE: c_int = 1;
    Py_DTST_NAN: c_int = 2;
}

capi_data! {
    static mut PyFloat_Type: PyTypeObject;
}
capi! {
    fn PyOS_string_to_double(str: *const c_char, endptr: *mut *mut c_char, overflow_exception: *mut PyObject) -> c_double;
    fn PyOS_double_to_string(val: c_double, format_code: c_char, precision: c_int, flags: c_int, ty: *mut c_int) -> *mut c_char;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFloat_Pack2(x: c_double, p: *mut c_char, le: c_int) -> c_int;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFloat_Pack4(x: c_double, p: *mut c_char, le: c_int) -> c_int;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFloat_Pack8(x: c_double, p: *mut c_char, le: c_int) -> c_int;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFloat_Unpack2(p: *const c_char, le: c_int) -> c_double;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFloat_Unpack4(p: *const c_char, le: c_int) -> c_double;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyFloat_Unpack8(p: *const c_char, le: c_int) -> c_double;
    fn PyFloat_GetMax() -> c_double;
    fn PyFloat_GetMin() -> c_double;
    fn PyFloat_GetInfo() -> *mut PyObject;
    fn PyFloat_FromString(ob: *mut PyObject) -> *mut PyObject;
    fn PyFloat_FromDouble(arg: c_double) -> *mut PyObject;
    fn PyFloat_AsDouble(ob: *mut PyObject) -> c_double;
}
