//! A finder that lets `import` find modules registered after the interpreter was built.
//!
//! The machine's table of native modules is fixed once it runs. So the first module that is registered later adds a
//! finder to `sys.meta_path`, behind the importer of built-in modules. On import, the import system does the rest: the
//! entry in `sys.modules`, `__spec__`, and the attribute of the package that contains the module.

use pyo3_backend::{Lock, Locked};
use rustpython_vm::builtins::{PyList, PyModule, PyStrRef};
use rustpython_vm::compiler::Mode;
use rustpython_vm::{AsObject, Context, Py, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::code::scope;

/// The Python part of the finder. A module with other registered modules below it has to be a package, so that they can
/// be imported.
const SOURCE: &str = "\
from _frozen_importlib import ModuleSpec

class LinkedModuleFinder:
    'Finds native modules that were linked in after the interpreter started.'

    @staticmethod
    def find_spec(name, path=None, target=None):
        if is_linked(name):
            spec = ModuleSpec(name, LinkedModuleFinder, origin='built-in')
            if has_linked_children(name):
                spec.submodule_search_locations = []
            return spec

    @staticmethod
    def create_module(spec):
        return create(spec.name)

    @staticmethod
    def exec_module(module):
        fill(module)

LinkedModuleFinder.__module__ = None
";

/// The finder, which also records whether an interpreter has it already.
static FINDER: Lock<Option<PyObjectRef>> = Lock::new(None);

fn finder() -> Locked<'static, Option<PyObjectRef>> {
    // Every change is a single statement, so the value is always consistent.
    FINDER.lock()
}

/// Makes `import` find modules that are registered from now on.
pub(super) fn install(vm: &VirtualMachine) -> PyResult<()> {
    let importers = vm.sys_module.as_object().get_attr(vm.ctx.intern_str("meta_path"), vm)?;
    let importers = importers
        .downcast::<PyList>()
        .map_err(|_| vm.new_runtime_error("sys.meta_path must be a list of import hooks".to_owned()))?;
    let known = finder().clone();
    if let Some(known) = known
        && importers.borrow_vec().iter().any(|importer| importer.is(&known))
    {
        return Ok(());
    }
    let made = make(vm)?;
    {
        // Behind the importer of built-in modules, so that the machine's own modules take precedence.
        let mut importers = importers.borrow_vec_mut();
        let place = importers.len().min(1);
        importers.insert(place, made.clone());
    }
    let replaced = finder().replace(made);
    // Outside the lock, because releasing the last reference to the finder of an earlier interpreter may run code.
    drop(replaced);
    Ok(())
}

fn make(vm: &VirtualMachine) -> PyResult {
    let globals = vm.ctx.new_dict();
    let is_linked = |name: PyStrRef| super::table().iter().any(|module| name.as_bytes() == module.name.as_bytes());
    let has_linked_children = |name: PyStrRef| {
        let below = |child: &str| {
            child.as_bytes().strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&b'.'))
        };
        super::table().iter().any(|module| below(module.name))
    };
    globals.set_item("is_linked", vm.new_function("is_linked", is_linked).into(), vm)?;
    globals.set_item("has_linked_children", vm.new_function("has_linked_children", has_linked_children).into(), vm)?;
    globals.set_item("create", vm.new_function("create", create).into(), vm)?;
    globals.set_item("fill", vm.new_function("fill", fill).into(), vm)?;
    let code = vm
        .compile(SOURCE, Mode::Exec, "<linked modules>".to_owned())
        .map_err(|error| error.into_pyexception(vm, Some(SOURCE)))?;
    vm.run_code_obj(code, scope(None, globals.clone(), vm)?)?;
    globals.get_item("LinkedModuleFinder", vm)
}

/// Creates the module with this name, still empty. If the name was registered twice, the later registration counts.
fn create(name: PyStrRef, vm: &VirtualMachine) -> PyResult<PyRef<PyModule>> {
    let native = super::table()
        .iter_mut()
        .rev()
        .find(|module| name.as_bytes() == module.name.as_bytes())
        .map(|module| super::native_definition(module, Context::genesis()));
    match native {
        Some(native) => native.create_module(vm),
        None => Err(vm.new_import_error(format!("no native module named {:?}", name.as_wtf8()), name)),
    }
}

/// Runs the function of a module created by [`create`].
fn fill(module: PyRef<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    let module: &Py<PyModule> = &module;
    match module.def {
        Some(native) => native.exec_module(vm, module),
        None => Err(vm.new_system_error("a module without a definition cannot be filled")),
    }
}
