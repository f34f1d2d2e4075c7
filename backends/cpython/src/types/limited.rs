//! Types that the limited API does not export. Each is read once from an object that has the type.
//!
//! Nothing is imported, because anybody can change the contents of `sys.modules` and `sys.path`.

use core::sync::atomic::{AtomicPtr, Ordering};

use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Owned};

/// A type that the limited API does not export.
#[derive(Clone, Copy)]
pub(super) enum Hidden {
    Function,
    Code,
    Frame,
    WeakRef,
}

/// The types found so far, in the order of [`Hidden`]. Each has a reference that is never released.
static FOUND: [AtomicPtr<ffi::PyTypeObject>; 4] = [const { AtomicPtr::new(core::ptr::null_mut()) }; 4];

/// Returns the type, which is part of the runtime's core and lives as long as the runtime.
///
/// # Panics
///
/// If no object of the type can be created, because memory or the stack runs out.
#[inline]
pub(super) fn type_pointer(py: At<'_>, which: Hidden) -> *mut ffi::PyTypeObject {
    let found = FOUND[which as usize].load(Ordering::Acquire);
    if found.is_null() { find(py, which) } else { found }
}

#[cold]
fn find(py: At<'_>, which: Hidden) -> *mut ffi::PyTypeObject {
    let sample = match which {
        Hidden::Function => evaluate(py, c"lambda: 0"),
        Hidden::Code => owned!(py, unsafe ffi::Py_CompileString(c"0".as_ptr(), c"<type>".as_ptr(), ffi::Py_eval_input)),
        Hidden::Frame => evaluate(py, c"(0 for nothing in ())").and_then(
            |generator| owned!(py, unsafe ffi::PyObject_GetAttrString(raw(generator.as_ref()), c"gi_frame".as_ptr())),
        ),
        Hidden::WeakRef => owned!(
            py,
            unsafe ffi::PyWeakref_NewRef((&raw mut ffi::PyType_Type).cast(), core::ptr::null_mut())
        ),
    };
    let sample: Owned<'_> = sample.unwrap_or_else(|raised| {
        drop(raised);
        panic!("CPython could not make an object whose type is needed")
    });
    // SAFETY: a live object. The reference to its type that is taken here is never released.
    let class = unsafe {
        let class = ffi::Py_TYPE(raw(sample.as_ref()));
        ffi::Py_INCREF(class.cast());
        class
    };
    // If another thread was faster, it has found the same type.
    FOUND[which as usize].store(class, Ordering::Release);
    class
}

/// Evaluates an expression that uses no names, so that its value depends on nothing but the runtime.
fn evaluate<'py>(py: At<'py>, source: &core::ffi::CStr) -> Outcome<'py, Owned<'py>> {
    let code: Owned<'py> = owned!(
        py,
        unsafe ffi::Py_CompileString(source.as_ptr(), c"<type>".as_ptr(), ffi::Py_eval_input)
    )?;
    let scope: Owned<'py> = owned!(py, unsafe ffi::PyDict_New())?;
    owned!(py, unsafe ffi::PyEval_EvalCode(raw(code.as_ref()), raw(scope.as_ref()), raw(scope.as_ref())))
}
