//! `object.h`: types of objects.

use core::ffi::{c_int, c_ulong, c_void};

use rustpython_vm::{AsObject, PyObject};

use super::vm::{lent, pointer, with};
use super::{PyType_GetFlags, PyTypeObject};
use crate::{Py_TPFLAGS_HAVE_GC, Py_ssize_t, Py_tp_traverse, visitproc};

/// The type of `ob`, borrowed.
///
/// # Safety
/// The thread is attached and `ob` points to a live object.
#[inline]
pub unsafe fn Py_TYPE(ob: *mut PyObject) -> *mut PyTypeObject {
    // SAFETY: upheld by the caller.
    core::ptr::from_ref(unsafe { lent(ob) }.class()).cast_mut()
}

/// 1 if `ty` is the type of `ob` itself, else 0.
///
/// # Safety
/// As [`Py_TYPE`].
#[inline]
pub unsafe fn Py_IS_TYPE(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { Py_TYPE(ob) } == ty)
}

/// 1 if the type of `ob` is `ty` or derives from it, else 0.
///
/// # Safety
/// As [`Py_TYPE`], for both.
#[inline]
pub unsafe fn PyObject_TypeCheck(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { lent(ob).class().fast_issubclass(&*ty) })
}

/// 1 if `ty` has one of these flags, else 0.
///
/// # Safety
/// The thread is attached and `ty` points to a live type.
#[inline]
pub unsafe fn PyType_HasFeature(ty: *mut PyTypeObject, feature: c_ulong) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { PyType_GetFlags(ty) } & feature != 0)
}

/// [`PyType_HasFeature`] for the flags that mark subclasses of built-in types.
///
/// # Safety
/// As [`PyType_HasFeature`].
#[inline]
pub unsafe fn PyType_FastSubclass(ty: *mut PyTypeObject, flag: c_ulong) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { PyType_HasFeature(ty, flag) }
}

/// 1 if `ty` has the flag that says that the collector looks at its instances, else 0. RustPython's own types lack it.
///
/// # Safety
/// As [`PyType_HasFeature`].
#[inline]
pub unsafe fn PyType_IS_GC(ty: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { PyType_HasFeature(ty, Py_TPFLAGS_HAVE_GC) }
}

/// `len(ob)`, or 0 where that fails: RustPython's objects have no item count of their own.
///
/// # Safety
/// As [`Py_TYPE`].
pub unsafe fn Py_SIZE(ob: *mut PyObject) -> Py_ssize_t {
    // SAFETY: upheld by the caller.
    with(|vm| unsafe { lent(ob) }.length(vm).map_or(0, |len| len as Py_ssize_t))
}

/// The function in a slot of a type, or null.
///
/// RustPython's slots hold Rust functions, which C code cannot call: they all look empty, except `Py_tp_traverse`,
/// which every type answers with a function that visits what the collector would find from an instance.
///
/// # Safety
/// The thread is attached and `ty` points to a live type.
pub unsafe fn PyType_GetSlot(_ty: *mut PyTypeObject, slot: c_int) -> *mut c_void {
    if slot == Py_tp_traverse {
        traverse as unsafe extern "C" fn(*mut PyObject, visitproc, *mut c_void) -> c_int as *mut c_void
    } else {
        core::ptr::null_mut()
    }
}

/// A `traverseproc` over the virtual machine's own traversal.
unsafe extern "C" fn traverse(ob: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the caller hands over a live object, as the type of this function says.
    for referent in unsafe { lent(ob) }.gc_get_referents() {
        // SAFETY: a live object, held by the list; what `visit` does with it is the caller's matter.
        let stop = unsafe { visit(pointer(referent.as_object()), arg) };
        if stop != 0 {
            return stop;
        }
    }
    0
}
