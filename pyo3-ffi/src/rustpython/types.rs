//! `object.h`: the types of objects.

use core::ffi::{c_int, c_ulong, c_void};

use rustpython_vm::{AsObject, PyObject};

use super::PyTypeObject;
use super::type_objects::{class, type_pointer};
use super::vm::{lent, pointer, with};
use crate::{Py_TPFLAGS_HAVE_GC, Py_ssize_t, Py_tp_base, Py_tp_new, Py_tp_traverse, visitproc};

/// Returns the type of `ob` as a borrowed reference.
///
/// # Safety
/// The thread is attached and `ob` points to a live object.
#[inline]
pub unsafe fn Py_TYPE(ob: *mut PyObject) -> *mut PyTypeObject {
    // SAFETY: upheld by the caller.
    type_pointer(unsafe { lent(ob) }.class())
}

/// Returns 1 if `ty` is the exact type of `ob`, else 0.
///
/// # Safety
/// As [`Py_TYPE`].
#[inline]
pub unsafe fn Py_IS_TYPE(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { Py_TYPE(ob) } == ty)
}

/// Returns 1 if the type of `ob` is `ty` or a subclass of it, else 0.
///
/// # Safety
/// As [`Py_TYPE`], for both pointers.
#[inline]
pub unsafe fn PyObject_TypeCheck(ob: *mut PyObject, ty: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { lent(ob).class().fast_issubclass(class(ty)) })
}

/// Returns the flags of `ty`.
///
/// # Safety
/// The thread is attached and `ty` points to a live type.
#[inline]
pub unsafe fn PyType_GetFlags(ty: *mut PyTypeObject) -> c_ulong {
    // SAFETY: upheld by the caller.
    unsafe { rustpython_capi::object::PyType_GetFlags(ty.cast()) }
}

/// Returns 1 if `a` is `b` or a subclass of it, else 0.
///
/// # Safety
/// The thread is attached and both point to live types.
#[inline]
pub unsafe fn PyType_IsSubtype(a: *mut PyTypeObject, b: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { class(a).is_subtype(class(b)) })
}

/// Returns 1 if `ty` has one of these flags, else 0.
///
/// # Safety
/// The thread is attached and `ty` points to a live type.
#[inline]
pub unsafe fn PyType_HasFeature(ty: *mut PyTypeObject, feature: c_ulong) -> c_int {
    // SAFETY: upheld by the caller.
    c_int::from(unsafe { PyType_GetFlags(ty) } & feature != 0)
}

/// Calls [`PyType_HasFeature`] with a flag that marks the subclasses of a built-in type.
///
/// # Safety
/// As [`PyType_HasFeature`].
#[inline]
pub unsafe fn PyType_FastSubclass(ty: *mut PyTypeObject, flag: c_ulong) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { PyType_HasFeature(ty, flag) }
}

/// Returns 1 if `ty` has the flag for types whose instances the collector traverses, else 0. RustPython's own types
/// lack it.
///
/// # Safety
/// As [`PyType_HasFeature`].
#[inline]
pub unsafe fn PyType_IS_GC(ty: *mut PyTypeObject) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { PyType_HasFeature(ty, Py_TPFLAGS_HAVE_GC) }
}

/// Returns `len(ob)`, or 0 if that fails: RustPython's objects have no item count.
///
/// # Safety
/// As [`Py_TYPE`].
pub unsafe fn Py_SIZE(ob: *mut PyObject) -> Py_ssize_t {
    // SAFETY: upheld by the caller.
    with(|vm| unsafe { lent(ob) }.length(vm).map_or(0, |len| len as Py_ssize_t))
}

/// Returns the function in a slot of a type, or null.
///
/// RustPython's slots hold Rust functions, which C code cannot call. So all slots appear empty, except `Py_tp_base` and
/// `Py_tp_new`, which are as in [`PyTypeFields`](super::PyTypeFields), and `Py_tp_traverse`, which for every type is a
/// function that visits the objects that the collector would find.
///
/// # Safety
/// The thread is attached and `ty` points to a live type.
pub unsafe fn PyType_GetSlot(ty: *mut PyTypeObject, slot: c_int) -> *mut c_void {
    // SAFETY: upheld by the caller.
    let fields = unsafe { &*ty };
    match slot {
        Py_tp_traverse => {
            traverse as unsafe extern "C" fn(*mut PyObject, visitproc, *mut c_void) -> c_int as *mut c_void
        }
        Py_tp_base => fields.tp_base.cast(),
        Py_tp_new => fields.tp_new.map_or(core::ptr::null_mut(), |new| new as *mut c_void),
        _ => core::ptr::null_mut(),
    }
}

/// A `traverseproc` that uses the traversal of the virtual machine.
unsafe extern "C" fn traverse(ob: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the caller passes a live object, as the type of this function requires.
    for referent in unsafe { lent(ob) }.gc_get_referents() {
        // SAFETY: the object is alive, because the list holds it. The caller is responsible for the effects of `visit`.
        let stop = unsafe { visit(pointer(referent.as_object()), arg) };
        if stop != 0 {
            return stop;
        }
    }
    0
}
