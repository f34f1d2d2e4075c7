//! `descrobject.h` and `structmember.h`: descriptors, properties and members of native types.

use super::*;

#[cfg(not(Py_LIMITED_API))]
pub use self::layouts::*;

/// The layouts of descriptors.
#[cfg(not(Py_LIMITED_API))]
mod layouts {
    use super::*;

    /// C API function pointer type `wrapperfunc_kwds`, which C code casts to `wrapperfunc`. May be null.
    pub type wrapperfunc_kwds =
        Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut c_void, *mut PyObject) -> *mut PyObject>;
    /// C API function pointer type `wrapperfunc`: takes the object, a tuple of arguments and the wrapped function. May
    /// be null.
    pub type wrapperfunc = Option<unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut c_void) -> *mut PyObject>;

    constants! { PyWrapperFlag_KEYWORDS: c_int = 1; }

    structs! {
        struct wrapperbase {
            name: *const c_char,
            offset: c_int,
            function: *mut c_void,
            wrapper: wrapperfunc,
            doc: *const c_char,
            flags: c_int,
            name_strobj: *mut PyObject,
        }
        struct PyDescrObject { ob_base: PyObject, d_type: *mut PyTypeObject, d_name: *mut PyObject, d_qualname: *mut PyObject, }
        struct PyMethodDescrObject { d_common: PyDescrObject, d_method: *mut PyMethodDef, vectorcall: Option<vectorcallfunc>, }
        struct PyMemberDescrObject { d_common: PyDescrObject, d_member: *mut PyMemberDef, }
        struct PyGetSetDescrObject { d_common: PyDescrObject, d_getset: *mut PyGetSetDef, }
        struct PyWrapperDescrObject { d_common: PyDescrObject, d_base: *mut wrapperbase, d_wrapped: *mut c_void, }
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
