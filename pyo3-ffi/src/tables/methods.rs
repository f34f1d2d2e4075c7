//! `methodobject.h`: definitions of native functions and methods.

use crate::*;
use core::ffi::{c_char, c_int, c_void};

fn_types! {
    PyCFunction: fn(slf: *mut PyObject, args: *mut PyObject) -> *mut PyObject;
    PyCFunctionWithKeywords: fn(slf: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    PyCFunctionFast: fn(slf: *mut PyObject, args: *mut *mut PyObject, nargs: Py_ssize_t) -> *mut PyObject;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    PyCFunctionFastWithKeywords: fn(slf: *mut PyObject, args: *const *mut PyObject, nargs: Py_ssize_t, kwnames: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))]
    PyCMethod: fn(slf: *mut PyObject, defining_class: *mut PyTypeObject, args: *const *mut PyObject, nargs: Py_ssize_t, kwnames: *mut PyObject) -> *mut PyObject;
}

/// The name of [`PyCFunctionFast`] before 3.13.
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
#[deprecated(note = "use `PyCFunctionFast`")]
pub type _PyCFunctionFast = PyCFunctionFast;
/// The name of [`PyCFunctionFastWithKeywords`] before 3.13.
#[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
#[deprecated(note = "use `PyCFunctionFastWithKeywords`")]
pub type _PyCFunctionFastWithKeywords = PyCFunctionFastWithKeywords;

/// The function of a [`PyMethodDef`]. `ml_flags` selects the member.
#[repr(C)]
#[derive(Clone, Copy)]
pub union PyMethodDefPointer {
    /// `METH_VARARGS`, `METH_NOARGS` or `METH_O`.
    pub PyCFunction: PyCFunction,
    /// `METH_VARARGS | METH_KEYWORDS`.
    pub PyCFunctionWithKeywords: PyCFunctionWithKeywords,
    /// `METH_FASTCALL`.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    pub PyCFunctionFast: PyCFunctionFast,
    /// `METH_FASTCALL | METH_KEYWORDS`.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    pub PyCFunctionFastWithKeywords: PyCFunctionFastWithKeywords,
    /// `METH_FASTCALL | METH_KEYWORDS | METH_METHOD`.
    #[cfg(not(Py_LIMITED_API))]
    pub PyCMethod: PyCMethod,
    /// No function: the end of a table.
    Void: *mut c_void,
}

impl PyMethodDefPointer {
    /// Returns no function.
    pub const fn zeroed() -> Self {
        Self { Void: core::ptr::null_mut() }
    }

    /// Returns the address of the function, or null.
    pub fn as_ptr(&self) -> *mut c_void {
        // SAFETY: all members are pointers of the same size, and any bits are a valid raw pointer.
        unsafe { self.Void }
    }

    /// Whether there is no function.
    pub fn is_null(&self) -> bool {
        self.as_ptr().is_null()
    }
}

impl PartialEq for PyMethodDefPointer {
    fn eq(&self, other: &Self) -> bool {
        self.as_ptr() == other.as_ptr()
    }
}

impl Eq for PyMethodDefPointer {}

impl core::fmt::Debug for PyMethodDefPointer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.as_ptr().fmt(f)
    }
}

impl core::fmt::Pointer for PyMethodDefPointer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Pointer::fmt(&self.as_ptr(), f)
    }
}

structs! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct PyMethodDef { ml_name: *const c_char, ml_meth: PyMethodDefPointer, ml_flags: c_int, ml_doc: *const c_char, }
}

impl PyMethodDef {
    /// Returns the end of a method table.
    pub const fn zeroed() -> Self {
        Self {
            ml_name: core::ptr::null(),
            ml_meth: PyMethodDefPointer::zeroed(),
            ml_flags: 0,
            ml_doc: core::ptr::null(),
        }
    }
}

impl Default for PyMethodDef {
    fn default() -> Self {
        Self::zeroed()
    }
}

constants! {
    METH_VARARGS: c_int = 0x0001;
    METH_KEYWORDS: c_int = 0x0002;
    METH_NOARGS: c_int = 0x0004;
    METH_O: c_int = 0x0008;
    METH_CLASS: c_int = 0x0010;
    METH_STATIC: c_int = 0x0020;
    METH_COEXIST: c_int = 0x0040;
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))] METH_FASTCALL: c_int = 0x0080;
    #[cfg(not(Py_LIMITED_API))] METH_METHOD: c_int = 0x0200;
}
