//! Module definitions for the stable ABI of free-threaded builds (abi3t), which keeps `PyModuleDef` opaque: an array of
//! slots (PEP 793). Such a module is found by the symbol `PyModExport_<name>`, whose result is what
//! [`module_init`](pyo3_backend::ModuleOps::module_init) returns.

use core::ffi::c_void;
use core::sync::atomic::AtomicI64;

use pyo3_backend::{ModuleDef, kind};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::{At, CPython, Outcome, Owned, Ref};

/// `PySlot` of CPython 3.15.
#[repr(C)]
#[derive(Clone, Copy)]
struct Slot {
    id: u16,
    flags: u16,
    reserved: u32,
    /// A pointer, in the room of the union's widest member.
    value: SlotValue,
}

#[repr(C)]
#[derive(Clone, Copy)]
union SlotValue {
    pointer: *mut c_void,
    wide: u64,
}

/// `PySlot_INTPTR`: the value is a pointer, also where the slot's type is a function or a number.
const POINTER: u16 = 4;

const MOD_EXEC: u16 = 85;
const MOD_MULTIPLE_INTERPRETERS: u16 = 86;
const MOD_GIL: u16 = 87;
const MOD_NAME: u16 = 100;
const MOD_DOC: u16 = 101;
const MOD_TOKEN: u16 = 110;

impl Slot {
    fn new(id: u16, pointer: *mut c_void) -> Self {
        let mut value = SlotValue { wide: 0 };
        value.pointer = pointer;
        Slot { id, flags: POINTER, reserved: 0, value }
    }
}

/// The slots of a module, with what we need to find ours: its address is the module's token.
#[repr(C)]
pub(super) struct Definition {
    /// First, so that a pointer to the whole is one to the slots.
    slots: [Slot; 7],
    pub(super) def: &'static ModuleDef<CPython>,
    /// The interpreter that the module was first filled for; -1 before.
    pub(super) interpreter: AtomicI64,
}

impl Definition {
    /// A definition, which lives for good.
    pub(super) fn new(def: &'static ModuleDef<CPython>) -> *mut Definition {
        let gil = if def.gil_used { ffi::Py_MOD_GIL_USED } else { ffi::Py_MOD_GIL_NOT_USED };
        let end = Slot { id: 0, flags: 0, reserved: 0, value: SlotValue { wide: 0 } };
        let slots = [
            Slot::new(MOD_NAME, def.name.as_ptr().cast_mut().cast()),
            Slot::new(MOD_DOC, def.doc.as_ptr().cast_mut().cast()),
            Slot::new(MOD_EXEC, super::exec as *mut c_void),
            Slot::new(MOD_MULTIPLE_INTERPRETERS, ffi::Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED),
            Slot::new(MOD_GIL, gil),
            end,
            end,
        ];
        let definition = Box::into_raw(Box::new(Definition { slots, def, interpreter: AtomicI64::new(-1) }));
        // SAFETY: just made, and nobody else knows it.
        unsafe { (*definition).slots[5] = Slot::new(MOD_TOKEN, definition.cast()) };
        definition
    }

    /// The definition that a module was made from.
    ///
    /// # Safety
    ///
    /// `module` is a live module made from one of these.
    pub(super) unsafe fn of(py: At<'_>, module: *mut ffi::PyObject) -> Outcome<'_, *mut Definition> {
        let mut token = core::ptr::null_mut();
        status!(py, PyModule_GetToken(module, &mut token))?;
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
    let module: Owned<'py, kind::Module> = owned!(py, PyModule_FromSlotsAndSpec(definition.cast(), raw(spec)))?;
    status!(py, PyModule_Exec(raw(module.as_ref())))?;
    Ok(module)
}
