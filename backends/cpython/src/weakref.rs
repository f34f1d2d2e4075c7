//! Weak references and weak proxies.

use pyo3_backend::{WeakrefOps, kind};
use pyo3_ffi as ffi;

use crate::convert::{raw, raw_or_null};
use crate::{At, CPython, Outcome, Owned, Ref};

impl WeakrefOps for CPython {
    #[cfg(Py_3_13)]
    #[inline]
    fn weakref_target<'py>(_py: At<'py>, reference: Ref<'_>) -> Option<Owned<'py>> {
        let mut target = core::ptr::null_mut();
        // SAFETY: attached, with a weak reference or a proxy by the contract, for which the call does not fail.
        // `target` is then a new reference or null.
        unsafe {
            ffi::PyWeakref_GetRef(raw(reference), &mut target);
            core::ptr::NonNull::new(target).map(|target| Owned::from_ptr(target))
        }
    }

    #[cfg(not(Py_3_13))]
    #[inline]
    fn weakref_target<'py>(py: At<'py>, reference: Ref<'_>) -> Option<Owned<'py>> {
        // SAFETY: attached, with a weak reference or a proxy, for which the call does not fail. These versions have the
        // global lock, so the borrowed target is alive until its count is raised.
        let target: Option<Owned<'py>> =
            unsafe { crate::convert::clone_borrowed(py, ffi::PyWeakref_GetObject(raw(reference))) };
        // SAFETY: attached; `None` is never freed.
        target.filter(|target| raw(target.as_ref()) != unsafe { ffi::Py_None() })
    }

    #[inline]
    fn weakref_new<'py>(
        py: At<'py>,
        object: Ref<'_>,
        callback: Option<Ref<'_>>,
    ) -> Outcome<'py, Owned<'py, kind::WeakRef>> {
        owned!(py, unsafe ffi::PyWeakref_NewRef(raw(object), raw_or_null(callback)))
    }

    #[inline]
    fn weakref_proxy_new<'py>(py: At<'py>, object: Ref<'_>, callback: Option<Ref<'_>>) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyWeakref_NewProxy(raw(object), raw_or_null(callback)))
    }

    #[inline]
    fn weakref_is_proxy(_py: At<'_>, object: Ref<'_>) -> bool {
        // SAFETY: a live object.
        unsafe { ffi::PyWeakref_CheckProxy(raw(object)) != 0 }
    }
}
