//! Modules: objects, native definitions, and the table of modules that are linked in.

mod export;
mod late;

use core::ffi::CStr;
use std::sync::OnceLock;

use pyo3_backend::{
    Attached, ExceptionType, InterpreterOps, Lock, Locked, Module, ModuleInit, ModuleOps, Outcome, Owned, Ref,
    ThreadOps, kind,
};
use rustpython_vm::builtins::{PyDict, PyModule, PyModuleDef, PyModuleSlots, PyStr};
use rustpython_vm::function::ArgMapping;
use rustpython_vm::{AsObject, Context, Py, PyObject, PyRef, PyResult, VirtualMachine};

use crate::code::{modules, scope};
use crate::convert::{
    leak, lend_as, object, outcome, own_as, own_outcome, own_outcome_as, payload, plain_result, static_text,
};
use crate::error::raise_message;
use crate::vm::{enter, vm};
use crate::{RustPython, indicator};

/// The state of a module: the function that fills it, and the VM's definition once that is needed.
pub struct ModuleState {
    doc: &'static CStr,
    exec: Exec,
    native: OnceLock<&'static PyModuleDef>,
}

impl ModuleState {
    fn of<M: Module<RustPython>>() -> &'static ModuleState {
        let def = M::def();
        def.state.get_or_init(|| ModuleState { doc: def.doc, exec: M::exec, native: OnceLock::new() })
    }
}

/// The function that fills a new module.
type Exec = for<'py> fn(Attached<'py, RustPython>, Ref<'_, RustPython, kind::Module>) -> Outcome<'py, RustPython, ()>;

/// A module that `import` can find.
struct Registered {
    name: &'static str,
    /// The function that is called when the module is imported, as on CPython.
    init: ModuleInit<RustPython>,
    /// The VM's definition under the registered name, once an interpreter has needed it.
    native: Option<&'static PyModuleDef>,
}

/// The modules that are linked in. The VM gets their definitions when an interpreter is built.
static REGISTERED: Lock<Vec<Registered>> = Lock::new(Vec::new());

fn table() -> Locked<'static, Vec<Registered>> {
    // The table is consistent after every statement.
    REGISTERED.lock()
}

/// Returns the VM's definitions of all registered modules.
pub(crate) fn registered(ctx: &Context) -> Vec<&'static PyModuleDef> {
    let mut table = table();
    table.iter_mut().map(|module| native_definition(module, ctx)).collect()
}

fn native_definition(module: &mut Registered, ctx: &Context) -> &'static PyModuleDef {
    // The doc is part of the module's own definition, which is not known yet.
    module.native.get_or_insert_with(|| define(module.name, None, Some(exec_registered), ctx))
}

fn define(
    name: &str,
    doc: Option<&CStr>,
    exec: Option<fn(&VirtualMachine, &Py<PyModule>) -> PyResult<()>>,
    ctx: &Context,
) -> &'static PyModuleDef {
    leak(PyModuleDef {
        name: ctx.intern_str(name),
        doc: doc.map(|doc| ctx.intern_str(&*doc.to_string_lossy())),
        methods: &[],
        slots: PyModuleSlots { create: None, exec },
    })
}

/// Fills a registered module. If that fails, removes the module from `sys.modules`, where the VM puts it before and
/// leaves it.
fn exec_registered(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    fill_registered(vm, module).inspect_err(|_| {
        let name = module.def.map(|definition| definition.name);
        if let (Some(name), Ok(modules)) = (name, modules(vm))
            && modules.get_item(name, vm).is_ok_and(|current| current.is(module))
        {
            // The module's own error is the one to report.
            let _ = modules.del_item(name, vm);
        }
    })
}

/// Fills a registered module. The VM passes no data to this function, so the entry is found by the module's definition.
fn fill_registered(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
    let found = table()
        .iter()
        .find(|registered| match (registered.native, module.def) {
            (Some(native), Some(own)) => core::ptr::eq(native, own),
            _ => false,
        })
        .map(|registered| (registered.name, registered.init));
    let Some((name, init)) = found else {
        return Err(vm.new_system_error("the definition of a native module is not registered"));
    };
    // SAFETY: the `PyInit` function of a module returns the result of `module_init`, which is the address of a state in
    // a static, or it returns null.
    let Some(definition) = (unsafe { init().cast::<ModuleState>().cast_const().as_ref() }) else {
        let text = || vm.new_system_error(format!("initialization of {name} failed without raising an exception"));
        return Err(indicator::take(vm).unwrap_or_else(text));
    };
    let doc = vm.ctx.new_str(&*definition.doc.to_string_lossy());
    module.set_attr("__doc__", doc, vm)?;
    plain_result(enter(vm, |py| (definition.exec)(py, lend_as(module))))
}

impl ModuleOps for RustPython {
    type ModuleState = ModuleState;

