//! `descrobject.h` and `structmember.h`: descriptors, properties and members of native types.

use super::*;

#[cfg(not(Py_LIMITED_API))]
fn_types! {
    wrapperfunc: fn(slf: *mut PyObject, args: *mut PyObject, wrapped: *mut c_void) -> *mut PyObject;
}

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct wrapperbase {
        name: *const c_char,
        offset: c_int,
        function: *mut c_void,
        wrapper: Option<wrapperfunc>,
        doc: *const c_char,
        flags: c_int,
        name_strobj: *mut PyObject,
    }
}

capi_data! {
    static mut PyClassMethodDescr_Type: PyTypeObject;
    static mut PyGetSetDescr_Type: PyTypeObject;
    static mut PyMemberDescr_Type: PyTypeObject;
    static mut PyMethodDescr_Type: PyTypeObject;
    static mut PyWrapperDescr_Type: PyTypeObject;
    static mut PyDictProxy_Type: PyTypeObject;
    static mut PyProperty_Type: PyTypeObject;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] static mut _PyMethodWrapper_Type: PyTypeObject;
}
capi! {
    fn PyDescr_NewMethod(ty: *mut PyTypeObject, arg: *mut PyMethodDef) -> *mut PyObject;
    fn PyDescr_NewClassMethod(ty: *mut PyTypeObject, arg: *mut PyMethodDef) -> *mut PyObject;
    fn PyDescr_NewMember(ty: *mut PyTypeObject, arg: *mut PyMemberDef) -> *mut PyObject;
    fn PyDescr_NewGetSet(ty: *mut PyTypeObject, arg: *mut PyGetSetDef) -> *mut PyObject;
    fn PyDictProxy_New(ob: *mut PyObject) -> *mut PyObject;
    fn PyWrapper_New(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyDescr_NewWrapper(ty: *mut PyTypeObject, arg: *mut wrapperbase, arg2: *mut c_void) -> *mut PyObject;
    #[cfg(all(Py_3_10, not(Py_LIMITED_API)))] fn PyDescr_IsData(ob: *mut PyObject) -> c_int;
    fn PyMember_GetOne(s: *const c_char, arg: *mut PyMemberDef) -> *mut PyObject;
    fn PyMember_SetOne(s: *mut c_char, arg: *mut PyMemberDef, ob: *mut PyObject) -> c_int;
}
