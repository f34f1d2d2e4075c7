//! `moduleobject.h`: definitions of modules.

#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
use crate::*;
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
use core::ffi::c_char;
use core::ffi::{c_int, c_void};

structs! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct PyModuleDef_Slot { slot: c_int, value: *mut c_void, }
}

impl Default for PyModuleDef_Slot {
    /// The end of a slot table.
    fn default() -> Self {
        Self { slot: 0, value: core::ptr::null_mut() }
    }
}

#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
opaque! { PyModuleDef; }
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
structs! {
    struct PyModuleDef_Base {
        ob_base: PyObject,
        m_init: Option<unsafe extern "C" fn() -> *mut PyObject>,
        m_index: Py_ssize_t,
        m_copy: *mut PyObject,
    }
    struct PyModuleDef {
        m_base: PyModuleDef_Base,
        m_name: *const c_char,
        m_doc: *const c_char,
        m_size: Py_ssize_t,
        m_methods: *mut PyMethodDef,
        m_slots: *mut PyModuleDef_Slot,
        m_traverse: Option<traverseproc>,
        m_clear: Option<inquiry>,
        m_free: Option<freefunc>,
    }
}

/// The initial value of `m_base` in a module definition.
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
#[allow(clippy::declare_interior_mutable_const, reason = "each use makes a new header, as the C macro does")]
pub const PyModuleDef_HEAD_INIT: PyModuleDef_Base =
    PyModuleDef_Base { ob_base: PyObject_HEAD_INIT, m_init: None, m_index: 0, m_copy: core::ptr::null_mut() };

constants! {
    #[cfg(Py_3_12)] Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED: *mut c_void = core::ptr::null_mut();
    #[cfg(Py_3_12)] Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED: *mut c_void = core::ptr::without_provenance_mut(1);
    #[cfg(Py_3_12)] Py_MOD_PER_INTERPRETER_GIL_SUPPORTED: *mut c_void = core::ptr::without_provenance_mut(2);
    #[cfg(Py_3_13)] Py_MOD_GIL_USED: *mut c_void = core::ptr::null_mut();
    #[cfg(Py_3_13)] Py_MOD_GIL_NOT_USED: *mut c_void = core::ptr::without_provenance_mut(1);
}
