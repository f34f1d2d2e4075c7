//! Modules, initialised in several phases.

use core::ffi::{CStr, c_int, c_void};
use core::sync::atomic::{AtomicI64, Ordering};

use pyo3_backend::{ExceptionType, ModuleDef, ModuleInit, ModuleOps, StrOps, kind};
use pyo3_ffi as ffi;

use crate::attachment::entered;
use crate::convert::{into_status, lent, raw};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

/// What CPython knows of a module: its own definition, which must never move, with what we need to find ours.
#[repr(C)]
struct Definition {
    /// First, so that a pointer to it is a pointer to the whole.
    native: ffi::PyModuleDef,
    slots: [ffi::PyModuleDef_Slot; 4],
    def: &'static ModuleDef<CPython>,
    /// The interpreter that the module was first filled for; -1 before.
    interpreter: AtomicI64,
}

/// The definition that CPython has, made once and kept.
pub struct ModuleState(*mut Definition);

// SAFETY: CPython alone writes the definition, attached; what we read of it is constant or atomic.
unsafe impl Send for ModuleState {}
// SAFETY: as above.
unsafe impl Sync for ModuleState {}

impl ModuleState {
    fn of(def: &'static ModuleDef<CPython>) -> &'static ModuleState {
        def.state.get_or_init(|| {
            let empty = ffi::PyModuleDef_Slot { slot: 0, value: core::ptr::null_mut() };
            let mut slots = [empty; 4];
            let mut room = slots.iter_mut();
            let mut push = |slot: c_int, value: *mut c_void| {
                if let Some(place) = room.next() {
                    *place = ffi::PyModuleDef_Slot { slot, value };
                }
            };
            push(ffi::Py_mod_exec, exec as *mut c_void);
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
                def,
                interpreter: AtomicI64::new(-1),
            }));
            // SAFETY: just made, and nobody else knows it. The slots stay where they are.
            unsafe { (*definition).native.m_slots = (&raw mut (*definition).slots).cast() };
            ModuleState(definition)
        })
    }

    fn native(&self) -> *mut ffi::PyModuleDef {
        self.0.cast()
    }
}

/// The `Py_mod_exec` slot: fills a fresh module.
///
/// # Safety
///
/// Called by CPython, for a module made from a [`Definition`].
unsafe extern "C" fn exec(module: *mut ffi::PyObject) -> c_int {
    // SAFETY: called by CPython: attached, no exception set; the module is alive for the call, and its definition is the
    // first field of one of ours, which is never freed.
    unsafe {
        entered(|py| {
            let definition = ffi::PyModule_GetDef(module).cast::<Definition>();
            into_status(fill(py, &*definition, crate::convert::borrowed(module)))
        })
    }
}

fn fill<'py>(py: At<'py>, definition: &Definition, module: Ref<'py, kind::Module>) -> Outcome<'py, ()> {
    // Classes and cached objects are kept in statics: they belong to the interpreter that made them.
    // SAFETY: attached, so there is a current interpreter.
    let current = unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) };
    let first = definition.interpreter.compare_exchange(-1, current, Ordering::SeqCst, Ordering::SeqCst);
    if first.is_err_and(|owner| owner != current) {
        return Err(Raised::with_message(
            py,
            ExceptionType::ImportError,
            c"PyO3 modules do not yet support subinterpreters, see https://github.com/PyO3/pyo3/issues/576",
        ));
    }
    (definition.def.exec)(py, module)
}

impl ModuleOps for CPython {
    type ModuleState = ModuleState;

    fn module_init(def: &'static ModuleDef<Self>) -> *mut ffi::PyObject {
        // SAFETY: a definition that lives for good, not used by another thread: it is being imported.
        unsafe { ffi::PyModuleDef_Init(ModuleState::of(def).native()) }
    }

    fn module_make<'py>(py: At<'py>, def: &'static ModuleDef<Self>) -> Outcome<'py, Owned<'py, kind::Module>> {
        let native = ModuleState::of(def).native();
        // A definition is an object of its own, which must be initialised before it is used.
        // SAFETY: attached, with a definition that lives for good. The result is the definition, borrowed.
        if unsafe { ffi::PyModuleDef_Init(native) }.is_null() {
            // SAFETY: null, so an exception is set.
            return Err(unsafe { Raised::assume(py) });
        }
        // All that CPython wants of the spec is the name.
        let types: Owned<'py> = owned!(py, PyImport_ImportModule(c"types".as_ptr()))?;
        let namespace: Owned<'py> =
            owned!(py, PyObject_GetAttrString(raw(types.as_ref()), c"SimpleNamespace".as_ptr()))?;
        let no_args: Owned<'py, kind::Tuple> = owned!(py, PyTuple_New(0))?;
        let spec: Owned<'py> =
            owned!(py, PyObject_Call(raw(namespace.as_ref()), raw(no_args.as_ref()), core::ptr::null_mut()))?;
        let name = Self::str_from_utf8(py, &def.name.to_string_lossy());
        status!(py, PyObject_SetAttrString(raw(spec.as_ref()), c"name".as_ptr(), raw(name.as_ref())))?;
        let module: Owned<'py, kind::Module> = owned!(py, PyModule_FromDefAndSpec(native, raw(spec.as_ref())))?;
        status!(py, PyModule_ExecDef(raw(module.as_ref()), native))?;
        Ok(module)
    }

    fn module_register(name: &'static CStr, init: ModuleInit<Self>) {
        // SAFETY: callable at any time.
        let running = unsafe { ffi::Py_IsInitialized() } != 0;
        assert!(!running, "called `append_to_inittab` but a Python interpreter is already running.");
        // SAFETY: no interpreter runs; name and function live for good.
        let code = unsafe { ffi::PyImport_AppendInittab(name.as_ptr(), Some(init)) };
        assert!(code == 0, "the table of built-in modules could not be extended");
    }

    fn module_new<'py>(py: At<'py>, name: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py, kind::Module>> {
        owned!(py, PyModule_NewObject(raw(name)))
    }

    fn module_dict<'py>(py: At<'py>, module: Ref<'_, kind::Module>) -> Owned<'py, kind::Dict> {
        // SAFETY: a module by its kind, which lends its dict; it always has one.
        unsafe { lent(py, ffi::PyModule_GetDict(raw(module))) }.unwrap_or_else(|| crate::convert::out_of_memory())
    }

    fn module_name<'py>(py: At<'py>, module: Ref<'_, kind::Module>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, PyModule_GetNameObject(raw(module)))
    }

    fn module_filename<'py>(py: At<'py>, module: Ref<'_, kind::Module>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, PyModule_GetFilenameObject(raw(module)))
    }

    fn module_exec_code<'py>(
        py: At<'py>,
        name: &CStr,
        filename: &CStr,
        code: Ref<'_, kind::Code>,
    ) -> Outcome<'py, Owned<'py>> {
        owned!(py, PyImport_ExecCodeModuleEx(name.as_ptr(), raw(code), filename.as_ptr()))
    }
}
