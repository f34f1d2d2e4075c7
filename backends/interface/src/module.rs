//! Modules.

use core::ffi::CStr;
use std::sync::OnceLock;

use crate::{Attached, ErrorOps, Outcome, Owned, Ref, RefOps, kind};

/// A native module as data. Lives in a `static`.
pub struct ModuleDef<B: ModuleOps> {
    /// `__name__`, without a package.
    pub name: &'static CStr,
    /// `__doc__`.
    pub doc: &'static CStr,
    /// Whether importing it turns the global lock of a free-threaded CPython back on.
    pub gil_used: bool,
    /// Fills a fresh module. Does not unwind.
    pub exec: for<'py> fn(Attached<'py, B>, Ref<'py, B, kind::Module>) -> Outcome<'py, B, ()>,
    /// What the backend makes of it, once.
    pub state: OnceLock<B::ModuleState>,
}

impl<B: ModuleOps> ModuleDef<B> {
    /// A module that the runtime has not seen yet.
    pub const fn new(
        name: &'static CStr,
        doc: &'static CStr,
        gil_used: bool,
        exec: for<'py> fn(Attached<'py, B>, Ref<'py, B, kind::Module>) -> Outcome<'py, B, ()>,
    ) -> Self {
        ModuleDef { name, doc, gil_used, exec, state: OnceLock::new() }
    }
}

/// The function that makes a module known to the runtime. Its result is only ever handed to that.
pub type ModuleInit<B> = extern "C" fn() -> *mut <B as crate::BackendTypes>::Object;

/// Module objects.
pub trait ModuleOps: RefOps + ErrorOps {
    /// What the backend keeps with a [`ModuleDef`]. CPython: the `PyModuleDef`. RustPython: the VM's definition.
    type ModuleState: Send + Sync + 'static;

    /// What the function returns by which the runtime finds a module in a library. May be called before the interpreter
    /// runs.
    ///
    /// Under which symbol a library exports that function is the backend's choice as well. A function cannot make it, so each
    /// backend crate has a macro for it, `export_module!(name, result, init)`: the module's name as a literal, the type that
    /// `init` returns, and a function without arguments. CPython: `PyInit_<name>`; `PyModExport_<name>` with the stable ABI
    /// of free-threaded builds. RustPython, which loads no libraries: `PyInit_<name>`.
    ///
    /// Runs Python: no. CPython: `PyModuleDef_Init` (multi-phase), or an array of slots. RustPython: the address of the
    /// definition.
    fn module_init(def: &'static ModuleDef<Self>) -> *mut Self::Object;

    /// Makes and fills a module now, without `sys.modules`: for `wrap_pymodule!` and nested modules.
    ///
    /// Runs Python: yes. Errors: what `exec` returns; and on CPython `ImportError` where the module was made in another
    /// subinterpreter before.
    fn module_make<'py>(
        py: Attached<'py, Self>,
        def: &'static ModuleDef<Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Module>>;

    /// Makes `import name` find a module that is linked in.
    ///
    /// Before the interpreter runs it joins the table of built-in modules. CPython: `PyImport_AppendInittab`.
    /// RustPython: the builder's native modules. While it runs, RustPython puts it into `sys.modules`.
    ///
    /// # Panics
    ///
    /// On CPython where the interpreter runs already; and with the stable ABI of free-threaded builds, whose modules that
    /// table does not take.
    fn module_register(name: &'static CStr, init: ModuleInit<Self>);

    /// An empty module. CPython: `PyModule_NewObject`. RustPython: `vm.new_module`.
    fn module_new<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Module>>;

    /// `module.__dict__`. CPython: `PyModule_GetDict`. RustPython: `dict`.
    fn module_dict<'py>(py: Attached<'py, Self>, module: Ref<'_, Self, kind::Module>) -> Owned<'py, Self, kind::Dict>;

    /// `module.__name__`, from its dict. Errors: `SystemError: nameless module`. CPython: `PyModule_GetNameObject`.
    fn module_name<'py>(
        py: Attached<'py, Self>,
        module: Ref<'_, Self, kind::Module>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>;

    /// `module.__file__`. Errors: `SystemError: module filename missing`. CPython: `PyModule_GetFilenameObject`.
    fn module_filename<'py>(
        py: Attached<'py, Self>,
        module: Ref<'_, Self, kind::Module>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>>;

    /// Says of a module whether it needs the global lock: where it does, a free-threaded runtime has one from then on.
    ///
    /// Runs Python: no. Errors: none that is known. CPython: `PyUnstable_Module_SetGIL`, in free-threaded builds; else
    /// nothing, as by default. RustPython: nothing, there is no such lock.
    fn module_set_gil_used<'py>(
        _py: Attached<'py, Self>,
        _module: Ref<'_, Self, kind::Module>,
        _gil_used: bool,
    ) -> Outcome<'py, Self, ()> {
        Ok(())
    }

    /// Runs code as the body of a module called `name`, new or already in `sys.modules`, and gives the module.
    ///
    /// Runs Python: yes. Errors: what the code raises; a new module is then out of `sys.modules` again.
    /// CPython: `PyImport_ExecCodeModuleEx`.
    fn module_exec_code<'py>(
        py: Attached<'py, Self>,
        name: &CStr,
        filename: &CStr,
        code: Ref<'_, Self, kind::Code>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;
}
