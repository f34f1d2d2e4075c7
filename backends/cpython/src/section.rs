//! Critical sections: the locks of objects, which only free-threaded builds have.

use pyo3_backend::{SectionOps, Subjects};

use crate::mutex::RawMutex;
use crate::{At, CPython};

#[cfg(not(Py_GIL_DISABLED))]
impl SectionOps for CPython {
    type RawMutex = RawMutex;

    #[inline(always)]
    fn section_run<R>(_py: At<'_>, _subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R {
        body()
    }
}

#[cfg(Py_GIL_DISABLED)]
impl SectionOps for CPython {
    type RawMutex = RawMutex;

    #[inline]
    fn section_run<R>(_py: At<'_>, subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R {
        match subjects {
            Subjects::Objects(first, None) => {
                let mut section = core::mem::MaybeUninit::uninit();
                // SAFETY: attached, with a live object. CPython links the section, which does not move until it is
                // ended.
                unsafe { ffi::PyCriticalSection_Begin(section.as_mut_ptr(), raw(first)) };
                let _end = End(section.as_mut_ptr(), ffi::PyCriticalSection_End);
                body()
            }
            Subjects::Objects(first, Some(second)) => {
                let mut section = core::mem::MaybeUninit::uninit();
                // SAFETY: as above, with two objects, which may be the same.
                unsafe { ffi::PyCriticalSection2_Begin(section.as_mut_ptr(), raw(first), raw(second)) };
                let _end = End(section.as_mut_ptr(), ffi::PyCriticalSection2_End);
                body()
            }
            Subjects::Mutexes(first, second) => crate::mutex::in_section(first, second, body),
        }
    }
}

#[cfg(Py_GIL_DISABLED)]
use {crate::convert::raw, pyo3_ffi as ffi};

/// Ends a section, even if its body panics.
#[cfg(Py_GIL_DISABLED)]
pub(crate) struct End<S>(pub(crate) *mut S, pub(crate) unsafe extern "C" fn(*mut S));

#[cfg(Py_GIL_DISABLED)]
impl<S> Drop for End<S> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this thread began the section before it created this guard, and is attached again even if the body
        // detached it. Guards are dropped in reverse order, as sections have to end.
        unsafe { (self.1)(self.0) }
    }
}