    fn module_init<M: Module<Self>>() -> *mut PyObject {
        pyo3_backend::mark!();
        core::ptr::from_ref(ModuleState::of::<M>()).cast_mut().cast()
    }

    fn module_make<'py, M: Module<Self>>(
        py: Attached<'py, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Module>> {
        let vm = vm(py);
        // Created outside `get_or_init`, where a thread would wait, attached, for one that allocates.
        let state = ModuleState::of::<M>();
        let native = match state.native.get() {
            Some(native) => native,
            None => {
                let native = define(static_text(M::def().name), Some(state.doc), None, &vm.ctx);
                state.native.get_or_init(|| native)
            }
        };
        let module = outcome(py, native.create_module(vm))?;
        M::exec(py, lend_as(&module))?;
        Ok(own_as(py, module))
    }

    fn module_register(name: &'static CStr, init: ModuleInit<Self>) {
        let name = static_text(name);
        table().push(Registered { name, init, native: None });
        if !Self::interpreter_is_initialized() {
            return;
        }
        let installed = Self::thread_attach(|py| {
            let vm = vm(py);
            late::install(vm).map_err(|raised| {
                let mut text = String::new();
                // Writing to a `String` cannot fail.
                let _ = vm.write_exception(&mut text, &raised);
                text
            })
        });
        match installed {
            Ok(Ok(())) => {}
            Ok(Err(text)) => panic!("the module {name} cannot be made known to `import`:\n{text}"),
            Err(error) => panic!("the module {name} cannot be made known to `import`: {error:?}"),
        }
    }

    fn module_new<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Module>> {
        let vm = vm(py);
        let module = vm.new_module(&payload(name).to_string_lossy(), vm.ctx.new_dict(), None);
        Ok(own_as(py, module))
    }

    fn module_dict<'py>(py: Attached<'py, Self>, module: Ref<'_, Self, kind::Module>) -> Owned<'py, Self, kind::Dict> {
        own_as(py, dict(module))
    }

    fn module_name<'py>(
        py: Attached<'py, Self>,
        module: Ref<'_, Self, kind::Module>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        text_entry(py, module, "__name__", "nameless module")
    }

    fn module_filename<'py>(
        py: Attached<'py, Self>,
        module: Ref<'_, Self, kind::Module>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        text_entry(py, module, "__file__", "module filename missing")
    }

    fn module_exec_code<'py>(
        py: Attached<'py, Self>,
        name: &CStr,
        filename: &CStr,
        code: Ref<'_, Self, kind::Code>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let name = name.to_string_lossy();
        let run = || {
            let modules = modules(vm)?;
            let old = match modules.get_item(&*name, vm) {
                Ok(module) => module.downcast::<PyModule>().ok(),
                Err(missing) if missing.fast_isinstance(vm.ctx.exceptions.key_error) => None,
                Err(raised) => return Err(raised),
            };
            let is_new = old.is_none();
            let module = match old {
                Some(module) => module,
                None => {
                    let module = vm.new_module(&name, vm.ctx.new_dict(), None);
                    modules.set_item(&*name, module.clone().into(), vm)?;
                    module
                }
            };
            let dict = module.dict();
            let body = || {
                dict.set_item("__file__", vm.ctx.new_str(filename.to_string_lossy()).into(), vm)?;
                let scope = scope(Some(ArgMapping::from_dict_exact(dict.clone())), dict.clone(), vm)?;
                vm.run_code_obj(payload(code).to_owned(), scope)
            };
            if let Err(raised) = body() {
                if is_new {
                    // The error of the code is the one to report.
                    let _ = modules.del_item(&*name, vm);
                }
                return Err(raised);
            }
            // The code may have replaced the module.
            modules.get_item(&*name, vm)
        };
        own_outcome(py, run())
    }
}

/// Returns the dict of a module. It is empty if the collector has removed it, because destructors may still use the
/// module.
fn dict(module: Ref<'_, RustPython, kind::Module>) -> PyRef<PyDict> {
    object(module.any()).dict().unwrap_or_else(|| Context::genesis().new_dict())
}

/// Returns a string from the dict of a module, or raises `SystemError` with this message.
fn text_entry<'py>(
    py: Attached<'py, RustPython>,
    module: Ref<'_, RustPython, kind::Module>,
    key: &'static str,
    missing: &'static str,
) -> Outcome<'py, RustPython, Owned<'py, RustPython, kind::Str>> {
    let entry = outcome(py, dict(module).inner_getitem_opt(key, vm(py)))?;
    match entry.and_then(|text| text.downcast::<PyStr>().ok()) {
        Some(text) => own_outcome_as(py, Ok::<PyRef<PyStr>, _>(text)),
        None => Err(raise_message(py, ExceptionType::SystemError, missing)),
    }
}
