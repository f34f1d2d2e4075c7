//! Makes concurrent imports correct for a module that replaces itself in `sys.modules`.
//!
//! Threads that import the same module wait for each other with the locks of `importlib`. But a thread that waited gets
//! the module that was in `sys.modules` before. If the module's code has replaced it, as `decimal` does, that module
//! stays empty. CPython up to 3.13 has the same bug. So `__import__` is wrapped, and imports again if its result is out
//! of date.

use rustpython_vm::builtins::PyModule;
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodFlags};
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

use crate::convert::leak;
use crate::function::leak_definition;

/// Wraps `builtins.__import__` of an interpreter that was just built.
///
/// # Errors
///
/// If there is no such function.
pub(crate) fn follow_replacements(vm: &VirtualMachine) -> PyResult<()> {
    const NAME: &str = "__import__";
    const DOC: ItemDoc = ItemDoc::static_text(
        "__import__($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)\n--\n\n\
         Import a module. The `import` statement calls this function; programs should call `importlib.import_module`.",
    );

    let builtins = vm.builtins.as_object();
    let name = vm.ctx.intern_str(NAME);
    let original = builtins.get_attr(name, vm)?;
    let native = leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| -> PyResult {
        let module = original.call_with_args(arguments.clone(), vm)?;
        if is_replaced(vm, &module) { original.call_with_args(arguments, vm) } else { Ok(module) }
    });
    let flags = PyMethodFlags::FASTCALL.union(PyMethodFlags::KEYWORDS);
    let definition = leak_definition(NAME, DOC, flags, native);
    let function = definition.to_function().with_module(vm.ctx.intern_str("builtins")).into_ref(&vm.ctx);
    builtins.set_attr(name, function, vm)
}

/// Whether `sys.modules` has another module under this one's name. If so, importing again only returns that module.
fn is_replaced(vm: &VirtualMachine, module: &PyObject) -> bool {
    let Some(module) = module.downcast_ref::<PyModule>() else { return false };
    let current = || {
        let name = module.dict().get_item_opt(vm.ctx.intern_str("__name__"), vm).ok()??;
        vm.sys_module.as_object().get_attr(vm.ctx.intern_str("modules"), vm).ok()?.get_item(&*name, vm).ok()
    };
    current().is_some_and(|current| !current.is(module))
}
