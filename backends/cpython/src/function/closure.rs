//! Closures as function objects.
//!
//! The closure lives in a box that a capsule owns, and the capsule is the receiver of a C function. The definition of
//! that function is in the box too, which works because CPython releases the receiver last.

use core::ffi::CStr;

use pyo3_backend::kind;
use pyo3_ffi as ffi;

use super::FunctionEntry;
use crate::attachment::{entered, entered_quietly};
use crate::convert::{into_result, raw};
use crate::error::SavedException;
use crate::{At, Outcome, Owned, Ref};

/// The name of the capsules. Only the two functions that read a capsule know the type of its contents.
const NAME: &CStr = c"pyo3-closure";

struct Boxed<F> {
    closure: F,
    def: ffi::PyMethodDef,
}

/// Creates a function object around `closure`.
pub(super) fn function<'py, F>(
    py: At<'py>,
    name: &'static CStr,
    doc: &'static CStr,
    closure: F,
) -> Outcome<'py, Owned<'py, kind::BuiltinFunction>>
where
    F: for<'a> Fn(At<'a>, Ref<'a, kind::Tuple>, Option<Ref<'a, kind::Dict>>) -> Outcome<'a, Owned<'a>> + Send + 'static,
{
    let def = FunctionEntry::Tuple(call::<F>).method_def(name, doc, 0);
    let boxed = Box::into_raw(Box::new(Boxed { closure, def }));
    let capsule: Outcome<'py, Owned<'py>> = owned!(
        py,
        unsafe ffi::PyCapsule_New(boxed.cast(), NAME.as_ptr(), Some(destroy::<F>))
    );
    let capsule = match capsule {
        Ok(capsule) => capsule,
        Err(raised) => {
            // Without a capsule nothing else drops the box. The drop may run Python, so the exception is put aside.
            raised.leave();
            let _exception = SavedException::new(py);
            // SAFETY: the box created above, which nothing else owns.
            drop(unsafe { Box::from_raw(boxed) });
            drop(_exception);
            // SAFETY: the exception was put back.
            return Err(unsafe { crate::Raised::assume(py) });
        }
    };
    // SAFETY: the box is alive as long as the capsule.
    let def = unsafe { &raw mut (*boxed).def };
    owned!(py, unsafe ffi::PyCFunction_NewEx(def, raw(capsule.as_ref()), core::ptr::null_mut()))
}

/// # Safety
///
/// Called by CPython, for a function made by [`function`] with the same `F`.
unsafe extern "C" fn call<F>(
    capsule: *mut ffi::PyObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject
where
    F: for<'a> Fn(At<'a>, Ref<'a, kind::Tuple>, Option<Ref<'a, kind::Dict>>) -> Outcome<'a, Owned<'a>>,
{
    // SAFETY: CPython calls this attached, with no exception set, with a tuple, and with a dict or null. The receiver
    // is the capsule. It keeps the box alive during the call.
    unsafe {
        entered(|py| {
            let boxed = ffi::PyCapsule_GetPointer(capsule, NAME.as_ptr()).cast::<Boxed<F>>();
            let kwargs = core::ptr::NonNull::new(kwargs).map(|kwargs| Ref::from_ptr(kwargs));
            into_result(((*boxed).closure)(py, crate::convert::borrowed(args), kwargs))
        })
    }
}

/// # Safety
///
/// Called by CPython when the capsule of a function made with the same `F` dies.
unsafe extern "C" fn destroy<F>(capsule: *mut ffi::PyObject) {
    // SAFETY: attached; the capsule holds the box, which nothing uses any more.
    unsafe {
        entered_quietly(|py| {
            let _exception = SavedException::new(py);
            drop(Box::from_raw(ffi::PyCapsule_GetPointer(capsule, NAME.as_ptr()).cast::<Boxed<F>>()));
        });
    }
}
