//! `sliceobject.h`: `slice` and `Ellipsis`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PySliceObject { ob_base: PyObject, start: *mut PyObject, stop: *mut PyObject, step: *mut PyObject, }
}

type_checks! { PySlice_Check: exact PySlice_Type; }

#[cfg(all(Py_LIMITED_API, Py_3_13))]
inline_capi! { fn Py_Ellipsis() -> *mut PyObject = Py_GetConstantBorrowed(Py_CONSTANT_ELLIPSIS); }
#[cfg(not(all(Py_LIMITED_API, Py_3_13)))]
inline_capi! { fn Py_Ellipsis() -> *mut PyObject = &raw mut _Py_EllipsisObject; }

capi_data! {
    #[cfg(not(all(Py_LIMITED_API, Py_3_13)))] static mut _Py_EllipsisObject: PyObject;
    static mut PySlice_Type: PyTypeObject;
    static mut PyEllipsis_Type: PyTypeObject;
}
capi! {
    fn PySlice_New(start: *mut PyObject, stop: *mut PyObject, step: *mut PyObject) -> *mut PyObject;
    fn PySlice_GetIndices(r: *mut PyObject, length: Py_ssize_t, start: *mut Py_ssize_t, stop: *mut Py_ssize_t, step: *mut Py_ssize_t) -> c_int;
    fn PySlice_GetIndicesEx(r: *mut PyObject, length: Py_ssize_t, start: *mut Py_ssize_t, stop: *mut Py_ssize_t, step: *mut Py_ssize_t, slicelength: *mut Py_ssize_t) -> c_int;
    fn PySlice_Unpack(slice: *mut PyObject, start: *mut Py_ssize_t, stop: *mut Py_ssize_t, step: *mut Py_ssize_t) -> c_int;
    fn PySlice_AdjustIndices(length: Py_ssize_t, start: *mut Py_ssize_t, stop: *mut Py_ssize_t, step: Py_ssize_t) -> Py_ssize_t;
}
