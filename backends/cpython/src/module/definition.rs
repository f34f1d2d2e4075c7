//! Module definitions as CPython has them: `PyModuleDef`.

use core::ffi::{c_int, c_void};
use std::sync::OnceLock;

use pyo3_backend::{ModuleDef, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Owned, Raised, Ref};

/// What CPython knows of a module: its own definition, which must never move, with what we need to find ours.
#[repr(C)]
pub(super) struct Definition {
    /// First, so that a pointer to it is a pointer to the whole.
    native: ffi::PyModuleDef,
    slots: [ffi::PyModuleDef_Slot; 4],
    /// Fills a module.
    pub(super) exec: super::Exec,
    /// The interpreter that the module was first filled for.
    pub(super) interpreter: OnceLock<i64>,
}

impl Definition {
    /// A definition, which lives for good.
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
        // SAFETY: just made, and nobody else knows it. The slots stay where they are.
        unsafe { (*definition).native.m_slots = (&raw mut (*definition).slots).cast() };
        definition
    }

    /// The definition that a module was made from.
    ///
    /// # Safety
    ///
    /// `module` is a live module made from one of these.
    pub(super) unsafe fn of(py: At<'_>, module: *mut ffi::PyObject) -> Outcome<'_, *mut Definition> {
        // SAFETY: a module. Null, which a module of ours never gives, comes with an exception set.
        let definition = unsafe { ffi::PyModule_GetDef(module) };
        if definition.is_null() {
            // SAFETY: as above.
            return Err(unsafe { Raised::assume(py) });
        }
        Ok(definition.cast())
    }

    /// What `PyInit_<name>` returns.
    ///
    /// # Safety
    ///
    /// `this` was made by [`new`](Self::new).
    pub(super) unsafe fn init(this: *mut Definition) -> *mut ffi::PyObject {
        // SAFETY: a definition that lives for good. That several threads initialise it does no harm: each writes the same.
        unsafe { ffi::PyModuleDef_Init(this.cast()) }
    }
}

/// A module made from a definition, and filled.
///
/// # Safety
///
/// `definition` was made by [`Definition::new`].
pub(super) unsafe fn make<'py>(
    py: At<'py>,
    definition: *mut Definition,
    spec: Ref<'_>,
) -> Outcome<'py, Owned<'py, kind::Module>> {
    // A definition is an object of its own, which must be initialised before it is used.
    // SAFETY: attached, with a definition that lives for good. The result is the definition, borrowed.
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
