//! Modules.

use core::ffi::CStr;
use std::sync::OnceLock;

use crate::{Attached, Backend, ErrorOps, ExceptionType, Outcome, Owned, Ref, RefOps, kind, provided};

/// A native module, as a type, from which a backend makes its own definition.
pub trait Module<B: ModuleOps>: 'static {
    /// Returns what is known of the module before it is made.
    fn def() -> &'static ModuleDef<B::ModuleState>;

    /// Fills a new module. Does not unwind.
    ///
    /// Runs Python: yes. Errors: what the user's code raises.
    fn exec<'py>(py: Attached<'py, B>, module: Ref<'_, B, kind::Module>) -> Outcome<'py, B, ()>;
}

/// What is known of a module before it is made. Lives in a `static`.
pub struct ModuleDef<S> {
    /// `__name__`, without a package.
    pub name: &'static CStr,
    /// `__doc__`.
    pub doc: &'static CStr,
    /// Whether importing it turns the global lock of a free-threaded CPython back on.
    pub gil_used: bool,
    /// What the backend derives from the definition, once.
    pub state: OnceLock<S>,
}

impl<S> ModuleDef<S> {
    /// Defines a module that the runtime has not seen yet.
    pub const fn new(name: &'static CStr, doc: &'static CStr, gil_used: bool) -> Self {
        ModuleDef { name, doc, gil_used, state: OnceLock::new() }
    }
}

/// A function that makes a module known to the runtime. Only the runtime uses its result.
pub type ModuleInit<B> = extern "C" fn() -> *mut <B as crate::BackendTypes>::Object;

/// Module objects.
pub trait ModuleOps: RefOps + ErrorOps {
    /// What the backend stores with a [`ModuleDef`]. CPython: the `PyModuleDef`. RustPython: the VM's definition.
    type ModuleState: Send + Sync + 'static;

    /// Returns the result of the function through which the runtime finds a module in a library. May be called before
    /// the interpreter runs.
    ///
    /// The backend also chooses the symbol under which a library exports that function. A function cannot do this, so
    /// each backend crate has a macro for it, `export_module!(name, result, init)`: the module's name as a literal, the
    /// type that `init` returns, and a function without arguments. CPython: `PyInit_<name>`; `PyModExport_<name>` with
    /// the stable ABI of free-threaded builds. RustPython, which loads no libraries: `PyInit_<name>`.
    ///
    /// Runs Python: no.
    /// CPython: `PyModuleDef_Init` (multi-phase), or an array of slots. RustPython: the address of the definition.
    fn module_init<M: Module<Self>>() -> *mut Self::Object;

