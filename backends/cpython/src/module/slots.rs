//! Module definitions for the stable ABI of free-threaded builds (abi3t), which keeps `PyModuleDef` opaque: an array of
//! slots (PEP 793). Such a module is found by the symbol `PyModExport_<name>`, whose result is what
//! [`module_init`](pyo3_backend::ModuleOps::module_init) returns.

use core::ffi::{c_int, c_void};
use std::sync::OnceLock;

use pyo3_backend::{ModuleDef, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Owned, Ref};

/// The binary interface that the library was built for: CPython refuses a module that does not say so.
static ABI: ffi::PyABIInfo = ffi::PyABIInfo {
    abiinfo_major_version: 1,
    abiinfo_minor_version: 0,
    // Built for the stable ABI that builds with and without the global lock share.
    flags: ffi::PyABIInfo_DEFAULT_FLAGS,
    // Of which Python the headers were is not known: there were none.
    build_version: 0,
    // As `Py_LIMITED_API` has it: the first version with this ABI.
    abi_version: 0x030f_0000,
};

fn pointer(id: c_int, pointer: *const c_void) -> ffi::PySlot {
    ffi::PySlot_PTR(id, pointer.cast_mut())
}

/// The slots of a module, with what we need to find ours: its address is the module's token.
#[repr(C)]
pub(super) struct Definition {
    /// First, so that a pointer to the whole is one to the slots.
    slots: [ffi::PySlot; 8],
    /// Fills a module.
    pub(super) exec: super::Exec,
    /// The interpreter that the module was first filled for.
    pub(super) interpreter: OnceLock<i64>,
}

impl Definition {
    /// A definition, which lives for good.
    pub(super) fn new(def: &ModuleDef<super::ModuleState>, exec: super::Exec) -> *mut Definition {
        let gil = if def.gil_used { ffi::Py_MOD_GIL_USED } else { ffi::Py_MOD_GIL_NOT_USED };
        let end = ffi::PySlot_UINT64(ffi::Py_slot_end, 0);
        let slots = [
            // First, so that it is looked at before anything that depends on it.
            pointer(ffi::Py_mod_abi, (&raw const ABI).cast()),
            pointer(ffi::Py_mod_name, def.name.as_ptr().cast()),
            pointer(ffi::Py_mod_doc, def.doc.as_ptr().cast()),
            pointer(ffi::Py_mod_exec, super::exec as *const c_void),
            pointer(ffi::Py_mod_multiple_interpreters, ffi::Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED),
            pointer(ffi::Py_mod_gil, gil),
            end,
            end,
        ];
        let definition = Box::into_raw(Box::new(Definition { slots, exec, interpreter: OnceLock::new() }));
        // SAFETY: just made, and nobody else knows it.
        unsafe { (*definition).slots[6] = pointer(ffi::Py_mod_token, definition.cast()) };
        definition
    }

    /// The definition that a module was made from.
    ///
    /// # Safety
    ///
    /// `module` is a live module made from one of these.
    pub(super) unsafe fn of(py: At<'_>, module: *mut ffi::PyObject) -> Outcome<'_, *mut Definition> {
        let mut token = core::ptr::null_mut();
        status!(py, unsafe ffi::PyModule_GetToken(module, &mut token))?;
        Ok(token.cast())
    }

    /// What `PyModExport_<name>` returns.
    ///
    /// # Safety
    ///
    /// `this` was made by [`new`](Self::new).
    pub(super) unsafe fn init(this: *mut Definition) -> *mut ffi::PyObject {
        this.cast()
    }
}

/// A module made from its slots, and filled.
///
/// # Safety
///
/// `definition` was made by [`Definition::new`].
pub(super) unsafe fn make<'py>(
    py: At<'py>,
    definition: *mut Definition,
    spec: Ref<'_>,
) -> Outcome<'py, Owned<'py, kind::Module>> {
    let module: Owned<'py, kind::Module> = owned!(
        py,
        unsafe ffi::PyModule_FromSlotsAndSpec(definition.cast(), raw(spec))
    )?;
    status!(py, unsafe ffi::PyModule_Exec(raw(module.as_ref())))?;
    Ok(module)
}
