//! `methodobject.h`, `descrobject.h`: functions and descriptors from definitions.
//!
//! The definitions have the shared types of this crate; `rustpython-capi` has its own with the same layout.

use core::ffi::c_int;

use rustpython_vm::PyObject;

use super::{PyCFunction_Check, PyTypeObject};
use crate::{METH_KEYWORDS, METH_VARARGS, PyGetSetDef, PyMemberDef, PyMethodDef};

const _: () = assert!(
    size_of::<PyMethodDef>() == size_of::<rustpython_capi::methodobject::PyMethodDef>()
        && size_of::<PyGetSetDef>() == size_of::<rustpython_capi::descrobject::PyGetSetDef>()
        && size_of::<PyMemberDef>() == size_of::<rustpython_capi::descrobject::PyMemberDef>()
);

/// Makes a function object.
///
/// # Safety
/// The thread is attached; `def` and what it points to live forever; `receiver`, `module` and `class` are null or alive.
pub unsafe fn PyCMethod_New(
    def: *mut PyMethodDef,
    receiver: *mut PyObject,
    module: *mut PyObject,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise; the two types have one layout.
    unsafe { rustpython_capi::methodobject::PyCMethod_New(def.cast(), receiver, module, class) }
}

/// [`PyCMethod_New`] without a class.
///
/// # Safety
/// As [`PyCMethod_New`].
pub unsafe fn PyCFunction_NewEx(ml: *mut PyMethodDef, slf: *mut PyObject, module: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyCMethod_New(ml, slf, module, core::ptr::null_mut()) }
}

/// [`PyCFunction_NewEx`] without a module.
///
/// # Safety
/// As [`PyCMethod_New`].
pub unsafe fn PyCFunction_New(ml: *mut PyMethodDef, slf: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { PyCFunction_NewEx(ml, slf, core::ptr::null_mut()) }
}

/// How a function is called: always with positional and keyword arguments, which is RustPython's one convention.
/// -1 with `SystemError` if `op` is no native function.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
pub unsafe fn PyCFunction_GetFlags(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    if unsafe { PyCFunction_Check(op) } == 0 {
        return super::vm::status(|vm| Err(vm.new_system_error("bad argument to internal function")));
    }
    METH_VARARGS | METH_KEYWORDS
}

macro_rules! descriptors {
    ($($name:ident($def:ty);)+) => {
        $(
            #[doc = concat!("C API function `", stringify!($name), "`: a descriptor of `ty` from its definition.")]
            ///
            /// # Safety
            /// The thread is attached, `ty` is a live type, `def` and what it points to live forever.
            pub unsafe fn $name(ty: *mut PyTypeObject, def: *mut $def) -> *mut PyObject {
                // SAFETY: the caller's promise; the two types have one layout.
                unsafe { rustpython_capi::descrobject::$name(ty, def.cast()) }
            }
        )+
    };
}
descriptors! {
    PyDescr_NewMethod(PyMethodDef);
    PyDescr_NewClassMethod(PyMethodDef);
    PyDescr_NewGetSet(PyGetSetDef);
    PyDescr_NewMember(PyMemberDef);
}
