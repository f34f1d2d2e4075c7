//! Module definitions for the stable ABI of free-threaded builds (abi3t), which keeps `PyModuleDef` opaque. Such a
//! definition is an array of slots (PEP 793), and CPython finds it by the symbol `PyModExport_<name>`, a function that
//! returns the result of [`module_init`](pyo3_backend::ModuleOps::module_init).

use core::ffi::{c_int, c_void};
use std::sync::OnceLock;

use pyo3_backend::{ModuleDef, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, Outcome, Owned, Ref};

/// The binary interface that the library was built for. CPython refuses a module without it.
static ABI: ffi::PyABIInfo = ffi::PyABIInfo {
    abiinfo_major_version: 1,
    abiinfo_minor_version: 0,
    // Built for the stable ABI shared by builds with and without the global lock.
    flags: ffi::PyABIInfo_DEFAULT_FLAGS,
    // The version of the headers is unknown, because none were used.
    build_version: 0,
    // The value of `Py_LIMITED_API`: the first version with this ABI.
    abi_version: 0x030f_0000,
};

fn pointer(id: c_int, pointer: *const c_void) -> ffi::PySlot {
    ffi::PySlot_PTR(id, pointer.cast_mut())
}

/// The slots of a module, with the data that we need. Its address is the module's token.
#[repr(C)]
pub(super) struct Definition {
    /// The first field, so that a pointer to the whole is also a pointer to the slots.
    slots: [ffi::PySlot; 8],
    /// The function that fills a module.
    pub(super) exec: super::Exec,
    /// The interpreter for which the module was first filled.
    pub(super) interpreter: OnceLock<i64>,
}

impl Definition {
    /// Creates a definition that lives as long as the process.
    pub(super) fn new(def: &ModuleDef<super::ModuleState>, exec: super::Exec) -> *mut Definition {
        let gil = if def.gil_used { ffi::Py_MOD_GIL_USED } else { ffi::Py_MOD_GIL_NOT_USED };
        let end = ffi::PySlot_UINT64(ffi::Py_slot_end, 0);
        let slots = [
            // First, so that CPython checks it before anything that depends on it.
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
        // SAFETY: just created, and nothing else refers to it yet.
        unsafe { (*definition).slots[6] = pointer(ffi::Py_mod_token, definition.cast()) };
        definition
    }

    /// Returns the definition that a module was made from.
    ///
    /// # Safety
    ///
    /// `module` is a live module made from a `Definition`.
    pub(super) unsafe fn of(py: At<'_>, module: *mut ffi::PyObject) -> Outcome<'_, *mut Definition> {
        let mut token = core::ptr::null_mut();
        status!(py, unsafe ffi::PyModule_GetToken(module, &mut token))?;
        Ok(token.cast())
    }

    /// Returns the result of `PyModExport_<name>`.
    ///
    /// # Safety
    ///
    /// `this` was made by [`new`](Self::new).
    pub(super) unsafe fn init(this: *mut Definition) -> *mut ffi::PyObject {
        this.cast()
    }
}

/// Creates a module from its slots, and fills it.
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
