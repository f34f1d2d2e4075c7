//! `methodobject.h`: native functions.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyCFunctionObject {
        ob_base: PyObject,
        m_ml: *mut PyMethodDef,
        m_self: *mut PyObject,
        m_module: *mut PyObject,
        m_weakreflist: *mut PyObject,
        vectorcall: Option<vectorcallfunc>,
    }
    struct PyCMethodObject { func: PyCFunctionObject, mm_class: *mut PyTypeObject, }
}

type_checks! {
    PyCFunction_Check: subtype PyCFunction_Type;
    PyCFunction_CheckExact: exact PyCFunction_Type;
}

#[cfg(not(Py_LIMITED_API))]
type_checks! {
    PyCMethod_Check: subtype PyCMethod_Type;
    PyCMethod_CheckExact: exact PyCMethod_Type;
}
#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PyCFunction_GET_FUNCTION(func: *mut PyObject) -> PyMethodDefPointer = (*(*func.cast::<PyCFunctionObject>()).m_ml).ml_meth;
    // Returns a borrowed reference, or null for static methods, whatever the field contains.
    fn PyCFunction_GET_SELF(func: *mut PyObject) -> *mut PyObject =
        if PyCFunction_GET_FLAGS(func) & METH_STATIC != 0 { core::ptr::null_mut() } else { (*func.cast::<PyCFunctionObject>()).m_self };
    fn PyCFunction_GET_FLAGS(func: *mut PyObject) -> c_int = (*(*func.cast::<PyCFunctionObject>()).m_ml).ml_flags;
    // Returns a borrowed reference, or null if there is no class: the field exists only if the flag is set.
    fn PyCFunction_GET_CLASS(func: *mut PyObject) -> *mut PyTypeObject =
        if PyCFunction_GET_FLAGS(func) & METH_METHOD != 0 { (*func.cast::<PyCMethodObject>()).mm_class } else { core::ptr::null_mut() };
}
#[cfg(not(Py_3_10))]
inline_capi! {
    fn PyCFunction_New(ml: *mut PyMethodDef, slf: *mut PyObject) -> *mut PyObject = PyCFunction_NewEx(ml, slf, core::ptr::null_mut());
}

capi_data! {
    static mut PyCFunction_Type: PyTypeObject;
    #[cfg(not(Py_LIMITED_API))] static mut PyCMethod_Type: PyTypeObject;
}
capi! {
    fn PyCFunction_GetFunction(ob: *mut PyObject) -> Option<PyCFunction>;
    fn PyCFunction_GetSelf(ob: *mut PyObject) -> *mut PyObject;
    fn PyCFunction_GetFlags(ob: *mut PyObject) -> c_int;
    #[cfg(Py_3_10)] fn PyCFunction_New(arg: *mut PyMethodDef, ob: *mut PyObject) -> *mut PyObject;
    fn PyCFunction_NewEx(arg: *mut PyMethodDef, ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
    fn PyCMethod_New(arg: *mut PyMethodDef, ob: *mut PyObject, ob2: *mut PyObject, ty: *mut PyTypeObject) -> *mut PyObject;
}
capi_running! {
    #[cfg(not(Py_3_13))] fn PyCFunction_Call(ob: *mut PyObject, ob2: *mut PyObject, ob3: *mut PyObject) -> *mut PyObject;
}