    /// Creates and fills a module now, without `sys.modules`: for `wrap_pymodule!` and nested modules.
    ///
    /// Runs Python: yes. Errors: what `exec` returns; on CPython also `ImportError` if another subinterpreter has made
    /// the module before.
    /// CPython: `PyModule_FromDefAndSpec`, `PyModule_ExecDef`. RustPython: `PyModuleDef::create_module`.
    fn module_make<'py, M: Module<Self>>(py: Attached<'py, Self>) -> Outcome<'py, Self, Owned<'py, Self, kind::Module>>
    where
        Self: Backend,
    {
        let def = M::def();
        let name = Self::str_from_utf8(py, &def.name.to_string_lossy());
        let module = Self::module_new(py, name.as_ref())?;
        let doc = Self::str_from_utf8(py, &def.doc.to_string_lossy());
        provided::set_attribute(py, module.as_ref().any(), "__doc__", doc.as_ref().any())?;
        M::exec(py, module.as_ref())?;
        Ok(module)
    }

    /// Lets `import name` find a module that is linked into the program.
    ///
    /// Before the interpreter runs, adds the module to the table of built-in modules. While it runs, RustPython puts
    /// the module into `sys.modules`.
    ///
    /// Runs Python: no. CPython: `PyImport_AppendInittab`. RustPython: the builder's native modules.
    ///
    /// # Panics
    ///
    /// On CPython, if the interpreter is already running, and always with the stable ABI of free-threaded builds, whose
    /// modules that table does not accept.
    fn module_register(name: &'static CStr, init: ModuleInit<Self>);

    /// Creates an empty module.
    ///
    /// Runs Python: no. CPython: `PyModule_NewObject`. RustPython: `vm.new_module`.
    fn module_new<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Module>>
    where
        Self: Backend,
    {
        let class = provided::member(py, "types", "ModuleType")?;
        provided::call(py, class.as_ref(), &[name.any()]).and_then(provided::of_kind)
    }

    /// Returns `module.__dict__`.
    ///
    /// Runs Python: no. CPython: `PyModule_GetDict`. RustPython: `dict`.
    fn module_dict<'py>(py: Attached<'py, Self>, module: Ref<'_, Self, kind::Module>) -> Owned<'py, Self, kind::Dict>
    where
        Self: Backend,
    {
        // The collector clears the dict, and destructors may still look at it. An empty one replaces it.
        match provided::attribute(py, module.any(), "__dict__").and_then(provided::of_kind) {
            Ok(dict) => dict,
            Err(raised) => {
                Self::error_discard(raised);
                Self::dict_new(py)
            }
        }
    }

    /// Returns `module.__name__`, from the module's dict.
    ///
    /// Runs Python: no. Errors: `SystemError: nameless module`.
    /// CPython: `PyModule_GetNameObject`. RustPython: the module's dict.
    fn module_name<'py>(
        py: Attached<'py, Self>,
        module: Ref<'_, Self, kind::Module>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        text_entry(py, module, "__name__", "nameless module")
    }

    /// Returns `module.__file__`.
    ///
    /// Runs Python: no. Errors: `SystemError: module filename missing`.
    /// CPython: `PyModule_GetFilenameObject`. RustPython: the module's dict.
    fn module_filename<'py>(
        py: Attached<'py, Self>,
        module: Ref<'_, Self, kind::Module>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>
    where
        Self: Backend,
    {
        text_entry(py, module, "__file__", "module filename missing")
    }

    /// Declares whether a module needs the global lock. If it does, a free-threaded runtime turns one on.
    ///
    /// Runs Python: no. Errors: none that is known.
    /// CPython: `PyUnstable_Module_SetGIL` in free-threaded builds; otherwise nothing, as by default. RustPython:
    /// nothing, since it has no such lock.
    fn module_set_gil_used<'py>(
        _py: Attached<'py, Self>,
        _module: Ref<'_, Self, kind::Module>,
        _gil_used: bool,
    ) -> Outcome<'py, Self, ()> {
        Ok(())
    }

    /// Runs code as the body of a module called `name`, new or already in `sys.modules`, and returns the module.
    ///
    /// Runs Python: yes. Errors: what the code raises; a new module is removed from `sys.modules` then.
    /// CPython: `PyImport_ExecCodeModuleEx`. RustPython: `run_code_obj`.
    fn module_exec_code<'py>(
        py: Attached<'py, Self>,
        name: &CStr,
        filename: &CStr,
        code: Ref<'_, Self, kind::Code>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let modules = provided::member(py, "sys", "modules")?;
        let modules: Owned<'py, Self, kind::Dict> = provided::of_kind(modules)?;
        let name = Self::str_from_utf8(py, &name.to_string_lossy());
        let known = Self::dict_get(py, modules.as_ref(), name.as_ref().any())?;
        let known = known.and_then(|module| module.cast::<kind::Module>().ok());
        let is_new = known.is_none();
        let module = match known {
            Some(module) => module,
            None => {
                let module = Self::module_new(py, name.as_ref())?;
                Self::dict_set(py, modules.as_ref(), name.as_ref().any(), module.as_ref().any())?;
                module
            }
        };
        let filename = Self::str_from_utf8(py, &filename.to_string_lossy());
        provided::set_attribute(py, module.as_ref().any(), "__file__", filename.as_ref().any())?;
        let globals = Self::module_dict(py, module.as_ref());
        if let Err(raised) = Self::code_eval(py, code, globals.as_ref(), globals.as_ref().any()) {
            let exception = Self::error_take(py, raised);
            if is_new && let Err(raised) = Self::dict_delete(py, modules.as_ref(), name.as_ref().any()) {
                // The failure of the code is the one to report.
                Self::error_discard(raised);
            }
            return Err(Self::error_raise(py, exception));
        }
        // The code may have replaced the module.
        Self::object_get_item(py, modules.as_ref().any(), name.as_ref().any())
    }
}

/// Returns a string from a module's dict, or raises `SystemError` with the message `missing`.
fn text_entry<'py, B: Backend>(
    py: Attached<'py, B>,
    module: Ref<'_, B, kind::Module>,
    key: &str,
    missing: &str,
) -> Outcome<'py, B, Owned<'py, B, kind::Str>> {
    let (dict, key) = (B::module_dict(py, module), B::str_from_utf8(py, key));
    let entry = B::dict_get(py, dict.as_ref(), key.as_ref().any())?;
    let text = entry.and_then(|text| text.cast::<kind::Str>().ok());
    text.ok_or_else(|| provided::raise(py, ExceptionType::SystemError, missing))
}
