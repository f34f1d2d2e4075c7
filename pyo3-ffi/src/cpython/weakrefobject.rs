//! `weakrefobject.h`: weak references and proxies.

use super::*;

#[cfg(Py_LIMITED_API)]
opaque! { PyWeakReference; }
#[cfg(not(Py_LIMITED_API))]
structs! {
    struct PyWeakReference {
        ob_base: PyObject,
        wr_object: *mut PyObject,
        wr_callback: *mut PyObject,
        hash: Py_hash_t,
        wr_prev: *mut PyWeakReference,
        wr_next: *mut PyWeakReference,
        #[cfg(Py_3_11)] vectorcall: Option<vectorcallfunc>,
        #[cfg(all(Py_3_13, Py_GIL_DISABLED))] weakrefs_lock: *mut PyMutex,
    }
}
// In C, one is the structure and the other its typedef.
pub use self::PyWeakReference as _PyWeakReference;

type_checks! {
    PyWeakref_CheckRef: subtype _PyWeakref_RefType;
    PyWeakref_CheckRefExact: exact _PyWeakref_RefType;
}
inline_capi! {
    fn PyWeakref_CheckProxy(op: *mut PyObject) -> c_int =
        c_int::from(Py_IS_TYPE(op, &raw mut _PyWeakref_ProxyType) != 0 || Py_IS_TYPE(op, &raw mut _PyWeakref_CallableProxyType) != 0);
    fn PyWeakref_Check(op: *mut PyObject) -> c_int = c_int::from(PyWeakref_CheckRef(op) != 0 || PyWeakref_CheckProxy(op) != 0);
}

capi_data! {
    static mut _PyWeakref_RefType: PyTypeObject;
    static mut _PyWeakref_ProxyType: PyTypeObject;
    static mut _PyWeakref_CallableProxyType: PyTypeObject;
}
capi! {
    fn PyWeakref_NewRef(ob: *mut PyObject, callback: *mut PyObject) -> *mut PyObject;
    fn PyWeakref_NewProxy(ob: *mut PyObject, callback: *mut PyObject) -> *mut PyObject;
    fn PyWeakref_GetObject(reference: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyWeakref_GetRef(reference: *mut PyObject, pobj: *mut *mut PyObject) -> c_int;
}
