//! `marshal.h`: Python's own serialization.

use super::*;

constants! {
    Py_MARSHAL_VERSION: c_int = if cfg!(Py_3_15) { 6 } else if cfg!(Py_3_14) { 5 } else { 4 };
}

capi! {
    #[cfg(any(not(Py_LIMITED_API), not(Py_3_11)))] fn PyMarshal_ReadObjectFromString(s: *const c_char, n: Py_ssize_t) -> *mut PyObject;
    #[cfg(any(not(Py_LIMITED_API), not(Py_3_11)))] fn PyMarshal_WriteObjectToString(ob: *mut PyObject, arg: c_int) -> *mut PyObject;
    fn PyMarshal_ReadLongFromFile(fp: *mut FILE) -> c_long;
    fn PyMarshal_ReadShortFromFile(fp: *mut FILE) -> c_int;
    fn PyMarshal_ReadObjectFromFile(fp: *mut FILE) -> *mut PyObject;
    fn PyMarshal_ReadLastObjectFromFile(fp: *mut FILE) -> *mut PyObject;
    #[cfg(any(not(Py_LIMITED_API), not(Py_3_11)))] fn PyMarshal_WriteLongToFile(arg: c_long, fp: *mut FILE, arg2: c_int);
    #[cfg(any(not(Py_LIMITED_API), not(Py_3_11)))] fn PyMarshal_WriteObjectToFile(ob: *mut PyObject, fp: *mut FILE, arg: c_int);
}
