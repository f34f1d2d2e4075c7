//! Modules, with multi-phase initialization.

use core::ffi::{CStr, c_int};

use pyo3_backend::{ExceptionType, Module, ModuleInit, ModuleOps, StrOps, kind};
use pyo3_ffi as ffi;

use crate::attachment::entered;
use crate::convert::{clone_borrowed, into_status, raw};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

mod export;

#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
mod definition;
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
use definition::{Definition, make};

#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
mod slots;
#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
use slots::{Definition, make};

/// The function that fills a new module.
type Exec = for<'py> fn(At<'py>, Ref<'_, kind::Module>) -> Outcome<'py, ()>;

/// The definition for CPython, created once and kept.
pub struct ModuleState(*mut Definition);

// SAFETY: only CPython writes the definition, attached. The parts that we read are constant or atomic.
unsafe impl Send for ModuleState {}
// SAFETY: as above.
unsafe impl Sync for ModuleState {}

impl ModuleState {
    fn of<M: Module<CPython>>() -> &'static ModuleState {
        let def = M::def();
        def.state.get_or_init(|| ModuleState(Definition::new(def, M::exec)))
    }
}

/// The `Py_mod_exec` slot: fills a new module.
///
/// # Safety
///
/// Called by CPython for a module made from a [`Definition`].
unsafe extern "C" fn exec(module: *mut ffi::PyObject) -> c_int {
    // SAFETY: CPython calls this attached, with no exception set. The module is alive for the call, and its definition
    // is one of ours, which is never freed.
    unsafe {
        entered(|py| {
            let outcome =
                Definition::of(py, module).and_then(|known| fill(py, &*known, crate::convert::borrowed(module)));
            into_status(outcome)
        })
    }
}

/// Returns a module spec with the only attribute that CPython needs: the name.
fn spec<'py>(py: At<'py>, name: &CStr) -> Outcome<'py, Owned<'py>> {
    let types: Owned<'py> = owned!(py, unsafe ffi::PyImport_ImportModule(c"types".as_ptr()))?;
    let namespace: Owned<'py> = owned!(
        py,
        unsafe ffi::PyObject_GetAttrString(raw(types.as_ref()), c"SimpleNamespace".as_ptr())
    )?;
    let no_args: Owned<'py, kind::Tuple> = owned!(py, unsafe ffi::PyTuple_New(0))?;
    let spec: Owned<'py> =
        owned!(py, unsafe ffi::PyObject_Call(raw(namespace.as_ref()), raw(no_args.as_ref()), core::ptr::null_mut()))?;
    let name = CPython::str_from_utf8(py, &name.to_string_lossy());
    status!(py, unsafe ffi::PyObject_SetAttrString(raw(spec.as_ref()), c"name".as_ptr(), raw(name.as_ref())))?;
    Ok(spec)
}

fn fill<'py>(py: At<'py>, definition: &Definition, module: Ref<'_, kind::Module>) -> Outcome<'py, ()> {
    // Statics hold classes and cached objects, which belong to the interpreter that created them.
    #[cfg(not(all(Py_LIMITED_API, not(Py_3_10))))]
    // SAFETY: attached, so there is a current interpreter.
    let current = unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) };
    #[cfg(all(Py_LIMITED_API, not(Py_3_10)))]
    let current = crate::stable39::interpreter(py);
    if *definition.interpreter.get_or_init(|| current) != current {
        return Err(Raised::with_message(
            py,
            ExceptionType::ImportError,
            c"PyO3 modules do not yet support subinterpreters, see https://github.com/PyO3/pyo3/issues/576",
        ));
    }
    (definition.exec)(py, module)
}

impl ModuleOps for CPython {
    type ModuleState = ModuleState;

    fn module_init<M: Module<Self>>() -> *mut ffi::PyObject {
        pyo3_backend::mark!();
        // SAFETY: a definition that lives as long as the process.
        unsafe { Definition::init(ModuleState::of::<M>().0) }
    }

    fn module_make<'py, M: Module<Self>>(py: At<'py>) -> Outcome<'py, Owned<'py, kind::Module>> {
        let spec = spec(py, M::def().name)?;
        // SAFETY: a definition that lives as long as the process.
        unsafe { make(py, ModuleState::of::<M>().0, spec.as_ref()) }
    }

    #[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
    fn module_register(name: &'static CStr, _init: ModuleInit<Self>) {
        panic!(
            "`append_to_inittab` has no table for `{}`: with the stable ABI of free-threaded builds (abi3t), modules are not \
             made from a `PyModuleDef`; put what `wrap_pymodule!` makes into `sys.modules` once the interpreter runs, or \
             build without `abi3t`",
            name.to_string_lossy()
        );
    }

    #[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
    fn module_register(name: &'static CStr, init: ModuleInit<Self>) {
        // SAFETY: callable at any time.
        let running = unsafe { ffi::Py_IsInitialized() } != 0;
        assert!(!running, "called `append_to_inittab` but a Python interpreter is already running.");
        // SAFETY: no interpreter runs; the name and the function live as long as the process.
        let code = unsafe { ffi::PyImport_AppendInittab(name.as_ptr(), Some(init)) };
        assert!(code == 0, "the table of built-in modules could not be extended");
    }

    fn module_new<'py>(py: At<'py>, name: Ref<'_, kind::Str>) -> Outcome<'py, Owned<'py, kind::Module>> {
        owned!(py, unsafe ffi::PyModule_NewObject(raw(name)))
    }

    fn module_dict<'py>(py: At<'py>, module: Ref<'_, kind::Module>) -> Owned<'py, kind::Dict> {
        // The collector may have removed the dict while destructors still use the module: then an empty dict replaces
        // it. In debug builds, `PyModule_GetDict` asserts that there is one.
        #[cfg(py_sys_config = "Py_DEBUG")]
        return owned_or_abort!(py, unsafe ffi::PyObject_GenericGetDict(raw(module), core::ptr::null_mut()));
        #[cfg(not(py_sys_config = "Py_DEBUG"))]
        // SAFETY: a module by its kind, which lends its dict.
        unsafe { clone_borrowed(py, ffi::PyModule_GetDict(raw(module))) }.unwrap_or_else(|| {
            use pyo3_backend::DictOps;
            Self::dict_new(py)
        })
    }

    fn module_name<'py>(py: At<'py>, module: Ref<'_, kind::Module>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, unsafe ffi::PyModule_GetNameObject(raw(module)))
    }

    fn module_filename<'py>(py: At<'py>, module: Ref<'_, kind::Module>) -> Outcome<'py, Owned<'py, kind::Str>> {
        owned!(py, unsafe ffi::PyModule_GetFilenameObject(raw(module)))
    }

    // With the stable ABI, a module can say this in its definition only.
    #[cfg(all(Py_GIL_DISABLED, not(Py_LIMITED_API)))]
    fn module_set_gil_used<'py>(py: At<'py>, module: Ref<'_, kind::Module>, gil_used: bool) -> Outcome<'py, ()> {
        let gil = if gil_used { ffi::Py_MOD_GIL_USED } else { ffi::Py_MOD_GIL_NOT_USED };
        status!(py, unsafe ffi::PyUnstable_Module_SetGIL(raw(module), gil))
    }

    fn module_exec_code<'py>(
        py: At<'py>,
        name: &CStr,
        filename: &CStr,
        code: Ref<'_, kind::Code>,
    ) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyImport_ExecCodeModuleEx(name.as_ptr(), raw(code), filename.as_ptr()))
    }
}
