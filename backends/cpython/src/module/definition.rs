//! Module definitions for CPython: `PyModuleDef`.

use core::ffi::{c_int, c_void};
use std::sync::OnceLock;

use pyo3_backend::{ModuleDef, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Owned, Raised, Ref};

/// The definition of a module that CPython knows, which must never move, with the data that we need.
#[repr(C)]
pub(super) struct Definition {
    /// The first field, so that a pointer to it is also a pointer to the whole.
    native: ffi::PyModuleDef,
    slots: [ffi::PyModuleDef_Slot; 4],
    /// The function that fills a module.
    pub(super) exec: super::Exec,
    /// The interpreter for which the module was first filled.
    pub(super) interpreter: OnceLock<i64>,
}

impl Definition {
    /// Creates a definition that lives as long as the process.
    pub(super) fn new(def: &ModuleDef<super::ModuleState>, exec: super::Exec) -> *mut Definition {
        let empty = ffi::PyModuleDef_Slot { slot: 0, value: core::ptr::null_mut() };
        let mut slots = [empty; 4];
        let mut room = slots.iter_mut();
        let mut push = |slot: c_int, value: *mut c_void| {
            if let Some(place) = room.next() {
                *place = ffi::PyModuleDef_Slot { slot, value };
            }
        };
        push(ffi::Py_mod_exec, super::exec as *mut c_void);
        #[cfg(Py_3_12)]
        push(ffi::Py_mod_multiple_interpreters, ffi::Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED);
        #[cfg(Py_3_13)]
        push(ffi::Py_mod_gil, if def.gil_used { ffi::Py_MOD_GIL_USED } else { ffi::Py_MOD_GIL_NOT_USED });

        let definition = Box::into_raw(Box::new(Definition {
            native: ffi::PyModuleDef {
                m_base: ffi::PyModuleDef_HEAD_INIT,
                m_name: def.name.as_ptr(),
                m_doc: def.doc.as_ptr(),
                m_size: 0,
                m_methods: core::ptr::null_mut(),
                m_slots: core::ptr::null_mut(),
                m_traverse: None,
                m_clear: None,
                m_free: None,
            },
            slots,
            exec,
            interpreter: OnceLock::new(),
        }));
        // SAFETY: just created, and nothing else refers to it yet. The slots never move.
        unsafe { (*definition).native.m_slots = (&raw mut (*definition).slots).cast() };
        definition
    }

    /// Returns the definition that a module was made from.
    ///
    /// # Safety
    ///
    /// `module` is a live module made from a `Definition`.
    pub(super) unsafe fn of(py: At<'_>, module: *mut ffi::PyObject) -> Outcome<'_, *mut Definition> {
        // SAFETY: a module. Null comes with an exception set, and cannot occur for our modules.
        let definition = unsafe { ffi::PyModule_GetDef(module) };
        if definition.is_null() {
            // SAFETY: as above.
            return Err(unsafe { Raised::assume(py) });
        }
        Ok(definition.cast())
    }

    /// Returns the result of `PyInit_<name>`.
    ///
    /// # Safety
    ///
    /// `this` was made by [`new`](Self::new).
    pub(super) unsafe fn init(this: *mut Definition) -> *mut ffi::PyObject {
        // SAFETY: a definition that lives as long as the process. Several threads may initialize it: all write the same
        // values.
        unsafe { ffi::PyModuleDef_Init(this.cast()) }
    }
}

/// Creates a module from a definition, and fills it.
///
/// # Safety
///
/// `definition` was made by [`Definition::new`].
pub(super) unsafe fn make<'py>(
    py: At<'py>,
    definition: *mut Definition,
    spec: Ref<'_>,
) -> Outcome<'py, Owned<'py, kind::Module>> {
    // A definition is itself an object, which must be initialized before use.
    // SAFETY: attached, with a definition that lives as long as the process. The result is the definition, borrowed.
    if unsafe { Definition::init(definition) }.is_null() {
        // SAFETY: null, so an exception is set.
        return Err(unsafe { Raised::assume(py) });
    }
    let module: Owned<'py, kind::Module> = owned!(
        py,
        unsafe ffi::PyModule_FromDefAndSpec(definition.cast(), raw(spec))
    )?;
    status!(py, unsafe ffi::PyModule_ExecDef(raw(module.as_ref()), definition.cast()))?;
    Ok(module)
}
