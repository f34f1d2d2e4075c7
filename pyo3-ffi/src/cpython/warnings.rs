//! `warnings.h`: issuing warnings.

use super::*;

capi! {
    #[cfg(not(Py_LIMITED_API))] fn PyErr_WarnExplicitObject(category: *mut PyObject, message: *mut PyObject, filename: *mut PyObject, lineno: c_int, module: *mut PyObject, registry: *mut PyObject) -> c_int;
    fn PyErr_WarnEx(category: *mut PyObject, message: *const c_char, stack_level: Py_ssize_t) -> c_int;
    fn PyErr_WarnFormat(category: *mut PyObject, stack_level: Py_ssize_t, format: *const c_char, ...) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn PyErr_WarnExplicitFormat(category: *mut PyObject, filename: *const c_char, lineno: c_int, module: *const c_char, registry: *mut PyObject, format: *const c_char, ...) -> c_int;
    fn PyErr_ResourceWarning(source: *mut PyObject, stack_level: Py_ssize_t, format: *const c_char, ...) -> c_int;
    fn PyErr_WarnExplicit(category: *mut PyObject, message: *const c_char, filename: *const c_char, lineno: c_int, module: *const c_char, registry: *mut PyObject) -> c_int;
}
