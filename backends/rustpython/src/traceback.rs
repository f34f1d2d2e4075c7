//! Displays exceptions with Python's module `traceback`, as CPython does.
//!
//! The VM has its own function for this, which leaves out the module of an exception's class, notes, and more. It is
//! only used if the module cannot be: without a standard library, or at the end of the stack.

use rustpython_vm::builtins::PyBaseException;
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodFlags};
use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};

use crate::convert::leak;
use crate::function::leak_definition;

/// Makes `sys.excepthook` and `sys.__excepthook__` of an interpreter that was just built display exceptions that way.
///
/// # Errors
///
/// If `sys` has no such function.
pub(crate) fn install_hook(vm: &VirtualMachine) -> PyResult<()> {
    const NAME: &str = "excepthook";
    const DOC: ItemDoc = ItemDoc::static_text(
        "excepthook($module, exctype, value, traceback, /)\n--\n\nShow an exception with its traceback on sys.stderr.",
    );

    let sys = vm.sys_module.as_object();
    let original = sys.get_attr(NAME, vm)?;
    let native = leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| -> PyResult {
        let count = arguments.args.len();
        if count != 3 || !arguments.kwargs.is_empty() {
            return Err(vm.new_type_error(format!("excepthook expected 3 arguments, got {count}")));
        }
        match print(vm, arguments.clone()) {
            Ok(()) => Ok(vm.ctx.none()),
            Err(_) => original.call_with_args(arguments, vm),
        }
    });
    let definition = leak_definition(NAME, DOC, PyMethodFlags::FASTCALL, native);
    let function = definition.to_function().with_module(vm.ctx.intern_str("sys")).into_ref(&vm.ctx);
    sys.set_attr("__excepthook__", function.clone(), vm)?;
    sys.set_attr(NAME, function, vm)
}

/// Displays an exception on `sys.stderr`.
///
/// # Errors
///
/// If `traceback` cannot be imported, or fails.
pub(crate) fn display(vm: &VirtualMachine, exception: &Py<PyBaseException>) -> PyResult<()> {
    let (class, value, traceback) = vm.split_exception(exception.to_owned());
    print(vm, vec![class, value, traceback].into())
}

fn print(vm: &VirtualMachine, arguments: FuncArgs) -> PyResult<()> {
    let module = vm.import("traceback", 0)?;
    module.get_attr("print_exception", vm)?.call_with_args(arguments, vm).map(drop)
}
