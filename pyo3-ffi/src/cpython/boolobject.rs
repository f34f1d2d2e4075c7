//! `boolobject.h`: `bool`.

use super::*;

type_checks! { PyBool_Check: exact PyBool_Type; }

#[cfg(all(Py_LIMITED_API, Py_3_13))]
inline_capi! {
    fn Py_True() -> *mut PyObject = Py_GetConstantBorrowed(Py_CONSTANT_TRUE);
    fn Py_False() -> *mut PyObject = Py_GetConstantBorrowed(Py_CONSTANT_FALSE);
}
#[cfg(not(all(Py_LIMITED_API, Py_3_13)))]
inline_capi! {
    fn Py_True() -> *mut PyObject = (&raw mut _Py_TrueStruct).cast();
    fn Py_False() -> *mut PyObject = (&raw mut _Py_FalseStruct).cast();
}

capi_data! {
    #[cfg(not(all(Py_LIMITED_API, Py_3_13)))] static mut _Py_FalseStruct: PyLongObject;
    #[cfg(not(all(Py_LIMITED_API, Py_3_13)))] static mut _Py_TrueStruct: PyLongObject;
}
capi! {
    #[cfg(Py_3_10)] fn Py_IsTrue(x: *mut PyObject) -> c_int;
    #[cfg(Py_3_10)] fn Py_IsFalse(x: *mut PyObject) -> c_int;
    fn PyBool_FromLong(arg: c_long) -> *mut PyObject;
}
