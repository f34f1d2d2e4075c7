//! `context.h`: context variables.

use super::*;

type_checks! {
    PyContext_CheckExact: exact PyContext_Type;
    PyContextVar_CheckExact: exact PyContextVar_Type;
    PyContextToken_CheckExact: exact PyContextToken_Type;
}

capi_data! {
    static mut PyContext_Type: PyTypeObject;
    static mut PyContextVar_Type: PyTypeObject;
    static mut PyContextToken_Type: PyTypeObject;
}
capi! {
    fn PyContext_New() -> *mut PyObject;
    fn PyContext_Copy(ob: *mut PyObject) -> *mut PyObject;
    fn PyContext_CopyCurrent() -> *mut PyObject;
    fn PyContext_Enter(ob: *mut PyObject) -> c_int;
    fn PyContext_Exit(ob: *mut PyObject) -> c_int;
    fn PyContextVar_New(name: *const c_char, default_value: *mut PyObject) -> *mut PyObject;
    fn PyContextVar_Get(var: *mut PyObject, default_value: *mut PyObject, value: *mut *mut PyObject) -> c_int;
    fn PyContextVar_Set(var: *mut PyObject, value: *mut PyObject) -> *mut PyObject;
    fn PyContextVar_Reset(var: *mut PyObject, token: *mut PyObject) -> c_int;
}

#[cfg(Py_3_14)]
pub use self::watching::*;

/// Callbacks for changes of the current context.
#[cfg(Py_3_14)]
mod watching {
    use super::*;

    /// C enum `PyContextEvent`, as a number because C may add values.
    pub type PyContextEvent = c_uint;

    constants! { Py_CONTEXT_SWITCHED: PyContextEvent = 1; }

    fn_types! { PyContext_WatchCallback: fn(event: PyContextEvent, context: *mut PyObject) -> c_int; }

    capi! {
        fn PyContext_AddWatcher(callback: PyContext_WatchCallback) -> c_int;
        fn PyContext_ClearWatcher(watcher_id: c_int) -> c_int;
    }
}
